package tui

import "farol/tui/draw"

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
	acts = append(acts, actHelp, actQuit)
	items := make([]footItem, 0, len(acts))
	seen := [actionCount]bool{}
	for _, act := range acts {
		k := a.keymap.info(act)
		if seen[act] || !k.works(s.place()) || (act == actAgents && a.v.public()) || !a.v.has("keys."+k.id+".short") {
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
		items = append(items, footItem{key, a.v.w("keys." + k.id + ".short")})
	}
	return items
}

func (i footItem) width() int { return draw.Width(i.key) + 1 + draw.Width(i.label) }

// drawItems spaces the items by three columns if all fit so, else by two, and
// drops from the end of what is left, help excepted.
func drawItems(f *draw.Frame, r draw.Rect, items []footItem) {
	if r.Empty() || len(items) == 0 {
		return
	}
	total := 0
	for _, i := range items {
		total += i.width()
	}
	gap := 3
	if total+3*(len(items)-1) > r.W {
		gap = 2
	}
	// the last two are help and quit: help has its place before others do
	n := len(items)
	for n > 1 && fitted(items[:n], gap) > r.W {
		if n > 2 && n == len(items) {
			items = append(items[:n-1:n-1], items[n:]...) // quit goes first
			n--
			continue
		}
		items = append(items[:n-2:n-2], items[n-1]) // then the one before help
		n--
	}
	x := r.X
	for _, i := range items {
		x += f.Text(x, r.Y, i.key, inkText|draw.Bold)
		x++
		x += f.TextIn(draw.Rect{X: x, Y: r.Y, W: max(0, r.X+r.W-x), H: 1}, i.label, inkDim)
		x += gap
	}
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
	text := v.w("footer.public")
	if a.o.Hint != "" {
		long := v.say("footer.publichint", "How", draw.Clean(a.o.Hint))
		if draw.Width(long)+2 <= left.W {
			text = long
		}
	}
	if left.W > 2 {
		left.W -= 2
		f.TextIn(left, text, inkDim)
	}
}
