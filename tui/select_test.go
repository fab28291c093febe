package tui

import (
	"testing"

	"pgregory.net/rapid"
)

func TestSelectionFollowsIdentity(t *testing.T) {
	ids := []string{"a", "b", "c", "d", "e"}
	s := selection{}.move(ids, 2, 3)
	if got := s.selected(ids); got != "c" {
		t.Fatalf("after two down: %q, want c", got)
	}
	if got := s.selected([]string{"e", "c", "a", "b", "d"}); got != "c" {
		t.Errorf("after a sort: %q, want c", got)
	}
	if got := s.selected([]string{"a", "b"}); got != "b" {
		t.Errorf("filtered away: %q, want the nearest row b", got)
	}
	if got := s.selected(ids); got != "c" {
		t.Errorf("filter gone: %q, want c again", got)
	}
	if got := s.selected(nil); got != "" {
		t.Errorf("empty list: %q, want nothing", got)
	}
	if top, at := s.window(ids, 1); top != 2 || at != 2 {
		t.Errorf("one line: top %d at %d, want 2 2", top, at)
	}
}

func TestSelectionAlwaysInView(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.StringN(1, 3, -1), 0, 40, rapid.ID).Draw(t, "ids")
		var s selection
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			s = s.move(ids, rapid.IntRange(-50, 50).Draw(t, "by"), rapid.IntRange(0, 20).Draw(t, "rows"))
		}
		rows := rapid.IntRange(1, 20).Draw(t, "view")
		top, at := s.window(ids, rows)
		if len(ids) == 0 {
			return
		}
		if at < top || at >= top+rows || top < 0 || (top > 0 && top+rows > len(ids)) {
			t.Fatalf("%d ids, %d rows: top %d, cursor %d", len(ids), rows, top, at)
		}
	})
}
