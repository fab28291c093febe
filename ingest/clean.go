package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

const (
	cleanBytes = 1024 // what is looked at of a foreign text
	cleanMarks = 2    // combining marks kept on one base letter
)

// Clean makes a foreign text safe to store and to draw: valid UTF-8 in NFC with
// no control, format or other invisible characters, no escape sequences, at
// most two combining marks a letter, no blanks at its ends, and at most width
// terminal cells wide. What the text says stays: accents, wide letters and
// emoji do. Bytes that are not UTF-8 are read as Windows-1252, the encoding of
// old configurations, unless the text holds other multi-byte letters that are.
//
// It is idempotent. Printable ASCII that fits is returned as it is, without
// allocation. It may be called by any number of goroutines.
func Clean(s string, width int) string {
	if plain(s, width) {
		return s
	}
	if width <= 0 {
		return ""
	}
	s = ansi.Strip(repair(s))
	s = norm.NFC.String(visible(norm.NFD.String(s)))
	s = strings.Trim(s, " ")
	return strings.TrimRight(ansi.Truncate(s, width, ""), " ")
}

// plain reports whether Clean has nothing to do.
func plain(s string, width int) bool {
	if len(s) > width || len(s) > cleanBytes {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i]-0x20 > 0x5e {
			return false
		}
	}
	return len(s) == 0 || s[0] != ' ' && s[len(s)-1] != ' '
}

// repair cuts s to its first KiB, at a letter, and makes it valid UTF-8.
func repair(s string) string {
	if len(s) > cleanBytes {
		s = s[:cleanBytes]
		for i := 1; i < utf8.UTFMax && i <= len(s); i++ {
			if tail := s[len(s)-i:]; utf8.RuneStart(tail[0]) {
				if !utf8.FullRuneInString(tail) {
					s = s[:len(s)-i]
				}
				break
			}
		}
	}
	if utf8.ValidString(s) {
		return s
	}
	if multibyte(s) {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteRune(charmap.Windows1252.DecodeByte(s[i]))
	}
	return b.String()
}

// multibyte reports whether s holds a valid UTF-8 letter beyond ASCII.
func multibyte(s string) bool {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if n > 1 && r != utf8.RuneError {
			return true
		}
		i += n
	}
	return false
}

// visible drops what has no place on a screen from a decomposed text and limits
// the marks a letter carries. A mark with no letter under it would be drawn on
// whatever stands to its left on the screen, so it goes too.
func visible(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	marks := cleanMarks // as if full: no letter yet
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t' || unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
			marks = cleanMarks
		case dropped(r):
		case unicode.Is(unicode.M, r):
			if marks < cleanMarks {
				b.WriteRune(r)
				marks++
			}
		default:
			b.WriteRune(r)
			marks = 0
		}
	}
	return b.String()
}

// dropped reports whether r is a control, a separator of lines, or one of the
// default-ignorable characters, which change a text without being seen.
func dropped(r rune) bool {
	if r < 0x7f {
		return r < 0x20
	}
	return unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
