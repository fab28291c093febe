package metrics

import "time"

// Policy is how the judge decides: when a meta raises an alert, when it lets it
// go, and what counts as a cause. The zero value of a field is its default,
// which is calm: an alert is worth a look whenever there is one.
type Policy struct {
	// An alert begins when the figure has been beyond the target for
	// EnterAfter (3 min) without a break, and ends when it has been inside for
	// LeaveAfter (2 min) without a break. Both are counted in grid instants.
	EnterAfter, LeaveAfter time.Duration

	// Beyond the target by CriticalPoints (0.05: 5 points) for shares, or by
	// CriticalShare of the bound (0.15) for times, counts and paces, an alert is
	// critical; also when the error budget is CriticalSpent times spent (1.5),
	// so that 8 % abandoned of 5 % allowed is critical although only 3 points.
	// To be merely in attention again, it must come back under CriticalLeave
	// (0.8) of those distances.
	CriticalPoints, CriticalShare, CriticalSpent, CriticalLeave float64

	// A critical meta that worsens by another StepPoints (0.10) or StepShare
	// (0.50) is told again, and an acknowledgement no longer covers it.
	StepPoints, StepShare float64

	// With fewer contacts than these behind it, a figure beyond its target is
	// "no data" and raises nothing: 1 of 2 missed says nothing. For shares and
	// percentiles MinContacts (10); for means MinMean (5); for any figure of one
	// person MinPerson (30).
	MinContacts, MinMean, MinPerson float64

	// A trend that meets the target within TrendHorizon (20 min) is attention.
	TrendHorizon time.Duration

	// A contact is very long beyond LongContact (20 min); where contacts
	// usually take over half of that, beyond LongFactor (3) times the AHT.
	LongContact time.Duration
	LongFactor  float64

	// Arrivals are a cause when ArrivalsShare (0.25) above the usual and less
	// likely than ArrivalsChance (0.05) if nothing had changed.
	ArrivalsShare, ArrivalsChance float64
	// After-call work is a cause when WrapShare (0.25) above its usual, handle
	// time when AHTShare (0.15) above, people logged in when LoggedShare (0.20)
	// below it.
	WrapShare, AHTShare, LoggedShare float64
	// Nobody free is a cause after NobodyFree (1 min).
	NobodyFree time.Duration
	// Rings not answered are a cause from NoAnswerRings (3) in 15 minutes.
	NoAnswerRings float64

	MaxCauses int // of a risk: 4
	MaxLog    int // entries kept of a day: 2,000; the counts keep the total
}

// DefaultPolicy is the policy with every field said.
func DefaultPolicy() Policy { return Policy{}.withDefaults() }

func (p Policy) withDefaults() Policy {
	for _, d := range []struct {
		at *time.Duration
		is time.Duration
	}{
		{&p.EnterAfter, 3 * time.Minute}, {&p.LeaveAfter, 2 * time.Minute}, {&p.TrendHorizon, 20 * time.Minute},
		{&p.LongContact, 20 * time.Minute}, {&p.NobodyFree, time.Minute},
	} {
		if *d.at == 0 {
			*d.at = d.is
		}
	}
	for _, v := range []struct {
		at *float64
		is float64
	}{
		{&p.CriticalPoints, 0.05}, {&p.CriticalShare, 0.15}, {&p.CriticalSpent, 1.5}, {&p.CriticalLeave, 0.8},
		{&p.StepPoints, 0.10}, {&p.StepShare, 0.50}, {&p.MinContacts, 10}, {&p.MinMean, 5}, {&p.MinPerson, 30},
		{&p.LongFactor, 3}, {&p.ArrivalsShare, 0.25}, {&p.ArrivalsChance, 0.05}, {&p.WrapShare, 0.25},
		{&p.AHTShare, 0.15}, {&p.LoggedShare, 0.20}, {&p.NoAnswerRings, 3},
	} {
		if *v.at == 0 {
			*v.at = v.is
		}
	}
	if p.MaxCauses == 0 {
		p.MaxCauses = 4
	}
	if p.MaxLog == 0 {
		p.MaxLog = 2000
	}
	return p
}

// enough reports whether the figure has contacts enough behind it to be held
// against anybody. Counts and the longest wait need none: they are what they are.
func (p *Policy) enough(k KPI, scope ScopeKind, m Measure) bool {
	if scope == AgentScope && k.Info().Unit != Count && k != WaitMax {
		return m.Den >= p.MinPerson
	}
	switch k {
	case WaitP50, WaitP80, WaitP90, WaitP95, WaitP99:
		return m.Den >= p.MinContacts
	case Occupancy, Utilisation, Adherence:
		return true // shares of time, not of contacts
	case WaitAvg, WaitAvgAll, WaitAbandoned, AHT, TalkAvg, HoldAvg, WrapAvg, TotalTime:
		return m.Den >= p.MinMean
	default:
		return k.Info().Unit != Ratio || m.Den >= p.MinContacts
	}
}

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

// longLimit is beyond which a contact is very long, where contacts take aht.
func (p *Policy) longLimit(aht Measure) time.Duration {
	usual := time.Duration(aht.Value * float64(time.Second))
	if aht.Known && usual > p.LongContact/2 {
		return time.Duration(p.LongFactor * float64(usual)).Round(time.Second)
	}
	return p.LongContact
}
