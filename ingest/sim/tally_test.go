package sim

import (
	"fmt"
	"time"

	"farol/floor"
)

// tally is what a plain reading of the events says of one queue, by the
// instant at which the contact entered it.
type tally struct {
	offered, answered, inT, abandoned, short, left, handled int
	wait, handle                                            time.Duration
}

func (t *tally) add(o *tally) {
	t.offered += o.offered
	t.answered += o.answered
	t.inT += o.inT
	t.abandoned += o.abandoned
	t.short += o.short
	t.left += o.left
	t.handled += o.handled
	t.wait += o.wait
	t.handle += o.handle
}

func ratio(num, den int) float64 {
	if den == 0 {
		return 0
	}
	return float64(num) / float64(den)
}

func mean(sum time.Duration, n int) float64 {
	if n == 0 {
		return 0
	}
	return sum.Seconds() / float64(n)
}

func (t *tally) serviceLevel() float64 { return ratio(t.inT, t.answered+t.abandoned-t.short) }
func (t *tally) abandonment() float64  { return ratio(t.abandoned-t.short, t.offered-t.short) }
func (t *tally) waitAvg() float64      { return mean(t.wait, t.answered) }
func (t *tally) aht() float64          { return mean(t.handle, t.handled) }

// tallies counts the events known by to of the stays that entered in
// [from, to), by queue, and of the site under "".
func tallies(events []floor.Event, from, to time.Time) map[string]*tally {
	site, out := Site(), map[string]*tally{}
	for _, q := range site.Queues {
		out[q.ID] = &tally{}
	}
	for i := range events {
		e := &events[i]
		if e.Contact == "" || e.At.After(to) {
			continue
		}
		entered := e.At.Add(-e.Wait - e.Talk - e.Wrap)
		if !entered.Before(from) && entered.Before(to) {
			q := site.Queue(e.Queue)
			out[e.Queue].count(e, &q)
		}
	}
	sum := &tally{}
	for _, t := range out {
		sum.add(t)
	}
	out[""] = sum
	return out
}

func (t *tally) count(e *floor.Event, q *floor.QueueConfig) {
	switch e.Kind {
	case floor.Queued:
		t.offered++
	case floor.Answered:
		t.answered++
		t.wait += e.Wait
		if e.Wait <= q.Threshold {
			t.inT++
		}
	case floor.Abandoned:
		t.abandoned++
		if e.Wait <= q.ShortAbandon {
			t.short++
		}
	case floor.Completed, floor.Transferred:
		t.handle += e.Talk
		t.handled++
	case floor.WrappedUp:
		t.handle += e.Wrap
	case floor.LeftEmpty, floor.LeftTimeout, floor.CalledBack:
		t.left++
	}
}

// failing are the goals that a plain reading finds unmet at an instant of a
// day. Adherence and occupancy are not read here.
func failing(events []floor.Event, date, at time.Time) []Goal {
	day, hour := tallies(events, date, at), tallies(events, at.Add(-time.Hour), at)
	var out []Goal
	for _, g := range Goals() {
		t := day[g.Queue]
		if g.Window == "1h" {
			t = hour[g.Queue]
		}
		if t.offered >= 10 && !t.meets(g) {
			out = append(out, g)
		}
	}
	return out
}

func (t *tally) meets(g Goal) bool {
	switch g.KPI {
	case "service_level":
		return t.serviceLevel() >= .8
	case "abandonment_rate":
		return t.abandonment() <= .05
	case "wait_avg":
		return t.waitAvg() <= limit(g.Target)
	case "aht":
		return t.aht() <= limit(g.Target)
	default:
		return true
	}
}

// limit reads the seconds of a target such as "<= 30s" or "<= 7:30".
func limit(target string) float64 {
	var m, s int
	if n, _ := fmt.Sscanf(target, "<= %d:%d", &m, &s); n == 2 {
		return float64(60*m + s)
	}
	if n, _ := fmt.Sscanf(target, "<= %ds", &s); n == 1 {
		return float64(s)
	}
	panic("no limit in " + target)
}
