package tui

import (
	"math"

	"farol/metrics"
	"farol/tui/draw"
)

// figureTile is one figure in big digits with what stands by it: a number
// never stands alone.
type figureTile struct {
	label   draw.Safe
	status  metrics.Status
	counted bool // it is a KPI: the lens and the contacts can open it
	kpi     metrics.KPI
	meta    *metrics.Meta
	own     bool // now is of the meta's own window, not the session's
	window  metrics.Window
	now     metrics.Measure
	digits  draw.Safe // instead of now
	text    draw.Safe // instead of digits, where a number has no place
	first   draw.Safe // target
	tight   draw.Safe // first where it has no room; empty: there is no shorter way
	second  draw.Safe // distance
	spark   []metrics.Measure
}

// queueTileCount is how many figures a queue's page has.
const queueTileCount = 5

// queueTiles are the figures of a queue: service level, abandonment, wait,
// handle time, and who waits now.
func queueTiles(q *metrics.Queue, v *view) []figureTile {
	waiting := figureTile{
		label: v.kpiHead(metrics.WaitingNow), status: metrics.NoTarget, counted: true, kpi: metrics.WaitingNow,
		digits: v.count(q.Live.Waiting), spark: q.Chart.Waiting.Points,
	}
	switch {
	case q.Live.Waiting == 0:
		waiting.first = v.w("queue.nobodywaits")
	case !v.stale():
		waiting.first = v.say("queue.longest", "Wait", v.span(q.Live.Longest))
	}
	if q.Live.Over > 0 {
		waiting.second = v.plural("queue.over", q.Live.Over, "N", v.count(q.Live.Over))
	}
	return []figureTile{
		queueTile(q, v, q.SLMeta, metrics.SLStrictNoShort, q.Chart.SL5.Points),
		queueTile(q, v, q.AbandonMeta, metrics.AbandonRateNoShort, q.Chart.Abandon),
		queueTile(q, v, q.WaitMeta, metrics.WaitAvg, q.Chart.Wait),
		queueTile(q, v, q.AHTMeta, metrics.AHT, q.Chart.AHT),
		waiting,
	}
}

// queueTile is a figure of the window with its meta, if it has one.
func queueTile(q *metrics.Queue, v *view, m *metrics.Meta, k metrics.KPI, spark []metrics.Measure) figureTile {
	t := figureTile{status: metrics.NoTarget, counted: true, kpi: k, meta: m, spark: spark}
	if m != nil {
		t.kpi, t.status, t.first = m.KPI, m.Status, v.say("queue.target", "Target", v.target(m, false))
	} else {
		t.first = v.w("queue.notarget")
	}
	t.label, t.now = v.kpiHead(t.kpi), q.Figure(v.window, t.kpi)
	if m != nil && !v.inWindow(m) && v.window == metrics.Today {
		// nobody chose a window: the figure is the one that is judged
		if t.window, t.own = windowOf(m); t.own {
			t.now = m.Now
			said := v.w("metas.windows." + m.Window)
			t.first, t.tight = v.join(t.first, " · ", said), v.join(v.target(m, true), " · ", said)
		}
	}
	switch {
	case m != nil && !v.inWindow(m) && !t.own:
		// the status is of another window than the figure: it is said, and the
		// figure stays plain
		t.status = metrics.NoTarget
		t.second = v.join(v.mark(m.Status), " ", v.w("metas.windows."+m.Window), ": ", v.figure(m.KPI, m.Now))
	case m != nil && v.alertable(m.Status) && k != metrics.AbandonRateNoShort:
		t.second = v.slackWords(m)
	case t.now.Known && t.now.Den > 0 && k == metrics.AbandonRateNoShort:
		t.second = v.ofCount(t.now)
	case m != nil:
		t.second = v.slackWords(m)
	}
	return t
}

// inWindow reports whether a meta is for the window that is shown.
func (v *view) inWindow(m *metrics.Meta) bool {
	w, ok := windowOf(m)
	return ok && w == v.window
}

// ofCount is a ratio as the count it is: "17 de 207".
func (v *view) ofCount(m metrics.Measure) draw.Safe {
	return v.say("queue.of", "Num", v.count(int(math.Round(m.Num))), "Den", v.count(int(math.Round(m.Den))))
}

// slackWords is the distance to a target: "folga 2,3 pp", "18,6 pp abaixo".
func (v *view) slackWords(m *metrics.Meta) draw.Safe {
	if !m.Slack.Known {
		return ""
	}
	if m.Slack.Value >= 0 {
		return v.say("queue.slack", "Dist", v.distance(m.KPI, m.Slack, false))
	}
	abs := metrics.Measure{Value: math.Abs(m.Slack.Value), Known: true}
	switch m.Target.Op {
	case metrics.AtLeast:
		return v.say("queue.below", "Dist", v.distance(m.KPI, abs, false))
	case metrics.AtMost:
		return v.say("queue.above", "Dist", v.distance(m.KPI, abs, false))
	default:
		return v.say("queue.outside", "Dist", v.distance(m.KPI, abs, false))
	}
}

// metaID names a meta for the lens; empty for none.
func metaID(m *metrics.Meta) string {
	if m == nil {
		return ""
	}
	return m.ID
}

// tileDigits is the figure to be drawn big. Decimals are for sizes that write
// them small beside it.
func (t figureTile) tileDigits(v *view, z draw.Size) draw.Safe {
	if t.digits != "" {
		return t.digits
	}
	if z == draw.Small && t.kpi.Info().Unit == metrics.Ratio && t.now.Known {
		return v.join(v.decimal(t.now.Value*100, 0, false), "%")
	}
	return v.figure(t.kpi, t.now)
}

// tilesHeight is how many rows tiles take at a step of detail, with so many
// lines under the digits at most.
func tilesHeight(step size, lines int) int {
	switch step {
	case sizeNone, size40:
		return 3
	case size80:
		return 1 + draw.Small.Rows() + min(lines, 1)
	default:
		return 1 + digitsFor(step).Rows() + lines
	}
}

// drawTiles draws tiles side by side at the top of r and returns the rest.
// focus is the tile in focus, from 1.
func drawTiles(f *draw.Frame, r draw.Rect, v *view, tiles []figureTile, focus int) draw.Rect {
	step := sizeOf(v.width, v.height)
	area, rest := r.Rows(tilesHeight(step, tileLines(tiles)))
	if area.Empty() || len(tiles) == 0 {
		return rest
	}
	if step <= size40 {
		drawTileWords(f, area, v, tiles, focus)
		return rest
	}
	z := digitsFor(step)
	for i, t := range tiles {
		x0, x1 := area.W*i/len(tiles), area.W*(i+1)/len(tiles)
		cell := draw.Rect{X: area.X + x0, Y: area.Y, W: x1 - x0, H: area.H}
		if i > 0 && step > size80 {
			f.VLine(cell.X, cell.Y, cell.H, '┊', inkRule)
		}
		_, cell = cell.Cols(1)
		if step > size80 && i > 0 {
			_, cell = cell.Cols(1)
		}
		t.draw(f, cell, v, z, i+1 == focus)
	}
	return rest
}

// tileLines is how many lines the tiles have under their digits.
func tileLines(tiles []figureTile) int {
	n := 0
	for _, t := range tiles {
		switch {
		case len(t.spark) > 0:
			return 3
		case t.second != "":
			n = 2
		case t.first != "":
			n = max(n, 1)
		}
	}
	return n
}

func digitsFor(step size) draw.Size {
	switch step {
	case size320:
		return draw.Huge
	case size200:
		return draw.Large
	case size120:
		return draw.Medium
	default:
		return draw.Small
	}
}

func (t figureTile) draw(f *draw.Frame, r draw.Rect, v *view, z draw.Size, focus bool) {
	label, r := r.Rows(1)
	st := v.ink(t.status)
	name := t.label
	if z == draw.Small && t.counted {
		name = v.kpiTag(t.kpi)
	}
	f.TextIn(label, v.join(v.mark(t.status), " ", name), st)
	if focus {
		f.Restyle(label, draw.Bold, inkFocus|draw.Reverse)
	}
	digits := t.tileDigits(v, z)
	for z > draw.Small && draw.DigitsWidth(digits, z) > r.W {
		z--
		digits = t.tileDigits(v, z)
	}
	big, r := r.Rows(digitsFor(sizeOf(v.width, v.height)).Rows())
	switch {
	case t.text != "":
		f.TextIn(big, t.text, inkDim)
	case draw.DigitsWidth(digits, z) > r.W || digits == markNone || big.H < z.Rows():
		f.TextIn(big, digits, st|draw.Bold)
	default:
		draw.Digits(f, big.X, big.Y, digits, z, st)
	}
	first := t.first
	if t.tight != "" {
		first = v.fitting(r.W, t.first, t.tight)
	}
	for _, s := range []draw.Safe{first, t.second} {
		var line draw.Rect
		line, r = r.Rows(1)
		f.TextIn(line, s, inkText)
	}
	if len(t.spark) > 0 && r.W > 2 {
		r.W -= 2
		drawSpark(f, r, t.spark, st&^draw.Bold)
	}
}

// drawTileWords draws tiles as words where digits have no room.
func drawTileWords(f *draw.Frame, r draw.Rect, v *view, tiles []figureTile, focus int) {
	half := r.W / 2
	for i, t := range tiles {
		cell := draw.Rect{X: r.X + (i%2)*half, Y: r.Y + i/2, W: half - 1, H: 1}
		if i/2 >= r.H {
			return
		}
		name := t.label
		if t.counted {
			name = v.kpiShort(t.kpi)
		}
		value := t.text
		if value == "" {
			value = t.tileDigits(v, draw.Medium)
		}
		st := v.ink(t.status)
		f.TextIn(cell, v.join(v.mark(t.status), " ", name, " ", value), st)
		if i+1 == focus {
			f.Restyle(cell, draw.Bold, inkFocus|draw.Reverse)
		}
	}
}

// valuesOf are measures as a chart takes them: unknown ones are gaps.
func valuesOf(ms []metrics.Measure) []float64 {
	out := make([]float64, len(ms))
	for i, m := range ms {
		out[i] = math.NaN()
		if m.Known {
			out[i] = m.Value
		}
	}
	return out
}

// drawSpark draws measures as blocks.
func drawSpark(f *draw.Frame, r draw.Rect, ms []metrics.Measure, st draw.Style) {
	draw.Spark{Values: valuesOf(ms), Style: st}.Draw(f, r)
}
