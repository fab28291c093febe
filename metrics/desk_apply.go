package metrics

import (
	"slices"

	"farol/floor"
)

// apply changes the state as one event says.
func (s *deskState) apply(e *deskEvent, r *deskRules) {
	if e.kind != floor.StateSet && e.kind != floor.Positioned {
		s.isTold = false
	}
	switch e.kind {
	case floor.AgentIn, floor.MemberAdded:
		s.join(e, false)
	case floor.AgentOut:
		s.leave(e)
	case floor.MemberRemoved:
		s.leave(e)
	case floor.Paused:
		s.pause(e)
	case floor.Unpaused:
		s.unpause(e)
	case floor.Ringing:
		s.join(e, true)
		if !s.has(e) {
			s.ringAt, s.ringCall = e.at, e.call
		}
	case floor.NotAnswered, floor.RingCancelled, floor.Dumped:
		if e.kind != floor.RingCancelled {
			s.join(e, true)
		}
		if s.ringCall == e.call || s.ringCall == 0 {
			s.ringAt, s.ringCall = 0, 0
		}
	case floor.Answered:
		s.take(e)
	case floor.Held, floor.Unheld:
		for i := range s.calls {
			if s.calls[i].id == e.call {
				s.calls[i].held = e.kind == floor.Held
			}
		}
	case floor.Completed, floor.Transferred:
		s.finish(e, r)
	case floor.WrappedUp:
		s.join(e, true)
		s.wrapFrom, s.wrapTo = 0, 0
	case floor.Lost:
		s.drop(e.call, e.at)
	case floor.SystemStarted:
		s.restart(e)
	case floor.StateSet:
		s.tell(e, r)
	default:
	}
}

// member finds the membership of a queue; nil when there is none.
func (s *deskState) member(queue uint32) *membership {
	for i := range s.members {
		if s.members[i].queue == queue {
			return &s.members[i]
		}
	}
	return nil
}

// join logs the agent in to a queue. Activity implies it where no log-in was
// told; an implied log-in ends with the day.
func (s *deskState) join(e *deskEvent, implied bool) {
	m := s.member(e.queue)
	if m == nil {
		s.members = append(s.members, membership{queue: e.queue})
		slices.SortFunc(s.members, func(a, b membership) int { return int(a.queue) - int(b.queue) })
		m = s.member(e.queue)
	}
	if !s.loggedIn() {
		s.in = e.at
	}
	if !m.in {
		m.in, m.implied = true, implied
	}
	if !implied {
		m.implied = false
	}
	m.source = e.source
}

func (s *deskState) loggedIn() bool {
	for i := range s.members {
		if s.members[i].in {
			return true
		}
	}
	return false
}

func (s *deskState) leave(e *deskEvent) {
	was := s.loggedIn()
	for i := range s.members {
		if m := &s.members[i]; e.queue == 0 || m.queue == e.queue {
			m.in, m.paused, m.reason = false, false, 0
		}
	}
	// A log-in that was only told for the whole operation ends with the last queue.
	if m := s.member(0); m != nil && m.in && m.implied && !s.inQueues() {
		m.in = false
	}
	if was && !s.loggedIn() {
		s.out = e.at
		s.wrapFrom, s.wrapTo, s.ringAt = 0, 0, 0
	}
}

// inQueues reports whether he is logged in to a queue that has a name.
func (s *deskState) inQueues() bool {
	for i := range s.members {
		if s.members[i].in && s.members[i].queue != 0 {
			return true
		}
	}
	return false
}

func (s *deskState) pause(e *deskEvent) {
	if e.queue != 0 || !s.loggedIn() {
		s.join(e, true)
	}
	for i := range s.members {
		m := &s.members[i]
		if !m.in || e.queue != 0 && m.queue != e.queue {
			continue
		}
		if !m.paused {
			m.paused, m.pausedAt, m.reason = true, e.at, e.reason
		} else if e.reason != 0 && e.reason != m.reason { // another reason, not another pause
			m.reason, m.pausedAt = e.reason, e.at
		}
	}
	s.pausedEver = true
}

func (s *deskState) unpause(e *deskEvent) {
	if e.queue != 0 || !s.loggedIn() {
		s.join(e, true)
	}
	for i := range s.members {
		if m := &s.members[i]; e.queue == 0 || m.queue == e.queue || m.queue == 0 {
			m.paused, m.reason = false, 0
		}
	}
	s.wrapFrom, s.wrapTo = 0, 0
}

func (s *deskState) take(e *deskEvent) {
	s.join(e, true)
	if s.ringCall == e.call || len(s.calls) == 0 {
		s.ringAt, s.ringCall = 0, 0
	}
	s.wrapFrom, s.wrapTo = 0, 0
	if s.has(e) {
		return
	}
	s.calls = append(s.calls, call{id: e.call, queue: e.queue, at: e.at})
}

// has reports whether the event's call is on the desk, or left it at or after
// the event: then its end was told first.
func (s *deskState) has(e *deskEvent) bool {
	for _, d := range s.done {
		if e.call != 0 && d.id == e.call && d.at >= e.at {
			return true
		}
	}
	for i := range s.calls {
		if s.calls[i].id == e.call {
			return true
		}
	}
	return false
}

// drop takes a call off the desk and reports whether it was there.
func (s *deskState) drop(id uint64, at int64) bool {
	s.done[s.doneAt] = doneCall{id, at}
	s.doneAt = (s.doneAt + 1) % len(s.done)
	n := len(s.calls)
	s.calls = slices.DeleteFunc(s.calls, func(c call) bool { return c.id == id })
	return len(s.calls) < n
}

func (s *deskState) finish(e *deskEvent, r *deskRules) {
	s.join(e, true)
	s.drop(e.call, e.at)
	if len(s.calls) > 0 {
		return
	}
	grant := r.wrapup(e.queue)
	since := r.tellWrap(e.queue)
	switch {
	case since != 0 && since <= e.at:
		s.wrapFrom, s.wrapTo, s.wrapQueue = e.at, 0, e.queue
	case grant > 0:
		s.wrapFrom, s.wrapTo, s.wrapQueue = e.at, e.at+grant, e.queue
	}
}

// restart is what a crash of the telephone system does: nobody is talking,
// ringing or paused there any more.
func (s *deskState) restart(e *deskEvent) {
	s.calls = s.calls[:0]
	s.ringAt, s.ringCall = 0, 0
	s.wrapFrom, s.wrapTo = 0, 0
	for i := range s.members {
		if m := &s.members[i]; m.source == e.source {
			m.paused, m.reason = false, 0
		}
	}
}

// tell sets a state that the source named outright.
func (s *deskState) tell(e *deskEvent, r *deskRules) {
	st, ok := r.state(e.reason)
	if !ok {
		return
	}
	if st == floor.Offline {
		s.leave(&deskEvent{at: e.at})
		return
	}
	s.join(e, true)
	s.isTold, s.told, s.toldReason = true, st, e.reason
	if st == floor.Available {
		s.wrapFrom, s.wrapTo, s.ringAt = 0, 0, 0
		s.unpause(&deskEvent{at: e.at, source: e.source})
	}
}

// derive is the state that follows from what is known: a call before all, then
// a pause in every queue, then after-call work, then a ringing phone.
func (s *deskState) derive() (floor.State, uint32) {
	if len(s.calls) > 0 {
		for i := range s.calls {
			if !s.calls[i].held {
				return floor.Busy, 0
			}
		}
		return floor.OnHold, 0
	}
	if !s.loggedIn() {
		return floor.Offline, 0
	}
	if s.isTold {
		return s.told, 0
	}
	if paused, reason := s.pausedAll(); paused {
		return floor.OnPause, reason
	}
	if s.wrapFrom != 0 {
		return floor.AfterCall, 0
	}
	if s.ringAt != 0 {
		return floor.RingingState, 0
	}
	return floor.Available, 0
}

// pausedAll reports whether the agent is paused in all of his queues, and the
// reason of the latest of those pauses. The nameless queue counts only when he
// has no other.
func (s *deskState) pausedAll() (bool, uint32) {
	named := s.inQueues()
	any, reason, at := false, uint32(0), int64(-1)
	for i := range s.members {
		m := &s.members[i]
		if !m.in || named && m.queue == 0 {
			continue
		}
		if !m.paused {
			return false, 0
		}
		any = true
		if m.pausedAt >= at && m.reason != 0 {
			reason, at = m.reason, m.pausedAt
		}
	}
	return any, reason
}
