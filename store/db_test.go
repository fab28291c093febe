package store

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"farol/floor"

	"pgregory.net/rapid"
)

func open(t testing.TB, path string) *DB {
	t.Helper()
	db, err := Open(path, Options{OnDamage: func(d Damage) { t.Errorf("damage: %+v", d) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func fresh(t testing.TB) *DB { return open(t, filepath.Join(t.TempDir(), "farol.db")) }

func all(t testing.TB, db *DB, after uint64) (out []floor.Event) {
	t.Helper()
	if err := db.Scan(t.Context(), after, func(evs []floor.Event) error {
		out = append(out, evs...)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func appendAll(t testing.TB, db *DB, batches ...floor.Batch) Appended {
	t.Helper()
	got, err := db.Append(batches)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAppendThenScan(t *testing.T) {
	for _, n := range []int{1, 7, bulk, 40_000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			db := fresh(t)
			want := queueLog(n, uint64(n))
			if got := appendAll(t, db, floor.Batch{Source: "queue_log", Events: want, Cursor: []byte("end")}); got.Added != n || got.First != 1 || got.Last != uint64(n) {
				t.Fatalf("Append = %+v", got)
			}
			check := func() {
				t.Helper()
				if got := all(t, db, 0); !reflect.DeepEqual(got, want) {
					t.Fatalf("%d events came back of %d", len(got), n)
				}
				if got := all(t, db, uint64(n/2)); len(got) != n-n/2 || got[0].Seq != uint64(n/2+1) {
					t.Fatalf("from the middle: %d events", len(got))
				}
				if c, err := db.Cursor("queue_log"); err != nil || string(c) != "end" {
					t.Fatalf("cursor %q, %v", c, err)
				}
			}
			check()
			if got := appendAll(t, db, floor.Batch{Source: "queue_log", Events: want}); got.Added != 0 || got.Duplicates != n {
				t.Fatalf("the same again: %+v", got)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			for i := range want {
				want[i].Seq = uint64(i + 1)
			}
			db = open(t, db.Path())
			check()
		})
	}
}

func TestSmallAppendsFillBlocks(t *testing.T) {
	db := fresh(t)
	want := queueLog(9000, 3)
	for i := 0; i < len(want); i += 12 {
		appendAll(t, db, floor.Batch{Events: want[i:min(i+12, len(want))]})
	}
	if got := all(t, db, 0); !reflect.DeepEqual(got, want) {
		t.Fatal("what came back is not what was appended")
	}
	st, err := db.Stats()
	if err != nil {
		t.Fatal(err)
	}
	if st.Events != len(want) || st.Blocks < 1 || st.Blocks > 3 || st.Sources["queue_log"] != len(want) {
		t.Fatalf("stats %+v", st)
	}
}

// model is what the store should hold.
type model struct {
	events  []floor.Event
	keys    map[string]bool
	places  map[[2]string]uint64
	cursors map[string][]byte
	saved   map[string]string
}

func (m *model) add(b floor.Batch) (dup int) {
	for _, ev := range b.Events {
		if ev.Source == "" {
			ev.Source = b.Source
		}
		if ev.Key.Positional() {
			p := [2]string{ev.Source, ev.Key.ID}
			if uint64(ev.Key.Offset) < m.places[p] {
				dup++
				continue
			}
			m.places[p] = uint64(ev.Key.Offset) + 1
		} else {
			k := fmt.Sprintf("%q %q %d", ev.Source, ev.Key.ID, ev.Key.Offset)
			if m.keys[k] {
				dup++
				continue
			}
			m.keys[k] = true
		}
		ev.Seq = uint64(len(m.events) + 1)
		m.events = append(m.events, ev)
	}
	if b.Cursor != nil {
		m.cursors[b.Source] = slices.Clone(b.Cursor)
	}
	return dup
}

// fewer lowers rapid's number of checks, where each costs many synced commits,
// unless the command line says otherwise.
func fewer(t *testing.T, checks int) {
	f := flag.Lookup("rapid.checks")
	if f.Value.String() != f.DefValue {
		return
	}
	if err := f.Value.Set(strconv.Itoa(checks)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Value.Set(f.DefValue) })
}

func TestRandomOperationsAgainstAModel(t *testing.T) {
	fewer(t, 20)
	againstModel(t)
}

// batches are what sources tell: places that rise and sometimes repeat, keys of
// their own, now and then many at once.
func batches() *rapid.Generator[floor.Batch] {
	var places int64
	return rapid.Custom(func(rt *rapid.T) floor.Batch {
		b := floor.Batch{Source: rapid.SampledFrom([]string{"a", "b", "queue_log"}).Draw(rt, "source")}
		if rapid.Bool().Draw(rt, "cursor") {
			b.Cursor = rapid.SliceOfN(rapid.Byte(), 0, 9).Draw(rt, "bytes")
			if b.Cursor == nil {
				b.Cursor = []byte{}
			}
		}
		for range rapid.SampledFrom([]int{0, 1, 1, 2, 5, 30}).Draw(rt, "n") {
			ev := events().Draw(rt, "event")
			if rapid.Bool().Draw(rt, "placed") {
				places += rapid.Int64Range(-1, 9).Draw(rt, "step")
				ev.Key = floor.KeyAt("file", max(0, places))
			}
			b.Events = append(b.Events, ev)
		}
		if rapid.IntRange(0, 19).Draw(rt, "many") == 0 {
			seed := rapid.Uint64().Draw(rt, "seed")
			b.Events = append(b.Events, queueLog(rapid.IntRange(1, 3000).Draw(rt, "events"), seed)...)
		}
		return b
	})
}

func againstModel(t *testing.T) {
	dir := t.TempDir()
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		path := filepath.Join(dir, fmt.Sprint(run))
		db := open(t, path)
		defer func() { _ = db.Close() }()
		m := &model{keys: map[string]bool{}, places: map[[2]string]uint64{}, cursors: map[string][]byte{}, saved: map[string]string{}}
		draw := batches()
		rt.Repeat(map[string]func(*rapid.T){
			"append": func(rt *rapid.T) {
				batches := rapid.SliceOfN(draw, 1, 3).Draw(rt, "batches")
				dup, before := 0, len(m.events)
				for _, b := range batches {
					dup += m.add(b)
				}
				got, err := db.Append(batches)
				if err != nil || got.Duplicates != dup || got.Added != len(m.events)-before {
					rt.Fatalf("append: %+v, %v; want %d added, %d duplicates", got, err, len(m.events)-before, dup)
				}
			},
			"prepared": func(rt *rapid.T) {
				b := draw.Draw(rt, "batch")
				dup := m.add(b)
				got, err := db.AppendPrepared(Prepare(b))
				if err != nil || got.Duplicates != dup {
					rt.Fatalf("append prepared: %+v, %v; want %d duplicates", got, err, dup)
				}
			},
			"again": func(rt *rapid.T) {
				if len(m.events) == 0 {
					rt.Skip()
				}
				i := rapid.IntRange(0, len(m.events)-1).Draw(rt, "event")
				got, err := db.Append([]floor.Batch{{Events: m.events[i : i+1 : i+1]}})
				if m.events[i].Seq = uint64(i + 1); err != nil || got.Added != 0 || got.Duplicates != 1 {
					rt.Fatalf("event %d again: %+v, %v", i, got, err)
				}
			},
			"save": func(rt *rapid.T) {
				k, v := rapid.StringN(0, 5, 20).Draw(rt, "name"), rapid.String().Draw(rt, "data")
				m.saved[k] = v
				if err := errors.Join(db.SaveCheckpoint(k, uint64(len(v)), []byte(v)), db.SaveRollup(k, []byte(v))); err != nil {
					rt.Fatal(err)
				}
			},
			"reopen": func(rt *rapid.T) {
				if err := db.Close(); err != nil {
					rt.Fatal(err)
				}
				db = open(t, path)
			},
			"": func(rt *rapid.T) { agrees(rt, db, m) },
		})
	})
}

func agrees(t *rapid.T, db *DB, m *model) {
	if db.Last() != uint64(len(m.events)) {
		t.Fatalf("last %d, want %d", db.Last(), len(m.events))
	}
	after := uint64(rapid.IntRange(0, len(m.events)).Draw(t, "after"))
	next := after
	err := db.Scan(context.Background(), after, func(evs []floor.Event) error {
		for i := range evs {
			if evs[i] != m.events[next] {
				t.Fatalf("event %d is %+v, want %+v", next+1, evs[i], m.events[next])
			}
			next++
		}
		return nil
	})
	if err != nil || next != uint64(len(m.events)) {
		t.Fatalf("scan ended at %d: %v", next, err)
	}
	cursors, err := db.Cursors()
	if err != nil || !reflect.DeepEqual(cursors, m.cursors) {
		t.Fatalf("cursors %v, %v", cursors, err)
	}
	for k, v := range m.saved {
		seq, data, err := db.Checkpoint(k)
		if err != nil || seq != uint64(len(v)) || string(data) != v {
			t.Fatalf("checkpoint %q: %d, %q, %v", k, seq, data, err)
		}
		if data, err := db.Rollup(k); err != nil || string(data) != v {
			t.Fatalf("rollup %q: %q, %v", k, data, err)
		}
	}
	inRangeAgrees(t, db, m)
}

func inRangeAgrees(t *rapid.T, db *DB, m *model) {
	from := times().Draw(t, "from")
	to := from.Add(time.Duration(rapid.Int64Range(0, int64(50*time.Hour)).Draw(t, "long")))
	var want, got []uint64
	for _, ev := range m.events {
		if !ev.At.Before(from) && (to.IsZero() || ev.At.Before(to)) { // a zero to is no end
			want = append(want, ev.Seq)
		}
	}
	if err := db.ScanRange(context.Background(), from, to, func(evs []floor.Event) error {
		for i := range evs {
			got = append(got, evs[i].Seq)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("from %v to %v: %v, want %v", from, to, got, want)
	}
}
