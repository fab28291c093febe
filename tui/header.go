package tui

import (
	"slices"

	"farol/metrics"
	"farol/tui/draw"
)

// drawChrome draws what every screen has, header and footer, and returns the
// body between them.
func (a *App) drawChrome(f *draw.Frame, full draw.Rect) draw.Rect {
	v := &a.v
	head, body := full.Rows(1)
	foot, body := body.Rows(-1)
	switch {
	case sizeOf(v.width, v.height) == size40:
		drawSmallHeader(f, head, v)
		var rule draw.Rect
		rule, body = body.Rows(1)
		f.HLine(rule.X, rule.Y, rule.W, '─', inkRule)
	default:
		a.drawHeader(f, head)
	}
	a.drawFooter(f, foot)
	if a.noticed() && a.top().place() != placeWall {
		_, body = body.Rows(-1)
	}
	return body
}

// noticed reports whether there is a line to write above the footer.
func (a *App) noticed() bool { return a.standing().text != "" }

// standing is what that line says: trouble that lasts goes before anything that
// was only remarked.
func (a *App) standing() notice {
	if a.o.Trouble != nil {
		if why := draw.Clean(a.o.Trouble()); why != "" {
			return notice{why, true}
		}
	}
	return a.note
}

// drawNotice writes the line above the footer. Lists give it a row, so that it
// hides none of theirs; the wall does not move for it.
func (a *App) drawNotice(f *draw.Frame) {
	n := a.standing()
	if n.text == "" || f.H < 4 {
		return
	}
	line := draw.Rect{Y: f.H - 2, W: f.W, H: 1}
	f.Fill(line, ' ', inkText)
	st := inkText | draw.Bold
	if n.bad {
		st = inkCritical | draw.Bold
	}
	f.TextIn(line.Inset(1, 0), n.text, st)
}

// drawHeader writes who, where, how fresh, and the time, from both ends
// inwards; what does not fit in the middle is left out.
func (a *App) drawHeader(f *draw.Frame, r draw.Rect) {
	v := &a.v
	s := sizeOf(v.width, v.height)
	edge := 1
	if s == size320 {
		edge = 2
	}
	r = r.Inset(edge, 0)
	right := a.headerRight(f, r, s)
	left, _ := r.Cols(right - r.X)
	a.headerLeft(f, left, s)
}

// headerRight draws from the right end and returns the column where it begins.
func (a *App) headerRight(f *draw.Frame, r draw.Rect, s size) int {
	v := &a.v
	gap, datesGap := 4, 2
	if s >= size200 {
		gap, datesGap = 8, 3
	}
	x := r.X + r.W
	put := func(t draw.Safe, st draw.Style) {
		x -= draw.Width(t)
		f.Text(x, r.Y, t, st)
	}
	put(v.hms(v.now), inkText)
	if s > size80 || v.snap.Fresh.Level < metrics.Old || v.frozen || v.snap.Paused {
		x -= datesGap
		put(v.date(v.now), inkDim)
	}
	if v.watching > 1 && s >= size120 {
		x -= gap
		put(v.plural("header.sessions", v.watching, "N", v.count(v.watching)), inkDim)
	}
	x -= gap
	text, st := v.freshness(s >= size200)
	put(text, st)
	return x - 1
}

// freshness is how far the figures can be trusted to be of now.
func (v *view) freshness(long bool) (draw.Safe, draw.Style) {
	fr := v.snap.Fresh
	switch {
	case v.snap.Loading != nil:
		return v.w("header.loading"), inkNoData
	case v.frozen:
		return v.say("header.frozen", "At", v.hms(v.snap.At)), inkAttention | draw.Bold
	case v.snap.Paused:
		return v.say("header.past", "At", v.hms(v.snap.At)), inkAttention
	case v.stuck > 0:
		return v.say("header.old", "At", v.hms(v.snap.At), "Age", v.ago(v.stuck)), inkAttention | draw.Bold
	case fr.Level == metrics.NoData:
		return v.w("header.nodata"), inkNoData
	case fr.Level >= metrics.Old:
		return v.say("header.old", "At", v.hms(fr.AsOf), "Age", v.ago(fr.Age)), inkAttention | draw.Bold
	}
	key := "header.live"
	if long {
		key = "header.livelong"
	}
	st := inkText
	if fr.Level == metrics.Ageing {
		st |= draw.Bold
	}
	return v.say(key, "Age", v.ago(fr.Age)), st
}

// headerLeft draws the name, the breadcrumb, the operation, and what the middle
// has room for.
func (a *App) headerLeft(f *draw.Frame, r draw.Rect, s size) {
	v := &a.v
	if r.Empty() {
		return
	}
	x := r.X + f.TextIn(r, "FAROL", inkText|draw.Bold)
	rest := func() draw.Rect { return draw.Rect{X: x, Y: r.Y, W: r.X + r.W - x, H: 1} }
	wallOnly := a.stack[0].place() == placeWall
	for _, sc := range a.stack[1:] {
		wallOnly = wallOnly && sc.crumb(v) == "" // a prompt over the wall leaves it as it is
	}
	if !(wallOnly && s >= size200) {
		for _, c := range a.crumbs(rest().W) {
			x += f.TextIn(rest(), " › ", inkDim)
			x += f.TextIn(rest(), c, inkText)
		}
	}
	if !wallOnly {
		return
	}
	site := draw.Clean(v.snap.Site.Name)
	switch {
	case s == size80:
		x += 3
		if name := siteShort(v); draw.Width(name) <= rest().W {
			f.TextIn(rest(), name, inkText)
		}
		return
	case v.snap.Shift.Name != "":
		sh := v.snap.Shift
		site = v.join(site, " · ", v.say("header.shift", "Name", draw.Clean(sh.Name), "From", v.hm(sh.From), "To", v.hm(sh.To)))
	}
	x += 4
	if s == size320 {
		x++
	}
	x += f.TextIn(rest(), site, inkText)
	a.headerMiddle(f, rest(), s)
}

// crumbs are the steps to the top screen in w columns: where one is matters more
// than the way there, so it is the first steps that are left out.
func (a *App) crumbs(w int) []draw.Safe {
	const arrow = 3 // " › "
	var out []draw.Safe
	for _, sc := range a.stack {
		if c := sc.crumb(&a.v); c != "" {
			out = append(out, c)
			w -= arrow + draw.Width(c)
		}
	}
	for i := 0; w < 0 && i < len(out)-1; i++ {
		w += draw.Width(out[i]) - 1
		out[i] = "…"
		if i > 0 { // one mark is enough
			w += arrow + 1
			out[i-1] = ""
		}
	}
	return slices.DeleteFunc(out, func(c draw.Safe) bool { return c == "" })
}

// headerMiddle says on a wall that it is public, and which page of the rotation
// this is.
func (a *App) headerMiddle(f *draw.Frame, r draw.Rect, s size) {
	v := &a.v
	var text draw.Safe
	if v.public() {
		text = v.w("header.public")
	}
	if v.rot.on {
		page := v.say("header.page", "N", v.count(v.rot.page+1), "Of", v.count(v.rot.pages))
		if v.rot.why != "" {
			page = v.join(page, " · ", v.rot.why)
		}
		if text != "" {
			text = v.join(text, "     ", page)
		} else {
			text = page
		}
	}
	if text == "" || draw.Width(text)+4 > r.W {
		return
	}
	f.Center(r, text, inkText)
}

// siteShort is the shortest name of the operation.
func siteShort(v *view) draw.Safe {
	if v.snap.Total != nil && v.snap.Total.Ref.Name != "" {
		return draw.Clean(v.snap.Total.Ref.Name)
	}
	return draw.Clean(v.snap.Site.Name)
}

// drawSmallHeader is the header of 40×12: what burns, how fresh, the time.
func drawSmallHeader(f *draw.Frame, r draw.Rect, v *view) {
	x := r.X
	put := func(t draw.Safe, st draw.Style) { x += f.Text(x, r.Y, t, st) }
	c := v.snap.Counts
	put(v.join("■ ", v.count(c.Critical)), v.inkIf(c.Critical > 0, metrics.Critical))
	x += 2
	put(v.join("▲ ", v.count(c.Attention)), v.inkIf(c.Attention > 0, metrics.Attention))
	x += 3
	switch {
	case v.frozen:
		put(v.w("header.frozenshort"), inkAttention)
	case v.snap.Loading != nil:
		put(v.w("header.loading"), inkNoData)
	case v.stale():
		put(v.say("header.oldshort", "Age", v.ago(max(v.stuck, v.snap.Fresh.Age))), inkAttention|draw.Bold)
	default:
		put(v.say("header.age", "Age", v.ago(v.snap.Fresh.Age)), inkText)
	}
	x += 3
	put(v.hm(v.now), inkText)
}

// inkIf is the style of a status when something has it, else plain.
func (v *view) inkIf(some bool, s metrics.Status) draw.Style {
	if some {
		return v.ink(s)
	}
	return inkText
}
