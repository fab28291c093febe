package sim

import (
	"cmp"
	"slices"
	"time"
)

// pauseClass separates the pauses that are a right from those that a lead
// plans and those that a person takes when they need to.
type pauseClass uint8

const (
	legalPause    pauseClass = iota // NR-17: never in the first or last hour, has precedence over any call
	personalPause                   // when needed
	plannedPause                    // training, feedback, meeting
)

// The reasons, as an operation in Brazil would have them.
const (
	reasonRest     = "NR-17"
	reasonMeal     = "Lanche"
	reasonPersonal = "Particular"
	reasonToilet   = "Banheiro"
	reasonTraining = "Treinamento"
	reasonFeedback = "Feedback"
	reasonMeeting  = "Reunião"
	reasonAuto     = "Auto-pause"
)

// pause is a break of one agent: planned for a length, lasting another.
type pause struct {
	reason  string
	class   pauseClass
	at      int64 // planned start
	planned int64 // length announced; 0: none
	lasts   int64 // length it will really have
}

// duty is one person's day as planned and as it will be.
type duty struct {
	agent      int // in the cast
	home, nth  int // of the cast, at hand
	start, end int64
	in, out    int64 // when they really arrive, and when they mean to leave
	pauses     []pause
	pace       float64 // of their conversations; 1 is usual
	absent     bool    // does not come, though the roster counts on them
	trained    bool    // has been taken from the queue once; nobody is twice a day
}

// plan is everything about a day that is decided before it begins.
type plan struct {
	seed      uint64
	date      time.Time // local midnight
	kind      dayKind
	specs     [queueCount]queueSpec
	duties    []duty
	incidents []incident
	arrivals  []arrival
}

func newPlan(seed uint64, date time.Time, cast []castAgent) *plan {
	p := &plan{seed: seed, date: date, kind: kindOf(date), specs: specs()}
	day := seed ^ mix(uint64(date.Unix()))
	p.duties = p.roster(newRng(day, "roster"), cast)
	p.incidents = newIncidents(newRng(day, "incidents"), p)
	p.applyToPeople(newRng(day, "people"))
	p.arrivals = p.newArrivals(day)
	return p
}

// roster says who works. Half the people work on a Saturday and a quarter on a
// Sunday, each with another day off for it; a few do not come.
func (p *plan) roster(r *rng, cast []castAgent) []duty {
	week := int(p.date.Unix()/(7*24*60*60) + 1)
	var duties []duty
	for i := 0; i < len(cast); {
		end := i
		for end < len(cast) && cast[end].home == cast[i].home && cast[end].shift == cast[i].shift {
			end++
		}
		spec := &p.specs[cast[i].home]
		if open := spec.open(p.kind); open.from < open.to {
			duties = append(duties, p.group(r, cast, i, end, week, open)...)
		}
		i = end
	}
	slices.SortStableFunc(duties, func(a, b duty) int { return cmp.Compare(a.start, b.start) })
	return duties
}

// group is the part of a roster that one queue has in one shift, the cast from
// first to end. A shift that would see less than an hour of opening stays home.
func (p *plan) group(r *rng, cast []castAgent, first, end, week int, open hours) []duty {
	start := cast[first].shift.begins(0)
	from, to := int64(open.from*float64(hour)), int64(open.to*float64(hour))
	if start+shiftLength < from+hour || start > to-hour {
		return nil
	}
	var on []duty
	coming := 0
	for i := first; i < end; i++ {
		a := &cast[i]
		if !p.works(i, week) {
			continue
		}
		d := p.duty(r, i, a)
		if d.absent = r.chance(.015); !d.absent {
			coming++
		}
		on = append(on, d)
	}
	if coming == 0 { // somebody changes their day off: an open queue is never left alone by plan
		i := first + week%(end-first)
		on = append(on, p.duty(r, i, &cast[i]))
	}
	return on
}

// works applies the rotation of days off to the i-th person of the cast.
func (p *plan) works(i, week int) bool {
	switch p.kind {
	case saturdayKind:
		return (i+week)%2 == 0
	case sundayKind:
		return (i+week)%4 == 1
	default:
		worked := (i+week-1)%4 == 1 // last Sunday
		return !worked || int(p.date.Weekday())-1 != i%5
	}
}

func (p *plan) duty(r *rng, i int, a *castAgent) duty {
	d := duty{agent: i, home: a.home, nth: a.nth, start: a.shift.begins(a.nth)}
	d.end = d.start + shiftLength
	d.pace = newRng(p.seed, a.name).logNormal(1, .07)
	late := r.norm()*1.6 - 1
	if r.chance(.05) {
		late = 4 + r.exp(8)
	}
	d.in = d.start + int64(min(max(late, -5), 28)*float64(minute))
	d.in = max(d.in, 0)
	d.out = d.end
	d.pauses = legalPauses(r, d.start, a.nth)
	for n := r.poisson(1.1); n > 0; n-- {
		reason := reasonToilet
		if r.chance(.4) {
			reason = reasonPersonal
		}
		at := d.start + int64(r.between(20, 360)*float64(minute))
		d.pauses = append(d.pauses, pause{reason, personalPause, at, 0, int64(r.logNormal(4.2, .4) * float64(minute))})
	}
	return d
}

// legalPauses plans two rests of ten minutes and a meal of twenty. The nth
// person of a group goes in turn, so that a queue is not emptied by them. All
// end with more than an hour to spare before the last hour of the shift, for
// the longest conversation may stand between a planned pause and its taking.
func legalPauses(r *rng, start int64, nth int) []pause {
	turn := func(first, step int64) int64 {
		return start + first*minute + int64(nth%5)*step*minute + int64(r.between(0, 4)*float64(minute))
	}
	lasts := func(minutes float64) int64 {
		return int64((minutes + r.between(-.4, .5)) * float64(minute))
	}
	return []pause{
		{reasonRest, legalPause, turn(66, 11), 10 * minute, lasts(10)},
		{reasonMeal, legalPause, turn(128, 21), 20 * minute, lasts(20)},
		{reasonRest, legalPause, turn(216, 11), 10 * minute, lasts(10)},
	}
}

// sortPauses puts everybody's pauses in the order of the day.
func (p *plan) sortPauses() {
	for i := range p.duties {
		slices.SortStableFunc(p.duties[i].pauses, func(a, b pause) int { return cmp.Compare(a.at, b.at) })
	}
}
