package tui

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"farol/tui/draw"
)

// hostileTexts are names that would move the cursor, turn the text round, break
// the row or push its end out, if they reached the terminal as they are.
func hostileTexts() []string {
	return []string{
		"\x1b[2J\x1b[H\x1b]0;owned\x07",
		"ana\rbruno\ncaio\tdora\x00\x7f",
		"\u202eesrever\u202c \u2066\u2069 \u200d\u200b\ufeff",
		strings.Repeat("名前", 40) + "石井",
		strings.Repeat("x", 10_000),
		strings.Repeat("a\u0301\u0302\u0303", 50) + "\xff\xfe\xc3",
		"\u009b31m\u0085\u2028\u2029",
		"👩‍👩‍👧‍👦🇧🇷⚠️▶️☎️",
		"",
	}
}

// poison sets every text reachable from v to s.
func poison(v reflect.Value, s string, seen map[uintptr]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || v.Type() == reflect.TypeFor[*time.Location]() || seen[v.Pointer()] {
			return
		}
		seen[v.Pointer()] = true
		poison(v.Elem(), s, seen)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				poison(v.Field(i), s, seen)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			poison(v.Index(i), s, seen)
		}
	case reflect.String:
		if v.CanSet() {
			v.SetString(s)
		}
	}
}

// clean fails when a cell holds anything that is not one printable character.
func clean(t *testing.T, f *draw.Frame) {
	t.Helper()
	for i, c := range f.Cells {
		if c.Rune != 0 && (!unicode.IsPrint(c.Rune) || unicode.Is(unicode.M, c.Rune)) {
			t.Fatalf("cell %d,%d holds %U", i%f.W, i/f.W, c.Rune)
		}
	}
}

func TestHostileNames(t *testing.T) {
	for i, s := range hostileTexts() {
		for _, base := range []bool{false, true} {
			snap := fixture()
			if base {
				snap = silent()
			}
			poison(reflect.ValueOf(snap), s, map[uintptr]bool{})
			for _, p := range []Profile{Lead, Wall} {
				for _, z := range sizes() {
					a := open(t, snap, z[0], z[1], Options{Profile: p, Author: s, Hint: s})
					exact(t, a.Frame(), z[0], z[1])
					clean(t, a.Frame())
					title := a.Title()
					if strings.ContainsFunc(title, unicode.IsControl) {
						t.Errorf("text %d: the title has a control character", i)
					}
				}
			}
		}
	}
}
