package tui

import (
	"math"
	"time"

	"farol/metrics"
	"farol/tui/draw"
)

// drawTiles draws the wall's headline figures.
func (s wallScreen) drawTiles(f *draw.Frame, p wallPlan, v *view) {
	for i := range p.tiles {
		if i >= len(v.snap.Tiles) {
			break
		}
		r := p.tiles[i]
		if p.size == size120 && i < len(p.tiles)-1 {
			f.VLine(r.X+r.W, r.Y, r.H, '┊', inkRule)
		}
		h := v.shown(i)
		drawTile(f, r, v, &h, p.size, s.onTile && s.tile == i)
	}
}

// drawTile draws one figure with its status, target, distance and direction.
// A critical tile is filled: it is seen from where words are not.
func drawTile(f *draw.Frame, r draw.Rect, v *view, t *shownTile, s size, focused bool) {
	if r.Empty() {
		return
	}
	k := tileInks(v, &t.Tile)
	if s >= size200 {
		r = boxTile(f, r, v, t, k, focused)
	} else if k.filled {
		f.Fill(r, ' ', inkTile)
	}
	switch s {
	case size80:
		drawTile80(f, r, v, t, k, focused)
	case size120:
		drawTile120(f, r, v, t, k, focused)
	default:
		drawTileLarge(f, r, v, t, k, s)
	}
}

// tileInk is how the parts of a tile look.
type tileInk struct {
	filled            bool
	mark, digits, dim draw.Style
	text              draw.Style
}

func tileInks(v *view, t *metrics.Tile) tileInk {
	if v.alarming(t.Status) {
		return tileInk{true, inkTile | draw.Bold, inkTile, inkTile, inkTile}
	}
	k := tileInk{false, v.ink(t.Status), inkText, inkDim, inkText}
	switch v.status(t.Status) {
	case metrics.Attention:
		k.digits = inkAttention
	case metrics.Stale, metrics.StatusNoData:
		k.digits, k.text = inkNoData, inkDim
	}
	if v.stale() {
		k.mark, k.digits, k.text = inkNoData, inkNoData, inkDim
	}
	return k
}

// tileMark is the tile's glyph: ≈ on every tile once the figures are old.
func (v *view) tileMark(t *metrics.Tile) draw.Safe {
	if v.stale() {
		return "≈"
	}
	return v.mark(t.Status)
}

// slLabel is "80/20": the target and the threshold it is about.
func (v *view) slLabel(m *metrics.Meta) draw.Safe {
	if m == nil || m.Threshold == 0 || m.Target.Op != metrics.AtLeast {
		return ""
	}
	return v.join(" ", v.bound(metrics.Ratio, m.Target.Low, false), "/", v.count(int(m.Threshold/time.Second)))
}

func drawTile80(f *draw.Frame, r draw.Rect, v *view, t *shownTile, k tileInk, focused bool) {
	line, r := r.Rows(1)
	l := runIn(f, line).put(v.tileMark(&t.Tile), k.mark).skip(1)
	head := v.kpiTag(t.KPI)
	if t.KPI.Info().ID == "service_level" {
		head = v.join(head, v.slLabel(t.Meta))
	}
	l.put(draw.Cut(head, line.W-3), focusInk(k.text, focused))
	digits, r := r.Rows(3)
	drawFigure(f, digits, v, &t.Tile, draw.Small, k)
	line, r = r.Rows(1)
	f.TextIn(short(line), v.tileTarget(t, true), k.dim)
	line, _ = r.Rows(1)
	if v.stale() || !t.Now.Known {
		return
	}
	spark, _ := line.Cols(8)
	draw.Spark{Values: v.values(t.Spark), Style: k.dim}.Draw(f, spark)
	if !t.chosen {
		f.Text(line.X+9, line.Y, arrow(t.Trend.Way), k.text)
	}
}

// short leaves a column free to the right of a text.
func short(r draw.Rect) draw.Rect { r.W = max(0, r.W-1); return r }

func focusInk(st draw.Style, focused bool) draw.Style {
	if focused {
		return inkFocus | draw.Bold
	}
	return st
}

func drawTile120(f *draw.Frame, r draw.Rect, v *view, t *shownTile, k tileInk, focused bool) {
	r.X, r.W = r.X+1, r.W-1
	line, r := r.Rows(1)
	runIn(f, line).put(v.tileMark(&t.Tile), k.mark).skip(1).put(v.kpiHead(t.KPI), focusInk(k.text, focused))
	digits, r := r.Rows(4)
	drawFigure(f, digits, v, &t.Tile, draw.Medium, k)
	line, r = r.Rows(1)
	f.TextIn(line, v.tileTarget(t, false), k.dim)
	line, r = r.Rows(1)
	f.TextIn(line, v.tileBeside(t), k.text)
	if v.stale() || !t.Now.Known {
		return
	}
	line, r = r.Rows(1)
	spark, _ := line.Cols(17)
	draw.Spark{Values: v.values(t.Spark), Style: k.dim}.Draw(f, spark)
	line, _ = r.Rows(1)
	f.TextIn(line, v.tileTrend(t, false), k.text)
}

// boxTile draws the border of a large tile and returns its inside.
func boxTile(f *draw.Frame, r draw.Rect, v *view, t *shownTile, k tileInk, focused bool) draw.Rect {
	title := v.join(v.tileMark(&t.Tile), " ", v.tileHead(&t.Tile), " ", v.slLabel(t.Meta))
	border, st, titleInk := draw.Rounded, inkRule, k.mark
	if k.filled {
		border, st, titleInk = draw.Heavy, inkBorder, inkCritical|draw.Bold
	}
	if v.status(t.Status) <= metrics.NoTarget {
		titleInk = inkText
	}
	if focused {
		st, titleInk = inkFocus, inkFocus|draw.Bold
	}
	in := f.Box(r, border, st, trimRight(title), "", "", titleInk)
	if k.filled {
		f.Fill(in, ' ', inkTile)
	}
	return in.Inset(2, 0)
}

func trimRight(s draw.Safe) draw.Safe {
	for len(s) > 0 && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return s
}

// tileHead is the heading of a large tile.
func (v *view) tileHead(t *metrics.Tile) draw.Safe {
	if t.KPI == metrics.WaitingNow {
		return v.w("wall.waitingnow")
	}
	return v.kpiHead(t.KPI)
}

func drawTileLarge(f *draw.Frame, r draw.Rect, v *view, t *shownTile, k tileInk, s size) {
	z, sparks := draw.Large, 1
	if s == size320 {
		z, sparks = draw.Huge, 2
	}
	if r.H >= z.Rows()+sparks+3 {
		_, r = r.Rows(1)
	}
	digits, r := r.Rows(z.Rows())
	digits.W++ // digits may go nearer to the border than words
	drawFigure(f, digits, v, &t.Tile, z, k)
	if s == size320 {
		_, r = r.Rows(1)
	}
	line, r := r.Rows(1)
	f.TextIn(line, v.tileTarget(t, false), k.dim)
	f.Right(line, v.tileBeside(t), k.text)
	if v.stale() || !t.Now.Known {
		return
	}
	spark, r := r.Rows(sparks)
	draw.Spark{Values: v.values(t.Spark), Style: k.dim}.Draw(f, spark)
	line, _ = r.Rows(1)
	f.TextIn(line, v.tileTrend(t, true), k.text)
}

// drawFigure draws the number as big as it fits: first in smaller digits, then
// without what weighs least, and as plain text only when nothing helps.
func drawFigure(f *draw.Frame, r draw.Rect, v *view, t *metrics.Tile, z draw.Size, k tileInk) {
	if !t.Now.Known {
		_, r = r.Rows(r.H - 1)
		f.TextIn(r, v.join(markNone, " ", v.w("status.nodata")), inkNoData)
		return
	}
	for size := z; ; size-- {
		if text := v.bigText(t.KPI, t.Now, size); draw.DigitsWidth(text, size) <= r.W {
			_, r = r.Rows((r.H - size.Rows()) / 2)
			draw.Digits(f, r.X, r.Y, text, size, k.digits)
			return
		}
		if size == draw.Small {
			break
		}
	}
	if text := v.coarse(t.KPI, t.Now); draw.DigitsWidth(text, draw.Small) <= r.W {
		draw.Digits(f, r.X, r.Y, text, draw.Small, k.digits)
		return
	}
	_, r = r.Rows((r.H - 1) / 2)
	f.TextIn(r, v.figure(t.KPI, t.Now), k.digits|draw.Bold)
}

// bigText is a figure for big digits. The smallest have no decimals from ten
// per cent on.
func (v *view) bigText(k metrics.KPI, m metrics.Measure, z draw.Size) draw.Safe {
	if z == draw.Small && k.Info().Unit == metrics.Ratio && m.Known {
		if math.Abs(m.Value) >= .0995 {
			return v.join(v.decimal(m.Value*100, 0, false), "%")
		}
	}
	return v.figure(k, m)
}

// coarse is a figure with less in it: hours or minutes alone, whole per cents.
func (v *view) coarse(k metrics.KPI, m metrics.Measure) draw.Safe {
	switch k.Info().Unit {
	case metrics.Seconds:
		return v.agoTight(seconds(m.Value))
	case metrics.Ratio:
		return v.join(v.decimal(m.Value*100, 0, false), "%")
	default:
		return v.figure(k, m)
	}
}

// tileTarget is the line under the digits: the target, or for the waiting the
// longest of them.
func (v *view) tileTarget(t *shownTile, tight bool) draw.Safe {
	switch {
	case t.KPI == metrics.WaitingNow:
		if t.Longest == 0 {
			if tight {
				return v.w("wall.smallempty")
			}
			return v.w("wall.nobodywaits")
		}
		if tight {
			return v.say("wall.longest", "Dur", v.span(t.Longest))
		}
		return v.say("wall.longestwait", "Dur", v.span(t.Longest))
	case t.chosen && tight:
		return v.windowName()
	case t.chosen:
		return v.say("list.window", "Window", v.windowName())
	case t.Meta == nil:
		return v.w("status.notarget")
	case tight && v.windowSaid(t) != "":
		return v.join(v.target(t.Meta, true), " · ", v.windowSaid(t))
	case v.windowSaid(t) != "":
		return v.join(v.say("wall.target", "Target", v.target(t.Meta, false)), " · ", v.windowSaid(t))
	default:
		return v.say("wall.target", "Target", v.target(t.Meta, tight))
	}
}

// tileBeside is what stands by the target: the distance to it or, of a figure
// of another window, the one that is judged.
func (v *view) tileBeside(t *shownTile) draw.Safe {
	switch {
	case !t.chosen:
		return v.tileSlack(&t.Tile)
	case t.Meta == nil:
		return ""
	default:
		return v.judged(t.Meta)
	}
}

// tileSlack is how far the figure is from its target, or where most wait.
func (v *view) tileSlack(t *metrics.Tile) draw.Safe {
	switch {
	case t.KPI == metrics.WaitingNow:
		if t.Where == "" {
			return ""
		}
		return v.say("wall.where", "N", v.count(t.WhereN), "Queue", draw.Cut(draw.Clean(t.Where), 16))
	case t.Meta == nil || !t.Now.Known:
		return ""
	case !t.Meta.Slack.Known:
		return ""
	case t.Meta.Slack.Value < 0:
		back := t.Meta.Slack
		back.Value = -back.Value
		return v.say("wall.beyond", "N", v.distance(t.KPI, back, false))
	default:
		return v.say("wall.slack", "N", v.distance(t.KPI, t.Meta.Slack, false))
	}
}

// tileTrend says where the figure goes.
func (v *view) tileTrend(t *shownTile, long bool) draw.Safe {
	tr := t.Trend
	switch {
	case t.chosen:
		return "" // the trend is of the figure that is judged
	case tr.Way == 0:
		return v.w("trend.steady")
	case t.KPI == metrics.WaitingNow && tr.Was15.Known && !tr.At15.IsZero():
		return v.say("trend.was", "Way", arrow(tr.Way), "N", v.figure(t.KPI, tr.Was15), "At", v.hm(v.snap.At.Add(-15*time.Minute)))
	case !tr.Crosses.IsZero() && long:
		return v.say("trend.crosseslong", "Way", arrow(tr.Way), "At", v.hm(tr.Crosses))
	case !tr.Crosses.IsZero():
		return v.say("trend.crosses", "Way", arrow(tr.Way), "At", v.hm(tr.Crosses))
	default:
		return v.say("trend.slowly", "Way", arrow(tr.Way))
	}
}

// values are the measures of a chart, unknown ones as gaps. The slice is the
// frame's and is overwritten by the next call.
func (v *view) values(ms []metrics.Measure) []float64 {
	v.floats = v.floats[:0]
	for _, m := range ms {
		if m.Known {
			v.floats = append(v.floats, m.Value)
		} else {
			v.floats = append(v.floats, math.NaN())
		}
	}
	return v.floats
}
