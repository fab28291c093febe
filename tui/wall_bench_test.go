package tui

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

// BenchmarkWall is one second of a session: a new snapshot in which every timer
// has moved and the charts have a new last point, drawn and painted.
func BenchmarkWall(b *testing.B) {
	for _, z := range sizes() {
		b.Run(fmt.Sprintf("%dx%d", z[0], z[1]), func(b *testing.B) { benchWall(b, z[0], z[1], true) })
	}
}

// BenchmarkWall200x60 is the size that the goal is set for; the charts change
// once in five minutes and stand still here.
func BenchmarkWall200x60(b *testing.B) { benchWall(b, 200, 60, false) }

func benchWall(b *testing.B, w, h int, charts bool) {
	now := fixtureNow()
	snaps := make([]*metrics.Snapshot, 60)
	for i := range snaps {
		snaps[i] = later(i, charts)
	}
	a := open(b, snaps[0], w, h, Options{Profile: Lead, Theme: "dark", Clock: func() time.Time { return now }})
	pal := a.Palette(draw.Colour256)
	prev := a.Frame()
	var buf []byte
	b.ReportAllocs()
	b.ResetTimer()
	bytes := 0
	for i := 0; b.Loop(); i++ {
		now = now.Add(time.Second)
		a.Update(snapshotMsg{snap: snaps[i%len(snaps)]})
		f := a.Frame()
		buf = draw.Paint(buf[:0], prev, f, pal, draw.Options{})
		bytes += len(buf)
		prev = f
	}
	b.ReportMetric(float64(bytes)/float64(b.N), "B/tick")
}

// later is the fixture n seconds on: every wait and every state is longer.
func later(n int, charts bool) *metrics.Snapshot {
	s := fixture()
	d := time.Duration(n) * time.Second
	s.Version = uint64(n + 2)
	s.At = s.At.Add(d)
	for _, q := range s.Queues {
		if q.Live.Waiting > 0 {
			q.Live.Longest += d
		}
	}
	s.Total.Live.Longest += d
	for _, a := range s.Agents {
		if a.InState > 0 {
			a.InState += d
		}
	}
	for i := range s.Tiles {
		if s.Tiles[i].KPI == metrics.WaitingNow {
			s.Tiles[i].Longest += d
		}
	}
	if charts {
		last := &s.Charts.SL5.Points[len(s.Charts.SL5.Points)-1]
		last.Value += float64(n) / 10000
	}
	return s
}

var _ tea.Model = (*App)(nil)
