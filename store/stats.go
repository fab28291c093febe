package store

import (
	"cmp"
	"math"
	"os"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

// Stats is what a store holds.
type Stats struct {
	Last    uint64 // number of the newest event
	Events  int    // stored, without those that Trim dropped
	Blocks  int
	Tail    int   // events not yet in a block
	Bytes   int64 // of the file
	Payload int64 // of it, blocks and tail records
	FirstAt time.Time
	LastAt  time.Time // both to the second, zero in an empty store
	// Sources is how many events each source ever added.
	Sources map[string]int
	Damaged int // events met since opening that could not be read
}

// Stats counts what the store holds. It reads the index, not the events.
func (db *DB) Stats() (Stats, error) {
	if err := db.usable(); err != nil {
		return Stats{}, err
	}
	per, err := db.perDay()
	if err != nil {
		return Stats{}, fault("count events", err)
	}
	st := Stats{Last: db.Last(), Sources: map[string]int{}}
	blocks := map[uint64]bool{}
	for i, d := range per {
		st.Events += d.count
		if i == 0 || d.minSec < st.FirstAt.Unix() {
			st.FirstAt = time.Unix(d.minSec, 0).UTC()
		}
		if i == 0 || d.maxSec > st.LastAt.Unix() {
			st.LastAt = time.Unix(d.maxSec, 0).UTC()
		}
	}
	err = db.view(func(tx *bbolt.Tx) error {
		for _, r := range tailOf(tx) {
			rd := reader{s: r.value}
			if h, ok := rd.header(); ok {
				st.Tail += h.count
			}
			st.Payload += int64(len(r.value))
		}
		return eachIndex(tx, math.MinInt64, math.MaxInt64, func(e indexEntry) error {
			if !blocks[e.first] { // a block may be under several days
				blocks[e.first] = true
				st.Payload += int64(e.size)
			}
			return nil
		})
	})
	st.Blocks = len(blocks)
	if err != nil {
		return Stats{}, fault("count events", err)
	}
	rows, err := db.sources()
	if err != nil {
		return Stats{}, err
	}
	for name, row := range rows {
		st.Sources[name] = int(row.events)
	}
	if info, err := os.Stat(db.path); err == nil {
		st.Bytes = info.Size()
	}
	for _, d := range db.Damages() {
		st.Damaged += d.Events()
	}
	return st, nil
}

// daySum is what the store holds of a UTC day.
type daySum struct {
	day            int64
	count          int
	minSec, maxSec int64
}

// perDay adds up the index and the tail, oldest day first.
func (db *DB) perDay() ([]daySum, error) {
	if err := db.usable(); err != nil {
		return nil, err
	}
	days := map[int64]daySum{}
	add := func(day int64, count int, minSec, maxSec int64) {
		d, ok := days[day]
		if !ok {
			d = daySum{day: day, minSec: minSec, maxSec: maxSec}
		}
		d.count += count
		d.minSec, d.maxSec = min(d.minSec, minSec), max(d.maxSec, maxSec)
		days[day] = d
	}
	var tail []raw
	err := db.view(func(tx *bbolt.Tx) error {
		tail = tailOf(tx)
		if err := db.whole(tx, bucketDays); err != nil {
			return err
		}
		return eachIndex(tx, math.MinInt64, math.MaxInt64, func(e indexEntry) error {
			start := e.day * daySeconds
			add(e.day, e.count, max(e.minSec, start), min(e.maxSec, start+daySeconds-1))
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	dec := &decoder{names: &db.names}
	for _, r := range tail {
		events, err := dec.decode(r.bucket, r.first, r.value, nil)
		if err != nil {
			continue
		}
		for i := range events {
			sec := events[i].At.Unix()
			add(dayOf(sec), 1, sec, sec)
		}
	}
	out := make([]daySum, 0, len(days))
	for _, d := range days {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b daySum) int { return cmp.Compare(a.day, b.day) })
	return out, nil
}
