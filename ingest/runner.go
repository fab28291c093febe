package ingest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"farol/floor"
)

// runner runs one source, again and again, and is the Sink of its runs.
type runner struct {
	w       *Worker
	src     Source
	tracker tracker

	q             *queue
	sent, durable uint64 // parcels; guarded by q.mu

	streak int // failures since the source was last steady; the runner's goroutine only
	upMu   sync.Mutex
}

var _ Sink = (*runner)(nil)

// loop runs the source until it is done, the context ends or the log cannot be
// read; only the last is an error.
func (r *runner) loop(ctx context.Context) error {
	for ctx.Err() == nil {
		// What was sent before a failure must be in the log before the cursor
		// is read again, or the source would repeat it.
		if err := r.q.flush(ctx, r); err != nil {
			return nil
		}
		cursor, err := r.w.log.Cursor(r.src.Name())
		if err != nil {
			return fmt.Errorf("read cursor of %s: %w", r.src.Name(), err)
		}
		began := time.Now()
		err = Safely(func() error { return r.src.Run(ctx, cursor, r) })
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, errStopped):
			return nil
		case err == nil:
			// Done means durable: what a full disk makes the worker drop, the
			// source has to send again.
			if err := r.q.flush(ctx, r); err != nil {
				return nil
			}
			r.tell(func(s *Status) { s.Done, s.Err, s.RetryAt = true, "", time.Time{} })
			return nil
		}
		wait := r.failed(ctx, err, time.Since(began))
		if !sleep(ctx, wait) {
			return nil
		}
	}
	return nil
}

// failed records a failed run and says how long to wait before the next.
func (r *runner) failed(ctx context.Context, err error, ran time.Duration) time.Duration {
	now := r.w.now()
	before := r.tracker.snapshot()
	if before.Up && ran >= steady {
		r.streak = 0
	}
	r.streak++
	wait := Backoff(r.streak, backoffMin, backoffMax)
	r.down(now, err, r.streak, now.Add(wait))
	r.recordDown(ctx, before, now, err)
	return wait
}

// recordDown adds the event of a source that was up, or that never was.
func (r *runner) recordDown(ctx context.Context, before Status, now time.Time, err error) {
	if !before.Up && !before.Since.IsZero() {
		return
	}
	e := machineEvent(floor.SourceDown, r.src.Name(), now, err.Error())
	// A queue that is closed or a context that ended means that the worker
	// stops; the fault is then told by the next run.
	_ = r.q.put(ctx, parcel{batch: floor.Batch{Source: r.src.Name(), Events: []floor.Event{e}}, from: r})
}

// down notes that the source is not up, since now unless it was down already.
func (r *runner) down(now time.Time, err error, attempt int, retry time.Time) {
	r.tell(func(s *Status) {
		if s.Up || s.Since.IsZero() {
			s.Since = now
		}
		s.Up, s.Err = false, Clean(err.Error(), 200)
		s.Attempt, s.RetryAt = attempt, retry
	})
}

// tell changes the status and passes it on.
func (r *runner) tell(f func(*Status)) {
	st := r.tracker.change(f)
	if r.w.OnStatus != nil {
		r.w.OnStatus(st)
	}
}

// Send fills in the source's name and queues the batch.
func (r *runner) Send(ctx context.Context, b floor.Batch) error {
	if err := r.up(ctx); err != nil {
		return err
	}
	name := r.src.Name()
	if b.Source == "" {
		b.Source = name
	}
	for i := range b.Events {
		if b.Events[i].Source == "" {
			b.Events[i].Source = name
		}
	}
	now := r.w.now()
	r.tracker.change(func(s *Status) { s.LastSeen = now })
	return r.q.put(ctx, parcel{batch: b, from: r})
}

// Flush waits for the writer.
func (r *runner) Flush(ctx context.Context) error { return r.q.flush(ctx, r) }

// Cursor reads another cursor of the log.
func (r *runner) Cursor(name string) ([]byte, error) { return r.w.log.Cursor(name) }

// Alive marks the source up.
func (r *runner) Alive() {
	now := r.w.now()
	r.tracker.change(func(s *Status) { s.LastSeen = now })
	_ = r.up(context.Background()) // a closed queue tells the source at its next Send
}

// up records the first sign of life of a run.
func (r *runner) up(ctx context.Context) error {
	r.upMu.Lock()
	defer r.upMu.Unlock()
	if r.tracker.snapshot().Up {
		return nil
	}
	now := r.w.now()
	e := machineEvent(floor.SourceUp, r.src.Name(), now, "")
	if err := r.q.put(ctx, parcel{batch: floor.Batch{Source: r.src.Name(), Events: []floor.Event{e}}, from: r}); err != nil {
		return err
	}
	r.tell(func(s *Status) {
		s.Up, s.Since, s.Err, s.Attempt, s.RetryAt = true, now, "", 0, time.Time{}
	})
	return nil
}

// Down marks the source as out of reach.
func (r *runner) Down(err error) {
	r.upMu.Lock()
	defer r.upMu.Unlock()
	before := r.tracker.snapshot()
	if text := Clean(err.Error(), 200); !before.Up && before.Err == text {
		return
	}
	now := r.w.now()
	r.down(now, err, before.Attempt, time.Time{})
	r.recordDown(context.Background(), before, now, err)
}

// Malformed counts records that were no events.
func (r *runner) Malformed(n int, reason string) {
	now := r.w.now()
	reason = Clean(reason, 200)
	r.tracker.change(func(s *Status) {
		s.Malformed += uint64(n)
		s.LastMalformed, s.LastSeen = reason, now
	})
}
