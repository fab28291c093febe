package metrics

import (
	"time"

	"farol/floor"
)

// facts is what the judge may ask the fold, beside the snapshot it is given. All
// answers are true for now(), cheap, and belong to the offered cohort. A scope
// that was never seen gives unknown measures, not an error.
type facts interface {
	// now is the instant that the snapshot is true for.
	now() time.Time
	// grid reports whether now is an instant of the judging grid (each 5 s of
	// the current day). Only then may the judge change its own state; at any
	// other call it fills the snapshot from the state that it has.
	grid() bool
	// figures are those of the scope in "15m", "1h", "shift", "day", "week",
	// "month" or "28d", ending now; the last three are whole days and today.
	// nil for an unknown scope or window. The result must not be changed.
	figures(ref ScopeRef, window string) *Figures
	// measure is one of them, for much less.
	measure(ref ScopeRef, window string, k KPI) Measure
	// within is the service level k with another threshold than the queue's.
	within(ref ScopeRef, window string, k KPI, threshold time.Duration) Measure
	// series is k of each of n intervals of today from from, step long (a
	// multiple of 5 min); intervals in the future are unknown.
	series(ref ScopeRef, k KPI, from time.Time, step time.Duration, n int) []Measure
	// cumulative is k since the day began, at the end of each of n intervals.
	cumulative(ref ScopeRef, k KPI, from time.Time, step time.Duration, n int) []Measure
	// usual is the mean of k over the like days of the last four weeks, between
	// the same times of day as from and to; days is how many there were.
	usual(ref ScopeRef, k KPI, from, to time.Time) (mean Measure, days int)
	// likeDays are the finished days of today's weekday, newest first, at most n.
	likeDays(ref ScopeRef, k KPI, n int) []DayMeasure
	// days are the finished days, newest first, at most n.
	days(ref ScopeRef, k KPI, n int) []DayMeasure
	// pastVersion changes whenever a finished day's figure may have changed
	// (a new day, a late event). Answers of likeDays are kept until it does.
	pastVersion() uint64

	// The rest lets the judge step through a day that is being caught up with
	// no snapshot a step.

	// scopes are the site, then queues, teams and channels, configured or seen,
	// in an order that does not depend on the order of events within a tick.
	scopes() []ScopeRef
	// agents calls fn for each agent logged in, in order of name, with Name,
	// Queues, QueueName, State, Pause, Reason, Since, InState, Expected,
	// Overdue, Calls and Contact filled. The agent is fn's until it returns.
	agents(fn func(a *Agent))
	// fresh is the level of the sources at now.
	fresh() Level
	// snapshot is the snapshot of now, not judged. It is built when asked, which
	// is a few times an hour: when a status changes.
	snapshot() *Snapshot
}

// DayMeasure is one KPI of one finished day.
type DayMeasure struct {
	Day time.Time
	Measure
}

// judging is the judge as the fold sees it. All calls come from one goroutine.
type judging interface {
	// day begins: statuses and the day's log start afresh. It comes before the
	// first event and the first apply of the day.
	day(start time.Time)
	// event is called for each event of the current day, in the order learnt.
	// It must not be kept.
	event(e *floor.Event)
	// step moves statuses on at a grid instant whose snapshot nobody will see:
	// while a day is caught up. It is much cheaper than apply.
	step(f facts)
	// apply fills the snapshot's metas, risks, log, tiles, statuses and orders;
	// at a grid instant that was not stepped, it steps first.
	apply(s *Snapshot, f facts)
	// save and load carry the judge's state through a checkpoint.
	save() []byte
	load(data []byte) error
}

// gridStep is the distance of the instants at which statuses may change.
const gridStep = 5 * time.Second
