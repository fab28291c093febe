package draw

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// testInks are like those of a real theme: plain, amber, red with a ground of
// its own, dim, blue.
func testInks() []Ink {
	return []Ink{
		{},
		{None: Pen{Attr: Bold}, Basic: Pen{Text: Index(3), Attr: Bold}, Indexed: Pen{Text: Index(178)}, True: Pen{Text: RGB(0xE69F00)}},
		{None: Pen{Attr: Reverse}, Basic: Pen{Text: Index(1), Attr: Bold | Reverse}, Indexed: Pen{Text: Index(209)}, True: Pen{Text: RGB(0xFF7A45)}},
		{Indexed: Pen{Text: Index(16), Ground: Index(209)}, Basic: Pen{Text: Index(0), Ground: Index(9)}, True: Pen{Text: RGB(0), Ground: RGB(0xF2733A)}},
		{Indexed: Pen{Text: Index(247)}, True: Pen{Text: RGB(0x9AA1AB)}},
		{Basic: Pen{Text: Index(14)}, Indexed: Pen{Text: Index(74)}, True: Pen{Text: RGB(0x56B4E9)}},
	}
}

func drawRandom(t *rapid.T, f *Frame) {
	text := rapid.SampledFrom([]Safe{
		"a", "Fila Suporte", "   ", "● ▲ ■", "石井 石", "ção", "█▇▆▅", "┄┄┄┄┄┄┄┄", "x石", "                    ",
	})
	style := rapid.Custom(func(t *rapid.T) Style {
		s := Style(rapid.IntRange(0, 6).Draw(t, "ink"))
		return s | rapid.SampledFrom([]Style{0, 0, 0, Bold, Reverse, Faint | Reverse, Underline}).Draw(t, "attr")
	})
	for range rapid.IntRange(0, 6).Draw(t, "ops") {
		x := rapid.IntRange(-4, f.W).Draw(t, "x")
		y := rapid.IntRange(-1, f.H).Draw(t, "y")
		st := style.Draw(t, "style")
		switch rapid.IntRange(0, 4).Draw(t, "op") {
		case 0, 1:
			f.Text(x, y, text.Draw(t, "text"), st)
		case 2:
			f.Fill(Rect{x, y, rapid.IntRange(0, 9).Draw(t, "w"), 2}, ' ', st)
		case 3:
			f.Restyle(Rect{x, y, 7, 1}, ^Style(0xff), st)
		case 4:
			f.Set(x, y, '█', st)
		}
	}
}

func TestPaintShowsNextFrame(t *testing.T) {
	for _, depth := range []Depth{NoColour, Colour16, Colour256, TrueColour} {
		for _, ascii := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s ascii=%v", depth, ascii), func(t *testing.T) {
				p := NewPalette(depth, testInks())
				rapid.Check(t, func(t *rapid.T) {
					w, h := rapid.IntRange(1, 24).Draw(t, "w"), rapid.IntRange(1, 5).Draw(t, "h")
					screen := newVT(w, h)
					var prev *Frame
					for range rapid.IntRange(1, 4).Draw(t, "frames") {
						next := New(w, h)
						if prev != nil {
							next = prev.Clone()
						}
						drawRandom(t, next)
						screen.write(Paint(nil, prev, next, p, Options{ASCII: ascii}))
						if err := screen.shows(next, p, ascii); err != nil {
							t.Fatalf("%v\n%s", err, next)
						}
						for i, row := range strings.Split(next.String(), "\n") {
							if Width(Safe(row)) != w {
								t.Fatalf("row %d is %d wide, want %d: %q", i, Width(Safe(row)), w, row)
							}
						}
						prev = next
					}
				})
			})
		}
	}
}

func TestPaintSameFrameSendsNothing(t *testing.T) {
	f := New(20, 3)
	f.Text(0, 0, "Suporte 石井", 1)
	if got := Paint(nil, f, f.Clone(), NewPalette(TrueColour, testInks()), Options{}); len(got) != 0 {
		t.Errorf("painted %q", got)
	}
}

func TestPaintBlankInkSendsNothing(t *testing.T) {
	a, b := New(20, 1), New(20, 1)
	b.Restyle(b.Bounds(), 0, 4) // another text colour on blanks cannot be seen
	if got := Paint(nil, a, b, NewPalette(TrueColour, testInks()), Options{}); len(got) != 0 {
		t.Errorf("painted %q", got)
	}
}

func TestPaintShortest(t *testing.T) {
	p := NewPalette(Colour256, testInks())
	base := New(60, 20)
	for y := range base.H {
		base.Text(0, y, "Ana Souza     em linha     14:02:07   ●●●", 0)
	}
	for _, tc := range []struct {
		name string
		do   func(f *Frame)
		want string
	}{
		{"one cell", func(f *Frame) { f.Text(34, 3, "8", 0) }, "\x1b[4;35H8"},
		{"gap of three rewritten", func(f *Frame) { f.Text(30, 3, "2", 0); f.Text(34, 3, "8", 0) }, "\x1b[4;31H22:08"},
		{"gap jumped", func(f *Frame) { f.Text(0, 3, "B", 0); f.Text(34, 3, "8", 0) }, "\x1b[4HB\x1b[33C8"},
		{"same column below", func(f *Frame) { f.Text(34, 3, "8", 0); f.Text(35, 5, "x", 0) }, "\x1b[4;35H8\x1b[2Bx"},
		{"colour alone", func(f *Frame) { f.Text(34, 3, "8", 1); f.Text(35, 3, "8", 5) }, "\x1b[4;35H\x1b[38;5;178m8\x1b[38;5;74m8\x1b[m"},
		{"rest of the row", func(f *Frame) { f.Fill(Rect{20, 3, 40, 1}, ' ', 0) }, "\x1b[4;21H\x1b[K"},
	} {
		next := base.Clone()
		tc.do(next)
		if got := string(Paint(nil, base, next, p, Options{})); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestPaintOtherSizeRepaints(t *testing.T) {
	p := NewPalette(TrueColour, testInks())
	for _, size := range [][2]int{{1, 1}, {7, 3}, {30, 2}, {0, 0}} {
		f := New(size[0], size[1])
		f.Text(0, 0, "Retenção 石", 2|Reverse)
		screen := newVT(f.W, f.H)
		screen.write(Paint(nil, New(5, 5), f, p, Options{}))
		if err := screen.shows(f, p, false); err != nil {
			t.Errorf("%v: %v", size, err)
		}
	}
}
