package sim

import "farol/floor"

// mark is something written about the day rather than counted in it: the
// schedule published beforehand, a note of a lead, a gap of the trunk.
type mark struct {
	at    int64
	event floor.Event
}

// scheduled publishes one line of the schedule. It speaks of At to Until, and
// is told when that begins.
func (d *day) scheduled(a *agent, from, to int64, reason string) {
	e := floor.Event{Kind: floor.Scheduled, Agent: a.who.name, Reason: reason, Until: d.at(to), Author: leadOf(a.who.team)}
	if reason == "" {
		e.Queue, e.N = d.specs[a.who.home].config.ID, 1
	}
	d.mark(from, e)
}

func (d *day) mark(at int64, e floor.Event) {
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
			d.mark(in.to, floor.Event{Kind: floor.SourceGap, N: int((in.to - in.from) / second), By: floor.BySystem, Text: "tronco fora do ar"})
		case in.kind == slow && in.factor > 1.3 && r.chance(.6):
			d.mark(noticed, floor.Event{Kind: floor.ContextMark, Queue: d.specs[in.queue].config.ID, Author: author, Text: "sistema de cadastro lento"})
		case in.kind == surge && in.factor > 1.5 && r.chance(.4):
			d.mark(noticed, floor.Event{Kind: floor.Note, Queue: d.specs[in.queue].config.ID, Author: author, Text: "campanha no ar: mais contatos que o previsto"})
		}
	}
	for i := range d.marks {
		d.agenda.add(d.marks[i].at, stepMark, int32(i), 0)
	}
}

func (d *day) tellMark(i int32) { d.tell(d.marks[i].event) }

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
