package tui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"farol/tui/draw"
)

// unlockScreen asks for the code that shows the names on a public wall. The
// code is never drawn.
type unlockScreen struct {
	code  string
	check func(string) bool
	done  func()
}

func (s unlockScreen) place() place          { return placePrompt }
func (s unlockScreen) crumb(*view) draw.Safe { return "" }
func (s unlockScreen) keys() []action        { return []action{actOpen, actBack} }
func (s unlockScreen) typing() bool          { return true }
func (s unlockScreen) over()                 {}

func (s unlockScreen) update(p press, v *view) (screen, tea.Cmd) {
	switch {
	case p.act == actBack:
		return nil, nil
	case p.act == actOpen:
		if s.check(s.code) {
			s.done()
		} else {
			v.complain(v.w("app.badcode"))
		}
		return nil, nil
	case p.key.Code == tea.KeyBackspace:
		_, n := utf8.DecodeLastRuneInString(s.code)
		s.code = s.code[:len(s.code)-n]
	case p.key.Text != "" && len(s.code) < 64:
		s.code += p.key.Text
	}
	return s, nil
}

func (s unlockScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	line, _ := r.Rows(-1)
	f.Fill(line, ' ', inkText)
	dots := draw.Safe(strings.Repeat("*", utf8.RuneCountInString(s.code)))
	f.TextIn(line.Inset(1, 0), v.join(v.w("app.code"), " ", dots, "_"), inkText|draw.Bold)
}
