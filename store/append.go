package store

import (
	"errors"
	"fmt"

	"farol/floor"

	"go.etcd.io/bbolt"
)

// Appended says what an append did.
type Appended struct {
	First, Last uint64 // numbers given; both 0 when nothing was added
	Added       int
	Duplicates  int // events told before, skipped
}

const (
	// bulk is from how many new events an append makes blocks at once instead
	// of adding to the tail.
	bulk = 1024
	// maxName is the longest name of a source, checkpoint or roll-up, in bytes.
	maxName = 1024
)

// Append stores the batches' events and their cursors in one transaction and
// returns when it is synced. It numbers the events in place (Seq), in the order
// given; one told before, in this call or ever, is skipped, counted, and gets
// no number. An event without a source takes its batch's. A batch whose Cursor
// is nil leaves the stored cursor as it is.
//
// After an error nothing is acknowledged, yet it may be stored all the same:
// read the cursors again before going on. ErrFull is worth another try later,
// ErrIO is not.
func (db *DB) Append(batches []floor.Batch) (Appended, error) {
	db.writing.Lock()
	defer db.writing.Unlock()
	return db.append(batches)
}

// append is Append with db.writing held.
func (db *DB) append(batches []floor.Batch) (Appended, error) {
	var a adding
	err := db.update(func(tx *bbolt.Tx) error {
		a = adding{writer: &db.writer, enc: db.enc, tx: tx, next: db.writer.last + 1}
		a.begin()
		for i := range batches {
			if err := a.batch(&batches[i]); err != nil {
				return err
			}
		}
		return a.write()
	})
	if err != nil {
		return Appended{}, fault(fmt.Sprintf("append %d batches after %d", len(batches), db.Last()), err)
	}
	a.settle()
	db.publish(db.writer.last, a.runs)
	return a.Appended, nil
}

// update runs f in a write transaction; db.writing is held. When it fails the
// writer's view is read anew, for what failed may be stored.
func (db *DB) update(f func(tx *bbolt.Tx) error) error {
	if err := db.usable(); err != nil {
		return err
	}
	if db.opts.ReadOnly {
		return ErrReadOnly
	}
	if !db.writer.ready {
		if err := db.recover(); err != nil {
			return err
		}
	}
	db.pending = nil
	err := guard(func() error { return db.bolt.Update(f) })
	if errors.Is(err, errNothing) {
		return err // rolled back on purpose
	}
	if err != nil {
		db.writer.ready = false
		_ = db.recover() // if it fails, the next write tries again
	}
	return err
}

// recover reads the writer's view anew and shows readers what a failed commit
// left behind.
func (db *DB) recover() error {
	if err := db.reload(); err != nil {
		return err
	}
	db.publish(db.writer.last, nil)
	return nil
}

// adding is one append on its way: what it will write and what the writer will
// know if the commit succeeds.
type adding struct {
	*writer
	Appended
	enc     *encoder
	tx      *bbolt.Tx
	next    uint64
	runs    [][]floor.Event
	newMark map[place]uint64
	hashes  map[hash]int64 // keys without a place, with their UTC day
	rows    map[string]sourceRow
	after   writer

	here     place // the stream of the last positional key
	hereNext uint64
	inPlace  bool // here is set
}

func (a *adding) begin() {
	a.newMark = map[place]uint64{}
	a.hashes = map[hash]int64{}
	a.rows = map[string]sourceRow{}
}

// batch takes a batch's new events as one run, its slice itself when none is a
// duplicate.
func (a *adding) batch(b *floor.Batch) error {
	if len(b.Source) > maxName {
		return fmt.Errorf("source of %d bytes: longer than %d", len(b.Source), maxName)
	}
	run, whole := b.Events, true
	for i := range b.Events {
		ev := &b.Events[i]
		if ev.Source == "" {
			ev.Source = b.Source
		}
		old, err := a.told(ev)
		if err != nil {
			return err
		}
		if old {
			if whole {
				run, whole = append([]floor.Event(nil), b.Events[:i]...), false
			}
			ev.Seq = 0
			a.Duplicates++
			continue
		}
		ev.Seq = a.next
		a.next++
		if !whole {
			run = append(run, *ev)
		}
		if err := a.count(ev.Source, 1); err != nil {
			return err
		}
	}
	a.addRun(run)
	a.cursor(b)
	return nil
}

func (a *adding) cursor(b *floor.Batch) {
	if b.Cursor == nil {
		return
	}
	row := a.row(b.Source)
	row.cursor = append([]byte{}, b.Cursor...)
	a.rows[b.Source] = row
}

func (a *adding) addRun(run []floor.Event) {
	if len(run) == 0 {
		return
	}
	if a.First == 0 {
		a.First = run[0].Seq
	}
	a.Last = run[len(run)-1].Seq
	a.Added += len(run)
	a.runs = append(a.runs, run)
}

// row is the source's row as this append leaves it so far.
func (a *adding) row(source string) sourceRow {
	if row, ok := a.rows[source]; ok {
		return row
	}
	return a.sources[source]
}

func (a *adding) count(source string, n int) error {
	if len(source) > maxName {
		return fmt.Errorf("source of %d bytes: longer than %d", len(source), maxName)
	}
	row := a.row(source)
	row.events += uint64(n)
	a.rows[source] = row
	return nil
}

// write puts the new events into the transaction: many as blocks, few into the
// tail.
func (a *adding) write() error {
	return a.commit(func(t *tailWriter) error {
		if a.Added == 0 {
			return nil
		}
		if a.Added < bulk {
			return t.add(a.First, a.runs)
		}
		if err := t.sealAll(); err != nil {
			return err
		}
		return t.putBlocks(a.First, encodeRuns(a.enc, a.runs))
	})
}

// commit puts the events, by put, and all that belongs to them into the
// transaction.
func (a *adding) commit(put func(*tailWriter) error) error {
	w := *a.writer // the file's state after this commit
	if err := put(&tailWriter{writer: &w, tx: a.tx, enc: a.enc}); err != nil {
		return err
	}
	if a.Added > 0 {
		w.last = a.Last
	}
	for source, row := range a.rows {
		if err := w.put(a.tx, bucketSources, nameKey(source), encodeSource(row)); err != nil {
			return err
		}
	}
	if err := a.putMarks(&w); err != nil {
		return err
	}
	if err := a.putSeen(&w); err != nil {
		return err
	}
	a.after = w
	return w.putState(a.tx)
}

// settle makes the committed state the writer's.
func (a *adding) settle() {
	marks, sources := a.marks, a.sources
	for k, v := range a.newMark {
		if len(marks) >= maxMarks {
			clear(marks)
		}
		marks[k] = v
	}
	for k, v := range a.rows {
		sources[k] = v
	}
	seen := a.seen
	*a.writer = a.after
	a.writer.marks, a.writer.sources, a.writer.seen = marks, sources, seen
}
