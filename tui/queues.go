package tui

import (
	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

// queuesScreen lists every queue with the figures of the window.
type queuesScreen struct {
	list list
	by   metrics.QueueOrder
}

// openQueues is the page of all queues.
func openQueues() screen { return queuesScreen{} }

func (queuesScreen) place() place            { return placeQueues }
func (queuesScreen) crumb(v *view) draw.Safe { return v.w("queues.crumb") }
func (s queuesScreen) typing() bool          { return s.list.editing }
func (queuesScreen) keys() []action {
	return []action{
		actDown, actUp, actOpen, actFilter, actSort, actWindow, actBack, actFreeze, actCopy, actFirst, actLast,
		actPageDown, actPageUp, actLeft, actRight, actLens, actRisk, actNextRisk, actPrevRisk, actAck,
	}
}

// rows are the queues shown, in the order shown.
func (s queuesScreen) rows(v *view) ([]*metrics.Queue, []string) {
	queues := metrics.OrderQueues(v.snap.Queues, s.by, v.window)
	byID := make(map[string]*metrics.Queue, len(queues))
	ids := make([]string, 0, len(queues))
	for _, q := range queues {
		byID[q.Config.ID] = q
		ids = append(ids, q.Config.ID)
	}
	out, kept := make([]*metrics.Queue, 0, len(ids)), make([]string, 0, len(ids))
	for _, id := range s.list.arrange(ids, v.now) {
		q := byID[id]
		if s.list.filter.match(q.Ref.Name, q.Config.ID, string(v.word(q.Status)), string(q.Config.Channel)) {
			out, kept = append(out, q), append(kept, id)
		}
	}
	return out, kept
}

func (s queuesScreen) update(p press, v *view) (screen, tea.Cmd) {
	queues, ids := s.rows(v)
	parts := queuesLayout(bodyOf(v))
	cols := fitColumns(queuesColumns(), parts.table.W)
	if s.list.editing && p.act == actOpen && len(ids) == 0 {
		s.list = s.list.toNearest(queueNames(v))
		return s, nil
	}
	l, done := s.list.press(p, ids, parts.table.H, numbersIn(cols))
	if s.list = l; done {
		s.list = s.list.hold(ids, p.at)
		return s, nil
	}
	if p.act == actBack {
		return nil, nil
	}
	if p.act == actSort {
		s.by = (s.by + 1) % metrics.QueueOrderCount
		s.list.held = nil
		return s, nil
	}
	i := s.list.sel.index(ids)
	if i < 0 {
		return s, nil
	}
	q := queues[i]
	s.list.sel = s.list.sel.to(ids, i, parts.table.H)
	n := numberOf(q.Ref, metrics.SLStrictNoShort)
	c, onNumber := focused(cols, s.list.focus)
	if onNumber {
		n.kpi = c.kpi
	}
	switch p.act {
	case actOpen:
		if onNumber {
			return pushContacts(s, n, v)
		}
		return push(s, openQueue(q.Config.ID)), nil
	case actLens:
		return push(s, lensScreen{n}), nil
	case actCopy:
		return s, v.copyLines([]string{queueText(q, v)})
	case actNextRisk, actPrevRisk:
		return pushRisk(s, p.act, v)
	case actAck:
		if r := v.riskOf(q); r != nil {
			return v.askNote(s, noteAbout{risk: r.ID, queue: q.Config.ID, name: q.Ref.Name})
		}
		v.tell(v.w("queue.nothing"))
	}
	return s, nil
}

// pushRisk opens the queue of the worst risk, or of the last, over a list.
func pushRisk(under screen, act action, v *view) (screen, tea.Cmd) {
	var ids []string
	for _, r := range v.snap.Risks {
		if r.Scope.Kind == metrics.QueueScope {
			ids = append(ids, r.Scope.ID)
		}
	}
	if len(ids) == 0 {
		v.tell(v.w("queue.norisks"))
		return under, nil
	}
	if act == actPrevRisk {
		return push(under, openQueue(ids[len(ids)-1])), nil
	}
	return push(under, openQueue(ids[0])), nil
}

func queueNames(v *view) []string {
	names := make([]string, len(v.snap.Queues))
	for i, q := range v.snap.Queues {
		names[i] = q.Ref.Name
	}
	return names
}

// click selects; a double click opens; the wheel scrolls.
func (s queuesScreen) click(c click, r draw.Rect, v *view) (screen, tea.Cmd) {
	_, ids := s.rows(v)
	t := queuesLayout(r).table
	switch {
	case c.wheel != 0:
		s.list.sel = s.list.sel.move(ids, c.wheel, t.H)
	case c.y >= t.Y && c.y < t.Y+t.H && len(ids) > 0:
		s.list = s.list.click(ids, c.y-t.Y, t.H, v.now)
		if c.double {
			return push(s, openQueue(s.list.sel.selected(ids))), nil
		}
	}
	return s, nil
}

// queuesParts are the rectangles of the page of queues.
type queuesParts struct{ filter, rule, head, table, total draw.Rect }

func queuesLayout(r draw.Rect) queuesParts {
	var p queuesParts
	p.filter, r = r.Rows(1)
	if r.H > 14 {
		p.rule, r = r.Rows(1)
	}
	p.head, r = r.Rows(1)
	if r.H > 5 {
		p.total, r = r.Rows(-2)
	}
	p.table = r
	return p
}

func (s queuesScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	p := queuesLayout(r)
	queues, ids := s.rows(v)
	if !p.rule.Empty() {
		f.HLine(p.rule.X, p.rule.Y, p.rule.W, '─', inkRule)
	}
	order := v.say("list.order", "By", v.w(queueOrderKey(s.by)))
	if s.list.holding(v.now) {
		order = v.join(order, " ", v.w("list.held"))
	}
	if len(queues) == 0 {
		drawListHead(f, p.filter, v, s.list, order, rangeLine(v, 0, 0, 0))
		none := draw.Rect{X: p.head.X, Y: p.head.Y, W: p.head.W, H: p.head.H + p.table.H}
		if len(v.snap.Queues) == 0 {
			f.TextIn(none.Inset(1, 0), v.join(markNone, " ", v.w("queues.none")), inkNoData)
			return
		}
		s.list.drawNoMatch(f, none, v, v.say("queues.nomatch", "N", v.count(len(v.snap.Queues)),
			"Text", draw.Cut(draw.Clean(s.list.filter.text), 40)), queueNames(v))
		return
	}
	sh := sheet{f, v, fitColumns(queuesColumns(), p.table.W), s.list}
	sh.head(p.head)
	top, shown := sh.rows(p.table, ids, func(i int, c placed) (draw.Safe, draw.Style) {
		return queueCell(queues[i], c, v)
	})
	drawListHead(f, p.filter, v, s.list, order, rangeLine(v, top, shown, len(ids)))
	s.drawTotal(sh, p.total)
}

// drawTotal is the whole site under the queues, once.
func (s queuesScreen) drawTotal(sh sheet, r draw.Rect) {
	t := sh.v.snap.Total
	if r.H < 2 || t == nil {
		return
	}
	sh.f.HLine(r.X, r.Y, r.W, '─', inkRule)
	_, r = r.Rows(1)
	sh.row(r, false, func(c placed) (draw.Safe, draw.Style) {
		switch c.id {
		case "sl60":
			return "", inkText
		case "target":
			if m := sh.v.siteMeta(metrics.SLStrictNoShort); m != nil {
				return sh.v.targetSaid(m), inkDim
			}
		}
		return scopeCell(t, nil, c, sh.v)
	})
}

func queueOrderKey(by metrics.QueueOrder) string {
	switch by {
	case metrics.QueuesByName:
		return "queues.by.name"
	case metrics.QueuesBySL:
		return "queues.by.sl"
	case metrics.QueuesByWaiting:
		return "queues.by.waiting"
	case metrics.QueuesByLongest:
		return "queues.by.longest"
	case metrics.QueuesByAbandon:
		return "queues.by.abandon"
	case metrics.QueuesByOffered:
		return "queues.by.offered"
	default:
		return "queues.by.risk"
	}
}

// listen takes text pasted into the filter.
func (s queuesScreen) listen(m tea.Msg, _ *view) (screen, tea.Cmd) {
	s.list = s.list.pasted(m)
	return s, nil
}
