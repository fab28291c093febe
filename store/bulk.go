package store

import (
	"errors"
	"runtime"
	"sync"

	"farol/floor"
)

// parallelFrom is from how many events encoding is shared between the CPUs.
const parallelFrom = 16 << 10

// encodeRuns encodes events, numbered without a gap, into blocks cut by size and
// at changes of the UTC day. Many events are shared between the CPUs.
func encodeRuns(enc *encoder, runs [][]floor.Event) []block {
	n := 0
	for _, run := range runs {
		n += len(run)
	}
	parts := min(runtime.GOMAXPROCS(0), n/parallelFrom+1)
	if parts == 1 {
		return encodePart(enc, runs, true)
	}
	out, errs := make([][]block, parts), make([]error, parts)
	var wg sync.WaitGroup
	for i := range parts {
		part := slice(runs, n*i/parts, n*(i+1)/parts)
		wg.Go(func() {
			errs[i] = guard(func() error {
				out[i] = encodePart(newEncoder(), part, true)
				return nil
			})
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		panic(err) // a bug: it ends this append, not the process
	}
	var all []block
	for _, blocks := range out {
		all = append(all, blocks...)
	}
	return all
}

// encodePart encodes events into blocks cut by size and, when byDay, at changes
// of the UTC day.
func encodePart(enc *encoder, runs [][]floor.Event, byDay bool) (out []block) {
	for _, run := range runs {
		for i := range run {
			if byDay && enc.cuts(&run[i]) || enc.count > 0 && enc.full(&run[i]) {
				out = append(out, enc.finish(0))
			}
			enc.add(&run[i], 0)
		}
	}
	if enc.count > 0 {
		out = append(out, enc.finish(0))
	}
	return out
}

// slice is the events from, counted through all runs, up to to.
func slice(runs [][]floor.Event, from, to int) (out [][]floor.Event) {
	for _, run := range runs {
		a, b := min(max(from, 0), len(run)), min(max(to, 0), len(run))
		if a < b {
			out = append(out, run[a:b])
		}
		from -= len(run)
		to -= len(run)
	}
	return out
}
