package tui

import (
	"strings"
	"testing"
)

// Where one is stays whole in a narrow header; the way there is what gives.
func TestCrumbsGiveWayFromTheFirst(t *testing.T) {
	for _, c := range []struct {
		w, h      int
		keys, has string
	}{
		{80, 24, "1", "FAROL › parede › fila Suporte "},
		{80, 24, "1 enter", "FAROL › … › fila Suporte › Ana Souza "},
		{80, 24, "1 down down enter", "FAROL › … › Érica Nunes "},
		{120, 40, "1 enter", "FAROL › parede › fila Suporte › Ana Souza "},
	} {
		head := strings.Split(still(t, afternoon(), c.w, c.h, c.keys, Options{}).String(), "\n")[0]
		if !strings.Contains(head, c.has) {
			t.Errorf("%dx%d after %q: no %q in %q", c.w, c.h, c.keys, c.has, head)
		}
	}
}
