package sim

import (
	"slices"
	"sync"
	"testing"
	"time"

	"farol/floor"
)

// simulatedDay is a workday with what was planned for it.
type simulatedDay struct {
	date   time.Time
	plan   *plan
	events []floor.Event
}

// workdays are three weeks of them, simulated once for all tests.
var workdays = sync.OnceValue(func() []simulatedDay {
	var out []simulatedDay
	cast := newCast()
	for seed := uint64(1); seed <= 3; seed++ {
		for d := range 5 {
			date := monday().AddDate(0, 0, d)
			out = append(out, simulatedDay{date, newPlan(seed, date, cast), simulate(seed, date, cast, telling{}).events})
		}
	}
	return out
})

func within(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s is %.3g, want %.3g to %.3g", what, got, low, high)
	}
}

func TestWorkdaysAreBelievable(t *testing.T) {
	levels := map[string][]float64{}
	for _, d := range workdays() {
		whole := tallies(d.events, d.date, d.date.AddDate(0, 0, 1))
		half := tallies(d.events, d.date, d.date.Add(14*time.Hour+30*time.Minute))
		within(t, "contacts of the day", float64(whole[""].offered), 3000, 5000)
		within(t, "contacts by 14:30", float64(half[""].offered), 1500, 2800)
		within(t, "site service level", whole[""].serviceLevel(), .75, .97)
		within(t, "site abandonment", whole[""].abandonment(), .005, .07)
		within(t, "site handle time", whole[""].aht(), 360, 450)
		for _, q := range Site().Queues {
			levels[q.ID] = append(levels[q.ID], whole[q.ID].serviceLevel())
			within(t, q.ID+" service level", whole[q.ID].serviceLevel(), .45, 1)
		}
	}
	for queue, l := range levels {
		slices.Sort(l)
		within(t, queue+" median service level", l[len(l)/2], .8, .985)
	}
}

func TestWeekendsAreSmaller(t *testing.T) {
	s := New(Options{Seed: 1, Start: monday()})
	var offered [7]int
	for d := range 7 {
		from := monday().AddDate(0, 0, d)
		offered[d] = tallies(s.Until(from.AddDate(0, 0, 1).Add(-1)), from, from.AddDate(0, 0, 1))[""].offered
	}
	if offered[5] > offered[3]/2 || offered[6] > offered[5] || offered[6] < 200 {
		t.Fatalf("contacts from Monday to Sunday: %v", offered)
	}
}

func TestMostIsCalmAndSomethingIsNot(t *testing.T) {
	instants, calm := 0, 0
	var unmet []int
	for _, d := range workdays()[:6] {
		for at := d.date.Add(9*time.Hour + 30*time.Minute); at.Before(d.date.Add(20 * time.Hour)); at = at.Add(30 * time.Minute) {
			n := len(failing(d.events, d.date, at))
			instants++
			if n == 0 {
				calm++
			}
			unmet = append(unmet, n)
		}
	}
	slices.Sort(unmet)
	within(t, "share of instants with no meta unmet", float64(calm)/float64(instants), 0, .25)
	within(t, "median of metas unmet, of 38", float64(unmet[len(unmet)/2]), 1, 7)
}

// The service level of a queue during its incidents, against the same hours
// without.
func TestIncidentsHurt(t *testing.T) {
	during, without := &tally{}, &tally{}
	for _, d := range workdays() {
		for h := 9; h < 18; h++ {
			from := d.date.Add(time.Duration(h) * time.Hour)
			hourly := tallies(d.events, from, from.Add(time.Hour))
			for i, q := range d.plan.specs {
				at := int64(h)*hour + 30*minute
				hit := false
				for _, in := range d.plan.incidents {
					hit = hit || in.queue == i && in.kind != absences && in.from <= at && at < in.to
				}
				if hit {
					during.add(hourly[q.config.ID])
				} else {
					without.add(hourly[q.config.ID])
				}
			}
		}
	}
	within(t, "service level during incidents", during.serviceLevel(), .35, .8)
	within(t, "service level without", without.serviceLevel(), .85, .97)
}

func TestTrainingsOverrun(t *testing.T) {
	over, plans := 0, 0
	for _, d := range workdays() {
		until := map[string]time.Time{}
		for _, e := range d.events {
			switch {
			case e.Kind == floor.Paused && e.Reason == reasonTraining:
				plans++
				until[e.Agent] = e.Until
			case e.Kind == floor.Unpaused && !until[e.Agent].IsZero():
				if e.At.Sub(until[e.Agent]) > 5*time.Minute {
					over++
				}
				delete(until, e.Agent)
			}
		}
	}
	if over < 15 || over > plans*9/10 {
		t.Fatalf("%d of %d trainings overran in 15 days", over, plans)
	}
}

func TestPhonesAreMissedAndCustomersCallAgain(t *testing.T) {
	kinds := map[floor.Kind]int{}
	again, customers := 0, map[string]bool{}
	for _, e := range workdays()[0].events {
		kinds[e.Kind]++
		if e.Kind == floor.Queued && e.Position > 0 {
			if customers[e.Customer] {
				again++
			}
			customers[e.Customer] = true
		}
	}
	for _, k := range []floor.Kind{floor.NotAnswered, floor.RingCancelled, floor.Held, floor.Unheld, floor.Transferred, floor.Abandoned, floor.Scheduled} {
		if kinds[k] == 0 {
			t.Errorf("no %s in a day", k)
		}
	}
	if again < 100 {
		t.Errorf("only %d contacts of customers seen before", again)
	}
}

func TestOutagesAreMarked(t *testing.T) {
	cast := newCast()
	for seed := uint64(1); seed < 60; seed++ {
		p := newPlan(seed, monday(), cast)
		for _, in := range p.incidents {
			if in.kind != outage {
				continue
			}
			gaps, marks, inside := 0, 0, 0
			for _, e := range simulate(seed, monday(), cast, telling{}).events {
				at := e.At.Sub(monday()).Milliseconds()
				switch {
				case e.Kind == floor.SourceGap && at == in.from && e.Until.Sub(monday()).Milliseconds() == in.to:
					gaps++
				case e.Kind == floor.ContextMark && at > in.from && at < in.to:
					marks++
				case e.Kind == floor.Queued && e.Channel == floor.Voice && at > in.from+second && at < in.to:
					inside++
				}
			}
			if gaps != 1 || marks < 1 || inside > 8 { // transfers and redials by mobile still enter
				t.Fatalf("seed %d: %d gaps, %d marks, %d calls inside the outage", seed, gaps, marks, inside)
			}
			return
		}
	}
	t.Fatal("no outage in sixty days")
}
