package sim

// incidentKind is what goes wrong.
type incidentKind uint8

const (
	surge    incidentKind = iota // more contacts than the curve expects
	overrun                      // trainings that run past their time
	long                         // some conversations very long
	slow                         // every conversation and its wrap-up longer: a slow system
	outage                       // the trunk is down: nothing enters by voice, and many call again after
	absences                     // people who do not come
)

// incident is a stretch of the day in which something is wrong.
type incident struct {
	kind     incidentKind
	queue    int // -1: all of voice
	from, to int64
	factor   float64 // of arrivals or conversations
	people   int
}

// newIncidents draws the day's incidents. On a workday one follows the other
// through business hours, so that some queue is usually in trouble while most
// are calm; at the weekend there are one or two.
func newIncidents(r *rng, p *plan) []incident {
	var out []incident
	starts := []float64{8.4, 9.4, 10.5, 11.8, 13, 14, 15.1, 16.2, 17.4, 18.7}
	switch p.kind {
	case saturdayKind:
		starts = []float64{9.3, 12.6, 17}
	case sundayKind:
		starts = []float64{10.5, 15}
	}
	last := -1
	for _, at := range starts {
		from := int64((at + r.between(-.15, .15)) * float64(hour))
		queue := p.drawQueue(r, from, last)
		if queue < 0 {
			continue
		}
		last = queue
		out = append(out, newIncident(r, queue, from)...)
		if r.chance(.25) {
			if other := p.drawQueue(r, from, queue); other >= 0 {
				small := newIncident(r, other, from+int64(r.between(5, 25)*float64(minute)))
				for i := range small {
					small[i].to = small[i].from + (small[i].to-small[i].from)/2
				}
				out = append(out, small...)
			}
		}
	}
	if r.chance(.18) {
		from := int64(r.between(9.5, 18) * float64(hour))
		out = append(out, incident{kind: outage, queue: -1, from: from, to: from + int64(r.between(3, 9)*float64(minute))})
	}
	if p.kind == workday && r.chance(.25) {
		out = append(out, incident{kind: absences, queue: []int{suporte, sac, financeiro}[r.below(3)], from: 0, to: wholeDay, people: 2})
	}
	return out
}

// drawQueue picks a queue that is well inside its hours, other than not.
func (p *plan) drawQueue(r *rng, from int64, not int) int {
	weights := [queueCount]float64{suporte: 1.3, financeiro: 1, retencao: 1, sac: .8, vendas: .9, agendamento: .5, whatsapp: .6}
	sum := 0.0
	for q := range weights {
		open := p.specs[q].open(p.kind)
		h := float64(from) / float64(hour)
		if q == not || h < open.from+.2 || h > open.to-1 {
			weights[q] = 0
		}
		sum += weights[q]
	}
	if sum == 0 {
		return -1
	}
	x := r.float() * sum
	for q, w := range weights {
		if x -= w; x < 0 {
			return q
		}
	}
	return -1
}

// newIncident makes the troubles of one queue from an instant on: often two
// that go together, for one alone a queue bears.
func newIncident(r *rng, queue int, from int64) []incident {
	to := from + int64(r.between(50, 75)*float64(minute))
	busier := incident{kind: surge, queue: queue, from: from, to: to, factor: r.between(1.3, 1.6)}
	switch x := r.float(); {
	case queue == whatsapp:
		busier.factor = r.between(1.7, 2.2)
		return []incident{busier}
	case x < .45 || queue == suporte && x < .7:
		busier.factor = 1.38
		training := incident{kind: overrun, queue: queue, from: from, to: to, people: 2 + r.below(2)}
		return []incident{training, busier}
	case x < .7 || queue == retencao:
		return []incident{
			{kind: long, queue: queue, from: from, to: to, factor: r.between(2.6, 3.4)},
			{kind: slow, queue: queue, from: from, to: to, factor: 1.12},
		}
	case x < .85:
		return []incident{{kind: slow, queue: queue, from: from, to: to, factor: r.between(1.4, 1.7)}}
	default:
		busier.factor = r.between(1.5, 1.9)
		return []incident{busier}
	}
}

// factorAt is what the incidents of a kind multiply a queue's arrivals or
// conversations by at an instant; 1 when there is none.
func (p *plan) factorAt(kind incidentKind, queue int, at int64) float64 {
	f := 1.0
	for i := range p.incidents {
		in := &p.incidents[i]
		if in.kind == kind && in.queue == queue && in.from <= at && at < in.to {
			f *= in.factor
		}
	}
	return f
}

// applyToPeople turns the incidents that are about people into their day:
// trainings with their overrun, people who stay at home; and adds what needs no
// incident: feedback sessions and the short trainings that end on time.
func (p *plan) applyToPeople(r *rng, cast []castAgent) {
	for i := range p.incidents {
		in := &p.incidents[i]
		switch in.kind {
		case overrun:
			p.train(r, in, cast)
		case absences:
			p.sendHome(in, cast)
		}
	}
	for i := range p.duties {
		d := &p.duties[i]
		switch x := r.float(); {
		case x < .06:
			length := int64(r.between(8, 14)) * minute
			d.addPlanned(reasonFeedback, d.start+int64(r.between(70, 290))*minute, length, length+int64(r.between(-90, 90))*second)
		case x < .1:
			length := 15 * minute
			d.addPlanned(reasonTraining, d.start+int64(r.between(70, 290))*minute, length, length+int64(r.between(-60, 100))*second)
		case x < .12:
			length := 10 * minute
			d.addPlanned(reasonMeeting, d.start+int64(r.between(30, 300))*minute, length, length+int64(r.between(-60, 120))*second)
		}
	}
	p.sortPauses()
}

// train sends people of the queue to a short training that overruns by most of
// the incident.
func (p *plan) train(r *rng, in *incident, cast []castAgent) {
	left := in.people
	for i := range p.duties {
		d := &p.duties[i]
		if left == 0 || cast[d.agent].home != in.queue || d.start+45*minute > in.from || d.end-30*minute < in.to {
			continue
		}
		at := in.from + int64(r.between(2, 14)*float64(minute))
		planned := []int64{10, 15, 20}[r.below(3)] * minute
		lasts := max(planned+int64(r.between(9, 24)*float64(minute)), (in.to-in.from)*6/10)
		d.addPlanned(reasonTraining, at, planned, min(lasts, 40*minute))
		left--
	}
}

// addPlanned adds a pause that a lead planned, unless it would stand within
// reach of one that is the person's right.
func (d *duty) addPlanned(reason string, at, planned, lasts int64) {
	if at+lasts > d.end-20*minute {
		return
	}
	for _, other := range d.pauses {
		if other.class == legalPause && at < other.at+other.lasts && other.at < at+lasts+5*minute {
			return
		}
	}
	d.pauses = append(d.pauses, pause{reason, plannedPause, at, planned, lasts})
}

// sendHome takes people of the queue off the day, evenly over its shifts.
func (p *plan) sendHome(in *incident, cast []castAgent) {
	left := in.people
	kept := p.duties[:0]
	for i, d := range p.duties {
		if left > 0 && cast[d.agent].home == in.queue && cast[d.agent].nth > 1 && i%2 == 0 {
			left--
			continue
		}
		kept = append(kept, d)
	}
	p.duties = kept
}
