package metrics

import (
	"cmp"
	"slices"
)

// code goes through a desk: what it was before its events, and those.
func (d *desk) code(c *codec) {
	number(c, &d.seen)
	number(c, &d.source)
	number(c, &d.lastCut)
	turns := d.turns[:min(d.turnsAt, len(d.turns))]
	if !c.reading && d.turnsAt > 0 {
		turns = append(append([]turn(nil), d.turns[:d.turnsAt-1]...), d.base.open)
	}
	list(c, &turns, codeTurn)
	if c.reading {
		d.set(turns)
		d.turnsAt = len(turns)
	}
	d.base.code(c)
	list(c, &d.events, func(c *codec, e *deskEvent) {
		number(c, &e.at)
		number(c, &e.tie)
		number(c, &e.call)
		number(c, &e.kind)
		number(c, &e.queue)
		number(c, &e.reason)
		number(c, &e.source)
		number(c, &e.dur)
	})
}

// revive works the state out from the base and the events.
func (d *desk) revive(r *deskRules) {
	if d.turnsAt > 0 {
		d.base.open = d.turns[d.turnsAt-1]
	}
	d.disorder = true
	d.settle(r)
	d.version++
}

func codeTurn(c *codec, t *turn) {
	number(c, &t.from)
	number(c, &t.reason)
	number(c, &t.state)
	c.bool(&t.neutral)
}

func (s *deskState) code(c *codec) {
	list(c, &s.members, func(c *codec, m *membership) {
		number(c, &m.queue)
		number(c, &m.reason)
		number(c, &m.source)
		c.bool(&m.in)
		c.bool(&m.implied)
		c.bool(&m.paused)
		number(c, &m.pausedAt)
	})
	list(c, &s.calls, func(c *codec, v *call) {
		number(c, &v.id)
		number(c, &v.queue)
		number(c, &v.at)
		c.bool(&v.held)
	})
	for i := range s.done {
		number(c, &s.done[i].id)
		number(c, &s.done[i].at)
	}
	number(c, &s.doneAt)
	number(c, &s.ringAt)
	number(c, &s.ringCall)
	number(c, &s.wrapFrom)
	number(c, &s.wrapTo)
	number(c, &s.wrapQueue)
	number(c, &s.told)
	c.bool(&s.isTold)
	number(c, &s.toldReason)
	number(c, &s.in)
	number(c, &s.out)
	number(c, &s.state)
	number(c, &s.reason)
	if c.reading && (s.doneAt < 0 || s.doneAt >= len(s.done)) {
		c.fail()
	}
}

// code goes through the finished days.
func (p *past) code(c *codec) {
	number(c, &p.version)
	list(c, &p.days, func(c *codec, d **pastDay) {
		if c.reading {
			*d = &pastDay{scopes: map[ScopeRef]*pastScope{}}
		}
		(*d).code(c)
	})
}

func (d *pastDay) code(c *codec) {
	number(c, &d.from)
	number(c, &d.to)
	refs := d.refs()
	list(c, &refs, func(c *codec, r *ScopeRef) {
		number(c, &r.Kind)
		c.text(&r.ID)
		if c.reading {
			d.scopes[*r] = &pastScope{}
		}
		d.scopes[*r].code(c)
	})
}

// refs are the scopes of a day, in a fixed order.
func (d *pastDay) refs() []ScopeRef {
	out := make([]ScopeRef, 0, len(d.scopes))
	for r := range d.scopes {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b ScopeRef) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	return out
}

func (ps *pastScope) code(c *codec) {
	ps.sheet.code(c)
	for i := range ps.time.gone {
		number(c, &ps.time.gone[i])
	}
	number(c, &ps.time.plan.asked)
	number(c, &ps.time.plan.kept)
	c.bool(&ps.time.known)
	list(c, &ps.slots, func(c *codec, s *pastSlot) {
		for _, v := range [...]*int32{
			&s.slot, &s.offered, &s.answered, &s.abandoned, &s.short, &s.leftTimeout, &s.leftOther, &s.refused, &s.lost,
			&s.within, &s.abandWithin, &s.backWithin, &s.handled,
		} {
			number(c, v)
		}
		for _, v := range [...]*int64{&s.waitAnswered, &s.waitAbandoned, &s.work, &s.wrap} {
			number(c, v)
		}
	})
}

func (s *sheet) code(c *codec) {
	t := &s.tally
	for _, v := range [...]*int32{
		&t.offered, &t.answered, &t.waiting, &t.talking, &t.abandoned, &t.short, &t.leftTimeout, &t.leftOther, &t.lost, &t.cut,
		&t.within, &t.abandWithin, &t.backWithin, &t.handled, &t.transfers, &t.rings, &t.calledBack, &t.refused, &t.totals,
	} {
		number(c, v)
	}
	for _, v := range [...]*int64{&t.waitAnswered, &t.waitAbandoned, &t.talk, &t.hold, &t.wrap, &t.total} {
		number(c, v)
	}
	s.waits.code(c)
	s.gaveUp.code(c)
	number(c, &s.longest)
	c.bool(&s.unsure)
}

// code goes through the pages that count something.
func (h *hist) code(c *codec) {
	var full []int
	for i, p := range h.pages {
		if p != nil && p.n > 0 {
			full = append(full, i)
		}
	}
	if c.reading {
		*h = hist{}
	}
	list(c, &full, func(c *codec, i *int) {
		number(c, i)
		if *i < 0 || *i > bin(1<<40)/pageBins {
			c.fail()
			return
		}
		for *i >= len(h.pages) {
			h.pages = append(h.pages, nil)
		}
		if h.pages[*i] == nil {
			h.pages[*i] = new(page)
		}
		p := h.pages[*i]
		for b := range p.bins {
			number(c, &p.bins[b])
			if c.reading {
				p.n += p.bins[b]
				h.n += p.bins[b]
			}
		}
	})
}
