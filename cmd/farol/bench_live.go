package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"farol/floor"
	"farol/ingest"
)

// measureLive is goal 3: how long after it happened an event is durable, at
// several rates, against one append and fdatasync of the bare file system.
func (b *bench) measureLive(ctx context.Context) error {
	length := time.Duration(b.seconds) * time.Second
	bare, err := bareAppends(filepath.Join(b.work, "bare"), 2000)
	if err != nil {
		return err
	}
	b.say("live, %s at each rate", length)
	for _, rate := range []int{20, 200, 2000, 20_000} {
		run, err := b.liveAt(ctx, rate, length)
		if err != nil {
			return err
		}
		what := fmt.Sprintf("event to durable at %d/s, p50", rate)
		b.results.atMost(3, what, fmt.Sprintf("p50 %s, p99 %s", brief(run.late.median()), brief(run.late.at(.99))),
			fmt.Sprintf("append + sync p50 %s, p99 %s", brief(bare.median()), brief(bare.at(.99))), over(run.late.median(), bare.median()), "x", 5)
		b.results.atMost(3, fmt.Sprintf("event to durable at %d/s, p99", rate), brief(run.late.at(.99)), "", float64(run.late.at(.99))/1e6, " ms", 10)
	}
	run, err := b.liveAt(ctx, 200_000, length)
	if err != nil {
		return err
	}
	b.results.atLeast(3, "sustained for "+length.String(), fmt.Sprintf("%.0f events/s, the last %s late", run.rate, brief(run.late[len(run.late)-1])),
		"200000 events/s offered", run.rate, " /s", 198_000)
	return nil
}

// bareAppends times appends of a hundred bytes, each synced.
func bareAppends(path string, n int) (t timings, err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(path)) }()
	line := make([]byte, 100)
	for range n {
		began := time.Now()
		if _, err := f.Write(line); err != nil {
			return nil, err
		}
		if err := dataSync(f); err != nil {
			return nil, err
		}
		t = append(t, time.Since(began))
	}
	return t, nil
}

// liveRun is what one rate gave.
type liveRun struct {
	late timings // of each batch, from its events' instant to its commit
	rate float64 // events a second made durable
}

// liveAt runs the sync worker on a new store with a source of that rate.
func (b *bench) liveAt(ctx context.Context, rate int, length time.Duration) (run liveRun, err error) {
	path := filepath.Join(b.work, "live.db")
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return run, err
	}
	db, err := openStore(path, false)
	if err != nil {
		return run, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	log := &timedLog{Log: storeLog{db}}
	src := &pacedSource{rate: rate, length: length}
	began := time.Now()
	if err := ingest.NewWorker(log, src).Run(ctx); err != nil {
		return run, err
	}
	run.late = log.late
	run.rate = float64(log.events) / max(log.last.Sub(began).Seconds(), length.Seconds())
	if len(run.late) == 0 {
		return run, fmt.Errorf("live at %d/s: nothing was committed", rate)
	}
	return run, nil
}

// timedLog notes how long after they happened events are committed.
type timedLog struct {
	ingest.Log
	mu     sync.Mutex
	late   timings
	events int
	last   time.Time
}

func (l *timedLog) Append(batches []floor.Batch) (int, error) {
	added, err := l.Log.Append(batches)
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = now
	for _, b := range batches {
		if len(b.Events) > 0 && b.Events[0].Contact != "" {
			l.late = append(l.late, now.Sub(b.Events[0].At))
			l.events += len(b.Events)
		}
	}
	return added, err
}

// pacedSource tells events at a steady rate, each as it happens or, above a
// thousand a second, every few milliseconds.
type pacedSource struct {
	rate   int
	length time.Duration
}

func (s *pacedSource) Name() string { return "bench" }

func (s *pacedSource) Run(ctx context.Context, _ []byte, out ingest.Sink) error {
	step := time.Second / time.Duration(s.rate)
	size := 1
	if step < 2*time.Millisecond {
		step = 2 * time.Millisecond
		size = int(time.Duration(s.rate) * step / time.Second)
	}
	began := time.Now()
	for n := 0; ; n++ {
		due := began.Add(time.Duration(n) * step)
		if due.Sub(began) >= s.length {
			return nil
		}
		if wait := time.Until(due); wait > 0 {
			time.Sleep(wait)
		}
		if err := out.Send(ctx, s.batch(n*size, size)); err != nil {
			return err
		}
	}
}

// batch is size events that happen now, as a log would have them.
func (s *pacedSource) batch(from, size int) floor.Batch {
	now := time.Now()
	kinds := [3]floor.Kind{floor.Queued, floor.Answered, floor.Completed}
	events := make([]floor.Event, size)
	for i := range events {
		n := from + i
		events[i] = floor.Event{
			Source: s.Name(), Key: floor.KeyAt("bench", int64(n)*72), At: now, Kind: kinds[n%3], Queue: "suporte", Contact: fmt.Sprintf("1795321838.%d", n/3),
		}
		if n%3 > 0 {
			events[i].Agent, events[i].Wait = "Ana Souza", 5*time.Second
		}
	}
	return floor.Batch{Source: s.Name(), Events: events, Cursor: fmt.Appendf(nil, "%d", from+size)}
}
