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

	day  time.Time     // local midnight of the day being told
	told []floor.Event // all of that day
	n    int           // how many of them have been handed out
	tail []floor.Event // what the day's simulation has after its midnight
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
		s.tail = after(simulate(p.Seed, previous(day), s.cast), day)
	}
	s.load(day)
	if p.Count > len(s.told) {
		return nil, fmt.Errorf("read cursor %.80q: the day has %d events: %w", cursor, len(s.told), ErrCursor)
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

// Due is when the next event happens.
func (s *Sim) Due() time.Time {
	s.fill()
	return s.told[s.n].At
}

// Next hands out the next event, whatever the time.
func (s *Sim) Next() floor.Event {
	s.fill()
	s.n++
	return s.told[s.n-1]
}

// Until hands out all events that happen up to and including t.
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

// Take hands out at most limit events that happen up to and including t, none
// from more than one day. The slice is the caller's to keep and to change.
func (s *Sim) Take(t time.Time, limit int) []floor.Event {
	s.fill()
	from := s.n
	for s.n < len(s.told) && s.n-from < limit && !s.told[s.n].At.After(t) {
		s.n++
	}
	return s.told[from:s.n:s.n]
}

// fill goes to the next day when the present one has been told. A day without
// events does not exist, but the loop does not rely on it.
func (s *Sim) fill() {
	for s.n >= len(s.told) {
		s.load(next(s.day))
	}
}

// load tells a day: what the late shift of the day before has still to end,
// and the day's own events up to its midnight, in order, numbered.
func (s *Sim) load(day time.Time) {
	own := simulate(s.seed, day, s.cast)
	tail := after(own, next(day))
	s.told = merge(s.tail, own[:len(own)-len(tail)])
	s.tail, s.day, s.n = tail, day, 0
	id := fmt.Sprintf("sim-%d-%s", s.seed, day.Format(dateForm))
	for i := range s.told {
		s.told[i].Key = floor.KeyAt(id, int64(i))
	}
}

// after is the part of ordered events that is not before t, as its own copy.
func after(events []floor.Event, t time.Time) []floor.Event {
	i := len(events)
	for i > 0 && !events[i-1].At.Before(t) {
		i--
	}
	return append([]floor.Event(nil), events[i:]...)
}

// merge joins two ordered runs; of equal instants the first run's come first.
func merge(a, b []floor.Event) []floor.Event {
	if len(a) == 0 {
		return b
	}
	out := make([]floor.Event, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if b[0].At.Before(a[0].At) {
			out, b = append(out, b[0]), b[1:]
		} else {
			out, a = append(out, a[0]), a[1:]
		}
	}
	return append(append(out, a...), b...)
}

// midnight is the start of t's day in the operation's zone.
func midnight(t time.Time) time.Time {
	y, m, d := t.In(Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Zone())
}

func next(day time.Time) time.Time     { return day.AddDate(0, 0, 1) }
func previous(day time.Time) time.Time { return day.AddDate(0, 0, -1) }
