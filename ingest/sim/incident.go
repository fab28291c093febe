package sim

import "math"

// incidentKind is what goes wrong.
type incidentKind uint8

const (
	surge    incidentKind = iota // more contacts than the curve expects
	overrun                      // trainings or meetings that run past their time
	long                         // some conversations that do not end
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
	people   int     // in the overrun, the long conversations, the absence
	reason   string  // of an overrun
	aim      float64 // the service level to which a surge presses its queue, and no further
}

// acts are the hours at which something begins to go wrong. On a workday one
// thing follows another through business hours, each before the last is over,
// so that one queue or two are usually in trouble while most are calm.
func acts(k dayKind) []float64 {
	switch k {
	case saturdayKind:
		return []float64{9.3, 12.4, 16.8}
	case sundayKind:
		return []float64{10.5, 15}
	default:
		return []float64{7.65, 8.5, 9.35, 10.15, 10.95, 11.8, 12.6, 13.9, 14.75, 15.55, 16.4, 17.2, 18.05, 18.85}
	}
}

// newIncidents draws the day's incidents. Some of the acts are hard: those a
// lead remembers of the day.
func newIncidents(r *rng, p *plan) []incident {
	var out []incident
	hit := [queueCount]int{}
	for q := range hit {
		hit[q] = -9
	}
	for i, at := range acts(p.kind) {
		from := int64((at + r.between(-.08, .08)) * float64(hour))
		if scene := p.monday(from); scene != nil {
			out = append(out, scene...)
			hit[suporte], hit[retencao], hit[financeiro] = i, i, i
			continue
		}
		queue := p.drawQueue(r, from, func(q int) bool { return i-hit[q] > 2 })
		if queue < 0 {
			continue
		}
		hit[queue] = i
		out = append(out, p.scene(r, queue, from, i%4 == 2)...)
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

// monday is what the early afternoon of every Monday is like, by the
// operation's own habits: the trainings of Suporte are at ten past two, when
// those who called in vain at the weekend call again; cancellations pile up in
// Retenção; Financeiro meets about the week.
func (p *plan) monday(from int64) []incident {
	if p.kind != workday || p.date.Weekday() != 1 || from < 13*hour+40*minute || from > 14*hour+10*minute {
		return nil
	}
	at := func(h, m int64) int64 { return h*hour + m*minute }
	return []incident{
		{kind: overrun, queue: suporte, from: at(14, 6), to: at(14, 54), people: 2, reason: reasonTraining, aim: .52},
		{kind: surge, queue: suporte, from: at(13, 58), to: at(14, 14), factor: 2.6, aim: .25},
		{kind: surge, queue: suporte, from: at(14, 14), to: at(14, 50), factor: 1.9, aim: .52},
		{kind: long, queue: retencao, from: at(13, 36), to: at(14, 20), people: 3},
		{kind: overrun, queue: financeiro, from: at(14, 4), to: at(14, 48), people: 1, reason: reasonMeeting, aim: .7},
		{kind: surge, queue: financeiro, from: at(14, 4), to: at(14, 14), factor: 1.6, aim: .6},
	}
}

// drawQueue picks a queue that is well inside its hours and may be hit; -1 when
// there is none.
func (p *plan) drawQueue(r *rng, from int64, may func(queue int) bool) int {
	weights := [queueCount]float64{suporte: 1, financeiro: .9, retencao: .7, sac: 1.1, vendas: .9, agendamento: .3}
	sum := 0.0
	for q := range weights {
		open := p.specs[q].open(p.kind)
		h := float64(from) / float64(hour)
		if !may(q) || h < open.from-.1 || h > open.to-1 || p.seats(q, from+10*minute) < 3 {
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

// seats is how many people of a queue's own are on duty at an instant.
func (p *plan) seats(queue int, at int64) int {
	n := 0
	for i := range p.duties {
		if d := &p.duties[i]; d.home == queue && !d.absent && d.in <= at && at < d.out {
			n++
		}
	}
	return n
}

// scene makes the troubles of one queue from an instant on: some hands are
// elsewhere, or the work takes longer; a burst of contacts, then more than
// usual, until so many are served late as is meant: so the queue is pressed and
// not drowned, whatever slack it had. A hard scene presses more.
func (p *plan) scene(r *rng, queue int, from int64, hard bool) []incident {
	seats := float64(p.seats(queue, from+15*minute))
	in := incident{queue: queue, from: from, to: from + int64(r.between(52, 60)*float64(minute)), aim: .78}
	part := .11
	if hard {
		in.aim, part = .62, .2
	}
	burst, busier, away := in, in, in
	burst.kind, burst.factor, burst.aim, burst.to = surge, 2.3, .42, from+14*minute
	busier.kind, busier.factor, busier.from = surge, 1.5, burst.to
	people := int(max(1, math.Round(part*seats)))
	away.kind, away.people, away.reason = overrun, people, []string{reasonTraining, reasonTraining, reasonMeeting, reasonFeedback}[r.below(4)]
	switch x := r.float(); {
	case queue == retencao && x < .4 || x < .1:
		in.kind, in.people, away.people = long, 2, 1
		return []incident{away, in, burst, busier}
	case x < .15:
		in.kind, in.factor = slow, 1.3
		return []incident{in, burst, busier}
	default:
		return []incident{away, burst, busier}
	}
}
