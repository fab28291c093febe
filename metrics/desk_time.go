package metrics

import (
	"slices"
	"sort"

	"farol/floor"
)

// turn is a stretch of an agent's time in one state. It ends where the next
// begins.
type turn struct {
	from    int64
	reason  uint32
	state   floor.State
	neutral bool
}

// timeline is turns in order, with the time spent before each sixteenth of them,
// so that the time between any two instants is found without walking the day.
type timeline struct {
	turns []turn
	sums  []spent
}

const turnsPerSum = 16

func (l *timeline) push(u turn) {
	if len(l.turns)%turnsPerSum == 0 {
		l.sums = append(l.sums, l.spentBy(u.from))
	}
	l.turns = append(l.turns, u)
}

// cutTo keeps the first n turns.
func (l *timeline) cutTo(n int) {
	l.turns = l.turns[:n]
	l.sums = l.sums[:(n+turnsPerSum-1)/turnsPerSum]
}

// set replaces all turns.
func (l *timeline) set(turns []turn) {
	*l = timeline{}
	for _, u := range turns {
		l.push(u)
	}
}

// spent is time by what it went into, in milliseconds, since the desk's
// timeline began. Its first entries are indexed by floor.State.
type spent [spentCount]int64

const (
	spentLegal = 7 // of OnPause, in neutral pauses
	spentCount = 8
)

func (a spent) minus(b spent) spent {
	for i := range a {
		a[i] -= b[i]
	}
	return a
}

func (a *spent) plus(b *spent) {
	for i := range a {
		a[i] += b[i]
	}
}

// handling is the time with contacts: talking, on hold, after-call.
func (a *spent) handling() int64 { return a[floor.Busy] + a[floor.OnHold] + a[floor.AfterCall] }

// free is the time waiting for contacts.
func (a *spent) free() int64 { return a[floor.Available] + a[floor.RingingState] }

// in is the time logged in.
func (a *spent) in() int64 { return a.handling() + a.free() + a[floor.OnPause] }

// turn notes what the desk is doing from t on, when that is something else.
func (d *desk) turn(t int64, r *deskRules) {
	state, reason := d.now.derive()
	d.now.state, d.now.reason = state, reason
	n := len(d.turns)
	if n > 0 && d.turns[n-1].state == state && d.turns[n-1].reason == reason {
		return
	}
	if n == 0 && state == floor.Offline {
		return
	}
	if n > 0 && d.turns[n-1].from == t { // nothing lasted no time: the later word holds
		d.cutTo(n - 1)
		d.turn(t, r)
		return
	}
	d.push(turn{from: t, state: state, reason: reason, neutral: state == floor.OnPause && r.neutral(reason)})
}

// spend adds d milliseconds of the turn's state.
func (u *turn) spend(sum *spent, d int64) {
	if d <= 0 {
		return
	}
	sum[u.state] += d
	if u.neutral {
		sum[spentLegal] += d
	}
}

// at is the index of the turn that holds t; -1 before the first.
func (l *timeline) at(t int64) int {
	n := len(l.turns)
	if n > 0 && l.turns[n-1].from <= t {
		return n - 1
	}
	return sort.Search(n, func(i int) bool { return l.turns[i].from > t }) - 1
}

// spentBy is all time spent before t. A desk must be settled.
func (l *timeline) spentBy(t int64) spent {
	i := l.at(t)
	if i < 0 {
		return spent{}
	}
	sum := l.sums[i/turnsPerSum]
	for k := i / turnsPerSum * turnsPerSum; k < i; k++ {
		l.turns[k].spend(&sum, l.turns[k+1].from-l.turns[k].from)
	}
	l.turns[i].spend(&sum, t-l.turns[i].from)
	return sum
}

// between is the time spent from a to b.
func (d *desk) between(a, b int64) spent {
	if b <= a || len(d.turns) == 0 {
		return spent{}
	}
	return d.spentBy(b).minus(d.spentBy(a))
}

// forget drops the turns that ended before t, and what led to them.
func (d *desk) forget(t int64, r *deskRules) {
	d.settle(r)
	d.lapse(t, r)
	d.set(slices.Clone(d.turns[max(d.at(t), 0):]))
	if n := len(d.events); n > 0 {
		d.lastCut = d.events[n-1].at
	}
	d.rebase()
}

// rebase makes the present state the base.
func (d *desk) rebase() {
	d.events, d.settled, d.disorder = nil, 0, false
	d.markBase(&d.base, &d.turnsAt)
	d.version++
}

// newDay ends the log-ins that were only implied by activity, unless a call
// goes on. t is when the day began.
func (d *desk) newDay(t int64, r *deskRules) {
	d.settle(r)
	d.lapse(t, r)
	if len(d.now.calls) > 0 {
		return
	}
	d.now.members = slices.DeleteFunc(d.now.members, func(m membership) bool { return m.implied || !m.in })
	if !d.now.loggedIn() && d.now.state != floor.Offline {
		d.now.out = t
		d.now.wrapFrom, d.now.wrapTo, d.now.ringAt = 0, 0, 0
	}
	d.turn(t, r)
}
