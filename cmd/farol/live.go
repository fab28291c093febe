package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"farol/floor"
	"farol/ingest"
	"farol/metrics"
	"farol/store"
)

// live is an operation that runs: the sync worker, when it has sources, and the
// engine that follows the store.
type live struct {
	*operation
	ctx    context.Context //nolint:containedctx // ends with the first part that fails
	cancel context.CancelFunc
	engine *metrics.Engine
	worker *ingest.Worker // nil: nothing is fed

	parts sync.WaitGroup
	mu    sync.Mutex
	first error // why the first part that failed did
}

// start sets the worker and the engine going. Call stop to end them.
func (o *operation) start(ctx context.Context) *live {
	l := &live{operation: o}
	l.ctx, l.cancel = context.WithCancel(ctx)
	l.engine = metrics.NewEngine(o.metrics, o.log(), o.clock, o.engineOptions())
	told := make(chan struct{})
	if len(o.sources) > 0 && !o.still {
		l.worker = ingest.NewWorker(storeLog{o.db}, o.sources...)
		l.worker.Now = o.clock
		l.worker.OnStore = o.storeTrouble
		l.engine.SetSources(l.sourceStatus)
		l.run(func() error {
			select {
			case <-told:
				return l.worker.Run(l.ctx)
			case <-l.ctx.Done():
				return nil
			}
		})
		l.run(l.keepHouse)
	}
	l.run(func() error {
		if err := o.tell(l.ctx); err != nil {
			return err
		}
		close(told)
		return l.engine.Run(l.ctx)
	})
	return l
}

// engineOptions: only who may write saves checkpoints, and a state that was told
// to stop short of what is stored is not worth one.
func (o *operation) engineOptions() metrics.EngineOptions {
	opts := metrics.EngineOptions{Paused: o.paused}
	if o.readOnly || o.unfolded {
		opts.CheckpointEvery = -1
	}
	return opts
}

// run starts one part. A panic of it is an error like another, and the first
// error ends them all: a console over an engine that has died would show a floor
// that stands still.
func (l *live) run(part func() error) {
	l.parts.Go(func() {
		err := ingest.Safely(part)
		if err == nil || errors.Is(err, context.Canceled) {
			return
		}
		l.mu.Lock()
		if l.first == nil {
			l.first = diskFault(err)
		}
		l.mu.Unlock()
		l.cancel()
	})
}

// fault is why the first part that failed did; nil while none has.
func (l *live) fault() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.first
}

// stop ends all parts and waits for them. It returns the first fault; calling it
// again is harmless.
func (l *live) stop() error {
	l.cancel()
	l.parts.Wait()
	return l.fault()
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

// recorder is record, or nil when this store takes nothing: the past is read.
func (l *live) recorder() func(context.Context, floor.Event) error {
	if l.readOnly {
		return nil
	}
	return l.record
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

// storeLog is the store as the sync worker and the importers know it.
type storeLog struct{ db *store.DB }

var (
	_ ingest.Log  = storeLog{}
	_ ingest.Bulk = storeLog{}
)

// Append commits the batches in one transaction.
func (l storeLog) Append(batches []floor.Batch) (int, error) {
	done, err := l.db.Append(batches)
	return done.Added, err
}

// Cursor is where a source stopped.
func (l storeLog) Cursor(source string) ([]byte, error) { return l.db.Cursor(source) }

// Prepare encodes a batch ahead.
func (l storeLog) Prepare(b floor.Batch) any { return store.Prepare(b) }

// AppendPrepared commits what Prepare gave, in one transaction.
func (l storeLog) AppendPrepared(prepared []any) (int, error) {
	list := make([]*store.Prepared, 0, len(prepared))
	for _, p := range prepared {
		one, ok := p.(*store.Prepared)
		if !ok {
			return 0, fmt.Errorf("append a %T: not what Prepare gave", p)
		}
		list = append(list, one)
	}
	done, err := l.db.AppendPrepared(list...)
	return done.Added, err
}
