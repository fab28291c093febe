package tui

import (
	tea "charm.land/bubbletea/v2"

	"farol/tui/draw"
)

// Frame is the screen as it is now. It is drawn only when something changed
// since the last call, and must not be written to.
func (a *App) Frame() *draw.Frame {
	if a.frame != nil && !a.dirty && a.frame.W == a.v.width && a.frame.H == a.v.height {
		return a.frame
	}
	a.v.text = newText()
	a.v.rot = a.rot.view(&a.v)
	a.v.watching = 0
	if a.o.Watching != nil {
		a.v.watching = a.o.Watching()
	}
	f := draw.New(a.v.width, a.v.height)
	a.draw(f)
	a.frame, a.dirty = f, false
	return f
}

func (a *App) draw(f *draw.Frame) {
	v := &a.v
	full := unburnt(f.Bounds(), v)
	if full.Empty() {
		return
	}
	if sizeOf(v.width, v.height) == sizeNone {
		drawTooSmall(f, full, v)
		return
	}
	top := a.top()
	if t, ok := top.(fullscreen); ok && t.full(v) {
		top.draw(f, full, v)
		return
	}
	body := a.drawChrome(f, full)
	a.areas.body = body
	if v.snap.Loading != nil && top.place() != placeHelp && top.place() != placePrompt {
		drawLoading(f, body, v)
	} else {
		a.drawStack(f, body)
	}
	a.drawNotice(f)
}

// unburnt moves the picture of an unattended wall by a column now and then, so
// that no line burns into the screen.
func unburnt(r draw.Rect, v *view) draw.Rect {
	const every = 10 // minutes
	if !v.kiosk || r.W <= 40 {
		return r
	}
	r.W--
	r.X += v.now.Minute() / every % 2
	return r
}

// drawStack draws the top screen, and beneath it what an overlay leaves to see.
func (a *App) drawStack(f *draw.Frame, body draw.Rect) {
	from := len(a.stack) - 1
	for from > 0 {
		if _, ok := a.stack[from].(overlay); !ok {
			break
		}
		from--
	}
	for _, s := range a.stack[from:] {
		if s.place() == placeWall && a.v.snap.Loading != nil {
			drawLoading(f, body, &a.v)
			continue
		}
		s.draw(f, body, &a.v)
	}
}

// View is Bubble Tea's: plain text with no style. The terminal runner does not
// use it; it paints the frame itself.
func (a *App) View() tea.View {
	v := tea.NewView(a.Frame().String())
	v.AltScreen = true
	v.WindowTitle = a.Title()
	return v
}
