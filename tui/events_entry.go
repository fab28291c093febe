package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// entryWord is the entry's level in one word.
func (v *view) entryWord(e *metrics.Entry) draw.Safe {
	switch e.Kind {
	case metrics.EntryAlert:
		switch e.Status {
		case metrics.Critical:
			return v.w("status.critical")
		case metrics.Missed:
			return v.w("status.missed")
		default:
			return v.w("status.attention")
		}
	case metrics.EntryNormal:
		return v.w("events.level.normal")
	case metrics.EntryOverdue:
		return v.w("events.level.overdue")
	case metrics.EntrySource:
		return v.w("events.level.source")
	case metrics.EntryAck:
		return v.w("events.level.ack")
	case metrics.EntryMark:
		return v.w("events.level.mark")
	case metrics.EntrySetting:
		return v.w("events.level.setting")
	case metrics.EntryLong, metrics.EntryShift, metrics.EntryNote:
		return v.w("events.level.note")
	default:
		return ""
	}
}

// entryWhat says what happened.
func (v *view) entryWhat(e *metrics.Entry) draw.Safe {
	switch e.Kind {
	case metrics.EntryAlert:
		return v.alertWhat(e)
	case metrics.EntryNormal:
		if e.Meta == nil {
			return v.w("events.what.normal")
		}
		return v.say("events.what.back", "KPI", v.kpiName(e.Meta.KPI), "Figure", v.figure(e.Meta.KPI, e.To))
	case metrics.EntryOverdue:
		return v.say("events.what.overdue", "Reason", reasonOf(e, v))
	case metrics.EntryLong:
		return v.say("events.what.long", "Limit", v.longSpan(e))
	case metrics.EntryShift:
		return v.shiftWhat(e)
	case metrics.EntrySource:
		return v.entrySource(e)
	case metrics.EntryAck:
		if e.Text != "" && !v.public() {
			return v.say("events.what.acktext", "Text", draw.Clean(e.Text))
		}
		return v.w("events.what.ack")
	default:
		return v.freeWhat(e)
	}
}

// freeWhat is an entry told in somebody's own words: a note, a mark, a
// setting. The public wall does not repeat them, for they may name a person.
func (v *view) freeWhat(e *metrics.Entry) draw.Safe {
	switch {
	case e.Kind == metrics.EntrySetting && v.meta(e.Reason) != nil:
		m := v.meta(e.Reason)
		return v.say("events.what.target", "Name", v.metaName(m), "Text", draw.Clean(e.Text))
	case v.public() && (e.Kind == metrics.EntryNote || e.Kind == metrics.EntryMark):
		return v.w("events.what.hidden")
	case e.Text != "" && e.Reason != "":
		return v.join(draw.Clean(e.Reason), ": ", draw.Clean(e.Text))
	case e.Text != "":
		return draw.Clean(e.Text)
	case e.Reason != "":
		return draw.Clean(e.Reason)
	default:
		return markDash
	}
}

// meta finds a meta of the snapshot by its ID, nil when there is none.
func (v *view) meta(id string) *metrics.Meta {
	if id == "" {
		return nil
	}
	for _, m := range v.snap.Metas {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// alertWhat is "NS abaixo de 80% (63,0 → 61,4)".
func (v *view) alertWhat(e *metrics.Entry) draw.Safe {
	if e.Meta == nil {
		return v.freeWhat(e)
	}
	key := "events.what.above"
	if e.Below {
		key = "events.what.below"
	}
	k := e.Meta.KPI
	text := v.say(key, "KPI", v.kpiName(k), "Limit", v.bound(k.Info().Unit, e.Limit, true))
	switch {
	case e.From.Known && e.To.Known:
		return v.say("events.what.moved", "What", text, "From", v.bare(k, e.From), "To", v.bare(k, e.To))
	case e.To.Known:
		return v.say("events.what.at", "What", text, "To", v.bare(k, e.To))
	default:
		return text
	}
}

func (v *view) shiftWhat(e *metrics.Entry) draw.Safe {
	p := e.People
	if p.Planned > 0 {
		return v.say("events.what.shift", "Name", draw.Clean(e.Text), "N", v.count(p.LoggedIn), "Of", v.count(p.Planned))
	}
	return v.say("events.what.shiftonly", "Name", draw.Clean(e.Text), "N", v.count(p.LoggedIn))
}

func reasonOf(e *metrics.Entry, v *view) draw.Safe {
	if e.Reason == "" {
		return v.w("doing.pause")
	}
	return draw.Clean(e.Reason)
}

// entryCause is why, in the few words that w columns have room for; a person's
// name only in a lead's session.
func (v *view) entryCause(e *metrics.Entry, w int) draw.Safe {
	switch {
	case len(e.Causes) > 0:
		return v.causes(e.Causes, causeShort, w, ", ")
	case e.Agent != "" && !v.public():
		return draw.Clean(e.Agent)
	default:
		return markDash
	}
}

// entryLasted is how long it lasted, or that it is still open.
func (v *view) entryLasted(e *metrics.Entry) draw.Safe {
	switch {
	case e.Open:
		return v.w("events.open")
	case e.Lasted > 0:
		return v.agoTight(e.Lasted)
	default:
		return markDash
	}
}

// entryWho is who took it on, or who wrote it; not on the public wall.
func (v *view) entryWho(e *metrics.Entry) draw.Safe {
	switch {
	case v.public():
		if e.Ack != nil {
			return v.join(v.w("events.yes"), " ", v.hm(e.Ack.At))
		}
		return markDash
	case e.Ack != nil:
		return v.join(draw.Clean(e.Ack.Author), " ", v.hm(e.Ack.At))
	case e.Author != "":
		return draw.Clean(e.Author)
	default:
		return markDash
	}
}

// entryText is an entry as it is copied.
func entryText(e *metrics.Entry, v *view) string {
	const tab = "\t"
	return string(v.hms(e.At)+tab+v.entryWord(e)+tab+v.scopeName(e.Scope)+tab+v.entryWhat(e)) + tab +
		string(v.entryCause(e, wholeText)) + tab + string(v.entryLasted(e)) + tab + string(v.entryWho(e))
}
