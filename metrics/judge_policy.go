package metrics

import (
	"time"

	"gonum.org/v1/gonum/mathext"
)

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
	// (1: once the bound) is told again, and an acknowledgement no longer covers it.
	StepPoints, StepShare float64

	// With fewer contacts than these behind it, a figure beyond its target is
	// "no data" and raises nothing: 1 of 2 missed says nothing. For shares,
	// percentiles and waits MinContacts (10); for handle times, which vary more,
	// MinMean (20); for any figure of one person MinPerson (30). A share of fewer
	// than MinSure contacts (30) must also be less likely than SmallChance (0.05)
	// had the target been kept on average. Shares of people's time need MinTime
	// of it (1 h), all people together. A trend alone raises attention only with
	// MinSure contacts.
	MinContacts, MinMean, MinPerson, MinSure, SmallChance float64
	MinTime                                               time.Duration

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
		{&p.LongContact, 20 * time.Minute}, {&p.NobodyFree, time.Minute}, {&p.MinTime, time.Hour},
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
		{&p.StepPoints, 0.10}, {&p.StepShare, 1}, {&p.MinContacts, 10}, {&p.MinMean, 20}, {&p.MinPerson, 30},
		{&p.MinSure, 30}, {&p.SmallChance, 0.05},
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
func (p *Policy) enough(k KPI, scope ScopeKind, m Measure, t Target) bool {
	if scope == AgentScope && k.Info().Unit != Count && k != WaitMax {
		return m.Den >= p.MinPerson
	}
	switch k {
	case WaitP50, WaitP80, WaitP90, WaitP95, WaitP99, WaitAvg, WaitAvgAll, WaitAbandoned:
		return m.Den >= p.MinContacts
	case Occupancy, Utilisation, Adherence:
		return m.Den >= p.MinTime.Seconds()
	case AHT, TalkAvg, HoldAvg, WrapAvg, TotalTime:
		return m.Den >= p.MinMean
	default:
		if k.Info().Unit != Ratio {
			return true
		}
		return m.Den >= p.MinSure || m.Den >= p.MinContacts && chanceOfMisses(m, t) <= p.SmallChance
	}
}

// trendable reports whether the figure is steady enough for its trend to mean
// anything.
func (p *Policy) trendable(k KPI, m Measure) bool {
	unit := k.Info().Unit
	return unit != Ratio && unit != Seconds || m.Den >= p.MinSure
}

// chanceOfMisses is how likely as many misses as there were, or more, are when
// each contact misses with the probability that the target allows: a binomial
// tail, by the incomplete beta function. 1 inside the target.
func chanceOfMisses(m Measure, t Target) float64 {
	misses, allowed := m.Num, t.High
	if t.Op == AtLeast || t.Op == Between && m.Value < t.Low {
		misses, allowed = m.Den-m.Num, 1-t.Low
	}
	if misses <= 0 {
		return 1
	}
	return mathext.RegIncBeta(misses, m.Den-misses+1, min(1, max(0, allowed)))
}

// longLimit is beyond which a contact is very long, where contacts take aht.
func (p *Policy) longLimit(aht Measure) time.Duration {
	usual := time.Duration(aht.Value * float64(time.Second))
	if aht.Known && usual > p.LongContact/2 {
		return time.Duration(p.LongFactor * float64(usual)).Round(time.Second)
	}
	return p.LongContact
}
