package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"farol/floor"

	"go.etcd.io/bbolt"
)

// maxMarks is how many streams' marks are kept in memory; others are read.
const maxMarks = 4096

// hash identifies a source and a key: the first 16 bytes of SHA-256.
type hash [16]byte

func hashOf(source, id string, offset int64) (h hash) {
	var scratch [256]byte
	b := binary.AppendUvarint(scratch[:0], uint64(len(source)))
	b = append(b, source...)
	b = binary.AppendVarint(b, offset)
	b = append(b, id...)
	full := sha256.Sum256(b)
	copy(h[:], full[:])
	return h
}

// told reports whether ev's key is stored already or came earlier in this
// append, and notes it when not.
func (a *adding) told(ev *floor.Event) (bool, error) {
	if !ev.Key.Positional() {
		return a.toldByHash(ev)
	}
	if !a.inPlace || a.here.id != ev.Key.ID || a.here.source != ev.Source {
		if err := a.turnTo(place{ev.Source, ev.Key.ID}); err != nil {
			return false, err
		}
	}
	if uint64(ev.Key.Offset) < a.hereNext {
		return true, nil
	}
	a.hereNext = uint64(ev.Key.Offset) + 1
	return false, nil
}

// turnTo makes p the stream that told looks at.
func (a *adding) turnTo(p place) error {
	a.leave()
	next, ok := a.newMark[p]
	if !ok {
		next, ok = a.marks[p]
	}
	if !ok {
		var err error
		if next, err = a.readMark(a.tx, p); err != nil {
			return err
		}
	}
	a.here, a.hereNext, a.inPlace = p, next, true
	return nil
}

// leave keeps what told learnt of the stream it looked at.
func (a *adding) leave() {
	if a.inPlace {
		a.newMark[a.here] = a.hereNext
	}
}

func markKey(p place) []byte {
	h := hashOf(p.source, p.id, 0)
	return h[:]
}

func (w *writer) readMark(tx *bbolt.Tx, p place) (uint64, error) {
	key := markKey(p)
	v, err := find(tx.Bucket([]byte(bucketMarks)), key)
	if err != nil {
		return 0, err
	}
	if v == nil {
		return 0, w.whole(tx, bucketMarks)
	}
	payload, ok := unseal(bucketMarks, key, v)
	next, n := binary.Uvarint(payload)
	if !ok || n <= 0 {
		return 0, fmt.Errorf("%w: mark of %q in source %q", ErrDamaged, p.id, p.source)
	}
	return next, nil
}

func (a *adding) putMarks(w *writer) error {
	a.leave()
	for p, next := range a.newMark {
		if next == a.marks[p] {
			continue
		}
		b := binary.AppendUvarint(nil, next)
		b = appendString(b, p.source)
		b = appendString(b, p.id)
		if err := w.put(a.tx, bucketMarks, markKey(p), b); err != nil {
			return err
		}
	}
	return nil
}

// toldByHash looks a key without a place up by its hash: in the filter, which
// rules out nearly all that are new, in the event's own day, where a repeat
// nearly always is, and then in every other day.
func (a *adding) toldByHash(ev *floor.Event) (bool, error) {
	h := hashOf(ev.Source, ev.Key.ID, ev.Key.Offset)
	if _, ok := a.hashes[h]; ok {
		return true, nil
	}
	day := dayOf(ev.At.Unix())
	seen := a.tx.Bucket([]byte(bucketSeen))
	if !a.seen.ready {
		if err := a.whole(a.tx, bucketSeen); err != nil {
			return false, err
		}
		a.seen.fill(seen)
	}
	if a.seen.maybe(h) {
		if old, err := inAnyDay(seen, day, h); old || err != nil {
			return old, err
		}
	}
	a.hashes[h] = day
	return false, nil
}

func inAnyDay(seen *bbolt.Bucket, day int64, h hash) (bool, error) {
	own := dayKey(day)
	if b := seen.Bucket(own); b != nil {
		if v, err := find(b, h[:]); v != nil || err != nil {
			return v != nil, err
		}
	}
	c := seen.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if v != nil || bytes.Equal(k, own) {
			continue
		}
		if v, err := find(seen.Bucket(k), h[:]); v != nil || err != nil {
			return v != nil, err
		}
	}
	return false, nil
}

func (a *adding) putSeen(w *writer) error {
	seen := a.tx.Bucket([]byte(bucketSeen))
	days := map[int64]*bbolt.Bucket{}
	for h, day := range a.hashes {
		b, ok := days[day]
		if !ok {
			var err error
			if b, err = seen.CreateBucketIfNotExists(dayKey(day)); err != nil {
				return err
			}
			days[day] = b
		}
		if err := b.Put(h[:], seal(bucketSeen, h[:], nil)); err != nil {
			return err
		}
		w.counts.seen++
		a.seen.add(h)
	}
	return nil
}

// dayKey orders days before 1970 too.
func dayKey(day int64) []byte { return seqKey(uint64(day) ^ 1<<63) }

func dayOfKey(key []byte) int64 { return int64(binary.BigEndian.Uint64(key) ^ 1<<63) }

// seenFilter is a Bloom filter over all hashes in the file: one that it does not
// know is new for certain, so that only repeats are searched in every day.
type seenFilter struct {
	bits  []uint64
	n     int
	ready bool
}

const (
	bitsPerHash = 16
	probes      = 6 // a false "maybe" in about 1,000
	leastHashes = 1 << 14
)

// fill builds the filter from the file, with room for as many again.
func (f *seenFilter) fill(seen *bbolt.Bucket) {
	n := 0
	_ = eachSealed(seen, func(_, _ []byte) error { n++; return nil })
	room := max(leastHashes, 2*n)
	*f = seenFilter{bits: make([]uint64, room*bitsPerHash/64), ready: true}
	_ = eachSealed(seen, func(h, _ []byte) error {
		if len(h) == len(hash{}) {
			f.add(hash(h))
		}
		return nil
	})
}

func (f *seenFilter) probe(h hash, i uint64) (word, bit uint64) {
	at := binary.LittleEndian.Uint64(h[:8]) + i*(binary.LittleEndian.Uint64(h[8:])|1)
	at %= uint64(len(f.bits)) * 64
	return at / 64, at % 64
}

// add takes h in; beyond its room the filter is built anew at the next look.
func (f *seenFilter) add(h hash) {
	if !f.ready {
		return
	}
	f.n++
	if f.n*bitsPerHash > len(f.bits)*64 {
		*f = seenFilter{}
		return
	}
	for i := range uint64(probes) {
		word, bit := f.probe(h, i)
		f.bits[word] |= 1 << bit
	}
}

func (f *seenFilter) maybe(h hash) bool {
	for i := range uint64(probes) {
		if word, bit := f.probe(h, i); f.bits[word]&(1<<bit) == 0 {
			return false
		}
	}
	return true
}
