package store

import (
	"sort"

	"farol/floor"
)

// ring keeps the newest events as they were appended, so that who follows at the
// tip reads no file and decodes nothing. It is guarded by the store's mutex.
type ring struct {
	runs  [][]floor.Event // numbers without a gap, up to last
	count int
	last  uint64
}

const ringEvents = 4096

func (r *ring) reset(last uint64) { *r = ring{last: last} }

// push adds the events of a commit; without them, or with too many, what is kept
// begins anew after last.
func (r *ring) push(last uint64, runs [][]floor.Event) {
	n := 0
	for _, run := range runs {
		n += len(run)
	}
	if n == 0 || n > ringEvents/2 || runs[0][0].Seq != r.last+1 {
		r.reset(last)
		return
	}
	for _, run := range runs {
		r.runs = append(r.runs, append([]floor.Event(nil), run...))
	}
	r.count += n
	r.last = last
	drop := 0
	for r.count-len(r.runs[drop]) > ringEvents {
		r.count -= len(r.runs[drop])
		r.runs[drop] = nil
		drop++
	}
	r.runs = r.runs[drop:]
}

// since appends to into the events numbered above after; ok is false when the
// ring does not reach back that far.
func (r *ring) since(after uint64, into []floor.Event) (out []floor.Event, ok bool) {
	if len(r.runs) == 0 || r.runs[0][0].Seq > after+1 {
		return into, false
	}
	i := sort.Search(len(r.runs), func(i int) bool {
		run := r.runs[i]
		return run[len(run)-1].Seq > after
	})
	for ; i < len(r.runs); i++ {
		run := r.runs[i]
		if skip := int(after) - int(run[0].Seq) + 1; skip > 0 {
			run = run[skip:]
		}
		into = append(into, run...)
	}
	return into, true
}
