package tui

import (
	"time"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// drawAgentPreview is the strip under the list: who is under the cursor, their
// day, and why they are where they are in the order.
func drawAgentPreview(f *draw.Frame, r draw.Rect, a *metrics.Agent, v *view) {
	if r.Empty() {
		return
	}
	f.Rule(r, '─', inkRule, draw.Clean(a.Name), v.w("agents.preview"), inkText|draw.Bold)
	_, r = r.Rows(1)
	r = r.Inset(3, 0)
	line, r := r.Rows(1)
	today := v.say("agents.today", "Handled", v.figure(metrics.Handled, a.Figure(metrics.Today, metrics.Handled)),
		"AHT", v.figure(metrics.AHT, a.Figure(metrics.Today, metrics.AHT)))
	f.TextIn(line, v.join(agentNow(a, v), "     ", today), inkText)
	line, r = r.Rows(1)
	drawTimeline(f, line, a, v, true)
	line, _ = r.Rows(1)
	if !line.Empty() {
		drawLabelled(f, line, labelled{v.w("agents.why"), agentEffect(a, v)}, 16)
	}
}

// agentNow is where the agent is and since when.
func agentNow(a *metrics.Agent, v *view) draw.Safe {
	s := v.join(draw.Clean(a.QueueName), " · ", stateGlyph(a.State), " ", v.stateWord(a))
	if at, ok := sinceOf(a); ok && !at.IsZero() {
		s = v.join(s, " ", v.say("agents.since", "At", v.hm(at)))
	}
	if !a.LoggedIn.IsZero() {
		s = v.join(s, " · ", v.say("agents.in", "At", v.hm(a.LoggedIn)))
	}
	switch {
	case a.LoggedOut.IsZero(), a.LoggedOut.Before(a.LoggedIn): // they have come back since
	case a.LoggedOut.After(v.snap.At):
		s = v.join(s, " · ", v.say("agents.leaves", "At", v.hm(a.LoggedOut)))
	default:
		s = v.join(s, " · ", v.say("agents.out", "At", v.hm(a.LoggedOut)))
	}
	return s
}

// dayFrom is when the strip of the agent's day begins: when they came in.
func dayFrom(a *metrics.Agent, v *view) time.Time {
	for _, s := range a.Segments {
		if s.State != floor.Offline {
			return s.From
		}
	}
	return v.snap.At
}

// drawTimeline draws the agent's day as one mark a stretch of time; with ends
// set, the hours are written at both.
func drawTimeline(f *draw.Frame, r draw.Rect, a *metrics.Agent, v *view, ends bool) {
	if r.Empty() {
		return
	}
	from, to := dayFrom(a, v), v.snap.At
	if !to.After(from) {
		f.TextIn(r, v.join(markNone, " ", v.w("agent.noday")), inkNoData)
		return
	}
	if ends {
		now := v.w("agent.now")
		r.X += f.TextIn(r, v.hm(from), inkDim) + 1
		r.W = max(0, r.W-7-draw.Width(now)-1)
		f.Text(r.X+r.W+1, r.Y, now, inkDim)
	}
	if r.W <= 0 {
		return
	}
	span := to.Sub(from)
	seg := 0
	for i := range r.W {
		at := from.Add(time.Duration((float64(i) + 0.5) / float64(r.W) * float64(span)))
		for seg < len(a.Segments)-1 && !at.Before(a.Segments[seg].To) {
			seg++
		}
		s := a.Segments[seg]
		if at.Before(s.From) {
			continue // a hole in what the source told
		}
		st := inkText
		if s.State == floor.OnPause {
			st = inkDim
		}
		f.Text(r.X+i, r.Y, stateGlyph(s.State), st)
	}
}

// drawTimeAxis writes the hours over a timeline, as many as fit.
func drawTimeAxis(f *draw.Frame, r draw.Rect, from, to time.Time, v *view) {
	if r.Empty() || !to.After(from) {
		return
	}
	span := to.Sub(from)
	step := 30 * time.Minute
	for step < 12*time.Hour && float64(step)/float64(span)*float64(r.W) < 12 {
		step *= 2
	}
	end := r.X + f.TextIn(r, v.hm(from), inkDim) + 1
	first := from.Truncate(step)
	if first.Before(from) {
		first = first.Add(step)
	}
	for at := first; at.Before(to); at = at.Add(step) {
		x := r.X + int(float64(at.Sub(from))/float64(span)*float64(r.W))
		if x >= end && x+5 <= r.X+r.W-6 {
			end = x + f.Text(x, r.Y, v.hm(at), inkDim) + 1
		}
	}
	f.Right(r, v.hm(to), inkDim)
}
