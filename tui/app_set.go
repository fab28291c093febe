package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

// CopyMsg asks whoever runs the terminal to put text on its clipboard (OSC 52).
// There is no answer, so the screen says "sent", not "copied".
type CopyMsg struct{ Text string }

// NotifyMsg asks for a notification outside the screen: OSC 9, 777 or 99, or
// the bell where the terminal knows none.
type NotifyMsg struct{ Title, Body string }

// MouseMsg switches the terminal's mouse reporting.
type MouseMsg struct{ On bool }

// copyText is the command that sends text to the terminal's clipboard.
func copyText(text string) tea.Cmd { return func() tea.Msg { return CopyMsg{text} } }

// setting handles the keys that change how the session looks. done is false
// for an action that is the screen's.
func (a *App) setting(p press) (cmd tea.Cmd, done bool) {
	switch p.act {
	case actFreeze:
		return a.freeze(!a.v.frozen), true
	case actWindow:
		a.nextWindow()
		return a.rewindow(), true
	case actTheme:
		a.v.theme = (a.v.theme + 1) % themeCount
		a.v.tell(a.v.say("app.theme", "Theme", a.v.w(a.v.theme.key())))
	case actNotify:
		a.v.notify = !a.v.notify
		a.v.tell(a.onOff("app.notify", a.v.notify))
	case actRotate:
		a.rot.toggle(a.v.now)
		a.v.tell(a.onOff("app.rotation", a.rot.on))
	case actLeft, actRight:
		if !a.rot.on {
			return nil, false
		}
		a.step(p.act == actRight)
	case actLock:
		a.lock()
	case actMouse:
		a.mouse = !a.mouse
		on := a.mouse
		a.v.tell(a.onOff("app.mouse", on))
		return func() tea.Msg { return MouseMsg{on} }, true
	default:
		return nil, false
	}
	return nil, true
}

func (a *App) onOff(key string, on bool) draw.Safe {
	if on {
		return a.v.w(key + ".on")
	}
	return a.v.w(key + ".off")
}

// freeze stops the screen at the snapshot shown, or lets the newest in.
func (a *App) freeze(on bool) tea.Cmd {
	a.v.frozen, a.dirty = on, true
	if on {
		return nil
	}
	return a.take(a.newest)
}

// nextWindow goes through the windows that every scope has: 15 min, 1 h, today,
// and the shift when there is one.
func (a *App) nextWindow() {
	order := []metrics.Window{metrics.Last15m, metrics.LastHour, metrics.Today}
	if a.v.snap.Shift.Name != "" {
		order = append(order, metrics.ThisShift)
	}
	i := slices.Index(order, a.v.window)
	a.v.window = order[(i+1)%len(order)]
	a.v.tell(a.v.say("app.window", "Window", a.v.windowName()))
}

// windowName is the window in words.
func (v *view) windowName() draw.Safe {
	switch v.window {
	case metrics.Last15m:
		return v.w("window.15m")
	case metrics.LastHour:
		return v.w("window.1h")
	case metrics.ThisShift:
		return v.w("window.shift")
	default:
		return v.w("window.today")
	}
}

// lock hides the names, or shows them again to who has the right or the code.
func (a *App) lock() {
	switch {
	case !a.v.public():
		a.v.profile = Wall
		a.visit(a.home)
		a.v.tell(a.v.w("app.locked"))
	case a.o.Unlock != nil:
		a.stack = append(slices.Clone(a.stack), unlockScreen{check: a.o.Unlock, done: a.unlocked})
	case a.right == Lead:
		a.unlocked()
	case a.o.Hint != "":
		a.v.tell(a.v.say("app.lockedhint", "How", draw.Clean(a.o.Hint)))
	default:
		a.v.tell(a.v.w("app.nonames"))
	}
}

func (a *App) unlocked() {
	a.v.profile, a.v.kiosk, a.dirty = Lead, false, true
	a.v.tell(a.v.w("app.unlocked"))
}

// alert notifies once of each risk that has become critical.
func (a *App) alert(s *metrics.Snapshot) tea.Cmd {
	if s.Loading != nil {
		return nil
	}
	var cmds []tea.Cmd
	for _, r := range s.Risks {
		id := r.ID
		if r.Status != metrics.Critical && r.Status != metrics.Missed {
			delete(a.told, id)
			continue
		}
		if a.told[id] {
			continue
		}
		a.told[id] = true
		if !a.v.notify || len(r.Metas) == 0 || s.Fresh.Level >= metrics.Silent {
			continue
		}
		m := NotifyMsg{"farol", string(a.v.join(a.v.mark(r.Status), " ", draw.Clean(r.Scope.Name), " ", a.v.metaNow(r.Metas[0], false)))}
		cmds = append(cmds, func() tea.Msg { return m })
	}
	a.forget(s)
	return tea.Batch(cmds...)
}

// forget drops the risks that are over, so that one that comes back is told
// again and the set stays small.
func (a *App) forget(s *metrics.Snapshot) {
	for id := range a.told {
		if !slices.ContainsFunc(s.Risks, func(r *metrics.Risk) bool { return r.ID == id }) {
			delete(a.told, id)
		}
	}
}

// Title is the terminal window's: how much is burning, for the task bar.
func (a *App) Title() string {
	c := a.v.snap.Counts
	switch {
	case a.v.snap.Loading != nil:
		return "farol"
	case a.v.stale():
		return "≈ farol"
	case c.Critical > 0 && c.Attention > 0:
		return "■" + string(a.v.count(c.Critical)) + " ▲" + string(a.v.count(c.Attention)) + " farol"
	case c.Critical > 0:
		return "■" + string(a.v.count(c.Critical)) + " farol"
	case c.Attention > 0:
		return "▲" + string(a.v.count(c.Attention)) + " farol"
	default:
		return "● farol"
	}
}
