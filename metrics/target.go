package metrics

import (
	"fmt"
	"math"
)

// Met reports whether v keeps the target; a bound itself keeps it.
func (t Target) Met(v float64) bool { return t.slack(v) >= -targetEpsilon }

// targetEpsilon forgives the last bits of a division: 4 of 5 is 80 %.
const targetEpsilon = 1e-9

// slack is the distance from v to the bound it would break first, positive
// inside the target, in the KPI's unit.
func (t Target) slack(v float64) float64 {
	switch t.Op {
	case AtLeast:
		return v - t.Low
	case AtMost:
		return t.High - v
	default:
		return math.Min(v-t.Low, t.High-v)
	}
}

// bound is the limit that v has broken or is nearest to breaking.
func (t Target) bound(v float64) float64 {
	if t.lower(v) {
		return t.Low
	}
	return t.High
}

// lower reports whether it is the lower bound that v is nearest to.
func (t Target) lower(v float64) bool {
	return t.Op == AtLeast || t.Op == Between && v-t.Low < t.High-v
}

// spentCap bounds [Meta.Spent]: with nothing allowed, the first miss has spent
// everything many times over, and infinity is not a figure.
const spentCap = 99

// spent is the share of the error budget that v has used; 1 is all of it, and
// more than 1 is beyond the target. Misses over allowed misses for shares that
// must be high (38.6 % missed of 20 % allowed is 1.93), v over the bound for
// what must be low, the bound over v for counts and paces that must be high,
// and for a band the distance from its middle over half its width.
func (t Target) spent(v float64, unit Unit) Measure {
	var used, allowed float64
	switch {
	case t.Op == Between:
		used, allowed = math.Abs(v-(t.Low+t.High)/2), (t.High-t.Low)/2
	case t.Op == AtMost:
		used, allowed = v, t.High
	case unit == Ratio:
		used, allowed = 1-v, 1-t.Low
	case unit == Points: // -100 to 100
		used, allowed = 100-v, 100-t.Low
	default:
		used, allowed = t.Low, v
	}
	m := Measure{Num: used, Den: allowed, Known: true}
	switch {
	case used <= targetEpsilon:
		m.Value = 0
	case allowed <= targetEpsilon || used/allowed > spentCap:
		m.Value = spentCap
	default:
		m.Value = used / allowed
	}
	return m
}

// fits refuses a target that asks for more of what is bad or less of what is
// good, and never one on a KPI that is good in the middle.
func (t Target) fits(good Direction) error {
	switch {
	case good == Up && t.Op == AtMost:
		return fmt.Errorf("%w: more of it is better, so the target is >= or a band", ErrTargetDirection)
	case good == Down && t.Op == AtLeast:
		return fmt.Errorf("%w: less of it is better, so the target is <= or a band", ErrTargetDirection)
	default:
		return nil
	}
}
