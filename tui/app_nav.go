package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/tui/draw"
)

func (a *App) top() screen { return a.stack[len(a.stack)-1] }

// key does what a key asks for: first what is the app's own, then the screen's.
func (a *App) key(m tea.KeyPressMsg) tea.Cmd {
	p := a.press(m)
	if p.act == actInterrupt {
		return a.leave()
	}
	a.rot.touched(a.v.now)
	typing := false
	if t, ok := a.top().(typist); ok {
		typing = t.typing()
	}
	if sizeOf(a.v.width, a.v.height) == sizeNone && p.act != actQuit {
		return nil // nobody acts on what cannot be seen
	}
	if !a.note.bad || p.act == actBack {
		a.note = notice{}
	}
	if !typing {
		if cmd, done := a.global(p); done {
			a.heard()
			return cmd
		}
	}
	return a.deliver(p, typing)
}

// press looks a key up. While text is typed only the keys that cannot be text
// are actions.
func (a *App) press(m tea.KeyPressMsg) press {
	p := press{key: m, at: a.v.now}
	stroke := m.String()
	act, ok := a.keymap.strokes[stroke]
	if t, is := a.top().(typist); is && t.typing() && m.Text != "" {
		ok = false
	}
	if !ok {
		return p
	}
	p.act = act
	if act == actRisk {
		p.n = int(stroke[0] - '0')
	}
	return p
}

// deliver gives a key to the top screen and settles what it answers.
func (a *App) deliver(p press, typing bool) tea.Cmd {
	top := a.top()
	if !typing && p.act != actBack && p.act != actNone && !slices.Contains(top.keys(), p.act) {
		a.v.tell(a.reason(p.act))
		a.heard()
		return nil
	}
	next, cmd := top.update(p, &a.v)
	a.settle(len(a.stack)-1, next)
	a.heard()
	return cmd
}

// reason says why a key does nothing on the top screen.
func (a *App) reason(act action) draw.Safe {
	if r, ok := a.top().(reasoner); ok {
		if s := r.reason(act, &a.v); s != "" {
			return s
		}
	}
	return a.v.say("app.nokey", "Key", draw.Safe(a.keymap.info(act).shown))
}

// settle puts the answer of the screen at i into the stack: itself changed,
// another over it, or nil for one step up.
func (a *App) settle(i int, next screen) {
	switch n := next.(type) {
	case nil:
		if len(a.stack) > 1 {
			a.stack = slices.Delete(slices.Clone(a.stack), i, i+1)
		} else {
			a.visit(a.home)
		}
	case stacked:
		a.keep()
		s := slices.Clone(a.stack[:i+1])
		s[i] = n.screen
		a.stack = append(s, n.top)
		a.remember()
	default:
		a.stack[i] = next
		a.remember()
	}
}

// remember keeps the wall's own state for when it is come back to.
func (a *App) remember() {
	if a.stack[0].place() == placeWall {
		a.home = a.stack[0]
	}
}

// heard moves what a screen wanted told into the line above the footer.
func (a *App) heard() {
	if a.v.said != "" {
		a.note = notice{a.v.said, a.v.bad}
		a.v.said, a.v.bad, a.dirty = "", false, true
	}
}

// keep remembers the present stack for the key -.
func (a *App) keep() { a.before = slices.Clone(a.stack) }

// visit makes s the only screen.
func (a *App) visit(s screen) {
	a.keep()
	a.stack = []screen{s}
	a.remember()
	a.dirty = true
}

// open puts s over the root of the present stack.
func (a *App) open(s screen) {
	a.keep()
	root := a.stack[0]
	if o, ok := root.(overlay); ok {
		_ = o
		root = a.home
	}
	a.stack = []screen{root, s}
	a.dirty = true
}

// global handles the actions that mean the same everywhere.
func (a *App) global(p press) (tea.Cmd, bool) {
	switch p.act {
	case actQuit:
		return a.askLeave(), true
	case actBack:
		return a.back(p), true
	case actWall, actQueues, actAgents, actMetas, actEvents:
		a.goTo(p.act)
	case actPrevious:
		if a.before != nil {
			a.before, a.stack = a.stack, a.before
		} else {
			a.v.tell(a.v.w("app.noprevious"))
		}
	case actRisk:
		a.openRisk(p.n)
	case actHelp:
		if a.top().place() == placeHelp {
			a.settle(len(a.stack)-1, nil)
		} else {
			a.stack = append(slices.Clone(a.stack), openHelp(a.keymap, a.stack))
		}
	case actCommand:
		a.stack = append(slices.Clone(a.stack), openCommand())
	default:
		return a.setting(p)
	}
	return nil, true
}

// goTo changes place. The public wall has no pages of people.
func (a *App) goTo(act action) {
	switch act {
	case actWall:
		a.visit(a.home)
	case actQueues:
		a.visit(openQueues())
	case actAgents:
		if a.v.public() {
			a.v.tell(a.v.w("app.nonames"))
			return
		}
		a.visit(openAgents())
	case actMetas:
		a.visit(openMetas())
	default:
		a.visit(openEvents())
	}
}

// back goes one step up: prompt, filter, freeze, page. The screen may have a
// step of its own (a filter, a zoom) and then stays.
func (a *App) back(p press) tea.Cmd {
	next, cmd := a.top().update(p, &a.v)
	if next != nil {
		a.settle(len(a.stack)-1, next)
		return cmd
	}
	if a.v.frozen && len(a.stack) == 1 {
		return tea.Batch(cmd, a.freeze(false))
	}
	if len(a.stack) == 1 && a.top().place() == placeWall {
		return cmd
	}
	a.settle(len(a.stack)-1, nil)
	return cmd
}

// openRisk opens the queue of the n-th risk of the band, from 1.
func (a *App) openRisk(n int) {
	risks := a.v.snap.Risks
	if n < 1 || n > len(risks) {
		a.v.tell(a.v.say("app.norisk", "N", a.v.count(n)))
		return
	}
	a.open(openRiskOf(risks[n-1]))
}

// leave ends the session.
func (a *App) leave() tea.Cmd {
	a.quit = true
	a.cancel()
	return tea.Quit
}

// askLeave leaves, but on the wall asks first, and a kiosk stays until unlocked.
func (a *App) askLeave() tea.Cmd {
	if a.v.kiosk && a.v.public() {
		a.v.tell(a.v.w("app.kiosk"))
		return nil
	}
	if a.top().place() == placeWall && sizeOf(a.v.width, a.v.height) != sizeNone {
		a.stack = append(slices.Clone(a.stack), openQuit())
		return nil
	}
	return a.leave()
}

// Close ends what the session waits for; it may be called more than once.
func (a *App) Close() { a.cancel() }

// clicked turns a mouse press into a click of the top screen.
func (a *App) clicked(m tea.Mouse) tea.Cmd {
	const twice = 400 * time.Millisecond
	c := click{x: m.X, y: m.Y}
	if a.last.x == c.x && a.last.y == c.y && a.v.now.Sub(a.lastAt) < twice {
		c.double = true
	}
	a.last, a.lastAt = c, a.v.now
	return a.point(c)
}

func (a *App) wheeled(m tea.Mouse) tea.Cmd {
	c := click{x: m.X, y: m.Y, wheel: 3}
	if m.Button == tea.MouseWheelUp {
		c.wheel = -3
	}
	return a.point(c)
}

func (a *App) point(c click) tea.Cmd {
	s, ok := a.top().(clickable)
	if !ok || sizeOf(a.v.width, a.v.height) == sizeNone {
		return nil
	}
	next, cmd := s.click(c, a.areas.body, &a.v)
	a.settle(len(a.stack)-1, next)
	a.heard()
	return cmd
}
