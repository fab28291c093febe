package draw

import (
	"fmt"
	"testing"
	"unicode/utf8"
)

// reference is the size of the plain encoding of what changed: for every run of
// changed cells one cursor move (CUP, or CUF within a row), one SGR sequence
// when the look changes, and the text. It shares no code with Paint but the
// looks.
func reference(prev, next *Frame, p *Palette) int {
	size, cx, cy, look := 0, -1, -1, p.look(0)
	for y := range next.H {
		for x := range next.W {
			a, b := prev.Row(y)[x], next.Row(y)[x]
			if a == b || b.Rune == 0 {
				continue
			}
			switch {
			case cy == y && cx == x:
			case cy == y && x > cx:
				size += len(fmt.Sprintf("\x1b[%dC", x-cx))
			default:
				size += len(fmt.Sprintf("\x1b[%d;%dH", y+1, x+1))
			}
			if l := p.look(b.Style); l.sgr != look.sgr {
				size += len(l.sgr)
				look = l
			}
			size += utf8.RuneLen(b.Rune)
			cx, cy = x+1, y
		}
	}
	return size
}

func TestPaintBytesAgainstTheReference(t *testing.T) {
	for _, depth := range []Depth{NoColour, Colour16, Colour256, TrueColour} {
		p := NewPalette(depth, testInks())
		for _, size := range [][2]int{{80, 24}, {200, 60}, {320, 90}} {
			base := wall(size[0], size[1])
			moved := base.Clone()
			moved.Restyle(Rect{1, 4, size[0] / 2, 1}, ^Style(0), Reverse)
			moved.Restyle(Rect{1, 5, size[0] / 2, 1}, ^Reverse, 0)
			chart := base.Clone()
			dayLine(60).Draw(chart, Rect{2, 2, size[0] / 2, 8})
			for name, next := range map[string]*Frame{"second": second(base, 3), "selection": moved, "chart": chart} {
				got, limit := len(Paint(nil, base, next, p, Options{})), reference(base, next, p)
				if got*10 > limit*12 {
					t.Errorf("%s %v %s: %d bytes, reference %d", depth, size, name, got, limit)
				}
				t.Logf("%s %v %s: %d bytes, %.2f of the reference", depth, size, name, got, float64(got)/float64(limit))
			}
		}
	}
}

func TestPaintDoesNotAllocate(t *testing.T) {
	p := NewPalette(Colour256, testInks())
	base := wall(200, 60)
	next := second(base, 1)
	buf := make([]byte, 0, 1<<16)
	if n := testing.AllocsPerRun(20, func() {
		Paint(buf, base, next, p, Options{})
		Paint(buf, nil, next, p, Options{ASCII: true})
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
