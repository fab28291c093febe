package sim

import (
	"context"
	"errors"
	"fmt"
	"time"

	"farol/floor"
	"farol/ingest"
)

// Source delivers the operation to the sync worker: the days before now in
// large batches, then each event when the clock reaches it.
type Source struct {
	Seed  uint64
	Days  int              // whole days of history before today; 28 when 0
	Clock func() time.Time // the operation's clock; time.Now when nil
	Speed float64          // how much faster than time it runs; 1 when 0
}

var (
	_ ingest.Source    = (*Source)(nil)
	_ ingest.Described = (*Source)(nil)
)

// ErrSeed is a stored cursor of another seed: two operations cannot be told in
// one log.
var ErrSeed = errors.New("the log holds an operation of another seed")

// HistoryDays is how many whole days the operation tells of before today.
const HistoryDays = 28

const (
	historyBatch = 4096                   // events
	batchGap     = 250 * time.Millisecond // at most four batches a second
	heartbeat    = time.Second
)

// Name is the source of the events.
func (s *Source) Name() string { return Name }

// Kind is the kind of system.
func (s *Source) Kind() string { return Name }

// Period is how often the source is expected to speak.
func (s *Source) Period() time.Duration { return 5 * time.Second }

// Run delivers events until the context ends. A cursor of another seed is
// [ErrSeed].
func (s *Source) Run(ctx context.Context, cursor []byte, out ingest.Sink) error {
	sim, err := s.open(cursor)
	if err != nil {
		return err
	}
	for {
		sent, err := s.deliver(ctx, sim, out)
		if err != nil {
			return err
		}
		out.Alive()
		wait := min(s.real(sim.Due().Sub(s.now())), heartbeat)
		if sent {
			wait = max(wait, batchGap)
		}
		if !sleep(ctx, max(wait, time.Millisecond)) {
			return nil
		}
	}
}

// open begins the operation, or goes on with it.
func (s *Source) open(cursor []byte) (*Sim, error) {
	if cursor == nil {
		days := s.Days
		if days == 0 {
			days = HistoryDays
		}
		return New(Options{Seed: s.Seed, Start: midnight(s.now()).AddDate(0, 0, -days)}), nil
	}
	sim, err := Resume(cursor)
	if err != nil {
		return nil, err
	}
	if sim.Seed() != s.Seed {
		return nil, fmt.Errorf("resume seed %d with seed %d: %w", sim.Seed(), s.Seed, ErrSeed)
	}
	return sim, nil
}

// deliver sends all that is known by now.
func (s *Source) deliver(ctx context.Context, sim *Sim, out ingest.Sink) (sent bool, err error) {
	for {
		events := sim.Take(s.now(), historyBatch)
		if len(events) == 0 {
			return sent, nil
		}
		if err := out.Send(ctx, floor.Batch{Source: Name, Events: events, Cursor: sim.Cursor()}); err != nil {
			return sent, err
		}
		sent = true
	}
}

func (s *Source) now() time.Time {
	if s.Clock == nil {
		return time.Now()
	}
	return s.Clock()
}

// real is how long a stretch of the operation's time takes.
func (s *Source) real(d time.Duration) time.Duration {
	if s.Speed <= 0 {
		return d
	}
	return time.Duration(float64(d) / s.Speed)
}

// sleep waits for d; false when the context ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
