package store

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"farol/floor"
)

// specimen is a store with something in every bucket, and what it holds.
type specimen struct {
	bytes  []byte
	events []floor.Event
	saved  []byte
}

func makeSpecimen(t testing.TB) specimen {
	t.Helper()
	path := filepath.Join(t.TempDir(), "specimen.db")
	db := open(t, path)
	sp := specimen{events: overDays(20_000, 6, 900), saved: bytes.Repeat([]byte("state "), 3000)}
	for i := range sp.events {
		if i%50 == 0 {
			sp.events[i].Source, sp.events[i].Key = "chatwoot", floor.KeyID(fmt.Sprintf("delivery-%d", i))
		}
	}
	appendAll(t, db, floor.Batch{Source: "queue_log", Events: sp.events[:19_000], Cursor: []byte("19000")})
	if err := db.SaveCheckpoint("metrics", 19_000, sp.saved); err != nil {
		t.Fatal(err)
	}
	for i := 19_000; i < len(sp.events); i += 50 {
		appendAll(t, db, floor.Batch{Source: "queue_log", Events: sp.events[i : i+50], Cursor: []byte(strconv.Itoa(i + 50))})
		if err := db.SaveRollup(strconv.Itoa(i), sp.saved[:100]); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	sound(t, path, len(sp.events))
	var err error
	if sp.bytes, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	// The file's sparse end holds nothing that could be damaged.
	sp.bytes = bytes.TrimRight(sp.bytes, "\x00")
	sp.bytes = append(sp.bytes, make([]byte, 3*os.Getpagesize()-len(sp.bytes)%os.Getpagesize())...)
	return sp
}

// verdict is what reading a damaged file came to.
type verdict struct {
	silent  string // wrong without a word: must stay empty
	noticed bool
	lost    int
}

// judge opens a damaged copy and uses all of it.
func (sp *specimen) judge(t testing.TB, path string) (v verdict) {
	told := map[uint64]bool{}
	db, err := Open(path, Options{OnDamage: func(d Damage) {
		for seq := d.First; seq <= d.Last; seq++ {
			told[seq] = true
		}
	}})
	if err != nil {
		if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotStore) {
			v.silent = fmt.Sprintf("open: %v", err)
		}
		v.noticed = true
		return v
	}
	defer func() { _ = db.Close() }()
	note := func(what string, err error, right bool) {
		switch {
		case errors.Is(err, ErrDamaged):
			v.noticed = true
		case err != nil:
			v.silent += fmt.Sprintf("%s: %v; ", what, err)
		case !right:
			v.silent += what + "; "
		}
	}
	got := map[uint64]bool{}
	err = db.Scan(t.Context(), 0, func(evs []floor.Event) error {
		for i := range evs {
			seq := evs[i].Seq
			if seq == 0 || seq > uint64(len(sp.events)) || got[seq] || evs[i] != sp.events[seq-1] {
				v.silent += fmt.Sprintf("event %d wrong or twice; ", seq)
			}
			got[seq] = true
		}
		return nil
	})
	note("scan", err, true)
	for seq := uint64(1); err == nil && seq <= uint64(len(sp.events)); seq++ {
		if !got[seq] {
			v.lost++
			if !told[seq] {
				v.silent += fmt.Sprintf("event %d missing; ", seq)
			}
		}
	}
	v.noticed = v.noticed || len(told) > 0
	cursor, err := db.Cursor("queue_log")
	note("cursor", err, string(cursor) == strconv.Itoa(len(sp.events)))
	seq, data, err := db.Checkpoint("metrics")
	note("checkpoint", err, seq == 19_000 && bytes.Equal(data, sp.saved))
	rollup, err := db.Rollup("19500")
	note("roll-up", err, bytes.Equal(rollup, sp.saved[:100]))
	sp.judgeRange(t, db, told, note)
	again, err := db.Append([]floor.Batch{{Source: "queue_log", Events: slices.Clone(sp.events)}})
	note("events told again are doubled", err, again.Added == 0)
	return v
}

func (sp *specimen) judgeRange(t testing.TB, db *DB, told map[uint64]bool, note func(string, error, bool)) {
	from := time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC)
	to := from.Add(30 * time.Hour)
	got := map[uint64]bool{}
	err := db.ScanRange(t.Context(), from, to, func(evs []floor.Event) error {
		for i := range evs {
			got[evs[i].Seq] = true
		}
		return nil
	})
	right := true
	for i := range sp.events {
		at, seq := sp.events[i].At, uint64(i+1)
		in := !at.Before(from) && at.Before(to)
		right = right && (got[seq] == in || in && told[seq])
	}
	note("range", err, right)
}

func TestDamageIsNeverServed(t *testing.T) {
	sp := makeSpecimen(t)
	tries, _ := strconv.Atoi(os.Getenv("FAROL_DAMAGE"))
	if tries == 0 {
		tries = 5
	}
	page := os.Getpagesize()
	for seed, c := range []struct {
		kind string
		hurt func(b []byte, r *rand.Rand) []byte
	}{
		{"one bit", func(b []byte, r *rand.Rand) []byte { b[r.IntN(len(b))] ^= 1 << r.IntN(8); return b }},
		{"one bit of heads", func(b []byte, r *rand.Rand) []byte {
			b[r.IntN(len(b)/page)*page+r.IntN(128)] ^= 1 << r.IntN(8)
			return b
		}},
		{"a sector", func(b []byte, r *rand.Rand) []byte { i := r.IntN(len(b)/512) * 512; clear(b[i : i+512]); return b }},
		{"a page", func(b []byte, r *rand.Rand) []byte { i := r.IntN(len(b)/page) * page; clear(b[i : i+page]); return b }},
		{"a page twice", func(b []byte, r *rand.Rand) []byte {
			i, j := r.IntN(len(b)/page)*page, r.IntN(len(b)/page)*page
			copy(b[i:i+page], b[j:j+page])
			return b
		}},
		{"the end", func(b []byte, r *rand.Rand) []byte { return b[:r.IntN(len(b))] }},
	} {
		t.Run(c.kind, func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(tries), uint64(seed)))
			noticed, lost := 0, 0
			for i := range tries {
				path := filepath.Join(t.TempDir(), "hurt.db")
				if err := os.WriteFile(path, c.hurt(slices.Clone(sp.bytes), r), 0o600); err != nil {
					t.Fatal(err)
				}
				report, err := Verify(t.Context(), path)
				v := sp.judge(t, path)
				if v.silent != "" {
					t.Errorf("%d: %.300s", i, v.silent)
				}
				if v.noticed && err == nil && report.OK() {
					t.Errorf("%d: reading noticed the damage, Verify did not", i)
				}
				if v.noticed {
					noticed++
				}
				lost += v.lost
			}
			t.Logf("%d times: %d noticed, %d events lost, 0 silent", tries, noticed, lost)
		})
	}
}
