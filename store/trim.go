package store

import (
	"errors"
	"fmt"
	"math"
	"time"

	"farol/floor"

	"go.etcd.io/bbolt"
)

const (
	// trimEntries is how many entries of the index one transaction of Trim takes,
	// which keeps appends from waiting for long.
	trimEntries = 256
	// seenDays is how many days longer than its events a day's keys are known, so
	// that what a source tells again late is not taken for new.
	seenDays = 8
)

// Trimmed says what Trim dropped.
type Trimmed struct {
	Events, Blocks int
	Before         time.Time // events before this midnight, UTC, are gone
}

// Trim drops the events of the UTC days that ended by before. Their numbers are
// not given again; cursors, marks, checkpoints and roll-ups stay. The file does
// not shrink: the room is used again, see [DB.Compact]. It works in several
// transactions; after an error, calling it again goes on.
func (db *DB) Trim(before time.Time) (Trimmed, error) {
	cut := dayOf(before.Unix())
	out := Trimmed{Before: dayStart(cut)}
	db.writing.Lock()
	defer db.writing.Unlock()
	err := db.sealOld(cut)
	for more := true; more && err == nil; {
		var step Trimmed
		err = db.update(func(tx *bbolt.Tx) (err error) {
			w := db.writer
			step, more, err = w.trim(tx, cut)
			if err != nil {
				return err
			}
			if step.Events == 0 {
				return errNothing
			}
			db.pending = &w
			return w.putState(tx)
		})
		if errors.Is(err, errNothing) {
			err = nil
			break
		}
		if err == nil {
			db.settlePending()
			db.forget()
			out.Events += step.Events
			out.Blocks += step.Blocks
		}
	}
	if err == nil {
		err = db.forgetSeen(cut - seenDays)
	}
	return out, fault("trim before "+out.Before.Format(time.DateOnly), err)
}

// sealOld moves the tail into the log when it holds events of days before cut.
func (db *DB) sealOld(cut int64) error {
	return db.sealIf(func(ev *floor.Event) bool { return dayOf(ev.At.Unix()) < cut })
}

// sealIf moves the tail into the log when one of its events is wanted.
func (db *DB) sealIf(wanted func(*floor.Event) bool) error {
	if err := db.usable(); err != nil {
		return err
	}
	found := false
	err := db.update(func(tx *bbolt.Tx) error {
		w := db.writer
		t := tailWriter{writer: &w, tx: tx, enc: db.enc}
		events, err := t.events()
		if err != nil {
			return err
		}
		for i := range events {
			found = found || wanted(&events[i])
		}
		if !found {
			return errNothing
		}
		db.pending = &w
		if err := t.sealAll(); err != nil {
			return err
		}
		return w.putState(tx)
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	if err == nil {
		db.settlePending()
	}
	return err
}

// errNothing rolls a transaction back that turned out to have nothing to do.
var errNothing = errors.New("nothing to do")

// settlePending makes what a commit left the writer's view and readers'.
func (db *DB) settlePending() {
	if db.pending == nil {
		return
	}
	seen := db.writer.seen
	db.writer, db.pending = *db.pending, nil
	db.writer.seen = seen
	db.mu.Lock()
	db.gaps = db.writer.gaps
	db.mu.Unlock()
}

// forget makes readers read events from the file, where some were changed.
func (db *DB) forget() {
	db.mu.Lock()
	db.recent.reset(db.last)
	db.mu.Unlock()
}

// trim drops events of days before cut from some blocks; more tells that there
// are further ones.
func (w *writer) trim(tx *bbolt.Tx, cut int64) (out Trimmed, more bool, err error) {
	var entries []indexEntry
	err = eachIndex(tx, math.MinInt64, cut-1, func(e indexEntry) error {
		if len(entries) == trimEntries {
			more = true
			return errNothing
		}
		entries = append(entries, e)
		return nil
	})
	if err != nil && !errors.Is(err, errNothing) {
		return out, false, err
	}
	log := tx.Bucket([]byte(bucketLog))
	log.FillPercent = 1
	mixed := map[uint64]bool{}
	for _, e := range entries {
		out.Events += e.count
		if err := w.remove(tx, bucketDays, indexKey(e.day, e.first)); err != nil {
			return out, false, err
		}
		if dayOf(e.maxSec) >= cut {
			mixed[e.first] = true
			continue
		}
		key := seqKey(e.first)
		if log.Get(key) == nil {
			continue // an earlier entry's block
		}
		out.Blocks++
		if err := log.Delete(key); err != nil {
			return out, false, err
		}
		w.addGap(gap{e.first, e.first + e.span - 1})
	}
	for first := range mixed {
		out.Blocks++
		keep := func(ev *floor.Event) bool { return dayOf(ev.At.Unix()) >= cut }
		if err := w.rewrite(tx, first, keep); err != nil {
			return out, false, err
		}
	}
	return out, more, nil
}

// rewrite writes a block anew with the events that keep wants; keep may change
// them, but for what identifies and orders them. The block's numbers stay.
func (w *writer) rewrite(tx *bbolt.Tx, first uint64, keep func(*floor.Event) bool) error {
	key := seqKey(first)
	value := string(tx.Bucket([]byte(bucketLog)).Get(key))
	if value == "" {
		return nil
	}
	dec := &decoder{names: &interner{}}
	events, err := dec.decode(bucketLog, first, value, nil)
	if err != nil {
		if err := quarantine(tx, bucketLog, key, []byte(value)); err != nil {
			return err
		}
		return tx.Bucket([]byte(bucketLog)).Delete(key)
	}
	enc := newEncoder()
	enc.sparse = true
	for i := range events {
		ev := events[i]
		if keep(&ev) {
			ev.At, ev.Key, ev.Source = events[i].At, events[i].Key, events[i].Source
			enc.add(&ev, events[i].Seq-first)
		}
	}
	if enc.count == 0 {
		return fmt.Errorf("%w: index of the block at %d", ErrDamaged, first)
	}
	b := enc.finish(spanOf(value))
	return w.putBlock(tx, first, &b)
}

// forgetSeen drops the keys of days before day.
func (db *DB) forgetSeen(day int64) error {
	err := db.update(func(tx *bbolt.Tx) error {
		seen := tx.Bucket([]byte(bucketSeen))
		w := db.writer
		var old [][]byte
		c := seen.Cursor()
		for k, v := c.First(); len(k) == 8 && dayOfKey(k) < day; k, v = c.Next() {
			if v == nil {
				old = append(old, append([]byte{}, k...))
			}
		}
		if len(old) == 0 {
			return errNothing
		}
		for _, k := range old {
			if err := eachSealed(seen.Bucket(k), func(_, _ []byte) error { w.counts.seen--; return nil }); err != nil {
				return err
			}
			if err := seen.DeleteBucket(k); err != nil {
				return err
			}
		}
		db.pending = &w
		return w.putState(tx)
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	if err == nil {
		db.settlePending()
	}
	return err
}
