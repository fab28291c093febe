package sim

import "farol/floor"

// mark is something written about the day: the schedule, a note of a lead, a
// gap of the trunk.
type mark struct {
	at    int64
	event floor.Event
}

// scheduled publishes one line of the schedule, of At to Until. The whole day's
// is published when the day begins, so that it can be said who comes next.
func (d *day) scheduled(a *agent, from, to int64, reason string) {
	e := floor.Event{Kind: floor.Scheduled, Agent: a.who.name, Reason: reason, Author: leadOf(a.who.team)}
	e.At, e.Until = d.at(from), d.at(to)
	if reason == "" {
		e.Queue, e.N = d.specs[a.who.home].config.ID, 1
	}
	d.mark(0, e)
}

// mark has an event told at an instant; without an instant of its own it
// happens then.
func (d *day) mark(at int64, e floor.Event) {
	if e.At.IsZero() {
		e.At = d.at(at)
	}
	d.marks = append(d.marks, mark{at, e})
}

// planMarks writes down what the leads will say of the day's incidents, and
// puts all marks on the agenda.
func (d *day) planMarks() {
	r := newRng(d.seed^mix(uint64(d.date.Unix())), "marks")
	for i := range d.incidents {
		in := &d.incidents[i]
		noticed := in.from + int64(r.between(3, 9)*float64(minute))
		author := leadOf(teamAt(noticed))
		switch {
		case in.kind == outage:
			d.mark(in.from+90*second, floor.Event{Kind: floor.ContextMark, Author: author, Text: "queda da operadora: chamadas não entram"})
			d.mark(in.to, floor.Event{Kind: floor.SourceGap, At: d.at(in.from), Until: d.at(in.to), Text: "tronco fora do ar"})
		case in.kind == slow && in.factor > 1.3 && r.chance(.6):
			d.mark(noticed, floor.Event{Kind: floor.ContextMark, Queue: d.specs[in.queue].config.ID, Author: author, Text: "sistema de cadastro lento"})
		case in.kind == surge && in.factor > 2 && r.chance(.15):
			d.mark(noticed, floor.Event{Kind: floor.Note, Queue: d.specs[in.queue].config.ID, Author: author, Text: "campanha no ar: mais contatos que o previsto"})
		}
	}
	for i := range d.marks {
		d.agenda.plan(d.marks[i].at, stepMark, int32(i), 0)
	}
}

func (d *day) tellMark(i int32) { d.tellOf(d.marks[i].event) }

// teamAt is which team holds the floor at an instant.
func teamAt(at int64) string {
	switch h := at / hour; {
	case h < 6:
		return "madrugada"
	case h < 12:
		return "manhã"
	case h < 18:
		return "tarde"
	default:
		return "noite"
	}
}
