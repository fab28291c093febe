package sim

import "farol/floor"

// The longest conversations, in seconds: a conversation may stand between a
// planned rest and its taking, and the plan leaves room for no more.
const (
	longestVoice = 36 * 60
	longestChat  = 28 * 60
	longestWrap  = 4 * 60
)

// converse draws the conversation that has just begun.
func (d *day) converse(n int32) {
	c := &d.contacts[n]
	spec, a := &d.specs[c.queue], &d.agents[c.agent]
	pace := a.pace * d.dragging(c.queue)
	seconds := d.random.logNormal(spec.talk*pace, spec.spread)
	if d.random.chance(.015) {
		seconds = d.random.between(6, 25) // a wrong number
	}
	if d.draggedOn(c.queue) {
		seconds = d.random.between(27, 35) * 60
	}
	longest := float64(longestVoice)
	if spec.config.Channel != floor.Voice {
		longest = longestChat
	}
	c.talk = int64(min(max(seconds, 5), longest) * float64(second))
	c.wrap = int64(min(d.random.logNormal(spec.wrap*pace, .55), longestWrap) * float64(second))
	c.customerEnds = d.random.chance(.58)
	c.target = d.drawTarget(c)
	d.agenda.add(d.now+c.talk, stepTalkEnd, n, 0)
	if c.talk > 90*second && d.random.chance(spec.held) {
		at := int64(float64(c.talk) * d.random.between(.2, .55))
		d.agenda.add(d.now+at, stepHold, n, 0)
	}
}

// dragging is what a slow system multiplies a conversation by that begins now.
// When the queue has been pressed as far as it may, people do without it.
func (d *day) dragging(queue int) float64 {
	f := 1.0
	for i := range d.incidents {
		in := &d.incidents[i]
		if in.kind == slow && in.queue == queue && in.from <= d.now && d.now < in.to && d.queues[queue].level > in.aim-.1 {
			f *= in.factor
		}
	}
	return f
}

// draggedOn reports whether the conversation that begins is one of those that
// will not end. They come one soon after the other: the same subject.
func (d *day) draggedOn(queue int) bool {
	for i := range d.incidents {
		in := &d.incidents[i]
		if in.kind == long && in.queue == queue && in.from <= d.now && d.now < in.to && d.dragged[i] < in.people {
			if d.random.chance(.3) {
				d.dragged[i]++
				return true
			}
		}
	}
	return false
}

// drawTarget decides whether the conversation ends in a transfer, and where.
func (d *day) drawTarget(c *contact) int {
	if c.passages >= 3 {
		return -1
	}
	x := d.random.float()
	for _, t := range d.specs[c.queue].transfers {
		if x -= t.share; x < 0 {
			if d.takes(t.to) {
				return t.to
			}
			return -1
		}
	}
	return -1
}

// takes reports whether a queue is open and somebody serves it.
func (d *day) takes(queue int) bool {
	open, h := d.specs[queue].open(d.kind), float64(d.now)/float64(hour)
	return d.queues[queue].present > 0 && open.from <= h && h < open.to-.05
}

func (d *day) hold(n int32) {
	c := &d.contacts[n]
	left := c.answered + c.talk - d.now
	length := min(int64(d.random.logNormal(48, .6)*float64(second)), left*8/10)
	if length < second {
		return
	}
	c.held = d.now
	e := d.event(floor.Held, c)
	e.Agent = d.agents[c.agent].who.name
	d.tell(e)
	d.agenda.add(d.now+length, stepUnhold, n, 0)
}

func (d *day) unhold(n int32) {
	c := &d.contacts[n]
	c.onHold += d.now - c.held
	e := d.event(floor.Unheld, c)
	e.Agent, e.Hold = d.agents[c.agent].who.name, span(d.now-c.held)
	d.tell(e)
}

// talkEnd is the end of a conversation: completed, or passed on.
func (d *day) talkEnd(n int32) {
	c := &d.contacts[n]
	a := &d.agents[c.agent]
	c.stage = wrapping
	c.turn++
	e := d.event(floor.Completed, c)
	e.By = floor.ByAgent
	if c.customerEnds {
		e.By = floor.ByCustomer
	}
	passed := c.target >= 0 && d.takes(c.target)
	if passed {
		e.Kind, e.By, e.Reason = floor.Transferred, floor.ByTransfer, d.specs[c.target].config.ID
	}
	e.Agent, e.Wait, e.Talk, e.Hold, e.Position = a.who.name, span(c.answered-c.entered), span(d.now-c.answered), span(c.onHold), c.position
	d.tell(e)
	d.wraps = append(d.wraps, wrapUp{d.event(floor.WrappedUp, c), c.wrap})
	d.agenda.add(d.now+c.wrap, stepWrapEnd, c.agent, int32(len(d.wraps)-1))
	if passed {
		c.queue = c.target
		c.stage = gone
		d.later(1, stepQueue, n, 0)
	}
}

// wrapUp is the work after a conversation; the contact itself may by then be
// in another queue.
type wrapUp struct {
	told  floor.Event
	lasts int64
}

// wrapEnd is the end of the w-th wrap-up, by an agent.
func (d *day) wrapEnd(i, w int32) {
	a := &d.agents[i]
	e := d.wraps[w].told
	e.Agent, e.Wrap, e.By = a.who.name, span(d.wraps[w].lasts), floor.ByAgent
	d.tell(e)
	d.release(i)
	d.settle(i)
}
