package metrics

import (
	"slices"
	"testing"
	"time"

	"farol/floor"
)

// TestIdleCrewHasNoCauseOfABusyOne: people out explain a crew that has too much
// to do; they are no reason for one that has too little.
func TestIdleCrewHasNoCauseOfABusyOne(t *testing.T) {
	for _, c := range []struct {
		occupancy float64
		below     bool
	}{{0.95, false}, {0.40, true}} {
		w := busyQueue()
		j := newJudge(w.site, []MetaSpec{queueMeta(t, "occupancy", "", "suporte", "65%..85%", "day")}, Policy{})
		w.set(suporte, Occupancy, ratio(0.75*72000, 72000))
		w.run(j, 20*time.Minute)
		w.paused("Ana", "suporte", floor.PauseTraining, 18*time.Minute, 10*time.Minute)
		w.set(suporte, Occupancy, ratio(c.occupancy*72000, 72000))
		w.run(j, 5*time.Minute)
		s := w.look(j)
		i := slices.IndexFunc(s.Log, func(e *Entry) bool { return e.Kind == EntryAlert })
		if i < 0 || len(s.Risks) != 1 {
			t.Fatalf("occupancy %v: log %v, %d risks", c.occupancy, kinds(s), len(s.Risks))
		}
		e, r := s.Log[i], s.Risks[0]
		if e.Below != c.below {
			t.Errorf("occupancy %v: below is %v", c.occupancy, e.Below)
		}
		if got := len(e.Causes) == 0 && len(r.Causes) == 0 && len(r.Before) == 0; got != c.below {
			t.Errorf("occupancy %v: causes %v at the alert, %v now, %v before", c.occupancy, e.Causes, r.Causes, r.Before)
		}
	}
}
