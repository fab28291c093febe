package tui

import (
	"time"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// agentColumns are the columns of the list of agents, with what each is worth
// when there is no room for all.
func agentColumns() []column {
	return []column{
		{id: "agent", w: 16, most: 28},
		{id: "queue", w: 12, most: 20, rank: 4},
		{id: "team", w: 10, most: 14, rank: 13},
		{id: "seat", w: 6, rank: 14},
		{id: "state", w: 13, most: 18},
		{id: "since", w: 7, right: true, rank: 1},
		{id: "expected", w: 9, right: true, rank: 5},
		{id: "handled", w: 6, right: true, rank: 6, bar: true, number: true, kpi: metrics.Handled},
		{id: "aht", w: 6, right: true, rank: 6, number: true, kpi: metrics.AHT},
		{id: "wrap", w: 6, right: true, rank: 8, number: true, kpi: metrics.WrapAvg},
		{id: "hold", w: 6, right: true, rank: 15, number: true, kpi: metrics.HoldAvg},
		{id: "adherence", w: 6, right: true, rank: 9, number: true, kpi: metrics.Adherence},
		{id: "occupancy", w: 6, right: true, rank: 12, number: true, kpi: metrics.Occupancy},
		{id: "perhour", w: 6, right: true, rank: 16, number: true, kpi: metrics.HandledPerHour},
		{id: "transfers", w: 7, right: true, rank: 17, number: true, kpi: metrics.Transfers},
		{id: "rings", w: 8, right: true, rank: 18, number: true, kpi: metrics.NotAnsweredRings},
		{id: "hour", w: 12, rank: 7, bar: true},
		{id: "weight", w: 8, most: 10, rank: 2, bar: true},
	}
}

func (s agentsScreen) cell(a *metrics.Agent, c placed, v *view) (draw.Safe, draw.Style) {
	switch c.id {
	case "agent":
		if s.marks[a.Name] {
			return v.join("+", draw.Clean(a.Name)), draw.Bold
		}
		return v.join(" ", draw.Clean(a.Name)), inkText
	case "queue":
		return draw.Clean(a.QueueName), inkText
	case "team":
		return draw.Clean(a.Team), inkText
	case "seat":
		return draw.Clean(a.Seat), inkText
	default:
		return v.agentCell(a, c)
	}
}

// agentCell is a cell of a row about an agent that every list of agents has.
func (v *view) agentCell(a *metrics.Agent, c placed) (draw.Safe, draw.Style) {
	switch c.id {
	case "state":
		return v.stateIn(a, c.width), inkText
	case "since":
		if _, ok := sinceOf(a); !ok {
			return "", inkText
		}
		if v.stale() {
			return markDash, inkDim // nobody knows how long by now
		}
		return v.spanPadded(a.InState), v.beyondInk(a)
	case "expected":
		if a.Expected == 0 || a.Neutral() {
			return markDash, inkText
		}
		return v.span(a.Expected), inkText
	case "hour":
		return v.strip(a.Hour), inkText
	case "weight":
		return v.weight(a)
	default:
		m := a.Figure(v.window, c.kpi)
		if !m.Known {
			return markNone, inkNoData
		}
		return v.rounded(c.kpi, m), inkText
	}
}

// stateIn is the state with its mark, by its short word where the whole one
// has no room.
func (v *view) stateIn(a *metrics.Agent, w int) draw.Safe {
	text := v.join(stateGlyph(a.State), " ", v.stateWord(a))
	if draw.Width(text) <= w || a.State == floor.OnPause || a.Calls > 1 {
		return text
	}
	return v.join(stateGlyph(a.State), " ", v.w("doing.short."+stateKey(a.State)))
}

// beyondInk colours a time only when it is past what was planned, of a state
// that may have colour at all.
func (v *view) beyondInk(a *metrics.Agent) draw.Style {
	if a.Overdue && !a.Neutral() {
		return v.ink(a.Weight.Status)
	}
	return inkText
}

// weight is what the agent's return is worth: "■ 9 pp", "neutra", "●".
func (v *view) weight(a *metrics.Agent) (draw.Safe, draw.Style) {
	switch {
	case a.Neutral() || a.Weight.Neutral:
		return v.w("agents.neutral"), inkDim
	case a.State == floor.Offline:
		return "", inkText
	case a.Weight.Points.Known && v.alertable(a.Weight.Status):
		return v.join(v.mark(a.Weight.Status), " ", v.points(a.Weight.Points)), v.ink(a.Weight.Status)
	default:
		return v.mark(a.Weight.Status), v.ink(a.Weight.Status)
	}
}

// alertable reports whether a status is worth a figure beside its mark.
func (v *view) alertable(s metrics.Status) bool {
	s = v.status(s)
	return s == metrics.Attention || s == metrics.Critical || s == metrics.Missed
}

// points is a share as whole percentage points: "9 pp".
func (v *view) points(m metrics.Measure) draw.Safe {
	return v.say("number.points", "N", v.decimal(m.Value*100, 0, false))
}

// strip is one mark a state: "●●●◐○=".
func (v *view) strip(states []floor.State) draw.Safe {
	out := make([]draw.Safe, len(states))
	for i, s := range states {
		out[i] = stateGlyph(s)
	}
	return v.join(out...)
}

// agentText is the row as it is copied: words, no marks alone.
func agentText(a *metrics.Agent, v *view) string {
	const tab = "\t"
	since := draw.Safe("")
	if _, ok := sinceOf(a); ok {
		since = v.span(a.InState)
	}
	return string(draw.Clean(a.Name)+tab+draw.Clean(a.QueueName)+tab+v.stateWord(a)+tab+since) + tab +
		string(v.figure(metrics.Handled, a.Figure(v.window, metrics.Handled))) + tab +
		string(v.figure(metrics.AHT, a.Figure(v.window, metrics.AHT)))
}

// stateGlyph is the mark of a state: filled is busy, hollow is available.
func stateGlyph(s floor.State) draw.Safe {
	switch s {
	case floor.Available:
		return "○"
	case floor.RingingState:
		return "◇"
	case floor.Busy, floor.OnHold:
		return "●"
	case floor.AfterCall:
		return "◐"
	case floor.OnPause:
		return "="
	default:
		return "×"
	}
}

// stateWord says what the agent is doing. A pause that is a right is only
// "pausa": what it is for is nobody's business.
func (v *view) stateWord(a *metrics.Agent) draw.Safe {
	switch a.State {
	case floor.Busy:
		if a.Calls > 1 {
			return v.plural("doing.several", a.Calls, "N", v.count(a.Calls))
		}
		return v.w("doing.busy")
	case floor.OnPause:
		return v.w("doing." + pauseKey(a.Pause.Class))
	default:
		return v.w("doing." + stateKey(a.State))
	}
}

func stateKey(s floor.State) string {
	switch s {
	case floor.Available:
		return "free"
	case floor.RingingState:
		return "ringing"
	case floor.Busy:
		return "busy"
	case floor.OnHold:
		return "hold"
	case floor.AfterCall:
		return "wrapup"
	case floor.OnPause:
		return "pause"
	default:
		return "offline"
	}
}

func pauseKey(p floor.Pause) string {
	switch p {
	case floor.PauseTraining:
		return "training"
	case floor.PauseFeedback:
		return "feedback"
	case floor.PauseMeeting:
		return "meeting"
	case floor.PauseAuto:
		return "auto"
	default:
		return "pause"
	}
}

// sinceOf is the instant a state began, where a clock may be shown at all.
func sinceOf(a *metrics.Agent) (at time.Time, ok bool) {
	return a.Since, !a.Neutral() && a.State != floor.Offline
}
