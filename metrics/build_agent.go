package metrics

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"farol/floor"
)

// agentList is the agents of a snapshot beside what they were made from, in
// order of name.
type agentList struct {
	list   []*Agent
	states []*agentState
}

// agentParts is what of an agent changes seldom, kept from build to build.
type agentParts struct {
	desk, work uint64 // versions it is of
	day        int64
	minute     int64
	segments   []Segment
	recent     []*Contact
	main       uint32 // queue
	meal, rest time.Duration
	rests      int

	hourAt   int64
	hourDesk uint64
	hour     [12]spent
	strip    []floor.State
	queues   []string
	days     []DayFigures
	daysOf   uint64
}

type queueCount struct {
	queue uint32
	n     int
}

func (v *view) buildAgents() *agentList {
	l := &agentList{}
	v.aliasAll()
	handlers := map[uint32]int{}
	for _, a := range v.agentsInOrder() {
		v.partsOf(a, true)
		for _, h := range a.handled {
			if h.n > 0 {
				handlers[h.queue]++
			}
		}
	}
	for _, a := range v.agentsInOrder() {
		if !v.shown(a) {
			continue
		}
		out := &Agent{}
		v.agentNow(a, out)
		v.agentDay(a, out, handlers)
		l.list, l.states = append(l.list, out), append(l.states, a)
	}
	return l
}

// shown reports whether the agent is one of the operation's: configured,
// planned, here today or in the days that are kept. Others have left it.
func (v *view) shown(a *agentState) bool {
	return a.now.state != floor.Offline || a.config.Name != "" || len(a.plans) > 0 ||
		len(a.turns) > 0 && a.turns[len(a.turns)-1].from >= v.day || len(v.daysOf(a)) > 0
}

// agentNow fills in what the agent is doing.
func (v *view) agentNow(a *agentState, out *Agent) {
	p := v.partsOf(a, false)
	out.Name, out.Team, out.Seat, out.Extension = a.ref.ID, a.config.Team, a.config.Seat, a.config.Extension
	out.Queues, out.QueueName = p.queues, v.queues[p.main].ref.Name
	out.State = a.now.state
	out.Calls = len(a.now.calls)
	since := a.since()
	if out.State == floor.Offline && since == 0 {
		return
	}
	out.Since = v.at(since)
	out.InState = max(0, time.Duration(v.t-since)*time.Millisecond)
	switch out.State {
	case floor.OnPause:
		out.Reason = v.reasonNames.name(a.now.reason)
		out.Pause = v.reasons[a.now.reason].rule
		out.Expected = v.expected(a, a.now.reason, since)
		if out.Pause.Class.Neutral() {
			out.InState = 0
		}
	case floor.AfterCall:
		out.Expected = time.Duration(v.queues[a.now.wrapQueue].wrapup) * time.Millisecond
	case floor.Busy, floor.OnHold:
		out.Contact = v.contactOf(a)
	default:
	}
	out.Overdue = out.Beyond() > 0
}

// contactOf is the contact that the agent has taken first of those he has.
func (v *view) contactOf(a *agentState) string {
	for n := a.last; n != 0; n = v.led.stays[n].prevOfAgent {
		if s := &v.led.stays[n]; s.where() == inTalk && s.call() == a.now.calls[0].id {
			return s.contact
		}
	}
	return ""
}

// agentDay fills in the agent's figures and day.
func (v *view) agentDay(a *agentState, out *Agent, handlers map[uint32]int) {
	p := &a.parts
	out.Alias, out.W = a.alias, v.windows(a.scope)
	out.Hour = v.stripOf(a)
	out.Segments, out.Recent = p.segments, p.recent
	out.LoggedIn, out.LoggedOut = v.at(a.now.in), v.at(a.now.out)
	gone := a.between(v.day, v.t)
	for s := range out.InStates {
		out.InStates[s] = time.Duration(gone[s]) * time.Millisecond
	}
	out.PauseMeal, out.PauseRest, out.RestsDue = p.meal, p.rest, -1
	if v.cfg.Site.Language == "pt-BR" && a.now.state != floor.Offline {
		out.RestsDue = max(0, legalRests-p.rests)
	}
	if q := v.queues[p.main]; p.main != 0 {
		w := &v.windows(q.scope)[Today]
		out.QueueAHT, out.QueueWrap = w[AHT], w[WrapAvg]
		out.QueueHandled = quotient(w[Handled].Value, float64(handlers[p.main]))
	}
	out.Days = v.daysOf(a)
}

// legalRests is how many rests of ten minutes NR-17 gives in a day of six hours.
const legalRests = 2

// partsOf brings the kept parts up to date; all asks for those of the day too.
func (v *view) partsOf(a *agentState, all bool) *agentParts {
	p := &a.parts
	if p.desk == a.desk.version+1 && p.work == a.scope.version && p.day == v.day && (!all || p.minute == v.t/minuteMS) {
		return p
	}
	p.desk, p.work, p.day, p.minute = a.desk.version+1, a.scope.version, v.day, -1
	v.nameQueues(a, p)
	if !all {
		return p
	}
	p.minute = v.t / minuteMS
	p.segments = v.segmentsOf(a)
	p.meal, p.rest, p.rests = 0, 0, 0
	for i := range p.segments {
		s := &p.segments[i]
		if s.State != floor.OnPause {
			continue
		}
		switch floor.ClassifyPause(v.cfg.Site.PauseRules(), s.Reason).Class {
		case floor.PauseMeal:
			p.meal += s.To.Sub(s.From)
		case floor.PauseRest:
			p.rest += s.To.Sub(s.From)
			p.rests++
		default:
		}
	}
	p.recent = v.recentOf(a)
	return p
}

// took counts an answered contact of today in the agent's own counts by queue.
func (a *agentState) took(queue uint32, sign int32) {
	i := slices.IndexFunc(a.handled, func(h queueCount) bool { return h.queue == queue })
	if i < 0 {
		i, a.handled = len(a.handled), append(a.handled, queueCount{queue: queue})
	}
	a.handled[i].n += int(sign)
}

// nameQueues lists the agent's queues, and finds the main one: where he
// answered most today, else the first by name.
func (v *view) nameQueues(a *agentState, p *agentParts) {
	p.queues, p.main = nil, 0
	for i := range a.now.members {
		if m := &a.now.members[i]; m.in && m.queue != 0 {
			p.queues = append(p.queues, v.queueNames.name(m.queue))
		}
	}
	slices.Sort(p.queues)
	most := 0
	for _, h := range a.handled {
		if h.n > most || h.n == most && most > 0 && v.queueNames.name(h.queue) < v.queueNames.name(p.main) {
			p.main, most = h.queue, h.n
		}
	}
	if most == 0 && len(p.queues) > 0 {
		p.main = v.queueNames.ids[p.queues[0]]
	}
}

// segmentsOf is the agent's day. The last segment ends at the last whole minute,
// so that it changes by the minute and not by the second.
func (v *view) segmentsOf(a *agentState) []Segment {
	var out []Segment
	end := v.t - v.t%minuteMS
	for i := max(a.at(v.day), 0); i < len(a.turns); i++ {
		u := &a.turns[i]
		to := max(end, u.from)
		if i+1 < len(a.turns) {
			to = a.turns[i+1].from
		}
		if to < v.day {
			continue
		}
		out = append(out, Segment{
			State: u.state, Reason: v.reasonNames.name(u.reason), Neutral: u.neutral,
			From: v.at(max(u.from, v.day)), To: v.at(to),
		})
	}
	return out
}

// recentOf are the last ten contacts that the agent took.
func (v *view) recentOf(a *agentState) []*Contact {
	var all []int32
	for n := a.last; n != 0; n = v.led.stays[n].prevOfAgent {
		if s := &v.led.stays[n]; s.m.agent == a.desk.id && !s.ring {
			all = append(all, n)
		}
	}
	slices.SortFunc(all, func(x, y int32) int {
		a, b := &v.led.stays[x], &v.led.stays[y]
		return cmp.Or(cmp.Compare(b.takenAt(), a.takenAt()), cmp.Compare(b.seq, a.seq))
	})
	var out []*Contact
	for _, n := range slices.Compact(all) {
		if len(out) == 10 {
			break
		}
		row := v.contactRow(n)
		if row.Outcome == floor.Answered { // to the minute, like the day's segments
			row.Talk = max(0, v.at(v.t-v.t%minuteMS).Sub(row.AnsweredAt))
		}
		out = append(out, row)
	}
	return out
}

// hourOf is the agent's time in each of the last twelve 5-minute slots, the
// present one so far.
func (v *view) hourOf(a *agentState, end int64) *[12]spent {
	p := &a.parts
	slot := floorDiv(end-v.day, slotMS)
	from := v.day + (slot-11)*slotMS
	first := 0
	if p.hourAt == slot+1 && p.hourDesk == a.desk.version {
		first = 11 // what is over stays
	}
	p.hourAt, p.hourDesk = slot+1, a.desk.version
	before := a.spentBy(from + int64(first)*slotMS)
	for i := first; i < 12; i++ {
		until := a.spentBy(min(from+int64(i+1)*slotMS, end))
		p.hour[i] = until.minus(before)
		before = until
	}
	return &p.hour
}

// stripOf is the state in which the agent was longest in each of those slots.
func (v *view) stripOf(a *agentState) []floor.State {
	h := v.hourOf(a, v.t-v.t%gridStep.Milliseconds())
	var strip [12]floor.State
	for i := range h {
		longest := int64(0)
		for s := floor.Offline; s <= floor.OnPause; s++ {
			if h[i][s] > longest {
				strip[i], longest = s, h[i][s]
			}
		}
	}
	if !slices.Equal(a.parts.strip, strip[:]) {
		a.parts.strip = slices.Clone(strip[:])
	}
	return a.parts.strip
}

// daysOf are the agent's finished days, oldest first.
func (v *view) daysOf(a *agentState) []DayFigures {
	p := &a.parts
	if p.daysOf == v.past.version+1 {
		return p.days
	}
	p.daysOf, p.days = v.past.version+1, nil
	for _, d := range v.past.days {
		if ps := d.of(a.ref); ps != nil && d.from < v.day {
			p.days = append(p.days, DayFigures{
				Day: v.at(d.from), Handled: int(ps.sheet.handled),
				AHT: ps.measure(AHT), SL: ps.measure(SLStrictNoShort), Adherence: ps.measure(Adherence),
			})
		}
	}
	return p.days
}

// aliasAll gives each agent a name that says nothing: first those of the
// configuration, then the others as they were first seen.
func (f *fold) aliasAll() {
	if f.aliased == len(f.agents) {
		return
	}
	f.aliased = len(f.agents)
	rank := func(a *agentState) int {
		i := slices.IndexFunc(f.cfg.Site.Agents, func(c floor.AgentConfig) bool { return c.Name == a.ref.ID })
		if i < 0 {
			return len(f.cfg.Site.Agents)
		}
		return i
	}
	all := slices.Clone(f.agents[1:])
	slices.SortFunc(all, func(a, b *agentState) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.seen, b.seen), strings.Compare(a.ref.ID, b.ref.ID))
	})
	word := "Agente"
	if f.cfg.Site.Language == "en" {
		word = "Agent"
	}
	for i, a := range all {
		a.alias = fmt.Sprintf("%s %02d", word, i+1)
	}
}
