package metrics

import (
	"context"
	"sync"
)

// Latest holds the newest snapshot. Screens pull from it: a screen that does not
// read costs nothing and delays nobody. Any number of goroutines may use it.
type Latest struct {
	mu    sync.Mutex
	snap  *Snapshot
	newer chan struct{} // closed when snap is replaced
}

// NewLatest makes a holder with a first snapshot, which may be nil.
func NewLatest(s *Snapshot) *Latest {
	return &Latest{snap: s, newer: make(chan struct{})}
}

// Get is the newest snapshot; nil when none was published yet.
func (l *Latest) Get() *Snapshot {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.snap
}

// Next waits for a snapshot with a version above seen and returns the newest,
// skipping those in between. It returns the context's error when that ends first.
func (l *Latest) Next(ctx context.Context, seen uint64) (*Snapshot, error) {
	for {
		l.mu.Lock()
		s, newer := l.snap, l.newer
		l.mu.Unlock()
		if s != nil && s.Version > seen {
			return s, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-newer:
		}
	}
}

// Set publishes s and wakes who waits. The version must rise.
func (l *Latest) Set(s *Snapshot) {
	l.mu.Lock()
	old := l.newer
	l.snap, l.newer = s, make(chan struct{})
	l.mu.Unlock()
	close(old)
}
