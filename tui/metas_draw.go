package tui

import (
	"math"

	"farol/metrics"
	"farol/tui/draw"
)

// metasParts are the rectangles of the page of metas.
type metasParts struct{ counts, rule, head, table, more, detail draw.Rect }

func metasLayout(r draw.Rect, zoomed bool) metasParts {
	var p metasParts
	p.counts, r = r.Rows(1)
	if r.H > 14 {
		p.rule, r = r.Rows(1)
	}
	p.head, r = r.Rows(1)
	switch {
	case zoomed:
	case r.H >= 30:
		p.detail, r = r.Rows(-max(13, r.H*4/10))
	case r.H >= 14:
		p.detail, r = r.Rows(-4)
	}
	if r.H > 4 {
		p.more, r = r.Rows(-1)
	}
	p.table = r
	return p
}

// metaColumns are the columns of the list of metas in w columns: with room, the
// bars have it before what is told in the detail.
func metaColumns(w int) []column {
	budget, name := 14, 22
	switch {
	case w >= 115:
		budget = 30
	case w < 60:
		name = 9
	case w < 100:
		name = 14
	}
	return []column{
		{id: "mark", w: 1},
		{id: "meta", w: name, most: name + 12},
		{id: "where", w: 11, most: 20, rank: 1},
		{id: "period", w: 7, rank: 4},
		{id: "now", w: 7, right: true, number: true},
		{id: "goal", w: 8, right: true, rank: 2},
		{id: "slackm", w: 9, right: true, rank: 3},
		{id: "budget", w: budget, most: 60, rank: 4, pull: 1},
		{id: "in15", w: 9, rank: 5},
		{id: "from", w: 5, right: true, rank: 6},
		{id: "slots", w: 8, right: true, rank: 8},
		{id: "met", w: 9, right: true, rank: 9},
		{id: "owner", w: 10, most: 16, rank: 10},
	}
}

func (s metasScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	p := metasLayout(r, s.zoomed)
	metas, ids := s.rows(v)
	s.drawCounts(f, p.counts, v)
	if !p.rule.Empty() {
		f.HLine(p.rule.X, p.rule.Y, p.rule.W, '─', inkRule)
	}
	if len(metas) == 0 {
		none := draw.Rect{X: p.head.X, Y: p.head.Y, W: p.head.W, H: p.head.H + p.table.H}
		if len(v.snap.Metas) == 0 {
			f.TextIn(none.Inset(1, 0), v.join(markNone, " ", v.w("metas.none")), inkNoData)
			return
		}
		s.list.drawNoMatch(f, none, v, v.say("metas.nomatch", "N", v.count(len(v.snap.Metas)),
			"Text", draw.Cut(draw.Clean(s.list.filter.text), 40)), metaNames(v))
		return
	}
	sh := sheet{f, v, fitColumns(metaColumns(p.table.W), p.table.W), s.list}
	sh.head(p.head)
	top, at := s.list.sel.window(ids, p.table.H)
	for y := 0; y < p.table.H && top+y < len(ids); y++ {
		row := draw.Rect{X: p.table.X, Y: p.table.Y + y, W: p.table.W, H: 1}
		m := metas[top+y]
		sh.row(row, false, func(c placed) (draw.Safe, draw.Style) { return metaCell(m, c, v) })
		if top+y == at {
			sh.cursor(row)
		}
		s.drawBudget(sh, row, m, v)
	}
	if rest := len(ids) - top - p.table.H; rest > 0 {
		f.TextIn(p.more.Inset(3, 0), v.say("list.more", "N", v.count(rest)), inkDim)
	}
	drawMetaDetail(f, p.detail, metas[at], v)
}

func (s metasScreen) drawCounts(f *draw.Frame, r draw.Rect, v *view) {
	r = r.Inset(1, 0)
	c := v.snap.Counts
	order := v.say("list.order", "By", v.w(metaOrderKey(s.by)))
	if s.list.holding(v.now) {
		order = v.join(order, " ", v.w("list.held"))
	}
	if v.window != metrics.Today {
		order = v.join(v.say("metas.nowin", "Window", v.windowName()), "    ", order)
	}
	if s.list.editing || !s.list.filter.empty() {
		order = s.list.filterLine(v)
	}
	x := r.X
	put := func(t draw.Safe, st draw.Style) {
		x += f.TextIn(draw.Rect{X: x, Y: r.Y, W: max(0, r.X+r.W-x), H: 1}, t, st)
	}
	put(v.plural("metas.total", c.Total, "N", v.count(c.Total)), inkText)
	put(v.join("  ■ ", v.plural("metas.critical", c.Critical, "N", v.count(c.Critical))), v.inkIf(c.Critical > 0, metrics.Critical))
	put(v.join("   ▲ ", v.plural("metas.attention", c.Attention, "N", v.count(c.Attention))), v.inkIf(c.Attention > 0, metrics.Attention))
	put(v.join("   ● ", v.plural("metas.ok", c.OK, "N", v.count(c.OK))), inkText)
	if c.NoData > 0 {
		put(v.join("   ◌ ", v.plural("metas.nodata", c.NoData, "N", v.count(c.NoData))), inkNoData)
	}
	if c.Stale > 0 {
		put(v.join("   ≈ ", v.plural("metas.stale", c.Stale, "N", v.count(c.Stale))), inkNoData)
	}
	rest := draw.Rect{X: x + 2, Y: r.Y, W: max(0, r.X+r.W-x-2), H: 1}
	if draw.Width(order) <= rest.W {
		f.Right(rest, order, inkDim)
	}
}

func metaCell(m *metrics.Meta, c placed, v *view) (draw.Safe, draw.Style) {
	st := v.ink(m.Status)
	switch c.id {
	case "mark":
		return v.mark(m.Status), st
	case "meta":
		return v.fitting(c.width, v.metaName(m), v.metaBrief(m)), st
	case "where":
		return v.scopeName(m.Scope), inkText
	case "period":
		return v.w("metas.windows." + m.Window), inkDim
	case "now":
		if v.window != metrics.Today && !v.inWindow(m) {
			n := number{ref: m.Scope, kpi: m.KPI}
			return v.figure(m.KPI, n.measure(v, v.window)), inkText
		}
		return v.figure(m.KPI, m.Now), st
	case "goal":
		return v.target(m, false), inkText
	case "slackm":
		return v.slackCell(m), st
	case "in15":
		if v.stale() || !m.Trend.In15.Known {
			return "", inkText
		}
		return v.join(arrow(m.Trend.Way), " ", v.figure(m.KPI, m.Trend.In15)), inkText
	case "from":
		if m.Since.IsZero() || !v.alertable(m.Status) {
			return markDash, inkDim
		}
		return v.hm(m.Since), inkText
	case "slots":
		if m.Slots[1] == 0 {
			return markDash, inkDim
		}
		return v.say("metas.ofshort", "N", v.count(m.Slots[0]), "Of", v.count(m.Slots[1])), inkText
	case "met":
		if m.History[1] == 0 {
			return markDash, inkDim
		}
		return v.say("metas.ofshort", "N", v.count(m.History[0]), "Of", v.count(m.History[1])), inkText
	case "owner":
		return v.owner(m), inkDim
	default:
		return "", inkText
	}
}

// slackCell is the distance to the target with its sign; inside a band there
// is none worth a figure.
func (v *view) slackCell(m *metrics.Meta) draw.Safe {
	if m.Target.Op == metrics.Between && m.Slack.Known && m.Slack.Value >= 0 {
		return v.w("metas.inside")
	}
	return v.distance(m.KPI, m.Slack, true)
}

// budgetScale is where the bars end: 160 % of the error allowed, so that 100 %
// stands at the same place in every row and overspending has room.
const budgetScale = 1.6

// drawBudget draws the bar of what is spent, in its column.
func (s metasScreen) drawBudget(sh sheet, row draw.Rect, m *metrics.Meta, v *view) {
	for _, c := range sh.cols {
		if c.id != "budget" {
			continue
		}
		r := draw.Rect{X: row.X + c.x, Y: row.Y, W: c.width - 1, H: 1}
		if !m.Spent.Known || v.stale() {
			sh.f.Fill(r, ' ', inkText)
			sh.f.TextIn(r, v.mark(metrics.StatusNoData), inkNoData)
			return
		}
		st := v.ink(m.Status)
		draw.Bar{Value: m.Spent.Value / budgetScale, Mark: 1 / budgetScale, Fill: st &^ draw.Bold, Rest: inkDim, Edge: inkText}.Draw(sh.f, r)
	}
}

func metaOrderKey(by metrics.MetaOrder) string {
	switch by {
	case metrics.MetasByKPI:
		return "metas.by.kpi"
	case metrics.MetasByScope:
		return "metas.by.where"
	case metrics.MetasBySpent:
		return "metas.by.spent"
	default:
		return "metas.by.risk"
	}
}

// drawMetaDetail is the selected meta: its definition, what it takes to close
// the period inside, and how it went today.
func drawMetaDetail(f *draw.Frame, r draw.Rect, m *metrics.Meta, v *view) {
	if r.Empty() {
		return
	}
	title := v.join(v.metaName(m), " · ", v.scopeName(m.Scope), " · ", v.w("metas.windows."+m.Window))
	f.Rule(r, '─', inkRule, title, v.w("metas.foot"), inkText|draw.Bold)
	_, r = r.Rows(1)
	r = r.Inset(2, 0)
	w := 12
	lines := metaLines(m, v, r.W-w, r.H > 5)
	for i, l := range lines {
		var more draw.Safe
		if r.H > len(lines)-i {
			l.text, more = wrap(l.text, r.W-w)
		}
		r = drawLabelled(f, r, l, w)
		if more != "" {
			r = drawLabelled(f, r, labelled{"", more}, w)
		}
	}
	_, r = r.Rows(1)
	if r.H < 4 {
		return
	}
	if m.KPI.Info().Unit == metrics.Ratio {
		target := metrics.Measure{Value: m.Target.Low, Known: m.Target.Op != metrics.AtMost}
		v.drawMetaShare(f, r, m, target)
		return
	}
	v.drawMetaSeries(f, r, m)
}

// metaLines are the meta in words, in w columns; long adds what explains it.
func metaLines(m *metrics.Meta, v *view, w int, long bool) []labelled {
	def := v.w(lensKey(m.KPI) + ".formula")
	if m.Now.Den > 0 {
		def = v.join(def, " · ", v.say("metas.sofar", "Fraction", v.numAndDen(m.KPI, m.Now)))
	}
	if m.Threshold > 0 {
		def = v.join(def, " · ", v.say("metas.threshold", "T", v.ago(m.Threshold)))
	}
	out := []labelled{{v.w("metas.definition"), def}, {v.w("metas.toclose"), v.toClose(m, w)}}
	if !long {
		return out
	}
	why := draw.Clean(m.Why)
	if m.Preset != "" {
		why = v.join(why, " (", draw.Clean(m.Preset), ")")
	}
	if o := v.owner(m); o != "" {
		why = v.join(why, " · ", v.say("metas.owner", "Name", o))
	}
	if m.History[1] > 0 {
		why = v.join(why, " · ", v.say("metas.history", "N", v.count(m.History[0]), "Of", v.count(m.History[1])))
	}
	if why != "" {
		out = append(out, labelled{v.w("metas.why"), why})
	}
	return out
}

// owner is who answers for a meta; the public wall names nobody.
func (v *view) owner(m *metrics.Meta) draw.Safe {
	if v.public() {
		return ""
	}
	return draw.Clean(m.Owner)
}

// needed is what the contacts still expected must do, or that they decide
// nothing any more: an impossible share would be no advice.
func (v *view) needed(m *metrics.Meta) draw.Safe {
	target, n := v.target(m, false), v.count(int(math.Round(m.Need.Den)))
	switch {
	case m.NeedState == metrics.NeedTooMuch:
		return v.say("metas.toomuch", "Target", target, "N", n, "Best", v.figure(m.KPI, m.Best))
	case m.NeedState == metrics.NeedNothing:
		return v.say("metas.nothing", "Target", target, "N", n, "Worst", v.figure(m.KPI, m.Worst))
	case m.KPI.Info().Unit != metrics.Ratio || m.Need.Den <= 0:
		return v.say("metas.needvalue", "Need", v.figure(m.KPI, m.Need), "Target", target)
	case m.Target.Op == metrics.AtMost:
		return v.say("metas.needmost", "Need", v.bound(metrics.Ratio, m.Need.Value, true), "N", n, "Target", target)
	default:
		return v.say("metas.need", "Need", v.bound(metrics.Ratio, m.Need.Value, true), "N", n, "Target", target)
	}
}

// toClose is what the rest of the period must be for the meta to be met, in w
// columns.
func (v *view) toClose(m *metrics.Meta, w int) draw.Safe {
	var out draw.Safe
	switch {
	case m.Status == metrics.Secured:
		out = v.w("metas.secured")
	case m.Status == metrics.Missed:
		out = v.say("metas.lost", "Best", v.figure(m.KPI, m.Best))
	case m.Need.Known:
		out = v.needed(m)
	case m.Window == "15m" || m.Window == "1h":
		out = v.say("metas.moving", "Window", v.w("metas.windows."+m.Window))
	case m.KPI.Info().Unit == metrics.Ratio:
		out = v.w("metas.noneed")
	default:
		out = v.target(m, false)
	}
	if m.Slots[1] > 0 {
		out = v.joinFit([]draw.Safe{out, v.say("metas.slots", "N", v.count(m.Slots[0]), "Of", v.count(m.Slots[1]))}, w)
	}
	return out
}
