package draw

import (
	"strconv"
	"unicode/utf8"
	"unsafe"
)

// Options change how frames are encoded, not what is in them.
type Options struct {
	// ASCII sends one ASCII character for every other one, for terminals that
	// have neither the glyphs nor a fixed width for them.
	ASCII bool
}

// Paint appends to dst the bytes that turn a terminal showing prev into one
// showing next, and returns the longer slice. With prev nil or of another size
// every row is written in full. When nothing changed nothing is appended.
//
// It takes for granted, and leaves behind, the default pen (SGR 0); where the
// cursor is does not matter. Only CUP, CUD, CHA, CUF, CR, EL, SGR and text
// are sent: never a line feed, which a terminal in cooked mode, or the one an
// SSH server emulates, would turn into something else. Any number of goroutines
// may paint the same frames; with a dst that is large enough it allocates
// nothing.
func Paint(dst []byte, prev, next *Frame, p *Palette, o Options) []byte {
	e := encoder{p: p, ascii: o.ASCII, out: dst, x: -1, y: -1, look: p.look(0)}
	if prev == nil || prev.W != next.W || prev.H != next.H {
		for y := range next.H {
			e.wholeRow(y, next.Row(y))
		}
	} else {
		for y := range next.H {
			a, b := prev.Row(y), next.Row(y)
			if !sameRow(a, b) {
				e.changedRow(y, a, b)
			}
		}
	}
	if len(e.out) > len(dst) {
		e.pen(p.look(0))
	}
	return e.out
}

// sameRow compares the memory of two rows, padding included: an answer of false
// may be wrong, which costs a closer look, and it is several times faster than
// comparing field by field.
func sameRow(a, b []Cell) bool {
	if len(a) == 0 || &a[0] == &b[0] {
		return true
	}
	const size = int(unsafe.Sizeof(Cell{}))
	return unsafe.String((*byte)(unsafe.Pointer(&a[0])), len(a)*size) ==
		unsafe.String((*byte)(unsafe.Pointer(&b[0])), len(b)*size)
}

// encoder holds what the terminal is known to be in.
type encoder struct {
	p     *Palette
	ascii bool
	out   []byte
	x, y  int // where the cursor is; x < 0: not known
	look  *look
}

// same reports whether two cells look the same on the screen.
func (e *encoder) same(a, b Cell) bool {
	if a == b {
		return true
	}
	return a.Rune == ' ' && b.Rune == ' ' && e.p.look(a.Style).bare == e.p.look(b.Style).bare
}

// tail is the column from which row is blank to its end, in looks that erasing
// to the end of the line leaves.
func (e *encoder) tail(row []Cell) int {
	n := len(row)
	for n > 0 && row[n-1].Rune == ' ' && e.p.look(row[n-1].Style).bare == 0 {
		n--
	}
	return n
}

func (e *encoder) wholeRow(y int, row []Cell) {
	end := e.tail(row)
	e.move(0, y)
	for x := 0; x < end; x++ {
		e.cell(row, x)
	}
	if end < len(row) {
		e.place(end)
		e.erase()
	}
}

// chunk is how many cells of a changed row are compared at once.
const chunk = 16

func (e *encoder) changedRow(y int, prev, next []Cell) {
	end := -1 // the tail, looked for when it may matter
	for x := 0; x < len(next); x++ {
		for x+chunk < len(next) && sameRow(prev[x:x+chunk], next[x:x+chunk]) {
			x += chunk
		}
		if e.same(prev[x], next[x]) {
			continue
		}
		if next[x].Rune == 0 && x > 0 {
			x-- // half of a wide rune changed: write the whole
		}
		if next[x].Rune == ' ' {
			if end < 0 {
				end = e.tail(next)
			}
			if x >= end && e.changes(prev[x:], next[x:]) > 3 {
				e.goTo(x, y, next)
				e.erase()
				return
			}
		}
		e.goTo(x, y, next)
		e.cell(next, x)
		if x+1 < len(next) && next[x+1].Rune == 0 {
			x++
		}
	}
}

// changes is the number of columns up to and with the last one that differs.
func (e *encoder) changes(a, b []Cell) int {
	n := len(a)
	for n > 0 && e.same(a[n-1], b[n-1]) {
		n--
	}
	return n
}

// goTo moves to column x of row y, writing the cells between again where that
// is shorter than a move.
func (e *encoder) goTo(x, y int, row []Cell) {
	if e.y == y && e.x >= 0 && x > e.x && x-e.x <= 3 && e.rewritable(row[e.x:x]) {
		for _, c := range row[e.x:x] {
			e.out = append(e.out, byte(c.Rune))
		}
		e.x = x
		return
	}
	e.move(x, y)
}

// rewritable reports whether cells can be sent with one byte each and no change
// of pen.
func (e *encoder) rewritable(cells []Cell) bool {
	for _, c := range cells {
		if c.Rune < ' ' || c.Rune > '~' || e.p.look(c.Style) != e.look {
			return false
		}
	}
	return true
}

// cell writes column x of row, the cursor being there.
func (e *encoder) cell(row []Cell, x int) {
	c := row[x]
	if c.Rune == 0 {
		if x > 0 && wideAt(row, x-1) {
			return
		}
		c.Rune = ' '
	}
	if l := e.p.look(c.Style); l != e.look && (c.Rune != ' ' || l.bare != e.look.bare) {
		e.pen(l)
	}
	width := 1
	if wideAt(row, x) {
		width = 2
	}
	if e.x != x {
		e.place(x)
	}
	switch {
	case e.ascii:
		for range width {
			e.out = append(e.out, asciiOf(c.Rune))
		}
	case c.Rune < utf8.RuneSelf:
		e.out = append(e.out, byte(c.Rune))
	default:
		e.out = utf8.AppendRune(e.out, c.Rune)
	}
	e.x = x + width
	if e.x >= len(row) || !e.ascii && !plain(c.Rune) {
		// After the last column the cursor hangs at the edge; after a rune
		// whose width terminals may see otherwise, only a move to a named
		// column is sure.
		e.x = -1
	}
}

// wideAt reports whether a rune of two columns begins at column x.
func wideAt(row []Cell, x int) bool {
	return x+1 < len(row) && row[x+1].Rune == 0 && row[x].Rune != 0
}

func (e *encoder) erase() {
	if e.look.bare != 0 {
		e.pen(e.p.look(0))
	}
	e.out = append(e.out, "\x1b[K"...)
}

// pen changes to a look, by the text colour alone where that suffices.
func (e *encoder) pen(l *look) {
	if l == e.look {
		return
	}
	a, b := l.pen, e.look.pen
	switch {
	case a == b:
	case a.Attr == b.Attr && a.Ground == b.Ground && len(l.text) < len(l.sgr):
		e.out = append(e.out, l.text...)
	default:
		e.out = append(e.out, l.sgr...)
	}
	e.look = l
}

// place moves to column x of the row the cursor is in.
func (e *encoder) place(x int) {
	if e.x == x {
		return
	}
	e.csi(x+1, 'G')
	e.x = x
}

// move takes the shortest way to column x of row y.
func (e *encoder) move(x, y int) {
	switch {
	case e.y == y && e.x == x:
		return
	case e.y == y && x == 0:
		e.out = append(e.out, '\r')
	case e.y == y && e.x >= 0 && x > e.x:
		e.csi(x-e.x, 'C')
	case e.y == y:
		e.csi(x+1, 'G')
	case e.y >= 0 && x == 0 && y == e.y+1:
		e.out = append(e.out, "\r\x1b[B"...)
	case e.y >= 0 && e.x == x:
		e.csi(y-e.y, 'B')
	default:
		e.out = append(e.out, "\x1b["...)
		e.out = strconv.AppendInt(e.out, int64(y+1), 10)
		if x > 0 {
			e.out = append(e.out, ';')
			e.out = strconv.AppendInt(e.out, int64(x+1), 10)
		}
		e.out = append(e.out, 'H')
	}
	e.x, e.y = x, y
}

// csi appends a control sequence with one parameter, left out when it is 1.
func (e *encoder) csi(n int, final byte) {
	e.out = append(e.out, "\x1b["...)
	if n != 1 {
		e.out = strconv.AppendInt(e.out, int64(n), 10)
	}
	e.out = append(e.out, final)
}
