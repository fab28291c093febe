package sim

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"farol/floor"
)

// Options says which operation, from when.
type Options struct {
	Seed  uint64
	Start time.Time // its local day is the first; the events begin at that midnight
}

// Sim is the operation as an endless, ordered stream of events. It is not safe
// for concurrent use. Two with the same options give the same events, byte for
// byte.
type Sim struct {
	seed  uint64
	first time.Time // local midnight of the first day
	cast  []castAgent

	day  time.Time // local midnight of the day being told
	told telling   // all of that day
	n    int       // how many of its events have been handed out
	tail telling   // what the day's simulation has after its midnight

	ahead chan telling // the next day, being made while this one is told; nil: not yet
}

// New makes the operation from the beginning of its first day.
func New(o Options) *Sim {
	s := &Sim{seed: o.Seed, first: midnight(o.Start), cast: newCast()}
	s.load(s.first)
	return s
}

// ErrCursor is a cursor that this simulation did not write.
var ErrCursor = errors.New("not a cursor of a simulation")

// place is a cursor's content: the day being told and how much of it is.
type place struct {
	Seed  uint64 `json:"seed"`
	First string `json:"first"`
	Day   string `json:"day"`
	Count int    `json:"count"`
}

const dateForm = "2006-01-02"

// Resume makes the operation that goes on where the cursor was taken.
func Resume(cursor []byte) (*Sim, error) {
	var p place
	if err := json.Unmarshal(cursor, &p); err != nil {
		return nil, fmt.Errorf("read cursor: %w: %w", ErrCursor, err)
	}
	first, err1 := time.ParseInLocation(dateForm, p.First, Zone())
	day, err2 := time.ParseInLocation(dateForm, p.Day, Zone())
	if err := errors.Join(err1, err2); err != nil || day.Before(first) || p.Count < 0 {
		return nil, fmt.Errorf("read cursor %.80q: %w", cursor, ErrCursor)
	}
	s := &Sim{seed: p.Seed, first: first, cast: newCast()}
	if day.After(first) {
		eve := simulate(p.Seed, previous(day), s.cast, telling{})
		_, s.tail = eve.cut(day)
	}
	s.load(day)
	if p.Count > len(s.told.events) {
		return nil, fmt.Errorf("read cursor %.80q: the day has %d events: %w", cursor, len(s.told.events), ErrCursor)
	}
	s.n = p.Count
	return s, nil
}

// Cursor is where the stream stands: what [Resume] goes on from.
func (s *Sim) Cursor() []byte {
	b, err := json.Marshal(place{s.seed, s.first.Format(dateForm), s.day.Format(dateForm), s.n})
	if err != nil {
		panic(err) // a struct of numbers and dates always has a JSON form
	}
	return b
}

// Seed is the seed that the operation was made from.
func (s *Sim) Seed() uint64 { return s.seed }

// Due is when the next event becomes known.
func (s *Sim) Due() time.Time {
	s.fill()
	return time.UnixMilli(s.told.due[s.n]).UTC()
}

// Next hands out the next event, whatever the time.
func (s *Sim) Next() floor.Event {
	s.fill()
	s.n++
	return s.told.events[s.n-1]
}

// Until hands out all events that are known at t. That is nearly always those
// that happen up to and including t; but the schedule of a day is known when it
// begins, and a gap when it ends.
func (s *Sim) Until(t time.Time) []floor.Event {
	var out []floor.Event
	for {
		some := s.Take(t, 1<<20)
		if len(some) == 0 {
			return out
		}
		if out == nil {
			out = some
		} else {
			out = append(out, some...)
		}
	}
}

// Take hands out at most limit events that are known at t, none from more than
// one day. The slice is the caller's to keep and to change.
func (s *Sim) Take(t time.Time, limit int) []floor.Event {
	s.fill()
	if tomorrow := next(s.day); s.ahead == nil && !t.Before(tomorrow) {
		s.ahead = make(chan telling, 1) // so that history is made on two processors
		go func(made chan<- telling, eve telling) { made <- simulate(s.seed, tomorrow, s.cast, eve) }(s.ahead, s.tail)
	}
	from, ms := s.n, t.UnixMilli()
	for s.n < len(s.told.due) && s.n-from < limit && s.told.due[s.n] <= ms {
		s.n++
	}
	return s.told.events[from:s.n:s.n]
}

// fill goes to the next day when the present one has been told. A day without
// events does not exist, but the loop does not rely on it.
func (s *Sim) fill() {
	for s.n >= len(s.told.events) {
		s.load(next(s.day))
	}
}

// load tells a day: what the late shift of the day before has still to end,
// and the day's own events up to its midnight, in order, numbered.
func (s *Sim) load(day time.Time) {
	var whole telling
	if s.ahead != nil {
		whole, s.ahead = <-s.ahead, nil
	} else {
		whole = simulate(s.seed, day, s.cast, s.tail)
	}
	s.told, s.tail = whole.cut(next(day))
	s.day, s.n = day, 0
	id := fmt.Sprintf("sim-%d-%s", s.seed, day.Format(dateForm))
	for i := range s.told.events {
		s.told.events[i].Key = floor.KeyAt(id, int64(i))
	}
}

// midnight is the start of t's day in the operation's zone.
func midnight(t time.Time) time.Time {
	y, m, d := t.In(Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Zone())
}

func next(day time.Time) time.Time     { return day.AddDate(0, 0, 1) }
func previous(day time.Time) time.Time { return day.AddDate(0, 0, -1) }
