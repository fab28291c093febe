package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"farol/tui/draw"
)

const (
	syncBegin = "\x1b[?2026h"
	syncEnd   = "\x1b[?2026l"
)

// termKind is what has to be known of a terminal to talk to it.
type termKind struct {
	plain  bool // an old one: it is asked nothing, for it might print the question
	notice noticeKind
}

// noticeKind is how a terminal shows a notification.
type noticeKind uint8

const (
	noticeBell noticeKind = iota
	noticeOSC9
	noticeOSC777
	noticeOSC99
)

// enter takes the screen: alternate buffer, no cursor, bracketed paste.
func (k termKind) enter() string {
	s := "\x1b[?1049h\x1b[m\x1b[H\x1b[2J\x1b[?25l\x1b[?2004h"
	if !k.plain {
		s += "\x1b[22;0t" // keep the window's title
	}
	return s
}

// leave undoes enter and the mouse; it does no harm twice.
func (k termKind) leave() string {
	s := syncEnd + mouseMode(false) + "\x1b[?2004l\x1b[m\x1b[H\x1b[2J\x1b[?1049l\x1b[?25h"
	if k.plain {
		return strings.TrimPrefix(s, syncEnd)
	}
	return s + "\x1b[23;0t"
}

func mouseMode(on bool) string {
	if on {
		return "\x1b[?1000h\x1b[?1006h"
	}
	return "\x1b[?1006l\x1b[?1000l"
}

// title names the window.
func (k termKind) title(s string) string {
	if k.plain {
		return ""
	}
	return "\x1b]2;" + string(draw.Clean(s)) + "\x07"
}

// queries asks whether updates can be held back, how dark the background is
// and, when that would be used, whether there is true colour.
func queries(k termKind, colours bool) string {
	if k.plain {
		return ""
	}
	s := ansi.RequestModeSynchronizedOutput + ansi.RequestBackgroundColor
	if colours {
		s += ansi.RequestTermcap("RGB") + ansi.RequestTermcap("Tc")
	}
	return s
}

// notification shows m outside the screen. The texts may be foreign: nothing in
// them can end the sequence.
func notification(k termKind, m NotifyMsg) string {
	title, body := string(draw.Clean(m.Title)), string(draw.Clean(m.Body))
	switch k.notice {
	case noticeOSC9:
		return "\x1b]9;" + title + ": " + body + "\x07"
	case noticeOSC777:
		return "\x1b]777;notify;" + strings.ReplaceAll(title, ";", ",") + ";" + body + "\x07"
	case noticeOSC99:
		return "\x1b]99;i=farol:d=0;" + title + "\x1b\\\x1b]99;i=farol:p=body;" + body + "\x1b\\"
	default:
		return "\a"
	}
}
