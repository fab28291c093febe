package tui

import (
	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// stateMark is the glyph of an agent's state: filled is busy, hollow is
// available. A pause that is a right looks like any other absence.
func stateMark(s floor.State) (draw.Safe, draw.Style) {
	switch s {
	case floor.Busy, floor.OnHold:
		return "●", inkText
	case floor.AfterCall:
		return "◐", inkText
	case floor.Available:
		return "○", inkText
	case floor.RingingState:
		return "◇", inkText
	case floor.OnPause:
		return "=", inkDim
	default:
		return "×", inkDim
	}
}

// drawCounts is the line of the middle wall that says what the marks mean and
// how many people there are in each state.
func drawCounts(f *draw.Frame, r draw.Rect, v *view) {
	if r.Empty() {
		return
	}
	p := v.snap.People
	right := v.say("wall.peopleline", "In", v.count(p.LoggedIn), "Busy", v.count(p.Busy), "Wrap", v.count(p.Wrapup),
		"Free", v.count(p.Free), "Out", v.count(p.Out))
	w := draw.Width(right)
	f.Right(short(r), right, inkText)
	left := draw.Rect{X: r.X + 5, Y: r.Y, W: r.W - w - 9, H: 1}
	for _, key := range []string{"wall.legend", "wall.legendshort"} {
		if text := v.w(key); draw.Width(text) <= left.W {
			f.TextIn(left, text, inkDim)
			return
		}
	}
}

// drawPeople is the panel of the two large walls: how many in each state, who is
// due, and from which queue.
func drawPeople(f *draw.Frame, p wallPlan, v *view) {
	if p.people.Empty() {
		return
	}
	pe := v.snap.People
	right := v.say("wall.logged", "N", v.count(pe.LoggedIn))
	if pe.Planned > 0 {
		right = v.join(right, " · ", v.say("wall.planned", "N", v.count(pe.Planned)))
	}
	in := f.Box(p.people, draw.Rounded, inkRule, v.w("wall.people"), right, "", inkText|draw.Bold).Inset(2, 0)
	_, in = in.Rows(1)
	tall := p.size == size320 && in.H >= 16
	in = drawStates(f, in, v, pe, tall)
	if p.size == size200 {
		in = drawDivider(f, in)
		in = drawCrews(f, in, v)
	}
	in = drawDivider(f, in)
	drawStaffing(f, in, v, pe)
}

func drawDivider(f *draw.Frame, r draw.Rect) draw.Rect {
	line, r := r.Rows(1)
	if line.H == 0 {
		return r
	}
	f.HLine(line.X-1, line.Y, line.W+2, '┄', inkRule)
	return r
}

// drawStates is a bar a state, in proportion to those logged in.
func drawStates(f *draw.Frame, r draw.Rect, v *view, p metrics.People, tall bool) draw.Rect {
	rows := 1
	if tall {
		rows = 2
	}
	for _, s := range []struct {
		key string
		st  floor.State
		n   int
	}{
		{"wall.busy", floor.Busy, p.Busy}, {"wall.wrapup", floor.AfterCall, p.Wrapup},
		{"wall.free", floor.Available, p.Free}, {"wall.out", floor.OnPause, p.Out},
	} {
		line, rest := r.Rows(rows)
		if line.H < rows {
			return rest
		}
		r = rest
		m, st := stateMark(s.st)
		runIn(f, line).put(m, st).skip(1).put(v.w(s.key), inkText)
		f.Right(draw.Rect{X: line.X, Y: line.Y, W: min(27, line.W), H: 1}, v.count(s.n), inkText)
		bar := draw.Rect{X: line.X + 29, Y: line.Y, W: line.W - 29, H: rows}
		if bar.W > 0 && p.LoggedIn > 0 {
			draw.Bar{Value: float64(s.n) / float64(p.LoggedIn), Fill: inkText, Rest: inkRule}.Draw(f, bar)
		}
	}
	if !tall {
		_, r = r.Rows(1)
	}
	return r
}

// drawCrews is a line a queue: a mark a person, then the counts.
func drawCrews(f *draw.Frame, r draw.Rect, v *view) draw.Rect {
	const counts = 20
	line, r := r.Rows(1)
	f.TextIn(line, v.w("wall.col.queue"), inkDim)
	f.Right(line, v.w("wall.crewhead"), inkDim)
	keep := 8
	for _, q := range v.snap.Queues {
		if r.H <= keep {
			break
		}
		line, r = r.Rows(1)
		runIn(f, line).put(v.mark(q.Status), v.ink(q.Status)).skip(1).
			put(draw.Cut(draw.Clean(q.Ref.Name), 12), inkText)
		queueTable{f: f, v: v}.crew(draw.Rect{X: line.X + 15, Y: line.Y, W: line.W - 15 - counts - 1, H: 1}, q.Crew)
		cell := draw.Rect{X: line.X + line.W - counts, Y: line.Y, W: 4, H: 1}
		for _, n := range []int{q.People.Busy, q.People.Wrapup, q.People.Free, q.People.Out} {
			f.Right(cell, v.count(n), inkText)
			cell.X += 4
		}
	}
	_, r = r.Rows(1)
	return r
}

// drawStaffing says how busy people are and who comes and goes next.
func drawStaffing(f *draw.Frame, r draw.Rect, v *view, p metrics.People) {
	line, r := r.Rows(1)
	m := v.siteMeta(metrics.Occupancy)
	now := v.of(v.snap.Total.W, metrics.Occupancy)
	l := runIn(f, line).put(v.kpiName(metrics.Occupancy), inkText).skip(2).put(v.rounded(metrics.Occupancy, now), inkText).skip(3).to(17)
	bar := l.rest()
	if now.Known && bar.W > 0 {
		mark := 0.0
		if m != nil && m.Target.Op == metrics.Between {
			mark = m.Target.High
		}
		draw.Bar{Value: now.Value, Mark: mark, Fill: inkText, Rest: inkRule, Edge: inkText | draw.Bold}.Draw(f, bar)
	}
	if m != nil {
		line, r = r.Rows(1)
		f.TextIn(line, v.say("wall.target", "Target", v.target(m, false)), inkDim)
	}
	_, r = r.Rows(1)
	line, r = r.Rows(1)
	runIn(f, line).put(v.w("wall.outlabel"), inkDim).to(11).put(v.outLine(p), inkText)
	line, r = r.Rows(1)
	runIn(f, line).put(v.w("wall.roster"), inkDim).to(11).put(v.rosterLine(), inkText)
	if n := v.snap.Roster.Short; n > 0 {
		line, _ = r.Rows(1)
		runIn(f, line).to(11).put(v.plural("wall.short", n, "N", v.count(n), "Of", v.count(p.Planned)), inkText)
	}
}

// outLine is how many are out, how many should be, and the trainings beyond
// their time. Pauses that are a right are counted and never singled out.
func (v *view) outLine(p metrics.People) draw.Safe {
	text := v.say("wall.outnow", "N", v.count(p.Out))
	if p.OutPlanned > 0 {
		text = v.join(text, " · ", v.say("wall.outplanned", "N", v.count(p.OutPlanned)))
	}
	if p.Overdue > 0 {
		text = v.join(text, " · ", v.plural("wall.overdue", p.Overdue, "N", v.count(p.Overdue)))
		for _, q := range v.snap.Queues {
			if q.People.Overdue > 0 {
				return v.join(text, " (", draw.Clean(q.Ref.Name), ")")
			}
		}
	}
	return text
}

// rosterLine is who begins and who ends next.
func (v *view) rosterLine() draw.Safe {
	ro := v.snap.Roster
	var out draw.Safe
	if !ro.InAt.IsZero() {
		out = v.say("wall.rosterin", "At", v.hm(ro.InAt), "N", v.count(ro.In))
	}
	if !ro.OutAt.IsZero() {
		if out != "" {
			out = v.join(out, "    ")
		}
		out = v.join(out, v.say("wall.rosterout", "At", v.hm(ro.OutAt), "N", v.count(ro.Out)))
	}
	if out == "" {
		return v.w("wall.noroster")
	}
	return out
}
