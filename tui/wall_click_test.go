package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// find is the first cell of a text on the screen.
func find(t *testing.T, a *App, text string) (x, y int) {
	t.Helper()
	for y, row := range strings.Split(a.Frame().String(), "\n") {
		if i := strings.Index(row, text); i >= 0 {
			return len([]rune(row[:i])), y
		}
	}
	t.Fatalf("%q is not on the screen", text)
	return 0, 0
}

func clickOn(t *testing.T, a *App, text string, times int) {
	t.Helper()
	x, y := find(t, a, text)
	for range times {
		a.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	}
}

func TestMouseOnTheWall(t *testing.T) {
	for _, z := range sizes()[1:] {
		for _, c := range []struct {
			text  string
			times int
			want  string
			queue string
			tile  bool
		}{
			{"Agendamento  ", 1, "wall", "agendamento", false},
			{"Agendamento  ", 2, "wall queue", "agendamento", false},
			{"● ABANDONO", 1, "wall", "", true},
		} {
			if z[0] >= 200 && c.tile {
				c.text = "● ABANDONO ─"
			}
			if z[0] >= 200 && !c.tile {
				c.text = "Agendamento     " // the panel of people names it too
			}
			a := open(t, fixture(), z[0], z[1], Options{})
			clickOn(t, a, c.text, c.times)
			w := a.stack[0].(wallScreen)
			if places(a) != c.want || w.queue != c.queue || w.onTile != c.tile {
				t.Errorf("%dx%d %q ×%d: at %q, queue %q, tile %v", z[0], z[1], c.text, c.times, places(a), w.queue, w.onTile)
			}
		}
	}
}

func TestWheelMovesTheCursor(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	a.Update(tea.MouseWheelMsg{X: 5, Y: 25, Button: tea.MouseWheelDown})
	if got := a.top().(wallScreen).queue; got != "financeiro" {
		t.Errorf("the cursor is on %q", got)
	}
}

// Every row of the table is found again where it was drawn.
func TestEveryQueueIsWhereItIsClicked(t *testing.T) {
	for _, z := range sizes()[1:] {
		a := open(t, fixture(), z[0], z[1], Options{})
		a.Frame()
		p := planWall(sizeOf(z[0], z[1]), a.areas.body, len(a.v.snap.Queues))
		s := a.top().(wallScreen)
		rows, each := s.queueRows(p)
		first, fit := s.inView(rows.H, each, &a.v)
		for i := first; i < first+fit && i < len(a.v.snap.Queues); i++ {
			y := rows.Y + (i-first)*each
			row := strings.Split(a.Frame().String(), "\n")[y]
			if !strings.Contains(row, a.v.snap.Queues[i].Ref.Name) {
				t.Errorf("%dx%d: row %d does not show %s: %q", z[0], z[1], y, a.v.snap.Queues[i].Ref.Name, row)
			}
			if got := s.queueAt(p, click{x: rows.X + 2, y: y}, &a.v); got != i {
				t.Errorf("%dx%d: click on %s finds %d", z[0], z[1], a.v.snap.Queues[i].Ref.Name, got)
			}
		}
	}
}

func TestZoomAndBack(t *testing.T) {
	a := open(t, fixture(), 80, 24, Options{})
	keys(a, "z")
	if text := a.Frame().String(); !strings.Contains(text, "WhatsApp") || strings.Contains(text, "RISCOS") {
		t.Error("z does not give the queues the whole body")
	}
	exact(t, a.Frame(), 80, 24)
	keys(a, "tab")
	if text := a.Frame().String(); strings.Contains(text, "WhatsApp") || !strings.Contains(text, "NÍVEL DE SERVIÇO") {
		t.Error("z does not give the tile the whole body")
	}
	keys(a, "esc")
	if w := a.top().(wallScreen); w.zoom || !w.onTile {
		t.Errorf("esc leaves %+v", w)
	}
	for _, z := range sizes() {
		a.Update(tea.WindowSizeMsg{Width: z[0], Height: z[1]})
		keys(a, "z")
		exact(t, a.Frame(), z[0], z[1])
		keys(a, "z")
	}
}

func TestCopyTwiceShowsItPlainly(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	cmd := press1(a, "y")
	if m, ok := cmd().(CopyMsg); !ok || !strings.Contains(m.Text, "Suporte") {
		t.Errorf("%+v", m)
	}
	if cmd = press1(a, "y"); cmd == nil {
		t.Fatal("the second y does nothing")
	}
	a.Update(cmd())
	if text := a.Frame().String(); strings.Contains(text, "FAROL") || !strings.Contains(text, "Suporte") {
		t.Errorf("no plain page: %s", text)
	}
}
