package tui

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// A risk that outlives its causes says what they were and when, not that there
// are none; only with neither does it say so.
func TestCausesOfTheAlertAreSaidWhenNoneHolds(t *testing.T) {
	s := lasting()
	for _, c := range []struct {
		w, h int
		keys string
		want []string
	}{
		{80, 24, "", []string{"no alerta das 09:05: 4 de 11 fora"}},
		{120, 40, "", []string{"no alerta das 09:05: 4 de 11 fora", "os fatos não mostram uma causa"}},
		{200, 60, "", []string{"por quê, no alerta das 09:05", "os fatos não mostram uma causa"}},
		{320, 90, "", []string{"por quê, no alerta das 09:05", "os fatos não mostram uma causa"}},
		{120, 40, "1", []string{"no alerta das 09:05: 4 de 11 fora"}},
		{120, 40, "2", []string{"os fatos não mostram uma causa"}},
	} {
		text := still(t, s, c.w, c.h, c.keys, Options{}).String()
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%dx%d after %q: no %q in\n%s", c.w, c.h, c.keys, want, text)
			}
		}
	}
	var out bytes.Buffer
	p := Plain{Source: fixed{s}, In: strings.NewReader("riscos\n"), Out: &out, Clock: fixtureNow}
	if err := p.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	if want := "Motivo no alerta das 09:05: 4 de 11 fora"; !strings.Contains(out.String(), want) {
		t.Errorf("no %q in\n%s", want, out.String())
	}
}
