package sim

import (
	"farol/floor"
)

// ringLimit is how long a phone rings, in seconds, before the contact is
// offered to someone else.
const ringLimit = 15

// heardRing is how long a phone rings, in seconds, before the switch tells of
// it. Most are picked up sooner: their answer says how long they rang.
const heardRing = 4

// match gives the contacts that wait in a queue to people as far as there are
// any.
func (d *day) match(queue int) {
	q := &d.queues[queue]
	for i := 0; i < len(q.waiting); {
		n := q.waiting[i]
		if d.contacts[n].stage != waiting {
			i++ // it rings already; it keeps its place until answered
			continue
		}
		who := d.find(queue, d.now-d.contacts[n].entered)
		if who < 0 {
			return
		}
		d.ring(n, who)
		i++
	}
}

// find chooses who is asked: of those available the lowest penalty, of equals
// the one with least in hand, then the longest idle. -1: nobody.
func (d *day) find(queue int, waited int64) int32 {
	best, bestPenalty := int32(-1), 0
	for _, i := range d.queues[queue].members {
		a := &d.agents[i]
		if !a.available() {
			continue
		}
		penalty := a.penalty(queue)
		if penalty > 0 && !d.lends(a, queue, waited) {
			continue
		}
		if best >= 0 {
			b := &d.agents[best]
			if penalty > bestPenalty || penalty == bestPenalty && (a.open > b.open || a.open == b.open && a.idle >= b.idle) {
				continue
			}
		}
		best, bestPenalty = i, penalty
	}
	return best
}

// lends reports whether an available agent, at whose home nobody waits, is
// asked for a contact of another queue that has waited so long: at first only if
// somebody else of the home queue is free too, so that the trouble of one does
// not become that of its neighbours. An incident has its leads keep people at
// home while the queue bears it, and send them over when it no longer does.
func (d *day) lends(a *agent, queue int, waited int64) bool {
	if len(d.queues[a.who.home].waiting) > 0 {
		return false
	}
	if aim := d.aimOf(queue); aim > 0 {
		return d.queues[queue].level < aim || waited >= lastAfter*second
	}
	if waited < overflowAfter*second {
		return false
	}
	if waited >= lastAfter*second {
		return true
	}
	for _, i := range d.queues[a.who.home].members {
		if b := &d.agents[i]; b != a && b.who.home == a.who.home && b.available() {
			return true
		}
	}
	return false
}

// aimOf is the service level to which the queue's present incident presses it;
// 0 with none.
func (d *day) aimOf(queue int) float64 {
	aim := 0.0
	for i := range d.incidents {
		in := &d.incidents[i]
		if in.queue == queue && in.aim > 0 && in.from <= d.now && d.now < in.to && (aim == 0 || in.aim < aim) {
			aim = in.aim
		}
	}
	return aim
}

func (a *agent) penalty(queue int) int {
	for _, s := range a.who.skills {
		if s.queue == queue {
			return s.penalty
		}
	}
	return 0
}

// serve gives an agent with room the contact that has waited longest in the
// agent's queues; one of the first skill counts as half a minute older, and
// other skills are asked only for those who have waited for it.
func (d *day) serve(i int32) {
	a := &d.agents[i]
	for a.available() {
		best, bestAge := int32(-1), int64(-1)
		for _, s := range a.who.skills {
			n := d.firstWaiting(s.queue)
			if n < 0 {
				continue
			}
			age := d.now - d.contacts[n].entered
			if s.penalty > 0 && !d.lends(a, s.queue, age) {
				continue
			}
			if s.penalty == 0 {
				age += 30 * second
			}
			if age > bestAge {
				best, bestAge = n, age
			}
		}
		if best < 0 {
			return
		}
		d.ring(best, i)
	}
}

// firstWaiting is the contact that has waited longest and does not ring yet.
func (d *day) firstWaiting(queue int) int32 {
	for _, n := range d.queues[queue].waiting {
		if d.contacts[n].stage == waiting {
			return n
		}
	}
	return -1
}

// ring offers a contact to an agent.
func (d *day) ring(n, who int32) {
	c, a := &d.contacts[n], &d.agents[who]
	c.stage, c.agent, c.rang = ringing, who, d.now
	c.turn++
	a.open++
	seconds := min(1.2+d.random.logNormal(2.2, .6), ringLimit-1)
	if d.specs[c.queue].config.Channel != floor.Voice {
		seconds = 2 + d.random.logNormal(9, .7) // the first reply is typed
	} else if d.random.chance(.012) {
		seconds = ringLimit // and nobody takes it
	}
	if c.heard = seconds >= heardRing; c.heard {
		e := d.event(floor.Ringing, c)
		e.Agent = a.who.name
		d.tell(e)
	}
	d.later(seconds, stepRingEnd, n, c.turn)
}

// ringEnd is an answer, or a ring that nobody took.
func (d *day) ringEnd(n, turn int32) {
	c := &d.contacts[n]
	if c.stage != ringing || c.turn != turn {
		return
	}
	a := &d.agents[c.agent]
	voice := d.specs[c.queue].config.Channel == floor.Voice
	if voice && d.now-c.rang >= int64(ringLimit*second) {
		d.notAnswered(n)
		return
	}
	d.unqueue(n)
	c.stage, c.answered = talking, d.now
	c.turn++
	a.missed = 0
	e := d.event(floor.Answered, c)
	e.Agent, e.Wait, e.Ring, e.By = a.who.name, span(d.now-c.entered), span(d.now-c.rang), floor.ByAgent
	d.tell(e)
	d.feel(c.queue, e.Wait <= d.specs[c.queue].config.Threshold)
	d.converse(n)
}

func (d *day) notAnswered(n int32) {
	c := &d.contacts[n]
	i := c.agent
	a := &d.agents[i]
	c.stage = waiting
	c.turn++
	a.missed++
	e := d.event(floor.NotAnswered, c)
	e.Agent, e.Ring = a.who.name, span(d.now-c.rang)
	d.tell(e)
	d.release(i)
	if a.missed >= 2 || d.random.chance(.3) {
		a.missed = 0
		length := int64(d.random.between(30, 100) * float64(second))
		if !a.leaving && a.open == 0 {
			d.pause(i, a, pause{reason: reasonAuto, class: personalPause, at: d.now, lasts: length})
		}
	}
	d.match(c.queue)
	d.settle(i)
}

// release takes one contact from an agent's hands.
func (d *day) release(i int32) {
	a := &d.agents[i]
	a.open--
	a.idle = d.now
}
