package draw

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"golang.org/x/text/unicode/norm"
)

// Safe is text fit to be drawn: printable, composed, and of a width every
// terminal agrees on. Untyped constants convert by themselves; whatever comes
// from outside goes through [Clean].
type Safe string

// Clean makes foreign text safe: controls, format characters (bidirectional
// overrides, zero-width and other ignorable ones) and combining marks that do
// not compose are dropped; every kind of white space becomes one blank; invalid
// UTF-8 and unassigned or private characters become '?'. Text that is already
// safe is returned as it is, without allocation.
func Clean(s string) Safe {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f {
				return cleanSlow(s)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !plain(r) || (r == utf8.RuneError && n == 1) {
			return cleanSlow(s)
		}
		i += n
	}
	return Safe(s)
}

// plain reports whether r draws as itself in one column, whatever stands before
// or after it. It may answer false for a rune that would.
func plain(r rune) bool {
	switch {
	case r < 0x7f:
		return r >= ' '
	case r < 0x300:
		return r > 0xa0 && r != 0xad
	case r < 0x2500:
		return r >= 0x2010 && r <= 0x2027 || r >= 0x2190 && r <= 0x22ff
	case r < 0x2800:
		// Two of the geometric shapes are emoji and two columns wide.
		return r <= 0x25ff && r != 0x25fd && r != 0x25fe
	}
	return r <= 0x28ff
}

func cleanSlow(s string) Safe {
	s = norm.NFC.String(s)
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			continue
		}
		if r, w := measure(r); w > 0 {
			b.WriteRune(r)
		}
	}
	return Safe(b.String())
}

// measure says what is drawn for r and in how many columns; 0 means nothing is.
// It is the one place that decides, so that [Width], [Cut] and [Frame.Text]
// agree, and no control or format character passes it.
func measure(r rune) (rune, int) {
	if plain(r) {
		return r, 1
	}
	return measureSlow(r)
}

func measureSlow(r rune) (rune, int) {
	switch {
	case unicode.IsSpace(r), unicode.Is(unicode.Z, r):
		return ' ', 1
	case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r), invisible(r):
		return r, 0
	case r >= 0x1f1e6 && r <= 0x1f1ff:
		// Terminals join two of these into a flag or do not; the letters of
		// the country are the same everywhere.
		return 'A' + r - 0x1f1e6, 1
	case r == utf8.RuneError, !unicode.IsPrint(r):
		return '?', 1
	}
	return r, min(max(displaywidth.Rune(r), 1), 2)
}

// invisible covers the letters and symbols that draw nothing by themselves:
// fillers, the vowels and finals of Korean that join the letter before, skin
// tones.
func invisible(r rune) bool {
	switch {
	case r >= 0x115f && r <= 0x11ff, r >= 0xd7b0 && r <= 0xd7fb:
		return true
	case r == 0x3164, r == 0xffa0:
		return true
	case r >= 0x1f3fb && r <= 0x1f3ff:
		return true
	}
	return false
}

// Width is the number of columns s takes.
func Width(s Safe) int {
	w := 0
	for _, r := range string(s) {
		_, n := measure(r)
		w += n
	}
	return w
}

// Cut shortens s to at most w columns, the last one being "…" when anything was
// left out. Text that fits is returned as it is.
func Cut(s Safe, w int) Safe {
	if len(s) <= w { // every column takes at least a byte
		return s
	}
	if w <= 0 {
		return ""
	}
	used, end := 0, 0 // end: where the text may stop so that "…" still fits
	for i, r := range string(s) {
		_, n := measure(r)
		if used+n > w {
			return s[:end] + "…"
		}
		if used += n; used < w {
			end = i + utf8.RuneLen(r)
			if r == utf8.RuneError {
				end = i + 1 // an invalid byte; a true U+FFFD is cut short to '?' as well
			}
		}
	}
	return s
}
