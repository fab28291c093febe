package tui

import (
	"strings"

	"farol/metrics"
	"farol/tui/draw"
)

// riskLines are a risk in words: why, in 15 minutes, what there is, each as far
// as it fits in w columns.
func riskLines(q *metrics.Queue, r *metrics.Risk, v *view, w int) []labelled {
	return []labelled{
		{v.w("queue.why"), v.riskWhy(r, w)},
		{v.w("queue.in15"), v.queueOutlook(q, r, w)},
		{v.w("queue.help"), v.helpAt(q, w)},
	}
}

// calmLines are the same for a queue with nothing wrong.
func calmLines(q *metrics.Queue, v *view, w int) []labelled {
	return []labelled{
		{v.w("queue.metas"), v.metaList(q.Metas, w)},
		{v.w("queue.in15"), v.queueOutlook(q, nil, w)},
		{v.w("queue.help"), v.helpAt(q, w)},
	}
}

// joinFit joins as many pieces as fit in w columns; the first always.
func (v *view) joinFit(pieces []draw.Safe, w int) draw.Safe {
	if len(pieces) == 0 {
		return ""
	}
	out := pieces[0]
	for _, p := range pieces[1:] {
		next := v.join(out, " · ", p)
		if draw.Width(next) > w {
			break
		}
		out = next
	}
	return out
}

// riskWhy is why in w columns: what costs the queue now, or what explained the
// alert when it was raised.
func (v *view) riskWhy(r *metrics.Risk, w int) draw.Safe {
	if len(r.Causes) == 0 {
		return v.why(r, w, " · ")
	}
	return v.riskCauses(r.Causes, w)
}

// riskCauses joins causes, heaviest first, each with what it costs where known;
// where there is little room, in fewer words.
func (v *view) riskCauses(cs []metrics.Cause, w int) draw.Safe {
	for _, form := range []causeForm{causeLong, causeLine, causeShort} {
		pieces := make([]draw.Safe, len(cs))
		for i, c := range cs {
			pieces[i] = v.cause(c, form)
			if c.Cost.Known && c.Cost.Value > 0 && form != causeShort {
				pieces[i] = v.join(pieces[i], " ", v.say("queue.cost", "Points", v.points(c.Cost)))
			}
		}
		text := v.joinFit(pieces, w)
		if form == causeShort || (draw.Width(text) <= w && (len(cs) == 1 || text != pieces[0])) {
			return text
		}
	}
	return ""
}

// queueOutlook is where the figures go in 15 minutes if nothing changes.
func (v *view) queueOutlook(q *metrics.Queue, r *metrics.Risk, w int) draw.Safe {
	metas := q.Metas
	if r != nil {
		metas = r.Metas
	}
	var pieces []draw.Safe
	for _, m := range metas {
		if r == nil && m.Trend.Way == 0 || v.stale() {
			continue
		}
		if s := v.goes(m); s != "" && len(pieces) < 2 {
			pieces = append(pieces, s)
		}
	}
	if len(pieces) == 0 {
		return v.w("queue.steady")
	}
	out := v.joinFit(pieces, w)
	if whole := v.join(out, " ", v.w("queue.ifnothing")); draw.Width(whole) <= w {
		return whole
	}
	return out
}

// goes is one meta's trend in words: "NS cai a 58% às 14:47".
func (v *view) goes(m *metrics.Meta) draw.Safe {
	t := m.Trend
	if !t.In15.Known || t.At15.IsZero() {
		return ""
	}
	key := "queue.stays"
	switch {
	case t.Way < 0:
		key = "queue.falls"
	case t.Way > 0:
		key = "queue.rises"
	}
	return v.say(key, "KPI", v.kpiName(m.KPI), "Figure", v.rounded(m.KPI, t.In15), "At", v.hm(t.At15))
}

// helpAt is who could help: queues with people free, and people to come.
func (v *view) helpAt(q *metrics.Queue, w int) draw.Safe {
	var pieces []draw.Safe
	for _, l := range q.Lenders {
		pieces = append(pieces, v.plural("queue.lender", l.Free, "Name", draw.Clean(l.Name), "N", v.count(l.Free)))
	}
	switch {
	case q.Arrives > 0 && !q.ArrivesAt.IsZero():
		pieces = append(pieces, v.plural("queue.arrives", q.Arrives, "N", v.count(q.Arrives), "At", v.hm(q.ArrivesAt), "Name", draw.Clean(q.Ref.Name)))
	case q.Arrives > 0:
		pieces = append(pieces, v.plural("queue.arrivesnext", q.Arrives, "N", v.count(q.Arrives)))
	}
	if q.Live.Free > 0 {
		pieces = append(pieces, v.plural("queue.freehere", q.Live.Free, "N", v.count(q.Live.Free)))
	}
	if len(pieces) == 0 {
		return v.w("queue.nohelp")
	}
	return v.joinFit(pieces, w)
}

// metaList is a queue's metas with their figures, for when none is in trouble.
func (v *view) metaList(metas []*metrics.Meta, w int) draw.Safe {
	if len(metas) == 0 {
		return v.w("queue.nometas")
	}
	pieces := make([]draw.Safe, len(metas))
	for i, m := range metas {
		pieces[i] = v.join(v.mark(m.Status), " ", v.kpiName(m.KPI), " ", v.figure(m.KPI, m.Now), " (", v.target(m, false), ")")
	}
	return v.joinFit(pieces, w)
}

// queueText is a queue's row as it is copied.
func queueText(q *metrics.Queue, v *view) string {
	fig := func(k metrics.KPI) string { return string(v.figure(k, q.Figure(v.window, k))) }
	return strings.Join([]string{
		string(draw.Clean(q.Ref.Name)), string(v.word(q.Status)), string(v.windowName()),
		string(v.kpiShort(metrics.SLStrictNoShort)) + " " + fig(metrics.SLStrictNoShort),
		string(v.kpiShort(metrics.AbandonRateNoShort)) + " " + fig(metrics.AbandonRateNoShort),
		string(v.kpiShort(metrics.AHT)) + " " + fig(metrics.AHT),
		string(v.kpiShort(metrics.WaitingNow)) + " " + string(v.count(q.Live.Waiting)),
	}, "\t")
}
