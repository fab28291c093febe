package tui

import (
	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

// queueScreen is one queue: why it is at risk, its figures, who is in it and
// who waits. The cursor is on whoever weighs most from the start.
type queueScreen struct {
	id      string
	list    list // of agents
	callers list
	panel   queuePanel
	tile    int // the figure in focus, from 1; 0 none
	by      metrics.AgentOrder
	zoomed  bool
}

// queuePanel is a part of the page that keys act on.
type queuePanel uint8

// The panels, in the order of tab.
const (
	panelAgents queuePanel = iota
	panelCallers
	panelTiles
	panelCount
)

// openQueue is the page of a queue.
func openQueue(id string) screen { return queueScreen{id: id} }

func (queueScreen) place() place { return placeQueue }

func (s queueScreen) crumb(v *view) draw.Safe {
	name := s.id
	if q := v.queue(s.id); q != nil {
		name = q.Ref.Name
	}
	return v.crumbWindow(v.say("queue.crumb", "Name", draw.Clean(name)))
}

// crumbWindow adds the window to a crumb when it is not the day.
func (v *view) crumbWindow(crumb draw.Safe) draw.Safe {
	if v.window == metrics.Today {
		return crumb
	}
	return v.join(crumb, " (", v.windowName(), ")")
}

func (queueScreen) keys() []action {
	return []action{
		actBack, actOpen, actNextPanel, actNextRisk, actAck, actSort, actFreeze, actCopy, actLens, actDown, actUp,
		actFirst, actLast, actPageDown, actPageUp, actLeft, actRight, actPrevPanel, actPrevRisk, actZoom, actWindow,
	}
}

// members are the queue's people in the order shown.
func (s queueScreen) members(q *metrics.Queue, v *view) ([]*metrics.Agent, []string) {
	agents := metrics.OrderAgents(q.Members, s.by)
	byName := make(map[string]*metrics.Agent, len(agents))
	for _, a := range agents {
		byName[a.Name] = a
	}
	ids := s.list.arrange(namesOf(agents), v.now)
	out := make([]*metrics.Agent, len(ids))
	for i, id := range ids {
		out[i] = byName[id]
	}
	return out, ids
}

func (s queueScreen) update(p press, v *view) (screen, tea.Cmd) {
	q := v.queue(s.id)
	if q == nil {
		return nil, nil
	}
	switch p.act {
	case actBack:
		return s.up()
	case actNextPanel:
		s.panel = (s.panel + 1) % panelCount
		return s.enterPanel(), nil
	case actPrevPanel:
		s.panel = (s.panel + panelCount - 1) % panelCount
		return s.enterPanel(), nil
	case actLeft, actRight:
		return s.figure(p.act), nil
	case actNextRisk:
		return s.neighbour(1, v), nil
	case actPrevRisk:
		return s.neighbour(-1, v), nil
	case actAck:
		return s.acknowledge(q, v)
	case actZoom:
		s.zoomed = !s.zoomed
	case actSort:
		s.by = (s.by + 1) % metrics.AgentOrderCount
		s.list.held = nil
	case actCopy:
		return s, s.copy(q, v)
	case actLens:
		return push(s, lensScreen{s.number(q, v)}), nil
	case actOpen:
		return s.open(q, v)
	default:
		return s.move(p, q, v), nil
	}
	return s, nil
}

// up takes one step up inside the page before it leaves it.
func (s queueScreen) up() (screen, tea.Cmd) {
	switch {
	case s.zoomed:
		s.zoomed = false
	case s.tile > 0 || s.panel != panelAgents:
		s.tile, s.panel = 0, panelAgents
	default:
		return nil, nil
	}
	return s, nil
}

// enterPanel puts the focus where the panel has one.
func (s queueScreen) enterPanel() screen {
	s.tile = 0
	if s.panel == panelTiles {
		s.tile = 1
	}
	return s
}

// figure moves the focus between the tiles, from whatever panel.
func (s queueScreen) figure(act action) screen {
	s.panel = panelTiles
	if act == actRight {
		s.tile = min(s.tile+1, queueTileCount)
	} else {
		s.tile = max(s.tile-1, 1)
	}
	return s
}

// move moves the cursor in the panel in focus.
func (s queueScreen) move(p press, q *metrics.Queue, v *view) screen {
	parts := queueLayout(bodyOf(v), sizeOf(v.width, v.height), s.zoomed)
	switch {
	case s.panel == panelCallers:
		s.callers, _ = s.callers.press(p, callerIDs(q), max(1, parts.callers.H-3), 0)
	case s.panel == panelAgents && !v.public():
		_, ids := s.members(q, v)
		var done bool
		if s.list, done = s.list.press(p, ids, max(1, parts.agents.H-3), 0); done {
			s.list = s.list.hold(ids, p.at)
		}
	}
	return s
}

// number is what the lens and enter are about.
func (s queueScreen) number(q *metrics.Queue, v *view) number {
	tiles := queueTiles(q, v)
	i := max(1, min(s.tile, len(tiles)))
	t := tiles[i-1]
	return number{ref: q.Ref, kpi: t.kpi, meta: metaID(t.meta), own: t.own, window: t.window}
}

// open opens the agent under the cursor, or the contacts of a figure or panel.
func (s queueScreen) open(q *metrics.Queue, v *view) (screen, tea.Cmd) {
	switch s.panel {
	case panelTiles:
		return pushContacts(s, s.number(q, v), v)
	case panelCallers:
		return pushContacts(s, numberOf(q.Ref, metrics.WaitingNow), v)
	default:
		if v.public() {
			v.tell(v.w("app.nonames"))
			return s, nil
		}
		_, ids := s.members(q, v)
		name := s.list.sel.selected(ids)
		if name == "" {
			v.tell(v.w("queue.noagents"))
			return s, nil
		}
		next, cmd := openAgentRecorded(name, v)
		return push(s, next), cmd
	}
}

// neighbour goes to the next queue at risk; from a calm one to the worst.
func (s queueScreen) neighbour(step int, v *view) screen {
	var at []string
	i := -1
	for _, r := range v.snap.Risks {
		if r.Scope.Kind != metrics.QueueScope {
			continue
		}
		if r.Scope.ID == s.id {
			i = len(at)
		}
		at = append(at, r.Scope.ID)
	}
	switch {
	case len(at) == 0:
		v.tell(v.w("queue.norisks"))
		return s
	case i < 0:
		return openQueue(at[0])
	case len(at) == 1:
		v.tell(v.w("queue.onlyrisk"))
		return s
	default:
		return openQueue(at[(i+step+len(at))%len(at)])
	}
}

// acknowledge opens the note with which a risk is taken on.
func (s queueScreen) acknowledge(q *metrics.Queue, v *view) (screen, tea.Cmd) {
	r := v.riskOf(q)
	if r == nil {
		v.tell(v.w("queue.nothing"))
		return s, nil
	}
	return v.askNote(s, noteAbout{risk: r.ID, queue: q.Config.ID, name: q.Ref.Name})
}

// copy copies the caller's contact, the agent's row, or the queue's figures.
func (s queueScreen) copy(q *metrics.Queue, v *view) tea.Cmd {
	switch {
	case s.panel == panelCallers && !v.public():
		if id := s.callers.sel.selected(callerIDs(q)); id != "" {
			return v.copyLines([]string{id})
		}
	case s.panel == panelAgents && !v.public():
		agents, ids := s.members(q, v)
		if i := s.list.sel.index(ids); i >= 0 {
			return v.copyLines([]string{agentText(agents[i], v)})
		}
	}
	return v.copyLines([]string{queueText(q, v)})
}

func callerIDs(q *metrics.Queue) []string {
	ids := make([]string, len(q.Callers))
	for i, c := range q.Callers {
		ids[i] = c.Contact
	}
	return ids
}

// click selects in the panel clicked; a double click opens.
func (s queueScreen) click(c click, r draw.Rect, v *view) (screen, tea.Cmd) {
	q := v.queue(s.id)
	if q == nil || v.public() {
		return s, nil
	}
	parts := queueLayout(r, sizeOf(v.width, v.height), s.zoomed)
	switch {
	case inside(parts.agents, c):
		_, ids := s.members(q, v)
		s.panel, s.tile = panelAgents, 0
		s.list = s.list.point(c, ids, parts.agents, 2, v.now)
	case inside(parts.callers, c):
		s.panel, s.tile = panelCallers, 0
		s.callers = s.callers.point(c, callerIDs(q), parts.callers, 1, v.now)
	default:
		return s, nil
	}
	if c.double && c.wheel == 0 {
		return s.open(q, v)
	}
	return s, nil
}

func inside(r draw.Rect, c click) bool {
	return c.x >= r.X && c.x < r.X+r.W && c.y >= r.Y && c.y < r.Y+r.H
}
