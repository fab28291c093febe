package draw

import "math"

// Scale is the range of a chart, bottom to top. When Max is not above Min it is
// taken from the values.
type Scale struct{ Min, Max float64 }

// of completes a scale from series; flat ones get room around them, so that
// they run through the middle.
func (s Scale) of(series ...[]float64) Scale {
	if s.Max > s.Min {
		return s
	}
	s = Scale{math.Inf(1), math.Inf(-1)}
	for _, values := range series {
		for _, v := range values {
			if usable(v) {
				s.Min, s.Max = min(s.Min, v), max(s.Max, v)
			}
		}
	}
	switch {
	case s.Min > s.Max:
		return Scale{0, 1}
	case s.Min == s.Max:
		return Scale{s.Min - 1, s.Max + 1}
	}
	return s
}

// part is where v lies in the scale, 0 to 1.
func (s Scale) part(v float64) float64 {
	return min(max((v-s.Min)/(s.Max-s.Min), 0), 1)
}

// eighth is how many eighths of a row out of n a column of value v fills: the
// lowest value one, so that a zero is seen and a missing value is not; the
// highest all.
func (s Scale) eighth(v float64, n int) int {
	return 1 + int(math.Round(s.part(v)*float64(n-1)))
}

func usable(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// column is the value of column x out of w: the mean of the values that fall
// into it, or the value it is a part of when there are fewer values than
// columns. NaN when there is none.
func column(values []float64, x, w int) float64 {
	n := len(values)
	from, to := x*n/w, (x+1)*n/w
	if to <= from {
		to = from + 1
	}
	sum, count := 0.0, 0
	for _, v := range values[min(from, n):min(to, n)] {
		if usable(v) {
			sum += v
			count++
		}
	}
	if count == 0 {
		return math.NaN()
	}
	return sum / float64(count)
}

var rises = [...]rune{' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}

// Spark is a small chart of blocks, one column a value, without a scale of its
// own. NaN leaves a gap.
type Spark struct {
	Values []float64 // oldest first
	Scale  Scale     // zero: from the lowest to the highest value
	Style  Style
}

// Draw fills r, over all its rows. When there are more values than columns each
// column is the mean of its own; fewer are drawn wider.
func (s Spark) Draw(f *Frame, r Rect) {
	if r.Empty() || len(s.Values) == 0 {
		return
	}
	scale := s.Scale.of(s.Values)
	for x := range r.W {
		if v := column(s.Values, x, r.W); usable(v) {
			rise(f, r.X+x, r, scale.eighth(v, r.H*8), s.Style)
		}
	}
}

// rise draws a column of n eighths up from the foot of r.
func rise(f *Frame, x int, r Rect, n int, st Style) {
	for y := r.Y + r.H - 1; n > 0; y-- {
		f.Set(x, y, rises[min(n, 8)], st)
		n -= 8
	}
}
