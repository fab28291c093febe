package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"farol/floor"
	"farol/ingest/asterisk"
	"farol/ingest/sim"
	"farol/metrics"
	"farol/store"
)

// twoDays is a store with two days of one log, the later one imported first, as
// happens to who imports month by month and finds an older one; and with a plan
// that speaks of the day after.
func twoDays(t *testing.T) *operation {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "farol.db")
	db, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, start := range []time.Time{secondDay, firstDay} {
		name := filepath.Join(dir, start.Format(time.DateOnly))
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sim.WriteQueueLog(f, sim.LogOptions{Lines: 6000, Seed: uint64(start.Day()), Start: start, Queues: 3, Agents: 20}); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := asterisk.Import(t.Context(), storeLog{db}, []string{name}, asterisk.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	plan := floor.Event{
		Source: "plan", Key: floor.KeyID("p"), Kind: floor.Scheduled, At: secondDay.AddDate(0, 0, 1), Until: secondDay.AddDate(0, 0, 2), N: 3,
	}
	if _, err := db.Append([]floor.Batch{{Source: "plan", Events: []floor.Event{plan}}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	g := &globals{db: path, config: filepath.Join(dir, "farol.toml")}
	if err := os.WriteFile(g.config, []byte("[site]\ntimezone = \"UTC\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o, err := g.past("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.close(); err != nil {
			t.Error(err)
		}
	})
	return o
}

var (
	firstDay  = time.Date(2026, 8, 17, 8, 0, 0, 0, time.UTC)
	secondDay = firstDay.AddDate(0, 0, 1)
)

// told is what a snapshot says of contacts. Time at the desks is left out: it is
// not the same when a later day is learnt first, which is how the comparison
// reads these two.
func told(s *metrics.Snapshot) string {
	var b strings.Builder
	windows := func(w *metrics.Windows) {
		for k := range metrics.Occupancy {
			if k != metrics.HandledPerHour {
				fmt.Fprint(&b, " ", w[metrics.Today][k], w[metrics.Last15m][k], w[metrics.LastHour][k])
			}
		}
	}
	fmt.Fprint(&b, s.At.Format(time.RFC3339))
	windows(s.Total.W)
	for _, q := range s.Queues {
		fmt.Fprint(&b, "\n", q.Config.ID, q.Callers)
		windows(q.W)
	}
	return b.String()
}

// TestPastStandsAtTheNewest: a plan for tomorrow is not the newest event.
func TestPastStandsAtTheNewest(t *testing.T) {
	o := twoDays(t)
	if got := o.clock(); got.Before(secondDay) || got.After(secondDay.Add(12*time.Hour)) {
		t.Errorf("the past stands at %s: a plan speaks of %s", got, secondDay.AddDate(0, 0, 1))
	}
	if o.unfolded || !o.readOnly {
		t.Error("at the newest event all is known, and nothing is written")
	}
}

// TestReplayKnowsNothingBeyondTheClock: at each moment the console over the past
// shows what the fold that was stopped there shows, whatever is stored beyond
// and in whatever order it was learnt.
func TestReplayKnowsNothingBeyondTheClock(t *testing.T) {
	o := twoDays(t)
	moments := []time.Time{firstDay.Add(7 * time.Minute), firstDay.Add(12 * time.Minute), firstDay.Add(20 * time.Minute), secondDay.Add(9 * time.Minute)}
	var clock atomic.Int64
	clock.Store(moments[0].UnixNano())
	o.clock = func() time.Time { return time.Unix(0, clock.Load()).UTC() }
	o.unfolded = true
	l := o.start(t.Context())
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var s *metrics.Snapshot
	seen := uint64(0)
	for _, at := range moments {
		want, err := metrics.AsOf(t.Context(), o.metrics, o.db, at)
		if err != nil {
			t.Fatal(err)
		}
		if want.Total.W[metrics.Today][metrics.Offered].Value == 0 {
			t.Fatalf("nothing had happened by %s: the test proves nothing", at)
		}
		clock.Store(at.UnixNano())
		for {
			next, err := l.engine.Latest().Next(ctx, seen)
			if err != nil {
				t.Fatalf("at %s the snapshots end with\n%s\nwant\n%s", at, told(s), told(want))
			}
			s, seen = next, next.Version
			if s.At.After(at) {
				t.Fatalf("at %s a snapshot of %s", at, s.At)
			}
			for _, e := range s.Log {
				if e.At.After(at) {
					t.Fatalf("at %s the log tells of %s", at, e.At)
				}
			}
			if s.Loading == nil && told(s) == told(want) {
				break
			}
			if s.At.Equal(at) && s.Total.W[metrics.Today][metrics.Offered].Value > want.Total.W[metrics.Today][metrics.Offered].Value {
				t.Fatalf("at %s more is known than had happened:\n%s\nwant\n%s", at, told(s), told(want))
			}
		}
	}
	list, err := l.engine.Contacts(t.Context(), metrics.ContactQuery{
		KPI: metrics.Offered, From: secondDay, To: secondDay.Add(24 * time.Hour), Limit: 10_000,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list.Rows {
		if c.At.After(moments[3]) {
			t.Errorf("a contact of %s is listed at %s", c.At, moments[3])
		}
	}
	if len(list.Rows) == 0 {
		t.Error("no contacts are listed")
	}
	if err := l.stop(); err != nil {
		t.Error(err)
	}
}

// TestUnfoldingGivesEachEventOnce in the order of its own numbers.
func TestUnfoldingGivesEachEventOnce(t *testing.T) {
	o := twoDays(t)
	now := firstDay
	u := &unfolding{db: o.db, clock: func() time.Time { return now }}
	times := map[string]int{}
	var last uint64
	scan := func() {
		t.Helper()
		err := u.Scan(t.Context(), last, func(events []floor.Event) error {
			for i := range events {
				e := &events[i]
				if e.Seq != last+1 {
					t.Fatalf("number %d after %d", e.Seq, last)
				}
				if e.At.After(now) && e.Kind != floor.Scheduled {
					t.Fatalf("at %s an event of %s", now, e.At)
				}
				last = e.Seq
				times[e.Source+e.Key.ID+fmt.Sprint(e.Key.Offset)]++
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for range 60 {
		scan()
		now = now.Add(50 * time.Minute)
	}
	if u.Last() != last {
		t.Errorf("the last number is %d, given were %d", u.Last(), last)
	}
	whole := 0
	for key, n := range times {
		if whole++; n != 1 {
			t.Errorf("%s was given %d times", key, n)
		}
	}
	st, err := o.db.Stats()
	if err != nil {
		t.Fatal(err)
	}
	if whole != st.Events {
		t.Errorf("%d events were given, %d are stored", whole, st.Events)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := u.Wait(ctx, last); err == nil {
		t.Error("something has come due after the end")
	}
}
