package draw

// Columns is a chart of blocks over several rows, with what is usual as a line
// across it.
type Columns struct {
	Values []float64 // oldest first; NaN leaves a gap
	Usual  []float64 // over the same width; drawn where the columns leave room
	Guides []Guide
	Scale  Scale // zero: from 0, or the lowest value below it, to the highest
	Axes   Axes

	Style      Style
	UsualStyle Style
}

// Draw fills r.
func (c Columns) Draw(f *Frame, r Rect) {
	plot, gutter := c.Axes.room(r)
	if plot.Empty() {
		return
	}
	scale := c.Scale
	if scale.Max <= scale.Min {
		scale = scale.of(c.Values, c.Usual)
		scale.Min = min(scale.Min, 0)
	}
	row := func(v float64) int {
		if v < scale.Min || v > scale.Max {
			return -1
		}
		return plot.Y + plot.H - 1 - (scale.eighth(v, plot.H*8)-1)/8
	}
	c.Axes.draw(f, r, plot, gutter, row)
	for x := range plot.W {
		at := plot.X + x
		if v := column(c.Values, x, plot.W); usable(v) {
			rise(f, at, plot, scale.eighth(v, plot.H*8), c.Style)
		}
		if v := column(c.Usual, x, plot.W); usable(v) {
			through(f, at, row(v), c.UsualStyle, false)
		}
		for _, g := range c.Guides {
			through(f, at, row(g.At), g.Style, true)
		}
	}
}

// through draws one column of a line across a chart: over blanks as it is, over
// a full block, when over is set, cut out of it. A cell that shows the top of a
// column is left alone.
func through(f *Frame, x, y int, st Style, over bool) {
	if y < 0 || y >= f.H || x < 0 || x >= f.W {
		return
	}
	switch c := f.Cells[y*f.W+x]; {
	case c.Rune == ' ':
		f.Set(x, y, '┄', st)
	case c.Rune == '█' && over:
		f.Set(x, y, '┄', c.Style|Reverse)
	}
}
