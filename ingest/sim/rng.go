package sim

import (
	"math"
	"math/rand/v2"
)

// rng is a seeded stream of random numbers. The transforms are written out
// here, rather than taken from math/rand, so that a day is the same day
// whatever the release of Go.
type rng struct{ src rand.PCG }

// newRng makes the stream of a name within a seed: streams with different
// names are independent, so that one more call in one queue does not move
// everything else of the day.
func newRng(seed uint64, name string) *rng {
	h := uint64(0xcbf29ce484222325)
	for i := 0; i < len(name); i++ {
		h = (h ^ uint64(name[i])) * 0x100000001b3
	}
	r := &rng{}
	r.src.Seed(mix(seed^0x9e3779b97f4a7c15), mix(h))
	return r
}

// mix is the finaliser of splitmix64: near seeds give far states.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (r *rng) uint64() uint64 { return r.src.Uint64() }

// float is uniform in [0, 1).
func (r *rng) float() float64 { return float64(r.src.Uint64()>>11) / (1 << 53) }

// between is uniform in [low, high).
func (r *rng) between(low, high float64) float64 { return low + (high-low)*r.float() }

// below is a whole number in [0, n); n must be positive.
func (r *rng) below(n int) int { return int(r.float() * float64(n)) }

// chance is true with probability p.
func (r *rng) chance(p float64) bool { return r.float() < p }

// exp is exponential with the given mean.
func (r *rng) exp(mean float64) float64 { return -mean * math.Log(1-r.float()) }

// norm is a standard normal, by Box and Muller.
func (r *rng) norm() float64 {
	return math.Sqrt(-2*math.Log(1-r.float())) * math.Cos(2*math.Pi*r.float())
}

// logNormal has the given mean and the given deviation of its logarithm.
func (r *rng) logNormal(mean, sigma float64) float64 {
	return mean * math.Exp(sigma*r.norm()-sigma*sigma/2)
}

// weibull has the given mean; shape 1 is exponential, below it impatience is
// strongest at the start.
func (r *rng) weibull(mean, shape float64) float64 {
	return mean / math.Gamma(1+1/shape) * math.Pow(-math.Log(1-r.float()), 1/shape)
}

// poisson counts the arrivals of a small slot; mean is at most a few dozen.
func (r *rng) poisson(mean float64) int {
	if mean <= 0 {
		return 0
	}
	n, limit, product := 0, math.Exp(-mean), r.float()
	for product > limit {
		n++
		product *= r.float()
	}
	return n
}
