package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// shownTile is one of the wall's figures as it is shown: of the window it is
// judged in or, once another was chosen, of that one and judged by nobody.
type shownTile struct {
	metrics.Tile
	chosen bool // the figure is not the one that its meta judges
}

// shown is the i-th of the wall's figures in the session's window. Who
// waits now is of no window.
func (v *view) shown(i int) shownTile {
	h := shownTile{Tile: v.snap.Tiles[i]}
	if h.KPI == metrics.WaitingNow || v.window == metrics.Today || (h.Meta != nil && v.inWindow(h.Meta)) {
		return h
	}
	h.chosen, h.Status, h.Now, h.Trend = true, metrics.NoTarget, v.of(v.snap.Total.W, h.KPI), metrics.Trend{}
	if !h.Now.Known {
		h.Status = metrics.StatusNoData
	}
	return h
}

// number is what the lens and enter are about.
func (h *shownTile) number(ref metrics.ScopeRef) number {
	n := number{ref: ref, kpi: h.KPI, meta: metaID(h.Meta)}
	if h.Meta != nil && !h.chosen {
		n.window, n.own = windowOf(h.Meta)
	}
	return n
}

// windowSaid is which window a figure is of, where that is not the day.
func (v *view) windowSaid(h *shownTile) draw.Safe {
	switch {
	case h.KPI == metrics.WaitingNow:
		return ""
	case h.chosen:
		return v.windowName()
	case h.Meta != nil && h.Meta.Window != "day" && h.Meta.Window != "":
		return v.w("metas.windows." + h.Meta.Window)
	default:
		return ""
	}
}

// judged is the figure that the meta judges, beside one of another window:
// "● hoje: 85,0%".
func (v *view) judged(m *metrics.Meta) draw.Safe {
	return v.join(v.mark(m.Status), " ", v.w("metas.windows."+m.Window), ": ", v.figure(m.KPI, m.Now))
}
