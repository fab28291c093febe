package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// queueParts are the rectangles of a queue's page.
type queueParts struct {
	risk, tiles, agents, callers, chart, day, arrivals, waiting draw.Rect
	summary                                                     draw.Rect // of the callers, where their panel has no room
}

// queueLayout divides the body: what matters first has its room first.
func queueLayout(r draw.Rect, step size, zoomed bool) queueParts {
	var p queueParts
	air := 0
	if step >= size120 {
		air = 1
	}
	if !zoomed {
		p.risk, r = r.Rows(riskHeight(step))
		_, r = r.Rows(air)
		p.tiles, r = r.Rows(tilesHeight(step, 3))
		_, r = r.Rows(air)
	}
	if step < size120 {
		if r.H > 6 {
			p.summary, r = r.Rows(-1)
		}
		p.agents = r
		return p
	}
	if step >= size200 && r.H >= 24 && !zoomed {
		var charts draw.Rect
		charts, r = r.Rows(-r.H * 2 / 5)
		p.day, charts = charts.Cols(charts.W * 2 / 5)
		_, charts = charts.Cols(1)
		p.arrivals, charts = charts.Cols((charts.W - 1) / 2)
		_, p.waiting = charts.Cols(1)
	}
	left, right := r.Cols((r.W - 1) * 6 / 10)
	_, right = right.Cols(1)
	p.agents = left
	p.callers, right = right.Rows(min(8, right.H))
	if right.H < 5 {
		p.callers.H += right.H
		return p
	}
	if step >= size200 {
		extra := (right.H - 5) / 2
		p.callers.H += extra
		_, right = right.Rows(extra)
	}
	p.chart = right
	return p
}

func riskHeight(step size) int {
	if step <= size40 {
		return 3
	}
	return 5
}

func (s queueScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	q := v.queue(s.id)
	if q == nil {
		f.TextIn(r.Inset(1, 0), v.join(markNone, " ", v.say("queue.gone", "Name", draw.Clean(s.id))), inkNoData)
		return
	}
	step := sizeOf(v.width, v.height)
	p := queueLayout(r, step, s.zoomed)
	if v.silent() && p.risk.H >= 4 {
		drawSilent(f, p.risk, v)
	} else {
		drawQueueRisk(f, p.risk, q, v)
	}
	drawTiles(f, p.tiles, v, queueTiles(q, v), s.tile)
	if v.public() {
		drawQueuePeople(f, p.agents, q, v)
	} else {
		s.drawAgents(f, p.agents, q, v, step)
	}
	s.drawCallers(f, p.callers, q, v)
	drawCallersLine(f, p.summary, q, v)
	drawQueueChart(f, p.chart, q, v)
	drawQueueDay(f, p.day, q, v)
	drawQueueArrivals(f, p.arrivals, q.Chart.Arrivals, v)
	drawQueueWaiting(f, p.waiting, q.Chart.Waiting, v)
}

// drawQueueRisk is the box at the top: the status, why, where it goes, and what
// there is to help.
func drawQueueRisk(f *draw.Frame, r draw.Rect, q *metrics.Queue, v *view) {
	if r.Empty() {
		return
	}
	risk := v.riskOf(q)
	status := q.Status
	if risk != nil {
		status = risk.Status
	}
	border, st := draw.Rounded, inkRule
	if v.alertable(status) {
		st = v.ink(status)
	}
	if v.alarming(status) {
		border = draw.Heavy
	}
	name := upper(v, q.Ref.Name)
	title := v.say("queue.title", "Mark", v.mark(status), "Name", name, "Status", v.word(status))
	var right, foot draw.Safe
	ws := labelWidth(v)
	room := max(0, r.W-4-ws)
	if r.H < 4 {
		room = r.W
	}
	lines := calmLines(q, v, room)
	if risk != nil {
		if !v.stale() {
			title = v.say("queue.titlefor", "Mark", v.mark(status), "Name", name, "Status", v.word(status), "For", v.ago(risk.For))
		}
		right = v.say("queue.riskof", "N", v.count(q.Risk+1), "Of", v.count(len(v.snap.Risks)))
		lines = riskLines(q, risk, v, room)
		if risk.Ack != nil {
			foot = v.ackWords(risk.Ack)
		}
	}
	if r.H < 4 { // no room for a border
		line, rest := r.Rows(1)
		f.TextIn(line, title, st|draw.Bold)
		for _, l := range lines {
			rest = drawLabelled(f, rest, l, ws)
		}
		return
	}
	in := f.Box(r, border, st, title, right, foot, st|draw.Bold).Inset(1, 0)
	for _, l := range lines {
		in = drawLabelled(f, in, l, ws)
	}
}

// ackWords is who took a risk on, and when.
func (v *view) ackWords(a *metrics.Ack) draw.Safe {
	if v.public() {
		return v.say("queue.ackedpublic", "At", v.hm(a.At))
	}
	return v.say("queue.acked", "Author", draw.Clean(a.Author), "At", v.hm(a.At))
}

func (s queueScreen) drawAgents(f *draw.Frame, r draw.Rect, q *metrics.Queue, v *view, step size) {
	if r.H < 3 {
		return
	}
	agents, ids := s.members(q, v)
	right := v.join(v.count(len(ids)), " · ", v.say("list.order", "By", v.w(agentOrderKey(s.by))))
	if s.list.holding(v.now) && s.panel == panelAgents {
		right = v.join(right, " ", v.w("list.held"))
	}
	var in draw.Rect
	st := s.panelInk(panelAgents)
	if step < size120 {
		f.Rule(r, '─', st, v.w("queue.agents"), right, inkText)
		_, in = r.Rows(1)
	} else {
		in = f.Box(r, draw.Rounded, st, v.w("queue.agents"), right, v.w("queue.agentsfoot"), inkText)
	}
	if len(ids) == 0 {
		f.TextIn(in.Inset(1, 0), v.join(markNone, " ", v.w("queue.noagents")), inkNoData)
		return
	}
	sh := sheet{f, v, fitColumns(memberColumns(), in.W), s.list}
	head, rows := in.Rows(1)
	sh.head(head)
	if s.panel != panelAgents {
		sh.list.sel = selection{}
	}
	notes := min(4, max(0, rows.H-len(ids)-1))
	if notes < 3 {
		notes = 0
	}
	var foot draw.Rect
	foot, rows = rows.Rows(-notes)
	top, shown := sh.rows(rows, ids, func(i int, c placed) (draw.Safe, draw.Style) {
		if c.id == "agent" {
			return draw.Clean(agents[i].Name), inkText
		}
		return v.agentCell(agents[i], c)
	})
	if rest := len(ids) - top - shown; rest > 0 && rows.H > 1 && step >= size120 {
		f.TextIn(draw.Rect{X: in.X + 1, Y: in.Y + in.H, W: in.W - 24, H: 1}, v.join(" ", v.say("list.more", "N", v.count(rest)), " "), inkDim)
	}
	for _, key := range []string{"queue.neutralnote", "", "queue.weightnote", "queue.weightnote2"} {
		var line draw.Rect
		line, foot = foot.Rows(1)
		if key != "" && notes > 0 {
			f.TextIn(line.Inset(2, 0), v.w(key), inkDim)
		}
	}
}

func memberColumns() []column {
	return []column{
		{id: "agent", w: 14, most: 22, pull: 1},
		{id: "state", w: 13, most: 20},
		{id: "since", w: 8, right: true, rank: 1},
		{id: "expected", w: 9, right: true, rank: 3},
		{id: "handled", w: 7, right: true, rank: 7, kpi: metrics.Handled},
		{id: "aht", w: 7, right: true, rank: 8, kpi: metrics.AHT},
		{id: "hour", w: 12, rank: 6},
		{id: "weight", w: 10, most: 12, rank: 2},
	}
}

// panelInk is the border of a panel: that of the one in focus stands out.
func (s queueScreen) panelInk(p queuePanel) draw.Style {
	if s.panel == p {
		return inkFocus
	}
	return inkRule
}
