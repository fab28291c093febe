package sim

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"farol/floor"
	"farol/ingest"
)

// recorder is a Sink that keeps what it is sent, and when.
type recorder struct {
	ingest.Sink // nothing else of it is called
	events      []floor.Event
	batches     []time.Time
	cursor      []byte
	alive       int
	stopAfter   int // events; 0 never
}

func (r *recorder) Send(ctx context.Context, b floor.Batch) error {
	if r.stopAfter > 0 && len(r.events) >= r.stopAfter {
		return context.Canceled
	}
	r.events = append(r.events, b.Events...)
	r.batches = append(r.batches, time.Now())
	r.cursor = b.Cursor
	return ctx.Err()
}

func (r *recorder) Alive() { r.alive++ }

// run lets the source run for some time of the bubble it is called in.
func run(t *testing.T, s *Source, cursor []byte, r *recorder, length time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), length)
	defer cancel()
	if err := s.Run(ctx, cursor, r); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
}

// clockFrom is a clock that shows start now and runs speed times as fast.
func clockFrom(start time.Time, speed float64) func() time.Time {
	began := time.Now()
	return func() time.Time { return start.Add(time.Duration(float64(time.Since(began)) * speed)) }
}

func TestSourceTellsHistoryThenLives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := monday().AddDate(0, 0, 2).Add(14*time.Hour + 30*time.Minute)
		s, r := &Source{Seed: 4, Days: 2, Clock: clockFrom(now, 1)}, &recorder{}
		run(t, s, nil, r, 10*time.Minute)
		want := New(Options{Seed: 4, Start: monday()}).Until(now.Add(10 * time.Minute))
		if n := len(want) - len(r.events); n < 0 || n > 3 || !slices.Equal(r.events, want[:len(r.events)]) {
			t.Fatalf("%d events told, want %d", len(r.events), len(want))
		}
		history := 0
		for history < len(r.batches) && r.batches[history].Equal(r.batches[0]) {
			history++
		}
		live := r.batches[history:]
		for i := 1; i < len(live); i++ {
			if gap := live[i].Sub(live[i-1]); gap < batchGap {
				t.Fatalf("batches %v apart", gap)
			}
		}
		if history < 10 || len(live) < 100 || r.alive < 600 {
			t.Fatalf("%d batches of history, %d live, %d signs of life in ten minutes", history, len(live), r.alive)
		}
	})
}

func TestSourceIsOnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := monday().Add(14 * time.Hour)
		clock := clockFrom(now, 20)
		s := &Source{Seed: 4, Days: 1, Clock: clock, Speed: 20}
		r := &late{clock: clock, from: now}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := s.Run(ctx, nil, r); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		// A batch every quarter of a second is five seconds of the fast clock.
		if r.events < 500 || r.worst > 6*time.Second {
			t.Fatalf("%d events in twenty minutes, the latest %v late", r.events, r.worst)
		}
	})
}

// late is a Sink that measures how late live events are.
type late struct {
	ingest.Sink
	clock  func() time.Time
	from   time.Time
	events int
	worst  time.Duration
}

func (l *late) Alive() {}

func (l *late) Send(_ context.Context, b floor.Batch) error {
	for _, e := range b.Events {
		if e.At.After(l.from) && e.Kind != floor.Scheduled && e.Kind != floor.SourceGap {
			l.events++
			l.worst = max(l.worst, l.clock().Sub(e.At))
		}
	}
	return nil
}

func TestSourceGoesOnFromItsCursor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := monday().AddDate(0, 0, 1).Add(10 * time.Hour)
		clock := clockFrom(now, 1)
		s, first := &Source{Seed: 9, Days: 1, Clock: clock}, &recorder{stopAfter: 20_000}
		if err := s.Run(t.Context(), nil, first); !errors.Is(err, context.Canceled) {
			t.Fatalf("Run says %v", err)
		}
		second := &recorder{}
		run(t, s, first.cursor, second, time.Minute)
		want := New(Options{Seed: 9, Start: monday()}).Until(clock())
		got := append(first.events, second.events...)
		if n := len(want) - len(got); n < 0 || n > 3 || !slices.Equal(got, want[:len(got)]) {
			t.Fatalf("%d and %d events told, want %d", len(first.events), len(second.events), len(want))
		}
	})
}

func TestSourceRefusesAnotherSeed(t *testing.T) {
	cursor := New(Options{Seed: 1, Start: monday()}).Cursor()
	err := (&Source{Seed: 2}).Run(t.Context(), cursor, &recorder{})
	if !errors.Is(err, ErrSeed) {
		t.Fatalf("Run says %v", err)
	}
}
