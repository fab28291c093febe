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
	blocks []block // nil: only event by event
	places []placeRange
}

// placeRange is what a prepared batch tells of one stream: its lowest and
// highest offset, and how many events lie there.
type placeRange struct {
	place
	low, high int64
	events    int
}

// Prepare encodes b. Neither b's events nor their slice may be changed until
// AppendPrepared has returned, which sets the events' Seq.
func Prepare(b floor.Batch) *Prepared {
	p := &Prepared{batch: b}
	enc := newEncoder()
	s := survey{Prepared: p, at: map[place]int{}, last: -1}
	for i := range b.Events {
		ev := &b.Events[i]
		if ev.Source == "" {
			ev.Source = b.Source
		}
		if !s.note(ev) {
			p.blocks, p.places = nil, nil
			return p // to be looked at event by event
		}
		if enc.cuts(ev) {
			p.blocks = append(p.blocks, enc.finish(0))
		}
		enc.add(ev, 0)
	}
	if enc.count > 0 {
		p.blocks = append(p.blocks, enc.finish(0))
	}
	return p
}

// survey looks whether all keys of a batch are places that rise within their
// stream, and notes the streams.
type survey struct {
	*Prepared
	at   map[place]int // in places
	last int           // the stream of the event before
}

func (s *survey) note(ev *floor.Event) bool {
	if !ev.Key.Positional() || len(ev.Source) > maxName {
		return false
	}
	if s.last < 0 || s.places[s.last].id != ev.Key.ID || s.places[s.last].source != ev.Source {
		p := place{ev.Source, ev.Key.ID}
		i, ok := s.at[p]
		if !ok {
			i = len(s.places)
			s.at[p] = i
			s.places = append(s.places, placeRange{place: p, low: ev.Key.Offset, high: -1})
		}
		s.last = i
	}
	r := &s.places[s.last]
	if ev.Key.Offset <= r.high {
		return false
	}
	r.high = ev.Key.Offset
	r.events++
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
			for _, r := range p.places {
				if err := a.count(r.source, r.events); err != nil {
					return err
				}
			}
			a.cursor(&p.batch)
		}
		a.First, a.Last = a.writer.last+1, a.next-1
		return nil
	})
}
