package tui

import (
	tea "charm.land/bubbletea/v2"

	"farol/tui/draw"
)

// wallScreen is the first page: what needs doing now.
type wallScreen struct{}

func newWall() screen { return wallScreen{} }

func (s wallScreen) place() place            { return placeWall }
func (s wallScreen) crumb(v *view) draw.Safe { return v.w("wall.crumb") }

func (s wallScreen) keys() []action {
	return []action{actRisk, actOpen, actQueues, actAgents, actMetas, actEvents, actFilter, actFreeze, actCopy}
}

func (s wallScreen) update(p press, v *view) (screen, tea.Cmd) { return s, nil }

func (s wallScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	for _, k := range v.snap.Risks {
		var line draw.Rect
		line, r = r.Rows(1)
		f.TextIn(line, v.join(v.mark(k.Status), " ", draw.Clean(k.Scope.Name)), v.ink(k.Status))
	}
}
