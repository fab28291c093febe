package metrics

import (
	"slices"
	"strings"
	"time"

	"farol/floor"
)

// build makes the snapshot of the view's instant, all but what the judge adds.
func (v *view) build() *Snapshot {
	s := &Snapshot{
		Seq: v.seq, At: v.at(v.t), Site: &v.cfg.Site, Day: v.at(v.day), Shift: v.shiftInfo(),
		Sources: v.sources, Fresh: v.freshness(), Roster: v.roster(),
	}
	agents := v.buildAgents()
	s.Agents = agents.list
	s.Total = v.buildScope(v.site)
	for _, q := range v.queuesInOrder() {
		s.Queues = append(s.Queues, v.buildQueue(q, agents))
	}
	slices.SortStableFunc(s.Queues, func(a, b *Queue) int { return strings.Compare(floor.Fold(a.Ref.Name), floor.Fold(b.Ref.Name)) })
	for _, q := range s.Queues {
		q.Lenders = lenders(q, s.Queues)
	}
	for _, t := range v.teamsInOrder() {
		s.Teams = append(s.Teams, v.buildScope(t))
	}
	for _, c := range v.channels[1:] {
		if v.channelSeen(c) {
			s.Channels = append(s.Channels, v.buildScope(c))
		}
	}
	s.People = s.Total.People
	if s.People.Planned > s.People.LoggedIn {
		s.Roster.Short = s.People.Planned - s.People.LoggedIn
	}
	s.Charts = v.siteCharts()
	return s
}

func (v *view) shiftInfo() ShiftInfo {
	sh, from, to, ok := v.cfg.Site.ShiftAt(v.at(v.t))
	info := ShiftInfo{From: from.In(v.loc), To: to.In(v.loc)}
	if ok {
		info.Name, info.Planned = sh.Name, sh.Planned
	}
	return info
}

func (v *view) buildScope(sc *scope) *Scope {
	s := &Scope{Ref: sc.ref, W: v.windows(sc), Usual: v.usualOf(sc)}
	var people headcount
	for _, a := range v.fold.agents[1:] {
		if !v.isOf(a, sc) {
			continue
		}
		people.who(v.fold, a, 0, v.t)
	}
	s.People = people.People
	s.People.Planned, s.People.OutPlanned = v.planned(sc)
	s.Live = v.liveOf(sc)
	s.Live.closePeople(&people, v.t)
	return s
}

// isOf reports whether the agent is one of the people of a scope.
func (f *fold) isOf(a *agentState, sc *scope) bool {
	return slices.Contains(a.places, sc)
}

// liveOf counts who waits and who talks in a scope.
func (v *view) liveOf(sc *scope) LiveState {
	var l LiveState
	for _, q := range v.queues {
		if sc.ref.Kind == QueueScope && q.scope != sc {
			continue
		}
		if sc.ref.Kind == SiteScope || sc.ref.Kind == QueueScope {
			l.Talking += int(q.talking)
		}
		for _, n := range q.waitingOf {
			s := &v.led.stays[n]
			if sc.ref.Kind == SiteScope || sc.ref.Kind == QueueScope || v.counts(&s.m, sc) {
				l.wait(s.waitOf(v.t, false), q)
			}
		}
	}
	if sc.ref.Kind == TeamScope || sc.ref.Kind == ChannelScope {
		l.Talking = int(sc.w[Today].talking)
	}
	if sc.ref.Kind == QueueScope {
		l.LongestQueue = ""
	}
	return l
}

// counts reports whether a mark is counted in a scope.
func (f *fold) counts(m *mark, sc *scope) (is bool) {
	f.scopesOf(m, func(in *scope) { is = is || in == sc })
	return is
}

const overMS = 120_000

func (l *LiveState) wait(ms int32, q *queueState) {
	l.Waiting++
	w := time.Duration(ms) * time.Millisecond
	if w > l.Longest || l.LongestQueue == "" || w == l.Longest && q.ref.Name < l.LongestQueue {
		l.Longest, l.LongestQueue = w, q.ref.Name
	}
	switch {
	case ms > q.lim.threshold:
		l.Lost++
	case ms > q.lim.threshold-q.lim.threshold/4:
		l.Salvageable++
	}
	if ms > overMS {
		l.Over++
	}
}

// closePeople adds what the people of the scope say.
func (l *LiveState) closePeople(h *headcount, at int64) {
	l.Free = h.frees
	if h.frees == 0 && h.lastFree != 0 && h.LoggedIn > 0 {
		l.NobodyFree = time.Duration(at-h.lastFree) * time.Millisecond
	}
}

// usualOf compares a scope with its like days, by the minute; nil without any.
func (v *view) usualOf(sc *scope) *Usual {
	if len(v.past.days) == 0 {
		return nil
	}
	minute := v.t - v.t%minuteMS
	if sc.usualV != v.past.version+1 || sc.usualA != minute {
		sc.usualV, sc.usualA = v.past.version+1, minute
		sc.usual = v.makeUsual(sc, v.at(minute))
	}
	if sc.usual == nil {
		return nil
	}
	u := *sc.usual
	u.Offered.Num = float64(sc.w[Last15m].offered)
	u.ByNow.Num = float64(sc.w[Today].offered)
	return &u
}

func (v *view) makeUsual(sc *scope, now time.Time) *Usual {
	var u Usual
	u.Offered, u.Weeks = v.usual(sc.ref, Offered, now.Add(-15*time.Minute), now)
	if u.Weeks == 0 {
		return nil
	}
	u.ByNow, _ = v.usual(sc.ref, Offered, v.at(v.day), now)
	u.RestOfDay, _ = v.usual(sc.ref, Offered, now, v.at(v.night))
	u.AHT = v.usualAround(sc.ref, AHT, now)
	u.SL = v.usualAround(sc.ref, SLStrictNoShort, now)
	return &u
}

// usualAround is what is usual for k in the last hour, in the whole day when
// that hour usually has nothing.
func (v *view) usualAround(ref ScopeRef, k KPI, now time.Time) Measure {
	if m, _ := v.usual(ref, k, now.Add(-time.Hour), now); m.Known {
		return m
	}
	m, _ := v.usual(ref, k, v.at(v.day), v.at(v.night))
	return m
}

// planned is how many people the schedule has at work in a scope now, and how
// many of them out in a planned pause; 0 when it says nothing.
func (v *view) planned(sc *scope) (at, out int) {
	for i := range v.plans {
		p := &v.plans[i]
		if p.from > v.t || p.until <= v.t || sc.ref.Kind != SiteScope && v.queues[p.queue].scope != sc {
			continue
		}
		if p.reason == "" {
			at += p.n
		} else {
			out += p.n
		}
	}
	byName := 0
	for _, a := range v.fold.agents[1:] {
		for i := range a.plans {
			p := &a.plans[i]
			if p.from > v.t || p.until <= v.t || sc.ref.Kind != SiteScope && !v.isOf(a, sc) && v.queues[p.queue].scope != sc {
				continue
			}
			if p.reason == "" {
				byName++
			} else {
				out++
			}
		}
	}
	if at == 0 {
		at = byName
	}
	if sh := v.shiftInfo(); sc.ref.Kind == SiteScope && sh.Planned > 0 {
		at = sh.Planned
	}
	return at, out
}

// roster is who comes and goes next.
func (v *view) roster() Roster {
	var r Roster
	in, out := int64(0), int64(0)
	for _, a := range v.fold.agents[1:] {
		for i := range a.plans {
			p := &a.plans[i]
			if p.reason != "" {
				continue
			}
			r.In, in = earlier(r.In, in, p.from, v.t)
			r.Out, out = earlier(r.Out, out, p.until, v.t)
		}
	}
	r.InAt, r.OutAt = v.at(in), v.at(out)
	return r
}

// earlier counts those at the first instant after now.
func earlier(n int, at, candidate, now int64) (int, int64) {
	switch {
	case candidate <= now || at != 0 && candidate > at:
		return n, at
	case candidate == at:
		return n + 1, at
	default:
		return 1, candidate
	}
}
