package draw

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want Safe
	}{
		{"", ""},
		{"Fila Suporte – 61,4%", "Fila Suporte – 61,4%"},
		{"João Conceição", "João Conceição"},
		{"Joa\u0303o", "João"},
		{"a\x00b\x07c\x1bd\x7fe\u0085f\u009bg", "abcde fg"},
		{"one\ntwo\tthree\r\nfour", "one two three  four"},
		{"\x1b[31mred\x1b[0m", "[31mred[0m"},
		{"evil\u202egnp.exe\u2066x\u2069", "evilgnp.exex"},
		{"zero\u200bwidth\u200d\ufeff\u00ad\u034f\u2060", "zerowidth"},
		{"z\u0335\u0321a\u0335l\u0310go", "zalgo"},
		{"\xff\xfea", "??a"},
		{"\ufffd", "?"},
		{"private \ue000 \U000f0000", "private ? ?"},
		{"nbsp\u00a0wide\u3000line\u2028end", "nbsp wide line end"},
		{"🇧🇷 👍🏽 ⚠\ufe0f", "BR 👍 ⚠"},
		{"filler\u3164\u115f", "filler"},
		{"Wanda Ishii 石井", "Wanda Ishii 石井"},
	} {
		if got := Clean(tc.in); got != tc.want {
			t.Errorf("Clean(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestCleanSafeTextDoesNotAllocate(t *testing.T) {
	s := strings.Repeat("Operação Recife ● ▲ ■ ┄ █ ", 4)
	if n := testing.AllocsPerRun(100, func() { Clean(s) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestWidthAndCut(t *testing.T) {
	for _, tc := range []struct {
		in   Safe
		w    int
		full int
		want Safe
	}{
		{"abc", 3, 3, "abc"},
		{"abcd", 3, 4, "ab…"},
		{"abc", 1, 3, "…"},
		{"abc", 0, 3, ""},
		{"abc", -1, 3, ""},
		{"", 3, 0, ""},
		{"ação", 4, 4, "ação"},
		{"ação", 3, 4, "aç…"},
		{"石井", 4, 4, "石井"},
		{"石井", 3, 4, "石…"},
		{"石井", 2, 4, "…"},
		{"石", 1, 2, "…"},
		{"a\u0301b", 2, 2, "a\u0301b"},
	} {
		if got := Width(tc.in); got != tc.full {
			t.Errorf("Width(%q) = %d, want %d", tc.in, got, tc.full)
		}
		if got := Cut(tc.in, tc.w); got != tc.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", tc.in, tc.w, got, tc.want)
		}
	}
}

func TestText(t *testing.T) {
	for _, tc := range []struct {
		x    int
		text Safe
		want string
	}{
		{0, "abc", "abc..."},
		{4, "abc", "....ab"},
		{-1, "abc", "bc...."},
		{9, "abc", "......"},
		{0, "石井", "石井.."},
		{5, "石", "..... "},
		{-1, "石a", " a...."},
		{0, "a\x1b\x07\u202eb", "a??b.."},
		{0, "e\u0301\u200bx", "ex...."},
	} {
		f := New(6, 1)
		f.Fill(f.Bounds(), '.', 0)
		if w := f.Text(tc.x, 0, tc.text, 0); w != Width(tc.text) {
			t.Errorf("Text(%q) advanced %d, Width %d", tc.text, w, Width(tc.text))
		}
		check(t, string(tc.text), f, tc.want)
	}
}

func TestAlignment(t *testing.T) {
	f := New(12, 4)
	r := Rect{2, 0, 8, 1}
	f.TextIn(r, "left and more", 0)
	f.Right(Rect{2, 1, 8, 1}, "7:12", 0)
	f.Center(Rect{2, 2, 8, 1}, "mid", 0)
	f.Right(Rect{2, 3, 8, 1}, "much too long", 0)
	check(t, "aligned", f,
		"  left an…  ",
		"      7:12  ",
		"    mid     ",
		"  much to…  ")
}

func TestHalvesOfWideRunesDoNotStay(t *testing.T) {
	for _, tc := range []struct {
		name string
		do   func(f *Frame)
		want string
	}{
		{"first half set", func(f *Frame) { f.Set(1, 0, 'x', 0) }, ".x .."},
		{"second half set", func(f *Frame) { f.Set(2, 0, 'x', 0) }, ". x.."},
		{"text over the second half", func(f *Frame) { f.Text(2, 0, "xy", 0) }, ". xy."},
		{"wide over half", func(f *Frame) { f.Text(2, 0, "井", 0) }, ". 井."},
		{"wide over the other half", func(f *Frame) { f.Text(0, 0, "井", 0) }, "井 .."},
		{"filled", func(f *Frame) { f.Fill(Rect{2, 0, 1, 1}, '-', 0) }, ". -.."},
		{"copied over", func(f *Frame) { f.Blit(New(1, 1), 1, 0) }, ".  .."},
	} {
		f := New(5, 1)
		f.Fill(f.Bounds(), '.', 0)
		f.Text(1, 0, "石", 0)
		tc.do(f)
		check(t, tc.name, f, tc.want)
	}
}

func TestBlitClips(t *testing.T) {
	src := New(4, 2)
	src.Text(0, 0, "石井", 0)
	src.Text(0, 1, "abcd", 0)
	for _, tc := range []struct {
		x, y int
		want []string
	}{
		{0, 0, []string{"石井.", "abcd."}},
		{3, 0, []string{"...石", "...ab"}},
		{2, 1, []string{".....", "..石 "}},
		{-1, 0, []string{" 井..", "bcd.."}},
		{9, 9, []string{".....", "....."}},
	} {
		f := New(5, 2)
		f.Fill(f.Bounds(), '.', 0)
		f.Blit(src, tc.x, tc.y)
		check(t, "blit", f, tc.want...)
	}
}

func TestBox(t *testing.T) {
	f := New(27, 3)
	in := f.Box(f.Bounds(), Rounded, 0, "title", "right", "foot", 0)
	check(t, "all texts", f,
		"╭─ title ───────── right ─╮",
		"│                         │",
		"╰────────────────── foot ─╯")
	if in != (Rect{1, 1, 25, 1}) {
		t.Errorf("inside is %+v", in)
	}
}

func TestBoxNarrow(t *testing.T) {
	for _, tc := range []struct {
		w    int
		want string
	}{
		{16, "┏━ RISCOS ━ 7 ━┓"},
		{15, "┏━ RISCOS  7 ━┓"},
		{14, "┏━ RISCOS ━━━┓"},
		{10, "┏━ RIS… ━┓"},
		{5, "┏━━━┓"},
		{2, "┏┓"},
	} {
		f := New(tc.w, 2)
		f.Box(f.Bounds(), Heavy, 0, "RISCOS", "7", "", 0)
		if got := strings.Split(f.String(), "\n")[0]; got != tc.want {
			t.Errorf("width %d: %q, want %q", tc.w, got, tc.want)
		}
	}
}

func TestRule(t *testing.T) {
	f := New(30, 1)
	f.Rule(f.Bounds(), '─', 0, "FILAS", "ordem: risco", 0)
	check(t, "rule", f, "─ FILAS ─────── ordem: risco ─")
}

// forbidden reports what must never reach a terminal from foreign text.
func forbidden(r rune) bool {
	return unicode.Is(unicode.C, r) || r == utf8.RuneError || unicode.Is(unicode.M, r) ||
		unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
}

func FuzzFrameText(f *testing.F) {
	for _, s := range []string{"ação", "\x1b]0;x\x07", "石\u202e井", "a\u0301\u200d", "\xff\x9b31m", "🇧🇷👨‍👩‍👧", "👍🏽ﷺ", "\u1100\u1161"} {
		f.Add(s, 3)
	}
	palette := NewPalette(TrueColour, testInks())
	f.Fuzz(func(t *testing.T, s string, x int) {
		for _, text := range []Safe{Clean(s), Safe(s)} {
			frame := New(12, 2)
			frame.Text(x%16, 0, text, 1)
			frame.TextIn(Rect{2, 1, 7, 1}, text, 2)
			frame.Box(Rect{0, 0, 12, 2}, Light, 0, text, text, text, 0)
			for _, row := range strings.Split(frame.String(), "\n") {
				if w := Width(Safe(row)); w != 12 {
					t.Fatalf("row of %d columns from %q: %q", w, s, row)
				}
				if i := strings.IndexFunc(row, forbidden); i >= 0 {
					t.Fatalf("%q in a frame from %q", row[i:], s)
				}
			}
			screen := newVT(12, 2)
			screen.write(Paint(nil, nil, frame, palette, Options{}))
			if err := screen.shows(frame, palette, false); err != nil {
				t.Fatalf("from %q: %v", s, err)
			}
			ascii := strings.IndexFunc(Styled(frame, NewPalette(NoColour, nil), Options{ASCII: true}), func(r rune) bool {
				return r > '~' || r < ' ' && r != '\n'
			})
			if ascii >= 0 {
				t.Fatalf("not ASCII from %q", s)
			}
		}
		if c := Clean(s); Clean(string(c)) != c {
			t.Fatalf("cleaning %q twice changes it", s)
		} else if i := strings.IndexFunc(string(c), forbidden); i >= 0 {
			t.Fatalf("%q left of %q", string(c)[i:], s)
		}
	})
}
