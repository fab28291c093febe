package draw

import (
	"math"

	"github.com/NimbleMarkets/ntcharts/v2/canvas"
	"github.com/NimbleMarkets/ntcharts/v2/canvas/graph"
)

// Line is a chart of one series as a line of Braille dots, eight to a cell,
// with its target drawn across and its last value written.
//
// The dots are those of ntcharts, read from its grid; its View, which renders
// every cell through lipgloss, is never called. Even so a line costs hundreds of
// times a row of text: on a path taken every second keep it in a [Kept].
type Line struct {
	Values []float64 // oldest first; NaN leaves a gap
	Guides []Guide
	Scale  Scale // zero: from the lowest to the highest value
	Axes   Axes
	Last   Safe // the last value in words, written where the line ends
	// Blocks draws columns of blocks instead, for fonts without Braille and
	// for screen readers, which read Braille aloud.
	Blocks bool

	Style     Style
	LastStyle Style
}

// Draw fills r.
func (l Line) Draw(f *Frame, r Rect) {
	plot, gutter := l.Axes.room(r)
	if plot.Empty() {
		return
	}
	scale := l.Scale.of(l.Values)
	if l.Blocks {
		Columns{
			Values: l.Values, Guides: l.Guides, Scale: scale, Axes: l.Axes, Style: l.Style,
		}.Draw(f, r)
		l.writeLast(f, plot, func(v float64) int {
			return plot.Y + plot.H - 1 - (scale.eighth(v, plot.H*8)-1)/8
		})
		return
	}
	row := func(v float64) int {
		if v < scale.Min || v > scale.Max {
			return -1
		}
		return plot.Y + int(math.Round((1-scale.part(v))*float64(plot.H*4-1)))/4
	}
	l.Axes.draw(f, r, plot, gutter, row)
	l.dots(f, plot, scale)
	for _, g := range l.Guides {
		for x := range plot.W {
			through(f, plot.X+x, row(g.At), g.Style, false)
		}
	}
	l.writeLast(f, plot, func(v float64) int {
		return row(min(max(v, scale.Min), scale.Max))
	})
}

// dots joins neighbouring values and copies the cells that hold a dot.
func (l Line) dots(f *Frame, plot Rect, scale Scale) {
	span := float64(max(len(l.Values)-1, 1))
	grid := graph.NewBrailleGrid(plot.W, plot.H, 0, span, scale.Min, scale.Max)
	at := func(i int) canvas.Point {
		v := min(max(l.Values[i], scale.Min), scale.Max)
		return grid.GridPoint(canvas.Float64Point{X: float64(i), Y: v})
	}
	before := false
	for i, v := range l.Values {
		if !usable(v) {
			before = false
			continue
		}
		p := at(i)
		grid.Set(p)
		if before {
			for _, p := range graph.GetLinePoints(at(i-1), p) {
				grid.Set(p)
			}
		}
		before = true
	}
	const empty = '\u2800'
	for y, runes := range grid.BraillePatterns() {
		for x, r := range runes {
			if r > empty {
				f.Set(plot.X+x, plot.Y+y, r, l.Style)
			}
		}
	}
}

// writeLast writes the last value after the end of the line or, where there is
// no room, right aligned in the nearest free row.
func (l Line) writeLast(f *Frame, plot Rect, row func(float64) int) {
	last := len(l.Values) - 1
	for last >= 0 && !usable(l.Values[last]) {
		last--
	}
	if last < 0 || l.Last == "" {
		return
	}
	x := plot.X + 1
	if n := len(l.Values) - 1; n > 0 {
		x += last * (plot.W - 1) / n
	}
	y := row(l.Values[last])
	if w := Width(l.Last); x+w > plot.X+plot.W {
		x = max(plot.X, plot.X+plot.W-w)
		y = freeRow(f, plot, Rect{x, y, w, 1})
	}
	f.text(x, y, plot.X, plot.X+plot.W, l.Last, l.LastStyle)
}

// freeRow is the row nearest to r in which the columns of r hold nothing but
// blanks and guides; the row above r when there is none.
func freeRow(f *Frame, plot, r Rect) int {
	for d := 1; d < plot.H; d++ {
		for _, y := range [...]int{r.Y - d, r.Y + d} {
			if y < plot.Y || y >= plot.Y+plot.H {
				continue
			}
			c := f.clip(Rect{r.X, y, r.W, 1})
			free := !c.Empty()
			for _, c := range f.Row(y)[c.X : c.X+c.W] {
				free = free && (c.Rune == ' ' || c.Rune == '┄')
			}
			if free {
				return y
			}
		}
	}
	return max(plot.Y, r.Y-1)
}
