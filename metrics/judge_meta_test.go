package metrics

import (
	"slices"
	"testing"
	"time"

	"farol/floor"
)

// TestHysteresis drives one service level with a target of 80 % and looks at
// its status after each stretch.
func TestHysteresis(t *testing.T) {
	type leg struct {
		met  float64 // of 100
		last time.Duration
		want Status
	}
	for name, legs := range map[string][]leg{
		"attention after 3 minutes": {{90, time.Minute, OK}, {78, 3 * time.Minute, OK}, {78, 5 * time.Second, Attention}},
		"critical after 3 minutes":  {{90, time.Minute, OK}, {75, 3 * time.Minute, OK}, {75, 5 * time.Second, Critical}},
		"exactly on target is kept": {{80, 10 * time.Minute, OK}},
		"a dip is nothing":          {{70, 175 * time.Second, OK}, {80, 5 * time.Second, OK}, {70, 175 * time.Second, OK}},
		"back after 2 minutes":      {{78, 4 * time.Minute, Attention}, {85, 2 * time.Minute, Attention}, {85, 5 * time.Second, OK}},
		"a peak is not a recovery":  {{78, 4 * time.Minute, Attention}, {85, 115 * time.Second, Attention}, {79, 5 * time.Second, Attention}, {85, 2 * time.Minute, Attention}},
		"attention then critical":   {{78, 4 * time.Minute, Attention}, {70, 3 * time.Minute, Attention}, {70, 5 * time.Second, Critical}},
		"critical to attention":     {{70, 4 * time.Minute, Critical}, {78, 2 * time.Minute, Critical}, {78, 5 * time.Second, Attention}},
		"critical needs a margin":   {{75, 4 * time.Minute, Critical}, {75.5, 10 * time.Minute, Critical}, {76.1, 3 * time.Minute, Attention}},
		"critical straight to ok":   {{60, 4 * time.Minute, Critical}, {85, 2 * time.Minute, Critical}, {85, 5 * time.Second, OK}},
	} {
		w := newWorld(suporte)
		j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
		for i, leg := range legs {
			w.set(suporte, SLStrictNoShort, ratio(leg.met, 100))
			w.run(j, leg.last)
			if got := metaOf(t, w.look(j), slSuporte).Status; got != leg.want {
				t.Errorf("%s: after leg %d (%v for %v) status %d, want %d", name, i, leg.met, leg.last, got, leg.want)
			}
		}
	}
}

// TestStatusOfFigures holds one figure for 10 minutes.
func TestStatusOfFigures(t *testing.T) {
	for _, c := range []struct {
		kpi, target string
		now         Measure
		want        Status
	}{
		{"service_level", ">= 80%", Measure{}, StatusNoData}, // empty denominator: neither 0 nor 100 %
		{"service_level", ">= 80%", ratio(1, 2), StatusNoData},
		{"service_level", ">= 80%", ratio(2, 2), OK},
		{"service_level", ">= 80%", ratio(5, 9), StatusNoData},
		{"service_level", ">= 80%", ratio(5, 10), Critical},
		{"service_level", ">= 80%", ratio(762, 1000), Attention},
		{"service_level", ">= 80%", ratio(614, 1000), Critical},
		{"abandonment_rate", "<= 5%", ratio(56, 1000), Attention},
		{"abandonment_rate", "<= 5%", ratio(82, 1000), Critical}, // 3.2 points, but 164 % of the budget
		{"abandonment_rate", "<= 5%", ratio(5, 100), OK},
		{"abandonment_rate", "<= 5%", ratio(0, 100), OK},
		{"aht", "<= 8:00", ratio(545*20, 20), Attention}, // 13.5 % above
		{"aht", "<= 8:00", ratio(552*20, 20), Critical},  // 15 % above
		{"aht", "<= 8:00", ratio(900*19, 19), StatusNoData},
		{"aht", "5:00..8:00", ratio(290*20, 20), Attention}, // too short is a fault too
		{"wait_avg", "<= 30s", ratio(27*100, 100), OK},
		{"wait_avg", "<= 30s", ratio(72*100, 100), Critical},
		{"occupancy", "75%..88%", ratio(0.9*7200, 7200), Attention},
		{"occupancy", "75%..88%", ratio(0.6*7200, 7200), Critical},
		{"occupancy", "75%..88%", ratio(0.6*1800, 1800), StatusNoData}, // half an hour of one person
		{"service_level", ">= 80%", ratio(12, 17), StatusNoData},       // as likely as not
		{"service_level", ">= 80%", ratio(9, 17), Critical},
		{"service_level", ">= 80%", ratio(23, 30), Attention}, // from 30 on, beyond is beyond
		{"abandonment_rate", "<= 5%", ratio(2, 20), StatusNoData},
		{"abandonment_rate", "<= 5%", ratio(4, 20), Critical},
		{"waiting", "<= 10", counted(11), Attention},
		{"wait_max", "<= 60s", counted(61), Attention}, // in a sliding window it may fall again
	} {
		window := "day"
		if c.kpi == "wait_max" {
			window = "15m"
		}
		w := newWorld(suporte)
		spec := queueMeta(t, c.kpi, "", "suporte", c.target, window)
		j := newJudge(w.site, []MetaSpec{spec}, Policy{})
		w.set(suporte, spec.KPI, c.now)
		w.run(j, 10*time.Minute)
		if got := metaOf(t, w.look(j), spec.ID()).Status; got != c.want {
			t.Errorf("%s %s at %+v: status %d, want %d", c.kpi, c.target, c.now, got, c.want)
		}
	}
}

// TestPersonNeedsManyContacts: a figure of one person is held against a target
// only with 30 contacts behind it.
func TestPersonNeedsManyContacts(t *testing.T) {
	ana := ScopeRef{AgentScope, "Ana Souza", "Ana Souza"}
	for n, want := range map[float64]Status{29: StatusNoData, 30: Critical} {
		w := newWorld(suporte)
		w.all[ana.path()] = &Figures{}
		w.set(ana, AHT, ratio(900*n, n))
		spec := mustMeta(t, MetaText{KPI: "aht", ScopeKind: "agent", ScopeID: ana.ID, Target: "<= 8:00", Window: "day"})
		j := newJudge(w.site, []MetaSpec{spec}, Policy{})
		w.run(j, 10*time.Minute)
		s := w.look(j)
		if got := metaOf(t, s, spec.ID()).Status; got != want {
			t.Errorf("with %v contacts: status %d, want %d", n, got, want)
		}
		if len(s.Risks) > 0 {
			t.Errorf("a person's meta made a risk, which is told in public")
		}
	}
}

func TestNoDataEndsAnAlertSilently(t *testing.T) {
	w := newWorld(suporte)
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.set(suporte, SLStrictNoShort, ratio(60, 100))
	w.run(j, 5*time.Minute)
	w.set(suporte, SLStrictNoShort, Measure{})
	w.run(j, time.Minute)
	if m := metaOf(t, w.look(j), slSuporte); m.Status != StatusNoData {
		t.Fatalf("status %d with no figure", m.Status)
	}
	w.set(suporte, SLStrictNoShort, ratio(60, 100))
	w.run(j, gridStep)
	if m := metaOf(t, w.look(j), slSuporte); m.Status != Critical {
		t.Errorf("a gap of a minute forgot the alert: status %d", m.Status)
	}
	w.set(suporte, SLStrictNoShort, Measure{})
	w.run(j, 3*time.Minute)
	s := w.look(j)
	if len(s.Risks) != 0 || s.LogDay.Open != 0 {
		t.Errorf("after 3 minutes with no figure: %d risks, %d open entries", len(s.Risks), s.LogDay.Open)
	}
	if len(s.Log) != 1 {
		t.Errorf("log has %v: no data is not back to normal", alerts(s))
	}
}

// TestOldDataStopsTheClock: nothing is raised from figures nobody refreshes.
func TestOldDataStopsTheClock(t *testing.T) {
	w := newWorld(suporte)
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.set(suporte, SLStrictNoShort, ratio(60, 100))
	w.run(j, 2*time.Minute)
	w.level = Old
	w.run(j, 10*time.Minute)
	if m := metaOf(t, w.look(j), slSuporte); m.Status != Stale {
		t.Errorf("status of an old figure: %d", m.Status)
	}
	w.level = Live
	w.run(j, time.Minute)
	if m := metaOf(t, w.look(j), slSuporte); m.Status != OK {
		t.Errorf("time with old data was counted: status %d", m.Status)
	}
	w.run(j, gridStep)
	if m := metaOf(t, w.look(j), slSuporte); m.Status != Critical {
		t.Errorf("after 3 minutes with live data: status %d", m.Status)
	}
	w.level = Silent
	if s := w.look(j); len(s.Risks) != 0 || s.Queues[0].Status != Stale || s.Counts.Stale != 1 {
		t.Errorf("silent source: risks %d, queue %d, counts %+v", len(s.Risks), s.Queues[0].Status, s.Counts)
	}
}

// TestSourceDownStopsTheClock: the log itself says that the source is down.
func TestSourceDownStopsTheClock(t *testing.T) {
	w := newWorld(suporte)
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.set(suporte, SLStrictNoShort, ratio(60, 100))
	w.run(j, gridStep)
	j.event(&floor.Event{Source: "ami", Kind: floor.SourceDown, At: w.at, Reason: "conexão recusada"})
	w.run(j, 10*time.Minute)
	j.event(&floor.Event{Source: "ami", Kind: floor.SourceUp, At: w.at})
	if m := metaOf(t, w.look(j), slSuporte); m.Status != OK {
		t.Errorf("judged while the source was down: status %d", m.Status)
	}
	s := w.look(j)
	if len(s.Log) != 2 || s.Log[0].Lasted != 10*time.Minute || s.Log[1].Open || s.Log[1].Source != "ami" {
		t.Errorf("log of the source: %+v", s.Log)
	}
}

func TestArithmeticDecides(t *testing.T) {
	w := newWorld(suporte)
	sales := queueMeta(t, "handled", "", "suporte", ">= 50", "day")
	longest := queueMeta(t, "wait_max", "", "suporte", "<= 2:00", "day")
	j := newJudge(w.site, []MetaSpec{sales, longest}, Policy{})
	w.set(suporte, Handled, counted(10))
	w.set(suporte, WaitMax, counted(100))
	w.run(j, 10*time.Minute)
	s := w.look(j)
	if m := metaOf(t, s, sales.ID()); m.Status != OK || m.Spent.Known {
		t.Errorf("a count on its way: status %d, spent %+v", m.Status, m.Spent)
	}
	w.set(suporte, Handled, counted(50))
	w.set(suporte, WaitMax, counted(121))
	w.run(j, gridStep)
	s = w.look(j)
	if m := metaOf(t, s, sales.ID()); m.Status != Secured {
		t.Errorf("a count reached: status %d, want secured", m.Status)
	}
	if m := metaOf(t, s, longest.ID()); m.Status != Missed {
		t.Errorf("a longest wait that is beyond: status %d, want missed", m.Status)
	}
	if len(s.Risks) != 0 {
		t.Errorf("what nobody can act on is a risk: %+v", s.Risks[0])
	}
	if got := alerts(s); !slices.Equal(got, []string{"08:10:05 missed " + longest.ID()}) {
		t.Errorf("log %v", got)
	}
}

func TestCountThatFallsShort(t *testing.T) {
	w := newWorld(suporte)
	spec := queueMeta(t, "handled", "", "suporte", ">= 50", "day")
	j := newJudge(w.site, []MetaSpec{spec}, Policy{})
	w.set(suporte, Handled, counted(10))
	w.weeks, w.usuals[Handled] = 4, counted(45)
	w.run(j, 10*time.Minute)
	if m := metaOf(t, w.look(j), spec.ID()); m.Status != OK {
		t.Errorf("10 and 45 usual reach 50: status %d", m.Status)
	}
	w.usuals[Handled] = counted(30)
	w.run(j, 10*time.Minute)
	if m := metaOf(t, w.look(j), spec.ID()); m.Status != Attention {
		t.Errorf("10 and 30 usual stay below 50: status %d", m.Status)
	}
}

func TestTrendAloneRaisesAttention(t *testing.T) {
	w := newWorld(suporte)
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	begin := w.at
	fall := func() { // 95 % falling by 3 points in 5 minutes
		minutes := w.at.Sub(begin).Minutes()
		w.set(suporte, SLStrictNoShort, ratio(950-6*minutes, 1000))
	}
	w.run(j, 8*time.Minute, fall)
	if m := metaOf(t, w.look(j), slSuporte); m.Status != OK || !m.Trend.Crosses.IsZero() {
		t.Errorf("8 minutes make no trend: status %d, %+v", m.Status, m.Trend)
	}
	w.run(j, 11*time.Minute, fall) // at 83.6 %, 6 minutes before the target
	m := metaOf(t, w.look(j), slSuporte)
	if m.Status != Attention || m.Trend.Way != -1 {
		t.Errorf("falling fast: status %d, way %d", m.Status, m.Trend.Way)
	}
	if want := begin.Add(25 * time.Minute); m.Trend.Crosses.Sub(want).Abs() > 10*time.Second {
		t.Errorf("crosses at %v, want %v", m.Trend.Crosses, want)
	}
	if want := 0.95 - 0.006*34; !m.Trend.In15.Known || m.Trend.In15.Value-want > 0.002 || want-m.Trend.In15.Value > 0.002 {
		t.Errorf("in 15 minutes %+v, want %v", m.Trend.In15, want)
	}
}

func TestSteadyNoiseRaisesNothing(t *testing.T) {
	w := newWorld(suporte)
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	noise := func() { w.set(suporte, SLStrictNoShort, ratio(815+float64(w.at.Unix()/60*7919%11), 1000)) }
	w.run(j, 3*time.Hour, noise)
	if s := w.look(j); len(s.Log) != 0 {
		t.Errorf("noise inside the target was told: %v", alerts(s))
	}
}

// TestAlertsDoNotFlap: a figure that hovers on its target changes status a
// handful of times in a day, not at every crossing.
func TestAlertsDoNotFlap(t *testing.T) {
	for _, period := range []time.Duration{10 * time.Second, time.Minute, 2 * time.Minute, 3 * time.Minute} {
		w := newWorld(suporte)
		j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
		w.run(j, 6*time.Hour, func() {
			met := 795.0
			if w.at.Unix()/int64(period.Seconds())%2 == 0 {
				met = 805
			}
			w.set(suporte, SLStrictNoShort, ratio(met, 1000))
		})
		if got := len(alerts(w.look(j))); got > 2 {
			t.Errorf("crossing the target every %v changed status %d times in 6 hours", period, got)
		}
	}
}

// TestWorseIsToldAgain: 15 points below is told once more, 16 points is not.
func TestWorseIsToldAgain(t *testing.T) {
	w := newWorld(suporte)
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	for _, met := range []float64{72, 64, 63} {
		w.set(suporte, SLStrictNoShort, ratio(met, 100))
		w.run(j, 5*time.Minute)
	}
	s := w.look(j)
	if got := alerts(s); len(got) != 2 || s.Log[0].Status != Critical {
		t.Fatalf("log %v, want the alert and one step", got)
	}
	if got := s.Log[0].Limit; got < 0.6499 || got > 0.6501 {
		t.Errorf("limit of the step %v, want 65 %%", got)
	}
	if got := s.Log[1].Limit; got < 0.7499 || got > 0.7501 {
		t.Errorf("limit of the alert %v, want 75 %%", got)
	}
	w.set(suporte, SLStrictNoShort, ratio(90, 100))
	w.run(j, 5*time.Minute)
	s = w.look(j)
	if s.LogDay.Open != 0 || s.Log[0].Kind != EntryNormal || s.Log[0].Lasted != 14*time.Minute {
		t.Errorf("after the end: %d open, newest %+v", s.LogDay.Open, s.Log[0])
	}
}

func TestTargetOfTheHour(t *testing.T) {
	w := newWorld(suporte)
	spec := slMeta(t, "suporte")
	spec.When = []TargetWhen{{From: 12 * time.Hour, To: 14 * time.Hour, Target: atLeast(0.5)}}
	j := newJudge(w.site, []MetaSpec{spec}, Policy{})
	w.set(suporte, SLStrictNoShort, ratio(60, 100))
	w.at = monday.Add(3*time.Hour + 50*time.Minute)
	w.run(j, 8*time.Minute)
	if m := metaOf(t, w.look(j), spec.ID()); m.Status != Critical {
		t.Errorf("at 11:58: status %d", m.Status)
	}
	w.run(j, 10*time.Minute)
	if m := metaOf(t, w.look(j), spec.ID()); m.Status != OK || m.Target.Low != 0.5 {
		t.Errorf("at 12:08: status %d, target %+v", m.Status, m.Target)
	}
}

func TestMetaOutOfForceIsNotThere(t *testing.T) {
	w := newWorld(suporte)
	spec := slMeta(t, "suporte")
	spec.Until = monday.Add(5 * time.Minute)
	j := newJudge(w.site, []MetaSpec{spec}, Policy{})
	w.set(suporte, SLStrictNoShort, ratio(60, 100))
	w.run(j, 4*time.Minute)
	if s := w.look(j); len(s.Metas) != 1 || len(s.Risks) != 1 {
		t.Fatalf("in force: %d metas, %d risks", len(s.Metas), len(s.Risks))
	}
	w.run(j, 2*time.Minute)
	if s := w.look(j); len(s.Metas) != 0 || len(s.Risks) != 0 || s.LogDay.Open != 0 {
		t.Errorf("over: %d metas, %d risks, %d open", len(s.Metas), len(s.Risks), s.LogDay.Open)
	}
}

func TestMetaOfEveryQueue(t *testing.T) {
	w := newWorld(suporte)
	spec := slMeta(t, "*")
	j := newJudge(w.site, []MetaSpec{spec}, Policy{})
	w.set(suporte, SLStrictNoShort, ratio(60, 100))
	w.run(j, 5*time.Minute)
	w.refs = append(w.refs, sac) // a queue appears
	w.all[sac.path()] = &Figures{}
	w.queues["sac"] = &Queue{Scope: Scope{Ref: sac}}
	w.set(sac, SLStrictNoShort, ratio(90, 100))
	w.run(j, time.Minute)
	s := w.look(j)
	if len(s.Metas) != 2 || s.Metas[0].Status != Critical || s.Metas[0].Scope != suporte || s.Metas[1].Scope != sac {
		t.Errorf("metas of every queue: %+v", s.Metas)
	}
	j.event(&floor.Event{Kind: floor.MetaSet, At: w.at, Subject: slSuporte, Text: ">= 50%", Author: "Helena"})
	w.run(j, 3*time.Minute)
	s = w.look(j)
	if m := metaOf(t, s, slSuporte); m.Status != OK || m.Target.Low != 0.5 {
		t.Errorf("after a lead set the target: %+v", m)
	}
}

func TestThresholdOfAMeta(t *testing.T) {
	w := newWorld(suporte)
	text := slText()
	text.ScopeID, text.Threshold = "suporte", "45s"
	spec := mustMeta(t, text)
	j := newJudge(w.site, []MetaSpec{spec}, Policy{})
	w.set(suporte, SLStrictNoShort, ratio(10, 100))
	w.under[45*time.Second] = ratio(90, 100)
	w.run(j, 5*time.Minute)
	if m := metaOf(t, w.look(j), spec.ID()); m.Status != OK || m.Now.Value != 0.9 || m.Threshold != 45*time.Second {
		t.Errorf("meta with its own T: %+v", m)
	}
}
