package draw

import (
	"fmt"
	"strconv"
	"testing"
)

// wall fills a frame with what a wall of this size holds: boxes, rows of
// figures, charts; second is what a clock ticking changes: timers and a few
// figures in many rows.
func wall(w, h int) *Frame {
	f := New(w, h)
	left, right := f.Bounds().Cols(w * 2 / 3)
	in := f.Box(left, Rounded, 4, "FILAS", "ordem: risco", "", 0)
	for y := range in.H {
		row := Rect{in.X, in.Y + y, in.W, 1}
		f.TextIn(row, Safe(fmt.Sprintf(" %c  Fila número %-3d    61,4   80 │ %4d  %4d │  8,2   7:12 │ ▆▆▅▅▅▄▃▃▂▂", []rune("●▲■")[y%3], y, y*7%90, y*13%400)), Style(y%3))
		f.Right(row, Safe(fmt.Sprintf("%d:%02d ", y%9, y*7%60)), 0)
	}
	in = f.Box(right, Heavy, 2, "RISCOS", "■ 2  ▲ 5", "", 2)
	for y := range in.H {
		f.TextIn(Rect{in.X, in.Y + y, in.W, 1}, Safe(fmt.Sprintf("  ●●●●●●◐○○==   %02d:%02d  ████████░░░░", y%60, y*11%60)), Style(y%5))
	}
	return f
}

// second changes about 40 cells in about 24 rows.
func second(f *Frame, n int) *Frame {
	g := f.Clone()
	for y := 2; y < min(g.H-2, 26); y++ {
		x := g.W*2/3 - 4
		g.Text(x, y, Safe(strconv.Itoa((n+y)%10)), 0)
		if y%2 == 0 {
			g.Text(g.W*2/3+22, y, Safe(strconv.Itoa((n*3+y)%10)), 0)
		}
	}
	return g
}

func BenchmarkPaint(b *testing.B) {
	p := NewPalette(Colour256, testInks())
	for _, size := range [][2]int{{80, 24}, {200, 60}, {320, 90}} {
		base := wall(size[0], size[1])
		other := second(base, 1)
		for _, bc := range []struct {
			name       string
			prev, next *Frame
		}{{"same", base, base.Clone()}, {"second", base, other}, {"whole", nil, base}} {
			b.Run(fmt.Sprintf("%dx%d/%s", size[0], size[1], bc.name), func(b *testing.B) {
				b.ReportAllocs()
				var buf []byte
				for b.Loop() {
					buf = Paint(buf[:0], bc.prev, bc.next, p, Options{})
				}
				b.ReportMetric(float64(len(buf)), "bytes")
			})
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(200, 60)
	}
}
