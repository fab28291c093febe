package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

// wallScreen is the first page: what needs doing now. The cursor is on a queue
// or, after tab, on a tile.
type wallScreen struct {
	queue  string // id under the cursor; empty: the first
	onTile bool
	tile   int
	zoom   bool // the panel in focus has the whole body
}

func newWall() screen { return wallScreen{} }

func (s wallScreen) place() place            { return placeWall }
func (s wallScreen) crumb(v *view) draw.Safe { return v.w("wall.crumb") }

func (s wallScreen) keys() []action {
	return []action{
		actRisk, actOpen, actQueues, actAgents, actMetas, actEvents, actFilter, actFreeze, actCopy,
		actUp, actDown, actFirst, actLast, actPageDown, actPageUp, actNextPanel, actPrevPanel,
		actLeft, actRight, actNextRisk, actLens, actAck, actSort, actZoom,
	}
}

func (s wallScreen) foot() []action { return s.keys()[:9] }

func (s wallScreen) update(p press, v *view) (screen, tea.Cmd) {
	switch p.act {
	case actBack:
		if !s.zoom && !s.onTile {
			return nil, nil
		}
		if s.zoom {
			s.zoom = false
		} else {
			s.onTile = false
		}
	case actNextPanel, actPrevPanel:
		s.onTile = !s.onTile && len(v.snap.Tiles) > 0
	case actLeft:
		s.onTile, s.tile = true, max(0, s.tile-1)
	case actRight:
		if s.onTile {
			s.tile = min(len(v.snap.Tiles)-1, s.tile+1)
		}
		s.onTile = len(v.snap.Tiles) > 0
	case actDown, actUp, actFirst, actLast, actPageDown, actPageUp:
		s = s.move(p.act, v)
	case actNextRisk:
		return s.firstRisk(v)
	case actOpen:
		return s.open(v)
	case actLens:
		return s.lens(v)
	case actFilter, actSort:
		// the list of queues is where they are filtered and sorted
		list, cmd := openQueues().update(p, v)
		return push(s, list), cmd
	case actZoom:
		s.zoom = !s.zoom
	case actCopy:
		return s.copy(v)
	case actAck:
		return s.ack(v)
	}
	return s, nil
}

// move puts the cursor on another queue.
func (s wallScreen) move(a action, v *view) wallScreen {
	n := len(v.snap.Queues)
	if n == 0 {
		return s
	}
	s.onTile = false
	i := s.at(v)
	switch a {
	case actDown:
		i++
	case actUp:
		i--
	case actFirst:
		i = 0
	case actLast:
		i = n - 1
	case actPageDown:
		i += 5
	case actPageUp:
		i -= 5
	}
	s.queue = v.snap.Queues[min(max(i, 0), n-1)].Config.ID
	return s
}

// at is the index of the queue under the cursor: the first when it is gone.
func (s wallScreen) at(v *view) int {
	i := slices.IndexFunc(v.snap.Queues, func(q *metrics.Queue) bool { return q.Config.ID == s.queue })
	return max(i, 0)
}

func (s wallScreen) firstRisk(v *view) (screen, tea.Cmd) {
	for _, r := range v.snap.Risks {
		if r.Scope.Kind == metrics.QueueScope {
			return push(s, openQueue(r.Scope.ID)), nil
		}
	}
	v.tell(v.w("states.calm"))
	return s, nil
}

func (s wallScreen) open(v *view) (screen, tea.Cmd) {
	if s.onTile && s.tile < len(v.snap.Tiles) {
		h := v.shown(s.tile)
		return pushContacts(s, h.number(v.snap.Total.Ref), v)
	}
	if len(v.snap.Queues) == 0 {
		v.tell(v.w("wall.noqueues"))
		return s, nil
	}
	return push(s, openQueue(v.snap.Queues[s.at(v)].Config.ID)), nil
}

func (s wallScreen) lens(v *view) (screen, tea.Cmd) {
	if s.onTile && s.tile < len(v.snap.Tiles) {
		h := v.shown(s.tile)
		return push(s, lensScreen{h.number(v.snap.Total.Ref)}), nil
	}
	if len(v.snap.Queues) > 0 {
		q := v.snap.Queues[s.at(v)]
		n := numberOf(q.Ref, kpiOr(q.SLMeta, metrics.SLStrictNoShort))
		n.meta = metaID(q.SLMeta)
		return push(s, lensScreen{n}), nil
	}
	return s, nil
}

// copy sends the line of the queue under the cursor to the terminal.
func (s wallScreen) copy(v *view) (screen, tea.Cmd) {
	if len(v.snap.Queues) == 0 {
		return s, nil
	}
	return s, v.copyLines([]string{queueText(v.snap.Queues[s.at(v)], v)})
}

// ack takes on the risk of the queue under the cursor or, when it has none, the
// worst there is.
func (s wallScreen) ack(v *view) (screen, tea.Cmd) {
	if v.public() {
		v.tell(v.w("app.nonames"))
		return s, nil
	}
	i := 0
	if len(v.snap.Queues) > 0 && v.snap.Queues[s.at(v)].Risk >= 0 {
		i = v.snap.Queues[s.at(v)].Risk
	}
	if i >= len(v.snap.Risks) {
		v.tell(v.w("states.calm"))
		return s, nil
	}
	r := v.snap.Risks[i]
	return push(s, openNote(noteAbout{risk: r.ID, queue: r.Scope.ID, name: r.Scope.Name})), nil
}

// of is a scope's figure in the session's window.
func (v *view) of(w *metrics.Windows, k metrics.KPI) metrics.Measure {
	if w == nil {
		return metrics.Measure{}
	}
	return w[v.window][k]
}

func (s wallScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	sz := sizeOf(v.width, v.height)
	switch {
	case sz == size40:
		drawWallSmall(f, r, v)
		return
	case s.zoom:
		s.drawZoom(f, r, v)
		return
	}
	p := planWall(sz, r, len(v.snap.Queues))
	line := '─'
	if sz == size320 {
		line = '━'
	}
	f.HLine(p.rule.X, p.rule.Y, p.rule.W, line, inkRule)
	s.drawRisks(f, p, v)
	s.drawTiles(f, p, v)
	s.drawQueues(f, p, v)
	drawCounts(f, p.counts, v)
	drawPeople(f, p, v)
	drawCharts(f, p, v)
	drawEvents(f, p, v)
}

// drawZoom gives the panel in focus the whole body: one figure with its day, or
// every queue.
func (s wallScreen) drawZoom(f *draw.Frame, r draw.Rect, v *view) {
	sz := sizeOf(v.width, v.height)
	if !s.onTile || s.tile >= len(v.snap.Tiles) {
		s.drawQueues(f, wallPlan{size: sz, queues: r}, v)
		return
	}
	t := v.shown(s.tile)
	top, chart := r, draw.Rect{}
	big := size200
	if r.H >= 34 {
		big = size320
		top, chart = r.Rows(19)
	} else if r.H >= 20 {
		top, chart = r.Rows(13)
	}
	drawTile(f, top, v, &t, big, false)
	chart = chart.Inset(2, 1)
	if !v.stale() {
		draw.Spark{Values: v.values(t.Spark), Style: inkText}.Draw(f, chart)
	}
}

// drawRisks draws the band or the cards, or the banner in their place when the
// source is silent.
func (s wallScreen) drawRisks(f *draw.Frame, p wallPlan, v *view) {
	switch {
	case v.silent():
		drawSilent(f, p.risks, v)
	case p.size >= size200:
		drawCards(f, p, v)
	default:
		drawBand(f, p, v)
	}
}
