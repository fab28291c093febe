package sim

import "farol/floor"

// presence is where an agent is, apart from the contacts in hand.
type presence uint8

const (
	away presence = iota
	seated
	onPause
)

// agent is one person at work.
type agent struct {
	duty
	who      *castAgent
	presence presence
	open     int   // contacts in hand: ringing, talking or being wrapped up
	room     int   // how many at once
	idle     int64 // since when nothing is in hand
	due      []pause
	next     int // of duty.pauses
	leaving  bool
	missed   int   // rings missed in a row
	turn     int32 // of pauses, so that an old end does not end a new one
}

// seatPeople makes the agents of the day.
func (d *day) seatPeople() {
	d.agents = make([]agent, len(d.duties))
	for i := range d.duties {
		a := &d.agents[i]
		a.duty = d.duties[i]
		a.who = &d.cast[a.duty.agent]
		a.room = 1
		if a.who.home == whatsapp {
			a.room = 3
		}
		for _, s := range a.who.skills {
			q := &d.queues[s.queue]
			q.members = append(q.members, int32(i))
		}
	}
}

// callPeople puts their coming, going and pauses on the agenda.
func (d *day) callPeople() {
	for i := range d.agents {
		a := &d.agents[i]
		if a.absent {
			continue
		}
		d.agenda.plan(a.in, stepLogin, int32(i), 0)
		d.agenda.plan(a.out, stepLogout, int32(i), 0)
		for k := range a.pauses {
			d.agenda.plan(a.pauses[k].at, stepPause, int32(i), 0)
		}
	}
}

// tellSchedule publishes the plan of the day: one event a shift and one a
// planned pause, from At to Until.
func (d *day) tellSchedule() {
	for i := range d.agents {
		a := &d.agents[i]
		d.scheduled(a, a.start, a.end, "")
		for _, p := range a.pauses {
			if p.planned > 0 {
				d.scheduled(a, p.at, p.at+p.planned, p.reason)
			}
		}
	}
}

func (d *day) login(i int32) {
	a := &d.agents[i]
	a.presence, a.idle = seated, d.now
	d.tell(floor.Event{Kind: floor.AgentIn, Agent: a.who.name, By: floor.ByAgent})
	for _, s := range a.who.skills {
		d.queues[s.queue].present++
		d.tell(floor.Event{Kind: floor.MemberAdded, Agent: a.who.name, Queue: d.specs[s.queue].config.ID, N: s.penalty})
	}
	d.settle(i)
}

// logout is the end of the shift: who is talking finishes first.
func (d *day) logout(i int32) {
	a := &d.agents[i]
	a.leaving = true
	if a.presence == onPause {
		d.comeBack(a)
	}
	d.settle(i)
}

func (d *day) leave(a *agent) {
	a.presence = away
	for _, s := range a.who.skills {
		d.queues[s.queue].present--
		d.tell(floor.Event{Kind: floor.MemberRemoved, Agent: a.who.name, Queue: d.specs[s.queue].config.ID})
	}
	d.tell(floor.Event{Kind: floor.AgentOut, Agent: a.who.name, By: floor.ByAgent})
	for _, s := range a.who.skills {
		if d.queues[s.queue].present == 0 {
			d.empty(s.queue)
		}
	}
}

// settle decides what an agent does who may have nothing more in hand: leave,
// take the pause that is due, or take the next contact.
func (d *day) settle(i int32) {
	a := &d.agents[i]
	if a.presence != seated {
		return
	}
	if a.open == 0 {
		switch {
		case a.leaving:
			d.leave(a)
			return
		case d.takePause(i, a):
			return
		}
	}
	d.serve(i)
}

// available reports whether one more contact may be given to the agent.
func (a *agent) available() bool {
	return a.presence == seated && a.open < a.room && !a.leaving && len(a.due) == 0
}

func (d *day) pauseDue(i int32) {
	a := &d.agents[i]
	p := a.pauses[a.next]
	a.next++
	if a.leaving || p.class != legalPause && a.presence == away {
		return
	}
	if p.class == legalPause { // a right comes before what is only planned
		a.due = append([]pause{p}, a.due...)
	} else {
		a.due = append(a.due, p)
	}
	d.settle(i)
}

// takePause starts the first pause that is due. A rest that could only be had
// in the last hour of the shift is not taken then: the law says so.
func (d *day) takePause(i int32, a *agent) bool {
	for len(a.due) > 0 {
		p := a.due[0]
		a.due = a.due[1:]
		if p.class == legalPause && d.now+p.lasts > a.end-60*minute {
			continue
		}
		d.pause(i, a, p)
		return true
	}
	return false
}

func (d *day) pause(i int32, a *agent, p pause) {
	a.presence = onPause
	a.turn++
	e := floor.Event{Kind: floor.Paused, Agent: a.who.name, Reason: p.reason, By: floor.ByAgent}
	if p.planned > 0 {
		e.Until = d.at(d.now + p.planned)
	}
	if p.class == plannedPause {
		e.Author = leadOf(a.who.team)
	}
	if p.reason == reasonAuto {
		e.By = floor.BySystem
	}
	d.tell(e)
	d.agenda.add(d.now+p.lasts, stepPauseEnd, i, a.turn)
}

func (d *day) pauseEnd(i, turn int32) {
	a := &d.agents[i]
	if a.presence != onPause || a.turn != turn {
		return
	}
	d.comeBack(a)
	d.settle(i)
}

func (d *day) comeBack(a *agent) {
	a.presence, a.idle = seated, d.now
	d.tell(floor.Event{Kind: floor.Unpaused, Agent: a.who.name, By: floor.ByAgent})
}

// leadOf is who leads a team.
func leadOf(team string) string {
	switch team {
	case "manhã":
		return "Caio"
	case "tarde":
		return "Helena"
	default:
		return "Robson"
	}
}
