package metrics

import (
	"slices"

	"farol/floor"
)

// apply takes one event in. Figures are brought up to date by settle.
func (f *fold) apply(e *floor.Event) {
	at := e.At.UnixMilli()
	if at > f.now && e.Kind != floor.Scheduled { // a plan speaks of its future
		f.advance(at)
	}
	f.seq = max(f.seq, e.Seq)
	f.events++
	fa := fact{Event: e, at: at, source: f.source(e.Source), channel: 0}
	if e.Channel != "" {
		fa.channel = channelNumber(e.Channel)
	}
	fa.queue = f.queue(e.Queue)
	if e.Agent != "" {
		fa.agent = f.agent(e.Agent)
	}
	src := &f.sources[fa.source]
	src.events++
	if e.Kind != floor.Scheduled {
		src.last = max(src.last, at)
	}
	f.dispatch(&fa)
	if f.live && at >= f.day {
		f.judge.event(e)
	}
	if len(f.led.dirty) >= 1<<15 {
		f.settle()
		f.sweep()
	}
}

// dispatch gives the event to what it speaks of.
func (f *fold) dispatch(fa *fact) {
	switch fa.Kind {
	case floor.Offered, floor.Queued, floor.Positioned, floor.Answered, floor.Held, floor.Unheld, floor.Transferred,
		floor.Abandoned, floor.LeftTimeout, floor.LeftKey, floor.LeftEmpty, floor.LeftFull, floor.LeftBefore,
		floor.Withdrawn, floor.CalledBack, floor.Completed, floor.WrappedUp, floor.Lost:
		f.contact(fa)
	case floor.Ringing, floor.NotAnswered, floor.RingCancelled, floor.Dumped:
		f.ring(fa)
	case floor.AgentIn, floor.AgentOut, floor.Paused, floor.Unpaused, floor.StateSet, floor.MemberAdded, floor.MemberRemoved:
		f.sit(fa, fa.agent, 0, fa.Kind)
	case floor.Scheduled:
		f.plan(fa)
	case floor.SystemStarted:
		f.restart(fa)
	case floor.SourceUp, floor.SourceDown, floor.SourceGap:
		f.sources[fa.source].tell(fa)
	case floor.Unknown:
		f.sources[fa.source].other++
	default:
		// Messages, cases, surveys and what leads do are the judge's or come
		// with their own figures.
	}
}

// contact applies an event of a contact and tells the desk of its agent.
func (f *fold) contact(fa *fact) {
	n := f.led.take(fa)
	if n == 0 {
		n = f.nameless(fa)
	}
	if n == 0 {
		if fa.agent != 0 {
			f.sit(fa, fa.agent, 0, fa.Kind)
		} else {
			f.skipped++
		}
		return
	}
	s := &f.led.stays[n]
	if fa.at < f.now-secondMS {
		s.late = true
	}
	switch fa.Kind {
	case floor.Answered, floor.Completed, floor.Transferred, floor.Held, floor.Unheld, floor.WrappedUp, floor.Lost:
		agent := fa.agent
		if agent == 0 {
			agent = s.agent
		}
		f.sit(fa, agent, s.call(), fa.Kind)
	default:
	}
	if fa.Kind == floor.WrappedUp {
		f.toldWrap(s.queue, fa.at)
	}
	if len(f.ringing) > 0 && (fa.Kind == floor.Answered || fa.Kind.EndsStay()) {
		f.silence(fa, s.call())
	}
}

// nameless finds the stay of an event that names no contact: the last one of
// its agent in that queue.
func (f *fold) nameless(fa *fact) int32 {
	if fa.Contact != "" || fa.agent == 0 {
		return 0
	}
	f.settle()
	for n := f.agents[fa.agent].last; n != 0; n = f.led.stays[n].prevOfAgent {
		s := &f.led.stays[n]
		if s.agent != fa.agent || !s.sits(fa.queue) || s.ring {
			continue
		}
		if s.end != floor.Unknown && fa.Kind != floor.WrappedUp {
			continue
		}
		named := *fa.Event
		named.Contact = s.contact
		again := *fa
		again.Event = &named
		return f.led.take(&again)
	}
	return 0
}

// sit gives an event to an agent's desk.
func (f *fold) sit(fa *fact, agent uint32, call uint64, kind floor.Kind) {
	if agent == 0 {
		return
	}
	a := f.agents[agent]
	if a.seen == 0 || fa.at < a.seen {
		a.seen, f.aliased = fa.at, 0
	}
	a.desk.source = fa.source
	f.stirred++
	a.add(deskEvent{
		at: fa.at, tie: tieOf(fa.Event), call: call, kind: kind, queue: fa.queue,
		reason: f.deskReason(fa.Event), source: fa.source, dur: millis(fa.Wrap.Milliseconds()),
	}, &f.rules)
}

// deskReason is the reason that matters to a desk.
func (f *fold) deskReason(e *floor.Event) uint32 {
	switch e.Kind {
	case floor.Paused, floor.Unpaused, floor.StateSet:
		return f.reason(e.Reason)
	default:
		return 0
	}
}

// tieOf orders events of one instant as their source had them. It is even, so
// that what follows from an event fits behind it.
func tieOf(e *floor.Event) uint64 {
	if e.Key.Positional() {
		return uint64(e.Key.Offset) << 1
	}
	return e.Seq << 1
}

// ring follows phones that ring.
func (f *fold) ring(fa *fact) {
	call := uint64(0)
	var s *stay
	if n := f.led.take(fa); n != 0 {
		s = &f.led.stays[n]
		call = s.call()
	}
	f.sit(fa, fa.agent, call, fa.Kind)
	if fa.Kind == floor.NotAnswered {
		f.led.rang(fa)
	}
	if fa.agent == 0 || call == 0 {
		return
	}
	if fa.Kind != floor.Ringing {
		f.ringing = deleteRing(f.ringing, fa.agent, call)
		return
	}
	if s.where() != inQueue && max(s.answered, s.ended) >= fa.at { // told in the wrong order: it rings no more
		f.hush(fa.agent, call, max(s.answered, fa.at), tieOf(fa.Event))
		return
	}
	f.ringing = append(deleteRing(f.ringing, fa.agent, call), ringingDesk{fa.agent, call, tieOf(fa.Event)})
}

func deleteRing(list []ringingDesk, agent uint32, call uint64) []ringingDesk {
	for i, r := range list {
		if r.agent == agent && r.call == call {
			return append(list[:i], list[i+1:]...)
		}
	}
	return list
}

// silence stops the phones that ring for a contact that was answered or left.
func (f *fold) silence(fa *fact, call uint64) {
	kept := f.ringing[:0]
	for _, r := range f.ringing {
		if r.call != call {
			kept = append(kept, r)
			continue
		}
		if r.agent != fa.agent || fa.Kind != floor.Answered {
			f.hush(r.agent, call, fa.at, max(r.tie, tieOf(fa.Event)))
		}
	}
	f.ringing = kept
}

func (f *fold) hush(agent uint32, call uint64, at int64, tie uint64) {
	f.stirred++
	f.agents[agent].add(deskEvent{at: at, tie: tie | 1, call: call, kind: floor.RingCancelled}, &f.rules)
}

// toldWrap notes that a queue's source tells of the end of after-call work.
// Desks are worked out again, for it changes what an ended call means.
func (f *fold) toldWrap(queue uint32, at int64) {
	q := f.queues[queue]
	if q.wrapTold != 0 && q.wrapTold <= at {
		return
	}
	q.wrapTold = at
	f.stirred++
	for _, a := range f.agents[1:] {
		a.disorder = true
	}
}

// restart is a start of the telephone system: what it had open is lost.
func (f *fold) restart(fa *fact) {
	f.led.crash(fa.source, fa.at)
	for i, a := range f.agents[1:] {
		if a.desk.source == fa.source {
			f.sit(fa, uint32(i+1), 0, floor.SystemStarted)
		}
	}
}

func (s *sourceState) tell(fa *fact) {
	switch fa.Kind {
	case floor.SourceUp:
		s.up, s.since, s.down = true, fa.at, ""
	case floor.SourceDown:
		s.up, s.since, s.down = false, fa.at, fa.Reason
	default:
	}
}

// plan takes in a line of the schedule; the same person or queue at the same
// time for the same reason replaces what was said before.
func (f *fold) plan(fa *fact) {
	p := shiftPlan{
		queue: fa.queue, from: fa.at, until: fa.Until.UnixMilli(), reason: fa.Reason, n: max(fa.N, 1),
		class: f.reasons[f.reason(fa.Reason)].rule.Class,
	}
	list := &f.plans
	if fa.agent != 0 {
		list = &f.agents[fa.agent].plans
	}
	f.stirred++
	for i := range *list {
		if o := &(*list)[i]; o.queue == p.queue && o.from == p.from && o.reason == p.reason {
			*o = p
			return
		}
	}
	*list = append(*list, p)
}

// plansPassed forgets the plans of days gone.
func (f *fold) plansPassed() {
	gone := func(p shiftPlan) bool { return p.until <= f.day }
	f.plans = slices.DeleteFunc(f.plans, gone)
	for _, a := range f.agents[1:] {
		a.plans = slices.DeleteFunc(a.plans, gone)
	}
}
