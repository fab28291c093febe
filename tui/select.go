package tui

// A selection is a cursor in a list that is held by identity: when the list is
// sorted, filtered or refilled the cursor stays on the same thing. It also
// remembers the row, for when the thing is gone, and the first row in view.
// The zero selection is on the first row.
type selection struct {
	id  string // what is selected; empty: whatever is in row
	row int    // where it was last seen
	top int    // first row in view
}

// index is the row of the selected thing in ids, or the row where it was when
// it is not among them; -1 in an empty list.
func (s selection) index(ids []string) int {
	if len(ids) == 0 {
		return -1
	}
	if s.id != "" {
		for i, id := range ids {
			if id == s.id {
				return i
			}
		}
	}
	return min(max(0, s.row), len(ids)-1)
}

// window is the part of the list in view in rows lines: the first row, and the
// cursor's row. The cursor is always inside.
func (s selection) window(ids []string, rows int) (top, at int) {
	at = s.index(ids)
	return clampTop(s.top, at, len(ids), rows), at
}

// clampTop moves the first row in view as little as it takes to show row at
// and to leave no line of the view empty without need.
func clampTop(top, at, n, rows int) int {
	if rows <= 0 || n <= rows {
		return 0
	}
	if at >= top+rows {
		top = at - rows + 1
	}
	if at >= 0 && at < top {
		top = at
	}
	return min(max(0, top), n-rows)
}

// to puts the cursor on row i, clamped to the list.
func (s selection) to(ids []string, i, rows int) selection {
	if len(ids) == 0 {
		return s
	}
	i = min(max(0, i), len(ids)-1)
	return selection{id: ids[i], row: i, top: clampTop(s.top, i, len(ids), rows)}
}

// move shifts the cursor by n rows.
func (s selection) move(ids []string, n, rows int) selection {
	return s.to(ids, s.index(ids)+n, rows)
}

// selected is the identity under the cursor; empty in an empty list.
func (s selection) selected(ids []string) string {
	if i := s.index(ids); i >= 0 {
		return ids[i]
	}
	return ""
}
