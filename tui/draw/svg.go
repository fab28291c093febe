package draw

import (
	"bufio"
	"fmt"
	"html"
	"io"
)

// The cell of a picture, in its units; the text stands on the baseline.
const (
	svgCellW    = 8.4
	svgCellH    = 17.0
	svgFontSize = 14.0
	svgBaseline = 13.0
)

// SVG writes the frame as a picture in the colours of the palette. Blocks, box
// lines, Braille dots and the marks of state are shapes, so that they join and
// keep their place whatever font the reader has; the rest is monospace text
// whose every run has a fixed place and length. Paper is what stands for the
// terminal's own colours.
func SVG(w io.Writer, f *Frame, p *Palette, paper Paper) error {
	s := svg{b: bufio.NewWriter(w), p: p, paper: paper}
	width, height := float64(f.W)*svgCellW+16, float64(f.H)*svgCellH+16
	fmt.Fprintf(s.b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.1f %.1f"`+
		` font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="%g" xml:space="preserve"><style>rect{shape-rendering:crispEdges}</style>`+"\n",
		width, height, width, height, svgFontSize)
	if paper.Title != "" {
		fmt.Fprintf(s.b, "<title>%s</title>\n", html.EscapeString(string(paper.Title)))
	}
	fmt.Fprintf(s.b, `<rect width="100%%" height="100%%" rx="6" fill="%s"/><g transform="translate(8 8)">`+"\n", hex(paper.Ground))
	for y := range f.H {
		s.grounds(f.Row(y), y)
		s.row(f.Row(y), y)
	}
	fmt.Fprintln(s.b, "</g></svg>")
	return s.b.Flush()
}

// Paper is the terminal a picture is taken of: true colours ([RGB]) for its own
// text and ground, and a title for those who cannot see it.
type Paper struct {
	Text, Ground Colour
	Title        Safe
}

type svg struct {
	b     *bufio.Writer
	p     *Palette
	paper Paper
}

// colours are those a style ends up with, after reverse and faint.
func (s *svg) colours(st Style) (text, ground Colour) {
	pen := s.p.look(st).pen
	text, ground = pen.Text, pen.Ground
	if text == 0 {
		text = s.paper.Text
	}
	if ground == 0 {
		ground = s.paper.Ground
	}
	text, ground = trueOf(text), trueOf(ground)
	if pen.Attr&Reverse != 0 {
		text, ground = ground, text
	}
	if pen.Attr&Faint != 0 {
		text = mix(text, ground)
	}
	return text, ground
}

// grounds draws what lies behind the cells of a row, one shape a run.
func (s *svg) grounds(row []Cell, y int) {
	own := trueOf(s.paper.Ground)
	for x := 0; x < len(row); {
		_, ground := s.colours(row[x].Style)
		n := 1
		for x+n < len(row) {
			if _, g := s.colours(row[x+n].Style); g != ground {
				break
			}
			n++
		}
		if ground != own {
			s.rect(float64(x)*svgCellW, float64(y)*svgCellH, float64(n)*svgCellW, svgCellH, ground)
		}
		x += n
	}
}

func (s *svg) row(row []Cell, y int) {
	for x := 0; x < len(row); {
		c := row[x]
		text, _ := s.colours(c.Style)
		switch {
		case c.Rune == ' ' || c.Rune == 0:
			if s.p.look(c.Style).pen.Attr&Underline != 0 {
				s.rect(float64(x)*svgCellW, float64(y)*svgCellH+svgCellH-2, svgCellW, 1, text)
			}
			x++
		case shaped(c.Rune):
			n := 1
			for tiled(c.Rune) && x+n < len(row) && row[x+n] == c {
				n++
			}
			s.shape(c.Rune, float64(x)*svgCellW, float64(y)*svgCellH, float64(n)*svgCellW, text)
			x += n
		default:
			x += s.text(row[x:], x, y, text)
		}
	}
}

// text writes the run of ordinary characters of one style that row begins with,
// and returns the columns it takes.
func (s *svg) text(row []Cell, x, y int, colour Colour) int {
	n, last, run := 0, 0, []rune(nil)
	for n < len(row) && row[n].Style == row[0].Style && !shaped(row[n].Rune) {
		if row[n].Rune != 0 {
			run = append(run, row[n].Rune)
		}
		if n++; row[n-1].Rune != ' ' {
			last = n
		} else if n-last > 2 {
			break // a run is a few words, so that a font's widths cannot add up
		}
	}
	pen := s.p.look(row[0].Style).pen
	weight, line := "", ""
	if pen.Attr&Bold != 0 {
		weight = ` font-weight="bold"`
	}
	if pen.Attr&Underline != 0 {
		line = ` text-decoration="underline"`
	}
	for len(run) > 0 && run[len(run)-1] == ' ' && line == "" {
		run = run[:len(run)-1]
	}
	length := last
	if line != "" {
		length = n
	}
	fmt.Fprintf(s.b, `<text x="%.1f" y="%.1f" textLength="%.1f" fill="%s"%s%s>%s</text>`+"\n",
		float64(x)*svgCellW, float64(y)*svgCellH+svgBaseline, float64(length)*svgCellW,
		hex(colour), weight, line, html.EscapeString(string(run)))
	return n
}

func (s *svg) rect(x, y, w, h float64, c Colour) {
	fmt.Fprintf(s.b, `<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" fill="%s"/>`+"\n", x, y, w, h, hex(c))
}

func hex(c Colour) string { return fmt.Sprintf("#%06x", uint32(trueOf(c)&0xffffff)) }

// mix is half of each colour.
func mix(a, b Colour) Colour {
	half := func(shift uint) Colour { return (a>>shift&0xff + b>>shift&0xff) / 2 << shift }
	return rgb | half(16) | half(8) | half(0)
}

// trueOf gives any colour as a true one: the sixteen as xterm has them, then the
// cube and the greys.
func trueOf(c Colour) Colour {
	if c&indexed == 0 {
		return rgb | c&0xffffff
	}
	n := uint32(c & 0xff)
	switch {
	case n < 16:
		return RGB([16]uint32{
			0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
			0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
		}[n])
	case n < 232:
		step := func(i uint32) uint32 {
			if i == 0 {
				return 0
			}
			return 55 + 40*i
		}
		n -= 16
		return RGB(step(n/36)<<16 | step(n/6%6)<<8 | step(n%6))
	}
	g := 8 + 10*(n-232)
	return RGB(g<<16 | g<<8 | g)
}
