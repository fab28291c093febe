package ingest

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

func TestClean(t *testing.T) {
	for _, c := range []struct {
		name, in string
		width    int
		want     string
	}{
		{"plain", "Ana Souza", 80, "Ana Souza"},
		{"empty", "", 80, ""},
		{"accents stay", "João Conceição", 80, "João Conceição"},
		{"decomposed", "Joa\u0303o", 80, "João"},
		{"wide letters stay", "王小明", 80, "王小明"},
		{"arabic stays", "محمد", 80, "محمد"},
		{"emoji stays", "emoji 😀 feliz", 80, "emoji 😀 feliz"},
		{"colour", "ESC \x1b[31mVERMELHO\x1b[0m", 80, "ESC VERMELHO"},
		{"title", "a\x1b]0;owned\x07b", 80, "ab"},
		{"C1 as UTF-8", "a\u009b31mb\u009dc", 80, "a31mbc"},
		{"overwrite", "Agent Maria\rFAKE", 80, "Agent MariaFAKE"},
		{"bell and tab", "a\x07b\tc\nd", 80, "ab c d"},
		{"bidi override", "abc\u202egnp.exe", 80, "abcgnp.exe"},
		{"zero width", "a\u200bb\u2060c\ufeffd", 80, "abcd"},
		{"tags", "a\U000e0041b", 80, "ab"},
		{"line separators", "a\u2028b\u2029c", 80, "abc"},
		{"variation selector", "a\ufe0fb", 80, "ab"},
		{"zalgo", "z\u0351\u0352\u0353\u0354\u0355a", 80, ""},
		{"lone mark", "\u0301abc", 80, "abc"},
		{"mark on a blank", " \u0301abc", 80, "abc"},
		{"windows-1252", "Jos\xe9 D\x92\xc1vila", 80, "José D’Ávila"},
		{"broken beside UTF-8", "Jo\u00e3o \xe9", 80, "João \ufffd"},
		{"blanks", "  a  b  ", 80, "a  b"},
		{"hard blank", "a\u00a0", 80, "a"},
		{"too wide", "abcdefgh", 5, "abcde"},
		{"wide letters are not split", "王小明", 5, "王小"},
		{"cut before a blank", "abc def", 4, "abc"},
		{"no room", "abc", 0, ""},
	} {
		got := Clean(c.in, c.width)
		if c.name == "zalgo" {
			if n := utf8.RuneCountInString(norm.NFD.String(got)); n != 4 {
				t.Errorf("%s: %q has %d runes, want 4", c.name, got, n)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%s: Clean(%q, %d) = %q, want %q", c.name, c.in, c.width, got, c.want)
		}
	}
}

func TestCleanLongTextIsCutAtALetter(t *testing.T) {
	if got := Clean(strings.Repeat("é", 5000), 4000); got != strings.Repeat("é", 512) {
		t.Errorf("got %d runes: %.20q", utf8.RuneCountInString(got), got)
	}
}

func TestCleanPlainDoesNotAllocate(t *testing.T) {
	s := strings.Repeat("x", 3) + " y"
	if n := testing.AllocsPerRun(100, func() { _ = Clean(s, 80) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"Ana", "João", "\x1b[31mx", "a\u009bb", "\u202ex", "z\u0351\u0352\u0353", "Jos\xe9", "한국어", "👨‍👩‍👧", "\u1100\u1161\u11a8",
		"\x00\x00", "a\u0344\u0344", "\u0f73\u0f75", "\ufb2c\u05bc", strings.Repeat("e\u0301", 600),
	} {
		f.Add(s, 20)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		width %= 200
		got := Clean(s, width)
		if !utf8.ValidString(got) {
			t.Fatalf("%q: not UTF-8: %q", s, got)
		}
		if w := ansi.StringWidth(got); w > max(width, 0) {
			t.Fatalf("%q: %d cells, limit %d", s, w, width)
		}
		marks := cleanMarks
		for _, r := range norm.NFD.String(got) {
			switch {
			case unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point):
				t.Fatalf("%q: holds %U", s, r)
			case unicode.Is(unicode.M, r):
				if marks++; marks > cleanMarks {
					t.Fatalf("%q: %d marks on a letter in %q", s, marks, got)
				}
			case r == ' ':
				marks = cleanMarks
			default:
				marks = 0
			}
		}
		if again := Clean(got, width); again != got {
			t.Fatalf("%q: not idempotent: %q then %q", s, got, again)
		}
	})
}

func BenchmarkClean(b *testing.B) {
	for _, s := range []string{"Ana Souza", "João Conceição", "\x1b[31mVERMELHO\x1b[0m"} {
		b.Run(s[:3], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Clean(s, 80)
			}
		})
	}
}
