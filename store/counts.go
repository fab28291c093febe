package store

import (
	"bytes"
	"fmt"

	"go.etcd.io/bbolt"
)

// counts is how many records the buckets should hold. A record whose key was
// damaged is not found under its own: without the count it would pass for one
// that never was, and what a source tells again for new.
type counts struct{ days, sources, marks, seen, checkpoints, rollups uint64 }

// of is the count of a bucket.
func (c *counts) of(bucket string) *uint64 {
	switch bucket {
	case bucketDays:
		return &c.days
	case bucketSources:
		return &c.sources
	case bucketMarks:
		return &c.marks
	case bucketSeen:
		return &c.seen
	case bucketCheckpoints:
		return &c.checkpoints
	case bucketRollups:
		return &c.rollups
	default:
		panic("store: bucket " + bucket + " is not counted")
	}
}

func countedBuckets() []string {
	return []string{bucketDays, bucketSources, bucketMarks, bucketSeen, bucketCheckpoints, bucketRollups}
}

// all are the counts in the order of countedBuckets.
func (c *counts) all() []*uint64 {
	return []*uint64{&c.days, &c.sources, &c.marks, &c.seen, &c.checkpoints, &c.rollups}
}

// put seals and writes a payload, which it takes over, and counts a new key.
func (w *writer) put(tx *bbolt.Tx, bucket string, key, payload []byte) error {
	b := tx.Bucket([]byte(bucket))
	if b.Get(key) == nil {
		*w.counts.of(bucket)++
	}
	return b.Put(key, seal(bucket, key, payload))
}

// remove deletes a key that may be there.
func (w *writer) remove(tx *bbolt.Tx, bucket string, key []byte) error {
	b := tx.Bucket([]byte(bucket))
	if b.Get(key) == nil {
		return nil
	}
	*w.counts.of(bucket)--
	return b.Delete(key)
}

// find is the value of key in b, nil when it is not there. Where a damaged
// branch would lead a plain lookup astray, its neighbours show it.
func find(b *bbolt.Bucket, key []byte) ([]byte, error) {
	c := b.Cursor()
	k, v := c.Seek(key)
	if bytes.Equal(k, key) {
		return v, nil
	}
	if k != nil {
		if bytes.Compare(k, key) < 0 {
			return nil, fmt.Errorf("%w: order of keys", ErrDamaged)
		}
		k, _ = c.Prev()
	} else {
		k, _ = c.Last()
	}
	if k != nil && bytes.Compare(k, key) >= 0 {
		return nil, fmt.Errorf("%w: order of keys", ErrDamaged)
	}
	return nil, nil
}

// whole reports, by reading a bucket through, whether all its records are there
// and good. It is asked before a missing record is taken for one that never was.
func (w *writer) whole(tx *bbolt.Tx, bucket string) error {
	if w.wholes[bucket] {
		return nil
	}
	n := uint64(0)
	err := eachSealed(tx.Bucket([]byte(bucket)), func(key, value []byte) error {
		n++
		if _, ok := unseal(bucket, key, value); !ok {
			return fmt.Errorf("%w: %s record %x", ErrDamaged, bucket, key)
		}
		return nil
	})
	if want := *w.counts.of(bucket); err == nil && n != want {
		err = fmt.Errorf("%w: %d %s records of %d", ErrDamaged, n, bucket, want)
	}
	if err == nil {
		w.wholes[bucket] = true
	}
	return err
}

// whole is the same for readers.
func (db *DB) whole(tx *bbolt.Tx, bucket string) error {
	db.mu.Lock()
	known := db.wholes[bucket]
	db.mu.Unlock()
	if known {
		return nil
	}
	w := writer{wholes: map[string]bool{}}
	if err := w.getState(tx); err != nil {
		return err
	}
	if err := w.whole(tx, bucket); err != nil {
		return err
	}
	db.mu.Lock()
	db.wholes[bucket] = true
	db.mu.Unlock()
	return nil
}

// eachSealed calls do with the records of b and of the buckets in it.
func eachSealed(b *bbolt.Bucket, do func(key, value []byte) error) error {
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if v != nil {
			if err := do(k, v); err != nil {
				return err
			}
			continue
		}
		inner := b.Bucket(k)
		if inner == nil {
			return fmt.Errorf("%w: bucket %x", ErrDamaged, k)
		}
		if err := eachSealed(inner, do); err != nil {
			return err
		}
	}
	return nil
}
