package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"farol/floor"
	"farol/metrics"
	"farol/store"
)

const (
	// unfoldBack is how far back a past moment reads: what is usual needs the
	// weeks before. It is the reach of [metrics.AsOf] too.
	unfoldBack = 35 * 24 * time.Hour
	// unfoldPlans is how far ahead plans are known, and unfoldAgain how long before
	// the end of that the next are read.
	unfoldPlans = 48 * time.Hour
	unfoldAgain = 24 * time.Hour
	// unfoldStep is how often a replay looks for what has come due.
	unfoldStep = 200 * time.Millisecond
)

// unfolding is a store of which only what had happened by the clock can be seen:
// a past moment, or a past day lived again. Plans are known beforehand, as they
// were.
//
// Events come in the order in which they happened, whichever file or source told
// them first, so it numbers them anew: the store's numbers are the order in
// which farol learnt them, which for an imported year says nothing.
type unfolding struct {
	db    *store.DB
	clock func() time.Time

	mu      sync.Mutex
	given   uint64    // events given out, and the number of the last
	until   time.Time // what happened by then has been given out
	planned time.Time // and the plans for until then
	buf     []floor.Event
}

var _ metrics.Log = (*unfolding)(nil)

// errEnough ends a scan early.
var errEnough = errors.New("enough")

// Last is the number of the newest event that has been given out.
func (u *unfolding) Last() uint64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.given
}

// Scan gives what has happened since the last time; after 0 it begins anew.
func (u *unfolding) Scan(ctx context.Context, after uint64, fn func([]floor.Event) error) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	now := u.clock()
	if after == 0 {
		u.given, u.until, u.planned = 0, now.Add(-unfoldBack), now.Add(-unfoldBack)
	}
	plansTo := u.planned
	if !now.Add(unfoldAgain).Before(u.planned) {
		plansTo = now.Add(unfoldPlans)
	}
	to := now
	if plansTo.After(u.planned) {
		to = plansTo
	}
	since, planned := u.until, u.planned
	err := u.db.ScanRange(ctx, since, to.Add(time.Nanosecond), func(events []floor.Event) error {
		u.buf = u.buf[:0]
		for i := range events {
			e := &events[i]
			due := e.At.After(since) && !e.At.After(now)
			if e.Kind == floor.Scheduled {
				due = e.At.After(planned) && !e.At.After(plansTo)
			}
			if due {
				u.given++
				u.buf = append(u.buf, *e)
				u.buf[len(u.buf)-1].Seq = u.given
			}
		}
		if len(u.buf) == 0 {
			return nil
		}
		return fn(u.buf)
	})
	if err == nil {
		u.until, u.planned = now, plansTo
	}
	return err
}

// ScanRange gives what happened between two instants and by the clock.
func (u *unfolding) ScanRange(ctx context.Context, from, to time.Time, fn func([]floor.Event) error) error {
	now := u.clock()
	var known []floor.Event
	return u.db.ScanRange(ctx, from, to, func(events []floor.Event) error {
		known = known[:0]
		for i := range events {
			if events[i].Kind == floor.Scheduled || !events[i].At.After(now) {
				known = append(known, events[i])
			}
		}
		if len(known) == 0 {
			return nil
		}
		return fn(known)
	})
}

// Wait returns when something has come due that was not given out.
func (u *unfolding) Wait(ctx context.Context, after uint64) error {
	tick := time.NewTicker(unfoldStep)
	defer tick.Stop()
	for {
		due, err := u.due(ctx, after)
		if err != nil || due {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// due reports whether anything but plans has happened that was not given out.
func (u *unfolding) due(ctx context.Context, after uint64) (bool, error) {
	u.mu.Lock()
	given, since := u.given, u.until
	u.mu.Unlock()
	now := u.clock()
	if given > after {
		return true, nil
	}
	if !now.After(since) {
		return false, nil
	}
	due := false
	err := u.db.ScanRange(ctx, since, now.Add(time.Nanosecond), func(events []floor.Event) error {
		for i := range events {
			if at := events[i].At; events[i].Kind != floor.Scheduled && at.After(since) && !at.After(now) {
				due = true
				return errEnough
			}
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return due, err
}

// Checkpoint has nothing: the saved state may know what has not happened yet.
func (u *unfolding) Checkpoint(string) (uint64, []byte, error) { return 0, nil, nil }

// SaveCheckpoint saves nothing: the state of a past moment is not the store's.
func (u *unfolding) SaveCheckpoint(string, uint64, []byte) error { return nil }
