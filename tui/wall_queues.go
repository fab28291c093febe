package tui

import (
	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// qcol is a column of the wall's table of queues.
type qcol uint8

const (
	qcCursor qcol = iota
	qcMark
	qcName
	qcSL
	qcTarget
	qcWaiting
	qcLongest
	qcWait
	qcAbandon
	qcAHT
	qcAHTTarget
	qcOffered
	qcAnswered
	qcExpected
	qcLogged
	qcBusy
	qcWrap
	qcFree
	qcOut
	qcCrew
	qcSpark
	qcBar // the rule between groups
)

// qc is one column of a size: what, how wide, and the blanks before it.
type qc struct {
	what qcol
	w    int
	gap  int
}

// queueColumns are the columns of each size. The last takes what is left.
func queueColumns(s size) []qc {
	switch s {
	case size80:
		return []qc{
			{qcCursor, 1, 0}, {qcMark, 1, 1}, {qcName, 13, 1}, {qcSL, 5, 0}, {qcWaiting, 4, 2}, {qcLongest, 5, 2},
			{qcAbandon, 4, 2}, {qcAHT, 5, 1}, {qcBar, 1, 2}, {qcLogged, 3, 1}, {qcBusy, 3, 1}, {qcFree, 3, 1},
			{qcWrap, 3, 1}, {qcOut, 4, 1}, {qcBar, 1, 0}, {qcSpark, 7, 0},
		}
	case size120:
		return []qc{
			{qcCursor, 1, 0}, {qcMark, 1, 1}, {qcName, 13, 2}, {qcSL, 5, 0}, {qcTarget, 4, 1}, {qcBar, 1, 1},
			{qcWaiting, 5, 0}, {qcLongest, 6, 1}, {qcBar, 1, 1}, {qcAbandon, 5, 1}, {qcAHT, 6, 1}, {qcBar, 1, 1},
			{qcLogged, 4, 0}, {qcBusy, 4, 1}, {qcWrap, 4, 1}, {qcFree, 4, 1}, {qcOut, 4, 1}, {qcCrew, 23, 3},
			{qcBar, 1, 0}, {qcSpark, 10, 0},
		}
	case size200:
		return []qc{
			{qcMark, 1, 0}, {qcName, 14, 2}, {qcSL, 6, 0}, {qcTarget, 5, 0}, {qcBar, 1, 1}, {qcWaiting, 5, 1},
			{qcLongest, 12, 2}, {qcBar, 1, 1}, {qcAbandon, 6, 1}, {qcAHT, 7, 1}, {qcBar, 1, 1}, {qcOffered, 11, 1},
			{qcAnswered, 10, 1}, {qcBar, 1, 1}, {qcLogged, 4, 0}, {qcFree, 7, 1}, {qcBar, 1, 1}, {qcSpark, 21, 0},
		}
	default:
		return []qc{
			{qcMark, 1, 0}, {qcName, 17, 4}, {qcSL, 6, 0}, {qcTarget, 6, 1}, {qcBar, 1, 1}, {qcWaiting, 8, 1},
			{qcLongest, 12, 2}, {qcWait, 14, 1}, {qcBar, 1, 1}, {qcAbandon, 7, 1}, {qcAHT, 8, 1}, {qcAHTTarget, 9, 2},
			{qcBar, 1, 1}, {qcOffered, 10, 1}, {qcAnswered, 10, 1}, {qcExpected, 9, 1}, {qcBar, 1, 1}, {qcLogged, 4, 1},
			{qcBusy, 5, 1}, {qcWrap, 5, 1}, {qcFree, 5, 1}, {qcOut, 5, 1}, {qcBar, 1, 1}, {qcCrew, 38, 1},
		}
	}
}

func (c qcol) title() string {
	return [...]string{
		qcCursor: "", qcMark: "", qcName: "wall.col.queue", qcSL: "wall.col.sl", qcTarget: "wall.col.target",
		qcWaiting: "wall.col.waiting", qcLongest: "wall.col.longest", qcWait: "wall.col.wait", qcAbandon: "wall.col.abandon",
		qcAHT: "wall.col.aht", qcAHTTarget: "wall.col.ahttarget", qcOffered: "wall.col.offered", qcAnswered: "wall.col.answered",
		qcExpected: "wall.col.expected", qcLogged: "wall.col.logged", qcBusy: "wall.col.busy", qcWrap: "wall.col.wrap",
		qcFree: "wall.col.free", qcOut: "wall.col.out", qcCrew: "wall.col.crew", qcSpark: "wall.col.spark", qcBar: "",
	}[c]
}

func (c qcol) left() bool {
	return c == qcName || c == qcCrew || c == qcSpark || c == qcCursor || c == qcMark
}

// queueTable is the table of one frame.
type queueTable struct {
	f     *draw.Frame
	v     *view
	cols  []qc
	size  size
	tall  bool // a second row a queue, with its last hour
	where draw.Rect
}

// drawQueues draws the table of queues, worst first, and counts those that do
// not fit.
func (s wallScreen) drawQueues(f *draw.Frame, p wallPlan, v *view) {
	r := p.queues
	t := queueTable{f: f, v: v, cols: queueColumns(p.size), size: p.size, tall: p.size == size320, where: r}
	order := v.w("wall.orderrisk")
	if p.size < size200 {
		var line draw.Rect
		line, r = r.Rows(1)
		if p.size == size120 {
			order = v.w("wall.orderriskkey")
		}
		f.Rule(line, '─', inkRule, v.w("wall.queues"), order, inkText|draw.Bold)
	} else {
		r = f.Box(r, draw.Rounded, inkRule, v.w("wall.queues"), order, "", inkText|draw.Bold)
		r.X, r.W = r.X+1, r.W-1
	}
	line, r := r.Rows(1)
	t.header(line)
	if p.size >= size200 {
		line, r = r.Rows(-1)
		t.total(line)
	}
	s.rows(t, r)
}

// rows draws the queues in view.
func (s wallScreen) rows(t queueTable, r draw.Rect) {
	v, each := t.v, 1
	if t.tall {
		each = 2
	}
	total := len(v.snap.Queues)
	if total == 0 {
		_, in := r.Cols(4)
		t.f.TextIn(in, v.w("wall.noqueues"), inkNoData)
	}
	fit := r.H / each
	rest := 0
	if total > fit {
		fit = (r.H - 1) / each
		rest = total - fit
	}
	first := draw.Scroll(0, s.at(v), fit, total)
	for i := first; i < min(total, first+fit); i++ {
		var line draw.Rect
		line, r = r.Rows(each)
		t.row(line, v.snap.Queues[i], i == s.at(v) && !s.onTile)
	}
	if rest > 0 {
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
	if t.tall {
		t.under(under, q)
	}
	if cursor && t.size < size200 {
		t.f.Text(r.X, r.Y, "►", inkFocus)
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

// queueFigure is the text of a numeric column, with the ink of its own meta.
func (v *view) queueFigure(c qcol, s *metrics.Scope, q *metrics.Queue) (draw.Safe, draw.Style) {
	meta := func(m *metrics.Meta) draw.Style {
		if m == nil || v.status(m.Status) < metrics.Attention {
			return inkText
		}
		return v.ink(m.Status)
	}
	var sl, ab, wait, aht *metrics.Meta
	if q != nil {
		sl, ab, wait, aht = q.SLMeta, q.AbandonMeta, q.WaitMeta, q.AHTMeta
	} else {
		sl, aht = v.siteMeta(metrics.SLStrictNoShort), v.siteMeta(metrics.AHT)
	}
	switch c {
	case qcSL:
		k := kpiOr(sl, metrics.SLStrictNoShort)
		return v.bare(k, v.of(s.W, k)), meta(sl)
	case qcTarget:
		return v.targetOf(sl), inkDim
	case qcAbandon:
		k := kpiOr(ab, metrics.AbandonRateNoShort)
		return v.bare(k, v.of(s.W, k)), meta(ab)
	case qcWait:
		k := kpiOr(wait, metrics.WaitAvg)
		return v.bare(k, v.of(s.W, k)), meta(wait)
	case qcAHT:
		return v.bare(metrics.AHT, v.of(s.W, metrics.AHT)), meta(aht)
	case qcAHTTarget:
		return v.targetOf(aht), inkDim
	case qcOffered:
		return v.bare(metrics.Offered, v.of(s.W, metrics.Offered)), inkText
	case qcAnswered:
		return v.bare(metrics.Answered, v.of(s.W, metrics.Answered)), inkText
	case qcExpected:
		if s.Usual == nil {
			return markNone, inkDim
		}
		return v.bare(metrics.Offered, s.Usual.ByNow), inkDim
	}
	return v.liveFigure(c, s)
}

// liveFigure is the text of a column of what is happening now.
func (v *view) liveFigure(c qcol, s *metrics.Scope) (draw.Safe, draw.Style) {
	switch c {
	case qcWaiting:
		return v.count(s.Live.Waiting), inkText
	case qcLongest:
		if s.Live.Waiting == 0 || v.stale() {
			return markDash, inkDim
		}
		return v.span(s.Live.Longest), inkText
	case qcLogged:
		return v.count(s.People.LoggedIn), inkText
	case qcBusy:
		return v.count(s.People.Busy), inkText
	case qcWrap:
		return v.count(s.People.Wrapup), inkText
	case qcFree:
		return v.count(s.People.Free), inkText
	default:
		return v.count(s.People.Out), inkText
	}
}

func kpiOr(m *metrics.Meta, k metrics.KPI) metrics.KPI {
	if m == nil {
		return k
	}
	return m.KPI
}

// targetOf is a meta's bound alone, a dash when there is none.
func (v *view) targetOf(m *metrics.Meta) draw.Safe {
	if m == nil {
		return markDash
	}
	return v.plainTarget(m)
}

// siteMeta is the site's own meta for a KPI's indicator, nil when it has none.
func (v *view) siteMeta(k metrics.KPI) *metrics.Meta {
	id := k.Info().ID
	for _, m := range v.snap.Metas {
		if m.Scope.Kind == metrics.SiteScope && m.KPI.Info().ID == id {
			return m
		}
	}
	return nil
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
			t.f.TextIn(at, siteShort(v), inkText|draw.Bold)
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
