package tui

import (
	"time"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// agentTileCount is how many figures the page has.
const agentTileCount = 5

// agentTiles are the figures of the agent's day beside the queue's.
func agentTiles(a *metrics.Agent, v *view) []figureTile {
	w := func(k metrics.KPI) metrics.Measure { return a.Figure(v.window, k) }
	beside := func(k metrics.KPI, m metrics.Measure) draw.Safe {
		if !m.Known {
			return ""
		}
		if k.Info().Unit == metrics.Count {
			return v.say("agent.queuefigure", "Figure", v.decimal(m.Value, 1, false))
		}
		return v.say("agent.queuefigure", "Figure", v.figure(k, m))
	}
	return []figureTile{
		{label: v.w("agent.tiles.handled"), counted: true, kpi: metrics.Handled, now: w(metrics.Handled), status: metrics.NoTarget, first: beside(metrics.Handled, a.QueueHandled)},
		{label: v.w("agent.tiles.aht"), counted: true, kpi: metrics.AHT, now: w(metrics.AHT), status: metrics.NoTarget, first: beside(metrics.AHT, a.QueueAHT)},
		{label: v.w("agent.tiles.wrap"), counted: true, kpi: metrics.WrapAvg, now: w(metrics.WrapAvg), status: metrics.NoTarget, first: beside(metrics.WrapAvg, a.QueueWrap)},
		agentStateTile(a, v),
		{label: v.w("agent.tiles.adherence"), counted: true, kpi: metrics.Adherence, now: w(metrics.Adherence), status: metrics.NoTarget, first: v.noSchedule(w(metrics.Adherence))},
	}
}

func (v *view) noSchedule(m metrics.Measure) draw.Safe {
	if m.Known {
		return ""
	}
	return v.w("agent.noschedule")
}

// agentStateTile is how long the present state lasts; a pause that is a right
// has no clock.
func agentStateTile(a *metrics.Agent, v *view) figureTile {
	t := figureTile{label: v.w("agent.head." + headKey(a)), status: metrics.NoTarget}
	if _, ok := sinceOf(a); !ok {
		t.text = v.w("agents.neutral")
		if a.State == floor.Offline {
			t.text = markDash
		}
		return t
	}
	if v.stale() {
		t.text = v.mark(metrics.Stale)
		return t
	}
	t.digits = v.span(a.InState)
	if a.Expected > 0 {
		t.first = v.say("agent.expected", "Long", v.span(a.Expected))
		if a.Overdue {
			t.status = a.Weight.Status
		}
	}
	return t
}

// drawAgentDay is the strip of today with its hours and what it adds up to.
func drawAgentDay(f *draw.Frame, r draw.Rect, a *metrics.Agent, v *view) {
	from := dayFrom(a, v)
	f.Rule(r, '─', inkRule, v.w("agent.today"), v.join(v.hm(from), "–", v.hm(v.snap.At)), inkText)
	_, r = r.Rows(1)
	line, r := r.Rows(1)
	side := 3
	if sizeOf(v.width, v.height) < size120 {
		side = 1
	}
	drawTimeAxis(f, line.Inset(side, 0), from, v.snap.At, v)
	line, r = r.Rows(1)
	drawTimeline(f, line.Inset(side, 0), a, v, false)
	line, _ = r.Rows(1)
	f.TextIn(line.Inset(side, 0), agentSums(a, v), inkText)
}

// agentSums is the time of the day in each state.
func agentSums(a *metrics.Agent, v *view) draw.Safe {
	var out draw.Safe
	for _, s := range []floor.State{floor.Busy, floor.OnHold, floor.AfterCall, floor.RingingState, floor.Available, floor.OnPause} {
		d := a.InStates[s]
		if d < time.Minute && s != floor.Busy && s != floor.Available {
			continue
		}
		if out != "" {
			out = v.join(out, "   ")
		}
		out = v.join(out, stateGlyph(s), " ", v.w("agent.sums."+stateKey(s)), " ", v.long(d))
	}
	if a.PauseMeal > 0 {
		out = v.join(out, " ", v.say("agent.ofmeal", "Long", v.span(a.PauseMeal)))
	}
	return out
}

// long is a stretch of a day: "1h40", "0h12".
func (v *view) long(d time.Duration) draw.Safe {
	return v.join(v.count(int(d/time.Hour)), "h", v.two(int(d%time.Hour/time.Minute)))
}

func recentColumns() []column {
	return []column{
		{id: "time", w: 5},
		{id: "talk", w: 8, right: true},
		{id: "queue", w: 8, most: 14, rank: 1},
		{id: "outcome", w: 18, most: 30, pull: 1},
		{id: "wait", w: 7, right: true, rank: 2},
		{id: "customer", w: 8, right: true, rank: 3},
	}
}

// drawAgentContacts are the person's last contacts.
func drawAgentContacts(f *draw.Frame, r draw.Rect, a *metrics.Agent, v *view) {
	if r.H < 3 {
		return
	}
	today := v.say("agent.ntoday", "N", v.figure(metrics.Handled, a.Figure(metrics.Today, metrics.Handled)))
	in := f.Box(r, draw.Rounded, inkRule, v.w("agent.recent"), today, v.w("agent.recentfoot"), inkText)
	if len(a.Recent) == 0 {
		f.TextIn(in.Inset(1, 0), v.join(markNone, " ", v.w("agent.norecent")), inkNoData)
		return
	}
	sh := sheet{f, v, fitColumns(recentColumns(), in.W), list{}}
	line, in := in.Rows(1)
	sh.head(line)
	for _, c := range a.Recent {
		line, in = in.Rows(1)
		if line.Empty() {
			return
		}
		sh.row(line, false, func(p placed) (draw.Safe, draw.Style) { return v.contactCell(c, p), inkText })
	}
}

// drawAgentMonth is how the days of the last month went.
func drawAgentMonth(f *draw.Frame, r draw.Rect, a *metrics.Agent, v *view) {
	if r.H < 3 {
		return
	}
	in := f.Box(r, draw.Rounded, inkRule, v.w("agent.month"), v.daysOf(a), "", inkText).Inset(1, 0)
	if len(a.Days) == 0 {
		var line draw.Rect
		line, in = in.Rows(1)
		f.TextIn(line, v.join(markNone, " ", v.w("agent.nodays")), inkNoData)
	} else {
		in = drawMonthRow(f, in, v, v.kpiName(metrics.AHT), metrics.AHT, a.Days, func(d metrics.DayFigures) metrics.Measure { return d.AHT })
		in = drawMonthRow(f, in, v, v.kpiName(metrics.Adherence), metrics.Adherence, a.Days, func(d metrics.DayFigures) metrics.Measure { return d.Adherence })
		in = drawMonthRow(f, in, v, v.w("agent.handledday"), metrics.Handled, a.Days, func(d metrics.DayFigures) metrics.Measure {
			return metrics.Measure{Value: float64(d.Handled), Known: d.Handled > 0} // none: a day off is a gap
		})
	}
	_, in = in.Rows(1)
	for _, key := range []string{"agent.private", "agent.recorded"} {
		rest := v.w(key)
		for rest != "" && in.H > 0 {
			var line draw.Rect
			var text draw.Safe
			line, in = in.Rows(1)
			text, rest = wrap(rest, line.W)
			f.TextIn(line, text, inkDim)
		}
	}
}

func (v *view) daysOf(a *metrics.Agent) draw.Safe {
	if len(a.Days) == 0 {
		return ""
	}
	return v.plural("agent.days", len(a.Days), "N", v.count(len(a.Days)))
}

func drawMonthRow(f *draw.Frame, r draw.Rect, v *view, name draw.Safe, k metrics.KPI, days []metrics.DayFigures, of func(metrics.DayFigures) metrics.Measure) draw.Rect {
	line, r := r.Rows(1)
	if line.Empty() {
		return r
	}
	label, line := line.Cols(12)
	f.TextIn(label, name, inkDim)
	last, line := line.Cols(-8)
	ms := make([]metrics.Measure, len(days))
	for i, d := range days {
		ms[i] = of(d)
	}
	f.Right(last, v.figure(k, lastKnown(ms)), inkText)
	drawSpark(f, line, ms, inkText)
	_, r = r.Rows(1)
	return r
}
