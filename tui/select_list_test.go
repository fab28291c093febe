package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

func TestArrange(t *testing.T) {
	now := time.Unix(1000, 0)
	l := list{}.hold([]string{"a", "b", "c"}, now)
	for _, c := range []struct {
		ids  []string
		at   time.Time
		want []string
	}{
		{[]string{"c", "b", "a"}, now, []string{"a", "b", "c"}},
		{[]string{"d", "c", "a"}, now, []string{"a", "c", "d"}},
		{nil, now, []string{}},
		{[]string{"c", "b", "a"}, now.Add(holdOrder), []string{"c", "b", "a"}},
	} {
		if got := l.arrange(c.ids, c.at); !slices.Equal(got, c.want) {
			t.Errorf("arrange(%v) at %v = %v, want %v", c.ids, c.at, got, c.want)
		}
	}
}

// Columns never overlap nor leave the width, and what matters most stays.
func TestFitColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(0, 340).Draw(t, "w")
		cols := rapid.SampledFrom([][]column{
			agentColumns(), memberColumns(), queuesColumns(), metaColumns(w), eventColumns(), contactColumns(false, w), contactColumns(true, w), recentColumns(),
		}).Draw(t, "cols")
		end, nth := markerWidth, 0
		for _, c := range fitColumns(cols, w) {
			if c.x < end+c.gap() || c.width < c.w || c.width > max(c.w, c.most) {
				t.Fatalf("%s at %d, %d wide, after %d", c.id, c.x, c.width, end)
			}
			if c.number {
				if nth++; c.nth != nth {
					t.Fatalf("%s is number %d, want %d", c.id, c.nth, nth)
				}
			}
			end = c.x + c.width
			if end > w && c.rank > 0 {
				t.Fatalf("%s ends at %d of %d", c.id, end, w)
			}
		}
		for _, c := range cols {
			if c.rank == 0 && !slices.ContainsFunc(fitColumns(cols, w), func(p placed) bool { return p.id == c.id }) {
				t.Fatalf("%s is gone at %d", c.id, w)
			}
		}
	})
}

func TestEntry(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"a b c backspace", "ab"},
		{"u m space d o i s ctrl+w", "um "},
		{"u m space d o i s ctrl+w ctrl+w", ""},
		{"a ctrl+u b", "b"},
		{"backspace", ""},
		{"up down tab", ""},
		{"ç ã backspace", "ç"},
	} {
		var e entry
		for _, k := range splitKeys(c.keys) {
			e = e.press(k)
		}
		if e.text != c.want {
			t.Errorf("after %q: %q, want %q", c.keys, e.text, c.want)
		}
	}
}

func TestPasteIsCleanedAndBounded(t *testing.T) {
	e := entry{}.add("a\x1b[2Jb\r\nc\u202e")
	for _, r := range e.text {
		if r < ' ' || r == '\u202e' {
			t.Errorf("pasted %U", r)
		}
	}
	long := entry{}
	for range 50 {
		long = long.add("0123456789")
	}
	if n := len(long.text); n != maxEntry {
		t.Errorf("%d characters kept, want %d", n, maxEntry)
	}
}

func splitKeys(s string) []tea.KeyPressMsg {
	var out []tea.KeyPressMsg
	for _, name := range strings.Fields(s) {
		k, err := parseKey(name)
		if err != nil {
			panic(err)
		}
		out = append(out, k)
	}
	return out
}
