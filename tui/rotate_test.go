package tui

import (
	"strings"
	"testing"
	"time"
)

func TestRotation(t *testing.T) {
	now := fixtureNow()
	a := open(t, calm(), 320, 90, Options{Profile: Wall, Kiosk: true, Clock: func() time.Time { return now }})
	step := func(d time.Duration) string {
		now = now.Add(d)
		a.Update(clockMsg{})
		return places(a)
	}
	for i, want := range []string{"wall", "queues", "metas", "wall"} {
		d := rotateEvery
		if i == 0 {
			d = time.Second
		}
		if got := step(d); got != want {
			t.Fatalf("page %d is %q, want %q", i, got, want)
		}
	}
	keys(a, "right")
	if got := places(a); got != "queues" {
		t.Errorf("→ goes to %q", got)
	}
	if got := step(rotateEvery + time.Second); got != "queues" {
		t.Errorf("a key does not hold the page: %q", got)
	}
	if got := step(rotateRest); got != "metas" {
		t.Errorf("the rotation does not go on: %q", got)
	}
	// anything critical brings the wall back and keeps it
	burning := fixture()
	burning.Version = 5
	a.Update(snapshotMsg{snap: burning})
	if got := step(rotateEvery); got != "wall" {
		t.Errorf("critical: %q", got)
	}
	if got := step(rotateEvery); got != "wall" {
		t.Errorf("critical, later: %q", got)
	}
	if text := a.Frame().String(); !strings.Contains(text, "tela 1 de 3 · rotação parada: há crítico") {
		t.Error("the header does not say why the rotation stands")
	}
}
