package tui

import (
	"math"
	"time"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// chartKey is everything that the drawing of a line chart depends on.
type chartKey struct {
	sum         uint64
	blocks      bool
	lines       bool
	stale       bool
	words       *words
	from        int64
	step        time.Duration
	min, target float64
	kpi         metrics.KPI
}

// keptCharts are the line charts as last drawn: a line of Braille costs hundreds
// of times a row of text, and changes once in minutes.
type keptCharts struct {
	level                 draw.Kept[chartKey] // of the wall
	hour, day, share, any draw.Kept[chartKey] // of a queue, and of a meta
}

// sum fingerprints points.
func sum(ms []metrics.Measure) uint64 {
	h := uint64(len(ms)) + 14695981039346656037
	for _, m := range ms {
		b := math.Float64bits(m.Value)
		if !m.Known {
			b = 0x7ff8dead
		}
		h = (h ^ b) * 1099511628211
	}
	return h
}

// drawCharts draws what the size has of service level, arrivals, waiting, metas
// of the day and states of people.
func drawCharts(f *draw.Frame, p wallPlan, v *view) {
	if p.level.H > 2 {
		drawLevel(f, p, v)
	}
	if p.size >= size200 {
		drawArrivals(f, p, v)
		drawWaiting(f, p, v)
	}
	if p.size == size320 {
		drawDayMetas(f, p.metas, v)
		drawDayStates(f, p.states, v)
	}
}

// panel draws the frame of a chart: a rule at the middle size, a box above.
func panel(f *draw.Frame, r draw.Rect, s size, title, right draw.Safe) draw.Rect {
	if s < size200 {
		line, r := r.Rows(1)
		f.Rule(line, '─', inkRule, title, right, inkText|draw.Bold)
		return r
	}
	r = f.Box(r, draw.Rounded, inkRule, title, right, "", inkText|draw.Bold).Inset(1, 0)
	if r.H > 5 {
		_, r = r.Rows(1)
	}
	return r
}

// drawLevel is the site's service level today, by 5 minutes, with its target.
func drawLevel(f *draw.Frame, p wallPlan, v *view) {
	c := v.snap.Charts.SL5
	if m := v.siteMeta(metrics.SLStrictNoShort); m != nil && !c.Target.Known && m.Target.Op == metrics.AtLeast {
		c.Target = metrics.Measure{Value: m.Target.Low, Known: true}
	}
	var right draw.Safe
	if c.Target.Known {
		right = v.say("wall.charttarget", "Target", v.bound(metrics.Ratio, c.Target.Value, true))
	}
	r := panel(f, p.level, p.size, v.w("wall.leveltoday"), right)
	points, from := began(c)
	if len(points) == 0 {
		f.Center(r, v.w("wall.nochart"), inkNoData)
		return
	}
	low := floorOf(points)
	key := chartKey{
		sum: sum(points), blocks: v.blocks || p.size < size120, lines: p.size == size120, stale: v.stale(), words: v.words,
		from: from.Unix(), step: c.Step, min: low, target: c.Target.Value,
	}
	v.kept.level.Draw(f, r, key, func(f *draw.Frame) {
		last := points[len(points)-1]
		line := draw.Line{
			Values: v.values(points), Scale: draw.Scale{Min: low, Max: 1}, Blocks: key.blocks,
			Last: v.bare(metrics.SLStrictNoShort, last), Style: inkText, LastStyle: inkText | draw.Bold,
			Axes: draw.Axes{
				Gutter: 3, Lines: key.lines, Style: inkDim,
				Y: []draw.Tick{{At: 1, Text: "100"}, {At: low, Text: v.bound(metrics.Ratio, low, false)}},
				X: v.hours(from, c.Step, len(points)),
			},
		}
		if c.Target.Known {
			line.Guides = []draw.Guide{{At: c.Target.Value, Style: inkDim}}
			line.Axes.Y = append(line.Axes.Y, draw.Tick{At: c.Target.Value, Text: v.bound(metrics.Ratio, c.Target.Value, false)})
		}
		line.Draw(f, f.Bounds())
	})
}

// began cuts the unknown points before the day's first contact.
func began(c metrics.Series) ([]metrics.Measure, time.Time) {
	for i, m := range c.Points {
		if m.Known {
			return c.Points[i:], c.From.Add(time.Duration(i) * c.Step)
		}
	}
	return nil, c.From
}

// floorOf is the foot of a percentage's scale: 60 %, or the ten below the lowest
// point. The scale is written beside the chart.
func floorOf(ms []metrics.Measure) float64 {
	low := .6
	for _, m := range ms {
		for m.Known && m.Value < low && low > 0 {
			low = math.Max(0, low-.1)
		}
	}
	return math.Round(low*10) / 10
}

// hours are the labels of a time axis: every other whole hour.
func (v *view) hours(from time.Time, step time.Duration, n int) []draw.Tick {
	span := time.Duration(n) * step
	if span <= 0 {
		return nil
	}
	every := 2 * time.Hour
	for span/every > 8 {
		every *= 2
	}
	if span < 3*time.Hour {
		every = time.Hour
	}
	ticks := []draw.Tick{{At: 0, Text: v.hm(from)}}
	h := int(every / time.Hour)
	local := from.In(v.zone())
	next := time.Date(local.Year(), local.Month(), local.Day(), (local.Hour()/h+1)*h, 0, 0, 0, v.zone())
	for t := next; t.Before(from.Add(span)); t = t.Add(every) {
		ticks = append(ticks, draw.Tick{At: float64(t.Sub(from)) / float64(span), Text: v.hm(t)})
	}
	return ticks
}

// drawArrivals is what came against what usually does.
func drawArrivals(f *draw.Frame, p wallPlan, v *view) {
	c := v.snap.Charts.Arrivals
	right := draw.Safe("")
	if c.Usual != nil {
		right = v.w("wall.arrivalskey")
	}
	r := panel(f, p.arrivals, p.size, v.w("wall.arrivals"), right)
	points, from := began(c)
	if len(points) == 0 {
		f.Center(r, v.w("wall.nochart"), inkNoData)
		return
	}
	chart := draw.Columns{Values: v.values(points), Style: inkText, UsualStyle: inkDim, Axes: v.countAxes(c, v.hours(from, c.Step, len(points)))}
	if skip := len(c.Points) - len(points); c.Usual != nil && skip < len(c.Usual) {
		values := len(v.floats)
		for _, m := range c.Usual[skip:] {
			x := math.NaN()
			if m.Known {
				x = m.Value
			}
			v.floats = append(v.floats, x)
		}
		chart.Values, chart.Usual = v.floats[:values], v.floats[values:]
	}
	chart.Draw(f, r)
}

// countAxes are the axes of a chart of counts: from zero to the peak.
func (v *view) countAxes(c metrics.Series, x []draw.Tick) draw.Axes {
	a := draw.Axes{Gutter: 3, Style: inkDim, X: x, Y: []draw.Tick{{At: 0, Text: "0"}}}
	if c.Peak.Known && c.Peak.Value > 0 {
		a.Y = append(a.Y, draw.Tick{At: c.Peak.Value, Text: v.count(int(c.Peak.Value))})
	}
	return a
}

// drawWaiting is how many waited, by minute.
func drawWaiting(f *draw.Frame, p wallPlan, v *view) {
	c := v.snap.Charts.Waiting
	right := draw.Safe("")
	if c.Peak.Known {
		right = v.say("wall.peak", "N", v.count(int(c.Peak.Value)))
	}
	r := panel(f, p.waiting, p.size, v.w("wall.waitingchart"), right)
	if len(c.Points) == 0 {
		f.Center(r, v.w("wall.nochart"), inkNoData)
		return
	}
	var ticks []draw.Tick
	for _, part := range []float64{0, 1. / 3, 2. / 3, 1} {
		at := c.From.Add(time.Duration(part * float64(len(c.Points)) * float64(c.Step)))
		ticks = append(ticks, draw.Tick{At: part, Text: v.hm(at)})
	}
	draw.Columns{Values: v.values(c.Points), Style: inkText, Axes: v.countAxes(c, ticks)}.Draw(f, r)
}

// drawDayMetas is the site's own metas: how much of each is spent.
func drawDayMetas(f *draw.Frame, r draw.Rect, v *view) {
	var right draw.Safe
	if m := v.siteMeta(metrics.SLStrictNoShort); m != nil && m.Slots[1] > 0 {
		right = v.say("wall.slots", "N", v.count(m.Slots[0]), "Of", v.count(m.Slots[1]))
	}
	in := f.Box(r, draw.Rounded, inkRule, v.w("wall.daymetas"), right, "", inkText|draw.Bold).Inset(2, 0)
	for _, m := range v.snap.Metas {
		if m.Scope.Kind != metrics.SiteScope || in.H == 0 {
			continue
		}
		var line draw.Rect
		line, in = in.Rows(1)
		l := runIn(f, line).put(v.kpiTag(m.KPI), inkText).to(15)
		l.put(v.target(m, false), inkDim).to(24)
		rest := l.rest()
		tail, bar := rest.Cols(-31)
		bar.W = max(0, bar.W-1)
		if m.Spent.Known {
			draw.Bar{Value: m.Spent.Value, Fill: v.ink(m.Status), Rest: inkRule, Edge: v.ink(m.Status)}.Draw(f, bar)
		}
		f.Right(draw.Rect{X: tail.X, Y: tail.Y, W: 10, H: tail.H}, v.metaFigure(m), inkText)
		runIn(f, draw.Rect{X: tail.X + 13, Y: tail.Y, W: tail.W - 13, H: tail.H}).
			put(v.mark(m.Status), v.ink(m.Status)).skip(1).put(v.metaNote(m), inkText)
		_, in = in.Rows(min(1, in.H))
	}
}

// metaFigure is a meta's figure: of a band, where tenths say nothing, without.
func (v *view) metaFigure(m *metrics.Meta) draw.Safe {
	if m.Target.Op == metrics.Between {
		return v.rounded(m.KPI, m.Now)
	}
	return v.figure(m.KPI, m.Now)
}

// metaNote is what matters most about a meta in a few words.
func (v *view) metaNote(m *metrics.Meta) draw.Safe {
	switch {
	case v.stale():
		return v.w("status.stale")
	case !m.Now.Known:
		return v.w("status.nodata")
	case !m.Trend.Crosses.IsZero():
		return v.say("wall.crosses", "At", v.hm(m.Trend.Crosses))
	case m.Target.Op == metrics.Between && m.Slack.Known && m.Slack.Value >= 0:
		return v.w("wall.inside")
	}
	return v.tileSlack(&metrics.Tile{KPI: m.KPI, Meta: m, Now: m.Now})
}

// drawDayStates is the share of people in each state over the last hour.
func drawDayStates(f *draw.Frame, r draw.Rect, v *view) {
	in := f.Box(r, draw.Rounded, inkRule, v.w("wall.dayshare"), v.w("wall.ofshift"), "", inkText|draw.Bold).Inset(2, 0)
	axis, in := in.Rows(-1)
	states := []struct {
		key string
		st  floor.State
	}{{"wall.busy", floor.Busy}, {"wall.wrap", floor.AfterCall}, {"wall.free", floor.Available}, {"wall.outword", floor.OnPause}}
	each := in.H / len(states)
	var from time.Time
	for i, s := range states {
		c := v.snap.Charts.States[i]
		var line draw.Rect
		line, in = in.Rows(max(1, each))
		if line.H == 0 {
			break
		}
		plot := line
		if line.H > 2 {
			_, plot = line.Rows(1)
		}
		foot, _ := plot.Rows(-1)
		m, st := stateMark(s.st)
		runIn(f, foot).put(m, st).skip(1).put(v.w(s.key), inkText)
		value, chart := plot.Cols(-12)
		_, chart = chart.Cols(16)
		if len(c.Points) > 0 {
			from = c.From
			draw.Spark{Values: v.values(c.Points), Scale: shareScale(c.Points), Style: inkDim}.Draw(f, chart)
			f.Right(draw.Rect{X: value.X, Y: foot.Y, W: 11, H: 1}, v.rounded(metrics.Occupancy, c.Points[len(c.Points)-1]), inkText)
		}
	}
	if !from.IsZero() {
		_, axis = axis.Cols(16)
		axis.W = max(0, axis.W-12)
		f.TextIn(axis, v.hm(from), inkDim)
		f.Right(axis, v.hm(v.snap.At), inkDim)
	}
}

// shareScale lets a small share be seen: from nothing to a little above its top.
func shareScale(ms []metrics.Measure) draw.Scale {
	top := .1
	for _, m := range ms {
		if m.Known {
			top = math.Max(top, m.Value)
		}
	}
	return draw.Scale{Min: 0, Max: top}
}

// hourAgo is where the charts of the last hour begin.
func (v *view) hourAgo() time.Time { return v.snap.At.Add(-time.Hour) }
