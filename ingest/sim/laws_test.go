package sim

import (
	"fmt"
	"time"

	"farol/floor"
)

// laws reads events as an outsider would and says the first thing in them that
// cannot happen on a floor.
type laws struct {
	contacts map[string]*stay
	agents   map[string]*person
	queues   map[string]floor.QueueConfig
	rests    int // legal pauses taken
}

// stay is a contact's present passage through a queue.
type stay struct {
	queue, agent      string
	stage             floor.Kind // Queued, Ringing, Answered, Held; 0 when it is out
	entered, answered time.Time
	rang              time.Time
	holdSum           time.Duration
	heldAt            time.Time
	passages          int
}

// person is an agent as events tell of them.
type person struct {
	in, paused       bool
	since            time.Time // of the pause
	reason           string
	voice            string         // the voice contact in hand
	wrapping         map[string]int // by contact
	chats            map[string]bool
	shiftFrom, until time.Time
	member           map[string]bool
}

func newLaws() *laws {
	l := &laws{contacts: map[string]*stay{}, agents: map[string]*person{}, queues: map[string]floor.QueueConfig{}}
	for _, q := range Site().Queues {
		l.queues[q.ID] = q
	}
	return l
}

func (l *laws) read(events []floor.Event) error {
	for i := range events {
		if err := l.one(&events[i]); err != nil {
			return fmt.Errorf("event %d, %s %s of %s in %s by %s: %w", i, events[i].At.In(Zone()).Format(time.DateTime), events[i].Kind,
				events[i].Contact, events[i].Queue, events[i].Agent, err)
		}
	}
	return nil
}

func (l *laws) person(name string) *person {
	p := l.agents[name]
	if p == nil {
		p = &person{wrapping: map[string]int{}, chats: map[string]bool{}, member: map[string]bool{}}
		l.agents[name] = p
	}
	return p
}

func (l *laws) one(e *floor.Event) error {
	if min(e.Wait, e.Talk, e.Hold, e.Ring, e.Wrap) < 0 {
		return fmt.Errorf("a negative duration")
	}
	if e.Source != Name || e.At.Location() != time.UTC || !e.Channel.Valid() {
		return fmt.Errorf("source %q, zone %s, channel %q", e.Source, e.At.Location(), e.Channel)
	}
	if e.Queue != "" && l.queues[e.Queue].ID == "" {
		return fmt.Errorf("no such queue")
	}
	if e.Contact != "" {
		return l.contact(e)
	}
	return l.agent(e)
}

// same says that a duration told is the time between two instants.
func same(what string, told time.Duration, from, to time.Time) error {
	if told != to.Sub(from) {
		return fmt.Errorf("%s told %v, was %v", what, told, to.Sub(from))
	}
	return nil
}

func (l *laws) contact(e *floor.Event) error {
	c := l.contacts[e.Contact]
	if e.Kind == floor.Queued {
		return l.queued(e, c)
	}
	if e.Kind == floor.WrappedUp {
		p := l.person(e.Agent)
		if p.wrapping[e.Contact] == 0 {
			return fmt.Errorf("wrapped up what was not in hand")
		}
		p.wrapping[e.Contact]--
		if p.wrapping[e.Contact] == 0 {
			delete(p.wrapping, e.Contact)
		}
		return nil
	}
	if c == nil || c.stage == 0 {
		return fmt.Errorf("a contact that is not here")
	}
	if c.queue != e.Queue {
		return fmt.Errorf("is in %s", c.queue)
	}
	switch e.Kind {
	case floor.Ringing:
		return l.ringing(e, c)
	case floor.NotAnswered, floor.RingCancelled:
		if c.stage != floor.Ringing || c.agent != e.Agent {
			return fmt.Errorf("does not ring there")
		}
		c.stage = floor.Queued
		l.drop(e)
		return same("ring", e.Ring, c.rang, e.At)
	case floor.Answered:
		if c.stage == floor.Queued && e.Ring < heardRing*time.Second { // too short to be told
			if err := l.ringing(e, c); err != nil {
				return err
			}
		} else if err := same("ring", e.Ring, c.rang, e.At); err != nil {
			return err
		}
		if c.stage != floor.Ringing || c.agent != e.Agent {
			return fmt.Errorf("answered what rings elsewhere")
		}
		c.stage, c.answered = floor.Answered, e.At
		return same("wait", e.Wait, c.entered, e.At)
	case floor.Held:
		if c.stage != floor.Answered {
			return fmt.Errorf("held in stage %s", c.stage)
		}
		c.stage, c.heldAt = floor.Held, e.At
	case floor.Unheld:
		if c.stage != floor.Held {
			return fmt.Errorf("unheld in stage %s", c.stage)
		}
		c.stage = floor.Answered
		c.holdSum += e.Hold
		return same("hold", e.Hold, c.heldAt, e.At)
	case floor.Completed, floor.Transferred:
		return l.ended(e, c)
	case floor.Abandoned, floor.LeftTimeout, floor.LeftEmpty, floor.CalledBack:
		if c.stage != floor.Queued {
			return fmt.Errorf("left in stage %s", c.stage)
		}
		c.stage = 0
		return same("wait", e.Wait, c.entered, e.At)
	default:
		return fmt.Errorf("a kind that no contact has here")
	}
	return nil
}

func (l *laws) queued(e *floor.Event, c *stay) error {
	if c == nil {
		c = &stay{}
		l.contacts[e.Contact] = c
	}
	if c.stage != 0 {
		return fmt.Errorf("is still in %s", c.queue)
	}
	if len(e.Customer) != 37 || e.Customer[:2] != "h:" || e.Customer[34] != ':' {
		return fmt.Errorf("customer %q", e.Customer)
	}
	if e.Position < 1 {
		return fmt.Errorf("position %d", e.Position)
	}
	*c = stay{queue: e.Queue, stage: floor.Queued, entered: e.At, passages: c.passages + 1}
	return nil
}

func (l *laws) ringing(e *floor.Event, c *stay) error {
	p := l.person(e.Agent)
	switch {
	case c.stage != floor.Queued:
		return fmt.Errorf("rang in stage %s", c.stage)
	case !p.in || p.paused || !p.member[e.Queue]:
		return fmt.Errorf("rang someone who is in %t, paused %t, member %t", p.in, p.paused, p.member[e.Queue])
	case e.Channel == floor.Voice && (p.voice != "" || len(p.wrapping) > 0):
		return fmt.Errorf("rang someone who has %q and %d to wrap up", p.voice, len(p.wrapping))
	case e.Channel != floor.Voice && len(p.chats)+len(p.wrapping) >= 3:
		return fmt.Errorf("a fourth conversation")
	}
	if e.Channel == floor.Voice {
		p.voice = e.Contact
	} else {
		p.chats[e.Contact] = true
	}
	c.stage, c.agent, c.rang = floor.Ringing, e.Agent, e.At
	return nil
}

// drop takes the contact from the agent's hands.
func (l *laws) drop(e *floor.Event) {
	p := l.person(e.Agent)
	if p.voice == e.Contact {
		p.voice = ""
	}
	delete(p.chats, e.Contact)
}

func (l *laws) ended(e *floor.Event, c *stay) error {
	if c.stage != floor.Answered || c.agent != e.Agent {
		return fmt.Errorf("ended in stage %s with %s", c.stage, c.agent)
	}
	c.stage = 0
	l.drop(e)
	l.person(e.Agent).wrapping[e.Contact]++
	if e.Hold != c.holdSum || e.Hold > e.Talk || e.Wait != c.answered.Sub(c.entered) {
		return fmt.Errorf("hold %v of %v, wait %v", e.Hold, c.holdSum, e.Wait)
	}
	return same("talk", e.Talk, c.answered, e.At)
}

func (l *laws) agent(e *floor.Event) error {
	p := l.person(e.Agent)
	switch e.Kind {
	case floor.Scheduled:
		if !e.Until.After(e.At) {
			return fmt.Errorf("ends before it begins")
		}
		if e.Reason == "" {
			p.shiftFrom, p.until = e.At, e.Until
		}
	case floor.AgentIn:
		if p.in || p.shiftFrom.IsZero() {
			return fmt.Errorf("already in, or never scheduled")
		}
		p.in, p.paused = true, false
	case floor.AgentOut:
		if !p.in || p.paused || p.voice != "" || len(p.chats)+len(p.wrapping)+len(p.member) > 0 {
			return fmt.Errorf("left with work in hand, or paused")
		}
		p.in = false
	case floor.MemberAdded:
		p.member[e.Queue] = true
	case floor.MemberRemoved:
		delete(p.member, e.Queue)
	case floor.Paused:
		if !p.in || p.paused || p.voice != "" || len(p.chats)+len(p.wrapping) > 0 {
			return fmt.Errorf("paused out of place")
		}
		p.paused, p.since, p.reason = true, e.At, e.Reason
	case floor.Unpaused:
		if !p.paused {
			return fmt.Errorf("was not paused")
		}
		p.paused = false
		return l.rest(e, p)
	case floor.SourceGap, floor.ContextMark, floor.Note:
	default:
		return fmt.Errorf("an unexpected kind")
	}
	return nil
}

// rest holds a legal pause against NR-17: its length, and neither in the first
// nor in the last hour of the shift.
func (l *laws) rest(e *floor.Event, p *person) error {
	want := map[string]time.Duration{reasonRest: 10 * time.Minute, reasonMeal: 20 * time.Minute}[p.reason]
	if want == 0 {
		return nil
	}
	l.rests++
	if got := e.At.Sub(p.since); got < want-time.Minute || got > want+time.Minute {
		return fmt.Errorf("%s of %v", p.reason, got)
	}
	if p.since.Before(p.shiftFrom.Add(time.Hour)) || e.At.After(p.until.Add(-time.Hour)) {
		return fmt.Errorf("%s at %s in a shift from %s to %s", p.reason, p.since, p.shiftFrom, p.until)
	}
	return nil
}

// open is how many contacts are in a queue or in conversation.
func (l *laws) open() int {
	n := 0
	for _, c := range l.contacts {
		if c.stage != 0 {
			n++
		}
	}
	return n
}
