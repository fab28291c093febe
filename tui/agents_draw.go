package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// agentsParts are the rectangles of the page of agents.
type agentsParts struct {
	filter, rule, head, table, more, preview, note draw.Rect
}

func agentsLayout(r draw.Rect, zoomed bool) agentsParts {
	var p agentsParts
	p.filter, r = r.Rows(1)
	if r.H > 14 {
		p.rule, r = r.Rows(1)
	}
	p.head, r = r.Rows(1)
	switch {
	case zoomed:
	case r.H >= 26:
		p.note, r = r.Rows(-3)
		p.preview, r = r.Rows(-5)
	case r.H >= 14:
		p.preview, r = r.Rows(-3)
	}
	if r.H > 4 {
		p.more, r = r.Rows(-1)
	}
	p.table = r
	return p
}

func (s agentsScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	if v.public() {
		drawNoNames(f, r, v)
		return
	}
	p := agentsLayout(r, s.zoomed)
	agents, ids := s.rows(v)
	if !p.rule.Empty() {
		f.HLine(p.rule.X, p.rule.Y, p.rule.W, '─', inkRule)
	}
	if len(agents) == 0 {
		s.drawFilter(f, p.filter, v, 0, 0, 0)
		s.drawNone(f, p, v)
		return
	}
	sh := sheet{f, v, fitColumns(agentColumns(), p.table.W), s.list}
	sh.head(p.head)
	top, shown := sh.rows(p.table, ids, func(i int, c placed) (draw.Safe, draw.Style) {
		return s.cell(agents[i], c, v)
	})
	s.drawFilter(f, p.filter, v, top, shown, len(ids))
	if rest := len(ids) - top - shown; rest > 0 {
		f.TextIn(p.more.Inset(3, 0), v.say("list.more", "N", v.count(rest)), inkDim)
	}
	drawAgentPreview(f, p.preview, agents[s.list.sel.index(ids)], v)
	s.drawNote(f, p.note, v)
}

func (s agentsScreen) drawFilter(f *draw.Frame, r draw.Rect, v *view, top, shown, n int) {
	right := rangeLine(v, top, shown, n)
	if len(s.marks) > 0 {
		right = v.join(v.plural("list.marked", len(s.marks), "N", v.count(len(s.marks))), "   ", right)
	}
	order := v.say("list.order", "By", v.w(agentOrderKey(s.by)))
	if s.list.holding(v.now) {
		order = v.join(order, " ", v.w("list.held"))
	}
	p := v.snap.People
	counts := v.say("agents.counts", "N", v.count(p.LoggedIn), "Busy", v.count(p.Busy), "Wrapup", v.count(p.Wrapup), "Free", v.count(p.Free), "Out", v.count(p.Out))
	if draw.Width(counts)+draw.Width(right)+74 < r.W {
		right = v.join(counts, "    ", right)
	}
	drawListHead(f, r, v, s.list, order, right)
}

// drawListHead is the line over a list: filter, order and window at the left,
// how many at the right.
func drawListHead(f *draw.Frame, r draw.Rect, v *view, l list, order, right draw.Safe) {
	r = r.Inset(1, 0)
	w := draw.Width(right)
	f.Right(r, right, inkDim)
	r.W = max(0, r.W-w-2)
	left := v.join(l.filterLine(v), "    ", order)
	if window := v.say("list.window", "Window", v.windowName()); draw.Width(left)+draw.Width(window)+4 <= r.W {
		left = v.join(left, "    ", window)
	}
	if draw.Width(left) > r.W {
		left = l.filterLine(v)
	}
	f.TextIn(r, left, inkText)
}

func (s agentsScreen) drawNone(f *draw.Frame, p agentsParts, v *view) {
	r := draw.Rect{X: p.head.X, Y: p.head.Y, W: p.head.W, H: p.head.H + p.table.H}
	if len(v.snap.Agents) == 0 {
		f.TextIn(r.Inset(1, 0), v.join(markNone, " ", v.w("agents.nobody")), inkNoData)
		return
	}
	s.list.drawNoMatch(f, r, v, v.say("agents.nomatch", "N", v.count(len(v.snap.Agents)),
		"Text", draw.Cut(draw.Clean(s.list.filter.text), 40)), agentNames(v))
}

func (s agentsScreen) drawNote(f *draw.Frame, r draw.Rect, v *view) {
	if r.Empty() {
		return
	}
	f.HLine(r.X, r.Y, r.W, '─', inkRule)
	_, r = r.Rows(1)
	f.TextIn(r.Inset(3, 0), v.w("agents.note"), inkDim)
}

func agentOrderKey(by metrics.AgentOrder) string {
	switch by {
	case metrics.AgentsByName:
		return "agents.by.name"
	case metrics.AgentsByQueue:
		return "agents.by.queue"
	case metrics.AgentsByState:
		return "agents.by.state"
	case metrics.AgentsByTime:
		return "agents.by.time"
	case metrics.AgentsByHandled:
		return "agents.by.handled"
	case metrics.AgentsByAHT:
		return "agents.by.aht"
	default:
		return "agents.by.weight"
	}
}

// drawNoNames says why a page of people is not shown here, and what can be.
func drawNoNames(f *draw.Frame, r draw.Rect, v *view) {
	p := v.snap.People
	_, r = r.Rows(1)
	for _, s := range []draw.Safe{
		v.w("agents.public"),
		v.w("agents.publicwhy"),
		"",
		v.plural("agents.loggedin", p.LoggedIn, "N", v.count(p.LoggedIn)),
		v.join("● ", v.w("doing.busy"), "  ", v.count(p.Busy)),
		v.join("◐ ", v.w("doing.wrapup"), "  ", v.count(p.Wrapup)),
		v.join("○ ", v.w("doing.free"), "  ", v.count(p.Free)),
		v.join("= ", v.w("doing.out"), "  ", v.count(p.Out)),
	} {
		var row draw.Rect
		row, r = r.Rows(1)
		f.TextIn(row.Inset(2, 0), s, inkText)
	}
}
