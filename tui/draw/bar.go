package draw

import "math"

// Bar is a horizontal bar: how much of a scale is taken.
type Bar struct {
	Value float64 // part of the scale, 0 to 1; NaN draws an empty bar, above 1 ends in '►'
	Mark  float64 // where '┃' stands, above 0 to 1; 0 for none
	Fill  Style
	Rest  Style // of '░'
	Edge  Style // of the mark and the '►'
	// Fine ends the bar on an eighth of a column; the rest is then blank, for
	// an eighth beside '░' looks like a hole.
	Fine bool
}

var eighths = [...]rune{' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'}

// Draw fills every row of r with the bar.
func (b Bar) Draw(f *Frame, r Rect) {
	if r.Empty() {
		return
	}
	v := b.Value
	if math.IsNaN(v) || v < 0 {
		v = 0
	}
	units := int(math.Round(min(v, 1) * float64(r.W)))
	rest := '░'
	part := 0
	if b.Fine {
		n := int(math.Round(min(v, 1) * float64(r.W) * 8))
		units, part, rest = n/8, n%8, ' '
	}
	for y := r.Y; y < r.Y+r.H; y++ {
		f.HLine(r.X, y, units, '█', b.Fill)
		f.HLine(r.X+units, y, r.W-units, rest, b.Rest)
		if part > 0 {
			f.Set(r.X+units, y, eighths[part], b.Fill)
		}
		if v > 1 {
			f.Set(r.X+r.W-1, y, '►', b.Edge)
		}
		if b.Mark > 0 {
			f.Set(r.X+min(int(b.Mark*float64(r.W)), r.W-1), y, '┃', b.Edge)
		}
	}
}
