package draw

// Tick is a label of a chart's scale: of the vertical one At is a value, of the
// horizontal one a part of the width, 0 to 1.
type Tick struct {
	At   float64
	Text Safe
}

// Guide is a line drawn across a chart at a value, as a target is.
type Guide struct {
	At    float64
	Style Style
}

// Axes is what stands around a chart: labels to the left, labels below and,
// with Lines, the lines between.
type Axes struct {
	Y      []Tick // values and their labels
	X      []Tick
	Lines  bool
	Gutter int // least width of the labels to the left
	Style  Style
}

// room splits r into the part for the chart and what the axes take.
func (a Axes) room(r Rect) (plot Rect, gutter int) {
	gutter = a.Gutter
	for _, t := range a.Y {
		gutter = max(gutter, Width(t.Text))
	}
	below := 0
	if len(a.X) > 0 {
		below = 1
	}
	left := gutter
	switch {
	case a.Lines:
		left++
		below++
	case gutter > 0:
		left++
	}
	_, plot = r.Cols(left)
	_, plot = plot.Rows(-below)
	return plot, gutter
}

// draw puts the axes around plot; row says in which row of it a value lies.
func (a Axes) draw(f *Frame, r, plot Rect, gutter int, row func(v float64) int) {
	if a.Lines {
		f.VLine(r.X+gutter, plot.Y, plot.H, '│', a.Style)
		f.Set(r.X+gutter, plot.Y+plot.H, '└', a.Style)
		f.HLine(plot.X, plot.Y+plot.H, plot.W, '─', a.Style)
	}
	for _, t := range a.Y {
		y := row(t.At)
		if y < plot.Y || y >= plot.Y+plot.H {
			continue
		}
		f.Right(Rect{r.X, y, gutter, 1}, t.Text, a.Style)
		if a.Lines {
			f.Set(r.X+gutter, y, '┤', a.Style)
		}
	}
	y, free := r.Y+r.H-1, plot.X
	for _, t := range a.X {
		w := Width(t.Text)
		at := plot.X + min(max(int(t.At*float64(plot.W)), 0), max(0, plot.W-1))
		x := min(at, plot.X+plot.W-w)
		if x < free {
			continue // it would run into the label before
		}
		f.Text(x, y, t.Text, a.Style)
		free = x + w + 1
		if a.Lines {
			f.Set(at, plot.Y+plot.H, '┬', a.Style)
		}
	}
}
