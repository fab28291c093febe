package tui

import (
	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// queueTable is the table of one frame.
type queueTable struct {
	f    *draw.Frame
	v    *view
	cols []qc
	size size
}

// queueRows is where the rows of queues go within the panel, and how many lines
// each takes.
func (s wallScreen) queueRows(p wallPlan) (rows draw.Rect, each int) {
	r := p.queues
	if p.size < size200 {
		_, rows = r.Rows(2)
		return rows, 1
	}
	r = r.Inset(1, 1)
	_, r = r.Rows(1)
	_, rows = r.Rows(-1)
	rows.X, rows.W = rows.X+1, rows.W-1
	if p.size == size320 {
		return rows, 2
	}
	return rows, 1
}

// inView is the first queue drawn in that many lines, and how many are: the line
// that counts the rest takes one.
func (s wallScreen) inView(lines, each int, v *view) (first, fit int) {
	total := len(v.snap.Queues)
	fit = lines / each
	if total > fit {
		fit = max(0, lines-1) / each
	}
	return draw.Scroll(0, s.at(v), fit, total), fit
}

// drawQueues draws the table of queues, worst first, and counts those that do
// not fit.
func (s wallScreen) drawQueues(f *draw.Frame, p wallPlan, v *view) {
	r := p.queues
	if r.H < 3 {
		return
	}
	t := queueTable{f: f, v: v, cols: queueColumns(p.size), size: p.size}
	title := v.join(v.w("wall.queues"), " · ", v.queuesWindow())
	rows, each := s.queueRows(p)
	head := draw.Rect{X: rows.X, Y: rows.Y - 1, W: rows.W, H: 1}
	if p.size < size200 {
		order := v.w("wall.orderrisk")
		if p.size == size120 {
			order = v.w("wall.orderriskkey")
		}
		f.Rule(r, '─', inkRule, title, order, inkText|draw.Bold)
	} else {
		f.Box(r, draw.Rounded, inkRule, title, v.w("wall.orderrisk"), "", inkText|draw.Bold)
		t.total(draw.Rect{X: rows.X, Y: rows.Y + rows.H, W: rows.W, H: 1})
	}
	t.header(head)
	s.rows(t, rows, each)
}

// pointing reports whether the cursor is shown on a queue: on a public wall only
// once somebody has moved it.
func (s wallScreen) pointing(v *view) bool {
	return !s.onTile && (!v.public() || s.queue != "")
}

// rows draws the queues in view.
func (s wallScreen) rows(t queueTable, r draw.Rect, each int) {
	v, total := t.v, len(t.v.snap.Queues)
	if total == 0 {
		_, in := r.Cols(4)
		t.f.TextIn(in, v.w("wall.noqueues"), inkNoData)
	}
	first, fit := s.inView(r.H, each, v)
	for i := first; i < min(total, first+fit); i++ {
		var line draw.Rect
		line, r = r.Rows(each)
		t.row(line, v.snap.Queues[i], i == s.at(v) && s.pointing(v))
	}
	if rest := total - fit; rest > 0 {
		line, _ := r.Rows(1)
		t.f.TextIn(draw.Rect{X: line.X + 4, Y: line.Y, W: max(0, line.W-5), H: line.H}, v.more(first, fit, rest), inkDim)
	}
}

// more counts the queues out of view, by name when they are the calm tail.
func (v *view) more(first, fit, rest int) draw.Safe {
	if first > 0 {
		return v.plural("wall.morehidden", rest, "N", v.count(rest))
	}
	key := "wall.morenormal"
	var names draw.Safe
	for i, q := range v.snap.Queues[fit:] {
		if q.Status >= metrics.Attention {
			key = "wall.morequeues"
		}
		if i == 0 {
			names = draw.Clean(q.Ref.Name)
		} else if i < 6 {
			names = v.join(names, ", ", draw.Clean(q.Ref.Name))
		}
	}
	return v.plural(key, rest, "N", v.count(rest), "Names", names)
}

// each calls fn with every column and where it stands in r.
func (t queueTable) each(r draw.Rect, fn func(c qcol, at draw.Rect)) {
	x := r.X
	for i, c := range t.cols {
		x += c.gap
		w := c.w
		if i == len(t.cols)-1 {
			w = r.X + r.W - x - 1
		}
		w = min(w, r.X+r.W-x)
		if w > 0 {
			fn(c.what, draw.Rect{X: x, Y: r.Y, W: w, H: r.H})
		}
		x += c.w
	}
}

func (t queueTable) header(r draw.Rect) {
	t.each(r, func(c qcol, at draw.Rect) {
		switch {
		case c == qcBar:
			t.f.Text(at.X, at.Y, "│", inkRule)
		case c == qcMark || c == qcCursor:
		case c.left():
			t.f.TextIn(at, t.v.w(c.title()), inkDim)
		default:
			t.f.Right(at, t.title(c), inkDim)
		}
	})
}

// title is a column's heading at this size.
func (t queueTable) title(c qcol) draw.Safe {
	key := c.title()
	if t.size == size320 || t.size == size200 {
		if long := key + "long"; t.v.has(long) && (c != qcFree || t.size == size200) {
			key = long
		}
	}
	if t.size == size320 && c == qcWaiting {
		key = "wall.col.waitingnow"
	}
	return t.v.w(key)
}

func (t queueTable) row(r draw.Rect, q *metrics.Queue, cursor bool) {
	line, under := r.Rows(1)
	t.each(line, func(c qcol, at draw.Rect) { t.cell(at, c, q, cursor) })
	if under.H > 0 {
		t.under(under, q)
	}
	if cursor {
		x := r.X
		if t.size >= size200 {
			x-- // the table has no column for it there
		}
		t.f.Text(x, r.Y, "►", inkFocus)
	}
}

// under is the second row of a queue on the largest wall: its last hour beneath
// its name, and the rules going on.
func (t queueTable) under(r draw.Rect, q *metrics.Queue) {
	t.each(r, func(c qcol, at draw.Rect) {
		switch c {
		case qcName:
			if !t.v.stale() {
				draw.Spark{Values: t.v.values(q.SL60), Scale: draw.Scale{Min: .5, Max: 1}, Style: inkDim}.Draw(t.f, draw.Rect{X: at.X, Y: at.Y, W: 22, H: 1})
			}
		case qcBar:
			t.f.Text(at.X, at.Y, "│", inkRule)
		}
	})
}

// cell draws one figure of a queue.
func (t queueTable) cell(at draw.Rect, c qcol, q *metrics.Queue, cursor bool) {
	v, f := t.v, t.f
	switch c {
	case qcBar:
		f.Text(at.X, at.Y, "│", inkRule)
	case qcCursor:
	case qcMark:
		f.TextIn(at, v.mark(q.Status), v.ink(q.Status))
	case qcName:
		st := inkText
		if v.status(q.Status) >= metrics.Attention && !v.stale() {
			st |= draw.Bold
		}
		f.TextIn(at, draw.Clean(q.Ref.Name), st)
	case qcCrew:
		t.crew(at, q.Crew)
	case qcSpark:
		if !v.stale() {
			draw.Spark{Values: v.values(q.SL60), Scale: draw.Scale{Min: .5, Max: 1}, Style: inkDim}.Draw(f, at)
		}
	default:
		text, st := v.queueFigure(c, &q.Scope, q)
		f.Right(at, text, st)
	}
}

// crew draws a mark a person; when there are more than fit the rest is counted.
func (t queueTable) crew(r draw.Rect, people []floor.State) {
	n, more := len(people), 0
	if n > r.W {
		n = max(0, r.W-4)
		more = len(people) - n
	}
	for i, s := range people[:n] {
		f, st := stateMark(s)
		t.f.Text(r.X+i, r.Y, f, st)
	}
	if more > 0 {
		t.f.TextIn(draw.Rect{X: r.X + n, Y: r.Y, W: r.W - n, H: 1}, t.v.join("+", t.v.count(more)), inkDim)
	}
}

// total is the site's own line under the queues.
func (t queueTable) total(r draw.Rect) {
	v := t.v
	s := v.snap.Total
	if s == nil {
		return
	}
	t.each(r, func(c qcol, at draw.Rect) {
		switch c {
		case qcBar:
			t.f.Text(at.X, at.Y, "│", inkRule)
		case qcMark, qcCursor, qcCrew:
		case qcName:
			t.f.TextIn(at, v.scopeIn(s.Ref, at.W), inkText|draw.Bold)
		case qcSpark:
			n := len(v.snap.Charts.SL5.Points)
			if n > 0 && !v.stale() {
				draw.Spark{Values: v.values(v.snap.Charts.SL5.Points[max(0, n-12):]), Scale: draw.Scale{Min: .5, Max: 1}, Style: inkDim}.Draw(t.f, at)
			}
		default:
			text, st := v.queueFigure(c, s, nil)
			t.f.Right(at, text, st)
		}
	})
}
