package sim

import (
	"time"

	"farol/floor"
)

// day is one day being simulated, from the first arrival to the last wrap-up,
// some minutes after midnight.
type day struct {
	*plan
	cast   []castAgent
	start  time.Time // local midnight, UTC
	epoch  int64     // of start, seconds
	random *rng
	agenda agenda
	now    int64

	agents   []agent
	queues   [queueCount]queueRun
	contacts []contact
	wraps    []wrapUp
	marks    []mark
	dragged  []int   // by incident: conversations that it has kept long
	eve      telling // what the day before still has to end
	ended    int     // of eve, told already
	out      telling
}

// queueRun is a queue's state: who waits, first in first, and who serves it.
type queueRun struct {
	waiting []int32
	members []int32 // agents with the skill, at work or not
	present int     // of those, logged in
	level   float64 // recent service level, an average in which each contact weighs a fifteenth
}

// feel notes whether a contact that has stopped waiting was served in time.
func (d *day) feel(queue int, inTime bool) {
	served := 0.0
	if inTime {
		served = 1
	}
	q := &d.queues[queue]
	q.level += (served - q.level) / 15
}

// simulate makes the events of one local day, in the order in which they become
// known, with those of eve among them: what the late shift of the day before
// ends after its midnight. The same stands at the end of the result.
func simulate(seed uint64, date time.Time, cast []castAgent, eve telling) telling {
	p := newPlan(seed, date, cast)
	d := &day{
		plan: p, cast: cast, start: date.UTC(), epoch: date.Unix(),
		random:   newRng(seed^mix(uint64(date.Unix())), "floor"),
		eve:      eve,
		dragged:  make([]int, len(p.incidents)),
		contacts: make([]contact, 0, len(p.arrivals)+len(p.arrivals)/6),
		out:      newTelling(len(p.arrivals)*4 + len(p.duties)*14),
	}
	for q := range d.queues {
		d.queues[q].level = 1
	}
	d.seatPeople()
	d.tellSchedule()
	d.planMarks()
	d.callPeople()
	for i := range p.arrivals {
		d.agenda.plan(p.arrivals[i].at, stepArrive, int32(i), -1)
	}
	d.agenda.begin()
	for {
		e, ok := d.agenda.pop()
		if !ok {
			return d.out
		}
		d.now = e.at
		d.do(e)
	}
}

func (d *day) do(e entry) {
	switch e.step {
	case stepArrive:
		d.arrive(e.a, e.b)
	case stepQueue:
		d.enter(e.a)
	case stepPatience:
		d.giveUp(e.a, e.b)
	case stepOverflow:
		d.overflow(e.a, e.b)
	case stepLimit:
		d.limit(e.a, e.b)
	case stepRingEnd:
		d.ringEnd(e.a, e.b)
	case stepHold:
		d.hold(e.a)
	case stepUnhold:
		d.unhold(e.a)
	case stepTalkEnd:
		d.talkEnd(e.a)
	case stepWrapEnd:
		d.wrapEnd(e.a, e.b)
	case stepLogin:
		d.login(e.a)
	case stepLogout:
		d.logout(e.a)
	case stepPause:
		d.pauseDue(e.a)
	case stepPauseEnd:
		d.pauseEnd(e.a, e.b)
	case stepMark:
		d.tellMark(e.a)
	}
}

// tell appends an event that happens at the present instant.
func (d *day) tell(e floor.Event) {
	e.At = d.at(d.now)
	d.tellOf(e)
}

// tellOf appends an event that becomes known now and has its own instant.
func (d *day) tellOf(e floor.Event) {
	e.Source = Name
	due := d.epoch*1000 + d.now
	for d.ended < len(d.eve.due) && d.eve.due[d.ended] <= due {
		d.out.add(d.eve.events[d.ended], d.eve.due[d.ended])
		d.ended++
	}
	d.out.add(e, due)
}

func (d *day) at(ms int64) time.Time { return d.start.Add(time.Duration(ms) * time.Millisecond) }

func span(ms int64) time.Duration { return time.Duration(ms) * time.Millisecond }

// later plans a step some seconds from now.
func (d *day) later(seconds float64, s step, a, b int32) {
	d.agenda.add(d.now+int64(seconds*float64(second)), s, a, b)
}
