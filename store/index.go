package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

// indexEntry says that a block of the log holds events of a day.
type indexEntry struct {
	day   int64
	first uint64 // the block's key
	extent
	count int // events of that day in the block
	size  int // of the block, in bytes
}

func indexKey(day int64, first uint64) []byte {
	return binary.BigEndian.AppendUint64(dayKey(day), first)
}

func encodeIndex(b *block, count int) []byte {
	p := binary.AppendUvarint(nil, uint64(count))
	p = binary.AppendUvarint(p, uint64(b.count))
	p = binary.AppendUvarint(p, b.span)
	p = binary.AppendVarint(p, b.minSec)
	p = binary.AppendVarint(p, b.maxSec)
	return binary.AppendUvarint(p, uint64(len(b.payload)+sumSize))
}

func decodeIndex(k, v []byte) (e indexEntry, ok bool) {
	payload, ok := unseal(bucketDays, k, v)
	if !ok || len(k) != 16 {
		return e, false
	}
	r := reader{s: string(payload)}
	e.day, e.first = dayOfKey(k[:8]), binary.BigEndian.Uint64(k[8:])
	e.count = int(r.uvarint())
	e.extent.count = int(r.uvarint())
	e.span = r.uvarint()
	e.minSec = r.varint()
	e.maxSec = r.varint()
	e.size = int(r.uvarint())
	return e, !r.bad
}

// eachIndex calls do with the index's entries of the days from to to, both
// included, in order.
func eachIndex(tx *bbolt.Tx, from, to int64, do func(indexEntry) error) error {
	c := tx.Bucket([]byte(bucketDays)).Cursor()
	start := dayKey(from)
	k, v := c.Seek(start)
	if k == nil {
		k, v = c.Last()
	}
	for k != nil && bytes.Compare(k, start) >= 0 { // a damaged branch may have led too far
		k, v = c.Prev()
	}
	if k == nil {
		k, v = c.First()
	}
	for ; k != nil; k, v = c.Next() {
		e, ok := decodeIndex(k, v)
		if !ok {
			return fmt.Errorf("%w: index of days", ErrDamaged)
		}
		if e.day < from {
			continue
		}
		if e.day > to {
			return nil
		}
		if err := do(e); err != nil {
			return err
		}
	}
	return nil
}

// Days are the UTC days that have events, oldest first, each as its midnight.
func (db *DB) Days() ([]time.Time, error) {
	per, err := db.perDay()
	if err != nil {
		return nil, fault("list days", err)
	}
	out := make([]time.Time, 0, len(per))
	for _, d := range per {
		out = append(out, dayStart(d.day))
	}
	return out, nil
}

func sortByFirst(list []indexEntry) {
	slices.SortFunc(list, func(a, b indexEntry) int { return cmp.Compare(a.first, b.first) })
}
