package sim

import (
	"sort"
	"time"

	"farol/floor"
)

// telling is a run of events with the instants at which they become known, in
// that order. Nearly always it is the instant at which they happen; a schedule
// is published before, and a gap is known only when it is over.
type telling struct {
	events []floor.Event
	due    []int64 // Unix milliseconds
}

func newTelling(room int) telling {
	return telling{make([]floor.Event, 0, room), make([]int64, 0, room)}
}

func (t *telling) add(e floor.Event, due int64) {
	t.events = append(t.events, e)
	t.due = append(t.due, due)
}

// before is how many of the events become known before an instant.
func (t *telling) before(at time.Time) int {
	ms := at.UnixMilli()
	return sort.Search(len(t.due), func(i int) bool { return t.due[i] >= ms })
}

// cut divides the run at an instant; the second part is a copy.
func (t *telling) cut(at time.Time) (early, late telling) {
	n := t.before(at)
	late.events = append(late.events, t.events[n:]...)
	late.due = append(late.due, t.due[n:]...)
	return telling{t.events[:n], t.due[:n]}, late
}
