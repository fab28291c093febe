package tui

import (
	"slices"

	"farol/tui/draw"
)

// footItem is one key of the footer.
type footItem struct{ key, label draw.Safe }

// drawFooter prints the keys that work on the top screen, most important first,
// as many as fit. Help is always among them.
func (a *App) drawFooter(f *draw.Frame, r draw.Rect) {
	v := &a.v
	top := a.top()
	if top.place() == placeWall && v.public() && sizeOf(v.width, v.height) >= size120 {
		a.drawPublicFooter(f, r)
		return
	}
	edge := 1
	if sizeOf(v.width, v.height) == size40 {
		edge = 0
	}
	drawItems(f, r.Inset(edge, 0), a.footItems(top))
}

// footItems are the keys of the screen with their words, then those that end
// every footer.
func (a *App) footItems(s screen) []footItem {
	acts := append([]action(nil), s.keys()...)
	if o, ok := s.(footed); ok {
		acts = append([]action(nil), o.foot()...)
	}
	if s.place() == placeWall && a.v.public() {
		// who may see names has to know how; queues are filtered on their own page
		acts[slices.Index(acts, actFilter)] = actLock
	}
	if t, ok := s.(typist); !ok || !t.typing() { // letters are text while one types
		acts = append(acts, actHelp, actQuit)
	}
	items := make([]footItem, 0, len(acts))
	seen := [actionCount]bool{}
	for _, act := range acts {
		k := a.keymap.info(act)
		if seen[act] || !k.works(s.place()) || (a.v.public() && forLeads(act)) || !a.v.has("keys."+k.id+".short") {
			continue
		}
		seen[act] = true
		key := draw.Safe(k.shown)
		switch act {
		case actDown:
			key = "j k"
		case actNextRisk:
			key = "n N"
		case actLeft:
			key = "← →"
		case actDayBack:
			key = "[ ]"
		}
		label := a.v.w("keys." + k.id + ".short")
		if act == actLock && a.v.public() {
			label = a.v.w("keys.lock.open")
		}
		items = append(items, footItem{key, label})
	}
	return items
}

// forLeads reports whether a key does nothing on the public wall but say so.
func forLeads(act action) bool { return act == actAgents || act == actAck || act == actEdit }

func (i footItem) width() int { return draw.Width(i.key) + 1 + draw.Width(i.label) }

// drawItems spaces the items by three columns if all fit so, else by two, and
// leaves out from the end what does not fit. The last two are help, which always
// has its place, and quit.
func drawItems(f *draw.Frame, r draw.Rect, items []footItem) {
	if r.Empty() || len(items) == 0 {
		return
	}
	gap := 3
	if fitted(items, gap) > r.W {
		gap = 2
		items = fewer(items, gap, r.W)
	}
	x := r.X
	for _, i := range items {
		x += f.Text(x, r.Y, i.key, inkText|draw.Bold)
		x++
		x += f.TextIn(draw.Rect{X: x, Y: r.Y, W: max(0, r.X+r.W-x), H: 1}, i.label, inkDim)
		x += gap
	}
}

// fewer drops quit, then the keys before help from the last on.
func fewer(items []footItem, gap, w int) []footItem {
	if fitted(items, gap) <= w || len(items) < 3 {
		return items
	}
	if last := len(items) - 1; items[last].key != "q" { // nothing has a place of its own
		for fitted(items, gap) > w && len(items) > 1 {
			items = items[:len(items)-1]
		}
		return items
	}
	help := items[len(items)-2]
	n := len(items) - 2
	for n > 0 && fitted(items[:n], gap)+gap+help.width() > w {
		n--
	}
	return append(items[:n:n], help)
}

func fitted(items []footItem, gap int) int {
	w := gap * (len(items) - 1)
	for _, i := range items {
		w += i.width()
	}
	return w
}

// drawPublicFooter says on the public wall why there are no names, where they
// are, and the few keys it has.
func (a *App) drawPublicFooter(f *draw.Frame, r draw.Rect) {
	v := &a.v
	edge := 1
	if sizeOf(v.width, v.height) == size320 {
		edge = 2
	}
	r = r.Inset(edge, 0)
	acts := []action{actRotate, actLeft, actLock, actHelp}
	if !v.rot.on && sizeOf(v.width, v.height) < size320 {
		acts = []action{actHelp, actLock}
	}
	items := make([]footItem, 0, len(acts))
	for _, act := range acts {
		k := a.keymap.info(act)
		it := footItem{draw.Safe(k.shown), v.w("keys." + k.id + ".short")}
		switch act {
		case actLeft:
			it = footItem{"← →", v.w("keys.left.page")}
		case actLock:
			it.label = v.w("keys.lock.open")
		}
		items = append(items, it)
	}
	w := fitted(items, 3)
	right, left := r.Cols(-w)
	drawItems(f, right, items)
	left.W = max(0, left.W-2)
	texts := []draw.Safe{v.w("footer.public"), v.w("footer.publicshort")}
	if a.o.Hint != "" {
		texts = append([]draw.Safe{v.say("footer.publichint", "How", draw.Clean(a.o.Hint))}, texts...)
	}
	for _, text := range texts {
		if draw.Width(text) <= left.W {
			f.TextIn(left, text, inkDim)
			return
		}
	}
}
