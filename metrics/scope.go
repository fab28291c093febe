package metrics

import (
	"slices"

	"farol/floor"
)

// scope is one thing that figures are kept for: the site, a queue, a team, a
// channel or an agent.
type scope struct {
	ref     ScopeRef
	w       [WindowCount]sheet
	slots   []tally // by 5 minutes of the day; nil for agents
	waiting []int32 // by minute of the day: who comes to wait, less who stops
	version uint64  // rises when anything that is counted here changes
	people  [WindowCount]peopleTime

	late   [WindowCount]int32 // waiting beyond T at the instant shown
	built  *Windows           // figures of the following
	builtV uint64
	builtL [WindowCount]int32
	builtP [WindowCount]peopleTime

	long   []*longPart // of windows of several days
	usual  *Usual
	usualV uint64
	usualA int64
}

const (
	slotMS   = 5 * 60_000
	minuteMS = 60_000
	secondMS = 1000
)

// desk and queue numbers are positions in fold.desks and fold.queues.

// queueState is what is known of one queue.
type queueState struct {
	*scope
	config    floor.QueueConfig
	lim       limits
	wrapup    int64 // ms
	wrapTold  int64 // since when the source tells of the end of wrap-up; 0 never
	teams     []*scope
	channel   uint8
	waitingOf []int32 // stays waiting here, in no order
	talking   int32
	charts    *QueueCharts
	chartsOf  chartKey
}

// scopesOf calls fn for each scope that a mark is counted in, each once.
func (f *fold) scopesOf(m *mark, fn func(sc *scope)) {
	f.placesOf(m, fn)
	f.personsOf(m, fn)
}

// placesOf are the scopes that a mark is counted in wherever it ends.
func (f *fold) placesOf(m *mark, fn func(sc *scope)) {
	fn(f.site)
	q := f.queues[m.queue]
	if m.queue != 0 {
		fn(q.scope)
	}
	fn(f.channel(m.channel, q))
	for _, t := range q.teams {
		fn(t)
	}
}

// personsOf are the scopes that a mark is counted in because of its agent: the
// agent, and the agent's team when the queue is not of it.
func (f *fold) personsOf(m *mark, fn func(sc *scope)) {
	if m.agent == 0 || m.flags&markAnswered == 0 && m.end != floor.NotAnswered {
		return
	}
	a := f.agents[m.agent]
	fn(a.scope)
	if a.team != nil && !slices.Contains(f.queues[m.queue].teams, a.team) {
		fn(a.team)
	}
}

// channel is the scope of the contact's channel, its queue's when it said none.
func (f *fold) channel(c uint8, q *queueState) *scope {
	if c == 0 {
		c = q.channel
	}
	return f.channels[c]
}

// holds reports whether a window holds what was offered in a second, now.
func (f *fold) holds(w Window, sec int64) bool {
	if sec > f.sec {
		return false
	}
	switch w {
	case Last15m:
		return sec > f.sec-900
	case LastHour:
		return sec > f.sec-3600
	case Today:
		return sec >= f.day/secondMS
	default:
		return sec >= f.shift/secondMS
	}
}

// count puts a mark into every figure that holds it, or takes it out.
func (f *fold) count(m *mark, sign int32) {
	if m.flags&markCounted == 0 {
		return
	}
	if f.report != nil {
		f.report.count(f, m, sign)
		return
	}
	sec := floorDiv(m.at, secondMS)
	switch {
	case sec > f.sec && m.at >= f.day:
		return // not yet: it is counted when its second comes
	case m.at >= f.day:
		slot, minute := int((m.at-f.day)/slotMS), f.minutesOf(m)
		f.scopesOf(m, func(sc *scope) {
			sc.version++
			sc.w[Today].add(m, sign)
			sc.addSlot(slot, m, sign)
			sc.addWait(minute, sign)
		})
		if m.agent != 0 && m.flags&markAnswered != 0 {
			f.agents[m.agent].took(m.queue, sign)
		}
	default:
		f.past.count(f, m, sign)
	}
	if !f.live {
		return
	}
	for _, w := range [...]Window{Last15m, LastHour, ThisShift} {
		if f.holds(w, sec) {
			f.scopesOf(m, func(sc *scope) {
				sc.version++
				sc.w[w].add(m, sign)
			})
		}
	}
}

// recast puts a new mark in the place of an old one of the same stay. Where only
// the outcome changed, which is nearly always, distributions are left alone.
func (f *fold) recast(old, now *mark) {
	if old.flags&now.flags&markCounted == 0 || f.report != nil || old.at < f.day || old.at != now.at ||
		old.queue != now.queue || old.channel != now.channel ||
		old.flags&markAnswered != 0 && (old.agent != now.agent || now.flags&markAnswered == 0) {
		f.count(old, -1)
		f.count(now, 1)
		return
	}
	sec := floorDiv(now.at, secondMS)
	if sec > f.sec {
		return
	}
	fresh := old.flags&markAnswered == 0 // persons have nothing of it yet
	slot, was, minute := int((now.at-f.day)/slotMS), f.minutesOf(old), f.minutesOf(now)
	f.placesOf(now, func(sc *scope) {
		sc.version++
		sc.w[Today].swap(old, now)
		sc.addSlot(slot, old, -1)
		sc.addSlot(slot, now, 1)
		if was != minute {
			sc.addWait(was, -1)
			sc.addWait(minute, 1)
		}
	})
	person := func(w Window) func(sc *scope) {
		return func(sc *scope) {
			sc.version++
			if fresh {
				sc.w[w].add(now, 1)
			} else {
				sc.w[w].swap(old, now)
			}
			if w == Today {
				if !fresh {
					sc.addSlot(slot, old, -1)
					sc.addWait(was, -1)
				}
				sc.addSlot(slot, now, 1)
				sc.addWait(minute, 1)
			}
		}
	}
	f.personsOf(now, person(Today))
	if fresh && now.flags&markAnswered != 0 && now.agent != 0 {
		f.agents[now.agent].took(now.queue, 1)
	}
	if !f.live {
		return
	}
	for _, w := range [...]Window{Last15m, LastHour, ThisShift} {
		if f.holds(w, sec) {
			f.placesOf(now, func(sc *scope) { sc.w[w].swap(old, now) })
			f.personsOf(now, person(w))
		}
	}
}

func (sc *scope) addSlot(slot int, m *mark, sign int32) {
	if sc.ref.Kind == AgentScope {
		return
	}
	for slot >= len(sc.slots) {
		sc.slots = append(sc.slots, tally{})
	}
	sc.slots[slot].add(m, sign)
}

// minutesOf are the first whole minute of the day at which a contact is in its
// queue, and the first at which it is no longer; the same when it never is.
func (f *fold) minutesOf(m *mark) [2]int {
	if m.flags&markWaited == 0 {
		return [2]int{}
	}
	from := m.at + int64(m.queuedAfter) - f.day
	in := int((from + minuteMS - 1) / minuteMS)
	if m.leftAfter < 0 {
		return [2]int{in, -1}
	}
	return [2]int{in, int((m.at + int64(m.leftAfter) - f.day + minuteMS - 1) / minuteMS)}
}

// mostMinutes bounds the minutes of a day that are kept: a stay that outlives
// them is still waiting at the end of the day.
const mostMinutes = 26 * 60

func (sc *scope) addWait(minute [2]int, sign int32) {
	if minute[0] == minute[1] || sc.ref.Kind == AgentScope || minute[0] >= mostMinutes {
		return
	}
	for max(minute[0], min(minute[1], mostMinutes-1)) >= len(sc.waiting) {
		sc.waiting = append(sc.waiting, 0)
	}
	sc.waiting[minute[0]] += sign
	if minute[1] >= 0 && minute[1] < mostMinutes {
		sc.waiting[minute[1]] -= sign
	}
}

// clear makes the scope ready for a new day.
func (sc *scope) clear() {
	for w := range sc.w {
		sc.w[w].clear()
	}
	clear(sc.slots)
	clear(sc.waiting)
	sc.slots, sc.waiting = sc.slots[:0], sc.waiting[:0]
	sc.version++
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
