package tui

import (
	"strconv"
	"testing"
	"time"

	"farol/metrics"
)

// BenchmarkPages is one tick of each page: the clock has moved, the snapshot
// has not.
func BenchmarkPages(b *testing.B) {
	s := afternoon()
	for _, pg := range pages() {
		b.Run(pg.name, func(b *testing.B) { benchTicks(b, s, pg) })
	}
	many := afternoon()
	for i := range 935 {
		c := *many.Agents[i%65]
		c.Name += " " + strconv.Itoa(i)
		many.Agents = append(many.Agents, &c)
	}
	b.Run("agents-1000", func(b *testing.B) { benchTicks(b, many, page{"agents", "", "agents"}) })
	b.Run("agents-1000-filter", func(b *testing.B) { benchTicks(b, many, page{"agents", "/ j o a o", "agents"}) })
}

func benchTicks(b *testing.B, s *metrics.Snapshot, pg page) {
	now := fixtureNow()
	a := open(b, s, 200, 60, Options{Contacts: behind(s), Screen: pg.start, Clock: func() time.Time { return now }})
	if _, err := Still(a, 200, 60, pg.keys); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		now = now.Add(time.Second)
		a.Update(clockMsg{})
		a.Frame()
	}
}
