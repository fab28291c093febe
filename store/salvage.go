package store

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"farol/floor"

	"go.etcd.io/bbolt"
)

// Salvaged says what Salvage got back.
type Salvaged struct {
	Events int
	Lost   int // events that could not be read anywhere; -1: not known how many
	Stray  int // of Events, those found outside the damaged trees
}

// Salvage writes a new store at to with every event of the store at from whose
// checksum holds: those the trees lead to, and where they do not, those found on
// any page. Cursors, marks and roll-ups come along when they are good, not the
// checkpoints, which are made again. Events get new numbers, in the old order.
//
// An event that is lost stays lost when it came from a place in a file: what
// was stored after it tells that it was stored once.
//
// Events that [DB.Rewrite] changed may come back as they were, when their block
// is damaged and the file was not compacted since: rewrite again.
func Salvage(ctx context.Context, from, to string) (Salvaged, error) {
	op := "salvage " + from + " to " + to
	if _, err := os.Stat(to); !notExist(err) {
		return Salvaged{}, fault(op, fmt.Errorf("%s: %w", to, os.ErrExist))
	}
	f, err := os.Open(from)
	if err != nil {
		return Salvaged{}, fault(op, err)
	}
	defer func() { _ = f.Close() }()
	if err := lockShared(f, defaultTimeout); err != nil {
		return Salvaged{}, fault(op, fmt.Errorf("%w: %s", err, whoHolds(from)))
	}
	data, unmap, err := mapFile(f)
	if err != nil {
		return Salvaged{}, fault(op, err)
	}
	defer unmap()
	db, err := Open(to, Options{Network: true})
	if err != nil {
		return Salvaged{}, fault(op, err)
	}
	w := wreck{data: data, good: map[string][][2][]byte{}, have: map[uint64]bool{}}
	err = guard(func() error {
		w.collect(f)
		return w.refit(ctx, db)
	})
	return w.Salvaged, fault(op, errors.Join(err, db.Close()))
}

// wreck is what was found in a damaged file. All of it points into the file.
type wreck struct {
	Salvaged
	data   []byte
	state  writer
	known  bool // the state record
	good   map[string][][2][]byte
	blocks []found
	have   map[uint64]bool // first numbers that the trees lead to
}

// found is a block whose checksum holds.
type found struct {
	bucket string
	first  uint64
	value  []byte
	stray  bool
}

func (w *wreck) collect(f *os.File) {
	m, err := readMeta(f)
	if err != nil {
		m.pageSize = os.Getpagesize()
	}
	m.pages = uint64(len(w.data) / m.pageSize) // a cut file has fewer than it says
	if err == nil {
		trees := walker{data: w.data, meta: m, met: map[uint64]bool{}, fault: func(string, ...any) {}, record: w.record}
		trees.bucket("", m.root)
	}
	pages := walker{data: w.data, meta: m}
	for id := range m.pages {
		if p := pages.page(id); p != nil && binary.NativeEndian.Uint64(p) == id {
			w.stray(p)
		}
	}
}

// record takes what the trees lead to.
func (w *wreck) record(bucket string, key, value []byte) {
	if bucket == bucketLog || bucket == bucketTail {
		if len(key) == 8 && goodBlock(bucket, key, value) {
			w.blocks = append(w.blocks, found{bucket, seqOf(key), value, false})
			w.have[seqOf(key)] = true
		}
		return
	}
	top, _, _ := strings.Cut(bucket, "/")
	payload, ok := unseal(top, key, value)
	if !ok {
		return
	}
	if bucket == bucketMeta && string(key) == "state" {
		w.known = w.state.decodeState(string(payload))
	}
	w.good[bucket] = append(w.good[bucket], [2][]byte{key, payload})
}

// stray takes blocks from a page that no tree may lead to.
func (w *wreck) stray(p []byte) {
	count := int(binary.NativeEndian.Uint16(p[10:]))
	if binary.NativeEndian.Uint16(p[8:]) != leafPage || pageHeader+count*elementSize > len(p) {
		return
	}
	for i := range count {
		e, ok := parseElement(p, i, leafPage)
		if !ok || e.isBucket || len(e.key) != 8 || w.have[seqOf(e.key)] {
			continue
		}
		for _, bucket := range []string{bucketLog, bucketTail} {
			if goodBlock(bucket, e.key, e.value) {
				w.blocks = append(w.blocks, found{bucket, seqOf(e.key), e.value, true})
			}
		}
	}
}

func goodBlock(bucket string, key, value []byte) bool {
	_, ok := unseal(bucket, key, value)
	return ok
}

// refit appends the events to db, oldest number first, then what went with them.
func (w *wreck) refit(ctx context.Context, db *DB) error {
	slices.SortStableFunc(w.blocks, func(a, b found) int {
		if c := cmp.Compare(a.first, b.first); c != 0 {
			return c
		}
		return cmp.Compare(len(b.value), len(a.value)) // the longest of several states of the tail
	})
	dec := &decoder{names: &interner{}}
	next, covered := uint64(1), uint64(0)
	for _, b := range w.blocks {
		if err := ctx.Err(); err != nil {
			return err
		}
		events, err := dec.decode(b.bucket, b.first, string(b.value), nil)
		if err != nil {
			continue
		}
		var fresh []floor.Event
		for _, ev := range events {
			if ev.Seq >= next && !w.state.dropped(ev.Seq) {
				fresh = append(fresh, ev)
			}
		}
		end := b.first + spanOf(string(b.value))
		if end > next {
			covered += end - max(next, b.first)
			next = end
		}
		got, err := db.Append([]floor.Batch{{Events: fresh}})
		if err != nil {
			return err
		}
		w.Events += got.Added
		if b.stray {
			w.Stray += got.Added
		}
	}
	w.Lost = -1
	if w.known {
		w.Lost = int(w.state.last - covered)
		for _, g := range w.state.gaps {
			w.Lost -= int(g.last - g.first + 1)
		}
	}
	return db.adopt(w.good)
}

// dropped reports whether Trim dropped the number.
func (w *writer) dropped(seq uint64) bool {
	for _, g := range w.gaps {
		if seq >= g.first && seq <= g.last {
			return true
		}
	}
	return false
}

// adopt puts good records of another store beside what this one has: cursors and
// roll-ups as they are, marks where they are ahead, hashes that are missing.
func (db *DB) adopt(good map[string][][2][]byte) error {
	db.writing.Lock()
	defer db.writing.Unlock()
	return db.update(func(tx *bbolt.Tx) error {
		w := db.writer
		for bucket, records := range good {
			for _, r := range records {
				if err := w.adopt(tx, bucket, r[0], append([]byte(nil), r[1]...)); err != nil {
					return err
				}
			}
		}
		return w.putState(tx)
	})
}

func (w *writer) adopt(tx *bbolt.Tx, bucket string, key, payload []byte) error {
	switch {
	case bucket == bucketRollups:
		return w.put(tx, bucket, key, payload)
	case bucket == bucketSources:
		row := decodeSource(payload)
		if len(key) > 0 {
			row.events = w.sources[string(key[1:])].events
		}
		return w.put(tx, bucket, key, encodeSource(row))
	case bucket == bucketMarks:
		have, _ := unseal(bucket, key, tx.Bucket([]byte(bucket)).Get(key))
		now, _ := binary.Uvarint(have)
		if was, _ := binary.Uvarint(payload); was > now {
			return w.put(tx, bucket, key, payload)
		}
	case len(bucket) == len(bucketSeen)+1+16 && len(key) == len(hash{}):
		return w.adoptSeen(tx, bucket[len(bucketSeen)+1:], key)
	}
	return nil
}

func (w *writer) adoptSeen(tx *bbolt.Tx, day string, key []byte) error {
	name, err := hex.DecodeString(day)
	if err != nil || len(name) != 8 {
		return nil // no day: of a bucket that is damaged itself
	}
	b, err := tx.Bucket([]byte(bucketSeen)).CreateBucketIfNotExists(name)
	if err != nil || b.Get(key) != nil {
		return err
	}
	w.counts.seen++
	return b.Put(key, seal(bucketSeen, key, nil))
}
