package store

import (
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
)

// writer is what appending needs to remember between commits. It mirrors the
// file and is thrown away when a commit fails, for a failed commit may be there
// all the same.
type writer struct {
	last    uint64
	gaps    []gap
	records int // of the tail
	bytes   int
	sources map[string]sourceRow
	marks   map[place]uint64 // next free offset of the streams seen lately
	seen    seenFilter
	counts  counts
	wholes  map[string]bool // buckets found whole since opening
	ready   bool
}

// place names a stream of positional keys.
type place struct{ source, id string }

// sourceRow is what the store keeps of a source.
type sourceRow struct {
	events uint64 // ever added
	cursor []byte // nil: none
}

// gap is a run of numbers whose events Trim dropped, both ends included.
type gap struct{ first, last uint64 }

// load reads the state at opening.
func (db *DB) load() error {
	db.writing.Lock()
	defer db.writing.Unlock()
	if err := db.reload(); err != nil {
		return err
	}
	db.last, db.gaps = db.writer.last, db.writer.gaps
	db.recent.reset(db.last)
	return nil
}

// reload makes the writer's view what the file says. db.writing is held.
func (db *DB) reload() error {
	w := writer{sources: map[string]sourceRow{}, marks: map[place]uint64{}, wholes: map[string]bool{}}
	err := db.view(func(tx *bbolt.Tx) error {
		if err := w.getState(tx); err != nil {
			return err
		}
		c := tx.Bucket([]byte(bucketTail)).Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			w.records++
			w.bytes += len(v)
		}
		if err := w.whole(tx, bucketSources); err != nil {
			return err
		}
		return tx.Bucket([]byte(bucketSources)).ForEach(func(k, v []byte) error {
			w.sources[string(k[1:])] = decodeSource(v[:len(v)-sumSize])
			return nil
		})
	})
	if err != nil {
		return err
	}
	w.ready = true
	db.writer = w
	return nil
}

func (w *writer) getState(tx *bbolt.Tx) error {
	key := []byte("state")
	state, err := find(tx.Bucket([]byte(bucketMeta)), key)
	if state == nil || err != nil {
		return err // none yet: nothing was ever written
	}
	payload, ok := unseal(bucketMeta, key, state)
	if !ok || !w.decodeState(string(payload)) {
		return fmt.Errorf("%w: state record", ErrDamaged)
	}
	return nil
}

func (w *writer) encodeState() []byte {
	b := binary.AppendUvarint(nil, w.last)
	b = binary.AppendUvarint(b, uint64(len(w.gaps)))
	for _, g := range w.gaps {
		b = binary.AppendUvarint(b, g.first)
		b = binary.AppendUvarint(b, g.last)
	}
	for _, n := range w.counts.all() {
		b = binary.AppendUvarint(b, *n)
	}
	return b
}

func (w *writer) decodeState(s string) bool {
	r := reader{s: s}
	w.last = r.uvarint()
	for range r.uvarint() {
		g := gap{r.uvarint(), r.uvarint()}
		if r.bad {
			return false
		}
		w.gaps = append(w.gaps, g)
	}
	for _, n := range w.counts.all() {
		*n = r.uvarint()
	}
	return !r.bad
}

func (w *writer) putState(tx *bbolt.Tx) error {
	key := []byte("state")
	return tx.Bucket([]byte(bucketMeta)).Put(key, seal(bucketMeta, key, w.encodeState()))
}

// addGap notes numbers that are gone on purpose, joining neighbours.
func (w *writer) addGap(g gap) {
	gaps := make([]gap, 0, len(w.gaps)+1)
	for _, h := range w.gaps {
		switch {
		case h.last+1 < g.first:
			gaps = append(gaps, h)
		case g.last+1 < h.first:
			gaps = append(gaps, g)
			g = h
		default:
			g = gap{min(g.first, h.first), max(g.last, h.last)}
		}
	}
	w.gaps = append(gaps, g)
}

func encodeSource(row sourceRow) []byte {
	b := binary.AppendUvarint(nil, row.events)
	if row.cursor == nil {
		return append(b, 0)
	}
	return append(append(b, 1), row.cursor...)
}

func decodeSource(payload []byte) (row sourceRow) {
	events, n := binary.Uvarint(payload)
	if n <= 0 || n >= len(payload) {
		return row
	}
	row.events = events
	if payload[n] == 1 {
		row.cursor = append([]byte{}, payload[n+1:]...)
	}
	return row
}

// nameKey is the key of a name that may be empty.
func nameKey(name string) []byte { return append([]byte{'='}, name...) }
