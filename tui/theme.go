package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// The inks: what a colour is for. Which colour it is depends on the terminal's
// depth and background; see theme_palette.go. Normal has no colour: colour means act.
const (
	inkText      draw.Style = iota // the terminal's own foreground
	inkDim                         // labels, scales, what is old
	inkAttention                   // ▲
	inkCritical                    // ■ in text
	inkTile                        // the filled ground of what is critical
	inkNoData                      // ◌ ≈
	inkFocus                       // the bar of the panel or row in focus
	inkSelected                    // the row under the cursor
	inkRule                        // borders and rules
	inkBorder                      // the border around what is critical: lines, never a ground
	inkCount
)

// theme is how inks become colours.
type theme uint8

// The themes, in the order that the key c goes through them. The automatic one
// follows the terminal's background once it has told it.
const (
	themeAuto theme = iota
	themeDark
	themeLight
	themeContrast
	themeNone
	themeCount
)

func (t theme) key() string {
	switch t {
	case themeDark:
		return "theme.dark"
	case themeLight:
		return "theme.light"
	case themeContrast:
		return "theme.contrast"
	case themeNone:
		return "theme.none"
	default:
		return "theme.auto"
	}
}

// status is a status as it may be shown now: figures that nobody refreshes
// carry no alert.
func (v *view) status(s metrics.Status) metrics.Status {
	if v.stale() && s != metrics.NoTarget && s != metrics.StatusNoData {
		return metrics.Stale
	}
	return s
}

// stale reports whether the figures are too old to act on.
func (v *view) stale() bool {
	return v.stuck > 0 || v.snap.Fresh.Level >= metrics.Old && !v.snap.Paused
}

// silent reports whether risks cannot be trusted any more, so that the banner
// has their place.
func (v *view) silent() bool {
	return v.stuck > 0 || v.snap.Fresh.Level >= metrics.Silent && !v.snap.Paused
}

// mark is the glyph of a status.
func (v *view) mark(s metrics.Status) draw.Safe {
	switch v.status(s) {
	case metrics.Critical, metrics.Missed:
		return "■"
	case metrics.Attention:
		return "▲"
	case metrics.StatusNoData:
		return markNone
	case metrics.Stale:
		return "≈"
	case metrics.NoTarget:
		return " "
	default:
		return "●"
	}
}

// ink is the style of a status.
func (v *view) ink(s metrics.Status) draw.Style {
	switch v.status(s) {
	case metrics.Critical, metrics.Missed:
		return inkCritical | draw.Bold
	case metrics.Attention:
		return inkAttention
	case metrics.StatusNoData, metrics.Stale:
		return inkNoData
	default:
		return inkText
	}
}

// word is a status in words.
func (v *view) word(s metrics.Status) draw.Safe {
	switch v.status(s) {
	case metrics.Critical:
		return v.w("status.critical")
	case metrics.Missed:
		return v.w("status.missed")
	case metrics.Attention:
		return v.w("status.attention")
	case metrics.StatusNoData:
		return v.w("status.nodata")
	case metrics.Stale:
		return v.w("status.stale")
	case metrics.NoTarget:
		return v.w("status.notarget")
	case metrics.Secured:
		return v.w("status.secured")
	default:
		return v.w("status.ok")
	}
}

// alarming reports whether the status may be drawn as an alarm now.
func (v *view) alarming(s metrics.Status) bool {
	s = v.status(s)
	return s == metrics.Critical || s == metrics.Missed
}
