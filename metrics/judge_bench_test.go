package metrics

import (
	"fmt"
	"testing"
	"time"

	"farol/floor"
)

// benchWorld is 12 queues, 240 agents and 40 metas, a few of them failing.
func benchWorld() (*world, *judge) {
	var refs []ScopeRef
	for i := range 12 {
		refs = append(refs, ScopeRef{QueueScope, fmt.Sprint("q", i), fmt.Sprint("Fila ", i)})
	}
	w := newWorld(refs...)
	specs := []MetaSpec{
		{KPI: SLStrictNoShort, Target: atLeast(0.8), Window: WindowDay}, {KPI: AbandonRateNoShort, Target: atMost(0), Window: WindowDay},
		{KPI: WaitAvg, Target: atMost(30 * time.Second), Window: WindowDay}, {KPI: AHT, Target: atMost(7 * time.Minute), Window: WindowDay},
	}
	specs[1].Target.High = 0.05
	for i, r := range refs {
		met := 90.0
		if i < 3 {
			met = 60
		}
		w.set(r, SLStrictNoShort, ratio(met, 100))
		w.set(r, SLStrict, ratio(met, 100))
		w.set(r, AbandonRateNoShort, ratio(3, 100))
		w.set(r, AHT, ratio(400*100, 100))
		w.set(r, Offered, counted(100))
		w.set(r, Abandoned, counted(4))
		w.set(r, WaitAvgAll, ratio(48*100, 100))
		for k := range 20 {
			a := w.agentIn(fmt.Sprintf("Agente %d-%d", i, k), r.ID, floor.Available, time.Duration(k)*20*time.Second)
			if k == 0 {
				a.State, a.Pause, a.Expected = floor.OnPause, floor.PauseRule{Class: floor.PauseTraining}, time.Second
			}
		}
		for _, k := range []KPI{SLStrictNoShort, AbandonRateNoShort, AHT} {
			m := MetaSpec{KPI: k, Scope: r, Target: atMost(8 * time.Minute), Window: WindowDay}
			if k == SLStrictNoShort {
				m.Target = atLeast(0.8)
			} else if k == AbandonRateNoShort {
				m.Target.High = 0.05
			}
			specs = append(specs, m)
		}
	}
	j := newJudge(w.site, specs, Policy{})
	w.run(j, time.Hour)
	return w, j
}

// BenchmarkJudgeStep is one instant of the grid with 40 metas and nothing to tell.
func BenchmarkJudgeStep(b *testing.B) {
	w, j := benchWorld()
	b.ReportAllocs()
	for b.Loop() {
		w.at = w.at.Add(gridStep)
		j.step(w)
	}
}

// BenchmarkJudgeApply judges a snapshot of 40 metas, 12 queues and 240 agents.
func BenchmarkJudgeApply(b *testing.B) {
	w, j := benchWorld()
	w.at = w.at.Add(time.Second)
	s := w.snapshot()
	b.ReportAllocs()
	for b.Loop() {
		s.Risks = nil
		j.apply(s, w)
	}
}

func BenchmarkJudgeSave(b *testing.B) {
	_, j := benchWorld()
	n := 0
	for b.Loop() {
		n = len(j.save())
	}
	b.ReportMetric(float64(n), "bytes")
}
