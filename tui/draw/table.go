package draw

// Align says where text stands in its column.
type Align uint8

// The alignments.
const (
	Left Align = iota
	Right
	Center
)

// Column is one column of a [Table].
type Column struct {
	Title Safe
	Width int // columns it takes at least
	Flex  int // its share of the width that is left over; 0: none
	Align Align
	// Spare says which columns go first when the table is too narrow: those
	// with the highest number; 0 never goes.
	Spare int
	// Gap is the number of blanks before it, if not the table's.
	Gap int
}

// Table lays out columns and draws the rows in view. It holds no data and no
// selection.
type Table struct {
	Columns []Column
	Gap     int // blanks between columns
}

// Span is where a column stands in a row: from X, W wide; W is 0 when there was
// no room.
type Span struct{ X, W int }

// Spans lays the columns out in w columns of the screen.
func (t Table) Spans(w int) []Span {
	spans := make([]Span, len(t.Columns))
	shown := func(i, spare int) bool { return t.Columns[i].Spare <= spare }
	spare := 0
	for _, c := range t.Columns {
		spare = max(spare, c.Spare)
	}
	need, flex := t.need(spare)
	for need > w && spare > 0 {
		spare--
		need, flex = t.need(spare)
	}
	left, x, first := max(0, w-need), 0, true
	for i, c := range t.Columns {
		if !shown(i, spare) {
			continue
		}
		if !first {
			x += t.gap(c)
		}
		first = false
		width := c.Width
		if c.Flex > 0 {
			more := left * c.Flex / flex
			width, left, flex = width+more, left-more, flex-c.Flex
		}
		spans[i] = Span{x, max(0, min(width, w-x))}
		x += width
	}
	return spans
}

func (t Table) gap(c Column) int {
	if c.Gap > 0 {
		return c.Gap
	}
	return t.Gap
}

// need is the least width of the columns with at most this Spare, and the sum
// of their shares.
func (t Table) need(spare int) (width, flex int) {
	first := true
	for _, c := range t.Columns {
		if c.Spare > spare {
			continue
		}
		if !first {
			width += t.gap(c)
		}
		first = false
		width += c.Width
		flex += c.Flex
	}
	return width, flex
}

// TableRow draws the cells of one row.
type TableRow struct {
	f       *Frame
	r       Rect
	columns []Column
	spans   []Span
}

// Bounds is the whole row.
func (w *TableRow) Bounds() Rect { return w.r }

// Rect is where column i stands, for what is not text; empty when it is not
// shown.
func (w *TableRow) Rect(i int) Rect {
	return Rect{w.r.X + w.spans[i].X, w.r.Y, w.spans[i].W, w.r.H}
}

// Text writes column i, cut to its width.
func (w *TableRow) Text(i int, s Safe, st Style) {
	r := w.Rect(i)
	switch w.columns[i].Align {
	case Right:
		w.f.Right(r, s, st)
	case Center:
		w.f.Center(r, s, st)
	default:
		w.f.TextIn(r, s, st)
	}
}

// Header writes the titles in the first row of r.
func (t Table) Header(f *Frame, r Rect, st Style) {
	if r.Empty() {
		return
	}
	row := TableRow{f, Rect{r.X, r.Y, r.W, 1}, t.Columns, t.Spans(r.W)}
	for i, c := range t.Columns {
		row.Text(i, c.Title, st)
	}
}

// Draw calls row for those of total rows, from first on, that fit in r, each one
// line high.
func (t Table) Draw(f *Frame, r Rect, first, total int, row func(i int, w *TableRow)) {
	if r.Empty() {
		return
	}
	w := TableRow{f, Rect{r.X, r.Y, r.W, 1}, t.Columns, t.Spans(r.W)}
	for i := max(0, first); i < total && w.r.Y < r.Y+r.H; i++ {
		row(i, &w)
		w.r.Y++
	}
}

// Scroll moves the first row in view as little as is needed for row selected to
// be among the height rows shown, and never past the end of total rows.
// Selected below 0 is no selection.
func Scroll(first, selected, height, total int) int {
	if selected >= 0 {
		first = min(first, selected)
		first = max(first, selected-height+1)
	}
	return max(0, min(first, total-height))
}
