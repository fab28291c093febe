package metrics

import (
	"math"
	"time"
)

// A trend looks trendBack back, at points trendStep apart; it says nothing with
// fewer than trendPoints of them.
const (
	trendBack   = 30 * time.Minute
	trendStep   = 5 * time.Minute
	trendPoints = 4
	trendAhead  = 15 * time.Minute
	minutesKept = int(trendBack/time.Minute) + 1
)

// track remembers how a figure stood: at each minute of the last half hour, and
// by 5 minutes since the day began. It is what was known then: a late event
// does not change what was shown. Unknown figures are NaN.
type track struct {
	key     trackKey
	keepDay bool
	minute  int64 // the newest sample's, in minutes of Unix time
	ring    [minutesKept]float64
	line    line      // through the samples up to minute
	day     []Measure // only ever appended to: snapshots share it
}

// trackKey says of what.
type trackKey struct {
	ref    ScopeRef
	kpi    KPI
	window string
	limit  time.Duration // another T than the queue's; 0 none
}

func newTrack(key trackKey) *track {
	t := &track{key: key}
	for i := range t.ring {
		t.ring[i] = math.NaN()
	}
	return t
}

func sample(m Measure) float64 {
	if !m.Known {
		return math.NaN()
	}
	return m.Value
}

func measured(v float64) Measure {
	if math.IsNaN(v) {
		return Measure{}
	}
	return Measure{Value: v, Known: true}
}

// add takes the figure as it stands at an instant; the first of each minute counts.
func (t *track) add(at time.Time, m Measure) {
	minute := at.Unix() / 60
	if minute <= t.minute {
		return
	}
	for gap := max(t.minute+1, minute-int64(minutesKept)); gap < minute; gap++ {
		t.ring[gap%int64(minutesKept)] = math.NaN()
	}
	t.minute = minute
	t.ring[minute%int64(minutesKept)] = sample(m)
	t.line = fit(t.points())
}

// addDay takes the figure at an instant for the series of the day.
func (t *track) addDay(slot int, m Measure) {
	for len(t.day) < slot {
		t.day = append(t.day, Measure{})
	}
	if len(t.day) == slot {
		t.day = append(t.day, Measure{Value: m.Value, Known: m.Known})
	}
}

// series is the day so far.
func (t *track) series() []Measure { return t.day[:len(t.day):len(t.day)] }

// ago is the figure as it stood that many minutes before the newest sample.
func (t *track) ago(minutes int) Measure {
	if minutes < 0 || minutes >= minutesKept || t.minute < int64(minutes) {
		return Measure{}
	}
	return measured(t.ring[(t.minute-int64(minutes))%int64(minutesKept)])
}

// points are the samples of the last half hour, 5 minutes apart, oldest first.
func (t *track) points() [minutesKept/5 + 1]float64 {
	var p [minutesKept/5 + 1]float64
	for i := range p {
		back := 5 * (len(p) - 1 - i)
		if m := t.ago(back); m.Known {
			p[i] = m.Value
		} else {
			p[i] = math.NaN()
		}
	}
	return p
}

// before are the figures 5, 10 and 15 minutes before the newest sample.
func (t *track) before() []Point {
	var out []Point
	for _, back := range []int{5, 10, 15} {
		if m := t.ago(back); m.Known {
			out = append(out, Point{At: time.Unix(60*(t.minute-int64(back)), 0), Measure: m})
		}
	}
	return out
}

// line is a straight line fitted by least squares to points 5 minutes apart.
type line struct {
	n     int
	slope float64 // per 5 minutes
	last  float64 // the line at the newest point
	t     float64 // slope over its standard error; +Inf on a perfect line
}

// fit is ordinary least squares. Successive figures of one day share most of
// their contacts, so its t statistic is too sure of itself: the dead band of
// [line.way] guards the other side.
func fit(points [minutesKept/5 + 1]float64) line {
	var n, sx, sy, sxx, sxy float64
	for i, y := range points {
		if math.IsNaN(y) {
			continue
		}
		x := float64(i - len(points) + 1)
		n++
		sx += x
		sy += y
		sxx += x * x
		sxy += x * y
	}
	if n < trendPoints {
		return line{n: int(n)}
	}
	spread := sxx - sx*sx/n
	slope := (sxy - sx*sy/n) / spread
	last := (sy - slope*sx) / n
	var rest float64
	for i, y := range points {
		if !math.IsNaN(y) {
			d := y - last - slope*float64(i-len(points)+1)
			rest += d * d
		}
	}
	return line{n: int(n), slope: slope, last: last, t: math.Abs(slope) / math.Sqrt(rest/(n-2)/spread)}
}

// students are the two-sided 5 % points of Student's t by degrees of freedom.
var students = [...]float64{math.Inf(1), 12.706, 4.303, 3.182, 2.776, 2.571}

// way is the direction the figure moves in, 0 when it moves by less in 15
// minutes than anyone would act on, or not more surely than noise does.
func (l line) way(unit Unit) int8 {
	if l.n < trendPoints {
		return 0
	}
	dead := 0.0025 // a quarter of a point
	if unit != Ratio {
		dead = max(0.5, 0.01*math.Abs(l.last))
	}
	moves := 3 * l.slope
	if math.Abs(moves) < dead || l.t < students[min(l.n-2, len(students)-1)] {
		return 0
	}
	if moves > 0 {
		return 1
	}
	return -1
}

// at is the line's value a while after the newest point, within what the unit allows.
func (l line) at(after time.Duration, unit Unit) float64 {
	v := l.last + l.slope*after.Seconds()/trendStep.Seconds()
	switch unit {
	case Ratio:
		return min(1, max(0, v))
	case Points:
		return min(100, max(-100, v))
	default:
		return max(0, v)
	}
}

// meets is how long after the newest point the line meets the bound that it
// moves towards; ok is false when it does not within trendBack.
func (l line) meets(t Target, unit Unit) (after time.Duration, ok bool) {
	if l.way(unit) == 0 {
		return 0, false
	}
	best := math.Inf(1)
	for _, bound := range []float64{t.Low, t.High} {
		steps := (bound - l.last) / l.slope
		if steps > 0 && steps < best {
			best = steps
		}
	}
	after = time.Duration(best * float64(trendStep))
	if math.IsInf(best, 1) || after > trendBack {
		return 0, false
	}
	return after, true
}

// goesOn reports whether the last five minutes went the line's way: a figure
// that has turned is not heading anywhere, whatever the half hour says.
func (t *track) goesOn() bool {
	now, before := t.ago(0), t.ago(5)
	return now.Known && before.Known && (now.Value-before.Value)*t.line.slope > 0
}

// trend is the track's trend at an instant; target may be nil.
func (t *track) trend(at time.Time, target *Target) Trend {
	unit := t.key.kpi.Info().Unit
	newest := time.Unix(60*t.minute, 0)
	out := Trend{Way: t.line.way(unit), Was15: t.ago(15)}
	if t.line.n < trendPoints {
		return out
	}
	out.At15 = at.Add(trendAhead)
	out.In15 = Measure{Value: t.line.at(out.At15.Sub(newest), unit), Den: float64(t.line.n), Known: true}
	if target != nil {
		if after, ok := t.line.meets(*target, unit); ok && t.goesOn() {
			if crosses := newest.Add(after).In(at.Location()); crosses.After(at) {
				out.Crosses = crosses
			}
		}
	}
	return out
}

// heads reports whether the figure is inside the target and its line leaves it
// within the horizon after the newest sample.
func (t *track) heads(target Target, horizon time.Duration) bool {
	unit := t.key.kpi.Info().Unit
	if t.line.n < trendPoints || !target.Met(t.line.last) || !t.goesOn() {
		return false
	}
	after, ok := t.line.meets(target, unit)
	return ok && after <= horizon
}
