package sim

import (
	"errors"
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"farol/floor"
)

// TestMain asks rapid for fewer days than its hundred: one is four thousand
// contacts. The flag on the command line still wins.
func TestMain(m *testing.M) {
	_ = flag.Set("rapid.checks", "30")
	flag.Parse()
	os.Exit(m.Run())
}

// monday is an ordinary week of the tests, with no holiday in it.
func monday() time.Time { return time.Date(2026, 11, 9, 0, 0, 0, 0, Zone()) }

func TestSameSeedSameEvents(t *testing.T) {
	until := monday().AddDate(0, 0, 2)
	a := New(Options{Seed: 7, Start: monday()}).Until(until)
	b := New(Options{Seed: 7, Start: monday().Add(9 * time.Hour)}).Until(until) // any instant of the first day
	if !slices.Equal(a, b) {
		t.Fatalf("two tellings of one seed differ: %d and %d events", len(a), len(b))
	}
	c := New(Options{Seed: 8, Start: monday()}).Until(until)
	if slices.Equal(a, c) {
		t.Fatal("another seed told the same")
	}
}

func TestNextIsUntil(t *testing.T) {
	all := New(Options{Seed: 3, Start: monday()}).Until(monday().Add(10 * time.Hour))
	s := New(Options{Seed: 3, Start: monday()})
	for i := range all {
		due := s.Due()
		if e := s.Next(); e != all[i] {
			t.Fatalf("event %d is %+v by Next, %+v by Until", i, e, all[i])
		}
		if e := all[i]; e.Kind != floor.Scheduled && e.Kind != floor.SourceGap && !e.At.Equal(due) {
			t.Fatalf("event %d happens at %s and is due at %s", i, e.At, due)
		}
	}
}

func TestKeysRiseWithinADay(t *testing.T) {
	s := New(Options{Seed: 1, Start: monday()})
	var last floor.Key
	for _, e := range s.Until(monday().AddDate(0, 0, 3)) {
		if !e.Key.Positional() || e.Key.ID == last.ID && e.Key.Offset != last.Offset+1 || e.Key.ID != last.ID && e.Key.Offset != 0 {
			t.Fatalf("key %s after %s", e.Key, last)
		}
		last = e.Key
	}
	if last.ID != "sim-1-2026-11-11" && last.ID != "sim-1-2026-11-12" {
		t.Fatalf("the last key is %s", last)
	}
}

func TestResumeGoesOnTheSame(t *testing.T) {
	end := monday().Add(53 * time.Hour)
	all := New(Options{Seed: 5, Start: monday()}).Until(end)
	r := newRng(1, "cuts")
	for range 8 {
		cut := monday().Add(time.Duration(r.float() * float64(50*time.Hour)))
		s := New(Options{Seed: 5, Start: monday()})
		var got []floor.Event
		for { // taken in pieces of any size, as the worker may have committed them
			some := s.Take(cut, 1+r.below(9000))
			if len(some) == 0 {
				break
			}
			got = append(got, some...)
		}
		again, err := Resume(s.Cursor())
		if err != nil {
			t.Fatal(err)
		}
		if got = append(got, again.Until(end)...); !slices.Equal(got, all) {
			t.Fatalf("%d events with a stop at %s, %d without", len(got), cut, len(all))
		}
	}
}

func TestResumeRefusesForeignCursors(t *testing.T) {
	for _, cursor := range []string{
		"", "{", "12", `{"seed":1}`, `{"seed":1,"first":"2026-11-10","day":"2026-11-09","count":0}`,
		`{"seed":1,"first":"2026-11-09","day":"2026-11-09","count":-1}`,
		`{"seed":1,"first":"2026-11-09","day":"2026-11-09","count":99999999}`,
	} {
		if _, err := Resume([]byte(cursor)); !errors.Is(err, ErrCursor) {
			t.Errorf("Resume(%q) says %v", cursor, err)
		}
	}
}

func TestNothingImpossibleHappens(t *testing.T) {
	cast := newCast()
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		date := monday().AddDate(0, 0, rapid.IntRange(0, 400).Draw(rt, "day"))
		l := newLaws()
		if err := l.read(simulate(seed, date, cast, telling{}).events); err != nil {
			rt.Fatal(err)
		}
		if n := l.open(); n != 0 {
			rt.Fatalf("%d contacts never end", n)
		}
		for name, p := range l.agents {
			if p.in {
				rt.Fatalf("%s never goes home", name)
			}
		}
	})
}

func TestNothingImpossibleHappensAcrossMidnight(t *testing.T) {
	l := newLaws()
	end := monday().AddDate(0, 0, 7)
	if err := l.read(New(Options{Seed: 2, Start: monday()}).Until(end.Add(-time.Millisecond))); err != nil {
		t.Fatal(err)
	}
	for id, c := range l.contacts {
		if c.stage != 0 && c.entered.Before(end.Add(-2*time.Hour)) {
			t.Fatalf("contact %s has been in %s since %s", id, c.queue, c.entered)
		}
	}
}

func TestLegalPausesAreTaken(t *testing.T) {
	l := newLaws()
	if err := l.read(New(Options{Seed: 1, Start: monday()}).Until(monday().Add(24*time.Hour - 1))); err != nil {
		t.Fatal(err)
	}
	people := 0
	for _, p := range l.agents {
		if !p.shiftFrom.IsZero() {
			people++
		}
	}
	if l.rests < people*3-people/50 {
		t.Fatalf("%d legal pauses for %d people, want 3 each", l.rests, people)
	}
}
