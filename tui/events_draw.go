package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// eventsParts are the rectangles of the page of events.
type eventsParts struct{ filter, rule, head, table, more, detail draw.Rect }

func eventsLayout(r draw.Rect, zoomed bool) eventsParts {
	var p eventsParts
	p.filter, r = r.Rows(1)
	if r.H > 14 {
		p.rule, r = r.Rows(1)
	}
	p.head, r = r.Rows(1)
	switch {
	case zoomed:
	case r.H >= 26:
		p.detail, r = r.Rows(-7)
	case r.H >= 14:
		p.detail, r = r.Rows(-4)
	}
	if r.H > 4 {
		p.more, r = r.Rows(-1)
	}
	p.table = r
	return p
}

func eventColumns() []column {
	return []column{
		{id: "when", w: 8},
		{id: "level", w: 14, rank: 2},
		{id: "where", w: 11, most: 20},
		{id: "what", w: 22, most: 60, pull: 2},
		{id: "cause", w: 20, most: 44, rank: 4, pull: 1},
		{id: "lasted", w: 8, rank: 3},
		{id: "who", w: 14, most: 24, rank: 5},
	}
}

func (s eventsScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	p := eventsLayout(r, s.zoomed)
	entries, ids := s.rows(v)
	if !p.rule.Empty() {
		f.HLine(p.rule.X, p.rule.Y, p.rule.W, '─', inkRule)
	}
	s.list = s.current()
	s.drawFilter(f, p.filter, v)
	if len(entries) == 0 {
		s.drawNone(f, draw.Rect{X: p.head.X, Y: p.head.Y, W: p.head.W, H: p.head.H + p.table.H}, v)
		return
	}
	sh := sheet{f, v, fitColumns(eventColumns(), p.table.W), s.list}
	sh.head(p.head)
	top, shown := sh.rows(p.table, ids, func(i int, c placed) (draw.Safe, draw.Style) {
		return eventCell(entries[i], c, v)
	})
	if rest := len(ids) - top - shown; rest > 0 {
		f.TextIn(p.more.Inset(2, 0), v.say("events.more", "N", v.count(rest)), inkDim)
	}
	drawEntryDetail(f, p.detail, entries[s.list.sel.index(ids)], v)
}

func (s eventsScreen) drawFilter(f *draw.Frame, r draw.Rect, v *view) {
	r = r.Inset(1, 0)
	d := v.snap.LogDay
	var right draw.Safe
	if s.follow {
		right = v.w("events.following")
	}
	f.Right(r, right, inkDim)
	r.W = max(0, r.W-draw.Width(right)-2)
	text := v.join(s.list.filterLine(v), "    ", v.w(levelKey(s.level)))
	for _, more := range []draw.Safe{
		v.say("events.today", "Critical", v.count(d.Critical), "Attention", v.count(d.Attention)),
		v.join(v.plural("events.nopen", d.Open, "N", v.count(d.Open)), ", ", v.plural("events.nacked", d.Acked, "N", v.count(d.Acked))),
	} {
		if longer := v.join(text, "    ", more); draw.Width(longer) <= r.W {
			text = longer
		}
	}
	f.TextIn(r, text, inkText)
}

func levelKey(l eventLevel) string {
	switch l {
	case levelAlerts:
		return "events.show.alerts"
	case levelCritical:
		return "events.show.critical"
	case levelNotes:
		return "events.show.notes"
	case levelOpen:
		return "events.show.open"
	default:
		return "events.show.all"
	}
}

func (s eventsScreen) drawNone(f *draw.Frame, r draw.Rect, v *view) {
	switch {
	case len(v.snap.Log) == 0:
		f.TextIn(r.Inset(2, 0), v.w("events.nothing"), inkText)
	case s.list.filter.empty():
		f.TextIn(r.Inset(2, 0), v.w("events.nonelevel"), inkText)
	default:
		s.list.drawNoMatch(f, r, v, v.say("events.nomatch", "N", v.count(len(v.snap.Log)),
			"Text", draw.Cut(draw.Clean(s.list.filter.text), 40)), queueNames(v))
	}
}

func eventCell(e *metrics.Entry, c placed, v *view) (draw.Safe, draw.Style) {
	mark, st := v.entryMark(e)
	switch c.id {
	case "when":
		return v.hms(e.At), inkText
	case "level":
		return v.join(mark, " ", v.entryWord(e)), st
	case "where":
		return v.scopeName(e.Scope), inkText
	case "what":
		return v.entryWhat(e), inkText
	case "cause":
		return v.entryCause(e, c.width), inkText
	case "lasted":
		return v.entryLasted(e), inkText
	default:
		return v.entryWho(e), inkText
	}
}

// drawEntryDetail is the entry under the cursor: the figure then, before it,
// and the rule that made it an entry.
func drawEntryDetail(f *draw.Frame, r draw.Rect, e *metrics.Entry, v *view) {
	if r.Empty() {
		return
	}
	mark, st := v.entryMark(e)
	foot := draw.Safe("")
	if queueOf(e.Scope) != "" {
		foot = v.w("events.foot")
	}
	f.Rule(r, '─', inkRule, v.join(v.hms(e.At), " ", mark, " ", v.scopeName(e.Scope)), foot, st|draw.Bold)
	_, r = r.Rows(1)
	r = r.Inset(3, 0)
	for _, l := range []labelled{
		{v.w("events.then"), v.entryState(e, r.W-8)},
		{v.w("events.before"), v.entryBefore(e)},
		{v.w("events.rule"), v.entryRule(e, r.W-8)},
	} {
		r = drawLabelled(f, r, l, 8)
	}
	_, r = r.Rows(1)
	line, _ := r.Rows(1)
	f.TextIn(line, v.w("events.acknote"), inkDim)
}

// entryState is the queue at the instant of the entry, in w columns.
func (v *view) entryState(e *metrics.Entry, w int) draw.Safe {
	var pieces []draw.Safe
	if e.Meta != nil && e.To.Known {
		figure := v.join(v.kpiName(e.Meta.KPI), " ", v.figure(e.Meta.KPI, e.To))
		if e.To.Den > 0 && e.Meta.KPI.Info().Unit == metrics.Ratio && e.Meta.KPI.OfContacts() {
			figure = v.join(figure, " (", v.ofCount(e.To), ")")
		}
		pieces = append(pieces, figure)
	}
	live, p := e.Live, e.People
	if live.Waiting > 0 {
		pieces = append(pieces, v.say("events.waiting", "N", v.count(live.Waiting), "Wait", v.span(live.Longest)))
	}
	if p.LoggedIn > 0 {
		pieces = append(pieces, v.say("events.people", "N", v.count(p.LoggedIn), "Busy", v.count(p.Busy), "Wrapup", v.count(p.Wrapup), "Out", v.count(p.Out), "Free", v.count(p.Free)))
	}
	if len(pieces) == 0 {
		return v.entryWhat(e)
	}
	return v.joinFit(pieces, w)
}

// entryBefore is the figure in the quarter of an hour before, and how it ended.
func (v *view) entryBefore(e *metrics.Entry) draw.Safe {
	var out draw.Safe
	if e.Meta != nil {
		for i, p := range e.Before {
			if i == 4 {
				break
			}
			out = v.join(out, v.hm(p.At), " ", v.figure(e.Meta.KPI, p.Measure), "  ")
		}
	}
	if out == "" {
		out = v.join(markDash, "  ")
	}
	after := v.w("events.stillopen")
	if !e.Open {
		after = v.w("events.over")
		if e.Lasted > 0 {
			after = v.say("events.lastedfor", "For", v.ago(e.Lasted))
		}
	}
	return v.join(out, "       ", v.w("events.after"), "  ", after)
}

// entryRule is why this is in the log at all.
func (v *view) entryRule(e *metrics.Entry, w int) draw.Safe {
	switch e.Kind {
	case metrics.EntryAlert, metrics.EntryNormal:
		return v.fitting(w, v.w("events.rules.alert"), v.w("events.rules.alertshort"))
	case metrics.EntryOverdue:
		return v.w("events.rules.overdue")
	case metrics.EntryLong:
		return v.w("events.rules.long")
	case metrics.EntrySource:
		return v.w("events.rules.source")
	default:
		return v.w("events.rules.note")
	}
}
