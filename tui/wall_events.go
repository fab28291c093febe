package tui

import (
	"strings"

	"farol/metrics"
	"farol/tui/draw"
)

// drawEvents lists the newest entries of the day's log.
func drawEvents(f *draw.Frame, p wallPlan, v *view) {
	r := p.events
	if r.Empty() {
		return
	}
	if p.size < size200 {
		line, rest := r.Rows(1)
		f.Rule(line, '─', inkRule, v.w("wall.events"), v.w("wall.eventskey"), inkText|draw.Bold)
		r = rest
		r.X, r.W = r.X+2, r.W-2
	} else {
		r = f.Box(r, draw.Rounded, inkRule, v.w("wall.events"), v.w("wall.eventsnewest"), "", inkText|draw.Bold).Inset(2, 0)
	}
	if len(v.snap.Log) == 0 {
		f.TextIn(r, v.w("wall.noevents"), inkDim)
		return
	}
	for _, e := range v.snap.Log {
		if r.H == 0 {
			break
		}
		var line draw.Rect
		line, r = r.Rows(1)
		l := runIn(f, line).put(v.hm(e.At), inkDim).skip(1)
		if p.size >= size200 {
			l.skip(1)
		}
		m, st := v.entryMark(e)
		l.put(m, st).skip(1)
		l.put(v.entry(e, p.size >= size200, l.rest().W), inkText)
	}
}

// entryMark is the glyph of a log entry.
func (v *view) entryMark(e *metrics.Entry) (draw.Safe, draw.Style) {
	switch e.Kind {
	case metrics.EntryAlert:
		// an alert of the past keeps its mark however old the figures are now
		switch e.Status {
		case metrics.Critical, metrics.Missed:
			return "■", inkCritical | draw.Bold
		case metrics.Attention:
			return "▲", inkAttention
		}
		return "●", inkText
	case metrics.EntryNormal:
		return "●", inkText
	case metrics.EntryOverdue:
		return "=", inkText
	default:
		return "·", inkDim
	}
}

// entry says a log entry in one line, of w columns if it can be said so. Names
// are for a lead's session only.
func (v *view) entry(e *metrics.Entry, long bool, w int) draw.Safe {
	where := v.scopeIn(e.Scope, 14)
	names := !v.public() && e.Agent != ""
	switch e.Kind {
	case metrics.EntryAlert:
		return v.entryAlert(e, where, long)
	case metrics.EntryNormal:
		if e.Meta == nil {
			return v.say("entry.normalall", "Where", where)
		}
		if long && e.Lasted > 0 {
			if text := v.say("entry.normallong", "KPI", v.kpiTag(e.Meta.KPI), "Where", where, "Lasted", v.ago(e.Lasted)); draw.Width(text) <= w {
				return text
			}
		}
		return v.say("entry.normal", "KPI", v.kpiTag(e.Meta.KPI), "Where", where)
	case metrics.EntryOverdue:
		if names {
			return v.named("entry.overduename", e, w)
		}
		return v.fitting(w, v.say("entry.overdue", "Where", where), v.say("entry.overdueshort", "Where", where))
	case metrics.EntryLong:
		if names {
			return v.named("entry.longname", e, w)
		}
		return v.fitting(w, v.say("entry.long", "Where", where, "Dur", v.longSpan(e)), v.say("entry.longshort", "Where", where, "Dur", v.longSpan(e)))
	case metrics.EntryShift:
		if long && e.People.Planned > 0 {
			return v.say("entry.shiftlong", "Name", draw.Clean(e.Text), "In", v.count(e.People.LoggedIn), "Of", v.count(e.People.Planned))
		}
		return v.say("entry.shift", "Name", draw.Clean(e.Text), "In", v.count(e.People.LoggedIn))
	case metrics.EntrySource:
		return v.entrySource(e)
	case metrics.EntryAck:
		if v.public() || e.Author == "" {
			return v.say("entry.ack", "Where", where)
		}
		return v.say("entry.ackname", "Who", draw.Clean(e.Author), "Where", where)
	default:
		return v.entryText(e, where)
	}
}

// named is an entry about a person, by the whole name where there is room.
func (v *view) named(key string, e *metrics.Entry, w int) draw.Safe {
	what := lowerWord(v, e.Reason)
	text := v.say(key, "Who", draw.Clean(e.Agent), "What", what)
	given := givenName(e.Agent)
	return v.fitting(w, text, v.say(key, "Who", given, "What", what), v.say(key+"short", "Who", given, "What", what))
}

// fitting is the first of the ways to say something that fits in w columns, or
// the last.
func (v *view) fitting(w int, ways ...draw.Safe) draw.Safe {
	for _, text := range ways {
		if draw.Width(text) <= w {
			return text
		}
	}
	return ways[len(ways)-1]
}

// givenName is what people call each other by.
func givenName(name string) draw.Safe {
	first, _, _ := strings.Cut(name, " ")
	return draw.Clean(first)
}

// entryAlert is "NS Suporte abaixo de 65%".
func (v *view) entryAlert(e *metrics.Entry, where draw.Safe, long bool) draw.Safe {
	if e.Meta == nil {
		return v.say("entry.alertall", "Where", where, "Status", v.statusWord(e.Status))
	}
	m := e.Meta
	key := "entry.above"
	if e.Below {
		key = "entry.below"
	}
	if !long && key == "entry.above" {
		key = "entry.aboveshort"
	}
	return v.say(key, "KPI", v.kpiTag(m.KPI), "Where", where, "Limit", v.bound(m.KPI.Info().Unit, e.Limit, true))
}

// statusWord is the word of a status as it was, whatever the source does now.
func (v *view) statusWord(s metrics.Status) draw.Safe {
	switch s {
	case metrics.Critical, metrics.Missed:
		return v.w("status.critical")
	case metrics.Attention:
		return v.w("status.attention")
	default:
		return v.w("status.ok")
	}
}

func (v *view) longSpan(e *metrics.Entry) draw.Safe {
	if !e.Measure.Known {
		return v.ago(e.Lasted)
	}
	return v.ago(seconds(e.Measure.Value))
}

func (v *view) entrySource(e *metrics.Entry) draw.Safe {
	why := draw.Clean(e.Text)
	switch {
	case e.Open:
		return v.say("entry.sourcedown", "Why", why)
	case e.Lasted > 0:
		return v.say("entry.sourceback", "Lasted", v.ago(e.Lasted))
	default:
		return v.say("entry.source", "Why", why)
	}
}

// entryText is a note, a mark or a setting: what somebody wrote.
func (v *view) entryText(e *metrics.Entry, where draw.Safe) draw.Safe {
	switch {
	case v.public():
		return v.say("entry.notepublic", "Where", where)
	case e.Author != "":
		return v.say("entry.note", "Who", draw.Clean(e.Author), "Text", draw.Clean(e.Text))
	default:
		return draw.Clean(e.Text)
	}
}
