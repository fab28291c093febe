package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// The mouse selects, opens twice clicked and scrolls, on every list.
func TestMouseOnPages(t *testing.T) {
	s := afternoon()
	for _, c := range []struct{ keys, row, after string }{
		{"a", "Davi Melo", "Davi Melo · PA 14"},
		{"f", "Financeiro", "fila Financeiro"},
		{"m", "espera   ", "contatos"},
		{"1", "Bruno Lima", "Bruno Lima · PA 14"},
		{"e", "abandono acima de 5%", "fila Financeiro"},
	} {
		now := fixtureNow()
		a := open(t, s, 120, 40, Options{Contacts: behind(s), Clock: func() time.Time { return now }})
		if _, err := Still(a, 120, 40, c.keys); err != nil {
			t.Fatal(err)
		}
		y := rowOf(a, c.row)
		press := tea.MouseClickMsg{X: 10, Y: y, Button: tea.MouseLeft}
		a.Update(press)
		if got := strings.Split(a.Frame().String(), "\n")[y]; !strings.Contains(got, "►") {
			t.Errorf("%s: a click does not select %q: %q", c.keys, c.row, got)
		}
		_, cmd := a.Update(press)
		a.settleCmd(cmd)
		if got := a.Frame().String(); !strings.Contains(got, c.after) {
			t.Errorf("%s: a double click on %q opens\n%s", c.keys, c.row, got)
		}
	}
}

func TestWheelScrollsToTheEnd(t *testing.T) {
	a := open(t, afternoon(), 120, 40, Options{Screen: "agents"})
	for range 30 {
		a.Update(tea.MouseWheelMsg{X: 10, Y: 10, Button: tea.MouseWheelDown})
	}
	if got := a.Frame().String(); !strings.Contains(got, "40–65 de 65") {
		t.Errorf("the wheel does not reach the end:\n%s", got)
	}
}

// rowOf is the first row of the frame's body that has the text.
func rowOf(a *App, text string) int {
	for y, row := range strings.Split(a.Frame().String(), "\n") {
		if y > 3 && strings.Contains(row, text) {
			return y
		}
	}
	return 0
}
