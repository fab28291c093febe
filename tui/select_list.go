package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/tui/draw"
)

// holdOrder is how long rows keep their order after the last key: a row must
// not run away from under the finger.
const holdOrder = 10 * time.Second

// list is what all screens with rows share: the cursor, the filter, which
// number of the row is in focus, and the order that is held while the cursor
// moves. It is a plain value; the rows themselves come with every call.
type list struct {
	sel     selection
	filter  filter
	entry   entry
	editing bool // the filter is being typed
	focus   int  // the number in focus, from 1; 0 is the row itself
	held    []string
	until   time.Time
}

// holding reports whether the order is held at now.
func (l list) holding(now time.Time) bool { return len(l.held) > 0 && now.Before(l.until) }

// arrange puts the identities in the held order, if one is held: what is gone
// drops out, what is new comes last.
func (l list) arrange(ids []string, now time.Time) []string {
	if !l.holding(now) {
		return ids
	}
	at := make(map[string]bool, len(ids))
	for _, id := range ids {
		at[id] = true
	}
	out := make([]string, 0, len(ids))
	for _, id := range l.held {
		if at[id] {
			out = append(out, id)
			delete(at, id)
		}
	}
	for _, id := range ids {
		if at[id] {
			out = append(out, id)
		}
	}
	return out
}

// hold keeps the order of ids from now on.
func (l list) hold(ids []string, now time.Time) list {
	l.held, l.until = slices.Clone(ids), now.Add(holdOrder)
	return l
}

// press does what every list does with a key: ids are the rows shown, rows how
// many lines they have, numbers how many figures of a row can be in focus. done
// is false for a key that is the screen's own.
func (l list) press(p press, ids []string, rows, numbers int) (out list, done bool) {
	if l.editing {
		return l.edit(p, ids, rows), true
	}
	switch p.act {
	case actDown:
		l.sel = l.sel.move(ids, 1, rows)
	case actUp:
		l.sel = l.sel.move(ids, -1, rows)
	case actFirst:
		l.sel = l.sel.to(ids, 0, rows)
	case actLast:
		l.sel = l.sel.to(ids, len(ids)-1, rows)
	case actPageDown:
		l.sel = l.sel.move(ids, max(1, rows/2), rows)
	case actPageUp:
		l.sel = l.sel.move(ids, -max(1, rows/2), rows)
	case actRight:
		l.focus = min(l.focus+1, numbers)
	case actLeft:
		l.focus = max(min(l.focus, numbers)-1, 0)
	case actFilter:
		l.editing, l.entry = true, entry{l.filter.text}
		return l, true
	case actBack:
		return l.up()
	default:
		return l, false
	}
	return l, true
}

// up takes one step up inside the list: the filter, then the number in focus.
func (l list) up() (list, bool) {
	switch {
	case !l.filter.empty():
		l.filter = filter{}
	case l.focus > 0:
		l.focus = 0
	default:
		return l, false
	}
	return l, true
}

// edit is a key while the filter is typed. Rows can still be moved through.
func (l list) edit(p press, ids []string, rows int) list {
	switch p.act {
	case actBack:
		l.editing, l.filter, l.entry = false, filter{}, entry{}
	case actOpen:
		l.editing = false
	case actDown:
		l.sel = l.sel.move(ids, 1, rows)
	case actUp:
		l.sel = l.sel.move(ids, -1, rows)
	default:
		l.entry = l.entry.press(p.key)
		l.filter = newFilter(l.entry.text)
	}
	return l
}

// toNearest filters by the name that looks most like what was typed.
func (l list) toNearest(names []string) list {
	if near := l.filter.nearest(names, 1); len(near) > 0 {
		l.filter = newFilter(near[0])
	}
	l.editing = false
	return l
}

// click puts the cursor on the line-th row in view.
func (l list) click(ids []string, line, rows int, at time.Time) list {
	top, _ := l.sel.window(ids, rows)
	l = l.hold(ids, at)
	l.sel = l.sel.to(ids, top+line, rows)
	return l
}

// point is the mouse in a box whose rows begin head lines under its top.
func (l list) point(c click, ids []string, box draw.Rect, head int, at time.Time) list {
	rows := max(1, box.H-head-1)
	if c.wheel != 0 {
		l.sel = l.sel.move(ids, c.wheel, rows)
		return l
	}
	if line := c.y - box.Y - head; line >= 0 && line < rows {
		return l.click(ids, line, rows, at)
	}
	return l
}

// filterLine is the filter in words: what is typed, or that there is none.
func (l list) filterLine(v *view) draw.Safe {
	switch {
	case l.editing:
		return v.say("list.filter", "Text", l.entry.shown(v, 30))
	case l.filter.empty():
		return v.w("list.nofilter")
	default:
		return v.say("list.filter", "Text", draw.Cut(draw.Clean(l.filter.text), 30))
	}
}

// rangeLine is "1–22 de 65".
func rangeLine(v *view, top, shown, n int) draw.Safe {
	if n == 0 {
		return v.say("list.none", "N", v.count(n))
	}
	return v.say("list.range", "From", v.count(top+1), "To", v.count(min(top+shown, n)), "N", v.count(n))
}

// drawNoMatch says that a filter found nothing, and what looks like it.
func (l list) drawNoMatch(f *draw.Frame, r draw.Rect, v *view, says draw.Safe, names []string) {
	lines := []draw.Safe{says, v.w("list.clearkeys")}
	if near := l.filter.nearest(names, 2); len(near) > 0 {
		text := draw.Clean(near[0])
		if len(near) > 1 {
			text = v.join(text, ", ", draw.Clean(near[1]))
		}
		lines = []draw.Safe{says, v.say("list.near", "Names", text), v.w("list.nearkeys")}
	}
	for i, s := range lines {
		var row draw.Rect
		row, r = r.Rows(1)
		st := inkText
		if i == len(lines)-1 {
			st = inkDim
		}
		f.TextIn(row.Inset(3, 0), s, st)
	}
}

// bodyOf is where a screen is drawn, for updates, which are not given the
// rectangle. A line above the footer may make it one row less.
func bodyOf(v *view) draw.Rect {
	if sizeOf(v.width, v.height) == size40 {
		return draw.Rect{X: 0, Y: 2, W: v.width, H: max(0, v.height-3)}
	}
	return draw.Rect{X: 0, Y: 1, W: v.width, H: max(0, v.height-2)}
}

// pasted is the list after a paste into its filter.
func (l list) pasted(m tea.Msg) list {
	if p, ok := m.(tea.PasteMsg); ok && l.editing {
		l.entry = l.entry.add(p.Content)
		l.filter = newFilter(l.entry.text)
	}
	return l
}
