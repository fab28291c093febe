package metrics

import (
	"testing"
	"time"
)

func TestTiles(t *testing.T) {
	w := newWorld(suporte, sac)
	j := newJudge(w.site, []MetaSpec{slMeta(t, ""), queueMeta(t, "wait_avg", "", "", "<= 30s", "day")}, Policy{})
	w.set(siteRef, SLStrictNoShort, ratio(823, 1000))
	w.set(siteRef, AbandonRateNoShort, ratio(33, 1000))
	w.set(siteRef, WaitAvg, ratio(31*100, 100))
	w.queues["suporte"].Live = LiveState{Waiting: 9, Longest: 221 * time.Second}
	w.queues["sac"].Live = LiveState{Waiting: 1, Longest: 12 * time.Second}
	w.run(j, 20*time.Minute)
	tiles := w.look(j).Tiles
	want := []struct {
		kpi    KPI
		status Status
		value  float64
		meta   bool
	}{
		{SLStrictNoShort, OK, .823, true},
		{AbandonRateNoShort, NoTarget, .033, false},
		{WaitAvg, Attention, 31, true},
		{AHT, StatusNoData, 0, false}, // nothing handled
		{WaitingNow, NoTarget, 10, false},
		{Adherence, StatusNoData, 0, false}, // no schedule: never left out, never 0 %
	}
	if len(tiles) != len(want) {
		t.Fatalf("%d tiles, want %d", len(tiles), len(want))
	}
	for i, c := range want {
		got := tiles[i]
		if got.KPI != c.kpi || got.Status != c.status || got.Now.Value != c.value || (got.Meta != nil) != c.meta {
			t.Errorf("tile %d: %+v, want %+v", i, got, c)
		}
	}
	if l := tiles[4]; l.Longest != 221*time.Second || l.Where != "Suporte" || l.WhereN != 9 {
		t.Errorf("who waits: %+v", l)
	}
	if n := len(tiles[0].Spark); n == 0 || tiles[0].Spark[n-1] != tiles[0].Now {
		t.Errorf("the spark does not end with the figure beside it: %+v", tiles[0].Spark)
	}
	w.level = Old
	if got := w.look(j).Tiles[1].Status; got != Stale {
		t.Errorf("an old figure with no target: status %d", got)
	}
}

// TestMetaFigures: what the metas screen says beside the status.
func TestMetaFigures(t *testing.T) {
	w := newWorld(suporte)
	spec := slMeta(t, "suporte")
	j := newJudge(w.site, []MetaSpec{spec}, Policy{})
	w.at = monday.Add(6*time.Hour + 30*time.Minute - time.Minute)
	w.set(suporte, SLStrictNoShort, ratio(127, 207))
	w.weeks, w.usuals[Offered] = 4, counted(500)
	for i := range 80 {
		m := Measure{}
		if i >= 32 { // since 08:00
			m = ratio(70, 100)
			if i < 46 {
				m = ratio(90, 100)
			}
		}
		w.slots = append(w.slots, m)
	}
	for range 20 {
		w.like = append(w.like, DayMeasure{Measure: ratio(85, 100)})
	}
	w.like[3].Measure, w.like[5].Measure = ratio(70, 100), Measure{}
	w.run(j, time.Minute)
	m := metaOf(t, w.look(j), spec.ID())
	near := func(got, want float64) bool { return got > want-5e-4 && got < want+5e-4 }
	if !near(m.Slack.Value, -0.1865) || !near(m.Spent.Value, 1.932) {
		t.Errorf("slack %v, spent %v", m.Slack.Value, m.Spent.Value)
	}
	// To close at 80 % of 707: 565.6 in time, 127 are, so 438.6 of the next 500.
	if !near(m.Need.Value, 0.8772) || m.Need.Den != 500 {
		t.Errorf("need %+v", m.Need)
	}
	if !near(m.Best.Value, 627.0/707) || !near(m.Worst.Value, 127.0/707) {
		t.Errorf("best %v, worst %v", m.Best.Value, m.Worst.Value)
	}
	if m.Slots != [2]int{14, 26} {
		t.Errorf("slots %v, want 14 of 26", m.Slots)
	}
	if m.History != [2]int{18, 19} {
		t.Errorf("history %v, want 18 of the 19 that are known", m.History)
	}
	if m.Threshold != 20*time.Second || m.Owner != "Helena" || m.Window != WindowDay {
		t.Errorf("definition %+v", m)
	}
	w.past++
	w.like = w.like[:1]
	if m := metaOf(t, w.look(j), spec.ID()); m.History != [2]int{1, 1} {
		t.Errorf("history after the past changed: %v", m.History)
	}
}

// TestNeedOfWhatMustBeLow: the share of those still to come that may break it.
func TestNeedOfWhatMustBeLow(t *testing.T) {
	w := newWorld(suporte)
	spec := queueMeta(t, "abandonment_rate", "", "suporte", "<= 5%", "day")
	j := newJudge(w.site, []MetaSpec{spec}, Policy{})
	w.set(suporte, AbandonRateNoShort, ratio(17, 207))
	w.weeks, w.usuals[Offered] = 4, counted(500)
	w.run(j, time.Minute)
	m := metaOf(t, w.look(j), spec.ID())
	if got, want := m.Need.Value, (0.05*707-17)/500; got < want-1e-9 || got > want+1e-9 {
		t.Errorf("need %v, want %v", got, want)
	}
	if m.Best.Value != 17.0/707 || m.Worst.Value != 517.0/707 {
		t.Errorf("best %v, worst %v", m.Best.Value, m.Worst.Value)
	}
}
