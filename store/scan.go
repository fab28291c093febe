package store

import (
	"context"
	"encoding/binary"
	"fmt"

	"farol/floor"

	"go.etcd.io/bbolt"
)

const (
	// sliceBytes is about how much one read transaction copies out of the file:
	// a few milliseconds, tens when the disk is cold.
	sliceBytes = 1 << 20
	// manyEvents is from how many events a scan decodes beside its caller.
	manyEvents = 32 << 10
	// hugeEvents is from how many a scan asks the system to read ahead.
	hugeEvents = 256 << 10
)

// raw is an encoded block or tail record, copied out of the file.
type raw struct {
	bucket string
	first  uint64
	value  string
}

func seqOf(key []byte) uint64 { return binary.BigEndian.Uint64(key) }

// Scan calls fn with the events numbered above after, in order and in slices,
// until it has given the newest. fn must neither keep nor change the slice; the
// events' strings it may keep. fn's error ends the scan and is returned as it
// is. No transaction is open while fn runs.
//
// Events whose bytes are damaged are left out; see [Options.OnDamage].
func (db *DB) Scan(ctx context.Context, after uint64, fn func([]floor.Event) error) error {
	s := scan{db: db, fn: fn, after: after}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		last, ok, err := s.tip()
		if err != nil || s.after >= last {
			return err
		}
		if ok {
			continue
		}
		if last-s.after >= manyEvents {
			err = s.parallel(ctx, last)
		} else {
			err = s.serial(ctx, last)
		}
		if err != nil {
			return err
		}
	}
}

// scan is one scan on its way: after is the last number given.
type scan struct {
	db    *DB
	fn    func([]floor.Event) error
	after uint64
	buf   []floor.Event
	cause error // why the numbers before the next good block are missing
}

// tip gives fn what the ring has beyond s.after; ok is false when it does not
// reach back that far.
func (s *scan) tip() (last uint64, ok bool, err error) {
	db := s.db
	db.mu.Lock()
	if db.closed {
		db.mu.Unlock()
		return 0, false, ErrClosed
	}
	last = db.last
	if s.after >= last {
		db.mu.Unlock()
		return last, false, nil
	}
	s.buf, ok = db.recent.since(s.after, s.buf[:0])
	db.mu.Unlock()
	if !ok {
		return last, false, nil
	}
	s.after = last
	return last, true, s.fn(s.buf)
}

// serial reads and decodes in turns up to last.
func (s *scan) serial(ctx context.Context, last uint64) error {
	dec := &decoder{names: &s.db.names}
	f := fetcher{db: s.db, next: s.after + 1, last: last}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		list, err := f.fetch()
		if err != nil {
			return s.failed(err)
		}
		if len(list) == 0 {
			return s.end(last)
		}
		for _, r := range list {
			events, err := dec.decode(r.bucket, r.first, r.value, s.buf[:0])
			s.buf = events
			if err := s.deliver(r, events, err); err != nil {
				return err
			}
		}
	}
}

func (s *scan) failed(err error) error { return fault(fmt.Sprintf("scan after %d", s.after), err) }

// deliver gives fn a decoded block, and notes what is missing before it.
func (s *scan) deliver(r raw, events []floor.Event, err error) error {
	if err != nil {
		s.cause = fmt.Errorf("%w: %s record at %d: %w", ErrDamaged, r.bucket, r.first, err)
		return nil
	}
	last := r.first + spanOf(r.value) - 1
	if last <= s.after {
		return nil
	}
	if r.first > s.after+1 {
		s.db.missing(s.after+1, r.first-1, s.cause)
	}
	s.cause = nil
	for len(events) > 0 && events[0].Seq <= s.after {
		events = events[1:]
	}
	s.after = last
	if len(events) == 0 {
		return nil
	}
	return s.fn(events)
}

// spanOf is how many numbers a good block covers.
func spanOf(value string) uint64 {
	r := reader{s: value}
	h, _ := r.header()
	return h.span
}

// end notes what is missing up to last, which the file should have had.
func (s *scan) end(last uint64) error {
	if s.after < last {
		s.db.missing(s.after+1, last, s.cause)
		s.after, s.cause = last, nil
	}
	return nil
}

// fetcher copies blocks out of the file, a slice a transaction.
type fetcher struct {
	db   *DB
	next uint64 // the first number still wanted
	last uint64 // the last one
	read uint64 // the key of the last block of the log that was read
	huge bool   // ask the system to read ahead
}

// fetch returns the next records, none when the file has no more.
func (f *fetcher) fetch() (out []raw, err error) {
	if f.next > f.last {
		return nil, nil
	}
	from := f.next
	err = f.db.view(func(tx *bbolt.Tx) error {
		if f.huge {
			adviseSequential(f.db.bolt, tx)
			f.huge = false
		}
		size := 0
		for _, bucket := range []string{bucketLog, bucketTail} {
			c := tx.Bucket([]byte(bucket)).Cursor()
			k, v := seekBlock(c, f.next)
			for ; k != nil && size < sliceBytes; k, v = c.Next() {
				if len(k) != 8 || v == nil || bucket == bucketLog && seqOf(k) == f.read {
					continue
				}
				out = append(out, raw{bucket, seqOf(k), string(v)})
				size += len(v)
				if at := seqOf(k); at >= f.next && at <= f.last {
					f.next = at + 1 // a later slice begins behind this block's key
					if bucket == bucketLog {
						f.read = at
					}
				}
			}
			if k != nil {
				return nil
			}
		}
		return nil
	})
	if err == nil && f.next == from {
		f.next = f.last + 1 // nothing further can be reached
	}
	return out, err
}

// seekBlock places c at the block that holds number seq, or at the first after.
// A damaged branch may lead a seek past where it should land, so it looks back.
func seekBlock(c *bbolt.Cursor, seq uint64) (k, v []byte) {
	k, v = c.Seek(seqKey(seq))
	if len(k) == 8 && seqOf(k) == seq {
		return k, v
	}
	if k == nil {
		k, v = c.Last()
	} else {
		k, v = c.Prev()
	}
	for len(k) == 8 && seqOf(k) > seq {
		k, v = c.Prev()
	}
	if k == nil {
		return c.First()
	}
	return k, v
}
