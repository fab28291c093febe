package store

import "fmt"

// Damage is a run of events that cannot be read: their bytes are not what was
// written, or are not there.
type Damage struct {
	First, Last uint64 // numbers of the events, both included
	Err         error  // why; wraps ErrDamaged
}

// Events is how many events the damage took.
func (d Damage) Events() int { return int(d.Last - d.First + 1) }

// missing notes that the numbers first to last were not found where they belong,
// but for those that Trim dropped on purpose.
func (db *DB) missing(first, last uint64, cause error) {
	db.mu.Lock()
	gaps := db.gaps
	db.mu.Unlock()
	for _, g := range gaps {
		if g.last < first {
			continue
		}
		if g.first > last {
			break
		}
		if g.first > first {
			db.note(Damage{First: first, Last: g.first - 1, Err: cause})
		}
		if g.last >= last {
			return
		}
		first = g.last + 1
	}
	if first <= last {
		db.note(Damage{First: first, Last: last, Err: cause})
	}
}

// note counts a damage and tells it, once.
func (db *DB) note(d Damage) {
	if d.Err == nil {
		d.Err = fmt.Errorf("%w: events %d to %d are not there", ErrDamaged, d.First, d.Last)
	}
	db.mu.Lock()
	old, known := db.bad[d.First]
	if !known || old.Last < d.Last {
		db.bad[d.First] = d
	}
	db.mu.Unlock()
	if !known && db.opts.OnDamage != nil {
		db.opts.OnDamage(d)
	}
}

// Damages are the damages met since the store was opened, in no order.
func (db *DB) Damages() []Damage {
	db.mu.Lock()
	defer db.mu.Unlock()
	out := make([]Damage, 0, len(db.bad))
	for _, d := range db.bad {
		out = append(out, d)
	}
	return out
}
