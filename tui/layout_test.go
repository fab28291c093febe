package tui

import (
	"testing"

	"pgregory.net/rapid"

	"farol/tui/draw"
)

func TestSizeOf(t *testing.T) {
	for _, c := range []struct {
		w, h int
		want size
	}{
		{0, 0, sizeNone}, {39, 12, sizeNone}, {40, 9, sizeNone}, {40, 10, size40}, {79, 90, size40}, {200, 23, size40},
		{80, 24, size80}, {119, 90, size80}, {320, 35, size80}, {120, 36, size120}, {180, 53, size120}, {180, 54, size200},
		{279, 200, size200}, {280, 80, size320}, {1000, 300, size320},
	} {
		if got := sizeOf(c.w, c.h); got != c.want {
			t.Errorf("%dx%d: %d, want %d", c.w, c.h, got, c.want)
		}
	}
}

// Whatever the terminal and however many queues there are, the parts of the wall
// lie within the body and do not overlap.
func TestWallPartsDoNotOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(80, 500).Draw(t, "w")
		h := rapid.IntRange(24, 200).Draw(t, "h")
		queues := rapid.IntRange(0, 60).Draw(t, "queues")
		body := draw.Rect{X: 0, Y: 1, W: w, H: h - 2}
		p := planWall(sizeOf(w, h), body, queues)
		parts := []draw.Rect{p.rule, p.risks, p.queues, p.counts, p.people, p.level, p.arrivals, p.waiting, p.metas, p.states, p.events}
		parts = append(parts, p.tiles[:]...)
		taken := make([]bool, w*(h-2))
		for i, r := range parts {
			if r.Empty() {
				continue
			}
			if r.X < 0 || r.Y < body.Y || r.X+r.W > w || r.Y+r.H > body.Y+body.H {
				t.Fatalf("part %d is %+v, outside of %dx%d", i, r, w, h)
			}
			for y := r.Y; y < r.Y+r.H; y++ {
				for x := r.X; x < r.X+r.W; x++ {
					if at := (y-1)*w + x; taken[at] {
						t.Fatalf("part %d (%+v) overlaps another at %d,%d in %dx%d", i, r, x, y, w, h)
					} else {
						taken[at] = true
					}
				}
			}
		}
	})
}
