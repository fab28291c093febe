package tui

import (
	"time"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// bandRisks is how many risks the band says more of than their number.
const bandRisks = 3

// drawBand draws the risks in their own place at the top: always there, calm
// when there is none, so that nothing jumps when things go wrong.
func drawBand(f *draw.Frame, p wallPlan, v *view) {
	border, st := draw.Rounded, inkRule
	for _, r := range v.snap.Risks {
		if v.alarming(r.Status) {
			border, st = draw.Heavy, inkCritical
			break
		}
	}
	wide := p.size >= size120
	title, foot := v.w("wall.risks"), v.w("wall.risksfoot")
	if wide {
		title = v.w("wall.risksnow")
		foot = v.w("wall.risksfootlong")
		if v.public() {
			foot = v.w("wall.risksfoot")
		}
	}
	if len(v.snap.Risks) == 0 {
		foot = ""
	}
	in := f.Box(p.risks, border, plainBorder(st), title, "", "", inkText|draw.Bold)
	v.edgeCounts(f, p.risks, wide)
	edge(f, p.risks, p.risks.H-1, piece{v.moreRisks(), inkText}, piece{foot, inkDim})
	if len(v.snap.Risks) == 0 {
		drawCalm(f, in, v)
		return
	}
	for i, r := range v.snap.Risks {
		if i == bandRisks || in.H == 0 {
			break
		}
		var line draw.Rect
		line, in = in.Rows(1)
		if !wide {
			drawRiskNarrow(f, line, v, i, r)
		} else {
			drawRiskWide(f, line, v, i, r)
		}
		if wide || i == 0 {
			line, in = in.Rows(1)
			drawWhy(f, line, v, r, wide)
		}
	}
}

// moreRisks counts the risks that the band has no line for.
func (v *view) moreRisks() draw.Safe {
	rest := len(v.snap.Risks) - bandRisks
	if rest <= 0 {
		return ""
	}
	return v.join(v.plural("wall.morerisks", rest, "N", v.count(rest)), " · ")
}

// plainBorder keeps a border from being filled where a status is shown by
// reversing: the lines themselves are enough.
func plainBorder(st draw.Style) draw.Style {
	if st == inkCritical {
		return inkBorder
	}
	return st
}

// drawCalm says that nothing needs doing, in the band's or the cards' place.
func drawCalm(f *draw.Frame, r draw.Rect, v *view) {
	_, r = r.Rows(max(0, (r.H-1)/2))
	text := v.join("● ", v.w("states.calm"))
	switch c := v.snap.Counts; {
	case c.Total == 0:
		text = v.w("wall.nometas")
	case c.Attention+c.Critical > 0:
		text = v.say("wall.norisk", "N", v.count(c.Attention+c.Critical))
	}
	f.Center(r, text, inkText)
}

// piece is a text with its ink.
type piece struct {
	text draw.Safe
	ink  draw.Style
}

// edge lets pieces into the right end of a row of a box's border, each in its
// own ink.
func edge(f *draw.Frame, box draw.Rect, row int, pieces ...piece) {
	w := 0
	for _, p := range pieces {
		w += draw.Width(p.text)
	}
	x := box.X + box.W - w - 4
	if w == 0 || x < box.X+8 || row < 0 || row >= box.H {
		return
	}
	f.Text(x, box.Y+row, " ", inkText)
	x++
	for _, p := range pieces {
		x += f.Text(x, box.Y+row, p.text, p.ink)
	}
	f.Text(x, box.Y+row, " ", inkText)
}

// edgeCounts lets "■ 2  ▲ 5  ● 31 metas", or the same in words, into the top of
// a box.
func (v *view) edgeCounts(f *draw.Frame, box draw.Rect, long bool) {
	c := v.snap.Counts
	critical := v.inkIf(c.Critical > 0, metrics.Critical)
	attention := v.inkIf(c.Attention > 0, metrics.Attention)
	if !long {
		edge(f, box, 0,
			piece{v.join("■ ", v.count(c.Critical)), critical}, piece{"  ", inkText},
			piece{v.join("▲ ", v.count(c.Attention)), attention}, piece{"  ", inkText},
			piece{v.plural("wall.okcount", c.OK, "N", v.count(c.OK)), inkDim})
		return
	}
	edge(f, box, 0,
		piece{v.join(v.plural("wall.total", c.Total, "N", v.count(c.Total)), "  "), inkDim},
		piece{v.plural("wall.critical", c.Critical, "N", v.count(c.Critical)), critical}, piece{"   ", inkText},
		piece{v.say("wall.attention", "N", v.count(c.Attention)), attention}, piece{"   ", inkText},
		piece{v.plural("wall.normal", c.OK, "N", v.count(c.OK)), inkDim})
}

// scopeIn is a scope's name in at most w columns: a site with a long name is
// called the operation rather than cut.
func (v *view) scopeIn(r metrics.ScopeRef, w int) draw.Safe {
	name := draw.Clean(r.Name)
	if r.Kind == metrics.SiteScope && draw.Width(name) > w {
		name = v.w("wall.site")
	}
	return draw.Cut(name, w)
}

// riskHead draws the number, mark and name of a risk.
func (v *view) riskHead(l *run, i int, r *metrics.Risk, name int) {
	st := v.ink(r.Status)
	l.skip(1).put(v.count(i+1), inkText|draw.Bold).skip(1).put(v.mark(r.Status), st).skip(1)
	at := l.x
	l.put(v.scopeIn(r.Scope, name-1), st)
	l.to(at + name)
}

// drawRiskNarrow is a risk in one line of 80 columns.
func drawRiskNarrow(f *draw.Frame, r draw.Rect, v *view, i int, k *metrics.Risk) {
	end := 15 + max(0, r.W-78)/2
	l := runIn(f, r)
	v.riskHead(l, i, k, 12)
	since := v.since(k)
	at := r.W - end - max(10, draw.Width(since)+1)
	metas := draw.Rect{X: r.X + l.x, Y: r.Y, W: at - l.x, H: 1}
	m := runIn(f, metas)
	for j, meta := range k.Metas {
		text := v.say("wall.symptom", "Meta", v.metaNow(meta, false), "Target", v.plainTarget(meta))
		if j > 0 {
			text = v.say("wall.symptomshort", "Meta", v.metaNow(meta, false), "Target", v.plainTarget(meta))
			if m.x+2+draw.Width(text) > metas.W {
				break
			}
			m.skip(2)
		}
		m.put(text, v.ink(meta.Status))
	}
	l.to(at).put(since, inkText).to(r.W - end)
	tail := v.trend(kpiOf(k), k.Trend, false)
	if i > 0 && len(k.Causes) > 0 {
		tail = v.cause(k.Causes[0], causeShort)
	}
	f.TextIn(draw.Rect{X: r.X + l.x, Y: r.Y, W: min(end, r.W-l.x), H: 1}, tail, inkText)
}

// kpiOf is the figure a risk's trend is of.
func kpiOf(k *metrics.Risk) metrics.KPI {
	if len(k.Metas) == 0 {
		return metrics.SLStrictNoShort
	}
	return k.Metas[0].KPI
}

// since is "há  7 min", in a column of its own.
func (v *view) since(k *metrics.Risk) draw.Safe {
	if v.stale() {
		return ""
	}
	age := v.agoTight(k.For)
	if k.For >= 10*time.Hour {
		age = v.say("time.hoursonly", "N", v.count(int(k.For/time.Hour)))
	}
	for draw.Width(age) < 6 {
		age = v.join(" ", age)
	}
	return v.say("header.age", "Age", age)
}

// plainTarget is a target's bound alone: "80", "8:00".
func (v *view) plainTarget(m *metrics.Meta) draw.Safe {
	u := m.KPI.Info().Unit
	switch m.Target.Op {
	case metrics.AtLeast:
		return v.bound(u, m.Target.Low, false)
	case metrics.AtMost:
		return v.bound(u, m.Target.High, false)
	default:
		return v.join(v.bound(u, m.Target.Low, false), "–", v.bound(u, m.Target.High, false))
	}
}

// drawRiskWide is a risk's first line from 120 columns.
func drawRiskWide(f *draw.Frame, r draw.Rect, v *view, i int, k *metrics.Risk) {
	half := 25 + max(0, r.W-118)/3
	l := runIn(f, r)
	v.riskHead(l, i, k, 11)
	end := l.x + 2*half
	v.twoSymptoms(l, k.Metas, half)
	l.to(end).put(v.since(k), inkText).to(end + 13)
	l.put(v.trend(kpiOf(k), k.Trend, true), inkText)
}

// twoSymptoms writes the first meta, with all the room it needs, and the second
// in what is left of two halves: in its own column if it can, said shorter if
// it must be.
func (v *view) twoSymptoms(l *run, metas []*metrics.Meta, half int) {
	start, room := l.x, 2*half-1
	if len(metas) == 0 {
		return
	}
	m := metas[0]
	l.put(draw.Cut(v.say("wall.symptom", "Meta", v.metaNow(m, true), "Target", v.plainTarget(m)), room), v.ink(m.Status))
	if len(metas) < 2 {
		return
	}
	at := max(start+half, l.x+2)
	m = metas[1]
	for _, long := range []bool{true, false} {
		key := "wall.symptom"
		if !long {
			key = "wall.symptomshort"
		}
		if text := v.say(key, "Meta", v.metaNow(m, long), "Target", v.plainTarget(m)); at+draw.Width(text) <= start+room {
			l.to(at).put(text, v.ink(m.Status))
			return
		}
	}
}

// drawWhy is a risk's second line: the facts that explain it and, in a lead's
// session, who weighs most.
func drawWhy(f *draw.Frame, r draw.Rect, v *view, k *metrics.Risk, wide bool) {
	label, text := 5, 17
	between := draw.Safe(" · ")
	if wide {
		label, text = 4, 16
	}
	l := runIn(f, r).skip(label).put(v.w("wall.why"), inkDim).to(text)
	left := r.W - text - 1
	var who draw.Safe
	if wide && !v.public() && len(k.Who) > 0 {
		who = v.who(k.Who)
		left -= draw.Width(who) + draw.Width(v.w("wall.who")) + 4
	}
	why := v.why(k, left, between)
	if ack := k.Ack; ack != nil && !v.public() {
		why = v.join(v.say("wall.acked", "Who", draw.Clean(ack.Author), "At", v.hm(ack.At)), between, why)
	}
	l.put(draw.Cut(why, left), inkText)
	if who != "" {
		at := r.W - 1 - draw.Width(who)
		l.to(at-draw.Width(v.w("wall.who"))-2).put(v.w("wall.who"), inkDim).to(at).put(who, inkText)
	}
}

// who names at most two people with how long they have been in their state.
func (v *view) who(list []*metrics.Agent) draw.Safe {
	var out draw.Safe
	for i, a := range list {
		if i == 2 {
			break
		}
		one := v.person(a, len(list) == 1)
		if i > 0 {
			one = v.join(out, " · ", one)
		}
		out = one
	}
	return out
}

func (v *view) person(a *metrics.Agent, withState bool) draw.Safe {
	name := draw.Cut(draw.Clean(a.Name), 18)
	if withState && (a.State == floor.Busy || a.State == floor.OnHold) {
		name = v.join(name, " ", v.w("state.busy"))
	}
	if a.InState == 0 || v.stale() {
		return name
	}
	return v.join(name, " ", v.span(a.InState))
}
