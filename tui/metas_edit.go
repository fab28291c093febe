package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// targetScreen is where a lead changes what a meta asks for. It asks twice:
// what, and whether really. The change is an event with its author; the meta
// holds it from then on.
type targetScreen struct {
	id      string
	kpi     metrics.KPI
	queue   string
	old     string // as it was when asked, in words
	name    string
	entry   entry
	confirm bool
}

// askTarget opens the prompt for a meta's target, where one can be set.
func (v *view) askTarget(under screen, m *metrics.Meta) (screen, tea.Cmd) {
	if why := v.readOnly(); why != "" {
		v.tell(why)
		return under, nil
	}
	text := m.Target.Text(m.KPI.Info().Unit)
	return push(under, targetScreen{
		id: m.ID, kpi: m.KPI, queue: queueOf(m.Scope), old: text, entry: entry{text},
		name: string(v.metaName(m)) + " · " + string(v.scopeName(m.Scope)),
	}), nil
}

func (targetScreen) over()                 {}
func (targetScreen) place() place          { return placePrompt }
func (targetScreen) crumb(*view) draw.Safe { return "" }
func (targetScreen) keys() []action        { return []action{actOpen, actBack} }
func (targetScreen) typing() bool          { return true }

func (s targetScreen) update(p press, v *view) (screen, tea.Cmd) {
	switch {
	case p.act == actBack:
		return nil, nil
	case s.confirm:
		return s.decide(p, v)
	case p.act == actOpen:
		return s.check(v), nil
	default:
		s.entry = s.entry.press(p.key)
		return s, nil
	}
}

// check reads the target, and says what is wrong with it.
func (s targetScreen) check(v *view) screen {
	t, err := s.kpi.TargetFor(s.entry.text)
	switch {
	case errors.Is(err, metrics.ErrTargetUnit):
		v.complain(v.w("metas.edits.unit"))
	case errors.Is(err, metrics.ErrTargetRange):
		v.complain(v.w("metas.edits.range"))
	case errors.Is(err, metrics.ErrTargetDirection):
		v.complain(v.w("metas.edits.direction"))
	case err != nil:
		v.complain(v.w("metas.edits.syntax"))
	default:
		s.entry.text, s.confirm = t.Text(s.kpi.Info().Unit), true
	}
	return s
}

// decide records the change, or goes back to the typing.
func (s targetScreen) decide(p press, v *view) (screen, tea.Cmd) {
	switch {
	case p.act != actOpen && !yes(p.key.Text):
		s.confirm = false
		return s, nil
	case s.entry.text == s.old:
		v.tell(v.w("metas.edits.same"))
		return nil, nil
	}
	v.tell(v.say("metas.edits.done", "Name", draw.Clean(s.name), "Target", draw.Clean(s.entry.text)))
	return nil, v.recordCmd(floor.Event{Kind: floor.MetaSet, Queue: s.queue, Subject: s.id, Text: s.entry.text})
}

func (s targetScreen) listen(m tea.Msg, _ *view) (screen, tea.Cmd) {
	if p, ok := m.(tea.PasteMsg); ok && !s.confirm {
		s.entry = s.entry.add(p.Content)
	}
	return s, nil
}

func (s targetScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	if s.confirm {
		text := v.say("metas.edits.really", "Name", draw.Clean(s.name), "Old", draw.Clean(s.old), "New", draw.Clean(s.entry.text))
		drawPrompt(f, r, text, v.w("metas.edits.yesno"), inkText|draw.Bold)
		return
	}
	label := v.say("metas.edits.ask", "Name", draw.Clean(s.name))
	w := max(8, r.W-draw.Width(label)-4)
	drawPrompt(f, r, v.join(label, " ", s.entry.shown(v, w)), v.w("metas.edits.keys"), inkText|draw.Bold)
}
