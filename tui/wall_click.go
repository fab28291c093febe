package tui

import (
	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

var _ clickable = wallScreen{}

// click selects what the mouse is on; twice opens it. The wheel moves the
// cursor among the queues.
func (s wallScreen) click(c click, r draw.Rect, v *view) (screen, tea.Cmd) {
	if c.wheel != 0 {
		a := actDown
		if c.wheel < 0 {
			a = actUp
		}
		return s.move(a, v), nil
	}
	sz := sizeOf(v.width, v.height)
	if sz < size80 || s.zoom {
		return s, nil
	}
	p := planWall(sz, r, len(v.snap.Queues))
	for i, tile := range p.tiles {
		if within(tile, c) && i < len(v.snap.Tiles) {
			s.onTile, s.tile = true, i
			return s.opened(c, v)
		}
	}
	if i := s.riskAt(p, c, v); i >= 0 {
		return push(s, openRiskOf(v.snap.Risks[i])), nil
	}
	if i := s.queueAt(p, c, v); i >= 0 {
		s.onTile, s.queue = false, v.snap.Queues[i].Config.ID
		return s.opened(c, v)
	}
	return s, nil
}

func (s wallScreen) opened(c click, v *view) (screen, tea.Cmd) {
	if c.double {
		return s.open(v)
	}
	return s, nil
}

func within(r draw.Rect, c click) bool {
	return c.x >= r.X && c.x < r.X+r.W && c.y >= r.Y && c.y < r.Y+r.H
}

// riskAt is the risk drawn where a double click is, -1 for none.
func (s wallScreen) riskAt(p wallPlan, c click, v *view) int {
	if !within(p.risks, c) || !c.double {
		return -1
	}
	i := 0
	switch row := c.y - p.risks.Y - 1; {
	case p.size >= size200:
		i = (c.x - p.risks.X) * bandRisks / max(1, p.risks.W)
	case p.size == size120:
		i = row / 2
	default:
		i = max(0, row-1) // the first has a second line
	}
	if i < 0 || i >= min(bandRisks, len(v.snap.Risks)) {
		return -1
	}
	return i
}

// queueAt is the queue drawn where the click is, -1 for none.
func (s wallScreen) queueAt(p wallPlan, c click, v *view) int {
	if !within(p.queues, c) {
		return -1
	}
	rows, each := s.queueRows(p)
	first, fit := s.inView(rows.H, each, v)
	i := first + (c.y-rows.Y)/each
	if c.y < rows.Y || i >= min(first+fit, len(v.snap.Queues)) {
		return -1
	}
	return i
}

// openRiskOf is where a risk is looked into: its queue, or the metas of a risk
// of the whole site.
func openRiskOf(r *metrics.Risk) screen {
	if r.Scope.Kind == metrics.QueueScope {
		return openQueue(r.Scope.ID)
	}
	return openMetas()
}
