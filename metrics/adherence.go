package metrics

import "farol/floor"

// plannedTime is what the schedule asked of an agent and how much of it was
// kept, in milliseconds.
type plannedTime struct{ asked, kept int64 }

func (p plannedTime) measure() Measure { return quotient(float64(p.kept)/1000, float64(p.asked)/1000) }

// adherence compares an agent's time with the schedule, from a to b:
//
//   - planned work is kept while logged in and not in a pause that a lead could
//     plan; a neutral pause (a legal rest, the bathroom) is a right and counts
//     as kept, whenever it is taken;
//   - a planned rest is always kept: nobody is held to it to the minute;
//   - any other planned pause (training, meeting) is kept while paused.
//
// Without a schedule nothing was asked, and adherence is not known.
func (a *agentState) adherence(from, to int64) plannedTime {
	var p plannedTime
	for i := range a.plans {
		w := &a.plans[i]
		if w.until <= from || w.from >= to {
			continue
		}
		lo, hi := max(w.from, from), min(w.until, to)
		if w.reason != "" {
			p.pause(a, w, lo, hi)
			continue
		}
		p.work(a, lo, hi, 1)
		for j := range a.plans { // breaks are cut out of the work around them
			if b := &a.plans[j]; b.reason != "" {
				if l, h := max(b.from, lo), min(b.until, hi); l < h {
					p.work(a, l, h, -1)
				}
			}
		}
	}
	return p
}

func (p *plannedTime) work(a *agentState, from, to, sign int64) {
	gone := a.between(from, to)
	p.asked += sign * (to - from)
	p.kept += sign * (gone.in() - gone[floor.OnPause] + gone[spentLegal])
}

func (p *plannedTime) pause(a *agentState, w *shiftPlan, from, to int64) {
	p.asked += to - from
	if w.class.Neutral() {
		p.kept += to - from
		return
	}
	gone := a.between(from, to)
	p.kept += gone[floor.OnPause]
}
