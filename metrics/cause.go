package metrics

import (
	"cmp"
	"math"
	"slices"
	"time"

	"farol/floor"

	"gonum.org/v1/gonum/mathext"
)

// family groups indicators that fail together and for the same reasons.
type family uint8

const (
	access   family = iota // service level, waits, abandonment: too few hands for the arrivals
	handling               // how long contacts take
	people                 // how the crew's time is spent
	volume
)

func familyOf(k KPI) family {
	switch k {
	case AHT, TalkAvg, HoldAvg, WrapAvg, TotalTime:
		return handling
	case Occupancy, Utilisation, Adherence, PauseTime, LegalPauseTime, LoggedIn:
		return people
	case Offered, Answered, Handled, HandledPerHour, Transfers, TransferRate, TalkingNow, CalledBackCount:
		return volume
	default:
		return access
	}
}

// idle reports whether a figure fails because the crew has too little to do:
// what keeps people from the queue, or brings more to it, is no reason for that.
func idle(k KPI, below bool) bool { return below && (k == Occupancy || k == Utilisation) }

// scene is what causes are found from: the facts of one scope at one instant.
type scene struct {
	*Scope
	agents    []*Agent      // who serve it; nil where the snapshot does not say
	threshold time.Duration // T of the queue, or the default
	f         facts
	policy    *Policy
	spoken    func(a *Agent) bool
	queue     *Queue  // when the scope is one
	cost      Measure // points of service level that overdue pauses explain
}

// sceneOf finds a scope in a snapshot; ok is false when it is not there.
func (j *judge) sceneOf(s *Snapshot, ref ScopeRef, f facts) (sc scene, ok bool) {
	sc = scene{f: f, policy: &j.policy, spoken: j.spoken, threshold: floor.DefaultThreshold}
	switch ref.Kind {
	case SiteScope:
		sc.Scope, sc.agents = s.Total, s.Agents
	case QueueScope:
		for _, q := range s.Queues {
			if q.Ref.ID == ref.ID {
				sc.Scope, sc.agents, sc.threshold = &q.Scope, q.Members, q.Config.Threshold
				sc.queue = q
			}
		}
	case TeamScope, ChannelScope:
		list := s.Teams
		if ref.Kind == ChannelScope {
			list = s.Channels
		}
		for _, c := range list {
			if c.Ref.ID == ref.ID {
				sc.Scope = c
			}
		}
	case AgentScope:
	}
	return sc, sc.Scope != nil && sc.W != nil
}

// finder looks for one cause in the facts; found is false when they do not show it.
type finder func(sc *scene) (c Cause, found bool)

// order of looking, which is the order of weight where no cost is known: for
// what waits, hands before what they do; for what takes long, the other way.
var finders = [...]struct {
	kind CauseKind
	find finder
}{
	CauseOut: {CauseOut, findOut}, CauseArrivals: {CauseArrivals, findArrivals}, CauseNobodyFree: {CauseNobodyFree, findNobodyFree},
	CauseLong: {CauseLong, findLong}, CauseWrap: {CauseWrap, findWrap}, CauseQueue: {CauseQueue, findQueue},
	CauseAHT: {CauseAHT, findAHT}, CauseShort: {CauseShort, findShort}, CauseNoAnswer: {CauseNoAnswer, findNoAnswer},
	CauseLogged: {CauseLogged, findLogged},
}

// causesOrder says which causes can explain a family's failing, heaviest first.
func causesOrder(f family) []CauseKind {
	switch f {
	case handling:
		return []CauseKind{CauseLong, CauseWrap, CauseQueue}
	case people:
		return []CauseKind{CauseOut, CauseShort, CauseLogged, CauseArrivals, CauseAHT, CauseWrap, CauseQueue}
	case volume:
		return []CauseKind{CauseArrivals, CauseOut, CauseShort, CauseLogged, CauseNoAnswer, CauseAHT, CauseQueue}
	default:
		return []CauseKind{
			CauseOut, CauseArrivals, CauseShort, CauseLogged, CauseNobodyFree, CauseNoAnswer, CauseLong, CauseAHT, CauseWrap, CauseQueue,
		}
	}
}

// causes finds what explains that indicators of these families fail, heaviest
// first: those whose cost is known by it, the rest in the order of the family
// of the worst symptom. Nothing is a cause that the facts do not show.
func (sc *scene) causes(families []family) []Cause {
	var out []Cause
	seen := [len(finders)]bool{}
	for _, fam := range families {
		for _, kind := range causesOrder(fam) {
			if seen[kind] {
				continue
			}
			seen[kind] = true
			if c, ok := finders[kind].find(sc); ok {
				out = append(out, c)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Cause) int {
		if last := cmp.Compare(boolInt(a.Kind == CauseQueue), boolInt(b.Kind == CauseQueue)); last != 0 {
			return last // how many wait is a consequence too: it never goes first
		}
		return cmp.Compare(b.Cost.Value, a.Cost.Value)
	})
	return out[:min(len(out), sc.policy.MaxCauses)]
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// findOut counts people out of the queue but for those in neutral pauses: a
// right is never a cause, and neither its number nor its length may show here.
func findOut(sc *scene) (Cause, bool) {
	out := sc.People.Out - sc.People.Neutral
	if out <= 0 || sc.People.LoggedIn == 0 {
		return Cause{}, false
	}
	if sc.People.Overdue == 0 && (out < 2 || 5*out < sc.People.LoggedIn) {
		return Cause{}, false
	}
	c := Cause{Kind: CauseOut, N: out, Of: sc.People.LoggedIn, Part: sc.People.Overdue}
	if c.Part > 0 {
		c.Cost = sc.cost
	}
	return c, true
}

// findArrivals compares the last 15 minutes with the same weekday and time of
// the last weeks: well above, and by more than chance. The chance is exact for
// two Poisson counts: of all the contacts of both, each falls into today's
// quarter with probability 1/(1+weeks).
func findArrivals(sc *scene) (Cause, bool) {
	u := sc.Usual
	if u == nil || !u.Offered.Known || u.Weeks == 0 || u.Offered.Value <= 0 {
		return Cause{}, false
	}
	now, usual := u.Offered.Num, u.Offered.Value
	share := now/usual - 1
	if share < sc.policy.ArrivalsShare || chanceOfMore(now, usual, u.Weeks) > sc.policy.ArrivalsChance {
		return Cause{}, false
	}
	return Cause{
		Kind: CauseArrivals, N: int(math.Round(now)), Of: int(math.Round(usual)), Dur: 15 * time.Minute,
		Share: Measure{Value: share, Num: now, Den: usual, Known: true},
	}, true
}

// chanceOfMore is P(X >= now) for X binomial of all contacts seen.
func chanceOfMore(now, usual float64, weeks int) float64 {
	past := math.Round(usual * float64(weeks))
	if now <= 0 {
		return 1
	}
	return mathext.RegIncBeta(now, past+1, 1/float64(1+weeks))
}

func findNobodyFree(sc *scene) (Cause, bool) {
	l := sc.Live
	if l.Free > 0 || l.NobodyFree < sc.policy.NobodyFree || sc.People.LoggedIn == 0 || l.Waiting == 0 {
		return Cause{}, false
	}
	return Cause{Kind: CauseNobodyFree, N: l.Waiting, Dur: l.NobodyFree}, true
}

func findLong(sc *scene) (Cause, bool) {
	limit := sc.policy.longLimit(sc.W[Today][AHT])
	n := 0
	for _, a := range sc.agents {
		if isLong(a, limit) && sc.spoken(a) {
			n++
		}
	}
	if n == 0 {
		return Cause{}, false
	}
	return Cause{Kind: CauseLong, N: n, Of: sc.People.Busy, Dur: limit}, true
}

// isLong reports whether the agent's one contact has lasted beyond limit; with
// several at once the time in the state is not that of any of them.
func isLong(a *Agent, limit time.Duration) bool {
	return (a.State == floor.Busy || a.State == floor.OnHold) && a.Calls <= 1 && a.InState > limit
}

// findWrap compares the last hour's after-call work with the usual, or with
// the day so far where no like day is known.
func findWrap(sc *scene) (Cause, bool) {
	now := sc.W[LastHour][WrapAvg]
	was := sc.usualHour(WrapAvg)
	if !now.Known || !was.Known || now.Den < sc.policy.MinContacts {
		return Cause{}, false
	}
	if now.Value < was.Value*(1+sc.policy.WrapShare) || now.Value-was.Value < 10 {
		return Cause{}, false
	}
	return Cause{Kind: CauseWrap, Dur: wholeSeconds(now.Value), Was: wholeSeconds(was.Value)}, true
}

func findAHT(sc *scene) (Cause, bool) {
	now := sc.W[LastHour][AHT]
	was := sc.usualHour(AHT)
	if !now.Known || !was.Known || now.Den < sc.policy.MinContacts || was.Value <= 0 {
		return Cause{}, false
	}
	share := now.Value/was.Value - 1
	if share < sc.policy.AHTShare || now.Value-was.Value < 10 {
		return Cause{}, false
	}
	return Cause{
		Kind: CauseAHT, Dur: wholeSeconds(now.Value), Was: wholeSeconds(was.Value),
		Share: Measure{Value: share, Num: now.Value, Den: was.Value, Known: true},
	}, true
}

// usualHour is what the figure usually is in the hour that ends now; the day so
// far, less that hour, where no like day is known.
func (sc *scene) usualHour(k KPI) Measure {
	now := sc.f.now()
	if m, days := sc.f.usual(sc.Ref.key(), k, now.Add(-time.Hour), now); days > 0 && m.Known {
		return m
	}
	day, hour := sc.W[Today][k], sc.W[LastHour][k]
	den := day.Den - hour.Den
	if !day.Known || den < sc.policy.MinContacts {
		return Measure{}
	}
	return Measure{Value: (day.Num - hour.Num) / den, Num: day.Num - hour.Num, Den: den, Known: true}
}

func wholeSeconds(v float64) time.Duration {
	return time.Duration(math.Round(v)) * time.Second
}

// findQueue says who waits: two at least, or one beyond the queue's T.
func findQueue(sc *scene) (Cause, bool) {
	l := sc.Live
	if l.Waiting == 0 || l.Waiting < 2 && l.Longest <= sc.threshold {
		return Cause{}, false
	}
	return Cause{Kind: CauseQueue, N: l.Waiting, Dur: l.Longest}, true
}

func findShort(sc *scene) (Cause, bool) {
	short := sc.People.Planned - sc.People.LoggedIn
	if sc.People.Planned == 0 || short <= 0 || 20*short < sc.People.Planned {
		return Cause{}, false
	}
	return Cause{Kind: CauseShort, N: short, Of: sc.People.Planned}, true
}

// findNoAnswer counts rings of the last 15 minutes that nobody took. Rings left by
// people who have gone home explain nothing that can still be changed.
func findNoAnswer(sc *scene) (Cause, bool) {
	rings := sc.W[Last15m][NotAnsweredRings]
	answered := sc.W[Last15m][Answered]
	if !rings.Known || rings.Value < sc.policy.NoAnswerRings || 10*rings.Value < answered.Value {
		return Cause{}, false
	}
	people := 0
	for _, a := range sc.agents {
		if a.W != nil && a.W[Last15m][NotAnsweredRings].Value > 0 {
			people++
		}
	}
	if people == 0 {
		return Cause{}, false
	}
	return Cause{Kind: CauseNoAnswer, N: int(rings.Value), Of: people, Dur: 15 * time.Minute}, true
}

// findLogged compares the people logged in with those of like days; where a
// plan is known, the plan speaks instead.
func findLogged(sc *scene) (Cause, bool) {
	now := sc.f.now()
	const span = 15 * time.Minute
	m, days := sc.f.usual(sc.Ref.key(), LoggedIn, now.Add(-span), now)
	if sc.People.Planned > 0 || days == 0 || !m.Known {
		return Cause{}, false
	}
	usual := int(math.Round(m.Value / span.Seconds()))
	n := sc.People.LoggedIn
	if usual-n < 2 || float64(n) > float64(usual)*(1-sc.policy.LoggedShare) {
		return Cause{}, false
	}
	return Cause{Kind: CauseLogged, N: n, Of: usual}, true
}
