package metrics

import (
	"slices"
	"strings"
	"time"
)

// view is the fold seen at one instant: what snapshots are made from and what
// the judge asks. It is valid until the fold changes.
type view struct {
	*fold
	t       int64 // ms
	onGrid  bool
	level   Level
	sources []Source
	snap    *Snapshot
}

var _ facts = (*view)(nil)

// look makes the view of the instant t, at or after the fold's own second.
// People's time is counted only when it is asked for: catching up a day looks
// thousands of times, and few looks ask.
func (f *fold) look(t int64, onGrid bool, sources []Source) *view {
	f.settle()
	for _, a := range f.agents[1:] {
		a.settle(&f.rules)
		a.lapse(t, &f.rules)
	}
	f.countLate(t)
	return &view{fold: f, t: t, onGrid: onGrid, sources: sources}
}

// countLate counts, in each scope and window, who waits beyond T at t.
func (f *fold) countLate(t int64) {
	zero := func(sc *scope) { sc.late = [WindowCount]int32{} }
	zero(f.site)
	for _, q := range f.queues {
		zero(q.scope)
	}
	for _, sc := range f.teams {
		zero(sc)
	}
	for _, sc := range f.channels[1:] {
		zero(sc)
	}
	for _, q := range f.queues {
		for _, n := range q.waitingOf {
			s := &f.led.stays[n]
			if s.waitOf(t, false) <= q.lim.threshold {
				continue
			}
			f.scopesOf(&s.m, func(sc *scope) {
				for w := range WindowCount {
					if f.holds(w, floorDiv(s.m.at, secondMS)) {
						sc.late[w]++
					}
				}
			})
		}
	}
}

// windows are the scope's figures at the view's instant, shared with earlier
// snapshots as long as nothing in them changed.
func (v *view) windows(sc *scope) *Windows {
	v.countPeople(v.t)
	if sc.built != nil && sc.builtV == sc.version && sc.builtL == sc.late && sc.builtP == sc.people {
		return sc.built
	}
	w := new(Windows)
	for i := range w {
		s := &sc.w[i]
		s.late = sc.late[i]
		if s.unsure {
			v.findLongest(sc, Window(i))
		}
		w[i].fill(s, &sc.people[i])
	}
	sc.built, sc.builtV, sc.builtL, sc.builtP = w, sc.version, sc.late, sc.people
	return w
}

// findLongest looks for the longest wait of a window, where bins are too wide
// to tell it, after the one that was it has gone.
func (f *fold) findLongest(sc *scope, w Window) {
	s := &sc.w[w]
	s.longest, s.unsure = 0, false
	from := f.windowStarts(f.sec * secondMS)[w] / secondMS
	f.eachMark(sc, from-1, f.sec+1, func(m *mark) {
		if m.flags&markAnswered != 0 && seconds(m.wait) >= exactSeconds && f.holds(w, floorDiv(m.at, secondMS)) {
			s.longest = max(s.longest, m.wait)
		}
	})
}

// eachMark calls fn for what was offered to a scope in the seconds from a,
// before b. It walks through everybody's.
func (f *fold) eachMark(sc *scope, a, b int64, fn func(m *mark)) {
	for sec := max(a, f.base); sec < min(b, f.base+int64(len(f.heads))); sec++ {
		for n := f.head(sec); n != 0; n = f.led.stays[n].next {
			m := &f.led.stays[n].m
			f.scopesOf(m, func(in *scope) {
				if in == sc {
					fn(m)
				}
			})
		}
	}
}

// find is the scope that a ref names; nil when it was never met.
func (f *fold) find(ref ScopeRef) *scope {
	switch ref.Kind {
	case SiteScope:
		return f.site
	case QueueScope:
		if n, ok := f.queueNames.find(ref.ID); ok && n != 0 {
			return f.queues[n].scope
		}
	case AgentScope:
		if n, ok := f.agentNames.find(ref.ID); ok && n != 0 {
			return f.agents[n].scope
		}
	case TeamScope:
		for _, t := range f.teams {
			if t.ref.ID == ref.ID {
				return t
			}
		}
	case ChannelScope:
		for _, c := range f.channels[1:] {
			if c.ref.ID == ref.ID {
				return c
			}
		}
	}
	return nil
}

// bare is the ref without what it is shown as.
func (r ScopeRef) bare() ScopeRef { return ScopeRef{Kind: r.Kind, ID: r.ID} }

func (v *view) now() time.Time { return v.at(v.t) }

func (v *view) grid() bool { return v.onGrid }

func (v *view) fresh() Level { return v.level }

func (v *view) pastVersion() uint64 { return v.past.version }

// scopes are the site, the queues in the order of the configuration and then
// by name, the teams and the channels likewise.
func (v *view) scopes() []ScopeRef {
	refs := []ScopeRef{v.site.ref}
	for _, q := range v.queuesInOrder() {
		refs = append(refs, q.ref)
	}
	for _, t := range v.teamsInOrder() {
		refs = append(refs, t.ref)
	}
	for _, c := range v.channels[1:] {
		if v.channelSeen(c) {
			refs = append(refs, c.ref)
		}
	}
	return refs
}

func (f *fold) queuesInOrder() []*queueState {
	known := len(f.cfg.Site.Queues)
	all := slices.Clone(f.queues[1:])
	if len(all) > known {
		slices.SortFunc(all[known:], func(a, b *queueState) int { return strings.Compare(a.ref.ID, b.ref.ID) })
	}
	return all
}

func (f *fold) teamsInOrder() []*scope {
	all := slices.Clone(f.teams)
	slices.SortFunc(all, func(a, b *scope) int { return strings.Compare(a.ref.ID, b.ref.ID) })
	return all
}

// channelSeen reports whether a channel is one of a queue's, or was used today.
func (f *fold) channelSeen(c *scope) bool {
	if c.w[Today].tally != (tally{}) {
		return true
	}
	for _, q := range f.queues[1:] {
		if f.channels[q.channel] == c {
			return true
		}
	}
	return false
}

// agentsInOrder are the agents by name.
func (f *fold) agentsInOrder() []*agentState {
	if len(f.byName) != len(f.agents)-1 {
		f.byName = slices.Clone(f.agents[1:])
		slices.SortFunc(f.byName, func(a, b *agentState) int { return strings.Compare(a.ref.ID, b.ref.ID) })
	}
	return f.byName
}
