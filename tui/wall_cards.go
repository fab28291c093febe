package tui

import (
	"strings"

	"farol/metrics"
	"farol/tui/draw"
)

// drawCards draws the three worst risks as cards with digits, from 180 columns
// on. A place without a risk is left calm.
func drawCards(f *draw.Frame, p wallPlan, v *view) {
	if len(v.snap.Risks) == 0 {
		in := f.Box(p.risks, draw.Rounded, inkRule, v.w("wall.risks"), "", "", inkText|draw.Bold)
		v.edgeCounts(f, p.risks, true)
		drawCalm(f, in, v)
		return
	}
	r := p.risks
	for i := range bandRisks {
		var card draw.Rect
		card, r = r.Cols((r.W - (bandRisks - 1 - i)) / (bandRisks - i))
		_, r = r.Cols(1)
		if i < len(v.snap.Risks) {
			drawCard(f, card, v, i, v.snap.Risks[i], p.size)
			continue
		}
		in := f.Box(card, draw.Rounded, inkRule, "", "", "", inkDim)
		if i == bandRisks-1 {
			v.edgeCounts(f, card, false)
		}
		_, in = in.Rows(max(0, (in.H-1)/2))
		f.Center(in, v.w("wall.nomore"), inkDim)
	}
}

func drawCard(f *draw.Frame, r draw.Rect, v *view, i int, k *metrics.Risk, s size) {
	border, st := draw.Rounded, inkRule
	if v.alarming(k.Status) {
		border, st = draw.Heavy, inkBorder
	}
	title := v.join(v.count(i+1), " ", v.mark(k.Status), " ", v.word(k.Status))
	var age draw.Safe
	if !v.stale() {
		age = v.say("header.age", "Age", v.ago(k.For))
	}
	in := f.Box(r, border, st, title, age, "", v.ink(k.Status))
	left, z := 24, draw.Medium
	in = in.Inset(1, 0)
	if s == size320 {
		left, z = 44, draw.Large
		in = in.Inset(1, 0)
	}
	head, why := in.Cols(min(left, in.W*2/5))
	if len(k.Metas) > 0 {
		drawCardFigure(f, head, v, k, z, s)
	}
	if s == size320 {
		drawCardWide(f, why, v, k)
		return
	}
	drawCardWhy(f, why, v, k)
}

// drawCardFigure is the left of a card: queue, figure, target.
func drawCardFigure(f *draw.Frame, r draw.Rect, v *view, k *metrics.Risk, z draw.Size, s size) {
	m := k.Metas[0]
	name := upper(v, k.Scope.Name)
	r.X++
	r.W--
	line, r := r.Rows(1)
	if s == size320 {
		r.X, line.X = r.X-1, line.X-1
		runIn(f, line).skip(1).put(name, inkText|draw.Bold).skip(3).put(v.kpiHead(m.KPI), inkDim)
		_, r = r.Rows(1)
		r.X++
	} else {
		f.TextIn(line, name, inkText|draw.Bold)
		line, r = r.Rows(1)
		f.TextIn(line, v.kpiHead(m.KPI), inkDim)
	}
	t := metrics.Tile{KPI: m.KPI, Status: k.Status, Now: m.Now, Meta: m}
	ink := tileInk{digits: v.ink(m.Status) &^ draw.Bold}
	if v.alarming(m.Status) {
		ink.digits = inkBorder
	}
	digits, r := r.Rows(z.Rows())
	drawFigure(f, digits, v, &t, z, ink)
	if s == size320 {
		_, r = r.Rows(1)
	}
	line, _ = r.Rows(1)
	f.TextIn(line, v.say("wall.target", "Target", v.target(m, false)), inkDim)
}

// drawCardWhy is the right of a card at 200 columns: causes, then what comes.
func drawCardWhy(f *draw.Frame, r draw.Rect, v *view, k *metrics.Risk) {
	line, rest := r.Rows(1)
	f.TextIn(line, v.whyHead(k), inkDim)
	low, rest := rest.Rows(-2)
	drawCauses(f, rest, v, k, causeLine)
	line, low = low.Rows(1)
	f.TextIn(line, v.w("wall.in15"), inkDim)
	line, _ = low.Rows(1)
	l := runIn(f, line).put(v.trend(kpiOf(k), k.Trend, false), inkText)
	if len(k.Metas) > 1 {
		l.skip(4).put(v.say("wall.andmeta", "Meta", v.metaNow(k.Metas[1], true)), v.ink(k.Metas[1].Status))
	}
}

// whyHead is the heading of the causes: of now, or of when the alert was raised.
func (v *view) whyHead(k *metrics.Risk) draw.Safe {
	if len(k.Causes) == 0 && len(k.Before) > 0 {
		return v.join(v.w("wall.why"), ", ", v.say("cause.thenhead", "At", v.hm(k.BeforeAt)))
	}
	return v.w("wall.why")
}

func drawCauses(f *draw.Frame, r draw.Rect, v *view, k *metrics.Risk, form causeForm) {
	causes := k.Causes
	switch {
	case len(causes) > 0:
	case len(k.Before) > 0:
		causes, form = k.Before, causePast
	default:
		f.TextIn(r, v.join("· ", v.w("cause.unknown")), inkDim)
	}
	for _, c := range causes {
		if r.H == 0 {
			break
		}
		var line draw.Rect
		line, r = r.Rows(1)
		f.TextIn(line, v.join("· ", v.causeIn(c, form, line.W-2)), inkText)
	}
}

// drawCardWide is the right of a card at 320 columns, with the chart of the
// figure over the last hour.
func drawCardWide(f *draw.Frame, r draw.Rect, v *view, k *metrics.Risk) {
	chart, text := r.Rows(-4)
	line, text := text.Rows(1)
	f.TextIn(line, v.whyHead(k), inkDim)
	causes, text := text.Rows(max(0, text.H-3))
	drawCauses(f, causes, v, k, causeLong)
	line, text = text.Rows(1)
	runIn(f, line).put(v.w("wall.in15"), inkDim).skip(3).put(v.outlook(k), inkText)
	line, _ = text.Rows(1)
	f.TextIn(line, v.alsoMetas(k), inkText)
	drawCardChart(f, chart, v, k)
}

// outlook is where the first figure goes, in words.
func (v *view) outlook(k *metrics.Risk) draw.Safe {
	t := k.Trend
	if t.Way == 0 || !t.In15.Known {
		return v.w("wall.steady15")
	}
	return v.say("wall.then15", "Value", v.rounded(kpiOf(k), t.In15), "At", v.hm(t.At15))
}

// alsoMetas are the other symptoms of the risk.
func (v *view) alsoMetas(k *metrics.Risk) draw.Safe {
	if len(k.Metas) < 2 {
		return v.w("wall.onlymeta")
	}
	var out draw.Safe
	for i, m := range k.Metas[1:] {
		one := v.say("wall.alsoone", "Name", lower(v, m.KPI), "Now", v.figure(m.KPI, m.Now), "Target", v.target(m, false))
		if i > 0 {
			one = v.join(out, ", ", one)
		}
		out = one
	}
	return v.say("wall.also", "Metas", out)
}

// lower is a KPI's whole name in small letters, as within a sentence.
func lower(v *view, k metrics.KPI) draw.Safe {
	if k.Info().ID == "service_level" {
		return v.w("wall.servicelevel")
	}
	return v.kpiName(k)
}

// upper is a name in capitals, as headings have it.
func upper(v *view, name string) draw.Safe { return draw.Clean(strings.ToUpper(name)) }

// drawCardChart draws the figure over the last hour with its ends named.
func drawCardChart(f *draw.Frame, r draw.Rect, v *view, k *metrics.Risk) {
	r.W = max(0, r.W-2)
	axis, plot := r.Rows(-1)
	q := v.queue(k.Scope.ID)
	if q == nil || len(k.Metas) == 0 || v.stale() {
		return
	}
	var points []metrics.Measure
	switch k.Metas[0].KPI.Info().ID {
	case "service_level":
		points = q.SL60
	case "abandonment_rate":
		points = q.Chart.Abandon
	case "wait_avg":
		points = q.Chart.Wait
	case "aht":
		points = q.Chart.AHT
	}
	if len(points) == 0 {
		return
	}
	draw.Spark{Values: v.values(points), Style: inkDim}.Draw(f, plot)
	f.TextIn(axis, v.hm(v.hourAgo()), inkDim)
	f.Right(axis, v.hm(v.snap.At), inkDim)
}
