package tui

import (
	"time"

	"farol/metrics"
	"farol/tui/draw"
)

// drawQueuePeople stands in the agents' place on the public wall: how many,
// not who.
func drawQueuePeople(f *draw.Frame, r draw.Rect, q *metrics.Queue, v *view) {
	if r.H < 3 {
		return
	}
	p := q.People
	in := f.Box(r, draw.Rounded, inkRule, v.w("queue.people"), v.plural("agents.loggedin", p.LoggedIn, "N", v.count(p.LoggedIn)), "", inkText).Inset(2, 0)
	for _, row := range []struct {
		glyph, name draw.Safe
		n           int
	}{
		{"●", v.w("doing.busy"), p.Busy},
		{"◐", v.w("doing.wrapup"), p.Wrapup},
		{"○", v.w("doing.free"), p.Free},
		{"=", v.w("doing.out"), p.Out},
	} {
		var line draw.Rect
		line, in = in.Rows(1)
		if line.Empty() {
			return
		}
		f.TextIn(line, v.join(row.glyph, " ", row.name), inkText)
		f.Right(draw.Rect{X: line.X, Y: line.Y, W: min(26, line.W), H: 1}, v.count(row.n), inkText)
		if line.W > 32 && p.LoggedIn > 0 {
			bar := draw.Rect{X: line.X + 28, Y: line.Y, W: min(40, line.W-30), H: 1}
			drawShare(f, bar, float64(row.n)/float64(p.LoggedIn), inkText)
		}
	}
	_, in = in.Rows(1)
	for rest := v.w("queue.publicnote"); rest != "" && in.H > 0; {
		var line draw.Rect
		var text draw.Safe
		line, in = in.Rows(1)
		text, rest = wrap(rest, line.W)
		f.TextIn(line, text, inkDim)
	}
}

// drawCallers lists who waits, the longest first.
func (s queueScreen) drawCallers(f *draw.Frame, r draw.Rect, q *metrics.Queue, v *view) {
	if r.H < 3 {
		return
	}
	in := f.Box(r, draw.Rounded, s.panelInk(panelCallers), v.w("queue.callers"), v.count(q.Live.Waiting), v.w("queue.callersfoot"), inkText)
	if len(q.Callers) == 0 {
		f.TextIn(in.Inset(2, 0), v.w("queue.nobodywaits"), inkText)
		return
	}
	ids := callerIDs(q)
	rows, more := in, draw.Rect{}
	if len(ids) > in.H {
		more, rows = in.Rows(-1)
	}
	sh := sheet{f, v, fitColumns(callerColumns(v.public()), in.W), s.callers}
	if s.panel != panelCallers {
		sh.list.sel = selection{}
	}
	top, shown := 0, 0
	cell := func(i int, c placed) (draw.Safe, draw.Style) { return callerCell(q.Callers[i], c, v) }
	if s.panel == panelCallers {
		top, shown = sh.rows(rows, ids, cell)
	} else {
		for ; shown < min(rows.H, len(ids)); shown++ {
			i := shown
			sh.row(draw.Rect{X: rows.X, Y: rows.Y + shown, W: rows.W, H: 1}, false, func(c placed) (draw.Safe, draw.Style) { return cell(i, c) })
		}
	}
	if rest := len(ids) - top - shown; rest > 0 && !more.Empty() {
		last := q.Callers[top+shown-1]
		if v.stale() {
			f.TextIn(more.Inset(1, 0), v.say("list.more", "N", v.count(rest)), inkDim)
			return
		}
		f.TextIn(more.Inset(1, 0), v.plural("queue.morecallers", rest, "N", v.count(rest), "Wait", v.span(last.Wait)), inkDim)
	}
}

func callerColumns(public bool) []column {
	cols := []column{{id: "wait", w: 6, right: true}}
	if !public {
		cols = append(cols, column{id: "customer", w: 10, most: 20, rank: 1})
	}
	return append(cols, column{id: "attempt", w: 14, most: 24, rank: 2})
}

func callerCell(c metrics.Caller, p placed, v *view) (draw.Safe, draw.Style) {
	switch p.id {
	case "wait":
		st := inkText
		if v.stale() {
			return markDash, inkDim
		}
		if c.Lost {
			st |= draw.Bold
		}
		return v.span(c.Wait), st
	case "customer":
		return draw.Clean(c.Customer), inkText
	}
	switch {
	case c.Attempt > 1:
		return v.say("queue.attempt", "N", v.count(c.Attempt)), inkText
	case c.Savable:
		return v.w("queue.savable"), inkText
	default:
		return markDash, inkDim
	}
}

// drawCallersLine is who waits in one line, for small screens.
func drawCallersLine(f *draw.Frame, r draw.Rect, q *metrics.Queue, v *view) {
	if r.Empty() {
		return
	}
	text := v.say("queue.waitline", "N", v.count(q.Live.Waiting))
	if q.Live.Waiting == 0 {
		text = v.w("queue.nobodywaits")
	}
	for i, c := range q.Callers {
		if i == 3 || v.stale() {
			break
		}
		text = v.join(text, " · ", v.span(c.Wait))
		if !v.public() && c.Customer != "" {
			text = v.join(text, " ", draw.Clean(c.Customer))
		}
	}
	f.TextIn(r.Inset(1, 0), text, inkText)
}

// drawQueueChart is the queue's service level over the last hour.
func drawQueueChart(f *draw.Frame, r draw.Rect, q *metrics.Queue, v *view) {
	drawLevelChart(f, r, v, v.w("queue.hourchart"), aimed(q.Chart.SL5, q), &v.kept.hour)
}

func drawQueueDay(f *draw.Frame, r draw.Rect, q *metrics.Queue, v *view) {
	drawLevelChart(f, r, v, v.w("queue.daychart"), aimed(q.Chart.Day, q), &v.kept.day)
}

// aimed gives a series of service level the target of the queue's meta, when it
// has none of its own.
func aimed(s metrics.Series, q *metrics.Queue) metrics.Series {
	if m := q.SLMeta; !s.Target.Known && m != nil && m.Target.Op == metrics.AtLeast {
		s.Target = metrics.Measure{Value: m.Target.Low, Known: true}
	}
	return s
}

// drawLevelChart is a service level over time, in the band that matters: from
// 60 %, or lower where it went lower, to 100 %.
func drawLevelChart(f *draw.Frame, r draw.Rect, v *view, title draw.Safe, s metrics.Series, kept *draw.Kept[chartKey]) {
	if r.H < 4 || r.W < 20 {
		return
	}
	var right draw.Safe
	if s.Target.Known {
		right = v.say("queue.charttarget", "Target", v.bound(metrics.Ratio, s.Target.Value, true))
	}
	in := f.Box(r, draw.Rounded, inkRule, title, right, "", inkText).Inset(1, 0)
	v.drawRatioLine(f, in, s, kept)
}

// drawRatioLine draws a share over time with its scale, target and last value.
func (v *view) drawRatioLine(f *draw.Frame, r draw.Rect, s metrics.Series, kept *draw.Kept[chartKey]) {
	points, from := began(s)
	target := s.Target
	last := lastKnown(points)
	if !last.Known {
		f.TextIn(r, v.join(markNone, " ", v.w("queue.nochart")), inkNoData)
		return
	}
	low := floorOf(points)
	key := chartKey{
		sum: sum(points), blocks: v.blocks || v.ascii, words: v.words, from: from.Unix(), step: s.Step, min: low, target: target.Value, lines: target.Known,
	}
	kept.Draw(f, r, key, func(f *draw.Frame) { v.ratioLine(points, target, last, low, from, s.Step).Draw(f, f.Bounds()) })
}

func (v *view) ratioLine(points []metrics.Measure, target, last metrics.Measure, low float64, from time.Time, step time.Duration) draw.Line {
	line := draw.Line{
		Values: valuesOf(points), Scale: draw.Scale{Min: low, Max: 1}, Last: v.decimal(last.Value*100, 1, false),
		Blocks: v.blocks || v.ascii, Style: inkText, LastStyle: inkText | draw.Bold,
		Axes: draw.Axes{Style: inkDim, Y: []draw.Tick{{At: 1, Text: "100"}, {At: low, Text: v.decimal(low*100, 0, false)}}, X: v.hours(from, step, len(points))},
	}
	if target.Known {
		line.Guides = []draw.Guide{{At: target.Value, Style: inkDim}}
		line.Axes.Y = append(line.Axes.Y, draw.Tick{At: target.Value, Text: v.decimal(target.Value*100, 0, false)})
	}
	return line
}

func lastKnown(ms []metrics.Measure) metrics.Measure {
	for i := len(ms) - 1; i >= 0; i-- {
		if ms[i].Known {
			return ms[i]
		}
	}
	return metrics.Measure{}
}

// drawQueueArrivals is what arrived by interval beside what is usual.
func drawQueueArrivals(f *draw.Frame, r draw.Rect, s metrics.Series, v *view) {
	drawQueueCounts(f, r, v, v.w("queue.arrivals"), v.w("queue.arrivalsright"), s)
}

func drawQueueWaiting(f *draw.Frame, r draw.Rect, s metrics.Series, v *view) {
	drawQueueCounts(f, r, v, v.w("queue.waiting"), "", s)
}

func drawQueueCounts(f *draw.Frame, r draw.Rect, v *view, title, right draw.Safe, s metrics.Series) {
	if r.H < 4 || r.W < 20 {
		return
	}
	in := f.Box(r, draw.Rounded, inkRule, title, right, "", inkText).Inset(1, 0)
	last := lastKnown(s.Points)
	if !last.Known {
		f.TextIn(in, v.join(markNone, " ", v.w("queue.nochart")), inkNoData)
		return
	}
	most := 1.0
	for _, ms := range [][]metrics.Measure{s.Points, s.Usual, {s.Peak}} {
		for _, m := range ms {
			if m.Known {
				most = max(most, m.Value)
			}
		}
	}
	draw.Columns{
		Values: valuesOf(s.Points), Usual: valuesOf(s.Usual), Scale: draw.Scale{Min: 0, Max: most}, Style: inkText, UsualStyle: inkDim,
		Axes: draw.Axes{Style: inkDim, Y: []draw.Tick{{At: most, Text: v.decimal(most, 0, false)}, {At: 0, Text: "0"}}, X: v.hours(s.From, s.Step, len(s.Points))},
	}.Draw(f, in)
}
