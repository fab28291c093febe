package metrics

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"farol/floor"
)

// An agent in an overrun of this length counts as one whole agent missing;
// shorter overruns as the part of it.
const overrunWhole = 15 * time.Minute

// From how many points of service level an agent's weight is attention and
// critical; below the first it is not worth a mark.
const (
	weightAttention = 0.005
	weightCritical  = 0.05
)

// plannable reports whether the pause is one that a lead decides: only those
// can weigh.
func plannable(p floor.Pause) bool {
	return p == floor.PauseTraining || p == floor.PauseFeedback || p == floor.PauseMeeting
}

// missing is how much of an agent the queue is short of because this one is not
// in the state expected: 1 for a plannable pause beyond its time, and for
// after-call work or a contact that overran, the part of a quarter of an hour
// that it has overrun by. 0 for everybody else, and always in neutral pauses.
func (p *Policy) missing(a *Agent, q *Queue) float64 {
	switch a.State {
	case floor.OnPause:
		if plannable(a.Pause.Class) && a.Expected > 0 && a.InState > a.Expected {
			return 1
		}
	case floor.AfterCall:
		expected := a.Expected
		if expected == 0 {
			expected = q.Config.Wrapup
		}
		if wrap := q.W[Today][WrapAvg]; expected == 0 && wrap.Known {
			expected = wholeSeconds(wrap.Value)
		}
		if expected > 0 && a.InState > 2*expected && a.InState > time.Minute {
			return overrun(a.InState - expected)
		}
	case floor.Busy, floor.OnHold:
		aht := q.W[Today][AHT]
		if aht.Known && q.Config.Channel == floor.Voice && isLong(a, p.longLimit(aht)) {
			return overrun(a.InState - wholeSeconds(aht.Value))
		}
	case floor.Offline, floor.Available, floor.RingingState:
	}
	return 0
}

func overrun(d time.Duration) float64 { return min(1, float64(d)/float64(overrunWhole)) }

// staffingOf reads a queue's load from its last hour, or from the day when the
// hour has too few contacts. Patience is the total time waited over the number
// who gave up, which estimates its mean for exponential patience (Garnett,
// Mandelbaum, Reiman 2002: P{Ab} = θ·E[W]); unknown with nobody who gave up.
func (p *Policy) staffingOf(q *Queue, at time.Time, today time.Time) (s staffing, level float64, ok bool) {
	w, span := &q.W[LastHour], time.Hour
	if since := at.Sub(today); since < span {
		w, span = &q.W[Today], since
	}
	if w[Offered].Value < p.MinContacts || !w[AHT].Known || !w[SLStrict].Known || span <= 0 {
		return staffing{}, 0, false
	}
	s = staffing{rate: w[Offered].Value / span.Seconds(), aht: w[AHT].Value}
	if gave := w[Abandoned].Value; gave > 0 && w[WaitAvgAll].Known {
		s.patience = w[WaitAvgAll].Num / gave
	}
	return s, w[SLStrict].Value, s.aht > 0
}

// gain is how many points of service level the queue would gain with that many
// agents more. The model is first fitted: the number of agents is the one with
// which it gives the level really seen, so what it does not know (people shared
// with other queues, breaks) is in it. While nobody gives up, the model knows no
// patience and near saturation promises too much; then nobody is worth more than
// an equal share of what the members achieve now.
func (s staffing) gain(level, more float64, threshold time.Duration, members int) float64 {
	most := 2*int(s.load()+1) + members + 5
	t := threshold.Seconds()
	crew := s.crewFor(level, t, most)
	points := max(0, s.levelAt(crew+more, t)-s.levelAt(crew, t))
	if s.patience == 0 && members > 0 {
		points = min(points, level*more/float64(members))
	}
	return min(points, 1-level)
}

// shares are, for each member of a queue, the share of what the queue would gain
// if all were in the state expected, and that gain in points of service level.
// The gain is unknown when nobody is missing or the load is too thin to say.
func (j *judge) shares(q *Queue, at time.Time) (shares []float64, gain Measure) {
	if q.W == nil {
		return nil, Measure{}
	}
	var total float64
	shares = make([]float64, len(q.Members))
	for i, a := range q.Members {
		shares[i] = j.policy.missing(a, q)
		total += shares[i]
	}
	if total == 0 {
		return shares, Measure{}
	}
	for i := range shares {
		shares[i] /= total
	}
	s, level, ok := j.policy.staffingOf(q, at, j.today)
	if !ok {
		return shares, Measure{}
	}
	return shares, Measure{Value: s.gain(level, total, q.Config.Threshold, len(q.Members)), Known: true}
}

// weighQueue gives each member of a queue their weight, and returns what of it
// overdue pauses cost. Somebody who weighs in two queues weighs what they weigh
// most.
func (j *judge) weighQueue(q *Queue, at time.Time) Measure {
	shares, gain := j.shares(q, at)
	if !gain.Known {
		return Measure{}
	}
	for i, a := range q.Members {
		points := gain.Value * shares[i]
		if shares[i] == 0 || a.Weight.Points.Known && a.Weight.Points.Value >= points {
			continue
		}
		a.Weight = Weight{Points: Measure{Value: points, Known: true}, Status: weightStatus(points)}
	}
	return pausesCost(q, shares, gain)
}

// pausesCost is the part of a queue's gain that overdue pauses explain.
func pausesCost(q *Queue, shares []float64, gain Measure) (cost Measure) {
	for i, a := range q.Members {
		if a.State == floor.OnPause && shares[i] > 0 && gain.Known {
			cost.Value += gain.Value * shares[i]
			cost.Known = true
		}
	}
	return cost
}

func weightStatus(points float64) Status {
	switch {
	case points >= weightCritical:
		return Critical
	case points >= weightAttention:
		return Attention
	default:
		return OK
	}
}

// weighAll fills every agent's weight, marks neutral pauses, and returns what
// overdue pauses cost each queue, by its id.
func (j *judge) weighAll(s *Snapshot) map[string]Measure {
	for _, a := range s.Agents {
		a.Weight = Weight{Neutral: a.Neutral(), Status: OK}
	}
	costs := make(map[string]Measure, len(s.Queues))
	for _, q := range s.Queues {
		costs[q.Ref.ID] = j.weighQueue(q, s.At)
	}
	return costs
}

// byWeight orders agents: who weighs most, then those in neutral pauses, then
// the rest by queue as queues are ordered, by state and by name; people who
// are not logged in come last.
func (j *judge) byWeight(queueRank map[string]int) func(a, b *Agent) int {
	group := func(a *Agent) int {
		switch {
		case a.Weight.Points.Known && a.Weight.Status >= Attention:
			return 0
		case a.Weight.Neutral:
			return 1
		case a.State == floor.Offline:
			return 3
		default:
			return 2
		}
	}
	return func(a, b *Agent) int {
		if c := cmp.Compare(group(a), group(b)); c != 0 {
			return c
		}
		if group(a) == 0 {
			if c := cmp.Compare(b.Weight.Points.Value, a.Weight.Points.Value); c != 0 {
				return c
			}
		}
		if c := cmp.Compare(queueRank[a.QueueName], queueRank[b.QueueName]); c != 0 && queueRank != nil {
			return c
		}
		if c := cmp.Compare(a.State, b.State); c != 0 && group(a) == 2 && queueRank != nil {
			return c
		}
		return cmp.Or(strings.Compare(j.fold(a.Name), j.fold(b.Name)), strings.Compare(a.Name, b.Name))
	}
}

// fold is the name as [byName] compares it, kept because a snapshot orders
// hundreds of names many times a minute.
func (j *judge) fold(name string) string {
	f, ok := j.folded[name]
	if !ok {
		f = floor.Fold(name)
		j.folded[name] = f
	}
	return f
}

// heaviest are the agents who weigh, most first, at most n.
func (j *judge) heaviest(agents []*Agent, n int) []*Agent {
	var out []*Agent
	for _, a := range agents {
		if a.Weight.Points.Known && a.Weight.Status >= Attention && !a.Weight.Neutral {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, j.byWeight(nil))
	return out[:min(n, len(out))]
}
