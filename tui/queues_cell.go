package tui

import (
	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// queuesColumns are the columns of the list of queues, with what each is worth
// when there is no room for all.
func queuesColumns() []column {
	return []column{
		{id: "mark", w: 1},
		{id: "queue", w: 12, most: 24},
		{id: "channel", w: 9, rank: 12},
		{id: "sl", w: 6, right: true, rank: 1, number: true, kpi: metrics.SLStrictNoShort},
		{id: "target", w: 6, most: 10, right: true, rank: 7, pull: 1},
		{id: "waiting", w: 5, right: true, rank: 2, bar: true, number: true, kpi: metrics.WaitingNow},
		{id: "longest", w: 7, right: true, rank: 2},
		{id: "abandon", w: 6, right: true, rank: 3, bar: true, number: true, kpi: metrics.AbandonRateNoShort},
		{id: "asa", w: 6, right: true, rank: 8, number: true, kpi: metrics.WaitAvg},
		{id: "p90", w: 6, right: true, rank: 11, number: true, kpi: metrics.WaitP90},
		{id: "aht", w: 6, right: true, rank: 4, number: true, kpi: metrics.AHT},
		{id: "offered", w: 6, right: true, rank: 6, bar: true, number: true, kpi: metrics.Offered},
		{id: "answered", w: 6, right: true, rank: 6, number: true, kpi: metrics.Answered},
		{id: "abandoned", w: 6, right: true, rank: 9, number: true, kpi: metrics.Abandoned},
		{id: "left", w: 6, right: true, rank: 13, number: true, kpi: metrics.LeftTimeout},
		{id: "occupancy", w: 6, right: true, rank: 10, number: true, kpi: metrics.Occupancy},
		{id: "logged", w: 5, right: true, rank: 5, bar: true},
		{id: "free", w: 6, right: true, rank: 5},
		{id: "out", w: 5, right: true, rank: 8},
		{id: "sl60", w: 9, most: 40, rank: 8, bar: true},
	}
}

func queueCell(q *metrics.Queue, c placed, v *view) (draw.Safe, draw.Style) {
	switch c.id {
	case "mark":
		return v.mark(q.Status), v.ink(q.Status)
	case "channel":
		return v.channel(q.Config.Channel), inkText
	case "target":
		return v.targetSaid(q.SLMeta), inkDim
	case "sl60":
		return v.levels(q.SL60, c.width), inkText
	default:
		return scopeCell(&q.Scope, q, c, v)
	}
}

// targetSaid is a meta's bound, with its window where that is not the one shown.
func (v *view) targetSaid(m *metrics.Meta) draw.Safe {
	switch {
	case m == nil:
		return markDash
	case v.inWindow(m):
		return v.target(m, true)
	default:
		return v.join(v.target(m, true), " ", v.w("metas.windows."+m.Window))
	}
}

// scopeCell is a cell that a queue and the whole site have alike; q is nil for
// the site.
func scopeCell(s *metrics.Scope, q *metrics.Queue, c placed, v *view) (draw.Safe, draw.Style) {
	switch c.id {
	case "queue":
		if q == nil {
			return v.siteName(c.width), inkText
		}
		return draw.Clean(s.Ref.Name), inkText
	case "waiting":
		return v.count(s.Live.Waiting), inkText
	case "longest":
		if s.Live.Waiting == 0 || v.stale() {
			return markDash, inkDim
		}
		return v.span(s.Live.Longest), inkText
	case "logged":
		return v.count(s.People.LoggedIn), inkText
	case "free":
		return v.count(s.People.Free), inkText
	case "out":
		return v.count(s.People.Out), inkText
	}
	if !c.number {
		return "", inkText
	}
	m := s.Figure(v.window, c.kpi)
	if !m.Known {
		return markNone, inkNoData
	}
	st := inkText
	if q != nil {
		st = v.cellInk(q, c.kpi)
	}
	return v.figure(c.kpi, m), st
}

// cellInk colours a figure by the queue's own meta for it in the window shown, if
// that is in trouble.
func (v *view) cellInk(q *metrics.Queue, k metrics.KPI) draw.Style {
	id := k.Info().ID
	for _, m := range q.Metas {
		if m.KPI.Info().ID == id && v.inWindow(m) && v.alertable(m.Status) {
			return v.ink(m.Status)
		}
	}
	return inkText
}

// channel is a channel in words.
func (v *view) channel(c floor.Channel) draw.Safe { return v.w("channel." + string(c)) }

// levels are shares as a row of blocks, the newest w of them.
func (v *view) levels(ms []metrics.Measure, w int) draw.Safe {
	blocks := []draw.Safe{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}
	if len(ms) > w {
		ms = ms[len(ms)-w:]
	}
	out := make([]draw.Safe, len(ms))
	for i, m := range ms {
		out[i] = " "
		if m.Known {
			out[i] = blocks[min(7, max(0, int((m.Value-0.5)*16)))]
		}
	}
	return v.join(out...)
}
