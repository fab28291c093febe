package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"farol/floor"
	"farol/ingest"
	"farol/ingest/sim"
	"farol/metrics"
	"farol/store"
)

// live is an operation that runs: the sync worker, when it has sources, and the
// engine that follows the store.
type live struct {
	*operation
	engine *metrics.Engine
	worker *ingest.Worker
	ended  chan error // the first part that ended, and why
	cancel context.CancelFunc
	parts  int
}

// start sets the worker and the engine going. Call stop to end them.
func (o *operation) start(ctx context.Context) *live {
	ctx, cancel := context.WithCancel(ctx)
	l := &live{operation: o, cancel: cancel, ended: make(chan error, 2)}
	l.engine = metrics.NewEngine(o.metrics, o.log(), o.clock, metrics.EngineOptions{Paused: o.paused})
	told := make(chan struct{})
	if len(o.sources) > 0 && !o.still {
		l.worker = ingest.NewWorker(storeLog{o.db}, o.sources...)
		l.worker.Now = o.clock
		l.engine.SetSources(l.sourceStatus)
		l.run(func() error {
			select {
			case <-told:
				return l.worker.Run(ctx)
			case <-ctx.Done():
				return nil
			}
		})
	}
	l.run(func() error {
		if err := o.tell(ctx); err != nil {
			return err
		}
		close(told)
		return l.engine.Run(ctx)
	})
	return l
}

// run starts one part; a panic of it is an error like another.
func (l *live) run(part func() error) {
	l.parts++
	go func() { l.ended <- ingest.Safely(part) }()
}

// stop ends all parts and waits for them. It returns the first fault.
func (l *live) stop() error {
	l.cancel()
	var first error
	for range l.parts {
		if err := <-l.ended; err != nil && !errors.Is(err, context.Canceled) && first == nil {
			first = diskFault(err)
		}
	}
	l.parts = 0
	return first
}

// diskFault gives the exit code of a store that failed under a running worker.
func diskFault(err error) error {
	if errors.Is(err, store.ErrIO) {
		return fault(exitIO, err, "check the disk; what was acknowledged is stored")
	}
	return err
}

// record stores what a lead does. It is an event like any other.
func (l *live) record(_ context.Context, e floor.Event) error {
	now := l.clock().UTC()
	if e.At.IsZero() {
		e.At = now
	}
	e.Source = "lead"
	if e.Key == (floor.Key{}) {
		e.Key = floor.KeyID(fmt.Sprintf("%s/%s/%s/%s", e.Kind, e.Author, e.Subject, now.Format(time.RFC3339Nano)))
	}
	_, err := l.db.Append([]floor.Batch{{Source: e.Source, Events: []floor.Event{e}}})
	if err != nil {
		return fmt.Errorf("record %s: %w", e.Kind, err)
	}
	return nil
}

// sourceStatus is the worker's status in the engine's words.
func (l *live) sourceStatus() []metrics.Source {
	now := l.clock()
	status := l.worker.Status()
	out := make([]metrics.Source, 0, len(status))
	for _, s := range status {
		src := metrics.Source{
			Name: s.Name, Kind: s.Kind, Up: s.Up, Since: s.Since, LastEvent: s.LastEvent, LastSeen: s.LastSeen,
			Period: s.Period, Events: s.Events, Unknown: s.Unknown, Malformed: s.Malformed, Error: s.Err, Attempt: s.Attempt,
		}
		if !s.LastSeen.IsZero() {
			src.Age = max(0, now.Sub(s.LastSeen))
		}
		if !s.RetryAt.IsZero() {
			src.RetryIn = max(0, s.RetryAt.Sub(now))
		}
		out = append(out, src)
	}
	return out
}

// storeLog is the store as the sync worker knows it.
type storeLog struct{ db *store.DB }

var _ ingest.Log = storeLog{}

// Append commits the batches in one transaction.
func (l storeLog) Append(batches []floor.Batch) (int, error) {
	done, err := l.db.Append(batches)
	return done.Added, err
}

// Cursor is where a source stopped.
func (l storeLog) Cursor(source string) ([]byte, error) { return l.db.Cursor(source) }

// simulation is the built-in operation, on a store of its own in dir.
func simulation(dir string, seed uint64, clock func() time.Time, speed float64) (*operation, error) {
	metas, err := simMetas()
	if err != nil {
		return nil, err
	}
	path := dir + "/demo.db"
	db, err := openStore(path, false)
	if err != nil {
		return nil, err
	}
	site := sim.Site()
	return &operation{
		conf: &config{site: site, metas: metas, country: "55"}, path: path, db: db, clock: clock,
		metrics: metrics.Config{Site: site, Metas: metas}, scratch: dir,
		sources: []ingest.Source{&sim.Source{Seed: seed, Clock: clock, Speed: speed}},
	}, nil
}
