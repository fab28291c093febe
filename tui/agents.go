package tui

import (
	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

// agentsScreen lists the agents. Who weighs most in a risk comes first, and
// the order stands still while the cursor moves.
type agentsScreen struct {
	list   list
	by     metrics.AgentOrder
	marks  marks
	zoomed bool // the list alone, without the preview
}

// openAgents is the page of all agents.
func openAgents() screen { return agentsScreen{} }

func (agentsScreen) place() place            { return placeAgents }
func (agentsScreen) crumb(v *view) draw.Safe { return v.w("agents.crumb") }
func (s agentsScreen) typing() bool          { return s.list.editing }
func (agentsScreen) keys() []action {
	return []action{
		actDown, actUp, actOpen, actFilter, actSort, actBack, actFreeze, actMark, actCopy, actFirst, actLast,
		actPageDown, actPageUp, actLeft, actRight, actLens, actZoom, actWindow,
	}
}

// rows are the agents shown, in the order shown.
func (s agentsScreen) rows(v *view) ([]*metrics.Agent, []string) {
	agents := metrics.OrderAgents(v.snap.Agents, s.by)
	byName := make(map[string]*metrics.Agent, len(agents))
	ids := make([]string, 0, len(agents))
	for _, a := range agents {
		byName[a.Name] = a
		ids = append(ids, a.Name)
	}
	out, kept := make([]*metrics.Agent, 0, len(ids)), make([]string, 0, len(ids))
	for _, id := range s.list.arrange(ids, v.now) {
		a := byName[id]
		if s.list.filter.match(a.Name, a.QueueName, a.Team, a.Seat, string(v.stateWord(a))) {
			out, kept = append(out, a), append(kept, id)
		}
	}
	return out, kept
}

func (s agentsScreen) update(p press, v *view) (screen, tea.Cmd) {
	if v.public() {
		return nil, nil
	}
	agents, ids := s.rows(v)
	parts := agentsLayout(bodyOf(v), s.zoomed)
	cols := fitColumns(agentColumns(), parts.table.W)
	if s.list.editing && p.act == actOpen && len(ids) == 0 {
		s.list = s.list.toNearest(agentNames(v))
		return s, nil
	}
	l, done := s.list.press(p, ids, parts.table.H, numbersIn(cols))
	if s.list = l; done {
		s.list = s.list.hold(ids, p.at)
		return s, nil
	}
	var a *metrics.Agent
	if i := s.list.sel.index(ids); i >= 0 {
		a = agents[i]
	}
	switch p.act {
	case actBack:
		return s.up()
	case actSort:
		s.by = (s.by + 1) % metrics.AgentOrderCount
		s.list.held = nil
	case actZoom:
		s.zoomed = !s.zoomed
	case actMark:
		if a != nil {
			s.marks = s.marks.toggle(a.Name)
			s.list.sel = s.list.sel.move(ids, 1, parts.table.H)
			s.list = s.list.hold(ids, p.at)
		}
	case actCopy:
		return s, s.copy(agents, a, v)
	case actOpen, actLens:
		if a != nil {
			s.list.sel = s.list.sel.move(ids, 0, parts.table.H)
			return s.open(p.act, a, cols, v)
		}
	}
	return s, nil
}

// up takes one step: the preview's return, the marks, then the page.
func (s agentsScreen) up() (screen, tea.Cmd) {
	switch {
	case s.zoomed:
		s.zoomed = false
	case len(s.marks) > 0:
		s.marks = nil
	default:
		return nil, nil
	}
	return s, nil
}

// open opens the agent, or what is behind the number in focus.
func (s agentsScreen) open(act action, a *metrics.Agent, cols []placed, v *view) (screen, tea.Cmd) {
	c, onNumber := focused(cols, s.list.focus)
	switch {
	case act == actLens && onNumber:
		return push(s, lensScreen{numberOf(a.Ref(), c.kpi)}), nil
	case act == actLens:
		return push(s, lensScreen{numberOf(a.Ref(), metrics.AHT)}), nil
	case onNumber:
		return pushContacts(s, numberOf(a.Ref(), c.kpi), v)
	default:
		next, cmd := openAgentRecorded(a.Name, v)
		return push(s, next), cmd
	}
}

func agentNames(v *view) []string {
	names := make([]string, len(v.snap.Agents))
	for i, a := range v.snap.Agents {
		names[i] = a.Name
	}
	return names
}

// copy copies the marked rows, or the one under the cursor.
func (s agentsScreen) copy(agents []*metrics.Agent, cur *metrics.Agent, v *view) tea.Cmd {
	var lines []string
	for _, a := range agents {
		if s.marks[a.Name] || (len(s.marks) == 0 && a == cur) {
			lines = append(lines, agentText(a, v))
		}
	}
	return v.copyLines(lines)
}

// click selects; a double click opens; the wheel scrolls.
func (s agentsScreen) click(c click, r draw.Rect, v *view) (screen, tea.Cmd) {
	if v.public() {
		return s, nil
	}
	_, ids := s.rows(v)
	t := agentsLayout(r, s.zoomed).table
	switch {
	case c.wheel != 0:
		s.list.sel = s.list.sel.move(ids, c.wheel, t.H)
	case c.y >= t.Y && c.y < t.Y+t.H && len(ids) > 0:
		s.list = s.list.click(ids, c.y-t.Y, t.H, v.now)
		if c.double {
			next, cmd := openAgentRecorded(s.list.sel.selected(ids), v)
			return push(s, next), cmd
		}
	}
	return s, nil
}

// marks are the rows marked with the space bar. It is replaced, never written
// to, so that a screen stays a value.
type marks map[string]bool

func (m marks) toggle(id string) marks {
	out := make(marks, len(m)+1)
	for k := range m {
		out[k] = true
	}
	if out[id] {
		delete(out, id)
	} else {
		out[id] = true
	}
	return out
}

// listen takes text pasted into the filter.
func (s agentsScreen) listen(m tea.Msg, _ *view) (screen, tea.Cmd) {
	s.list = s.list.pasted(m)
	return s, nil
}
