package tui

import (
	"strings"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

func (s agentScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	if v.public() {
		drawNoNames(f, r, v)
		return
	}
	a := v.agent(s.name)
	if a == nil {
		f.TextIn(r.Inset(1, 0), v.join(markNone, " ", v.say("agent.gone", "Name", draw.Clean(s.name))), inkNoData)
		return
	}
	step := sizeOf(v.width, v.height)
	box, r := r.Rows(5)
	drawAgentBox(f, box, a, v)
	air := 0
	if step >= size120 {
		air = 1
	}
	if step >= size80 {
		var today draw.Rect
		_, r = r.Rows(air)
		today, r = r.Rows(4)
		drawAgentDay(f, today, a, v)
		_, r = r.Rows(air)
	}
	r = drawTiles(f, r, v, agentTiles(a, v), s.focus)
	_, r = r.Rows(air)
	if step < size120 {
		drawAgentContacts(f, r, a, v)
		return
	}
	left, right := r.Cols((r.W - 1) / 2)
	_, right = right.Cols(1)
	drawAgentContacts(f, left, a, v)
	drawAgentMonth(f, right, a, v)
}

// drawAgentBox says what the agent is doing, what it costs, and what they are
// owed.
func drawAgentBox(f *draw.Frame, r draw.Rect, a *metrics.Agent, v *view) {
	border, st := draw.Rounded, inkRule
	if v.alertable(a.Weight.Status) && !a.Neutral() {
		border, st = draw.Heavy, v.ink(a.Weight.Status)
	}
	title := v.join(stateGlyph(a.State), " ", v.w("agent.head."+headKey(a)))
	if at, ok := sinceOf(a); ok && !at.IsZero() && !v.stale() {
		title = v.say("agent.for", "State", title, "For", v.span(a.InState))
	}
	if over := a.Beyond(); over > 0 && a.State == floor.OnPause && !v.stale() {
		title = v.say("agent.beyond", "State", title, "Over", v.span(over))
	}
	in := f.Box(r, border, st, title, agentWho(a, v), "", st|draw.Bold).Inset(1, 0)
	for _, l := range []labelled{
		{v.w("agent.effect"), agentEffect(a, v)},
		{v.w("agent.owed"), agentOwed(a, v)},
		{v.w("agent.context"), agentContext(a, v)},
	} {
		in = drawLabelled(f, in, l, labelWidth(v))
	}
}

// labelled is a line with its name at the left.
type labelled struct{ label, text draw.Safe }

// labelWidth is how much of a line its name takes.
func labelWidth(v *view) int {
	if sizeOf(v.width, v.height) == size40 {
		return 0
	}
	return 11
}

// drawLabelled draws a line and returns what is left of r.
func drawLabelled(f *draw.Frame, r draw.Rect, l labelled, w int) draw.Rect {
	line, rest := r.Rows(1)
	if line.Empty() {
		return rest
	}
	if w > 0 {
		var name draw.Rect
		name, line = line.Cols(w)
		f.TextIn(name, l.label, inkDim)
	}
	f.TextIn(line, l.text, inkText)
	return rest
}

// headKey is the state as a heading.
func headKey(a *metrics.Agent) string {
	if a.State == floor.OnPause {
		return pauseKey(a.Pause.Class)
	}
	return stateKey(a.State)
}

// agentWho is the person and where they sit.
func agentWho(a *metrics.Agent, v *view) draw.Safe {
	s := draw.Clean(a.Name)
	if a.Seat != "" {
		s = v.join(s, " · ", draw.Clean(a.Seat))
	}
	if a.Extension != "" {
		s = v.join(s, " · ", v.say("agent.extension", "N", draw.Clean(a.Extension)))
	}
	return s
}

// agentEffect is what the agent's state costs the queue, if anything.
func agentEffect(a *metrics.Agent, v *view) draw.Safe {
	switch {
	case a.Neutral():
		return v.w("agent.effects.neutral")
	case a.Weight.Points.Known && v.alertable(a.Weight.Status):
		text := v.say("agent.effects.worth", "Name", spokenName(a.Name), "Points", v.points(a.Weight.Points), "Queue", draw.Clean(a.QueueName))
		for _, q := range agentQueues(a, v) {
			if r := v.riskOf(q); r != nil {
				return v.join(v.say("agent.effects.queue", "Queue", draw.Clean(q.Ref.Name), "Status", v.queueStatus(r.Status), "For", v.ago(r.For)), "; ", text)
			}
		}
		return text
	default:
		return v.w("agent.effects.none")
	}
}

// spokenName is what people call each other by.
func spokenName(name string) draw.Safe {
	first, _, _ := strings.Cut(name, " ")
	return draw.Clean(first)
}

// queueStatus is a queue's status in the middle of a sentence.
func (v *view) queueStatus(s metrics.Status) draw.Safe {
	switch v.status(s) {
	case metrics.Critical, metrics.Missed:
		return v.w("agent.status.critical")
	case metrics.Attention:
		return v.w("agent.status.attention")
	default:
		return v.word(s)
	}
}

// agentOwed is what of the day's legal breaks was taken and what is due.
func agentOwed(a *metrics.Agent, v *view) draw.Safe {
	if a.RestsDue < 0 {
		return v.w("agent.rights.unknown")
	}
	meal := v.w("agent.rights.nomeal")
	if a.PauseMeal > 0 {
		meal = v.say("agent.rights.meal", "Long", v.span(a.PauseMeal))
	}
	if a.RestsDue == 0 {
		return v.join(meal, "; ", v.w("agent.rights.norest"))
	}
	return v.join(meal, "; ", v.plural("agent.rights.rests", a.RestsDue, "N", v.count(a.RestsDue)))
}

// agentContext is what a lead should know before calling: the newest note
// about the person, or the contact in hand, or the last one.
func agentContext(a *metrics.Agent, v *view) draw.Safe {
	for _, e := range v.snap.Log {
		if e.Kind == metrics.EntryNote && e.Agent == a.Name && e.Text != "" {
			return v.say("agent.before.note", "At", v.hm(e.At), "Author", draw.Clean(e.Author), "Text", draw.Clean(e.Text))
		}
	}
	switch {
	case a.Calls > 1:
		return v.plural("agent.before.several", a.Calls, "N", v.count(a.Calls))
	case a.Calls == 1 && a.QueueAHT.Known && !v.stale():
		return v.say("agent.before.call", "For", v.span(a.InState), "AHT", v.figure(metrics.AHT, a.QueueAHT))
	case len(a.Recent) > 0 && !a.Recent[0].EndedAt.IsZero() && !a.Recent[0].AnsweredAt.IsZero():
		c := a.Recent[0]
		return v.say("agent.before.last", "From", v.hm(c.AnsweredAt), "To", v.hm(c.EndedAt), "Talk", v.span(c.Talk))
	default:
		return v.w("agent.before.none")
	}
}
