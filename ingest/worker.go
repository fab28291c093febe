package ingest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"farol/floor"
)

// The defaults of a Worker.
const (
	queueLimit = 10_000 // events queued before sources wait
	liveCommit = 500    // events in a transaction while the disk keeps up
	backoffMin = time.Second
	backoffMax = 30 * time.Second
	// A full disk is looked at more often, so that farol goes on within five
	// seconds of space coming back.
	storeBackoffMax = 4 * time.Second
	// A source that was up this long starts its back-off anew when it fails.
	steady = 30 * time.Second
)

// Worker runs sources and commits what they send. Set its fields before Run.
type Worker struct {
	// Now is the clock of the worker's own events; time.Now when nil.
	Now func() time.Time
	// OnStatus is told of each change of a source's state (not of each event),
	// OnStore of trouble with the log and, with nil, of its end. They are
	// called from the worker's goroutines and must not block.
	OnStatus func(Status)
	OnStore  func(error)

	log     Log
	runners []*runner

	mu       sync.Mutex
	storeErr error
}

// NewWorker makes a worker of sources with distinct names.
func NewWorker(log Log, sources ...Source) *Worker {
	w := &Worker{log: log}
	for _, s := range sources {
		r := &runner{w: w, src: s}
		r.tracker.st.Name = s.Name()
		if d, ok := s.(Described); ok {
			r.tracker.st.Kind, r.tracker.st.Period = d.Kind(), d.Period()
		}
		w.runners = append(w.runners, r)
	}
	return w
}

// Status is the state of each source, in the order given to NewWorker. It may
// be called at any time by anyone.
func (w *Worker) Status() []Status {
	out := make([]Status, len(w.runners))
	for i, r := range w.runners {
		out[i] = r.tracker.snapshot()
	}
	return out
}

// StoreErr is the trouble with the log that the worker waits out, nil when
// there is none. It may be called at any time by anyone.
func (w *Worker) StoreErr() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.storeErr
}

// Run runs the sources until ctx ends (then it commits what is queued and
// returns nil), until all sources are done (nil), or until the log fails for
// good (that error). A log that fails for a time is waited for: nothing is
// acknowledged, the sources stop, and they are started again from their stored
// cursors once an append succeeds.
func (w *Worker) Run(ctx context.Context) error {
	for {
		err := w.session(ctx)
		if err == nil || !temporary(err) {
			return err
		}
		if err := w.waitForStore(ctx, err); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
	}
}

// session runs the sources over one queue until they end or the log fails.
func (w *Worker) session(ctx context.Context) error {
	srcCtx, stop := context.WithCancel(ctx)
	defer stop()
	q := newQueue(queueLimit)
	fatal := make(chan error, len(w.runners))
	var sources sync.WaitGroup
	for _, r := range w.runners {
		if r.tracker.snapshot().Done {
			continue
		}
		r.sent, r.durable, r.q = 0, 0, q
		sources.Go(func() {
			if err := Safely(func() error { return r.loop(srcCtx) }); err != nil {
				fatal <- err
				stop()
			}
		})
	}
	written := make(chan error, 1)
	go func() {
		err := Safely(func() error { return w.write(q) })
		if err != nil {
			q.close(true)
			stop()
		}
		written <- err
	}()
	sources.Wait()
	q.close(false)
	err := <-written
	if err != nil {
		return err
	}
	select {
	case err = <-fatal:
		return err
	default:
		return nil
	}
}

// write is the one writer: it commits what is queued until the queue is closed
// and empty, or until the log fails.
func (w *Worker) write(q *queue) error {
	var batches []floor.Batch
	for {
		ps, ok := q.take(liveCommit)
		if !ok {
			return nil
		}
		batches = batches[:0]
		for _, p := range ps {
			batches = append(batches, p.batch)
		}
		if _, err := w.log.Append(batches); err != nil {
			return fmt.Errorf("append %d batches: %w", len(batches), err)
		}
		for _, p := range ps {
			p.from.tracker.durable(p.batch.Events)
		}
		q.done(ps)
	}
}

// waitForStore tries to record the interruption until the log takes it.
func (w *Worker) waitForStore(ctx context.Context, cause error) error {
	began := w.now()
	w.setStoreErr(cause)
	probe := make([]floor.Batch, 0, len(w.runners))
	for _, r := range w.runners {
		if r.tracker.snapshot().Done {
			continue
		}
		r.down(began, cause, 0, time.Time{})
		e := machineEvent(floor.SourceDown, r.src.Name(), began, cause.Error())
		probe = append(probe, floor.Batch{Source: r.src.Name(), Events: []floor.Event{e}})
	}
	for attempt := 1; ; attempt++ {
		if !sleep(ctx, Backoff(attempt, backoffMin/2, storeBackoffMax)) {
			return nil
		}
		var err error
		if panicked := Safely(func() error { _, err = w.log.Append(probe); return nil }); panicked != nil {
			return panicked
		}
		if err == nil {
			w.setStoreErr(nil)
			return nil
		}
		if !temporary(err) {
			return fmt.Errorf("append after %w: %w", cause, err)
		}
		w.setStoreErr(err)
	}
}

func (w *Worker) setStoreErr(err error) {
	w.mu.Lock()
	w.storeErr = err
	w.mu.Unlock()
	if w.OnStore != nil {
		w.OnStore(err)
	}
}

func (w *Worker) now() time.Time {
	if w.Now != nil {
		return w.Now().UTC()
	}
	return time.Now().UTC()
}

// machineEvent is what the worker itself tells of a source.
func machineEvent(k floor.Kind, source string, at time.Time, text string) floor.Event {
	return floor.Event{
		Source: source, Kind: k, At: at, Text: Clean(text, 200),
		Key: floor.KeyID(k.String() + "/" + at.Format(time.RFC3339Nano)),
	}
}

// temporary reports whether the log says that waiting may help.
func temporary(err error) bool {
	var t interface{ Temporary() bool }
	return errors.As(err, &t) && t.Temporary()
}

// sleep waits for d; false when the context ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
