package sim

import (
	"cmp"
	"slices"
)

// arrival is a contact that will reach a queue.
type arrival struct {
	at    int64
	queue int
	aim   float64 // of a surge: it stays away when the queue has been pressed to this level; 0 comes anyhow
}

func byInstant(a, b arrival) int { return cmp.Compare(a.at, b.at) }

// newArrivals draws the day's contacts: a Poisson process with the queue's
// curve as its rate, and the rate itself uncertain from day to day (gamma-like,
// by a log-normal) and from quarter to quarter of an hour, as counts of real
// floors are more spread than Poisson's.
func (p *plan) newArrivals(day uint64) []arrival {
	var out []arrival
	site := newRng(day, "volume").logNormal(1, .02)
	weekday := int(p.date.Weekday())
	for q := range p.specs {
		spec := &p.specs[q]
		open := spec.open(p.kind)
		if open.from >= open.to {
			continue
		}
		r := newRng(day, "arrivals "+spec.config.ID)
		expected := spec.expected(p.kind, weekday) * site * r.logNormal(1, .03)
		quarter := 1.0
		for i, share := range spec.curve(open) {
			if i%3 == 0 {
				quarter = r.logNormal(1, .07)
			}
			from := int64(i) * slot
			mean := expected * share * quarter
			for n := r.poisson(mean); n > 0; n-- {
				out = append(out, arrival{at: from + int64(r.float()*float64(slot)), queue: q})
			}
			out = p.surging(r, out, q, from, mean)
		}
	}
	slices.SortStableFunc(out, byInstant)
	return p.throughOutages(newRng(day, "outages"), out)
}

// surging adds what a surge brings beside the mean of a slot.
func (p *plan) surging(r *rng, out []arrival, queue int, from int64, mean float64) []arrival {
	for i := range p.incidents {
		in := &p.incidents[i]
		if in.kind != surge || in.queue != queue || from+slot <= in.from || from >= in.to {
			continue
		}
		for n := r.poisson(mean * (in.factor - 1)); n > 0; n-- {
			if at := from + int64(r.float()*float64(slot)); in.from <= at && at < in.to {
				out = append(out, arrival{at: at, queue: queue, aim: in.aim})
			}
		}
	}
	return out
}

// throughOutages takes away what arrived by voice while the trunk was down;
// about half of those customers call again in the minutes after.
func (p *plan) throughOutages(r *rng, in []arrival) []arrival {
	out := in[:0:len(in)]
	var later []arrival
	for _, a := range in {
		end := p.outageAt(a)
		switch {
		case end == 0:
			out = append(out, a)
		case r.chance(.55):
			a.at = end + int64(r.exp(4*float64(minute)))
			if h := float64(a.at) / float64(hour); h < p.specs[a.queue].open(p.kind).to {
				later = append(later, a)
			}
		}
	}
	if len(later) > 0 {
		out = append(out, later...)
		slices.SortStableFunc(out, byInstant)
	}
	return out
}

// outageAt is when the outage that stops the arrival ends; 0 when none does.
func (p *plan) outageAt(a arrival) int64 {
	for i := range p.incidents {
		in := &p.incidents[i]
		if in.kind == outage && p.specs[a.queue].config.Channel == "voice" && in.from <= a.at && a.at < in.to {
			return in.to
		}
	}
	return 0
}
