package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"farol/floor"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"
)

// sound fails unless Verify, from outside, finds the closed store in order with
// that many events.
func sound(t testing.TB, path string, events int) Report {
	t.Helper()
	r, err := Verify(t.Context(), path)
	if err != nil || !r.OK() || r.Events != events || r.Lost != 0 {
		t.Fatalf("verify: %+v, %v; want %d events", r, err, events)
	}
	return r
}

// overDays are n events of days days, in the order of At but for every late-th,
// which is of the first day.
func overDays(n, days, late int) []floor.Event {
	evs := queueLog(n, 9)
	start := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for i := range evs {
		evs[i].At = start.Add(time.Duration(i) * (time.Duration(days) * 24 * time.Hour / time.Duration(n))).Truncate(time.Second)
		if late > 0 && i%late == 0 {
			evs[i].At = start.Add(time.Hour)
		}
	}
	return evs
}

func TestBlocksDoNotSpanDays(t *testing.T) {
	db := fresh(t)
	appendAll(t, db, floor.Batch{Events: overDays(30_000, 10, 0)})
	err := db.view(func(tx *bbolt.Tx) error {
		n := 0
		err := eachIndex(tx, 0, 1<<40, func(e indexEntry) error {
			if n++; dayOf(e.minSec) != dayOf(e.maxSec) || e.count != e.extent.count {
				t.Errorf("block %d: %d to %d, %d of %d events", e.first, e.minSec, e.maxSec, e.count, e.extent.count)
			}
			return nil
		})
		if n < 10 {
			t.Errorf("%d blocks of 10 days", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	days, err := db.Days()
	if err != nil || len(days) != 10 || !days[0].Equal(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)) || !slices.IsSortedFunc(days, time.Time.Compare) {
		t.Fatalf("days %v, %v", days, err)
	}
}

func TestTrimDropsDays(t *testing.T) {
	for _, late := range []int{7, 501} {
		db := fresh(t)
		in := overDays(30_000, 10, late)
		appendAll(t, db, floor.Batch{Source: "queue_log", Events: in[:29_000], Cursor: []byte("c")})
		for i := 29_000; i < len(in); i += 50 {
			appendAll(t, db, floor.Batch{Events: in[i : i+50]})
		}
		cut := time.Date(2026, 11, 4, 9, 0, 0, 0, time.UTC)
		midnight := cut.Truncate(24 * time.Hour)
		var want []floor.Event
		for _, ev := range in {
			if !ev.At.Before(midnight) {
				want = append(want, ev)
			}
		}
		got, err := db.Trim(cut)
		if err != nil || got.Events != len(in)-len(want) || !got.Before.Equal(midnight) {
			t.Fatalf("trim: %+v, %v; want %d events", got, err, len(in)-len(want))
		}
		check := func() {
			t.Helper()
			if got := all(t, db, 0); !reflect.DeepEqual(got, want) {
				t.Fatalf("late %d: %d events left, want %d", late, len(got), len(want))
			}
			st, err := db.Stats()
			if err != nil || st.Events != len(want) || st.FirstAt.Before(midnight) || st.Last != uint64(len(in)) {
				t.Fatalf("stats %+v, %v", st, err)
			}
		}
		check()
		if again, err := db.Trim(cut); err != nil || again.Events != 0 {
			t.Fatalf("trim again: %+v, %v", again, err)
		}
		if got := appendAll(t, db, floor.Batch{Events: slices.Clone(in)}); got.Added != 0 {
			t.Fatalf("trimmed events came back: %+v", got)
		}
		_ = db.Close()
		sound(t, db.Path(), len(want))
		db = open(t, db.Path())
		check()
		if got := appendAll(t, db, floor.Batch{Events: []floor.Event{{Key: floor.KeyID("x"), At: cut}}}); got.First != uint64(len(in)+1) {
			t.Fatalf("numbers after trim: %+v", got)
		}
		_ = db.Close()
		sound(t, db.Path(), len(want)+1)
	}
}

func TestKeysAreKnownEightDaysLongerThanTheirEvents(t *testing.T) {
	db := fresh(t)
	day := func(n int) floor.Event {
		return floor.Event{Source: "a", Key: floor.KeyID(strings.Repeat("k", n+1)), At: time.Date(2026, 11, 1+n, 5, 0, 0, 0, time.UTC)}
	}
	var in []floor.Event
	for n := range 20 {
		in = append(in, day(n))
	}
	appendAll(t, db, floor.Batch{Events: in})
	moved := day(3)
	moved.At = day(19).At // told again with another time: still the same event
	if got := appendAll(t, db, floor.Batch{Events: []floor.Event{moved}}); got.Duplicates != 1 {
		t.Fatalf("a known key on another day: %+v", got)
	}
	if _, err := db.Trim(time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	got := appendAll(t, db, floor.Batch{Events: []floor.Event{day(5), day(6), day(13), day(14)}})
	if got.Added != 1 || got.Duplicates != 3 {
		t.Fatalf("%+v; only the key of 1+5 November is forgotten", got)
	}
}

func TestFilterKnowsEveryKey(t *testing.T) {
	fewer(t, 30)
	db := fresh(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 200).Draw(t, "n")
		at := times().Draw(t, "at")
		prefix := rapid.StringMatching("[a-z]{12}").Draw(t, "prefix")
		evs := make([]floor.Event, n)
		for i := range evs {
			evs[i] = floor.Event{Key: floor.KeyID(prefix + string(rune('0'+i))), At: at}
		}
		if _, err := db.Append([]floor.Batch{{Events: evs}}); err != nil {
			t.Fatal(err)
		}
		for i := range evs {
			evs[i].At = times().Draw(t, "other")
		}
		if got, err := db.Append([]floor.Batch{{Events: evs}}); err != nil || got.Added != 0 {
			t.Fatalf("%+v, %v", got, err)
		}
	})
}

func TestRewriteForgetsAPersonForGood(t *testing.T) {
	db := fresh(t)
	in := queueLog(12_000, 5)
	const who = "Nome Que Some"
	n := 0
	for i := range in {
		if i%100 == 3 {
			in[i].Agent, n = who, n+1
		}
	}
	appendAll(t, db, floor.Batch{Events: in[:11_900]})
	appendAll(t, db, floor.Batch{Events: in[11_900:]})
	got, err := db.Rewrite(t.Context(), func(ev *floor.Event) bool {
		if ev.Agent != who {
			return false
		}
		ev.Agent, ev.At, ev.Seq, ev.Key = "", time.Time{}, 0, floor.Key{} // only the name may go
		return true
	})
	if err != nil || got != n {
		t.Fatalf("%d rewritten, want %d: %v", got, n, err)
	}
	if _, _, err := db.Compact(); err != nil {
		t.Fatal(err)
	}
	for i := range in {
		if in[i].Agent == who {
			in[i].Agent = ""
		}
	}
	if got := all(t, db, 0); !reflect.DeepEqual(got, in) {
		t.Fatal("rewriting changed something else")
	}
	_ = db.Close()
	sound(t, db.Path(), len(in))
	if content, err := os.ReadFile(db.Path()); err != nil || bytes.Contains(content, []byte(who)) {
		t.Fatalf("the name is still in the file: %v", err)
	}
}

func TestCompactShrinksAndGoesOn(t *testing.T) {
	db := fresh(t)
	in := overDays(60_000, 20, 0)
	appendAll(t, db, floor.Batch{Source: "queue_log", Events: in, Cursor: []byte("c")})
	if err := db.SaveCheckpoint("metrics", 7, make([]byte, 20<<20)); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveCheckpoint("metrics", 7, []byte("small")); err != nil {
		t.Fatal(err)
	}
	before, after, err := db.Compact()
	if err != nil || after >= before {
		t.Fatalf("%d to %d bytes, %v", before, after, err)
	}
	if got := all(t, db, 0); !reflect.DeepEqual(got, in) {
		t.Fatal("events changed")
	}
	if _, err := Open(db.Path(), Options{Timeout: 100 * time.Millisecond}); !errors.Is(err, ErrHeld) {
		t.Fatalf("the compacted store is not held: %v", err)
	}
	appendAll(t, db, floor.Batch{Source: "queue_log", Events: []floor.Event{{Key: floor.KeyID("x")}}, Cursor: []byte("d")})
	_ = db.Close()
	sound(t, db.Path(), len(in)+1)
	db = open(t, db.Path())
	if c, err := db.Cursor("queue_log"); err != nil || string(c) != "d" {
		t.Fatalf("cursor %q, %v", c, err)
	}
}

// A store opened while it was being compacted must be the new file: what is
// written to the old one, which has no name any more, would be lost.
func TestOpenDuringCompactGetsTheNewFile(t *testing.T) {
	db := fresh(t)
	appendAll(t, db, floor.Batch{Events: queueLog(100, 1)})
	opened := make(chan *DB)
	go func() {
		other, err := Open(db.Path(), Options{Timeout: 20 * time.Second})
		if err != nil {
			t.Error(err)
		}
		opened <- other
	}()
	for range 5 {
		if _, _, err := db.Compact(); err != nil {
			t.Fatal(err)
		}
	}
	_ = db.Close()
	other := <-opened
	appendAll(t, other, floor.Batch{Events: []floor.Event{{Key: floor.KeyID("x")}}})
	_ = other.Close()
	sound(t, db.Path(), 101)
}

func TestBackupAndRestore(t *testing.T) {
	db := fresh(t)
	in := queueLog(5000, 2)
	appendAll(t, db, floor.Batch{Source: "queue_log", Events: in[:4000], Cursor: []byte("4000")})
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := db.Backup(backup); err != nil {
		t.Fatal(err)
	}
	appendAll(t, db, floor.Batch{Source: "queue_log", Events: in[4000:]})
	if err := Restore(backup, db.Path()); !errors.Is(err, ErrHeld) {
		t.Fatalf("restore over a store in use: %v", err)
	}
	_ = db.Close()
	if err := Restore(db.Path()+".holder", db.Path()); err == nil {
		t.Fatal("restored from nothing")
	}
	if err := Restore(backup, db.Path()); err != nil {
		t.Fatal(err)
	}
	sound(t, db.Path(), 4000)
	db = open(t, db.Path())
	if got := appendAll(t, db, floor.Batch{Source: "queue_log", Events: in}); got.Added != 1000 || got.Duplicates != 4000 {
		t.Fatalf("the source told all again: %+v", got)
	}
}
