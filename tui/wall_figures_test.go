package tui

import (
	"strings"
	"testing"

	"farol/metrics"
)

// A queue's figure, its target and its mark agree: with no window chosen it is
// the figure that the target judges, and the title says so.
func TestQueuesOfTheWallAreJudgedAsShown(t *testing.T) {
	s := fixture()
	m := s.Queues[0].SLMeta
	m.Window, m.Now = "1h", known(.974)
	row := func(keys string) (title, suporte string) {
		for _, line := range strings.Split(still(t, s, 120, 40, keys, Options{}).String(), "\n") {
			switch {
			case strings.Contains(line, "─ FILAS"):
				title = line
			case strings.Contains(line, "Suporte   ") && strings.Contains(line, "│"):
				suporte = line
			}
		}
		return title, suporte
	}
	for _, c := range []struct{ keys, title, figure string }{
		{"", "FILAS · janela de cada meta", " 97,4 "},
		{"t t", "FILAS · 15 min", " 61,4 "},
		{"t t t", "FILAS · 1 h", " 61,4 "},
	} {
		title, line := row(c.keys)
		if !strings.Contains(title, c.title) || !strings.Contains(line, c.figure) {
			t.Errorf("after %q: %q and %q, want %q and %q", c.keys, title, line, c.title, c.figure)
		}
	}
	v := testView(t, "pt-BR")
	v.snap, v.window = s, metrics.Last15m
	if _, st := v.queueFigure(qcSL, &s.Queues[0].Scope, s.Queues[0]); st != inkText {
		t.Error("a figure that no meta judges has the meta's colour")
	}
}
