package metrics

import (
	"math"

	"farol/floor"
)

// stay is one passage of a contact through one queue, as far as events have
// told: each event fills in what it knows and overwrites nothing that another
// said better, so that the order in which they come does not matter. Instants
// are Unix milliseconds, 0 when not known; durations are milliseconds.
type stay struct {
	contact  string
	customer string
	target   string // of a transfer, or the key pressed
	hash     uint64 // of contact
	seq      uint64 // the least of its events'

	offered, queued, answered, ended int64
	wrapEnd, heldAt, unheldAt        int64
	first                            int64 // when the contact was first offered
	positionAt                       int64

	wait, talk, hold, wrap int32 // as told; 0 also when not told
	position               int32

	queue, agent, source uint32
	linkedTo             uint32 // agent whose list it is in
	placedIn             uint32 // queue whose lists it is in
	nth                  uint32 // of the contact's stays, as they were met
	prev                 int32  // an earlier stay of the contact
	prevOfAgent          int32  // of the same agent
	prevOfCustomer       int32
	next                 int32 // offered in the same second
	place                int32 // in its queue's list of those waiting
	chained              int64 // second + 1 whose list it is in; 0 none

	channel uint8
	end     floor.Kind // Unknown while open
	by      floor.Party
	phase   phase
	late    bool // learnt out of order
	dirty   bool
	known   bool // in the list of its customer
	ring    bool // not a stay: a phone that rang in vain

	m mark
}

// phase is where a stay is in its life.
type phase uint8

const (
	inMenu phase = iota // offered, not yet in a queue: not counted
	inQueue
	inTalk
	isOver
)

func (s *stay) where() phase {
	switch {
	case s.end != floor.Unknown:
		return isOver
	case s.answered != 0:
		return inTalk
	case s.queued != 0:
		return inQueue
	default:
		return inMenu
	}
}

// begin is when the stay began, as well as is known.
func (s *stay) begin() int64 {
	switch {
	case s.queued != 0:
		return s.queued
	case s.offered != 0:
		return s.offered
	case s.answered != 0:
		return s.answered - int64(s.wait)
	default:
		return s.ended - int64(s.wait) - int64(s.talk)
	}
}

// takenAt is when an agent took the contact; 0 when none did. A conversation
// that ended was begun, even if nobody told of its beginning.
func (s *stay) takenAt() int64 {
	if s.answered == 0 && (s.end == floor.Completed || s.end == floor.Transferred) {
		return s.ended - int64(s.talk)
	}
	return s.answered
}

// offeredAt is the instant whose interval the stay belongs to.
func (s *stay) offeredAt() int64 {
	if s.offered != 0 {
		return s.offered
	}
	return s.begin()
}

// waitOf is the time in the queue: as told, else between the instants; now for
// those still there. told says that the source gives waiting times, so that a
// zero is a zero; it is not believed against two clocks 2 s apart.
func (s *stay) waitOf(now int64, told bool) int32 {
	if s.wait > 0 {
		return s.wait
	}
	until := now
	switch taken := s.takenAt(); {
	case taken != 0:
		until = taken
	case s.ended != 0:
		until = s.ended
	}
	if s.queued == 0 {
		return 0
	}
	between := millis(until - s.queued)
	if told && until != now && between <= 2000 {
		return 0
	}
	return between
}

// talkOf is the length of the conversation, hold included.
func (s *stay) talkOf(told bool) int32 {
	if s.talk > 0 || s.answered == 0 || s.ended == 0 {
		return s.talk
	}
	between := millis(s.ended - s.answered)
	if told && between <= 2000 {
		return 0
	}
	return between
}

func (s *stay) wrapOf() int32 {
	if s.wrap > 0 || s.wrapEnd == 0 || s.ended == 0 {
		return s.wrap
	}
	return millis(s.wrapEnd - s.ended)
}

func (s *stay) holdOf() int32 {
	if s.heldAt != 0 && s.ended != 0 {
		return s.hold + millis(s.ended-s.heldAt)
	}
	return s.hold
}

// millis fits a difference of instants into a duration; never negative.
func millis(d int64) int32 { return int32(min(max(d, 0), math.MaxInt32)) }

// limits are what a queue's configuration means for its marks, in milliseconds.
type limits struct{ threshold, short int32 }

// mark works out what the stay contributes. last says that the contact has no
// later stay, first when it was first offered.
func (s *stay) mark(l limits, tells tells, last bool, first int64) mark {
	m := mark{at: s.offeredAt(), queue: s.queue, agent: s.agent, channel: s.channel, end: s.end, total: -1, leftAfter: -1}
	if s.ring {
		m.flags = markCounted
		return m
	}
	if s.where() == inMenu {
		return mark{}
	}
	m.flags = markCounted
	if s.queued != 0 {
		m.flags |= markWaited
		m.queuedAfter = millis(s.queued - m.at)
	}
	taken := s.takenAt()
	left := taken
	if left == 0 {
		left = s.ended
	}
	if left != 0 {
		m.leftAfter = millis(left - m.at)
	}
	switch {
	case taken != 0:
		m.flags |= markAnswered
		m.wait = s.waitOf(0, tells.wait)
	case s.end != floor.Unknown:
		m.wait = s.waitOf(0, tells.leave)
	}
	if left != 0 && m.wait <= l.threshold {
		m.flags |= markWithin
	}
	if s.end == floor.Abandoned && m.wait <= l.short {
		m.flags |= markShort
	}
	if s.end == floor.Completed || s.end == floor.Transferred {
		m.talk, m.hold, m.wrap = s.talkOf(tells.talk), s.holdOf(), s.wrapOf()
		if last {
			m.total = millis(s.ended - first)
		}
	}
	return m
}

// tells is what a source gives with its events, learnt from them: where it
// does, a zero is a zero and not a silence.
type tells struct{ wait, leave, talk bool }

// needsAnswer reports whether a stay that ended so can have been answered.
func needsAnswer(k floor.Kind) bool {
	return k == floor.Completed || k == floor.Transferred || k == floor.Lost
}

// call identifies the stay on agents' desks; it survives a restart.
func (s *stay) call() uint64 { return hash64(s.contact, uint64(s.nth)) }
