package draw

import "strings"

// Size is the height of big digits.
type Size uint8

// The sizes. Small digits are 3 columns wide and stand one apart; Medium 4 and
// one; Large 8 and two; Huge 12 and three.
const (
	Small  Size = iota // 2½ rows
	Medium             // 3½ rows
	Large              // 7 rows
	Huge               // 10½ rows
)

// Rows is the number of rows digits of the size take; the last one is half
// empty except in Large.
func (z Size) Rows() int {
	switch z {
	case Small:
		return 3
	case Medium:
		return 4
	case Large:
		return 7
	}
	return 11
}

// baseline is the row in which small text after the digits is written: where
// the foot of the digits is.
func (z Size) baseline() int {
	if z == Huge {
		return 9
	}
	return z.Rows() - 1
}

// scale is how many columns and half rows a dot of the glyph takes, and how
// many columns are left between glyphs.
func (z Size) scale() (cols, halves, gap int) {
	switch z {
	case Large:
		return 2, 2, 2
	case Huge:
		return 3, 3, 3
	}
	return 1, 1, 1
}

// glyphs of 3 by 5 dots, for Small: a dot is one column and half a row.
var smallGlyphs = map[rune][]string{
	'0': {"###", "#.#", "#.#", "#.#", "###"},
	'1': {"##.", ".#.", ".#.", ".#.", "###"},
	'2': {"###", "..#", "###", "#..", "###"},
	'3': {"###", "..#", ".##", "..#", "###"},
	'4': {"#.#", "#.#", "###", "..#", "..#"},
	'5': {"###", "#..", "###", "..#", "###"},
	'6': {"###", "#..", "###", "#.#", "###"},
	'7': {"###", "..#", "..#", "..#", "..#"},
	'8': {"###", "#.#", "###", "#.#", "###"},
	'9': {"###", "#.#", "###", "..#", "###"},
	',': {".", ".", ".", ".", "#"},
	'.': {".", ".", ".", ".", "#"},
	':': {".", "#", ".", "#", "."},
	'–': {"...", "...", "###", "...", "..."},
	' ': {".", ".", ".", ".", "."},
}

// glyphs of 4 by 7 dots, for the other sizes.
var tallGlyphs = map[rune][]string{
	'0': {"####", "#..#", "#..#", "#..#", "#..#", "#..#", "####"},
	'1': {".##.", "..#.", "..#.", "..#.", "..#.", "..#.", ".###"},
	'2': {"####", "...#", "...#", "####", "#...", "#...", "####"},
	'3': {"####", "...#", "...#", ".###", "...#", "...#", "####"},
	'4': {"#..#", "#..#", "#..#", "####", "...#", "...#", "...#"},
	'5': {"####", "#...", "#...", "####", "...#", "...#", "####"},
	'6': {"####", "#...", "#...", "####", "#..#", "#..#", "####"},
	'7': {"####", "...#", "...#", "..#.", "..#.", ".#..", ".#.."},
	'8': {"####", "#..#", "#..#", "####", "#..#", "#..#", "####"},
	'9': {"####", "#..#", "#..#", "####", "...#", "...#", "####"},
	',': {".", ".", ".", ".", ".", ".", "#"},
	'.': {".", ".", ".", ".", ".", ".", "#"},
	':': {".", ".", "#", ".", "#", ".", "."},
	'–': {"....", "....", "....", "####", "....", "....", "...."},
	' ': {".", ".", ".", ".", ".", ".", "."},
}

func (z Size) glyph(r rune) ([]string, bool) {
	if r == '-' || r == '−' {
		r = '–'
	}
	if z == Small {
		g, ok := smallGlyphs[r]
		return g, ok
	}
	g, ok := tallGlyphs[r]
	return g, ok
}

// split parts text into what is drawn big and what is written small after it:
// from the first character that has no glyph ("%", "min"), and above Small also
// from the decimals, so that the figure seen from afar is the whole number. A
// point or comma before three digits parts thousands and stays.
func (z Size) split(text Safe) (big, small string) {
	s := string(text)
	cut := len(s)
	for i, r := range s {
		if _, ok := z.glyph(r); !ok {
			cut = i
			break
		}
	}
	if z != Small {
		if i := strings.LastIndexAny(s[:cut], ",."); i > 0 && cut-i-1 > 0 && cut-i-1 != 3 {
			cut = i
		}
	}
	return strings.TrimRight(s[:cut], " "), strings.TrimLeft(s[cut:], " ")
}

// tailGap is the number of blanks between the digits and the small text.
func (z Size) tailGap(big, small string) int {
	switch {
	case small == "" || big == "":
		return 0
	case z == Medium && (small[0] == ',' || small[0] == '.'):
		return 0
	}
	return 1
}

// DigitsWidth is the number of columns [Digits] takes for text.
func DigitsWidth(text Safe, z Size) int {
	big, small := z.split(text)
	return z.bigWidth(big) + z.tailGap(big, small) + Width(Safe(small))
}

func (z Size) bigWidth(big string) int {
	cols, _, gap := z.scale()
	w := 0
	for i, r := range big {
		g, _ := z.glyph(r)
		if i > 0 {
			w += gap
		}
		w += len(g[0]) * cols
	}
	return w
}

// Digits draws text with its upper left corner at (x, y) and returns the
// columns taken. Digits, comma, point, colon, dash and blank are big; the rest,
// from the first character that is none of them, is written in ordinary
// characters at the foot, and so are decimals in sizes above Small.
func Digits(f *Frame, x, y int, text Safe, z Size, st Style) int {
	big, small := z.split(text)
	cols, _, gap := z.scale()
	at := x
	for i, r := range big {
		if i > 0 {
			at += gap
		}
		g, _ := z.glyph(r)
		z.drawGlyph(f, at, y, g, st)
		at += len(g[0]) * cols
	}
	at += z.tailGap(big, small)
	at += f.Text(at, y+z.baseline(), Safe(small), st)
	return at - x
}

// drawGlyph sets the half rows of one glyph; cells without a dot are left as
// they are.
func (z Size) drawGlyph(f *Frame, x, y int, g []string, st Style) {
	cols, halves, _ := z.scale()
	last := len(g) * halves
	for top := 0; top < last; top += 2 {
		upper := g[top/halves]
		lower := ""
		if top+1 < last {
			lower = g[(top+1)/halves]
		}
		for dot := range len(upper) {
			var r rune
			switch up, low := upper[dot] == '#', lower != "" && lower[dot] == '#'; {
			case up && low:
				r = '█'
			case up:
				r = '▀'
			case low:
				r = '▄'
			default:
				continue
			}
			for c := range cols {
				f.Set(x+dot*cols+c, y+top/2, r, st)
			}
		}
	}
}
