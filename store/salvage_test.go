package store

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"farol/floor"
)

func TestSalvageGetsBackAllThatIsReadable(t *testing.T) {
	sp := makeSpecimen(t)
	r := rand.New(rand.NewPCG(5, 5))
	page := os.Getpagesize()
	for kind, hurt := range map[string]func([]byte) []byte{
		"nothing":        func(b []byte) []byte { return b },
		"both metas":     func(b []byte) []byte { clear(b[:2*page]); return b },
		"a page":         func(b []byte) []byte { i := (2 + r.IntN(len(b)/page-2)) * page; clear(b[i : i+page]); return b },
		"another page":   func(b []byte) []byte { i := (2 + r.IntN(len(b)/page-2)) * page; clear(b[i : i+page]); return b },
		"the last tenth": func(b []byte) []byte { return b[:len(b)*9/10] },
	} {
		t.Run(kind, func(t *testing.T) {
			dir := t.TempDir()
			from, to := filepath.Join(dir, "hurt.db"), filepath.Join(dir, "new.db")
			if err := os.WriteFile(from, hurt(slices.Clone(sp.bytes)), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := Salvage(t.Context(), from, to)
			if err != nil || got.Events == 0 || kind == "nothing" && (got.Lost != 0 || got.Events != len(sp.events)) {
				t.Fatalf("%+v, %v", got, err)
			}
			if got.Lost >= 0 && got.Events+got.Lost != len(sp.events) {
				t.Errorf("%+v of %d", got, len(sp.events))
			}
			t.Logf("%+v of %d", got, len(sp.events))
			sound(t, to, got.Events)
			db := open(t, to)
			byKey := map[floor.Key]floor.Event{}
			for _, ev := range sp.events {
				byKey[ev.Key] = ev
			}
			for _, ev := range all(t, db, 0) {
				want := byKey[ev.Key]
				ev.Seq = want.Seq
				if ev != want {
					t.Fatalf("salvaged %+v, want %+v", ev, want)
				}
			}
			if c, err := db.Cursor("queue_log"); err != nil || kind == "nothing" && string(c) != "20000" {
				t.Errorf("cursor %q, %v", c, err)
			}
			again := appendAll(t, db, floor.Batch{Source: "queue_log", Events: slices.Clone(sp.events)})
			if again.Added+again.Duplicates != len(sp.events) || kind == "nothing" && again.Added > 0 {
				t.Errorf("told again: %+v", again)
			}
		})
	}
	path := filepath.Join(t.TempDir(), "there")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Salvage(t.Context(), path, path); err == nil {
		t.Error("salvaged onto a file that is there")
	}
}
