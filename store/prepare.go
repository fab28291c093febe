package store

import (
	"fmt"

	"farol/floor"

	"go.etcd.io/bbolt"
)

// Prepared is a batch encoded ahead of its append, by any goroutine, so that
// the one that commits has little left to do.
type Prepared struct {
	batch  floor.Batch
	blocks []block
	places []placeRange // nil: only event by event
	counts map[string]int
}

// placeRange is what a prepared batch tells of one stream: its lowest and
// highest offset.
type placeRange struct {
	place
	low, high int64
}

// Prepare encodes b. Neither b's events nor their slice may be changed until
// AppendPrepared has returned, which sets the events' Seq.
func Prepare(b floor.Batch) *Prepared {
	p := &Prepared{batch: b, counts: map[string]int{}}
	for i := range b.Events {
		if b.Events[i].Source == "" {
			b.Events[i].Source = b.Source
		}
	}
	if len(b.Events) == 0 || !p.survey() {
		p.places = nil
		return p
	}
	p.blocks = encodePart(newEncoder(), [][]floor.Event{b.Events}, true)
	return p
}

// survey reports whether all keys are places that rise within their stream, and
// notes the streams.
func (p *Prepared) survey() bool {
	at := map[place]int{}
	last := -1
	for i := range p.batch.Events {
		ev := &p.batch.Events[i]
		if !ev.Key.Positional() || len(ev.Source) > maxName {
			return false
		}
		if last < 0 || p.places[last].id != ev.Key.ID || p.places[last].source != ev.Source {
			pl := place{ev.Source, ev.Key.ID}
			j, ok := at[pl]
			if !ok {
				j = len(p.places)
				at[pl] = j
				p.places = append(p.places, placeRange{place: pl, low: ev.Key.Offset, high: -1})
			}
			last = j
		}
		r := &p.places[last]
		if ev.Key.Offset <= r.high {
			return false
		}
		r.high = ev.Key.Offset
		p.counts[ev.Source]++
	}
	return true
}

// AppendPrepared is [DB.Append] of prepared batches, in one transaction.
func (db *DB) AppendPrepared(list ...*Prepared) (Appended, error) {
	batches := make([]floor.Batch, len(list))
	for i, p := range list {
		batches[i] = p.batch
	}
	db.writing.Lock()
	defer db.writing.Unlock()
	var a adding
	fits := true
	err := db.update(func(tx *bbolt.Tx) (err error) {
		a = adding{writer: &db.writer, enc: db.enc, tx: tx, next: db.writer.last + 1}
		a.begin()
		if fits, err = a.allNew(list); err != nil || !fits {
			return err
		}
		return a.writePrepared(list)
	})
	if err != nil {
		return Appended{}, fault(fmt.Sprintf("append %d prepared batches after %d", len(list), db.Last()), err)
	}
	if !fits {
		return db.append(batches)
	}
	a.settle()
	seq := a.First
	for i := range batches {
		for j := range batches[i].Events {
			batches[i].Events[j].Seq = seq
			seq++
		}
	}
	db.publish(db.writer.last, a.runs)
	return a.Appended, nil
}

// allNew reports whether every event of list lies behind its stream's mark, and
// moves the marks; and that there are enough to skip the tail.
func (a *adding) allNew(list []*Prepared) (bool, error) {
	n := 0
	for _, p := range list {
		n += len(p.batch.Events)
		if len(p.blocks) == 0 && len(p.batch.Events) > 0 || len(p.batch.Source) > maxName {
			return false, nil
		}
		for _, r := range p.places {
			if err := a.turnTo(r.place); err != nil {
				return false, err
			}
			if uint64(r.low) < a.hereNext {
				return false, nil
			}
			a.hereNext = uint64(r.high) + 1
		}
	}
	return n >= bulk, nil
}

func (a *adding) writePrepared(list []*Prepared) error {
	return a.commit(func(t *tailWriter) error {
		if err := t.sealAll(); err != nil {
			return err
		}
		for _, p := range list {
			if err := t.putBlocks(a.next, p.blocks); err != nil {
				return err
			}
			a.next += uint64(len(p.batch.Events))
			a.Added += len(p.batch.Events)
			for source, n := range p.counts {
				if err := a.count(source, n); err != nil {
					return err
				}
			}
			a.cursor(&p.batch)
		}
		a.First, a.Last = a.writer.last+1, a.next-1
		return nil
	})
}
