package sim

import "math"

// The clock inside a day: milliseconds after local midnight.
const (
	second   = int64(1000)
	minute   = 60 * second
	hour     = 60 * minute
	wholeDay = 24 * hour
)

// slot is the grain of the arrival curve.
const slot = 5 * minute

const slots = int(wholeDay / slot)

// curve is the share of a queue's day that arrives in each slot: two humps with
// a shallow noon between, those who call before work and those who call after
// it, and a thin night.
// It sums to 1 over the hours when the queue is open.
func (q *queueSpec) curve(open hours) [slots]float64 {
	var c [slots]float64
	sum := 0.0
	for i := range c {
		h := (float64(i) + .5) / 12
		if h < open.from || h >= open.to {
			continue
		}
		c[i] = .17*hump(h, 8.4, .8) + .69*hump(h, 10.2+q.peak, 1.5) + .78*hump(h, 12.9, 1.2) +
			.92*hump(h, 15.1+q.peak, 1.6) + .62*hump(h, 18.5, 1.8) + .03
		sum += c[i]
	}
	if sum == 0 {
		return c
	}
	for i := range c {
		c[i] /= sum
	}
	return c
}

func hump(h, centre, width float64) float64 {
	d := (h - centre) / width
	return math.Exp(-d * d / 2)
}

// volume is how many contacts the queue expects on a day of that kind and
// weekday (0 is Sunday), before the day's own luck.
func (q *queueSpec) expected(k dayKind, weekday int) float64 {
	switch k {
	case saturdayKind:
		return q.volume * .44 * openShare(q.saturday, q.weekday)
	case sundayKind:
		return q.volume * .22 * openShare(q.sunday, q.weekday)
	default:
		return q.volume * [7]float64{1, 1.02, 1, .99, .98, .98, 1}[weekday]
	}
}

// openShare is the part of a weekday's hours that a shorter day keeps.
func openShare(short, full hours) float64 {
	if full.to == full.from {
		return 0
	}
	return math.Min(1, (short.to-short.from)/(full.to-full.from))
}
