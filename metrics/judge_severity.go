package metrics

// severity of a figure against a target.
type severity uint8

const (
	inside severity = iota
	beyond
	farBeyond
)

// weigh says how far v is beyond the target. far scales the critical distance:
// 1 to become critical, CriticalLeave to stay so.
func (p *Policy) weigh(t Target, v float64, unit Unit, far float64) severity {
	if t.Met(v) {
		return inside
	}
	if p.distance(t, v, unit) >= p.criticalDistance(unit)*far-targetEpsilon {
		return farBeyond
	}
	if t.Op != Between && t.spent(v, unit).Value >= 1+(p.CriticalSpent-1)*far-targetEpsilon {
		return farBeyond
	}
	return beyond
}

// distance is how far v is beyond the target: points for shares, a share of the
// bound for all else.
func (p *Policy) distance(t Target, v float64, unit Unit) float64 {
	out := -t.slack(v)
	if unit == Ratio {
		return out
	}
	if unit == Points {
		return out / 100
	}
	bound := t.bound(v)
	if bound <= 0 {
		return spentCap
	}
	return out / bound
}

func (p *Policy) criticalDistance(unit Unit) float64 {
	if unit == Ratio || unit == Points {
		return p.CriticalPoints
	}
	return p.CriticalShare
}

// steps is how many times a critical meta has worsened by a step, and limit the
// bound of the last step, in the KPI's unit.
func (p *Policy) steps(t Target, v float64, unit Unit) (n int, limit float64) {
	step := p.StepShare
	if unit == Ratio || unit == Points {
		step = p.StepPoints
	}
	from := p.criticalDistance(unit)
	n = int((p.distance(t, v, unit) - from + targetEpsilon) / step)
	if n < 0 {
		n = 0
	}
	n = min(n, 20)
	return n, p.limitAt(t, v, unit, from+float64(n)*step)
}

// criticalLimit is where the critical zone begins on the side of v.
func (p *Policy) criticalLimit(t Target, v float64, unit Unit) float64 {
	limit := p.limitAt(t, v, unit, p.criticalDistance(unit))
	if t.Op == AtMost && t.High > 0 {
		return min(limit, t.High*p.CriticalSpent)
	}
	return limit
}

// limitAt is the figure that is distance beyond the target.
func (p *Policy) limitAt(t Target, v float64, unit Unit, distance float64) float64 {
	bound := t.bound(v)
	out := distance
	switch unit {
	case Points:
		out = distance * 100
	case Ratio:
	default:
		out = distance * bound
	}
	if v < bound {
		return bound - out
	}
	return bound + out
}
