package tui

import "farol/tui/draw"

// run writes pieces of text one after another in one row, never beyond its
// rectangle.
type run struct {
	f *draw.Frame
	r draw.Rect
	x int // from the left of r
}

func runIn(f *draw.Frame, r draw.Rect) *run { return &run{f: f, r: r} }

// put writes s, cut to what is left.
func (l *run) put(s draw.Safe, st draw.Style) *run {
	if rest := l.rest(); rest.W > 0 {
		l.x += l.f.TextIn(rest, s, st)
	}
	return l
}

// skip leaves n columns as they are.
func (l *run) skip(n int) *run { l.x += n; return l }

// to goes on at column n, or where the run is when it is beyond.
func (l *run) to(n int) *run { l.x = max(l.x, n); return l }

// rest is what is left of the row.
func (l *run) rest() draw.Rect {
	return draw.Rect{X: l.r.X + l.x, Y: l.r.Y, W: max(0, l.r.W-l.x), H: min(1, l.r.H)}
}
