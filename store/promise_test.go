package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"farol/floor"
)

// What would make a commit return before it is on the disk, or an opening read
// the whole file, is never asked of bbolt, anywhere in the tree.
func TestNothingTurnsSyncingOff(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, word := range []string{"NoSync", "NoFreelistSync", "NoGrowSync"} {
			if strings.Contains(string(text), word) {
				t.Errorf("%s has %s", path, word)
			}
		}
		return nil
	})
	if err != nil || files < 20 {
		t.Fatalf("%d files read, %v", files, err)
	}
	if o := (Options{}).bolt(); o.Timeout <= 0 || o.Timeout > time.Second {
		t.Errorf("waits %v for a held file", o.Timeout)
	}
}

func TestMaxSizeIsFullAndTemporary(t *testing.T) {
	path := filepath.Join(t.TempDir(), "farol.db")
	_ = open(t, path).Close()
	// bbolt grows in steps of 16 MB, so this is the least that can be asked.
	db, err := Open(path, Options{MaxSize: 40 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	stored := 0
	for range 100 {
		b := floor.Batch{Source: "a", Cursor: seqKey(uint64(stored + 1))}
		b.Events = []floor.Event{{Key: floor.KeyAt("f", int64(stored)), Text: strings.Repeat("x", 1<<20)}}
		if _, err = db.Append([]floor.Batch{b}); err != nil {
			break
		}
		stored++
	}
	var temporary interface{ Temporary() bool }
	if !errors.Is(err, ErrFull) || !errors.As(err, &temporary) || !temporary.Temporary() {
		t.Fatalf("after %d MB: %v", stored, err)
	}
	if got := len(all(t, db, 0)); got != stored || db.Last() != uint64(stored) {
		t.Fatalf("%d events, last %d, after %d were stored", got, db.Last(), stored)
	}
	if c, err := db.Cursor("a"); err != nil || string(c) != string(seqKey(uint64(stored))) {
		t.Fatalf("cursor %x, %v", c, err)
	}
	if got, err := db.Append([]floor.Batch{{Source: "a", Events: []floor.Event{{Key: floor.KeyAt("f", 1<<40)}}}}); err != nil || got.Added != 1 {
		t.Fatalf("what fits is refused: %+v, %v", got, err)
	}
}

func TestFaultNamesTheCause(t *testing.T) {
	for text, want := range map[string]error{
		"file resize error: no space left on device": ErrFull,
		"file sync error: input/output error":        ErrIO,
		"write f: disk quota exceeded":               ErrFull,
		"file sync error: read-only file system":     ErrIO,
	} {
		err := fault("append", errors.New(text))
		if !errors.Is(err, want) || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: %v", text, err)
		}
		var temporary interface{ Temporary() bool }
		if errors.As(err, &temporary) != (want == ErrFull) {
			t.Errorf("%s: temporary", text)
		}
	}
	if fault("x", nil) != nil {
		t.Error("no error became one")
	}
}

func TestVerifyReportsACheckThatFails(t *testing.T) {
	db := fresh(t)
	_ = db.Close()
	for _, command := range [][]string{{"sh", "-c", "echo page 7: bad; exit 1"}, {"sh", "-c", "kill -9 $$"}} {
		r, err := Verify(t.Context(), db.Path(), command...)
		if err != nil || r.OK() {
			t.Errorf("%v: %+v, %v", command, r, err)
		}
	}
}

func TestNetworkFileSystemsAreKnown(t *testing.T) {
	if got := networkFS(filepath.Join(t.TempDir(), "not", "yet")); got != "" {
		t.Errorf("a local folder is on %s", got)
	}
}
