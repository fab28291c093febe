package tui

import (
	tea "charm.land/bubbletea/v2"

	"farol/tui/draw"
)

// helpScreen prints the key table over the screen it was asked from. What has
// no effect there is dimmed, with the reason.
type helpScreen struct {
	keymap *keymap
	under  screen
	top    int
}

// openHelp is the help for the topmost of the screens.
func openHelp(m *keymap, stack []screen) screen {
	return helpScreen{keymap: m, under: stack[len(stack)-1]}
}

func (helpScreen) over()                   {}
func (helpScreen) place() place            { return placeHelp }
func (helpScreen) crumb(v *view) draw.Safe { return v.w("help.crumb") }
func (helpScreen) keys() []action {
	return []action{actBack, actDown, actUp, actFirst, actLast, actPageDown, actPageUp}
}

func (s helpScreen) update(p press, v *view) (screen, tea.Cmd) {
	r := helpRect(bodyOf(v), v)
	rows := max(1, r.H-2)
	last := max(0, len(s.lines(v, r.W-2))-rows)
	top := min(s.top, last)
	switch p.act {
	case actBack, actHelp:
		return nil, nil
	case actDown:
		top++
	case actUp:
		top--
	case actFirst:
		top = 0
	case actLast:
		top = last
	case actPageDown:
		top += rows / 2
	case actPageUp:
		top -= rows / 2
	}
	s.top = min(max(0, top), last)
	return s, nil
}

func (s helpScreen) click(c click, r draw.Rect, v *view) (screen, tea.Cmd) {
	if c.wheel == 0 {
		return s, nil
	}
	r = helpRect(r, v)
	last := max(0, len(s.lines(v, r.W-2))-max(1, r.H-2))
	s.top = min(max(0, s.top+c.wheel), last)
	return s, nil
}

// helpLine is one row of the help, in one or two halves.
type helpLine struct{ left, right helpItem }

// helpItem is a heading, a key, or a blank.
type helpItem struct {
	head draw.Safe
	keys draw.Safe
	does draw.Safe
	why  draw.Safe // it has nothing to do here
}

func helpRect(r draw.Rect, v *view) draw.Rect {
	w := min(r.W, 100)
	if w < r.W-2 {
		return draw.Rect{X: r.X + (r.W-w)/2, Y: r.Y, W: w, H: r.H}
	}
	return r
}

// lines lays the table out in two halves where there is room, else in one.
func (s helpScreen) lines(v *view, w int) []helpLine {
	groups := make([][]helpItem, groupCount)
	for g := range groupCount {
		groups[g] = s.group(g, v)
	}
	states := s.states(v)
	if w < 90 {
		var out []helpLine
		for _, items := range [][]helpItem{groups[groupGo], groups[groupMove], groups[groupSee], groups[groupDo], states, groups[groupLeave]} {
			for _, i := range items {
				out = append(out, helpLine{left: i})
			}
			out = append(out, helpLine{})
		}
		return out
	}
	left := append(append(append([]helpItem{}, groups[groupGo]...), helpItem{}), groups[groupMove]...)
	left = append(left, helpItem{}, helpItem{does: v.w("help.same")}, helpItem{does: v.w("help.dimmed")})
	right := append(append([]helpItem{}, groups[groupSee]...), helpItem{})
	right = append(append(right, groups[groupDo]...), helpItem{})
	right = append(append(right, states...), helpItem{})
	right = append(right, groups[groupLeave]...)
	out := make([]helpLine, max(len(left), len(right)))
	for i := range out {
		if i < len(left) {
			out[i].left = left[i]
		}
		if i < len(right) {
			out[i].right = right[i]
		}
	}
	return out
}

// group is a heading and its keys.
func (s helpScreen) group(g group, v *view) []helpItem {
	out := []helpItem{{head: v.w("groups." + groupKey(g))}}
	for i := range s.keymap.rows {
		k := &s.keymap.rows[i]
		if k.group != g || !k.listed {
			continue
		}
		it := helpItem{keys: draw.Safe(k.shown), does: v.w("keys." + k.id + ".help")}
		if why := s.reason(k, v); why != "" {
			it.why = v.join(" · ", why)
		}
		out = append(out, it)
	}
	return out
}

func groupKey(g group) string {
	switch g {
	case groupGo:
		return "go"
	case groupMove:
		return "move"
	case groupSee:
		return "see"
	case groupDo:
		return "do"
	default:
		return "leave"
	}
}

// reason says why a key has nothing to do under the help; empty when it works.
func (s helpScreen) reason(k *keyInfo, v *view) draw.Safe {
	if v.public() && (k.act == actAgents || k.act == actMark) {
		return v.w("help.why.names")
	}
	if globalAction(k.act) {
		return s.globalReason(k.act, v)
	}
	for _, a := range s.under.keys() {
		if a == k.act {
			return ""
		}
	}
	if r, ok := s.under.(reasoner); ok {
		if why := r.reason(k.act, v); why != "" {
			return why
		}
	}
	return v.w("help.why.here")
}

// globalReason is why a key that works everywhere has nothing to do now.
func (s helpScreen) globalReason(a action, v *view) draw.Safe {
	switch {
	case a == actRisk && len(v.snap.Risks) == 0:
		return v.w("help.why.norisk")
	case a == actQuit && v.kiosk && v.public():
		return v.w("help.why.kiosk")
	default:
		return ""
	}
}

// globalAction reports whether the app itself handles the action, on any
// screen.
func globalAction(a action) bool {
	switch a {
	case actRisk, actWall, actQueues, actAgents, actMetas, actEvents, actCommand, actPrevious, actBack, actFreeze, actWindow,
		actTheme, actNotify, actRotate, actLock, actMouse, actHelp, actQuit, actInterrupt:
		return true
	default:
		return false
	}
}

// states are the marks with their words.
func (s helpScreen) states(v *view) []helpItem {
	return []helpItem{
		{head: v.w("help.states")},
		{keys: "● ▲ ■", does: v.w("help.marks.status")},
		{keys: "● ◐ ○ =", does: v.w("help.marks.agents")},
		{keys: "◇ ×", does: v.w("help.marks.ringing")},
		{keys: "◌", does: v.w("help.marks.nodata")},
		{keys: "≈", does: v.w("help.marks.stale")},
	}
}

func (s helpScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	box := helpRect(r, v)
	lines := s.lines(v, box.W-2)
	box.H = min(box.H, len(lines)+2)
	f.Fill(box, ' ', inkText)
	rows := max(1, box.H-2)
	top := min(s.top, max(0, len(lines)-rows))
	foot := draw.Safe("")
	if rest := len(lines) - top - rows; rest > 0 {
		foot = v.say("list.more", "N", v.count(rest))
	}
	title := v.say("help.title", "Place", s.under.crumb(v))
	in := f.Box(box, draw.Double, inkRule, title, v.w("help.close"), foot, inkText|draw.Bold)
	for y := 0; y < in.H && top+y < len(lines); y++ {
		line := draw.Rect{X: in.X, Y: in.Y + y, W: in.W, H: 1}
		if in.W < 90 {
			drawHelpItem(f, line.Inset(1, 0), lines[top+y].left)
			continue
		}
		left, right := line.Cols(in.W / 2)
		drawHelpItem(f, left.Inset(2, 0), lines[top+y].left)
		drawHelpItem(f, right.Inset(1, 0), lines[top+y].right)
	}
}

func drawHelpItem(f *draw.Frame, r draw.Rect, it helpItem) {
	if it.head != "" {
		f.TextIn(r, it.head, inkText|draw.Bold)
		return
	}
	st, key := inkText, inkText|draw.Bold
	if it.why != "" || it.keys == "" {
		st, key = inkDim, inkDim
	}
	if it.keys == "" {
		f.TextIn(r, it.does, st)
		return
	}
	name, does := draw.Rect{X: r.X + 2, Y: r.Y, W: min(10, max(0, r.W-2)), H: 1}, draw.Rect{X: r.X + 13, Y: r.Y, W: max(0, r.W-13), H: 1}
	f.TextIn(name, it.keys, key)
	why := min(draw.Width(it.why), does.W)
	does.X += f.TextIn(draw.Rect{X: does.X, Y: does.Y, W: does.W - why, H: 1}, it.does, st)
	f.TextIn(draw.Rect{X: does.X, Y: does.Y, W: why, H: 1}, it.why, st)
}
