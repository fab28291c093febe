package draw

// Style says how a cell looks without saying which colour: the low byte is an
// index into a [Palette] (0 is the terminal's own foreground), the high byte
// holds attributes. One frame therefore serves every theme and colour depth.
type Style uint16

// Attributes.
const (
	Bold Style = 1 << (8 + iota)
	Faint
	Reverse
	Underline
)

// Ink is the palette index of the style.
func (s Style) Ink() uint8 { return uint8(s) }

// Cell is one character of the screen. A rune of two columns is followed by a
// cell whose Rune is 0 (its second half).
type Cell struct {
	Rune  rune
	Style Style
}

var blank = Cell{Rune: ' '}

// Rect is a rectangle of cells: X and Y from the top left, 0-based.
type Rect struct{ X, Y, W, H int }

// Empty reports whether the rectangle holds no cell.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Inset shrinks the rectangle by dx columns left and right and dy rows above
// and below.
func (r Rect) Inset(dx, dy int) Rect {
	return Rect{r.X + dx, r.Y + dy, max(0, r.W-2*dx), max(0, r.H-2*dy)}
}

// Rows cuts n rows from the top (from the bottom when n is negative); rest is
// what remains. Never more than there is.
func (r Rect) Rows(n int) (cut, rest Rect) {
	if n < 0 {
		n = min(-n, r.H)
		return Rect{r.X, r.Y + r.H - n, r.W, n}, Rect{r.X, r.Y, r.W, r.H - n}
	}
	n = min(n, r.H)
	return Rect{r.X, r.Y, r.W, n}, Rect{r.X, r.Y + n, r.W, r.H - n}
}

// Cols cuts n columns from the left (from the right when n is negative).
func (r Rect) Cols(n int) (cut, rest Rect) {
	if n < 0 {
		n = min(-n, r.W)
		return Rect{r.X + r.W - n, r.Y, n, r.H}, Rect{r.X, r.Y, r.W - n, r.H}
	}
	n = min(n, r.W)
	return Rect{r.X, r.Y, n, r.H}, Rect{r.X + n, r.Y, r.W - n, r.H}
}

// Frame is a screenful of cells. Once handed over it must not change: frames
// are shared. Everything that draws clips to the frame.
type Frame struct {
	W, H  int
	Cells []Cell // row by row
}

// New makes a blank frame. Negative sizes count as 0.
func New(w, h int) *Frame {
	w, h = max(0, w), max(0, h)
	f := &Frame{W: w, H: h, Cells: make([]Cell, w*h)}
	if len(f.Cells) > 0 {
		f.Cells[0] = blank
		for n := 1; n < len(f.Cells); n *= 2 {
			copy(f.Cells[n:], f.Cells[:n]) // doubling: several times faster than a loop
		}
	}
	return f
}

// Bounds is the whole frame.
func (f *Frame) Bounds() Rect { return Rect{0, 0, f.W, f.H} }

// Row returns the cells of row y; nil outside.
func (f *Frame) Row(y int) []Cell {
	if y < 0 || y >= f.H {
		return nil
	}
	return f.Cells[y*f.W : (y+1)*f.W]
}

// Set writes one cell; outside the frame it does nothing. A rune that is
// not printable in one column becomes '?': text goes through [Frame.Text].
func (f *Frame) Set(x, y int, r rune, s Style) {
	if x < 0 || y < 0 || x >= f.W || y >= f.H {
		return
	}
	row := f.Cells[y*f.W : (y+1)*f.W]
	mend(row, x, x+1)
	row[x] = Cell{single(r), s}
}
