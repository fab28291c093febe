package tui

import (
	tea "charm.land/bubbletea/v2"

	"farol/tui/draw"
)

// quitScreen asks before the wall is left.
type quitScreen struct{}

// openQuit asks whether to leave.
func openQuit() screen { return quitScreen{} }

func (quitScreen) over()                 {}
func (quitScreen) place() place          { return placePrompt }
func (quitScreen) crumb(*view) draw.Safe { return "" }
func (quitScreen) keys() []action        { return []action{actOpen, actBack} }
func (quitScreen) typing() bool          { return true }

func (s quitScreen) update(p press, v *view) (screen, tea.Cmd) {
	switch {
	case p.act == actOpen || yes(p.key.Text):
		return nil, leaveCmd
	case p.act == actBack || p.key.Text != "":
		return nil, nil
	default:
		return s, nil
	}
}

// yes reports whether a key says yes in one of the languages, or is the key
// that asked, pressed again.
func yes(text string) bool {
	switch text {
	case "s", "S", "y", "Y", "q":
		return true
	default:
		return false
	}
}

func (s quitScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	drawPrompt(f, r, v.w("prompt.quit"), "", inkText|draw.Bold)
}

// drawPrompt writes a question over the last row of r.
func drawPrompt(f *draw.Frame, r draw.Rect, text, hint draw.Safe, st draw.Style) {
	line, _ := r.Rows(-1)
	f.Fill(line, ' ', inkText)
	line = line.Inset(1, 0)
	w := draw.Width(hint)
	if draw.Width(text)+w+2 <= line.W {
		f.Right(line, hint, inkDim)
		line.W -= w + 1
	}
	f.TextIn(line, text, st)
}

// leaveCmd asks the app to end the session.
func leaveCmd() tea.Msg { return goMsg{act: actQuit} }
