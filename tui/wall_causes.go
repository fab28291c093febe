package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// cause says a cause at the length there is room for: short for a narrow
// column, line for the band, long for a card with all its facts.
func (v *view) cause(c metrics.Cause, form causeForm) draw.Safe {
	n, of := v.count(c.N), v.count(c.Of)
	switch c.Kind {
	case metrics.CauseOut:
		text := v.plural(form.key("cause.out.short", "cause.out.line", "cause.out.line"), c.N, "N", n, "Of", of)
		if c.Part > 0 && form != causeShort {
			text = v.join(text, ", ", v.plural("cause.out.part", c.Part, "N", v.count(c.Part)))
		}
		return text
	case metrics.CauseArrivals:
		return v.say(form.key("cause.arrivals.short", "cause.arrivals.line", "cause.arrivals.long"),
			"Share", v.decimal(c.Share.Value*100, 0, false), "N", n, "Of", of)
	case metrics.CauseNobodyFree:
		if form == causePast {
			return v.say("cause.nobody.past", "Age", v.ago(c.Dur))
		}
		return v.say(form.key("cause.nobody.short", "cause.nobody.line", "cause.nobody.line"), "Age", v.ago(c.Dur))
	case metrics.CauseLong:
		return v.plural(form.key("cause.long.short", "cause.long.line", "cause.long.line"), c.N, "N", n, "Age", v.ago(c.Dur))
	case metrics.CauseWrap:
		return v.say(form.key("cause.wrap.short", "cause.wrap.line", "cause.wrap.line"), "Dur", v.span(c.Dur), "Was", v.span(c.Was))
	case metrics.CauseQueue:
		return v.say(form.key("cause.queue.short", "cause.queue.line", "cause.queue.line"), "N", n, "Dur", v.span(c.Dur))
	case metrics.CauseAHT:
		return v.say(form.key("cause.aht.short", "cause.aht.line", "cause.aht.line"), "Dur", v.span(c.Dur), "Was", v.span(c.Was))
	case metrics.CauseShort:
		return v.plural(form.key("cause.short.short", "cause.short.line", "cause.short.line"), c.N, "N", n, "Of", of)
	case metrics.CauseNoAnswer:
		return v.plural(form.key("cause.noanswer.short", "cause.noanswer.line", "cause.noanswer.line"), c.N, "N", n, "Of", of)
	case metrics.CauseLogged:
		return v.plural(form.key("cause.logged.short", "cause.logged.line", "cause.logged.line"), c.N, "N", n, "Of", of)
	default:
		return ""
	}
}

// causeForm is how much of a cause is said.
type causeForm uint8

const (
	causeShort causeForm = iota
	causeLine
	causeLong
	causePast // line, of what held when an alert was raised
)

func (c causeForm) key(short, line, long string) string {
	switch c {
	case causeShort:
		return short
	case causeLong:
		return long
	default:
		return line
	}
}

// causeIn is a cause in at most w columns if it can be said shorter.
func (v *view) causeIn(c metrics.Cause, form causeForm, w int) draw.Safe {
	text := v.cause(c, form)
	if draw.Width(text) <= w {
		return text
	}
	if c.Kind == metrics.CauseOut && c.Part > 0 && form != causeShort {
		text = v.join(v.plural("cause.out.line", c.N, "N", v.count(c.N), "Of", v.count(c.Of)), ", ",
			v.plural("cause.out.partshort", c.Part, "N", v.count(c.Part)))
		if draw.Width(text) <= w {
			return text
		}
	}
	switch form {
	case causeLong:
		return v.causeIn(c, causeLine, w)
	case causeLine, causePast:
		return v.cause(c, causeShort)
	default:
		return text
	}
}

// why is what explains a risk, in w columns: the facts that hold now, else
// those that held when it raised an alert, else that there are none.
func (v *view) why(k *metrics.Risk, w int, between draw.Safe) draw.Safe {
	switch {
	case len(k.Causes) > 0:
		return v.causes(k.Causes, causeLine, w, between)
	case len(k.Before) > 0:
		head := v.join(v.say("cause.then", "At", v.hm(k.BeforeAt)), " ")
		return v.join(head, v.causes(k.Before, causePast, w-draw.Width(head), between))
	default:
		return v.w("cause.unknown")
	}
}

// causes joins as many causes as fit in w columns.
func (v *view) causes(list []metrics.Cause, form causeForm, w int, between draw.Safe) draw.Safe {
	var out draw.Safe
	for i, c := range list {
		next := v.causeIn(c, form, w)
		if i > 0 {
			next = v.join(out, between, next)
		}
		if i > 0 && draw.Width(next) > w {
			break
		}
		out = next
	}
	return out
}

// trend says where a figure goes: "↓ 58% às 14:47", "→ estável". withName puts
// the figure's name first: "↓ NS 58% às 14:47".
func (v *view) trend(k metrics.KPI, t metrics.Trend, withName bool) draw.Safe {
	if v.stale() {
		return ""
	}
	if t.Way == 0 || !t.In15.Known {
		if t.Way == 0 {
			return v.w("trend.steady")
		}
		return v.arrowOnly(t)
	}
	value := v.rounded(k, t.In15)
	if withName {
		value = v.join(v.kpiName(k), " ", value)
	}
	return v.say("trend.then", "Way", arrow(t.Way), "Value", value, "At", v.hm(t.At15))
}

func (v *view) arrowOnly(t metrics.Trend) draw.Safe {
	return v.say("trend.slowly", "Way", arrow(t.Way))
}

// rounded is a projected figure: a share of which the decimals would promise
// too much loses them from ten per cent on.
func (v *view) rounded(k metrics.KPI, m metrics.Measure) draw.Safe {
	if k.Info().Unit == metrics.Ratio && m.Known && m.Value >= .1 {
		return v.join(v.decimal(m.Value*100, 0, false), "%")
	}
	return v.figure(k, m)
}

func arrow(way int8) draw.Safe {
	switch {
	case way < 0:
		return "↓"
	case way > 0:
		return "↑"
	default:
		return "→"
	}
}
