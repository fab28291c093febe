package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"farol/floor"
	"farol/ingest/sim"
	"farol/metrics"
	"farol/store"
)

// memLog is a log in memory, for measurements that are not about the disk.
type memLog struct {
	events []floor.Event
	seq    uint64
	saved  []byte
}

var _ metrics.Log = (*memLog)(nil)

// newMemLog numbers the events and makes a log of them.
func newMemLog(events []floor.Event) *memLog {
	for i := range events {
		events[i].Seq = uint64(i + 1)
	}
	return &memLog{events: events}
}

func (l *memLog) Last() uint64 { return uint64(len(l.events)) }

func (l *memLog) Scan(ctx context.Context, after uint64, fn func([]floor.Event) error) error {
	for events := range slices.Chunk(l.events[min(after, l.Last()):], 4096) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := fn(events); err != nil {
			return err
		}
	}
	return nil
}

// ScanRange gives the whole log: it may give others than those of the range.
func (l *memLog) ScanRange(ctx context.Context, _, _ time.Time, fn func([]floor.Event) error) error {
	return l.Scan(ctx, 0, fn)
}

func (l *memLog) Wait(ctx context.Context, after uint64) error {
	if l.Last() > after {
		return nil
	}
	<-ctx.Done()
	return ctx.Err()
}

func (l *memLog) Checkpoint(string) (uint64, []byte, error) { return 0, nil, nil }

func (l *memLog) SaveCheckpoint(_ string, seq uint64, data []byte) error {
	l.seq, l.saved = seq, slices.Clone(data)
	return nil
}

// playedLog is the simulated operation as a log that grows with a clock.
type playedLog struct {
	memLog
	mu    sync.Mutex
	sim   *sim.Sim
	clock func() time.Time
}

// play takes over what has happened by now.
func (l *playedLog) play() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.sim.Until(l.clock()) {
		e.Seq = l.memLog.Last() + 1
		l.events = append(l.events, e)
	}
}

func (l *playedLog) Last() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.memLog.Last()
}

// Scan reads what is there when it begins.
func (l *playedLog) Scan(ctx context.Context, after uint64, fn func([]floor.Event) error) error {
	l.mu.Lock()
	now := memLog{events: l.events}
	l.mu.Unlock()
	return now.Scan(ctx, after, fn)
}

// Wait plays on until something has happened.
func (l *playedLog) Wait(ctx context.Context, after uint64) error {
	for l.play(); l.Last() <= after; l.play() {
		if pause(ctx, 100*time.Millisecond); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// forgetful is a store whose checkpoints are not used.
type forgetful struct{ *store.DB }

func (forgetful) Checkpoint(string) (uint64, []byte, error) { return 0, nil, nil }

func (forgetful) SaveCheckpoint(string, uint64, []byte) error { return nil }
