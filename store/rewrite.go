package store

import (
	"context"
	"fmt"

	"farol/floor"

	"go.etcd.io/bbolt"
)

// Rewrite lets change alter stored events: what the law's right to be forgotten
// asks for, and nothing else. change gets each event in order and reports
// whether it altered it; its number, source, key and At stay what they were. It
// returns how many were altered. The old bytes stay in the file's free pages
// until [DB.Compact].
//
// Appends wait while it runs. After an error, calling it again goes on.
func (db *DB) Rewrite(ctx context.Context, change func(*floor.Event) bool) (int, error) {
	db.writing.Lock()
	defer db.writing.Unlock()
	n, err := db.rewriteAll(ctx, change)
	return n, fault(fmt.Sprintf("rewrite events (%d done)", n), err)
}

func (db *DB) rewriteAll(ctx context.Context, change func(*floor.Event) bool) (int, error) {
	try := func(ev *floor.Event) bool {
		scratch := *ev
		return change(&scratch)
	}
	if err := db.sealIf(try); err != nil {
		return 0, err
	}
	dec := &decoder{names: &interner{}}
	f := fetcher{db: db, next: 1, last: db.writer.last}
	altered := 0
	for {
		if err := ctx.Err(); err != nil {
			return altered, err
		}
		list, err := f.fetch()
		if err != nil || len(list) == 0 {
			return altered, err
		}
		var buf []floor.Event
		hits := map[uint64]int{}
		for _, r := range list {
			if buf, err = dec.decode(r.bucket, r.first, r.value, buf[:0]); err != nil || r.bucket != bucketLog {
				continue // damaged, or just seen in the tail
			}
			for i := range buf {
				if try(&buf[i]) {
					hits[r.first]++
				}
			}
		}
		if len(hits) == 0 {
			continue
		}
		err = db.update(func(tx *bbolt.Tx) error {
			w := db.writer
			for first := range hits {
				if err := w.rewrite(tx, first, func(ev *floor.Event) bool { change(ev); return true }); err != nil {
					return err
				}
			}
			db.pending = &w
			return w.putState(tx)
		})
		if err != nil {
			return altered, err
		}
		db.settlePending()
		db.forget()
		for _, n := range hits {
			altered += n
		}
	}
}
