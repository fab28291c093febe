package metrics

import (
	"slices"
	"time"
)

// past is what is kept of finished days: for each scope its figures by day,
// and for all but agents its arrivals and levels by quarter of an hour.
type past struct {
	days    []*pastDay // oldest first
	version uint64
}

// keepDays is how many finished days are kept.
const keepDays = 30

// pastDay is one finished day.
type pastDay struct {
	from, to int64
	scopes   map[ScopeRef]*pastScope // by kind and id
}

type pastScope struct {
	sheet sheet
	time  peopleTime
	slots []pastSlot // those with anything in them, in order
}

// pastSlot is a quarter of an hour of a past day.
type pastSlot struct {
	slot                                    int32 // quarters since the day began
	offered, answered, abandoned, short     int32
	leftTimeout, leftOther, refused, lost   int32
	within, abandWithin, backWithin         int32
	handled                                 int32
	waitAnswered, waitAbandoned, work, wrap int64
}

const quarterMS = 15 * minuteMS

func (p *pastSlot) add(t *tally, sign int32) {
	p.offered += sign * t.offered
	p.answered += sign * t.answered
	p.abandoned += sign * t.abandoned
	p.short += sign * t.short
	p.leftTimeout += sign * t.leftTimeout
	p.leftOther += sign * t.leftOther
	p.refused += sign * t.refused
	p.lost += sign * t.lost
	p.within += sign * t.within
	p.abandWithin += sign * t.abandWithin
	p.backWithin += sign * t.backWithin
	p.handled += sign * t.handled
	by := int64(sign)
	p.waitAnswered += by * t.waitAnswered
	p.waitAbandoned += by * t.waitAbandoned
	p.work += by * t.talk
	p.wrap += by * t.wrap
}

// close makes the current day of f a finished one.
func (p *past) close(f *fold) {
	d := p.day(f, f.day)
	f.eachScope(func(sc *scope) {
		if sc.w[Today].tally == (tally{}) {
			return
		}
		if sc.ref.Kind == QueueScope && sc.ref.ID == "" {
			return
		}
		ps := d.scope(sc.ref)
		ps.sheet.merge(&sc.w[Today])
		for i := range sc.slots {
			if sc.slots[i] != (tally{}) {
				ps.slot(int32(i*slotMS/quarterMS)).add(&sc.slots[i], 1)
			}
		}
	})
	for _, a := range f.agents[1:] {
		a.settle(&f.rules)
		a.lapse(d.to, &f.rules)
		pt := timeOf(a.between(d.from, d.to))
		pt.plan = a.adherence(d.from, d.to)
		if pt == (peopleTime{}) && a.w[Today].tally == (tally{}) {
			continue
		}
		d.scope(a.ref).time = pt
		f.eachPlace(a, func(sc *scope) { d.scope(sc.ref).time.plus(&pt) })
	}
	p.version++
}

// day finds or makes the past day that began at from (ms).
func (p *past) day(f *fold, from int64) *pastDay {
	i, found := slices.BinarySearchFunc(p.days, from, func(d *pastDay, t int64) int { return int(min(max(d.from-t, -1), 1)) })
	if found {
		return p.days[i]
	}
	d := &pastDay{from: from, to: f.cfg.Site.NextDay(f.at(from)).UnixMilli(), scopes: map[ScopeRef]*pastScope{}}
	p.days = slices.Insert(p.days, i, d)
	if len(p.days) > keepDays {
		p.days = slices.Clone(p.days[1:])
	}
	return d
}

func (d *pastDay) scope(ref ScopeRef) *pastScope {
	k := ref.bare()
	ps := d.scopes[k]
	if ps == nil {
		ps = &pastScope{}
		d.scopes[k] = ps
	}
	return ps
}

func (ps *pastScope) slot(n int32) *pastSlot {
	i, found := slices.BinarySearchFunc(ps.slots, n, func(s pastSlot, n int32) int { return int(s.slot - n) })
	if !found {
		ps.slots = slices.Insert(ps.slots, i, pastSlot{slot: n})
	}
	return &ps.slots[i]
}

// count puts a mark of a finished day into it, or takes it out: an event that
// came late. Days no longer kept take nothing.
func (p *past) count(f *fold, m *mark, sign int32) {
	from := f.cfg.Site.DayStart(f.at(m.at)).UnixMilli()
	if len(p.days) >= keepDays && from < p.days[0].from {
		return
	}
	if from < f.day-(keepDays+5)*24*3600*secondMS {
		return
	}
	d := p.day(f, from)
	var one tally
	one.add(m, 1)
	slot := int32((m.at - from) / quarterMS)
	f.scopesOf(m, func(sc *scope) {
		ps := d.scope(sc.ref)
		ps.sheet.add(m, sign)
		if sc.ref.Kind != AgentScope {
			ps.slot(slot).add(&one, sign)
		}
	})
	p.version++
}

// of finds a scope's figures of a finished day; nil when it had none.
func (d *pastDay) of(ref ScopeRef) *pastScope { return d.scopes[ref.bare()] }

// between sums a scope's quarters from a to b (ms), parts of a quarter in
// proportion. Counts may be fractions, hence the float.
func (ps *pastScope) between(day *pastDay, a, b int64) pastSum {
	var sum pastSum
	for i := range ps.slots {
		s := &ps.slots[i]
		from := day.from + int64(s.slot)*quarterMS
		lo, hi := max(a, from), min(b, from+quarterMS)
		if hi <= lo {
			continue
		}
		sum.add(s, float64(hi-lo)/quarterMS)
	}
	return sum
}

// pastSum is a sum of parts of quarters.
type pastSum struct {
	offered, answered, abandoned, short, within, abandWithin, backWithin, queued float64
	left, other, handled, waitAnswered, waitAbandoned, work, wrap                float64
}

func (p *pastSum) add(s *pastSlot, part float64) {
	p.offered += part * float64(s.offered)
	p.answered += part * float64(s.answered)
	p.abandoned += part * float64(s.abandoned)
	p.short += part * float64(s.short)
	p.within += part * float64(s.within)
	p.abandWithin += part * float64(s.abandWithin)
	p.backWithin += part * float64(s.backWithin)
	p.queued += part * float64(s.answered+s.abandoned+s.leftTimeout+s.leftOther-s.refused+s.lost)
	p.left += part * float64(s.leftTimeout)
	p.other += part * float64(s.leftOther)
	p.handled += part * float64(s.handled)
	p.waitAnswered += part * float64(s.waitAnswered) / 1000
	p.waitAbandoned += part * float64(s.waitAbandoned) / 1000
	p.work += part * float64(s.work) / 1000
	p.wrap += part * float64(s.wrap) / 1000
}

func (p *pastSum) plus(o *pastSum) {
	p.offered += o.offered
	p.answered += o.answered
	p.abandoned += o.abandoned
	p.short += o.short
	p.within += o.within
	p.abandWithin += o.abandWithin
	p.backWithin += o.backWithin
	p.queued += o.queued
	p.left += o.left
	p.other += o.other
	p.handled += o.handled
	p.waitAnswered += o.waitAnswered
	p.waitAbandoned += o.waitAbandoned
	p.work += o.work
	p.wrap += o.wrap
}

// measure is KPI k of the sum; not known for KPIs that quarters do not keep.
func (p *pastSum) measure(k KPI) Measure {
	n := func(v float64) Measure { return Measure{Value: v, Num: v, Known: true} }
	switch k {
	case Offered:
		return n(p.offered)
	case Answered:
		return n(p.answered)
	case Abandoned:
		return n(p.abandoned)
	case ShortAbandoned:
		return n(p.short)
	case LeftTimeout:
		return n(p.left)
	case LeftOther:
		return n(p.other)
	case Handled:
		return n(p.handled)
	case WaitAvg:
		return quotient(p.waitAnswered, p.answered)
	case WaitAvgAll:
		return quotient(p.waitAnswered+p.waitAbandoned, p.answered+p.abandoned)
	case WaitAbandoned:
		return quotient(p.waitAbandoned, p.abandoned)
	case SLStrict:
		return quotient(p.within, p.answered+p.abandoned)
	case SLStrictNoShort:
		return quotient(p.within, p.answered+p.abandoned-p.short)
	case SLExcludeAbandWithinT:
		return quotient(p.within, p.answered+p.abandoned-p.abandWithin)
	case SLRemovedInT:
		return quotient(p.within+p.abandWithin+p.backWithin, p.queued)
	case SLAnsweredOnly:
		return quotient(p.within, p.answered)
	case AbandonRate:
		return quotient(p.abandoned, p.offered)
	case AbandonRateNoShort:
		return quotient(p.abandoned-p.short, p.offered-p.short)
	case AbandonRateOfEnded:
		return quotient(p.abandoned, p.answered+p.abandoned)
	case AHT:
		return quotient(p.work+p.wrap, p.handled)
	case TalkAvg:
		return quotient(p.work, p.handled)
	case WrapAvg:
		return quotient(p.wrap, p.handled)
	default:
		return Measure{}
	}
}

// like are the finished days of the same weekday, within the last weeks weeks
// of the day that began at t, newest first; any number with weeks 0.
func (p *past) like(f *fold, t int64, weeks int) []*pastDay {
	day := f.at(t)
	var out []*pastDay
	for i := len(p.days) - 1; i >= 0; i-- {
		d := f.at(p.days[i].from)
		if p.days[i].from >= t || d.Weekday() != day.Weekday() {
			continue
		}
		if weeks > 0 && day.Sub(d) > time.Duration(weeks)*7*24*time.Hour+2*time.Hour {
			break
		}
		out = append(out, p.days[i])
	}
	return out
}
