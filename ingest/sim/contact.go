package sim

import (
	"strconv"

	"farol/floor"
)

// stage is where a contact stands in its present queue.
type stage uint8

const (
	gone stage = iota
	waiting
	ringing
	talking
	wrapping
)

// contact is one customer's passage, through one queue or, transferred, more.
type contact struct {
	id, customer string
	queue        int
	stage        stage
	turn         int32 // rises at each change of stage; an older step is void
	agent        int32
	entered      int64 // into this queue
	rang         int64 // when the phone began to ring
	answered     int64
	held         int64 // when put on hold
	onHold       int64 // time on hold so far
	talk         int64 // whole conversation, drawn when answered
	wrap         int64
	position     int
	passages     int // through queues
	calls        int // this customer's attempts so far
	target       int // of the transfer that will end the conversation; -1 none
	customerEnds bool
	heard        bool // the ring was told
}

// arrive brings a new contact: the a-th arrival of the plan, or the customer
// of contact a again when again is not negative.
func (d *day) arrive(a, again int32) {
	n := int32(len(d.contacts))
	c := contact{target: -1}
	if again >= 0 {
		old := &d.contacts[again]
		c.queue, c.customer, c.calls = old.queue, old.customer, old.calls+1
	} else if come := &d.arrivals[a]; come.aim > 0 && d.queues[come.queue].level < come.aim {
		return
	} else {
		c.queue = d.arrivals[a].queue
		c.customer = d.customer()
		c.calls = 1
	}
	id := make([]byte, 0, 24)
	id = strconv.AppendInt(id, d.epoch+d.now/second, 10)
	id = append(id, '.')
	id = strconv.AppendInt(id, int64(n), 10)
	c.id = string(id)
	d.contacts = append(d.contacts, c)
	d.enter(n)
}

// customer draws a hashed customer: mostly a new one, at times one who has
// already been in touch today.
func (d *day) customer() string {
	if n := len(d.contacts); n > 50 && d.random.chance(.07) {
		return d.contacts[d.random.below(n)].customer
	}
	const digits = "0123456789abcdef"
	b := make([]byte, 0, 37)
	b = append(b, 'h', ':')
	for range 2 {
		for x, k := d.random.uint64(), 0; k < 16; k++ {
			b = append(b, digits[x&15])
			x >>= 4
		}
	}
	last := d.random.below(100)
	return string(append(b, ':', byte('0'+last/10), byte('0'+last%10)))
}

func (d *day) event(kind floor.Kind, c *contact) floor.Event {
	spec := &d.specs[c.queue]
	return floor.Event{Kind: kind, Queue: spec.config.ID, Contact: c.id, Channel: spec.config.Channel}
}

// enter puts a contact into its queue.
func (d *day) enter(n int32) {
	c := &d.contacts[n]
	q, spec := &d.queues[c.queue], &d.specs[c.queue]
	c.passages++
	c.turn++
	c.stage, c.entered, c.onHold, c.target = waiting, d.now, 0, -1
	q.waiting = append(q.waiting, n)
	c.position = len(q.waiting)
	e := d.event(floor.Queued, c)
	e.Customer, e.Position = c.customer, c.position
	d.tell(e)
	if q.present == 0 {
		d.later(d.random.between(2, 9), stepLimit, n, int32(c.passages))
		return
	}
	patience := d.random.weibull(spec.patience, .9)
	if ahead := c.position - 1; ahead >= 3 && d.random.chance(min(.25, .035*float64(ahead-2))) {
		patience = d.random.between(2, 8) // hears how long the queue is, and goes
	}
	d.later(patience, stepPatience, n, int32(c.passages))
	if spec.limit > 0 {
		d.later(spec.limit, stepLimit, n, int32(c.passages))
	}
	d.later(overflowAfter, stepOverflow, n, int32(c.passages))
	d.later(lastAfter, stepOverflow, n, int32(c.passages))
	d.match(c.queue)
}

// The contact's wait, in seconds, after which people are asked for whom the
// queue is a second skill: those whose own queue can spare them, then all for
// whom nobody waits at home.
const (
	overflowAfter = 5
	lastAfter     = 60
)

// overflow asks the second skills for a contact that has waited long enough.
func (d *day) overflow(n, passage int32) {
	if c := &d.contacts[n]; c.stage == waiting && c.passages == int(passage) {
		d.match(c.queue)
	}
}

// end closes the contact's stay unanswered, with its wait.
func (d *day) end(n int32, kind floor.Kind, by floor.Party, reason string) {
	c := &d.contacts[n]
	position := d.unqueue(n)
	c.stage = gone
	c.turn++
	e := d.event(kind, c)
	e.Wait, e.Position, e.By, e.Reason = span(d.now-c.entered), position, by, reason
	d.tell(e)
	if e.Wait > d.specs[c.queue].config.ShortAbandon {
		d.feel(c.queue, false)
	}
}

// unqueue takes a contact out of the line; the place it had is returned.
func (d *day) unqueue(n int32) int {
	q := &d.queues[d.contacts[n].queue]
	for i, w := range q.waiting {
		if w == n {
			q.waiting = append(q.waiting[:i], q.waiting[i+1:]...)
			return i + 1
		}
	}
	return 0
}

// giveUp is the end of a customer's patience, waiting or ringing.
func (d *day) giveUp(n, passage int32) {
	c := &d.contacts[n]
	if c.passages != int(passage) || c.stage != waiting && c.stage != ringing {
		return
	}
	rung := int32(-1)
	if c.stage == ringing {
		rung = c.agent
		if c.heard {
			e := d.event(floor.RingCancelled, c)
			e.Agent, e.Ring = d.agents[rung].who.name, span(d.now-c.rang)
			d.tell(e)
		}
		d.release(rung)
	}
	waited := d.now - c.entered
	if rung < 0 && d.specs[c.queue].callback && waited > 90*second && d.random.chance(.12) {
		d.end(n, floor.CalledBack, floor.ByCustomer, "1")
		return
	}
	d.end(n, floor.Abandoned, floor.ByCustomer, "")
	d.callAgain(n)
	if rung >= 0 {
		d.settle(rung)
	}
}

// callAgain lets a customer who gave up try once more in some minutes.
func (d *day) callAgain(n int32) {
	c := &d.contacts[n]
	if c.calls >= 4 || !d.random.chance(.38) {
		return
	}
	at := d.now + 20*second + int64(d.random.exp(3.5*60)*float64(second))
	if h := float64(at) / float64(hour); h < d.specs[c.queue].open(d.kind).to {
		d.agenda.add(at, stepArrive, -1, n)
	}
}

// limit is the queue's own time limit; with nobody logged in it is the refusal
// that comes after a few seconds.
func (d *day) limit(n, passage int32) {
	c := &d.contacts[n]
	if c.passages != int(passage) || c.stage != waiting && c.stage != ringing {
		return
	}
	if c.stage == ringing { // perhaps it is answered now; ask again after the ring
		d.later(ringLimit+1, stepLimit, n, passage)
		return
	}
	if d.queues[c.queue].present == 0 {
		d.end(n, floor.LeftEmpty, floor.BySystem, "")
		return
	}
	d.end(n, floor.LeftTimeout, floor.BySystem, "")
}

// empty sends away all who wait in a queue that the last person has left.
func (d *day) empty(queue int) {
	for len(d.queues[queue].waiting) > 0 {
		d.end(d.queues[queue].waiting[0], floor.LeftEmpty, floor.BySystem, "")
	}
}
