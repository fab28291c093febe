package tui

import "farol/tui/draw"

func (s lensScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	lines := s.lines(v)
	variants := variantsOf(s.n.kpi)
	w := min(r.W, 92)
	h := len(lines) + 2
	if len(variants) > 1 {
		h += len(variants) + 1
	}
	h = min(h, r.H)
	box := draw.Rect{X: r.X + (r.W-w)/2, Y: r.Y + (r.H-h)/2, W: w, H: h}
	f.Fill(box, ' ', inkText)
	title := v.join(v.w(lensKey(s.n.kpi)+".name"), " · ", s.n.where(v))
	in := f.Box(box, draw.Double, inkFocus, title, v.w("lens.close"), v.w("lens.open"), inkText|draw.Bold).Inset(1, 0)
	label := 12
	if in.W < 60 {
		label = 10
	}
	for i, l := range lines {
		if in.H <= 0 {
			return
		}
		in = drawWrapped(f, in, l, label, s.spare(lines[i+1:], in, len(variants)))
	}
	s.drawVariants(f, in, v, label)
}

// spare is how many lines a text may run on over, without pushing out those
// that follow.
func (s lensScreen) spare(after []labelled, in draw.Rect, variants int) int {
	need := len(after)
	if variants > 1 {
		need += variants
	}
	return max(0, in.H-1-need)
}

// drawWrapped draws a labelled text over as many lines as it needs, at most
// more beyond the first.
func drawWrapped(f *draw.Frame, r draw.Rect, l labelled, label, more int) draw.Rect {
	rest := l.text
	for i := 0; r.H > 0 && (i == 0 || rest != ""); i++ {
		line, below := r.Rows(1)
		name, line := line.Cols(label)
		if i == 0 {
			f.TextIn(name, l.label, inkDim)
		}
		text := rest
		if i < more {
			text, rest = wrap(rest, line.W)
		} else {
			rest = ""
		}
		f.TextIn(line, text, inkText)
		r = below
	}
	return r
}

// wrap cuts a text at the last blank that fits in w columns.
func wrap(s draw.Safe, w int) (line, rest draw.Safe) {
	if draw.Width(s) <= w {
		return s, ""
	}
	at := -1
	for i, r := range s {
		if r != ' ' {
			continue
		}
		if draw.Width(s[:i]) > w {
			break
		}
		at = i
	}
	if at <= 0 {
		return s, ""
	}
	return s[:at], s[at+1:]
}

// drawVariants is the same number by the other formulas.
func (s lensScreen) drawVariants(f *draw.Frame, r draw.Rect, v *view, label int) {
	all := variantsOf(s.n.kpi)
	if len(all) < 2 || r.H < 2 {
		return
	}
	if r.H > len(all) {
		var line draw.Rect
		line, r = r.Rows(1)
		f.TextIn(line, v.w("lens.others"), inkDim)
	}
	w := v.snap.FiguresOf(s.n.ref)
	for _, k := range all {
		line, below := r.Rows(1)
		if line.Empty() {
			return
		}
		r = below
		st, mark := inkText, draw.Safe("  ")
		if k == s.n.kpi {
			st, mark = inkText|draw.Bold, "► "
		}
		figure := markNone
		if w != nil {
			figure = v.figure(k, w[s.n.in(v)][k])
		}
		name, line := line.Cols(label)
		f.Right(draw.Rect{X: name.X, Y: name.Y, W: name.W - 2, H: 1}, figure, st)
		f.TextIn(line, v.join(mark, v.w(lensKey(k)+".formula")), st)
	}
}
