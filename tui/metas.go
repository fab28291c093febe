package tui

import (
	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

// metasScreen lists every target on one scale: how much of the error it allows
// is spent.
type metasScreen struct {
	list   list
	by     metrics.MetaOrder
	zoomed bool // the list alone
}

// openMetas is the page of all metas.
func openMetas() screen { return metasScreen{} }

func (metasScreen) place() place            { return placeMetas }
func (metasScreen) crumb(v *view) draw.Safe { return v.w("metas.crumb") }
func (s metasScreen) typing() bool          { return s.list.editing }
func (metasScreen) keys() []action {
	return []action{
		actDown, actUp, actOpen, actEdit, actWindow, actFilter, actBack, actSort, actCopy, actLens, actFirst, actLast,
		actPageDown, actPageUp, actLeft, actRight, actZoom, actNextRisk, actPrevRisk, actAck,
	}
}

// rows are the metas shown, in the order shown, and the identity of each.
func (s metasScreen) rows(v *view) ([]*metrics.Meta, []string) {
	metas := metrics.OrderMetas(v.snap.Metas, s.by)
	byID := make(map[string]*metrics.Meta, len(metas))
	ids := make([]string, 0, len(metas))
	for _, m := range metas {
		id := metaKey(m)
		byID[id] = m
		ids = append(ids, id)
	}
	out, kept := make([]*metrics.Meta, 0, len(ids)), make([]string, 0, len(ids))
	for _, id := range s.list.arrange(ids, v.now) {
		m := byID[id]
		if s.list.filter.match(string(v.metaName(m)), string(v.scopeName(m.Scope)), string(v.word(m.Status)), string(v.owner(m))) {
			out, kept = append(out, m), append(kept, id)
		}
	}
	return out, kept
}

// metaKey is what a meta is recognised by from one snapshot to the next.
func metaKey(m *metrics.Meta) string {
	if m.ID != "" {
		return m.ID
	}
	return m.KPI.String() + "/" + m.Scope.ID + "/" + m.Window
}

// metaName is a meta in words: "nível de serviço 80/20", "abandono".
func (v *view) metaName(m *metrics.Meta) draw.Safe {
	name := v.kpiName(m.KPI)
	if m.KPI.Info().ID == "service_level" && m.Threshold > 0 && m.Target.Op == metrics.AtLeast {
		return v.say("metas.level", "Name", v.w("metas.levelname"), "Pct", v.decimal(m.Target.Low*100, 0, false),
			"T", v.count(int(m.Threshold.Seconds())))
	}
	return name
}

// scopeWidth is the narrowest column that says where something holds.
const scopeWidth = 11

// siteName is the whole operation by its name, or as the operation where the
// name has no room in w columns.
func (v *view) siteName(w int) draw.Safe {
	if s := siteShort(v); s != "" && draw.Width(s) <= w {
		return s
	}
	return v.w("wall.site")
}

// scopeName is where a meta holds. The public wall says no name of a person.
func (v *view) scopeName(r metrics.ScopeRef) draw.Safe {
	switch {
	case r.Kind == metrics.AgentScope && v.public():
		return v.w("metas.oneagent")
	case r.Kind == metrics.SiteScope:
		return v.siteName(scopeWidth)
	default:
		return draw.Clean(r.Name)
	}
}

// metaBrief is a meta's name where there is little room: "NS 80/20", "TMA".
func (v *view) metaBrief(m *metrics.Meta) draw.Safe {
	if m.KPI.Info().ID == "service_level" {
		return v.join(v.kpiName(m.KPI), v.slLabel(m))
	}
	return v.kpiTag(m.KPI)
}

func (s metasScreen) update(p press, v *view) (screen, tea.Cmd) {
	metas, ids := s.rows(v)
	parts := metasLayout(bodyOf(v), s.zoomed)
	cols := fitColumns(metaColumns(parts.table.W), parts.table.W)
	if s.list.editing && p.act == actOpen && len(ids) == 0 {
		s.list = s.list.toNearest(metaNames(v))
		return s, nil
	}
	l, done := s.list.press(p, ids, parts.table.H, numbersIn(cols))
	if s.list = l; done {
		s.list = s.list.hold(ids, p.at)
		return s, nil
	}
	switch p.act {
	case actBack:
		if !s.zoomed {
			return nil, nil
		}
		s.zoomed = false
	case actSort:
		s.by = (s.by + 1) % metrics.MetaOrderCount
		s.list.held = nil
	case actZoom:
		s.zoomed = !s.zoomed
	case actNextRisk, actPrevRisk:
		return pushRisk(s, p.act, v)
	default:
		if i := s.list.sel.index(ids); i >= 0 {
			s.list.sel = s.list.sel.to(ids, i, parts.table.H)
			return s.act(p.act, metas[i], cols, v)
		}
	}
	return s, nil
}

// act does what a key asks of the meta under the cursor.
func (s metasScreen) act(a action, m *metrics.Meta, cols []placed, v *view) (screen, tea.Cmd) {
	n := number{ref: m.Scope, kpi: m.KPI, meta: m.ID}
	if v.window == metrics.Today { // as shown: a meta's figure is of its own window until one is chosen
		n.window, n.own = windowOf(m)
	}
	_, onNumber := focused(cols, s.list.focus)
	switch a {
	case actLens:
		return push(s, lensScreen{n}), nil
	case actCopy:
		return s, v.copyLines([]string{metaText(m, v)})
	case actEdit:
		return v.askTarget(s, m)
	case actAck:
		if m.Risk < 0 || m.Risk >= len(v.snap.Risks) {
			v.tell(v.w("queue.nothing"))
			return s, nil
		}
		r := v.snap.Risks[m.Risk]
		return v.askNote(s, noteAbout{risk: r.ID, queue: queueOf(r.Scope), name: r.Scope.Name})
	case actOpen:
		switch {
		case onNumber:
			return pushContacts(s, n, v)
		case m.Scope.Kind == metrics.QueueScope && v.queue(m.Scope.ID) != nil:
			return push(s, openQueue(m.Scope.ID)), nil
		case m.Scope.Kind == metrics.AgentScope && !v.public():
			next, cmd := openAgentRecorded(m.Scope.ID, v)
			return push(s, next), cmd
		default:
			return pushContacts(s, n, v)
		}
	default:
		return s, nil
	}
}

// queueOf is the id of a scope that is a queue.
func queueOf(r metrics.ScopeRef) string {
	if r.Kind == metrics.QueueScope {
		return r.ID
	}
	return ""
}

func metaNames(v *view) []string {
	out := make([]string, len(v.snap.Metas))
	for i, m := range v.snap.Metas {
		out[i] = string(v.metaName(m)) + " " + string(v.scopeName(m.Scope))
	}
	return out
}

// click selects; a double click opens; the wheel scrolls.
func (s metasScreen) click(c click, r draw.Rect, v *view) (screen, tea.Cmd) {
	metas, ids := s.rows(v)
	t := metasLayout(r, s.zoomed).table
	switch {
	case c.wheel != 0:
		s.list.sel = s.list.sel.move(ids, c.wheel, t.H)
	case c.y >= t.Y && c.y < t.Y+t.H && len(ids) > 0:
		s.list = s.list.click(ids, c.y-t.Y, t.H, v.now)
		if c.double {
			return s.act(actOpen, metas[s.list.sel.index(ids)], nil, v)
		}
	}
	return s, nil
}

// metaText is a meta's row as it is copied.
func metaText(m *metrics.Meta, v *view) string {
	const tab = "\t"
	return string(v.metaName(m)+tab+v.scopeName(m.Scope)+tab+v.figure(m.KPI, m.Now)+tab+v.target(m, false)) + tab +
		string(v.distance(m.KPI, m.Slack, true)) + tab + string(v.word(m.Status))
}

// listen takes text pasted into the filter.
func (s metasScreen) listen(m tea.Msg, _ *view) (screen, tea.Cmd) {
	s.list = s.list.pasted(m)
	return s, nil
}
