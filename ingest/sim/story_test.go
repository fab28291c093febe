package sim_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"farol/floor"
	"farol/ingest/sim"
	"farol/metrics"
)

// tape is the operation as a log that the test's clock plays. The clock goes
// forward when the log is read, not before: no engine then sees an instant
// without what had happened by it.
type tape struct {
	mu     sync.Mutex
	sim    *sim.Sim
	events []floor.Event
	now    time.Time
	played time.Time // what now will be when the log is read
	grown  chan struct{}
}

var _ metrics.Log = (*tape)(nil)

// play tells what has happened by an instant.
func (t *tape) play(to time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.played = to
	for _, e := range t.sim.Until(to) {
		e.Seq = uint64(len(t.events) + 1)
		t.events = append(t.events, e)
	}
	close(t.grown)
	t.grown = make(chan struct{})
}

func (t *tape) clock() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.now
}

func (t *tape) Last() uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return uint64(len(t.events))
}

func (t *tape) Scan(_ context.Context, after uint64, fn func([]floor.Event) error) error {
	t.mu.Lock()
	events := t.events[after:]
	t.now = t.played
	t.mu.Unlock()
	return fn(events)
}

func (t *tape) ScanRange(ctx context.Context, _, _ time.Time, fn func([]floor.Event) error) error {
	return t.Scan(ctx, 0, fn)
}

func (t *tape) Wait(ctx context.Context, after uint64) error {
	for {
		t.mu.Lock()
		last, grown := uint64(len(t.events)), t.grown
		t.mu.Unlock()
		if last > after {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-grown:
		}
	}
}

func (t *tape) Checkpoint(string) (uint64, []byte, error)   { return 0, nil, nil }
func (t *tape) SaveCheckpoint(string, uint64, []byte) error { return nil }

// goals are the operation's metas as the judge reads them.
func goals(t *testing.T) []metrics.MetaSpec {
	t.Helper()
	var out []metrics.MetaSpec
	for _, g := range sim.Goals() {
		text := metrics.MetaText{KPI: g.KPI, Variant: g.Variant, Target: g.Target, Window: g.Window, Why: g.Why, Owner: g.Owner}
		if g.Queue != "" {
			text.ScopeKind, text.ScopeID = "queue", g.Queue
		}
		for _, w := range g.When {
			text.When = append(text.When, metrics.WhenText{Days: w.Days, From: w.From, To: w.To, Target: w.Target})
		}
		spec, err := metrics.ParseMeta(text, sim.Zone())
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, spec)
	}
	return out
}

// watch plays the days after some history and has each instant looked at.
func watch(t *testing.T, seed uint64, first time.Time, history int, instants []time.Time, look func(*metrics.Snapshot)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		log := &tape{sim: sim.New(sim.Options{Seed: seed, Start: first.AddDate(0, 0, -history)}), grown: make(chan struct{})}
		log.play(first)
		log.now = first
		engine := metrics.NewEngine(metrics.Config{Site: sim.Site(), Metas: goals(t)}, log, log.clock, metrics.EngineOptions{CheckpointEvery: -1})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- engine.Run(ctx) }()
		for _, at := range instants {
			log.play(at)
			for seen := uint64(0); ; {
				snap, err := engine.Latest().Next(ctx, seen)
				if err != nil {
					t.Fatal(err)
				}
				if snap.Loading == nil && !snap.At.Before(at) && snap.Seq == log.Last() {
					look(snap)
					break
				}
				seen = snap.Version
			}
		}
		cancel()
		<-ended
	})
}

// story is what a lead would have seen of business hours, looked at every
// twenty minutes.
type story struct {
	instants, told, now, calm int // all; with a queue in trouble for a known reason; for one that still holds; with five queues calm
	served                    []float64
	occupied                  []float64
}

func (s *story) look(t *testing.T, snap *metrics.Snapshot) {
	t.Helper()
	s.instants++
	s.occupied = append(s.occupied, snap.Total.W[metrics.LastHour][metrics.Occupancy].Value)
	if snap.At.Hour() == 19 {
		s.served = append(s.served, snap.Total.W[metrics.Today][metrics.SLStrictNoShort].Value)
	}
	calm, told, now := 0, false, false
	for _, q := range snap.Queues {
		if q.Status != metrics.Attention && q.Status != metrics.Critical && q.Status != metrics.Missed {
			calm++
		}
	}
	for _, r := range snap.Risks {
		if r.Scope.Kind == metrics.QueueScope && r.Status >= metrics.Attention {
			told = told || len(r.Causes)+len(r.Before) > 0
			now = now || len(r.Causes) > 0
		}
	}
	for count, holds := range map[*int]bool{&s.told: told, &s.now: now, &s.calm: calm >= 5} {
		if holds {
			*count++
		}
	}
}

// At nearly any moment of business hours something is wrong in a queue or two,
// the judge says why, and the rest is calm.
func TestADayTellsAStory(t *testing.T) {
	if testing.Short() {
		t.Skip("plays days through the judge")
	}
	var s story
	alerts := map[string]metrics.LogCounts{}
	for seed := uint64(1); seed <= 2; seed++ {
		day := time.Date(2026, 8, 16+int(seed), 0, 0, 0, 0, sim.Zone())
		var instants []time.Time
		for m := 8*60 + 30; m <= 20*60; m += 20 {
			instants = append(instants, day.Add(time.Duration(m)*time.Minute))
		}
		watch(t, seed, day, 7, instants, func(snap *metrics.Snapshot) {
			s.look(t, snap)
			alerts[day.Format("Monday")] = snap.LogDay
		})
	}
	of := float64(s.instants)
	between(t, "instants with a reasoned risk", float64(s.told)/of, .8, .98)
	between(t, "instants with a reason that still holds", float64(s.now)/of, .65, .95)
	between(t, "instants with five queues calm", float64(s.calm)/of, .85, 1)
	for _, x := range s.served {
		between(t, "service level of a day", x, .8, .93)
	}
	slices.Sort(s.occupied)
	between(t, "median occupancy", s.occupied[len(s.occupied)/2], .65, .85)
	between(t, "occupancy of a bad hour", s.occupied[len(s.occupied)*19/20], .7, .88)
	for day, n := range alerts {
		between(t, "critical alerts of "+day, float64(n.Critical), 3, 55)
		between(t, "attention alerts of "+day, float64(n.Attention), 8, 50)
	}
}

// The demonstration's Monday, as it is drawn: Suporte critical with trainings
// that went on beyond their time, one or two others with something, the site
// on its target.
func TestMondayAfternoonIsAsDrawn(t *testing.T) {
	first := time.Date(2026, 8, 17, 0, 0, 0, 0, sim.Zone())
	watch(t, 1, first, 7, []time.Time{first.Add(14*time.Hour + 32*time.Minute + 7*time.Second)}, func(snap *metrics.Snapshot) {
		worst := snap.Risks[0]
		if worst.Scope.ID != "suporte" || worst.Status != metrics.Critical || len(worst.Causes) == 0 || worst.Causes[0].Part == 0 {
			t.Errorf("the worst risk is %s, %d, for %v", worst.Scope.ID, worst.Status, worst.Causes)
		}
		if n := len(snap.Risks); n < 2 || n > 4 {
			t.Errorf("%d risks", n)
		}
		between(t, "the site's service level", snap.Total.W[metrics.Today][metrics.SLStrictNoShort].Value, .8, .92)
		between(t, "people logged in", float64(snap.Total.People.LoggedIn), 60, 76)
	})
}

func between(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s is %.3g, want %.3g to %.3g", what, got, low, high)
	}
}
