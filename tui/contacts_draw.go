package tui

import (
	"time"

	"farol/metrics"
	"farol/tui/draw"
)

type contactsParts struct{ title, note, rule, head, table, more draw.Rect }

func contactsLayout(r draw.Rect) contactsParts {
	var p contactsParts
	p.title, r = r.Rows(1)
	if r.H > 6 {
		p.note, r = r.Rows(1)
	}
	if r.H > 14 {
		p.rule, r = r.Rows(1)
	}
	p.head, r = r.Rows(1)
	if r.H > 4 {
		p.more, r = r.Rows(-1)
	}
	p.table = r
	return p
}

func (s contactsScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	p := contactsLayout(r)
	s.drawTitle(f, p.title.Inset(1, 0), v)
	if !p.rule.Empty() {
		f.HLine(p.rule.X, p.rule.Y, p.rule.W, '─', inkRule)
	}
	none := draw.Rect{X: p.head.X, Y: p.head.Y, W: p.head.W, H: p.head.H + p.table.H}.Inset(1, 0)
	rows, ids := s.shown(v)
	switch {
	case !s.loaded:
		f.TextIn(none, v.join(markNone, " ", v.w("contacts.reading")), inkNoData)
		return
	case s.err != "":
		f.TextIn(none, v.say("contacts.failed", "Why", draw.Clean(s.err)), inkAttention)
		return
	case len(s.rows) == 0:
		f.TextIn(none, v.w("contacts.none"), inkText)
		return
	case len(rows) == 0:
		f.TextIn(none, v.say("contacts.nomatch", "N", v.count(len(s.rows)), "Text", draw.Cut(draw.Clean(s.list.filter.text), 40)), inkText)
		return
	}
	sh := sheet{f, v, fitColumns(contactColumns(v.public(), p.table.W), p.table.W), s.list}
	sh.head(p.head)
	top, shown := sh.rows(p.table, ids, func(i int, c placed) (draw.Safe, draw.Style) {
		return v.contactCell(rows[i], c), inkText
	})
	if !p.note.Empty() {
		order := v.say("list.order", "By", v.w(contactOrderKey(s.by)))
		f.Right(p.note.Inset(1, 0), rangeLine(v, top, shown, len(ids)), inkDim)
		f.TextIn(draw.Rect{X: p.note.X + 1, Y: p.note.Y, W: max(0, p.note.W-24), H: 1}, v.join(s.list.filterLine(v), "    ", order), inkText)
	}
	if rest := s.total - len(s.rows); rest > 0 {
		f.TextIn(p.more.Inset(3, 0), v.say("contacts.beyond", "N", v.count(rest)), inkDim)
	}
}

// drawTitle says which number this is, and that it counts as many contacts as
// the list has.
func (s contactsScreen) drawTitle(f *draw.Frame, r draw.Rect, v *view) {
	m := s.n.measure(v, s.window)
	left := v.join(v.kpiName(s.n.kpi), " · ", s.n.where(v), " · ", v.lensWindow(s.window), "   ", v.figure(s.n.kpi, m))
	if m.Den > 0 {
		left = v.join(left, " = ", v.numAndDen(s.n.kpi, m))
	}
	var right draw.Safe
	if s.loaded && s.err == "" {
		right = v.plural("contacts.n", s.total, "N", v.count(s.total))
	}
	w := draw.Width(right)
	f.Right(r, right, inkText|draw.Bold)
	r.W = max(0, r.W-w-2)
	f.TextIn(r, left, inkText)
}

func contactColumns(public bool, w int) []column {
	outcome := 12
	if w >= 100 {
		outcome = 26
	}
	cols := []column{
		{id: "time", w: 8},
		{id: "queue", w: 11, most: 20, rank: 2},
		{id: "channel", w: 9, rank: 8},
		{id: "wait", w: 7, right: true},
		{id: "talk", w: 8, right: true, rank: 1},
		{id: "hold", w: 7, right: true, rank: 9},
		{id: "wrap", w: 7, right: true, rank: 7},
	}
	if !public {
		cols = append(cols, column{id: "agent", w: 14, most: 26, rank: 3}, column{id: "customer", w: 8, most: 12, rank: 5})
	}
	return append(cols,
		column{id: "outcome", w: outcome, most: 32, rank: 1, pull: 1},
		column{id: "insl", w: 4, rank: 4},
		column{id: "contact", w: 12, most: 20, rank: 10})
}

// contactCell is a cell of a row about a contact.
func (v *view) contactCell(c *metrics.Contact, p placed) draw.Safe {
	switch p.id {
	case "time":
		if p.width < 8 {
			return v.hm(c.At)
		}
		return v.hms(c.At)
	case "queue":
		return draw.Clean(c.QueueName)
	case "channel":
		return v.channel(c.Channel)
	case "wait":
		return v.span(c.Wait)
	case "talk":
		return v.spanOrDash(c, c.Talk)
	case "hold":
		return v.spanOrDash(c, c.Hold)
	case "wrap":
		return v.spanOrDash(c, c.Wrap)
	case "agent":
		return draw.Clean(c.Agent)
	case "customer":
		return draw.Clean(c.Customer)
	case "outcome":
		return v.outcomeIn(c, p.width)
	case "insl":
		if c.InSL {
			return v.w("contacts.insl")
		}
		return markDash
	default:
		return draw.Clean(c.ID)
	}
}

// spanOrDash is a part of a conversation, or that there was none.
func (v *view) spanOrDash(c *metrics.Contact, d time.Duration) draw.Safe {
	if c.AnsweredAt.IsZero() && d == 0 {
		return markDash
	}
	return v.span(d)
}

func contactOrderKey(by metrics.ContactOrder) string {
	switch by {
	case metrics.ContactsByWait:
		return "contacts.by.wait"
	case metrics.ContactsByTalk:
		return "contacts.by.talk"
	case metrics.ContactsByOutcome:
		return "contacts.by.outcome"
	default:
		return "contacts.by.time"
	}
}
