package draw

// Border is the runes a box is drawn with, each of one column.
type Border struct {
	TopLeft, Top, TopRight          rune
	Left, Right                     rune
	BottomLeft, Bottom, BottomRight rune
}

// The borders.
var (
	Rounded = Border{'╭', '─', '╮', '│', '│', '╰', '─', '╯'}
	Light   = Border{'┌', '─', '┐', '│', '│', '└', '─', '┘'}
	Heavy   = Border{'┏', '━', '┓', '┃', '┃', '┗', '━', '┛'}
	Double  = Border{'╔', '═', '╗', '║', '║', '╚', '═', '╝'}
)

// Box draws a border around r with texts let into it,
//
//	╭─ title ───────── right ─╮
//	│                         │
//	╰───────────────── foot ──╯
//
// and returns the inside. The border, right and foot are drawn in st, the title
// in titleStyle; empty texts leave no gap. A title too long is cut; right and
// foot are left out when they do not fit beside it. A rectangle of fewer than
// two rows or columns draws nothing and has no inside.
func (f *Frame) Box(r Rect, b Border, st Style, title, right, foot Safe, titleStyle Style) Rect {
	if r.W < 2 || r.H < 2 {
		return Rect{r.X, r.Y, 0, 0}
	}
	x1, y1 := r.X+r.W-1, r.Y+r.H-1
	f.HLine(r.X+1, r.Y, r.W-2, b.Top, st)
	f.HLine(r.X+1, y1, r.W-2, b.Bottom, st)
	f.VLine(r.X, r.Y+1, r.H-2, b.Left, st)
	f.VLine(x1, r.Y+1, r.H-2, b.Right, st)
	f.Set(r.X, r.Y, b.TopLeft, st)
	f.Set(x1, r.Y, b.TopRight, st)
	f.Set(r.X, y1, b.BottomLeft, st)
	f.Set(x1, y1, b.BottomRight, st)
	f.inlay(Rect{r.X + 1, r.Y, r.W - 2, 1}, st, title, right, titleStyle)
	f.inlay(Rect{r.X + 1, y1, r.W - 2, 1}, st, "", foot, titleStyle)
	return r.Inset(1, 1)
}

// Rule draws a horizontal line over the first row of r with texts let into it,
// as the top of a box has: "─ title ───── right ─".
func (f *Frame) Rule(r Rect, ch rune, st Style, title, right Safe, titleStyle Style) {
	if r.Empty() {
		return
	}
	f.HLine(r.X, r.Y, r.W, ch, st)
	f.inlay(r, st, title, right, titleStyle)
}

// inlay lets a text into the left and one into the right of a line, one column
// from its ends, with a blank on both sides.
func (f *Frame) inlay(r Rect, st Style, title, right Safe, titleStyle Style) {
	used := 0
	if title != "" && r.W >= 5 {
		title = Cut(title, r.W-4)
		f.Text(r.X+1, r.Y, " ", titleStyle)
		n := f.Text(r.X+2, r.Y, title, titleStyle)
		f.Text(r.X+2+n, r.Y, " ", titleStyle)
		used = n + 3
	}
	if right == "" {
		return
	}
	n := Width(right)
	if used+n+3 > r.W {
		return
	}
	x := r.X + r.W - n - 3
	f.Text(x, r.Y, " ", st)
	f.Text(x+1, r.Y, right, st)
	f.Text(x+1+n, r.Y, " ", st)
}
