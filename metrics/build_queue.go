package metrics

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"farol/floor"
)

func (v *view) buildQueue(q *queueState, agents *agentList) *Queue {
	out := &Queue{Config: q.config, Risk: -1, Status: NoTarget}
	out.Ref, out.W, out.Usual = q.ref, v.windows(q.scope), v.usualOf(q.scope)
	number := v.queueNames.ids[q.ref.ID]
	var people headcount
	for i, a := range agents.states {
		m := a.now.member(number)
		if m == nil {
			continue
		}
		people.who(v.fold, a, number, v.t)
		if m.in && a.now.state != floor.Offline {
			out.Members = append(out.Members, agents.list[i])
			out.Crew = append(out.Crew, crewState(a, m))
		}
	}
	slices.SortStableFunc(out.Crew, func(a, b floor.State) int { return cmp.Compare(crewRank(a), crewRank(b)) })
	out.People = people.People
	out.People.Planned, out.People.OutPlanned = v.planned(q.scope)
	out.Live = v.liveOf(q.scope)
	out.Live.closePeople(&people, v.t)
	out.Callers = v.callers(q)
	out.Arrives, out.ArrivesAt = v.arrivals(q, number)
	out.Chart = v.queueCharts(q)
	out.SL60 = out.Chart.SL60
	return out
}

// crewState is what a member is doing as seen from one queue.
func crewState(a *agentState, m *membership) floor.State {
	if m.paused && len(a.now.calls) == 0 {
		return floor.OnPause
	}
	return a.now.state
}

// crewRank orders marks: busy first, then after-call, free, out.
func crewRank(s floor.State) int {
	switch s {
	case floor.Busy, floor.OnHold:
		return 0
	case floor.AfterCall:
		return 1
	case floor.Available, floor.RingingState:
		return 2
	default:
		return 3
	}
}

// callers are the contacts that wait in a queue, longest first.
func (v *view) callers(q *queueState) []Caller {
	if len(q.waitingOf) == 0 {
		return nil
	}
	out := make([]Caller, 0, len(q.waitingOf))
	for _, n := range q.waitingOf {
		s := &v.led.stays[n]
		wait := s.waitOf(v.t, false)
		channel := s.channel
		if channel == 0 {
			channel = q.channel
		}
		out = append(out, Caller{
			Contact: s.contact, Customer: mask(s.customer), Since: v.at(s.queued),
			Wait:    time.Duration(wait) * time.Millisecond,
			Attempt: v.attempt(s), Position: int(s.position), Channel: floor.Channels()[channel-1],
			Lost: wait > q.lim.threshold, Savable: wait <= q.lim.threshold && wait > q.lim.threshold-q.lim.threshold/4,
		})
	}
	slices.SortFunc(out, func(a, b Caller) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Position, b.Position), strings.Compare(a.Contact, b.Contact))
	})
	return out
}

// attempt is 1 more than the contacts of the same customer earlier today.
func (v *view) attempt(s *stay) int {
	if s.customer == "" {
		return 1
	}
	earlier := map[string]bool{}
	for n := v.customers[s.customer]; n != 0; n = v.led.stays[n].prevOfCustomer {
		o := &v.led.stays[n]
		if o.contact != s.contact && o.offeredAt() >= v.day && o.offeredAt() <= s.offeredAt() {
			earlier[o.contact] = true
		}
	}
	return 1 + len(earlier)
}

// mask shows the last two digits of a customer's number and no more.
func mask(customer string) string {
	if customer == "" {
		return ""
	}
	return "····-" + customer[strings.LastIndexByte(customer, ':')+1:]
}

// lenders are the queues that have people free and nobody waiting.
func lenders(q *Queue, all []*Queue) []Lender {
	var out []Lender
	for _, o := range all {
		if o != q && o.Live.Free > 0 && o.Live.Waiting == 0 {
			out = append(out, Lender{Name: o.Ref.Name, Free: o.Live.Free})
		}
	}
	slices.SortStableFunc(out, func(a, b Lender) int { return b.Free - a.Free })
	return out
}

// arrivals are the people that the schedule brings to a queue next, within the
// hour.
func (v *view) arrivals(q *queueState, number uint32) (n int, when time.Time) {
	soon, at := v.t+60*minuteMS, int64(0)
	for _, a := range v.fold.agents[1:] {
		for i := range a.plans {
			p := &a.plans[i]
			if p.reason != "" || p.from > soon || p.queue != number && (p.queue != 0 || !v.isOf(a, q.scope)) {
				continue
			}
			n, at = earlier(n, at, p.from, v.t)
		}
	}
	now, _ := v.planned(q.scope)
	for i := range v.plans {
		p := &v.plans[i]
		if p.queue == number && p.reason == "" && p.from > v.t && p.from <= soon && p.n > now && (at == 0 || p.from < at) {
			n, at = p.n-now, p.from
		}
	}
	return n, v.at(at)
}

// freshness is the worst of the sources that are expected to speak.
func (v *view) freshness() Freshness { return freshest(v.sources, v.at(v.t), v.events > 0) }

func freshest(sources []Source, now time.Time, any bool) Freshness {
	f := Freshness{AsOf: now}
	for i := range sources {
		s := &sources[i]
		period := s.Period
		if period == 0 && !s.Up {
			period = gridStep
		}
		if period == 0 {
			continue
		}
		heard := s.LastSeen
		if heard.IsZero() {
			heard = s.LastEvent
		}
		age := max(now.Sub(heard), 0)
		level := Live
		switch {
		case heard.IsZero() && s.Since.IsZero():
			level, age = NoData, 0
		case heard.IsZero(): // never heard: as old as it has been away
			level, age = NoData, max(now.Sub(s.Since), 0)
		case age > 6*period:
			level = Silent
		case age > 4*period:
			level = Old
		case age > 2*period:
			level = Ageing
		}
		if level > f.Level || level == f.Level && age > f.Age {
			f = Freshness{Level: level, Age: age, AsOf: now.Add(-age), Source: s.Name, Error: s.Error, Retry: s.RetryIn, Try: s.Attempt}
		}
	}
	if !any {
		f.Level = NoData
	} else if f.Level == NoData {
		f.Level = Silent
	}
	return f
}
