package metrics

import "farol/floor"

// timeOf is the people's time of an agent's; time away is nobody's.
func timeOf(gone spent) peopleTime {
	gone[floor.Offline] = 0
	return peopleTime{gone: gone, known: gone != spent{}}
}

func (p *peopleTime) plus(o *peopleTime) {
	p.gone.plus(&o.gone)
	p.plan.asked += o.plan.asked
	p.plan.kept += o.plan.kept
	p.known = p.known || o.known
}

// eachPlace calls fn for each scope that the agent is one of the people of,
// himself not included: the site, his queues and their channels, and his team,
// or his queues' teams when he has none.
func (f *fold) eachPlace(a *agentState, fn func(sc *scope)) {
	a.settle(&f.rules)
	if a.placed != a.desk.version || a.places == nil {
		a.placed, a.places = a.desk.version, append(a.places[:0], f.site)
		if a.team != nil {
			a.places = append(a.places, a.team)
		}
		for i := range a.now.members {
			q := f.queues[a.now.members[i].queue]
			if a.now.members[i].queue == 0 {
				continue
			}
			a.place(q.scope)
			a.place(f.channels[q.channel])
			if a.team == nil {
				for _, t := range q.teams {
					a.place(t)
				}
			}
		}
	}
	for _, sc := range a.places {
		fn(sc)
	}
}

func (a *agentState) place(sc *scope) {
	for _, p := range a.places {
		if p == sc {
			return
		}
	}
	a.places = append(a.places, sc)
}

// countPeople brings people's time up to date. It runs to the last instant of
// the judging grid, and adherence to the last whole minute, so that it is the
// same however often it is asked for.
func (f *fold) countPeople(at int64) {
	to := at - at%gridStep.Milliseconds()
	if f.peopleA == to && f.peopleV == f.stirred {
		return
	}
	f.peopleA, f.peopleV = to, f.stirred
	f.eachScope(func(sc *scope) { sc.people = [WindowCount]peopleTime{} })
	from := f.windowStarts(to)
	minute := to - to%minuteMS
	for _, a := range f.agents[1:] {
		a.settle(&f.rules)
		a.lapse(at, &f.rules)
		end := a.spentBy(to)
		for w := range WindowCount {
			p := &a.people[w]
			*p = timeOf(end.minus(a.spentBy(min(from[w], to))))
			if len(a.plans) > 0 {
				p.plan = a.adherence(from[w], minute)
			}
		}
		f.eachPlace(a, func(sc *scope) {
			for w := range WindowCount {
				sc.people[w].plus(&a.people[w])
			}
		})
	}
}

// windowStarts are the first instants of the windows that end at to.
func (f *fold) windowStarts(to int64) [WindowCount]int64 {
	return [WindowCount]int64{
		Last15m: to - 15*minuteMS, LastHour: to - 60*minuteMS, Today: f.day, ThisShift: f.shift,
	}
}

// headcount is the people of one scope, by state.
type headcount struct {
	People
	lastFree int64 // when the last one who is no longer free stopped being it
	frees    int
}

// who adds an agent to the count of a scope. queue is the queue it is counted
// for, 0 for any: one who is paused there alone is out there.
func (h *headcount) who(f *fold, a *agentState, queue uint32, at int64) {
	state, reason, since := a.now.state, a.now.reason, a.since()
	if state == floor.Offline {
		h.left(a)
		return
	}
	if queue != 0 {
		m := a.now.member(queue)
		if m == nil || !m.in {
			h.left(a)
			return
		}
		if m.paused && state != floor.OnPause && len(a.now.calls) == 0 {
			state, reason, since = floor.OnPause, m.reason, m.pausedAt
		}
	}
	h.LoggedIn++
	switch state {
	case floor.Busy, floor.OnHold:
		h.Busy++
	case floor.AfterCall:
		h.Wrapup++
	case floor.OnPause:
		h.out(f, a, reason, since, at)
	default:
		h.Free++
		h.frees++
		return
	}
	h.left(a)
}

func (h *headcount) out(f *fold, a *agentState, reason uint32, since, at int64) {
	h.Out++
	rule := f.reasons[reason].rule
	if rule.Class.Neutral() {
		h.Neutral++
		return
	}
	switch rule.Class {
	case floor.PauseTraining, floor.PauseFeedback, floor.PauseMeeting:
		h.Training++
		if e := f.expected(a, reason, since).Milliseconds(); e > 0 && at-since > e {
			h.Overdue++
		}
	default:
	}
}

// left notes when an agent who is not free stopped being it.
func (h *headcount) left(a *agentState) {
	for i := len(a.turns) - 1; i > 0; i-- {
		if s := a.turns[i-1].state; s == floor.Available || s == floor.RingingState {
			h.lastFree = max(h.lastFree, a.turns[i].from)
			return
		}
	}
}

// since is when the agent's present state began.
func (d *desk) since() int64 {
	if n := len(d.turns); n > 0 {
		return d.turns[n-1].from
	}
	return 0
}
