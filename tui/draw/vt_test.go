package draw

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// vt is a terminal small enough to be trusted: it understands what Paint sends
// and refuses everything else. A cell is its rune and the parameters in force.
type vt struct {
	w, h, x, y int
	hanging    bool // the last column was written and the cursor hangs there
	pen        vtPen
	cells      []vtCell
	err        error
}

type vtPen struct {
	text, ground                   string
	bold, faint, reverse, underine bool
}

type vtCell struct {
	r   rune
	pen vtPen
}

func newVT(w, h int) *vt {
	v := &vt{w: w, h: h, cells: make([]vtCell, w*h)}
	for i := range v.cells {
		v.cells[i].r = '?' // whatever was there before
	}
	return v
}

func (v *vt) fail(format string, a ...any) {
	if v.err == nil {
		v.err = fmt.Errorf(format, a...)
	}
}

func (v *vt) write(b []byte) {
	for len(b) > 0 && v.err == nil {
		switch {
		case b[0] == '\r':
			v.x, v.hanging = 0, false
			b = b[1:]
		case b[0] == 0x1b:
			n := 2
			for n < len(b) && (b[n] < 0x40 || b[n] > 0x7e) {
				n++
			}
			if n >= len(b) || b[1] != '[' {
				v.fail("broken sequence %q", b)
				return
			}
			v.csi(string(b[2:n]), b[n])
			b = b[n+1:]
		default:
			r, n := utf8.DecodeRune(b)
			v.put(r)
			b = b[n:]
		}
	}
}

func (v *vt) put(r rune) {
	if r < ' ' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError {
		v.fail("control %U", r)
		return
	}
	_, w := measure(r)
	if w == 0 || v.hanging || v.x+w > v.w || v.y >= v.h {
		v.fail("%q of width %d written at %d,%d (hanging %v)", r, w, v.x, v.y, v.hanging)
		return
	}
	row := v.cells[v.y*v.w : (v.y+1)*v.w]
	if row[v.x].r == 0 && v.x > 0 {
		row[v.x-1].r = ' '
	}
	if end := v.x + w; end < v.w && row[end].r == 0 {
		row[end].r = ' '
	}
	row[v.x] = vtCell{r, v.pen}
	if w == 2 {
		row[v.x+1] = vtCell{0, v.pen}
	}
	if v.x += w; v.x == v.w {
		v.x, v.hanging = v.w-1, true
	}
}

func (v *vt) csi(params string, final byte) {
	if final == 'm' {
		v.sgr(params)
		return
	}
	var n []int
	for p := range strings.SplitSeq(params, ";") {
		i, err := strconv.Atoi(p)
		if p != "" && err != nil {
			v.fail("parameters %q", params)
		}
		n = append(n, i)
	}
	one := max(n[0], 1)
	switch final {
	case 'H':
		col := 1
		if len(n) > 1 {
			col = max(n[1], 1)
		}
		v.x, v.y = min(col, v.w)-1, min(one, v.h)-1
	case 'G':
		v.x = min(one, v.w) - 1
	case 'C':
		v.x = min(v.x+one, v.w-1)
	case 'B':
		v.y = min(v.y+one, v.h-1)
	case 'K':
		row := v.cells[v.y*v.w : (v.y+1)*v.w]
		if row[v.x].r == 0 && v.x > 0 {
			row[v.x-1].r = ' '
		}
		for x := v.x; x < v.w; x++ {
			row[x] = vtCell{' ', vtPen{ground: v.pen.ground}}
		}
		if v.hanging {
			v.fail("erase while hanging")
		}
	default:
		v.fail("unknown sequence %q%c", params, final)
	}
	v.hanging = false
}

func (v *vt) sgr(params string) {
	p := strings.Split(params, ";")
	for i := 0; i < len(p); i++ {
		n, _ := strconv.Atoi(p[i])
		switch {
		case n == 0:
			v.pen = vtPen{}
		case n == 1:
			v.pen.bold = true
		case n == 2:
			v.pen.faint = true
		case n == 4:
			v.pen.underine = true
		case n == 7:
			v.pen.reverse = true
		case n == 38 || n == 48:
			k := i + 3
			if p[i+1] == "2" {
				k = i + 5
			}
			if n == 38 {
				v.pen.text = strings.Join(p[i+1:k], ";")
			} else {
				v.pen.ground = strings.Join(p[i+1:k], ";")
			}
			i = k - 1
		case n == 39:
			v.pen.text = ""
		case n == 49:
			v.pen.ground = ""
		case n >= 30 && n <= 37, n >= 90 && n <= 97:
			v.pen.text = p[i]
		case n >= 40 && n <= 47, n >= 100 && n <= 107:
			v.pen.ground = p[i]
		default:
			v.fail("unknown attribute %q", params)
		}
	}
}

// want is what a terminal should hold for cell x of row.
func wantCell(row []Cell, x int, p *Palette, ascii bool) vtCell {
	v := &vt{}
	v.sgr(strings.TrimSuffix(strings.TrimPrefix(p.look(row[x].Style).sgr, "\x1b["), "m"))
	c := vtCell{row[x].Rune, v.pen}
	if ascii {
		if c.r == 0 {
			c.r = row[x-1].Rune
		}
		c.r = rune(asciiOf(c.r))
	}
	return c
}

// shows compares the screen with a frame. Of a blank only what can be seen
// counts: its ground, its underline, and the text colour when reversed.
func (v *vt) shows(f *Frame, p *Palette, ascii bool) error {
	if v.err != nil {
		return v.err
	}
	if v.pen != (vtPen{}) {
		return fmt.Errorf("pen left at %+v", v.pen)
	}
	for y := range f.H {
		for x := range f.W {
			got, want := v.cells[y*v.w+x], wantCell(f.Row(y), x, p, ascii)
			if got.r == ' ' && want.r == ' ' {
				got.pen, want.pen = got.pen.onBlank(), want.pen.onBlank()
			}
			if got != want {
				return fmt.Errorf("%d,%d shows %q %+v, want %q %+v", x, y, got.r, got.pen, want.r, want.pen)
			}
		}
	}
	return nil
}

func (p vtPen) onBlank() vtPen {
	if !p.reverse {
		p.text, p.bold, p.faint = "", false, false
	}
	return p
}
