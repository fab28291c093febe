package metrics

import (
	"time"

	"farol/floor"
)

// opening is the first 5-minute slot of the day with anything in it, back to
// the whole hour: where charts of the day begin.
func (v *view) opening() int {
	for i := range v.site.slots {
		if v.site.slots[i].offered > 0 {
			return i - i%12
		}
	}
	return v.slotOf(v.t) - v.slotOf(v.t)%12
}

func (f *fold) slotOf(ms int64) int { return int((ms - f.day) / slotMS) }

func (f *fold) slotAt(n int) time.Time { return f.at(f.day + int64(n)*slotMS) }

// line is KPI k by step from slot first to now.
func (v *view) line(sc *scope, k KPI, first int, per int) Series {
	n := max(0, (v.slotOf(v.t)-first)/per+1)
	s := Series{From: v.slotAt(first), Step: time.Duration(per) * slotMS * time.Millisecond}
	s.Points = v.intervals(sc.ref, k, s.From, s.Step, n, false)
	s.Peak = peak(s.Points)
	return s
}

// standing is KPI k as it stood at the end of each slot from first to now, since
// the day began: the line whose last point is today's figure.
func (v *view) standing(sc *scope, k KPI, first int) Series {
	n := max(0, v.slotOf(v.t)-first+1)
	s := Series{From: v.slotAt(first), Step: slotMS * time.Millisecond}
	s.Points = v.cumulative(sc.ref, k, s.From, s.Step, n)
	s.Peak = peak(s.Points)
	return s
}

// sparkSlots are the slots that a point of a sparkline looks back over: five
// minutes of a small queue are noise.
const sparkSlots = 3

// rolling is KPI k of the quarter of an hour that ends with each slot from first
// to now.
func (v *view) rolling(sc *scope, k KPI, first int) []Measure {
	var out []Measure
	for slot := first; slot <= v.slotOf(v.t); slot++ {
		from := max(0, slot-sparkSlots+1)
		step := time.Duration(slot-from+1) * slotMS * time.Millisecond
		out = append(out, v.intervals(sc.ref, k, v.slotAt(from), step, 1, false)...)
	}
	return out
}

func peak(points []Measure) Measure {
	var top Measure
	for _, p := range points {
		if p.Known && (!top.Known || p.Value > top.Value) {
			top = p
		}
	}
	return top
}

// arrivalsLine is who came by quarter of an hour, beside what is usual.
func (v *view) arrivalsLine(sc *scope, first int) Series {
	s := v.line(sc, Offered, first, 3)
	if days := v.past.like(v.fold, v.day, 4); len(days) > 0 {
		s.Usual = make([]Measure, len(s.Points))
		for i := range s.Usual {
			from := s.From.Add(time.Duration(i) * s.Step)
			s.Usual[i], _ = v.usual(sc.ref, Offered, from, from.Add(s.Step))
		}
	}
	return s
}

// waitingLine is how many waited, by the minute, the last 40 minutes. The last
// point is the whole minute before now.
func (v *view) waitingLine(sc *scope) Series {
	last := int((v.t - v.day) / minuteMS)
	first := max(0, last-39)
	s := Series{From: v.at(v.day + int64(first)*minuteMS), Step: time.Minute}
	n := int32(0)
	for m := 0; m <= last; m++ {
		if m < len(sc.waiting) {
			n += sc.waiting[m]
		}
		if m >= first {
			s.Points = append(s.Points, count(n))
		}
	}
	s.Peak = peak(s.Points)
	return s
}

// chartKey says what a scope's charts were drawn from.
type chartKey struct {
	version, past uint64
	minute        int64
	late          int32
}

func (v *view) chartKey(sc *scope) chartKey {
	return chartKey{sc.version, v.past.version, v.t / minuteMS, sc.late[Today]}
}

func (v *view) queueCharts(q *queueState) QueueCharts {
	key := v.chartKey(q.scope)
	if q.chartsOf == key && q.charts != nil {
		return *q.charts
	}
	hour := max(0, v.slotOf(v.t)-11)
	first := v.opening()
	c := &QueueCharts{
		SL5:      v.standing(q.scope, SLStrictNoShort, hour),
		Day:      v.standing(q.scope, SLStrictNoShort, first),
		SL60:     v.rolling(q.scope, SLStrictNoShort, hour),
		Arrivals: v.arrivalsLine(q.scope, first),
		Waiting:  v.waitingLine(q.scope),
		Abandon:  v.rolling(q.scope, AbandonRateNoShort, hour),
		Wait:     v.rolling(q.scope, WaitAvg, hour),
		AHT:      v.rolling(q.scope, AHT, hour),
	}
	q.charts, q.chartsOf = c, key
	return *c
}

func (v *view) siteCharts() Charts {
	c := &v.fold.siteChart
	if key := v.chartKey(v.site); c.key != key || c.made.SL5.Step == 0 {
		first := v.opening()
		c.key = key
		c.made.SL5 = v.standing(v.site, SLStrictNoShort, first)
		c.made.Arrivals = v.arrivalsLine(v.site, first)
		c.made.Waiting = v.waitingLine(v.site)
	}
	c.made.States = v.stateLines()
	return c.made
}

type siteChart struct {
	key  chartKey
	made Charts
}

// stateLines are the shares of people's time in the last hour, by 5 minutes:
// busy, after-call, free, out.
func (v *view) stateLines() [4]Series {
	var out [4]Series
	end := v.t - v.t%gridStep.Milliseconds()
	last := v.slotOf(end)
	first := last - 11
	var sums [12]spent
	for _, a := range v.fold.agents[1:] {
		h := v.hourOf(a, end)
		for i := range sums {
			sums[i].plus(&h[i])
		}
	}
	for i := range out {
		out[i] = Series{From: v.slotAt(first), Step: slotMS * time.Millisecond, Points: make([]Measure, 12)}
	}
	for i := range sums {
		s := &sums[i]
		in := float64(s.in())
		handling := s.handling() - s[floor.AfterCall]
		for line, ms := range [4]int64{handling, s[floor.AfterCall], s.free(), s[floor.OnPause]} {
			out[line].Points[i] = quotient(float64(ms), in)
		}
	}
	for i := range out {
		out[i].Peak = peak(out[i].Points)
	}
	return out
}
