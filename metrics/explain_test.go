package metrics

import (
	"context"
	"testing"
	"time"

	"farol/floor"
)

// examples are the contacts of the example of the five service levels.
func examples() []floor.Event {
	var out []floor.Event
	n := 0
	add := func(count int, kind floor.Kind, wait time.Duration) {
		for range count {
			n++
			id := string(rune('0' + n))
			out = append(out, ev(floor.Queued, 0, "suporte", id, ""))
			e := ev(kind, wait, "suporte", id, "")
			e.Wait = wait
			if kind == floor.Answered {
				e.Agent = "Ana"
			}
			out = append(out, e)
		}
	}
	add(68, floor.Answered, 10*time.Second)
	add(12, floor.Answered, 45*time.Second)
	add(8, floor.Abandoned, 4*time.Second)
	add(6, floor.Abandoned, 15*time.Second)
	add(6, floor.Abandoned, 50*time.Second)
	add(3, floor.LeftTimeout, 45*time.Second)
	sortEvents(out)
	return out
}

func TestExplain(t *testing.T) {
	s := asOf(t, Config{}, examples(), noon.Add(5*time.Minute))
	x := s.Explain(ScopeRef{Kind: QueueScope, ID: "suporte"}, SLStrictNoShort, Today)
	if x.Measure.Num != 68 || x.Measure.Den != 92 || x.Contacts != 92 {
		t.Errorf("%+v over %d contacts", x.Measure, x.Contacts)
	}
	if x.T != floor.DefaultThreshold || x.Short != floor.DefaultShortAbandon {
		t.Errorf("T %s, short %s", x.T, x.Short)
	}
	if len(x.Variants) != 4 || x.Variants[0].KPI != SLStrict || x.Variants[0].Measure.Value != 0.68 {
		t.Errorf("variants %+v", x.Variants)
	}
	want := []Exclusion{{ShortAbandoned, 8}, {LeftTimeout, 3}}
	if len(x.Excluded) != 2 || x.Excluded[0] != want[0] || x.Excluded[1] != want[1] {
		t.Errorf("excluded %+v, want %+v", x.Excluded, want)
	}
	if none := s.Explain(ScopeRef{Kind: QueueScope, ID: "none"}, AHT, Today); none.Measure.Known || none.Info.ID != "aht" {
		t.Errorf("a queue that is not: %+v", none)
	}
	var nothing *Snapshot
	if x := nothing.Explain(ScopeRef{}, AHT, Today); x.Measure.Known {
		t.Error("no snapshot knows a figure")
	}
}

func TestContactsBehindAFigure(t *testing.T) {
	log := newMemoryLog(examples()...)
	now := noon.Add(5 * time.Minute)
	e := NewEngine(Config{}, log, func() time.Time { return now }, EngineOptions{CheckpointEvery: -1})
	if err := e.start(context.Background()); err != nil {
		t.Fatal(err)
	}
	ref := ScopeRef{Kind: QueueScope, ID: "suporte"}
	for _, q := range []ContactQuery{
		{Scope: ref, Window: Today, KPI: SLStrictNoShort},
		{Scope: ref, From: noon, To: noon.Add(time.Second), KPI: SLStrictNoShort},
	} {
		q.Limit, q.Sort = 10, LongestWait
		list, err := e.Contacts(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if list.Total != 92 || len(list.Rows) != 10 {
			t.Errorf("%d of %d contacts, want 10 of 92", len(list.Rows), list.Total)
			continue
		}
		if first := list.Rows[0]; first.Outcome != floor.Abandoned || first.Wait != 50*time.Second || first.InSL {
			t.Errorf("longest wait first: %+v", first)
		}
	}
	if _, err := e.Contacts(context.Background(), ContactQuery{Scope: ScopeRef{Kind: QueueScope, ID: "none"}}); err == nil {
		t.Error("contacts of a queue that is not")
	}
	if _, err := e.Contacts(context.Background(), ContactQuery{KPI: KPICount}); err == nil {
		t.Error("contacts of an indicator that is not")
	}
}

func TestCatalogueIsComplete(t *testing.T) {
	seen := map[string]bool{}
	defaults := map[string]int{}
	for k := range KPICount {
		i := k.Info()
		if i.ID == "" || seen[k.String()] {
			t.Errorf("KPI %d: %q is empty or said twice", k, k)
		}
		seen[k.String()] = true
		if i.Default {
			defaults[i.ID]++
		}
		if got, err := ParseKPI(i.ID, i.Variant); err != nil || got != k && i.Variant != "" {
			t.Errorf("ParseKPI(%q, %q) = %s, %v", i.ID, i.Variant, got, err)
		}
	}
	for id, n := range defaults {
		if n != 1 {
			t.Errorf("%s has %d default formulas", id, n)
		}
	}
	if k, err := ParseKPI("service_level", ""); err != nil || k != SLStrictNoShort {
		t.Errorf("service_level is %s, %v", k, err)
	}
	if _, err := ParseKPI("service_level", "made_up"); err == nil {
		t.Error("a made up formula is one")
	}
}
