package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// goMsg asks the app to go to a place, as its key would; with a screen, to open
// that over the place's root.
type goMsg struct {
	act  action
	open screen
}

// went does what a screen asked of the app.
func (a *App) went(m goMsg) tea.Cmd {
	a.dirty = true
	switch {
	case m.act == actQuit && a.v.kiosk && a.v.public():
		a.v.tell(a.v.w("app.kiosk"))
		a.heard()
	case m.act == actQuit:
		return a.leave()
	case m.act == actCopy && m.open != nil:
		a.stack = append(slices.Clone(a.stack), m.open)
	case m.act == actHelp:
		a.stack = append(slices.Clone(a.stack), openHelp(a.keymap, a.stack))
	case m.open != nil:
		a.open(m.open)
	default:
		a.goTo(m.act)
		a.heard()
	}
	return nil
}

// A screen whose contents were read for one window of time.
type windowed interface {
	rewindow(v *view) (screen, tea.Cmd)
}

// rewindow lets the screens follow the session's window.
func (a *App) rewindow() tea.Cmd {
	var cmds []tea.Cmd
	for i, s := range a.stack {
		if w, ok := s.(windowed); ok {
			next, cmd := w.rewindow(&a.v)
			a.stack[i] = next
			cmds = append(cmds, cmd)
		}
	}
	return tea.Batch(cmds...)
}
