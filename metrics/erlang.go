package metrics

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// staffing is a queue as the Erlang models see it: contacts arrive at random
// at a steady rate and are served one an agent. Times are in seconds.
type staffing struct {
	rate     float64 // contacts offered a second
	aht      float64 // mean handle time
	patience float64 // mean time a contact would wait; 0: for ever (Erlang C)
}

// load is the offered traffic in erlangs.
func (s staffing) load() float64 { return s.rate * s.aht }

// erlangB is the probability that all n agents are busy when nobody may wait,
// by the recursion B(k) = aB(k-1)/(k+aB(k-1)), which cannot overflow.
func erlangB(n int, load float64) float64 {
	b := 1.0
	for k := 1; k <= n; k++ {
		b = load * b / (float64(k) + load*b)
	}
	return b
}

// erlangC is the probability that a contact must wait with n agents and
// patient customers; 1 when the load is not below the number of agents.
func erlangC(n int, load float64) float64 {
	if load >= float64(n) {
		return 1
	}
	b := erlangB(n, load)
	return b / (1 - load/float64(n)*(1-b))
}

// level is the share of all offered contacts answered within t seconds by n
// agents: Erlang A when patience is known, else Erlang C. It rises with n.
func (s staffing) level(n int, t float64) float64 {
	switch {
	case n <= 0:
		return 0
	case s.rate <= 0 || s.aht <= 0:
		return 1
	case s.patience > 0:
		return s.levelA(n, t)
	}
	load := s.load()
	if load >= float64(n) {
		return 0
	}
	return 1 - erlangC(n, load)*math.Exp(-(float64(n)-load)*t/s.aht)
}

// levelA is Erlang A's share answered within t (M/M/n+M; Garnett, Mandelbaum
// and Reiman 2002). A contact that finds j waiting is answered within t when
// j+1 departures (agents finishing at rate n/aht, those before it giving up at
// rate 1/patience each) come before t and before it gives up itself. The state
// probabilities are those beside "all busy, none waiting", and the waiting
// states stop when they are below 1e-12 of the likeliest.
//
// With S the time to the (j+1)th departure, a sum of exponentials at rates
// serve, serve+θ, …, serve+jθ, that share is E[e^(-θS); S<=t]. Thinning each
// stage by the contact's own patience makes the stages serve+θ … serve+(j+1)θ
// and leaves the quotient serve/(serve+(j+1)θ); the sum of those stages is the
// (j+1)th of pure deaths, whose distribution is the regularised incomplete
// beta function I_x(j+1, serve/θ+1) at x = 1-e^(-θt).
func (s staffing) levelA(n int, t float64) float64 {
	theta, serve := 1/s.patience, float64(n)/s.aht
	answered := s.freeWeight(n)
	total := answered
	in := newDeaths(serve/theta, theta*t)
	weight, peak := 1.0, 1.0 // of "all busy and j waiting", beside "all busy, none waiting"
	for j := range 20_000 {
		total += weight
		answered += weight * serve / (serve + float64(j+1)*theta) * in.next()
		weight *= s.rate / (serve + float64(j+1)*theta)
		if weight > peak {
			peak = weight
		}
		if weight < 1e-12*peak {
			break
		}
		if peak > 1e200 { // a very long queue: keep to what a float64 holds
			weight, total, answered, peak = weight/peak, total/peak, answered/peak, 1
		}
	}
	return min(1, answered/total)
}

// freeWeight is the weight of the states with an agent free beside that of "all
// busy, none waiting": P(k-1) = P(k)·k/load.
func (s staffing) freeWeight(n int) float64 {
	load := s.load()
	sum, down := 0.0, 1.0
	for k := n; k > 0; k-- {
		down *= float64(k) / load
		sum += down
		if down < 1e-12*sum || sum > 1e200 {
			break
		}
	}
	return sum
}

// deaths gives I_x(1, c+1), I_x(2, c+1), … for x = 1-e^(-y), each from the one
// before: I_x(a+1, b) = I_x(a, b) - x^a(1-x)^b/(aB(a, b)).
type deaths struct {
	a, c, x   float64
	now, step float64
	direct    bool // e^(-y(c+1)) is below what a float64 holds
}

func newDeaths(c, y float64) deaths {
	none := math.Exp(-y * (c + 1))
	x := -math.Expm1(-y)
	return deaths{a: 1, c: c, x: x, now: -math.Expm1(-y * (c + 1)), step: x * none * (c + 1), direct: none == 0}
}

func (d *deaths) next() float64 {
	now := max(0, d.now)
	if d.direct {
		now = mathext.RegIncBeta(d.a, d.c+1, d.x)
	}
	d.now -= d.step
	d.step *= d.x * (d.a + d.c + 1) / (d.a + 1)
	d.a++
	return now
}

// crewFor is the number of agents, between whole ones by a straight line, with
// which the model gives the level that was really seen. It holds what the model
// cannot see: agents shared with other queues, breaks, bunched arrivals.
func (s staffing) crewFor(level, t float64, most int) float64 {
	low, high := 0, most
	for low+1 < high {
		mid := (low + high) / 2
		if s.level(mid, t) < level {
			low = mid
		} else {
			high = mid
		}
	}
	a, b := s.level(low, t), s.level(high, t)
	switch {
	case level <= a:
		return float64(low)
	case level >= b:
		return float64(high)
	}
	return float64(low) + (level-a)/(b-a)
}

// levelAt is level between whole numbers of agents, by a straight line.
func (s staffing) levelAt(n, t float64) float64 {
	whole := int(math.Floor(n))
	part := n - float64(whole)
	a := s.level(whole, t)
	if part == 0 {
		return a
	}
	return a + part*(s.level(whole+1, t)-a)
}
