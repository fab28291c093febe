package metrics

import (
	"slices"

	"farol/floor"
)

// desk is one agent: what he is doing, and what he did today. Its events are
// kept for a while, so that one learnt late is put in its place and the rest is
// done again: the state is a function of the events in the order in which they
// happened, not in which they were told.
type desk struct {
	id       uint32
	base     deskState // before the first of events
	mid      deskState // after the first keepEvents of them, when there are so many
	midTurns int
	now      deskState // after the first settled of events
	timeline           // what he did
	turnsAt  int       // how many turns come before base
	events   []deskEvent
	settled  int
	disorder bool  // an event came that belongs before settled ones
	lapsed   int64 // until when states have ended by themselves
	version  uint64

	seen    int64 // first activity, ms
	source  uint32
	lastCut int64 // time of the last event that is no longer in events
}

// deskEvent is an event in an agent's life.
type deskEvent struct {
	at     int64
	tie    uint64 // order within the same instant: as at the source
	call   uint64 // which contact in which queue; 0 none
	kind   floor.Kind
	queue  uint32
	reason uint32
	source uint32
	dur    int32 // of wrap-up, ms
}

func (e *deskEvent) before(o *deskEvent) bool {
	return e.at < o.at || e.at == o.at && e.tie < o.tie
}

// The number of events kept for putting late ones in their place.
const (
	keepEvents = 64
	mostEvents = 2 * keepEvents
)

// add takes an event in. Nothing is worked out until [desk.settle].
func (d *desk) add(e deskEvent, r *deskRules) {
	if n := len(d.events); n > 0 && e.before(&d.events[n-1]) {
		if e.at < d.lastCut {
			return // older than all that can still be put in order
		}
		at, _ := slices.BinarySearchFunc(d.events, e, func(a, b deskEvent) int {
			if a.before(&b) {
				return -1
			}
			return 1
		})
		d.events = slices.Insert(d.events, at, e)
		if at < d.settled {
			d.disorder = true
		}
	} else {
		if n == 0 && e.at < d.lastCut {
			return
		}
		d.events = append(d.events, e)
		d.disorder = d.disorder || e.at < d.lapsed
	}
	d.version++
	if len(d.events) == mostEvents {
		d.settle(r)
		d.cut()
	}
}

// settle works out the state after all events.
func (d *desk) settle(r *deskRules) {
	if d.disorder {
		d.now.copyFrom(&d.base)
		d.settled, d.disorder, d.lapsed = 0, false, 0
		if d.turnsAt > 0 { // the last turn may since have been merged or dropped
			d.cutTo(d.turnsAt - 1)
			d.push(d.base.open)
		} else {
			d.cutTo(0)
		}
	}
	for ; d.settled < len(d.events); d.settled++ {
		e := &d.events[d.settled]
		d.lapse(e.at, r)
		d.now.apply(e, r)
		d.turn(e.at, r)
		if d.settled+1 == keepEvents {
			d.markBase(&d.mid, &d.midTurns)
		}
	}
}

// markBase keeps the present state in a place from which events can be done
// again.
func (d *desk) markBase(s *deskState, turns *int) {
	s.copyFrom(&d.now)
	*turns = len(d.turns)
	if *turns > 0 {
		s.open = d.turns[*turns-1]
	}
}

// cut forgets the first keepEvents events, all being settled: the state after
// them becomes the base.
func (d *desk) cut() {
	d.base, d.mid = d.mid, d.base
	d.turnsAt = d.midTurns
	d.lastCut = d.events[keepEvents-1].at
	d.events = d.events[:copy(d.events, d.events[keepEvents:])]
	d.settled = len(d.events)
}

// lapse ends what ends by itself before t: an after-call work of known length,
// a ring that nobody spoke of again.
func (d *desk) lapse(t int64, r *deskRules) {
	for {
		until := d.now.lapses()
		if until == 0 || until > t {
			return
		}
		if d.now.ringAt != 0 && until == d.now.ringAt+longestRing {
			d.now.ringAt = 0
		} else {
			d.now.wrapFrom, d.now.wrapTo = 0, 0
		}
		d.turn(until, r)
		d.lapsed = until
		d.version++
	}
}

const longestRing = 120_000 // ms

// deskState is what an agent is doing at an instant.
type deskState struct {
	members []membership
	calls   []call
	done    [8]doneCall // ended lately: their answer may come after
	doneAt  int

	ringAt           int64
	ringCall         uint64
	wrapFrom, wrapTo int64 // wrapTo 0: until told
	wrapQueue        uint32
	told             floor.State // by StateSet
	isTold           bool
	toldReason       uint32
	in, out          int64 // last log-in and log-out
	state            floor.State
	reason           uint32
	open             turn // the last turn, for the base
	pausedEver       bool
}

type membership struct {
	queue, reason, source uint32
	in, implied, paused   bool
	pausedAt              int64
}

type call struct {
	id    uint64
	queue uint32
	at    int64
	held  bool
}

type doneCall struct {
	id uint64
	at int64
}

// copyFrom makes s the same as o, sharing nothing, in the memory it has.
func (s *deskState) copyFrom(o *deskState) {
	members, calls := s.members[:0], s.calls[:0]
	*s = *o
	s.members, s.calls = append(members, o.members...), append(calls, o.calls...)
}

// lapses is the next instant at which the state changes with no event; 0 none.
func (s *deskState) lapses() int64 {
	next := int64(0)
	if s.wrapFrom != 0 && s.wrapTo != 0 {
		next = s.wrapTo
	}
	if s.ringAt != 0 && (next == 0 || s.ringAt+longestRing < next) {
		next = s.ringAt + longestRing
	}
	return next
}

// deskRules is what agents' states depend on beside their events.
type deskRules struct {
	wrapup   func(queue uint32) int64 // ms granted after a call; 0 none
	tellWrap func(queue uint32) int64 // since when the queue's source tells of the end of wrap-up; 0 never
	neutral  func(reason uint32) bool
	state    func(reason uint32) (floor.State, bool) // the name of a state told outright
}
