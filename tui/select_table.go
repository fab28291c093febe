package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// column is one column of a list of rows.
type column struct {
	id     string // of the cell; its heading is list.col.<id>
	w      int    // columns at least
	most   int    // columns at most, where there is room; 0: w
	right  bool   // aligned
	rank   int    // who goes first when there is no room: the highest
	pull   int    // who grows first where there is room: the highest
	bar    bool   // a rule before it
	number bool   // a figure that can be in focus
	kpi    metrics.KPI
}

// placed is a column with its place.
type placed struct {
	column
	x, width int
	nth      int // of the numbers, from 1; 0 for what is none
}

const markerWidth = 1 // the cursor's mark

func (c column) gap() int {
	if c.bar {
		return 3
	}
	return 1
}

// fitColumns leaves out the columns that do not fit in w, the least important
// first, and gives what is left over to those that can grow.
func fitColumns(cols []column, w int) []placed {
	in := make([]bool, len(cols))
	total := markerWidth
	for i, c := range cols {
		in[i] = true
		total += c.w + c.gap()
	}
	for total > w {
		worst := -1
		for i, c := range cols {
			if in[i] && c.rank > 0 && (worst < 0 || c.rank >= cols[worst].rank) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		in[worst] = false
		total -= cols[worst].w + cols[worst].gap()
	}
	return placeColumns(cols, in, w-total)
}

// placeColumns puts the columns that are in beside one another.
func placeColumns(cols []column, in []bool, spare int) []placed {
	out := make([]placed, 0, len(cols))
	grow := growth(cols, in, spare)
	x, nth := markerWidth, 0
	for i, c := range cols {
		if !in[i] {
			continue
		}
		x += c.gap()
		p := placed{column: c, x: x, width: c.w + grow[i]}
		if c.number {
			nth++
			p.nth = nth
		}
		out = append(out, p)
		x += p.width
	}
	return out
}

// growth shares out what is left over among the columns that can grow.
func growth(cols []column, in []bool, spare int) []int {
	out := make([]int, len(cols))
	for spare > 0 {
		best := -1
		for i, c := range cols {
			if in[i] && out[i] < c.most-c.w && (best < 0 || c.pull > cols[best].pull) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		out[best] = min(spare, cols[best].most-cols[best].w)
		spare -= out[best]
	}
	return out
}

// numbersIn is how many of the columns can be in focus.
func numbersIn(cols []placed) int {
	n := 0
	for _, c := range cols {
		n = max(n, c.nth)
	}
	return n
}

// focused is the column of the n-th number.
func focused(cols []placed, n int) (placed, bool) {
	for _, c := range cols {
		if n > 0 && c.nth == n {
			return c, true
		}
	}
	return placed{}, false
}

// sheet draws rows of columns.
type sheet struct {
	f    *draw.Frame
	v    *view
	cols []placed
	list list
}

// head draws the headings in the first row of r.
func (s sheet) head(r draw.Rect) {
	if r.Empty() {
		return
	}
	for _, c := range s.cols {
		if c.id == "mark" {
			continue
		}
		st := inkDim
		if c.nth > 0 && c.nth == s.list.focus {
			st = inkFocus | draw.Underline
		}
		s.put(r, c, s.v.heading(c), st)
	}
}

// heading is a column's name, by a shorter word where the whole one has no room.
func (v *view) heading(c placed) draw.Safe {
	key := "list.col." + c.id
	text := v.w(key)
	for _, less := range []string{"short", "tiny"} {
		if draw.Width(text) > c.width && v.has(key+less) {
			text = v.w(key + less)
		}
	}
	return text
}

func (s sheet) put(r draw.Rect, c placed, text draw.Safe, st draw.Style) {
	box := draw.Rect{X: r.X + c.x, Y: r.Y, W: min(c.width, r.W-c.x), H: 1}
	if c.right {
		s.f.Right(box, text, st)
	} else {
		s.f.TextIn(box, text, st)
	}
	if c.bar && c.x < r.W {
		s.f.Text(r.X+c.x-2, r.Y, "│", inkRule)
	}
}

// row draws one row into the first row of r; at says that the cursor is here.
func (s sheet) row(r draw.Rect, at bool, cell func(c placed) (draw.Safe, draw.Style)) {
	for _, c := range s.cols {
		text, st := cell(c)
		s.put(r, c, text, st)
	}
	if at {
		s.cursor(r)
	}
}

// cursor marks the row under the cursor: a mark and a reversed row, so that it
// survives any theme; the number in focus stands out of it.
func (s sheet) cursor(r draw.Rect) {
	row := draw.Rect{X: r.X, Y: r.Y, W: r.W, H: 1}
	c, ok := focused(s.cols, s.list.focus)
	if !ok {
		s.f.Restyle(row, draw.Bold, inkSelected|draw.Reverse)
	} else {
		s.f.Restyle(row, ^draw.Faint, draw.Bold)
		s.f.Restyle(draw.Rect{X: r.X + c.x - 1, Y: r.Y, W: min(c.width+2, r.W-c.x+1), H: 1}, draw.Bold, inkFocus|draw.Reverse)
	}
	s.f.Text(r.X, r.Y, "►", inkFocus|draw.Bold)
}

// rows draws the rows in view and returns the first and how many they were.
func (s sheet) rows(r draw.Rect, ids []string, cell func(i int, c placed) (draw.Safe, draw.Style)) (top, shown int) {
	top, at := s.list.sel.window(ids, r.H)
	for y := 0; y < r.H && top+y < len(ids); y++ {
		i := top + y
		s.row(draw.Rect{X: r.X, Y: r.Y + y, W: r.W, H: 1}, i == at, func(c placed) (draw.Safe, draw.Style) { return cell(i, c) })
		shown++
	}
	return top, shown
}
