package draw

import (
	"math"
	"testing"
)

func dayLine(n int) Line {
	l := Line{Scale: Scale{60, 100}, Guides: []Guide{{At: 80}}, Last: "82,3", Axes: Axes{
		Lines: true, Y: []Tick{{60, "60"}, {80, "80"}, {100, "100"}},
		X: []Tick{{0, "08:00"}, {.5, "12:00"}},
	}}
	for i := range n {
		l.Values = append(l.Values, 85+10*math.Sin(float64(i)/9))
	}
	return l
}

// BenchmarkLine compares drawing a line with copying the one kept.
func BenchmarkLine(b *testing.B) {
	f, l := New(100, 14), dayLine(150)
	b.Run("drawn", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			l.Draw(f, f.Bounds())
		}
	})
	b.Run("kept", func(b *testing.B) {
		b.ReportAllocs()
		var k Kept[int]
		for b.Loop() {
			k.Draw(f, f.Bounds(), 1, func(f *Frame) { l.Draw(f, f.Bounds()) })
		}
	})
}
