package metrics

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"farol/floor"
)

// memoryLog is a log in memory.
type memoryLog struct {
	mu     sync.Mutex
	events []floor.Event
	more   chan struct{}
	saved  []byte
	savedN uint64
	slice  int           // events a slice; 0: all
	pause  time.Duration // between slices, by a bubble's clock
	scans  []uint64      // after which sequences it was read
}

var _ Log = (*memoryLog)(nil)

func newMemoryLog(events ...floor.Event) *memoryLog {
	l := &memoryLog{}
	l.add(events...)
	return l
}

func (l *memoryLog) add(events ...floor.Event) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range events {
		e.Seq = uint64(len(l.events) + 1)
		l.events = append(l.events, e)
	}
	if l.more != nil {
		close(l.more)
		l.more = nil
	}
}

func (l *memoryLog) Last() uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return uint64(len(l.events))
}

func (l *memoryLog) after(seq uint64) []floor.Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.events[seq:]
}

func (l *memoryLog) Scan(ctx context.Context, after uint64, fn func([]floor.Event) error) error {
	l.mu.Lock()
	l.scans = append(l.scans, after)
	l.mu.Unlock()
	rest := l.after(after)
	for len(rest) > 0 {
		n := len(rest)
		if l.slice > 0 {
			n = min(n, l.slice)
		}
		if err := fn(rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
		if l.pause > 0 {
			time.Sleep(l.pause)
		}
	}
	return ctx.Err()
}

func (l *memoryLog) ScanRange(ctx context.Context, _, _ time.Time, fn func([]floor.Event) error) error {
	return l.Scan(ctx, 0, fn)
}

func (l *memoryLog) Wait(ctx context.Context, after uint64) error {
	for {
		l.mu.Lock()
		if l.more == nil {
			l.more = make(chan struct{})
		}
		n, more := uint64(len(l.events)), l.more
		l.mu.Unlock()
		if n > after {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-more:
		}
	}
}

func (l *memoryLog) Checkpoint(string) (uint64, []byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.savedN, l.saved, nil
}

func (l *memoryLog) SaveCheckpoint(_ string, seq uint64, data []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.savedN, l.saved = seq, data
	return nil
}

// asOf is the snapshot of an instant; it fails the test when there is none.
func asOf(t *testing.T, cfg Config, events []floor.Event, at time.Time) *Snapshot {
	t.Helper()
	s, err := AsOf(context.Background(), cfg, newMemoryLog(events...), at)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sortEvents puts events in the order in which they happened; those of one
// instant stay as they are. Events are large: their places are sorted first.
func sortEvents(events []floor.Event) {
	order := make([]int, len(events))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(events[a].At.Compare(events[b].At), a-b) })
	sorted := make([]floor.Event, len(events))
	for i, from := range order {
		sorted[i] = events[from]
	}
	copy(events, sorted)
}
