package draw

import "fmt"

// shaped reports whether a rune is drawn as a shape rather than written.
func shaped(r rune) bool {
	return r >= 0x2500 && r <= 0x259f || r >= 0x2800 && r <= 0x28ff || markOf(r) != ""
}

// markOf is the outline of a mark in a cell of 8.4 by 17, "" for other runes.
func markOf(r rune) string {
	switch r {
	case '●':
		return `<circle cx="4.2" cy="8.5" r="3.6" fill="%[3]s"/>`
	case '○':
		return `<circle cx="4.2" cy="8.5" r="3" fill="none" stroke="%[3]s" stroke-width="1.1"/>`
	case '◌':
		return `<circle cx="4.2" cy="8.5" r="3" fill="none" stroke="%[3]s" stroke-width="1.1" stroke-dasharray="1.6 1.5"/>`
	case '◐':
		return `<circle cx="4.2" cy="8.5" r="3" fill="none" stroke="%[3]s" stroke-width="1.1"/><path d="M4.2 5.5a3 3 0 0 0 0 6z" fill="%[3]s"/>`
	case '■':
		return `<path d="M.8 5.1h6.8v6.8h-6.8z" fill="%[3]s"/>`
	case '▲':
		return `<path d="M4.2 4.4l4 7.6h-8z" fill="%[3]s"/>`
	case '►':
		return `<path d="M.8 4.9l7 3.6l-7 3.6z" fill="%[3]s"/>`
	case '◇':
		return `<path d="M4.2 4.9l3.4 3.6l-3.4 3.6l-3.4-3.6z" fill="none" stroke="%[3]s" stroke-width="1.1"/>`
	}
	return ""
}

// tiled reports whether a run of r is one shape.
func tiled(r rune) bool {
	return r >= '▀' && r <= '█' || r >= '░' && r <= '▔' || r == '─' || r == '━' || r == '┄' || r == '═'
}

// shape draws r, one of those that are shaped, from (x, y) on; w is the width of
// a cell, or of the run when r is tiled.
func (s *svg) shape(r rune, x, y, w float64, c Colour) {
	switch {
	case r >= 0x2580 && r <= 0x259f:
		s.block(r, x, y, w, c)
	case r >= 0x2500 && r <= 0x257f:
		s.line(r, x, y, w, c)
	case r >= 0x2800 && r <= 0x28ff:
		s.braille(r, x, y, c)
	default:
		fmt.Fprintf(s.b, `<g transform="translate(%.1f %.1f)">`+markOf(r)+"</g>\n", x, y, hex(c))
	}
}

func (s *svg) block(r rune, x, y, w float64, c Colour) {
	const h = svgCellH
	switch {
	case r == '▀':
		s.rect(x, y, w, h/2, c)
	case r >= '▁' && r <= '█':
		part := float64(r-'▁'+1) / 8
		s.rect(x, y+h*(1-part), w, h*part, c)
	case r >= '▉' && r <= '▏':
		s.rect(x, y, w*float64('▏'-r+1)/8, h, c)
	case r == '▐':
		s.rect(x+w/2, y, w/2, h, c)
	case r >= '░' && r <= '▓':
		fmt.Fprintf(s.b, `<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" fill="%s" opacity="%.2f"/>`+"\n",
			x, y, w, h, hex(c), 0.25*float64(r-'░'+1))
	case r == '▔':
		s.rect(x, y, w, h/8, c)
	case r == '▕':
		s.rect(x+w*7/8, y, w/8, h, c)
	default: // quadrants: upper left 1, upper right 2, lower left 4, lower right 8
		parts := [...]int{4, 8, 1, 13, 9, 7, 11, 2, 6, 14}[r-'▖']
		for i := range 4 {
			if parts>>i&1 == 1 {
				s.rect(x+w/2*float64(i%2), y+h/2*float64(i/2), w/2, h/2, c)
			}
		}
	}
}

// dotBits are the bits of a Braille pattern, row by row.
var dotBits = [4][2]uint{{0, 3}, {1, 4}, {2, 5}, {6, 7}}

func (s *svg) braille(r rune, x, y float64, c Colour) {
	for i, row := range dotBits {
		for j, bit := range row {
			if (r-0x2800)>>bit&1 == 1 {
				fmt.Fprintf(s.b, `<circle cx="%.2f" cy="%.2f" r="1.15" fill="%s"/>`+"\n",
					x+svgCellW*(0.25+0.5*float64(j)), y+svgCellH*(0.125+0.25*float64(i)), hex(c))
			}
		}
	}
}

// arms says which of the four arms (up, right, down, left) of a box line there
// are: 0 none, 1 light, 2 heavy, 3 double.
func arms(r rune) [4]int {
	switch r {
	case '─', '┄', '┈', '╌':
		return [4]int{0, 1, 0, 1}
	case '━', '┅', '┉', '╍':
		return [4]int{0, 2, 0, 2}
	case '│', '┆', '┊', '╎':
		return [4]int{1, 0, 1, 0}
	case '┃', '┇', '┋', '╏':
		return [4]int{2, 0, 2, 0}
	case '╭', '┌':
		return [4]int{0, 1, 1, 0}
	case '╮', '┐':
		return [4]int{0, 0, 1, 1}
	case '╰', '└':
		return [4]int{1, 1, 0, 0}
	case '╯', '┘':
		return [4]int{1, 0, 0, 1}
	case '┏':
		return [4]int{0, 2, 2, 0}
	case '┓':
		return [4]int{0, 0, 2, 2}
	case '┗':
		return [4]int{2, 2, 0, 0}
	case '┛':
		return [4]int{2, 0, 0, 2}
	case '├':
		return [4]int{1, 1, 1, 0}
	case '┤':
		return [4]int{1, 0, 1, 1}
	case '┬':
		return [4]int{0, 1, 1, 1}
	case '┴':
		return [4]int{1, 1, 0, 1}
	case '┣':
		return [4]int{2, 2, 2, 0}
	case '┫':
		return [4]int{2, 0, 2, 2}
	case '═':
		return [4]int{0, 3, 0, 3}
	case '║':
		return [4]int{3, 0, 3, 0}
	case '╔':
		return [4]int{0, 3, 3, 0}
	case '╗':
		return [4]int{0, 0, 3, 3}
	case '╚':
		return [4]int{3, 3, 0, 0}
	case '╝':
		return [4]int{3, 0, 0, 3}
	}
	return [4]int{1, 1, 1, 1}
}

// line draws the arms from the middle of the cell; dashed ones with gaps.
func (s *svg) line(r rune, x, y, w float64, c Colour) {
	mx, my := x+w/2, y+svgCellH/2
	ends := [4][2]float64{{mx, y}, {x + w, my}, {mx, y + svgCellH}, {x, my}}
	ending := ` stroke-linecap="square"`
	switch r {
	case '┄', '┅', '┆', '┇', '┈', '┉', '┊', '┋', '╌', '╍', '╎', '╏':
		ending = ` stroke-dasharray="1.8 1.6"`
	}
	for i, kind := range arms(r) {
		if kind == 0 {
			continue
		}
		width := [...]float64{0, 1, 2.4, 3}[kind]
		fmt.Fprintf(s.b, `<path d="M%.2f %.2fL%.2f %.2f" stroke="%s" stroke-width="%g"%s/>`+"\n",
			mx, my, ends[i][0], ends[i][1], hex(c), width, ending)
	}
	if k := arms(r); max(k[0], k[1], k[2], k[3]) == 3 {
		s.hollow(k, mx, my, ends)
	}
}

// hollow leaves the middle of double lines free.
func (s *svg) hollow(k [4]int, mx, my float64, ends [4][2]float64) {
	for i, kind := range k {
		if kind == 3 {
			fmt.Fprintf(s.b, `<path d="M%.2f %.2fL%.2f %.2f" stroke="%s" stroke-width="1" stroke-linecap="square"/>`+"\n",
				mx, my, ends[i][0], ends[i][1], hex(s.paper.Ground))
		}
	}
}
