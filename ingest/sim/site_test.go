package sim

import (
	"regexp"
	"testing"
	"time"
)

func TestSiteIsWhole(t *testing.T) {
	site := Site()
	if site.Name != "Operação Recife" || site.Zone == nil || len(site.Queues) != 8 {
		t.Fatalf("site %q in %v with %d queues", site.Name, site.Zone, len(site.Queues))
	}
	teams, names, extensions := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, a := range site.Agents {
		if names[a.Name] || extensions[a.Extension] || a.Seat == "" {
			t.Errorf("agent %+v is there twice, or has no seat", a)
		}
		names[a.Name], extensions[a.Extension], teams[a.Team] = true, true, true
	}
	for _, q := range site.Queues {
		if q.Threshold == 0 || q.Name == "" {
			t.Errorf("queue %+v", q)
		}
		for _, team := range q.Teams {
			if !teams[team] {
				t.Errorf("queue %s has team %q, which nobody is in", q.ID, team)
			}
		}
	}
	for _, name := range []string{"Ana Souza", "João Conceição", "Zé Carlos Brito"} {
		if !names[name] {
			t.Errorf("%s is missing", name)
		}
	}
	for at := site.DayStart(monday()); at.Before(site.NextDay(monday())); at = at.Add(time.Minute) {
		if _, _, _, ok := site.ShiftAt(at); !ok {
			t.Fatalf("no shift at %s", at)
		}
	}
}

func TestGoalsAreWellFormed(t *testing.T) {
	target := regexp.MustCompile(`^(>= \d+%|<= \d+%|<= \d+s|<= \d+:\d\d|\d+%\.\.\d+%)$`)
	site, seen := Site(), map[string]bool{}
	queues := map[string]bool{"": true}
	for _, q := range site.Queues {
		queues[q.ID] = true
	}
	for _, g := range Goals() {
		id := g.KPI + "/" + g.Variant + "/" + g.Queue + "/" + g.Window
		if seen[id] || !target.MatchString(g.Target) || !queues[g.Queue] || g.Why == "" || g.Owner == "" {
			t.Errorf("goal %+v", g)
		}
		seen[id] = true
	}
	if len(seen) != 38 {
		t.Errorf("%d goals, want 38", len(seen))
	}
}

func TestAboutSixtyFivePeopleInTheAfternoon(t *testing.T) {
	for _, d := range workdays() {
		in := 0
		for _, duty := range d.plan.duties {
			if at := 14*hour + 30*minute; duty.in <= at && at < duty.out {
				in++
			}
		}
		within(t, "people at 14:30", float64(in), 55, 75)
	}
}
