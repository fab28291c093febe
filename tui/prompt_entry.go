package tui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"farol/tui/draw"
)

// entry is a line of text being typed.
type entry struct{ text string }

const maxEntry = 200 // characters; more than any filter or note has use for

// press applies a key. Keys that neither are text nor edit it change nothing.
func (e entry) press(k tea.KeyPressMsg) entry {
	switch k.String() {
	case "backspace", "ctrl+h":
		_, n := utf8.DecodeLastRuneInString(e.text)
		e.text = e.text[:len(e.text)-n]
	case "ctrl+w":
		cut := strings.TrimRight(e.text, " ")
		e.text = cut[:strings.LastIndexByte(cut, ' ')+1]
	case "ctrl+u":
		e.text = ""
	case "space":
		return e.add(" ")
	default:
		return e.add(k.Text)
	}
	return e
}

// add types or pastes text. What cannot be drawn is dropped, here as at every
// other door.
func (e entry) add(s string) entry {
	for _, r := range string(draw.Clean(s)) {
		if utf8.RuneCountInString(e.text) >= maxEntry {
			break
		}
		e.text += string(r)
	}
	return e
}

// shown is the text with its cursor, its end in view when it is longer than w.
func (e entry) shown(v *view, w int) draw.Safe {
	s := draw.Clean(e.text)
	for draw.Width(s) >= max(1, w) {
		_, n := utf8.DecodeRuneInString(string(s))
		s = s[n:]
	}
	return v.join(s, "_")
}
