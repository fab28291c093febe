package main

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"farol/floor"
	"farol/store"
)

// unfolding is a store of which only what had happened by the clock can be
// seen: a past day lived again. Plans are known beforehand, as they were.
type unfolding struct {
	*store.DB
	clock func() time.Time
	seen  atomic.Uint64
}

// errBeyond ends a scan at the first event that has not happened yet.
var errBeyond = errors.New("beyond the clock")

// Last is the newest event that has been given out.
func (u *unfolding) Last() uint64 { return u.seen.Load() }

// Scan gives the events after a sequence that have happened by now.
func (u *unfolding) Scan(ctx context.Context, after uint64, fn func([]floor.Event) error) error {
	now := u.clock()
	err := u.DB.Scan(ctx, after, func(events []floor.Event) error {
		n := happened(events, now)
		if n > 0 {
			if err := fn(events[:n]); err != nil {
				return err
			}
			u.seen.Store(max(u.seen.Load(), events[n-1].Seq))
		}
		if n < len(events) {
			return errBeyond
		}
		return nil
	})
	if errors.Is(err, errBeyond) {
		return nil
	}
	return err
}

// happened counts the leading events that were known at now.
func happened(events []floor.Event, now time.Time) int {
	for i := range events {
		if events[i].At.After(now) && events[i].Kind != floor.Scheduled {
			return i
		}
	}
	return len(events)
}

// unfoldStep is how often a replay looks for what has come due.
const unfoldStep = 200 * time.Millisecond

// Wait returns when an event after the sequence has come due.
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

// due reports whether the first event after the sequence has happened.
func (u *unfolding) due(ctx context.Context, after uint64) (bool, error) {
	now, due := u.clock(), false
	err := u.DB.Scan(ctx, after, func(events []floor.Event) error {
		due = happened(events, now) > 0
		return errBeyond
	})
	if errors.Is(err, errBeyond) {
		err = nil
	}
	return due, err
}

// Checkpoint has nothing: the saved state may know what has not happened yet.
func (u *unfolding) Checkpoint(string) (uint64, []byte, error) { return 0, nil, nil }

// SaveCheckpoint saves nothing: the state of a replay is not the store's.
func (u *unfolding) SaveCheckpoint(string, uint64, []byte) error { return nil }
