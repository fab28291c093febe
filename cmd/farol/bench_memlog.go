package main

import (
	"context"
	"slices"
	"sort"
	"time"

	"farol/floor"
	"farol/metrics"
	"farol/store"
)

// memLog is a log in memory, for measurements that are not about the disk. Its
// events are in order of time.
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

// until is the log as it was at an instant.
func (l *memLog) until(t time.Time) *memLog {
	n := sort.Search(len(l.events), func(i int) bool { return l.events[i].At.After(t) && l.events[i].Kind != floor.Scheduled })
	return &memLog{events: l.events[:n:n]}
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

// forgetful is a store whose checkpoints are not used.
type forgetful struct{ *store.DB }

func (forgetful) Checkpoint(string) (uint64, []byte, error) { return 0, nil, nil }

func (forgetful) SaveCheckpoint(string, uint64, []byte) error { return nil }
