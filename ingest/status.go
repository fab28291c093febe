package ingest

import (
	"sync"
	"time"

	"farol/floor"
)

// Status is what is known of one source at an instant.
type Status struct {
	Name   string
	Kind   string        // of system; empty when the source does not say
	Period time.Duration // how often it is expected to speak; 0 not said

	Up        bool
	Done      bool      // it has nothing more to say
	Since     time.Time // of Up, or of not up; zero before the first run
	LastEvent time.Time // At of the newest event made durable
	LastSeen  time.Time // when the source last said anything

	Events        uint64 // made durable since the worker began, the worker's own included
	Unknown       uint64 // of those, of kinds farol does not know
	Malformed     uint64 // records that were no events
	LastMalformed string // why the last of them was none

	Err     string    // why it is not up
	Attempt int       // failures in a row
	RetryAt time.Time // when it is tried again; zero when it is not waiting
}

// tracker keeps a Status; safe for use by many goroutines.
type tracker struct {
	mu sync.Mutex
	st Status
}

func (t *tracker) snapshot() Status {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.st
}

func (t *tracker) change(f func(*Status)) Status {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(&t.st)
	return t.st
}

// durable counts the events of a committed batch.
func (t *tracker) durable(events []floor.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range events {
		if events[i].Kind == floor.Unknown {
			t.st.Unknown++
		}
		if at := events[i].At; at.After(t.st.LastEvent) && !machinery(events[i].Kind) {
			t.st.LastEvent = at
		}
	}
	t.st.Events += uint64(len(events))
}

// machinery reports whether events of this kind say nothing of how fresh the
// source is: what the worker itself tells, and a schedule, which is published
// beforehand and speaks of the future.
func machinery(k floor.Kind) bool {
	return k == floor.SourceUp || k == floor.SourceDown || k == floor.SourceGap || k == floor.Scheduled
}
