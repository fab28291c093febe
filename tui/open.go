package tui

import (
	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

// plainScreen stands where a page has no drawing of its own.
type plainScreen struct {
	at    place
	title string
}

func (s plainScreen) place() place                             { return s.at }
func (s plainScreen) crumb(v *view) draw.Safe                  { return draw.Clean(s.title) }
func (s plainScreen) keys() []action                           { return nil }
func (s plainScreen) update(press, *view) (screen, tea.Cmd)    { return nil, nil }
func (s plainScreen) draw(f *draw.Frame, r draw.Rect, v *view) {}

func openQueues() screen                    { return plainScreen{placeQueues, "filas"} }
func openAgents() screen                    { return plainScreen{placeAgents, "agentes"} }
func openMetas() screen                     { return plainScreen{placeMetas, "metas"} }
func openEvents() screen                    { return plainScreen{placeEvents, "eventos"} }
func openQueue(id string) screen            { return plainScreen{placeQueue, id} }
func openAgent(name string) screen          { return plainScreen{placeAgent, name} }
func openHelp(m *keymap, s []screen) screen { return plainScreen{placeHelp, "?"} }
func openCommand() screen                   { return plainScreen{placePrompt, ":"} }
func openQuit() screen                      { return plainScreen{placePrompt, "q"} }

func openLens(ref metrics.ScopeRef, k metrics.KPI) screen { return plainScreen{placeLens, "i"} }
func openBehind(s screen, v *view, ref metrics.ScopeRef, k metrics.KPI) (screen, tea.Cmd) {
	return push(s, plainScreen{placeContacts, "contatos"}), nil
}
