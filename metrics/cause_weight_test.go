package metrics

import (
	"math"
	"testing"
	"time"

	"farol/floor"

	"pgregory.net/rapid"
)

func agentOf(t testing.TB, s *Snapshot, name string) *Agent {
	t.Helper()
	for _, a := range s.Agents {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("no agent %s", name)
	return nil
}

// TestWeights: who is where they should be weighs nothing, who is not weighs
// what the queue would gain.
func TestWeights(t *testing.T) {
	for name, c := range map[string]struct {
		add    func(*world)
		weighs bool
	}{
		"training beyond its time":      {func(w *world) { w.paused("X", "suporte", floor.PauseTraining, 18*time.Minute, 10*time.Minute) }, true},
		"feedback beyond its time":      {func(w *world) { w.paused("X", "suporte", floor.PauseFeedback, 18*time.Minute, 10*time.Minute) }, true},
		"meeting beyond its time":       {func(w *world) { w.paused("X", "suporte", floor.PauseMeeting, 18*time.Minute, 10*time.Minute) }, true},
		"training within its time":      {func(w *world) { w.paused("X", "suporte", floor.PauseTraining, 8*time.Minute, 10*time.Minute) }, false},
		"training with no time":         {func(w *world) { w.paused("X", "suporte", floor.PauseTraining, 50*time.Minute, 0) }, false},
		"rest beyond its time":          {func(w *world) { w.paused("X", "suporte", floor.PauseRest, 50*time.Minute, 10*time.Minute) }, false},
		"meal beyond its time":          {func(w *world) { w.paused("X", "suporte", floor.PauseMeal, 50*time.Minute, 20*time.Minute) }, false},
		"bathroom":                      {func(w *world) { w.paused("X", "suporte", floor.PausePersonal, 50*time.Minute, 5*time.Minute) }, false},
		"after an abusive contact":      {func(w *world) { w.paused("X", "suporte", floor.PausePostAbuse, 50*time.Minute, 5*time.Minute) }, false},
		"another pause":                 {func(w *world) { w.paused("X", "suporte", floor.PauseOther, 50*time.Minute, 5*time.Minute) }, false},
		"very long contact":             {func(w *world) { w.agentIn("X", "suporte", floor.Busy, 24*time.Minute) }, true},
		"contact a little long":         {func(w *world) { w.agentIn("X", "suporte", floor.Busy, 10*time.Minute) }, false},
		"after-call work three times":   {func(w *world) { w.agentIn("X", "suporte", floor.AfterCall, 150*time.Second) }, true},
		"after-call work a little long": {func(w *world) { w.agentIn("X", "suporte", floor.AfterCall, 80*time.Second) }, false},
		"free":                          {func(w *world) { w.agentIn("X", "suporte", floor.Available, time.Hour) }, false},
		"not logged in":                 {func(w *world) { w.agentIn("X", "suporte", floor.Offline, time.Hour) }, false},
	} {
		w := busyQueue()
		c.add(w)
		j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
		w.run(j, gridStep)
		a := agentOf(t, w.look(j), "X")
		if got := a.Weight.Points.Known && a.Weight.Points.Value > 0; got != c.weighs {
			t.Errorf("%s: weight %+v, want any: %v", name, a.Weight, c.weighs)
		}
		if neutral := a.Neutral(); neutral != a.Weight.Neutral {
			t.Errorf("%s: weight is neutral %v, pause is %v", name, a.Weight.Neutral, neutral)
		}
	}
}

// TestWeightIsPlausible: two people of eleven back in a queue at 61 % are worth
// several points each, and their sum is what the cause costs.
func TestWeightIsPlausible(t *testing.T) {
	w := busyQueue()
	w.paused("Ana", "suporte", floor.PauseTraining, 18*time.Minute, 10*time.Minute)
	w.paused("Bruno", "suporte", floor.PauseTraining, 14*time.Minute, 10*time.Minute)
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.run(j, 5*time.Minute)
	s := w.look(j)
	ana, bruno := agentOf(t, s, "Ana").Weight, agentOf(t, s, "Bruno").Weight
	if ana.Points != bruno.Points || ana.Points.Value < 0.03 || ana.Points.Value > 0.15 || ana.Status != Critical {
		t.Errorf("weights %+v and %+v", ana, bruno)
	}
	out := causeOf(s.Risks[0].Causes, CauseOut)
	if out == nil || math.Abs(out.Cost.Value-ana.Points.Value-bruno.Points.Value) > 1e-9 {
		t.Errorf("cause %+v does not cost what its people weigh", out)
	}
	if len(s.Risks[0].Who) < 2 || s.Risks[0].Who[0].Name != "Ana" || s.Risks[0].Who[1].Name != "Bruno" {
		t.Errorf("who: %+v", s.Risks[0].Who)
	}
	if s.Agents[0].Name != "Ana" || s.Queues[0].Members[0].Name != "Ana" {
		t.Errorf("the agent who weighs most is not first")
	}
}

// TestNoWeightWithoutLoad: from three contacts nothing is said.
func TestNoWeightWithoutLoad(t *testing.T) {
	w := busyQueue()
	w.set(suporte, Offered, counted(3))
	w.paused("Ana", "suporte", floor.PauseTraining, 18*time.Minute, 10*time.Minute)
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.run(j, gridStep)
	if a := agentOf(t, w.look(j), "Ana"); a.Weight.Points.Known {
		t.Errorf("weight %+v from three contacts", a.Weight)
	}
}

// TestOverloadWithPatientCustomers: while nobody gives up, a hand is worth no
// more than an equal share of what all achieve.
func TestOverloadWithPatientCustomers(t *testing.T) {
	s := staffing{rate: 0.05, aht: 400} // 20 erlangs
	if got := s.gain(0.3, 1, 20*time.Second, 10); got <= 0 || got > 0.03+1e-9 {
		t.Errorf("gain %v, want at most a tenth of 30 %%", got)
	}
	if got := s.gain(0.95, 5, 20*time.Second, 10); got > 0.05+1e-9 {
		t.Errorf("gain %v goes beyond everybody answered in time", got)
	}
}

// TestLegalPauseIsNeverACause: whatever legal pauses people take and however
// long, they are in no cause, weigh nothing, and are nobody's name in a risk.
func TestLegalPauseIsNeverACause(t *testing.T) {
	legal := []floor.Pause{floor.PauseRest, floor.PauseMeal, floor.PausePersonal, floor.PausePostAbuse}
	rapid.Check(t, func(t *rapid.T) {
		build := func(withLegal bool) (*Snapshot, map[string]bool) {
			w := busyQueue()
			resting := map[string]bool{}
			if late := rapid.IntRange(0, 2).Draw(t, "late"); late > 0 {
				w.paused("Ana", "suporte", floor.PauseTraining, 18*time.Minute, 10*time.Minute)
			}
			for i := range rapid.IntRange(1, 6).Draw(t, "legal") {
				name := string(rune('P' + i))
				class := rapid.SampledFrom(legal).Draw(t, "class")
				since := time.Duration(rapid.IntRange(0, 200).Draw(t, "minutes")) * time.Minute
				expected := time.Duration(rapid.IntRange(0, 20).Draw(t, "expected")) * time.Minute
				a := w.paused(name, "suporte", class, since, expected)
				resting[name] = true
				if !withLegal { // the same people, free
					a.State, a.Pause, a.Expected = floor.Available, floor.PauseRule{}, 0
				}
			}
			w.queues["suporte"].Live = LiveState{Waiting: 5, Longest: time.Minute}
			j := newJudge(w.site, []MetaSpec{slMetaRapid()}, Policy{})
			w.run(j, 5*time.Minute)
			return w.look(j), resting
		}
		s, resting := build(true)
		for _, a := range s.Agents {
			if resting[a.Name] && (!a.Weight.Neutral || a.Weight.Points.Known) {
				t.Fatalf("%s in a legal pause weighs %+v", a.Name, a.Weight)
			}
		}
		if len(s.Risks) != 1 {
			t.Fatalf("%d risks", len(s.Risks))
		}
		for _, a := range s.Risks[0].Who {
			if resting[a.Name] {
				t.Fatalf("%s in a legal pause is named in a risk", a.Name)
			}
		}
		if out := causeOf(s.Risks[0].Causes, CauseOut); out != nil && (out.N != 1 || out.Part != 1) {
			t.Fatalf("legal pauses are counted in a cause: %+v", out)
		}
		for _, e := range s.Log {
			if resting[e.Agent] {
				t.Fatalf("a legal pause is in the log: %+v", e)
			}
		}
	})
}

func slMetaRapid() MetaSpec {
	return MetaSpec{KPI: SLStrictNoShort, Scope: suporte, Target: atLeast(0.8), Window: WindowDay, Why: "contrato", Owner: "Helena"}
}
