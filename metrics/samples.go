package metrics

import (
	"math"
	"slices"
	"time"

	"farol/floor"
)

// Samples are the single times behind a row, rising.
type Samples struct {
	Waits        []time.Duration // of the answered
	AbandonWaits []time.Duration
	Talks        []time.Duration // of the handled, hold included
}

// Percentile is the nearest rank: the value at ceil(percent/100 * n) of rising
// times; 0 when there are none.
func Percentile(rising []time.Duration, percent int) time.Duration {
	if len(rising) == 0 {
		return 0
	}
	return rising[max(0, (percent*len(rising)+99)/100-1)]
}

// Spread is the mean and the standard deviation of the population.
func Spread(times []time.Duration) (mean, sd time.Duration) {
	if len(times) == 0 {
		return 0, 0
	}
	n, sum, squares := float64(len(times)), 0.0, 0.0
	for _, t := range times {
		sum += t.Seconds()
	}
	for _, t := range times {
		d := t.Seconds() - sum/n
		squares += d * d
	}
	of := func(s float64) time.Duration { return time.Duration(math.Round(s * float64(time.Second))) }
	return of(sum / n), of(math.Sqrt(squares / n))
}

func (s *Samples) add(m *mark, sign int32) {
	put := func(list *[]time.Duration, ms int32) {
		d := time.Duration(ms) * time.Millisecond
		if sign > 0 {
			*list = append(*list, d)
			return
		}
		for i := len(*list) - 1; i >= 0; i-- {
			if (*list)[i] == d {
				*list = slices.Delete(*list, i, i+1)
				return
			}
		}
	}
	if m.flags&markAnswered != 0 {
		put(&s.Waits, m.wait)
	}
	switch m.end {
	case floor.Abandoned:
		put(&s.AbandonWaits, m.wait)
	case floor.Completed, floor.Transferred:
		put(&s.Talks, m.talk)
	default:
	}
}

func (s *Samples) sort() {
	slices.Sort(s.Waits)
	slices.Sort(s.AbandonWaits)
	slices.Sort(s.Talks)
}

// exact puts exact distributions in place of those of the bins.
func (s *Samples) exact(f *Figures) {
	if len(s.Waits) == 0 {
		return
	}
	for _, k := range [...]KPI{WaitP50, WaitP80, WaitP90, WaitP95, WaitP99} {
		f[k].Value = Percentile(s.Waits, int(k.rank())).Seconds()
	}
	f[WaitMax].Value = s.Waits[len(s.Waits)-1].Seconds()
}
