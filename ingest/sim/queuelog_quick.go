package sim

import "math"

// quick is a small fast generator (splitmix64) for the log.
type quick struct{ state uint64 }

func (q *quick) next() uint64 {
	q.state += 0x9e3779b97f4a7c15
	return mix(q.state)
}

// chance is true once in n draws, on average.
func (q *quick) once(n uint64) bool { return q.next()%n == 0 }

// poisson counts arrivals; quiet is the probability of none.
func (q *quick) poisson(quiet float64) int {
	n := 0
	for p := float64(q.next()>>11) / (1 << 53); p > quiet; n++ {
		p *= float64(q.next()>>11) / (1 << 53)
	}
	return n
}

// variates are the quantiles of a distribution of whole seconds: drawing one is
// one look-up.
type variates [4096]uint16

func (v *variates) draw(q *quick) int { return int(v[q.next()>>52]) }

// tables are the distributions of the log.
type tables struct{ talk, ring, patience, wrap, pause variates }

func newTables() *tables {
	t := &tables{}
	t.talk.fill(func(u float64) float64 { return math.Min(112*math.Exp(.75*normalAt(u)-.28), 3600) })
	t.ring.fill(func(u float64) float64 { return math.Min(1+2.6*math.Exp(.5*normalAt(u)), logRingLimit-1) })
	t.patience.fill(func(u float64) float64 { return math.Min(2+115*math.Pow(-math.Log(1-u), 1.1), 1800) })
	t.wrap.fill(func(u float64) float64 { return math.Min(9*math.Exp(.6*normalAt(u)), 180) })
	t.pause.fill(func(u float64) float64 { return 480 + 240*u })
	return t
}

func (v *variates) fill(quantile func(float64) float64) {
	for i := range v {
		v[i] = uint16(max(1, math.Round(quantile((float64(i)+.5)/float64(len(v))))))
	}
}

// normalAt is the quantile of the standard normal.
func normalAt(u float64) float64 { return math.Sqrt2 * math.Erfinv(2*u-1) }

// fifo is a queue of numbers in a ring that grows by doubling.
type fifo struct {
	ring       []uint64
	head, size int
}

func (f *fifo) push(x uint64) {
	if f.size == len(f.ring) {
		grown := make([]uint64, max(16, 2*len(f.ring)))
		for i := range f.size {
			grown[i] = f.ring[(f.head+i)&(len(f.ring)-1)]
		}
		f.ring, f.head = grown, 0
	}
	f.ring[(f.head+f.size)&(len(f.ring)-1)] = x
	f.size++
}

// back puts x where it will be taken next.
func (f *fifo) back(x uint64) {
	f.push(0) // makes room
	f.head = (f.head - 1) & (len(f.ring) - 1)
	f.ring[f.head] = x
}

func (f *fifo) pop() uint64 {
	x := f.ring[f.head]
	f.head = (f.head + 1) & (len(f.ring) - 1)
	f.size--
	return x
}
