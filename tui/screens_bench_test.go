package tui

import (
	"testing"

	"farol/metrics"
)

// tickOf draws a page again with a snapshot that differs only in its version,
// as each second brings one.
func tickOf(t testing.TB, keys string) func() {
	s := afternoon()
	a := open(t, s, 120, 40, Options{Contacts: behind(s)})
	if _, err := Still(a, 120, 40, keys); err != nil {
		t.Fatal(err)
	}
	two := [2]*metrics.Snapshot{s, afternoon()}
	i := 0
	return func() {
		i++
		a.Update(snapshotMsg{snap: two[i%2]})
		a.Frame()
	}
}

// The line charts of a queue and of a meta are drawn when they change, not each
// second: drawing one costs hundreds of allocations.
func TestChartsOfPagesAreKept(t *testing.T) {
	for keys, most := range map[string]float64{"1": 150, "m": 150} {
		tick := tickOf(t, keys)
		tick()
		if got := testing.AllocsPerRun(20, tick); got > most {
			t.Errorf("after %q a second costs %.0f allocations, want at most %.0f", keys, got, most)
		}
	}
}

func BenchmarkPage120x40(b *testing.B) {
	for _, keys := range []string{"1", "m", "a", "e", "f", "1 enter"} {
		b.Run(keys, func(b *testing.B) {
			tick := tickOf(b, keys)
			b.ReportAllocs()
			for b.Loop() {
				tick()
			}
		})
	}
}
