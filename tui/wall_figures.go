package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// queuesWindow says which window the figures of queues are of: that chosen, or
// that in which each is judged.
func (v *view) queuesWindow() draw.Safe {
	if v.window != metrics.Today {
		return v.windowName()
	}
	for _, q := range v.snap.Queues {
		for _, m := range []*metrics.Meta{q.SLMeta, q.AbandonMeta, q.WaitMeta, q.AHTMeta} {
			if m != nil && !v.inWindow(m) {
				return v.w("wall.ownwindow")
			}
		}
	}
	return v.windowName()
}

// judgedFigure is a figure under the formula of its meta, in the window chosen
// or, where none was, in that of the meta; and in the ink of the meta when that
// is what it judges.
func (v *view) judgedFigure(s *metrics.Scope, m *metrics.Meta, k metrics.KPI) (draw.Safe, draw.Style) {
	if m == nil {
		return v.bare(k, v.of(s.W, k)), inkText
	}
	figure, st := v.of(s.W, m.KPI), inkText
	switch {
	case v.inWindow(m):
	case v.window == metrics.Today:
		figure = m.Now
	default:
		return v.bare(m.KPI, figure), st
	}
	if v.status(m.Status) >= metrics.Attention {
		st = v.ink(m.Status)
	}
	return v.bare(m.KPI, figure), st
}

// queueFigure is the text of a numeric column with its ink.
func (v *view) queueFigure(c qcol, s *metrics.Scope, q *metrics.Queue) (draw.Safe, draw.Style) {
	var sl, ab, wait, aht *metrics.Meta
	if q != nil {
		sl, ab, wait, aht = q.SLMeta, q.AbandonMeta, q.WaitMeta, q.AHTMeta
	} else {
		sl, aht = v.siteMeta(metrics.SLStrictNoShort), v.siteMeta(metrics.AHT)
	}
	switch c {
	case qcSL:
		return v.judgedFigure(s, sl, metrics.SLStrictNoShort)
	case qcTarget:
		return v.targetOf(sl), inkDim
	case qcAbandon:
		return v.judgedFigure(s, ab, metrics.AbandonRateNoShort)
	case qcWait:
		return v.judgedFigure(s, wait, metrics.WaitAvg)
	case qcAHT:
		return v.judgedFigure(s, aht, metrics.AHT)
	case qcAHTTarget:
		return v.targetOf(aht), inkDim
	case qcOffered:
		return v.bare(metrics.Offered, v.of(s.W, metrics.Offered)), inkText
	case qcAnswered:
		return v.bare(metrics.Answered, v.of(s.W, metrics.Answered)), inkText
	case qcExpected:
		if s.Usual == nil {
			return markNone, inkDim
		}
		return v.bare(metrics.Offered, s.Usual.ByNow), inkDim
	}
	return v.liveFigure(c, s)
}

// liveFigure is the text of a column of what is happening now.
func (v *view) liveFigure(c qcol, s *metrics.Scope) (draw.Safe, draw.Style) {
	switch c {
	case qcWaiting:
		return v.count(s.Live.Waiting), inkText
	case qcLongest:
		if s.Live.Waiting == 0 || v.stale() {
			return markDash, inkDim
		}
		return v.span(s.Live.Longest), inkText
	case qcLogged:
		return v.count(s.People.LoggedIn), inkText
	case qcBusy:
		return v.count(s.People.Busy), inkText
	case qcWrap:
		return v.count(s.People.Wrapup), inkText
	case qcFree:
		return v.count(s.People.Free), inkText
	default:
		return v.count(s.People.Out), inkText
	}
}

func kpiOr(m *metrics.Meta, k metrics.KPI) metrics.KPI {
	if m == nil {
		return k
	}
	return m.KPI
}

// targetOf is a meta's bound alone, a dash when there is none.
func (v *view) targetOf(m *metrics.Meta) draw.Safe {
	if m == nil {
		return markDash
	}
	return v.plainTarget(m)
}

// siteMeta is the site's own meta for a KPI's indicator, nil when it has none.
func (v *view) siteMeta(k metrics.KPI) *metrics.Meta {
	id := k.Info().ID
	for _, m := range v.snap.Metas {
		if m.Scope.Kind == metrics.SiteScope && m.KPI.Info().ID == id {
			return m
		}
	}
	return nil
}
