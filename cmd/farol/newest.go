package main

import (
	"context"
	"fmt"
	"time"

	"farol/floor"
)

// newest is when the newest thing on the floor happened, in the site's zone.
// Plans do not count, for they speak of the future, nor does what farol itself
// told of its sources, which is newer than anything that an old log says.
func (o *operation) newest() (time.Time, error) {
	days, err := o.db.Days()
	if err != nil {
		return time.Time{}, fmt.Errorf("read store %s: %w", o.path, err)
	}
	if len(days) == 0 && o.db.Last() > 0 {
		return time.Time{}, fault(exitFailed, fmt.Errorf("read store %s: none of its %d events can be read", o.path, o.db.Last()), "see farol verify; or they were dropped by age")
	}
	if len(days) == 0 {
		return time.Time{}, fault(exitFailed, fmt.Errorf("read store %s: it has no events", o.path), "run farol import first")
	}
	var spare time.Time // the newest of any kind, when there is no other
	for i := len(days) - 1; i >= 0; i-- {
		last, either, err := o.newestOf(days[i])
		if err != nil {
			return time.Time{}, fmt.Errorf("read store %s: %w", o.path, err)
		}
		if !last.IsZero() {
			return last.In(o.zone()), nil
		}
		if either.After(spare) {
			spare = either
		}
	}
	return spare.In(o.zone()), nil
}

// empty reports whether nothing is stored.
func (o *operation) empty() (bool, error) {
	days, err := o.db.Days()
	if err != nil {
		return false, fmt.Errorf("read store %s: %w", o.path, err)
	}
	return len(days) == 0, nil
}

// newestOf is newest of one UTC day; zero when it has no such event.
func (o *operation) newestOf(day time.Time) (last, either time.Time, err error) {
	next := day.AddDate(0, 0, 1)
	err = o.db.ScanRange(context.Background(), day, next, func(events []floor.Event) error {
		for i := range events {
			at := events[i].At
			if at.Before(day) || !at.Before(next) {
				continue
			}
			if at.After(either) {
				either = at
			}
			if happens(events[i].Kind) && at.After(last) {
				last = at
			}
		}
		return nil
	})
	return last, either, err
}

// happens reports whether events of this kind happen on the floor.
func happens(k floor.Kind) bool {
	switch k {
	case floor.Scheduled, floor.SourceUp, floor.SourceDown, floor.SourceGap:
		return false
	default:
		return true
	}
}
