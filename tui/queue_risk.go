package tui

import (
	"strings"

	"farol/metrics"
	"farol/tui/draw"
)

// riskLines are a risk in words: why, in 15 minutes, what there is.
func riskLines(q *metrics.Queue, r *metrics.Risk, v *view) []labelled {
	return []labelled{
		{v.w("queue.why"), v.riskCauses(r.Causes)},
		{v.w("queue.in15"), v.queueOutlook(q, r)},
		{v.w("queue.help"), v.helpAt(q)},
	}
}

// calmLines are the same for a queue with nothing wrong.
func calmLines(q *metrics.Queue, v *view) []labelled {
	return []labelled{
		{v.w("queue.metas"), v.metaList(q.Metas)},
		{v.w("queue.in15"), v.queueOutlook(q, nil)},
		{v.w("queue.help"), v.helpAt(q)},
	}
}

// riskCauses joins causes, heaviest first, each with what it costs where known.
func (v *view) riskCauses(cs []metrics.Cause) draw.Safe {
	if len(cs) == 0 {
		return v.w("queue.nocause")
	}
	var out draw.Safe
	for i, c := range cs {
		if i > 0 {
			out = v.join(out, " · ")
		}
		out = v.join(out, v.cause(c, causeLong))
		if c.Cost.Known && c.Cost.Value > 0 {
			out = v.join(out, " ", v.say("queue.cost", "Points", v.points(c.Cost)))
		}
	}
	return out
}

// queueOutlook is where the figures go in 15 minutes if nothing changes.
func (v *view) queueOutlook(q *metrics.Queue, r *metrics.Risk) draw.Safe {
	metas := q.Metas
	if r != nil {
		metas = r.Metas
	}
	var parts []draw.Safe
	for _, m := range metas {
		if len(parts) == 2 {
			break
		}
		if r == nil && m.Trend.Way == 0 {
			continue
		}
		if s := v.goes(m); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return v.w("queue.steady")
	}
	out := parts[0]
	for _, p := range parts[1:] {
		out = v.join(out, " · ", p)
	}
	return v.join(out, " ", v.w("queue.ifnothing"))
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
	return v.say(key, "KPI", v.kpiName(m.KPI), "Figure", v.figure(m.KPI, t.In15), "At", v.hm(t.At15))
}

// helpAt is who could help: queues with people free, and people to come.
func (v *view) helpAt(q *metrics.Queue) draw.Safe {
	var out draw.Safe
	add := func(s draw.Safe) {
		if out != "" {
			out = v.join(out, " · ")
		}
		out = v.join(out, s)
	}
	for _, l := range q.Lenders {
		add(v.plural("queue.lender", l.Free, "Name", draw.Clean(l.Name), "N", v.count(l.Free)))
	}
	if q.Arrives > 0 && !q.ArrivesAt.IsZero() {
		add(v.plural("queue.arrives", q.Arrives, "N", v.count(q.Arrives), "At", v.hm(q.ArrivesAt), "Name", draw.Clean(q.Ref.Name)))
	} else if q.Arrives > 0 {
		add(v.plural("queue.arrivesnext", q.Arrives, "N", v.count(q.Arrives)))
	}
	if q.Live.Free > 0 {
		add(v.plural("queue.freehere", q.Live.Free, "N", v.count(q.Live.Free)))
	}
	if out == "" {
		return v.w("queue.nohelp")
	}
	return out
}

// metaList is a queue's metas with their figures, for when none is in trouble.
func (v *view) metaList(metas []*metrics.Meta) draw.Safe {
	if len(metas) == 0 {
		return v.w("queue.nometas")
	}
	var out draw.Safe
	for i, m := range metas {
		if i > 0 {
			out = v.join(out, " · ")
		}
		out = v.join(out, v.mark(m.Status), " ", v.kpiName(m.KPI), " ", v.figure(m.KPI, m.Now), " (", v.target(m, false), ")")
	}
	return out
}

// upper is a name as a heading.
func (v *view) upper(name string) draw.Safe { return draw.Clean(strings.ToUpper(name)) }

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
