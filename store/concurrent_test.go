package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"farol/floor"
)

// Followers, range readers, checkpoints and care all work while two sources
// append: every follower sees every event once and in order, and no writer waits
// for a reader.
func TestEveryoneAtOnce(t *testing.T) {
	db := fresh(t)
	const each = 3000
	ctx, stop := context.WithCancel(t.Context())
	var writers, others sync.WaitGroup
	for w := range 2 {
		writers.Go(func() { tell(t, db, fmt.Sprint(w), each) })
	}
	for range 2 {
		others.Go(func() { follow(t, db, 2*each) })
	}
	repeat := func(times int, do func() error) {
		others.Go(func() {
			for range times {
				if ctx.Err() != nil {
					return
				}
				if err := do(); err != nil && !errors.Is(err, context.Canceled) {
					t.Error(err)
					return
				}
			}
		})
	}
	from := time.Unix(1795321538, 0)
	repeat(1000, func() error {
		return db.ScanRange(ctx, from, from.Add(time.Minute), func([]floor.Event) error { return nil })
	})
	repeat(5, func() error { return db.SaveCheckpoint("metrics", db.Last(), make([]byte, 100_000)) })
	repeat(1000, func() error {
		_, _, err := db.Checkpoint("metrics")
		return err
	})
	repeat(100, func() error {
		_, err := db.Stats()
		return err
	})
	repeat(3, func() error {
		_, _, err := db.Compact()
		return err
	})
	repeat(5, func() error {
		_, err := db.Trim(from.Add(-time.Hour))
		return err
	})
	writers.Wait()
	stop()
	others.Wait()
	_ = db.Close()
	sound(t, db.Path(), 2*each)
}

// tell appends total events of a source, some at a time.
func tell(t *testing.T, db *DB, source string, total int) {
	in := queueLog(total, uint64(len(source)))
	for i := 0; i < total; {
		n := min(10+i%190, total-i)
		for j := range n {
			in[i+j].Source, in[i+j].N = source, i+j
		}
		if _, err := db.Append([]floor.Batch{{Source: source, Events: in[i : i+n], Cursor: seqKey(uint64(i + n))}}); err != nil {
			t.Error(err)
			return
		}
		i += n
	}
}

// follow reads until it has seen total events.
func follow(t *testing.T, db *DB, total int) {
	next := map[string]int{}
	after := uint64(0)
	for after < uint64(total) {
		if err := db.Wait(t.Context(), after); err != nil {
			t.Error(err)
			return
		}
		err := db.Scan(t.Context(), after, func(evs []floor.Event) error {
			for i := range evs {
				if evs[i].Seq != after+1 || evs[i].N != next[evs[i].Source] {
					return fmt.Errorf("event %d of source %s with number %d after %d", evs[i].N, evs[i].Source, evs[i].Seq, after)
				}
				after++
				next[evs[i].Source]++
			}
			return nil
		})
		if err != nil {
			t.Error(err)
			return
		}
	}
}

// A reader that stops in the middle of its slice holds no transaction: the
// writer goes on and the file does not grow for it.
func TestASlowReaderHoldsNothing(t *testing.T) {
	db := fresh(t)
	appendAll(t, db, floor.Batch{Events: queueLog(60_000, 1)})
	inside, leave := make(chan struct{}), make(chan struct{})
	done := make(chan error)
	go func() {
		once := sync.OnceFunc(func() { close(inside); <-leave })
		done <- db.Scan(context.Background(), 0, func([]floor.Event) error { once(); return nil })
	}()
	<-inside
	before := sizeOf(db.Path())
	more := queueLog(150, 2)
	for i := range more {
		more[i].Source = "other"
		appendAll(t, db, floor.Batch{Events: more[i : i+1]})
	}
	if after := sizeOf(db.Path()); after > before+before/10 {
		t.Errorf("the file grew from %d to %d bytes", before, after)
	}
	close(leave)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestScanStops(t *testing.T) {
	db := fresh(t)
	appendAll(t, db, floor.Batch{Events: queueLog(60_000, 1)})
	boom := errors.New("boom")
	for _, after := range []uint64{0, 59_000} { // decoding beside the caller, and not
		n := 0
		err := db.Scan(t.Context(), after, func([]floor.Event) error { n++; return boom })
		if !errors.Is(err, boom) || n != 1 {
			t.Errorf("after %d: %v, %d calls", after, err, n)
		}
		ctx, cancel := context.WithCancel(t.Context())
		if err := db.Scan(ctx, after, func([]floor.Event) error { cancel(); return nil }); after == 0 && !errors.Is(err, context.Canceled) {
			t.Errorf("after %d: %v", after, err)
		}
		cancel()
	}
}
