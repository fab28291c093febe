package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// drawLoading is the body until the day has been read: the frame stands, and
// the numbers arrive together.
func drawLoading(f *draw.Frame, r draw.Rect, v *view) {
	p := v.snap.Loading
	if r.Empty() || p == nil {
		return
	}
	small := sizeOf(v.width, v.height) == size40
	if !small && r.H > 4 {
		rule, rest := r.Rows(1)
		f.HLine(rule.X, rule.Y, rule.W, '─', inkRule)
		_, r = rest.Rows(1)
	}
	line, r := r.Rows(1)
	line = line.Inset(1, 0)
	x := line.X + f.TextIn(line, v.w("states.reading"), inkText) + 3
	if p.Total > 0 && !small {
		bar := draw.Rect{X: x, Y: line.Y, W: 36, H: 1}
		drawShare(f, bar, float64(p.Done)/float64(p.Total), inkText)
		x += bar.W + 2
		f.TextIn(draw.Rect{X: x, Y: line.Y, W: line.X + line.W - x, H: 1}, v.say("states.progress",
			"Pct", v.decimal(100*float64(p.Done)/float64(p.Total), 0, false),
			"Done", v.count(int(p.Done)), "Total", v.count(int(p.Total))), inkText)
	}
	line, _ = r.Rows(1)
	f.TextIn(line.Inset(1, 0), v.w("states.whole"), inkDim)
}

// drawShare fills a bar in proportion: what share of a whole is done.
func drawShare(f *draw.Frame, r draw.Rect, share float64, st draw.Style) {
	n := min(max(int(share*float64(r.W)+0.5), 0), r.W)
	f.HLine(r.X, r.Y, n, '█', st)
	f.HLine(r.X+n, r.Y, r.W-n, '░', inkDim)
}

// drawSilent is the banner that takes the risks' place when nobody refreshes
// the figures: risks cannot be trusted then.
func drawSilent(f *draw.Frame, r draw.Rect, v *view) {
	fr := v.snap.Fresh
	title := v.silentTitle()
	if v.stuck > 0 {
		fr = metrics.Freshness{AsOf: v.snap.At}
	}
	var right draw.Safe
	if fr.Retry > 0 || fr.Try > 0 {
		right = v.say("states.retry", "N", v.count(fr.Try), "In", v.ago(fr.Retry))
	}
	in := f.Box(r, draw.Heavy, inkAttention|draw.Bold, title, right, "", inkAttention|draw.Bold).Inset(1, 0)
	lines := []draw.Safe{v.say("states.frozenat", "At", v.hms(fr.AsOf)), v.w("states.reader")}
	if fr.Error != "" {
		lines = append(lines, v.say("states.why", "Source", draw.Clean(fr.Source), "Why", draw.Clean(fr.Error)))
	}
	for _, l := range lines {
		var line draw.Rect
		line, in = in.Rows(1)
		f.TextIn(line, l, inkText)
	}
}

// silentTitle says which end is silent: the source, or what reads it.
func (v *view) silentTitle() draw.Safe {
	if v.stuck > 0 {
		return v.say("states.stuck", "Age", v.ago(v.stuck))
	}
	return v.say("states.silent", "Age", v.ago(v.snap.Fresh.Age))
}

// drawTooSmall still says what burns where nothing else fits.
func drawTooSmall(f *draw.Frame, r draw.Rect, v *view) {
	lines := make([]draw.Safe, 0, 4)
	st := inkText
	switch {
	case v.snap.Loading != nil:
		lines = append(lines, v.w("states.reading"))
	case v.silent():
		lines = append(lines, v.silentTitle())
	case len(v.snap.Risks) > 0:
		k := v.snap.Risks[0]
		st = v.ink(k.Status)
		text := v.join(v.mark(k.Status), " ", draw.Clean(k.Scope.Name))
		if len(k.Metas) > 0 {
			text = v.join(text, " ", v.metaNow(k.Metas[0], false))
		}
		lines = append(lines, text)
	default:
		lines = append(lines, v.join("● ", v.w("states.calm")))
	}
	lines = append(lines,
		v.w("states.need"),
		v.say("states.have", "W", v.count(v.width), "H", v.count(v.height)),
		v.w("states.onlyq"))
	for i, l := range lines {
		var line draw.Rect
		line, r = r.Rows(1)
		if i == 1 {
			st = inkDim
		}
		f.TextIn(line, l, st)
	}
}
