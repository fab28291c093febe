package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"farol/floor"

	"go.etcd.io/bbolt"
)

// ScanRange calls fn with the events that happened at or after from and before
// to, in the order they were learnt and in slices; a zero to is no end. It reads
// only the blocks that hold such events. For fn and damaged events the same
// holds as in [DB.Scan]; what is appended meanwhile may be left out.
func (db *DB) ScanRange(ctx context.Context, from, to time.Time, fn func([]floor.Event) error) error {
	if err := db.usable(); err != nil {
		return err
	}
	s := scan{db: db, fn: inRange(from, to, fn)}
	low, high := from.Unix(), int64(math.MaxInt64)
	if !to.IsZero() {
		high = to.Unix()
		if !from.Before(to) {
			return nil
		}
	}
	var list []indexEntry
	var tail []raw
	err := db.view(func(tx *bbolt.Tx) (err error) {
		tail = tailOf(tx)
		if err := db.whole(tx, bucketDays); err != nil {
			return err
		}
		list, err = overlapping(tx, low, high)
		return err
	})
	if errors.Is(err, ErrDamaged) {
		return db.Scan(ctx, 0, s.fn) // the index is no help: read everything
	}
	if err != nil {
		return s.failed(err)
	}
	if err := s.blocks(ctx, list); err != nil {
		return err
	}
	dec := &decoder{names: &db.names}
	for i, r := range tail {
		if s.buf, err = dec.decode(r.bucket, r.first, r.value, s.buf[:0]); err != nil {
			// It may have been of these days: left out, it is told. How many events the
			// newest record held, only who scans in order learns.
			last := r.first
			if i+1 < len(tail) {
				last = tail[i+1].first - 1
			}
			db.missing(r.first, last, fmt.Errorf("%w: %s record at %d: %w", ErrDamaged, r.bucket, r.first, err))
			continue
		}
		if err := s.fn(s.buf); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// inRange passes on to fn the events from from to to. It moves them together
// within the slice, which belongs to the scan.
func inRange(from, to time.Time, fn func([]floor.Event) error) func([]floor.Event) error {
	return func(events []floor.Event) error {
		n := 0
		for i := range events {
			at := events[i].At
			if at.Before(from) || !to.IsZero() && !at.Before(to) {
				continue
			}
			if n != i {
				events[n] = events[i]
			}
			n++
		}
		if n == 0 {
			return nil
		}
		return fn(events[:n])
	}
}

// overlapping are the blocks that may hold events between two instants, each
// once, in order of their numbers.
func overlapping(tx *bbolt.Tx, low, high int64) ([]indexEntry, error) {
	byFirst := map[uint64]bool{}
	var list []indexEntry
	err := eachIndex(tx, dayOf(low), dayOf(high), func(e indexEntry) error {
		if e.maxSec < low || e.minSec > high || byFirst[e.first] {
			return nil
		}
		byFirst[e.first] = true
		list = append(list, e)
		return nil
	})
	sortByFirst(list)
	return list, err
}

func tailOf(tx *bbolt.Tx) (out []raw) {
	c := tx.Bucket([]byte(bucketTail)).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if len(k) == 8 {
			out = append(out, raw{bucketTail, seqOf(k), string(v)})
		}
	}
	return out
}

// blocks reads and delivers the blocks of list.
func (s *scan) blocks(ctx context.Context, list []indexEntry) error {
	dec := &decoder{names: &s.db.names}
	for len(list) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		var out []raw
		var spans []uint64
		err := s.db.view(func(tx *bbolt.Tx) error {
			log := tx.Bucket([]byte(bucketLog))
			for size := 0; len(list) > 0 && size < sliceBytes; list = list[1:] {
				v := log.Get(seqKey(list[0].first))
				size += len(v)
				if v == nil {
					s.db.missing(list[0].first, list[0].first+list[0].span-1, nil)
					continue
				}
				out = append(out, raw{bucketLog, list[0].first, string(v)})
				spans = append(spans, list[0].span)
			}
			return nil
		})
		if err != nil {
			return s.failed(err)
		}
		for i, r := range out {
			events, err := dec.decode(r.bucket, r.first, r.value, s.buf[:0])
			s.buf = events
			if err != nil {
				s.db.missing(r.first, r.first+spans[i]-1, fmt.Errorf("%w: log record at %d: %w", ErrDamaged, r.first, err))
				continue
			}
			if err := s.fn(events); err != nil {
				return err
			}
		}
	}
	return nil
}
