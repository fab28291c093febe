package tui

import (
	"runtime"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"farol/tui/draw"
)

// getenv finds a variable among NAME=value pairs; the last one counts.
func getenv(env []string, name string) string {
	value := ""
	for _, e := range env {
		if n, v, ok := strings.Cut(e, "="); ok && n == name {
			value = v
		}
	}
	return value
}

// noColour is the convention of NO_COLOR: any value but the empty one.
func noColour(env []string) bool { return getenv(env, "NO_COLOR") != "" }

// DepthOf is how many colours a terminal shows, by its environment: NO_COLOR,
// COLORTERM, TERM and what known terminals set. Over SSH only TERM arrives, so
// a terminal may know more than this tells.
func DepthOf(env []string) draw.Depth {
	if noColour(env) {
		return draw.NoColour
	}
	// NO_COLOR is decided; colorprofile would read its values otherwise.
	rest := make([]string, 0, len(env))
	for _, e := range env {
		if !strings.HasPrefix(e, "NO_COLOR=") {
			rest = append(rest, e)
		}
	}
	switch colorprofile.Env(rest) {
	case colorprofile.TrueColor:
		return draw.TrueColour
	case colorprofile.ANSI256:
		return draw.Colour256
	case colorprofile.ANSI:
		return draw.Colour16
	default:
		return draw.NoColour
	}
}

// Dumb reports whether the terminal cannot place its cursor: nothing but the
// plain door is for it.
func Dumb(env []string) bool {
	term := getenv(env, "TERM")
	if term == "" && runtime.GOOS == "windows" {
		return false // consoles there do not set it
	}
	return term == "" || term == "dumb" || term == "unknown"
}

// NotUTF8 reports whether the locale names another character set than UTF-8, in
// which case only ASCII can be sent. A locale that names none says nothing.
func NotUTF8(env []string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		locale := getenv(env, name)
		if locale == "" {
			continue
		}
		_, charset, named := strings.Cut(locale, ".")
		charset, _, _ = strings.Cut(charset, "@")
		charset = strings.ToLower(strings.ReplaceAll(charset, "-", ""))
		return named && charset != "utf8"
	}
	return false
}

// termOf tells the kind of a terminal from its environment.
func termOf(env []string) termKind {
	term := getenv(env, "TERM")
	k := termKind{}
	for _, old := range []string{"linux", "vt", "ansi", "cons", "screen", "sun"} {
		k.plain = k.plain || strings.HasPrefix(term, old)
	}
	if getenv(env, "TMUX") != "" {
		k.plain = false
		return k // it passes no notification on but the bell
	}
	switch program := getenv(env, "TERM_PROGRAM"); {
	case strings.Contains(term, "kitty"):
		k.notice = noticeOSC99
	case strings.HasPrefix(term, "foot"), strings.HasPrefix(term, "rxvt"):
		k.notice = noticeOSC777
	case strings.Contains(term, "ghostty"), strings.Contains(term, "wezterm"),
		program == "iTerm.app", program == "WezTerm", program == "ghostty":
		k.notice = noticeOSC9
	}
	return k
}
