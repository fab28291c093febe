package draw

import "strings"

// Text writes s from column x of row y, clipped to the frame, and returns the
// columns s takes in full (so that x plus it is where the next text goes).
// A rune of two columns of which one is outside becomes a blank. Nothing that
// is not printable can enter: see [Clean] for what happens to it.
func (f *Frame) Text(x, y int, s Safe, st Style) int {
	return f.text(x, y, 0, f.W, s, st)
}

// text writes s clipped to columns lo to hi of row y.
func (f *Frame) text(x, y, lo, hi int, s Safe, st Style) int {
	if y < 0 || y >= f.H {
		return Width(s)
	}
	lo, hi = max(lo, 0), min(hi, f.W)
	row := f.Cells[y*f.W : (y+1)*f.W]
	at := x
	for _, r := range string(s) {
		r, w := measure(r)
		switch {
		case w == 0:
			continue
		case at >= lo && at+w <= hi:
			if !plainCell(row[at]) || w == 2 {
				mend(row, at, at+w)
			}
			row[at] = Cell{r, st}
			if w == 2 {
				row[at+1] = Cell{0, st}
			}
		case w == 2 && at < lo && at+1 >= lo && lo < hi:
			mend(row, lo, lo+1)
			row[lo] = Cell{' ', st}
		case w == 2 && at >= lo && at < hi:
			mend(row, at, at+1)
			row[at] = Cell{' ', st}
		}
		at += w
	}
	return at - x
}

// plainCell reports whether c is neither half of a wide rune, as far as c alone
// can tell.
func plainCell(c Cell) bool { return c.Rune < 0x1100 && c.Rune != 0 }

// mend blanks the halves that are left of wide runes when columns from to to of
// row are about to be written over.
func mend(row []Cell, from, to int) {
	if from > 0 && from < len(row) && row[from].Rune == 0 {
		row[from-1].Rune = ' '
	}
	if to > 0 && to < len(row) && row[to].Rune == 0 {
		row[to].Rune = ' '
	}
}

// TextIn writes s in the first row of r, cut with "…" to its width, and returns
// the columns written.
func (f *Frame) TextIn(r Rect, s Safe, st Style) int {
	if r.Empty() {
		return 0
	}
	return f.text(r.X, r.Y, r.X, r.X+r.W, Cut(s, r.W), st)
}

// Right writes s right aligned in the first row of r, cut to its width.
func (f *Frame) Right(r Rect, s Safe, st Style) {
	if r.Empty() {
		return
	}
	s = Cut(s, r.W)
	f.text(r.X+r.W-Width(s), r.Y, r.X, r.X+r.W, s, st)
}

// Center writes s in the middle of the first row of r, cut to its width.
func (f *Frame) Center(r Rect, s Safe, st Style) {
	if r.Empty() {
		return
	}
	s = Cut(s, r.W)
	f.text(r.X+(r.W-Width(s))/2, r.Y, r.X, r.X+r.W, s, st)
}

// clip returns the part of r inside the frame.
func (f *Frame) clip(r Rect) Rect {
	x0, y0 := max(r.X, 0), max(r.Y, 0)
	x1, y1 := min(r.X+r.W, f.W), min(r.Y+r.H, f.H)
	return Rect{x0, y0, max(0, x1-x0), max(0, y1-y0)}
}

// single returns r if it is printable in one column, else '?'.
func single(r rune) rune {
	if plain(r) {
		return r
	}
	if r, w := measureSlow(r); w == 1 {
		return r
	}
	return '?'
}

// Fill covers r with one rune of one column.
func (f *Frame) Fill(r Rect, ch rune, st Style) {
	r = f.clip(r)
	if r.Empty() {
		return
	}
	c := Cell{single(ch), st}
	for y := r.Y; y < r.Y+r.H; y++ {
		row := f.Row(y)
		mend(row, r.X, r.X+r.W)
		span := row[r.X : r.X+r.W]
		for i := range span {
			span[i] = c
		}
	}
}

// Restyle changes the style of every cell of r to (style & keep) | add, as in
// Restyle(row, ^Faint, Reverse) for a selected row.
func (f *Frame) Restyle(r Rect, keep, add Style) {
	r = f.clip(r)
	if r.Empty() {
		return
	}
	for y := r.Y; y < r.Y+r.H; y++ {
		row := f.Row(y)
		for x := r.X; x < r.X+r.W; x++ {
			row[x].Style = row[x].Style&keep | add
		}
		// The halves of a wide rune cannot look different: the first decides.
		if row[r.X].Rune == 0 && r.X > 0 {
			row[r.X].Style = row[r.X-1].Style
		}
		if end := r.X + r.W; end < f.W && row[end].Rune == 0 {
			row[end].Style = row[end-1].Style
		}
	}
}

// HLine draws ch over n columns to the right of (x, y).
func (f *Frame) HLine(x, y, n int, ch rune, st Style) { f.Fill(Rect{x, y, n, 1}, ch, st) }

// VLine draws ch over n rows down from (x, y).
func (f *Frame) VLine(x, y, n int, ch rune, st Style) { f.Fill(Rect{x, y, 1, n}, ch, st) }

// Blit copies src into f with its corner at (x, y), clipped to f. The cells go
// as they are; wide runes cut by the edge of f become blanks.
func (f *Frame) Blit(src *Frame, x, y int) {
	r := f.clip(Rect{x, y, src.W, src.H})
	if r.Empty() {
		return
	}
	for i := range r.H {
		dst := f.Row(r.Y + i)
		from := src.Row(r.Y + i - y)[r.X-x : r.X-x+r.W]
		mend(dst, r.X, r.X+r.W)
		span := dst[r.X : r.X+r.W]
		copy(span, from)
		if span[0].Rune == 0 {
			span[0].Rune = ' '
		}
		if end := r.X - x + r.W; end < src.W && src.Row(r.Y + i - y)[end].Rune == 0 {
			span[len(span)-1].Rune = ' '
		}
	}
}

// Clone returns a copy that may be drawn upon.
func (f *Frame) Clone() *Frame {
	c := &Frame{W: f.W, H: f.H, Cells: make([]Cell, len(f.Cells))}
	copy(c.Cells, f.Cells)
	return c
}

// String is the plain text of the frame: rows joined by "\n", each exactly W
// columns wide, blanks at the end included.
func (f *Frame) String() string {
	var b strings.Builder
	b.Grow(len(f.Cells) + len(f.Cells)/2)
	for y := range f.H {
		if y > 0 {
			b.WriteByte('\n')
		}
		row := f.Row(y)
		for x, c := range row {
			switch {
			case c.Rune != 0:
				b.WriteRune(c.Rune)
			case x == 0 || row[x-1].Rune == 0:
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}
