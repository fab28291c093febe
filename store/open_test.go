package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"farol/floor"

	"go.etcd.io/bbolt"
)

func TestOpenMakesAPrivateFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "deep", "farol.db")
	db := open(t, path)
	for name, want := range map[string]os.FileMode{path: fileMode, filepath.Dir(path): dirMode | os.ModeDir, holderPath(path): fileMode} {
		info, err := os.Stat(name)
		if err != nil || info.Mode() != want {
			t.Errorf("%s: mode %v, want %v, %v", name, info.Mode(), want, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Fatalf("left behind: %v, %v", left, err)
	}
}

func TestOpenRefusesWhatIsNoStoreAndChangesNothing(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "foreign.db")
	b, err := bbolt.Open(foreign, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Update(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("x")); return err }); err != nil {
		t.Fatal(err)
	}
	_ = b.Close()
	foreignBytes, _ := os.ReadFile(foreign)
	good := filepath.Join(dir, "good.db")
	_ = open(t, good).Close()
	goodBytes, _ := os.ReadFile(good)
	for _, c := range []struct {
		name    string
		content []byte
		want    error
	}{
		{"text", []byte("1795321538|NONE|NONE|NONE|CONFIGRELOAD|\n"), ErrNotStore},
		{"zeros", make([]byte, 64<<10), ErrNotStore},
		{"another bbolt file", foreignBytes, ErrNotStore},
		{"a store cut short", goodBytes[:2*os.Getpagesize()+100], ErrDamaged},
	} {
		path := filepath.Join(dir, strings.ReplaceAll(c.name, " ", "-"))
		if err := os.WriteFile(path, c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, readOnly := range []bool{false, true} {
			if _, err := Open(path, Options{ReadOnly: readOnly}); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", c.name, err, c.want)
			}
		}
		if now, _ := os.ReadFile(path); string(now) != string(c.content) {
			t.Errorf("%s was changed", c.name)
		}
	}
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrNotStore) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "none"), Options{ReadOnly: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file, for reading: %v", err)
	}
}

func TestOpenRefusesANewerStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "farol.db")
	_ = open(t, path).Close()
	b, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = b.Update(func(tx *bbolt.Tx) error {
		key := []byte("schema")
		v := binary.BigEndian.AppendUint32([]byte(schemaMagic), schemaVersion+1)
		return tx.Bucket([]byte(bucketMeta)).Put(key, seal(bucketMeta, key, v))
	})
	if err = errors.Join(err, b.Close()); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	if _, err := Open(path, Options{}); !errors.Is(err, ErrNewer) {
		t.Fatalf("%v, want ErrNewer", err)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Fatal("the newer store was changed")
	}
}

func TestSecondOpenSaysWhoHoldsTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "farol.db")
	db, err := Open(path, Options{Holder: "farol serve"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, o := range []Options{{}, {ReadOnly: true}} {
		start := time.Now()
		_, err := Open(path, o)
		if took := time.Since(start); took > 1500*time.Millisecond {
			t.Errorf("took %v to say so", took)
		}
		if !errors.Is(err, ErrHeld) || !strings.Contains(err.Error(), fmt.Sprintf("pid %d (farol serve) since", os.Getpid())) {
			t.Errorf("%v", err)
		}
	}
	if _, err := Verify(t.Context(), path); !errors.Is(err, ErrHeld) {
		t.Errorf("verify: %v", err)
	}
}

func TestReadersShareTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "farol.db")
	db := open(t, path)
	appendAll(t, db, floor.Batch{Source: "a", Events: queueLog(10, 1)})
	_ = db.Close()
	for range 2 {
		db, err := Open(path, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		if got := all(t, db, 0); len(got) != 10 {
			t.Errorf("%d events", len(got))
		}
		if _, err := db.Append(nil); !errors.Is(err, ErrReadOnly) {
			t.Errorf("append: %v", err)
		}
	}
}

func TestClosed(t *testing.T) {
	db := fresh(t)
	waiting := make(chan error)
	go func() { waiting <- db.Wait(context.Background(), 0) }()
	_ = db.Close()
	if err := <-waiting; !errors.Is(err, ErrClosed) {
		t.Errorf("wait: %v", err)
	}
	_, appendErr := db.Append([]floor.Batch{{Events: queueLog(1, 1)}})
	_, cursorErr := db.Cursor("a")
	_, statsErr := db.Stats()
	for name, err := range map[string]error{
		"append": appendErr, "cursor": cursorErr, "stats": statsErr,
		"scan":  db.Scan(t.Context(), 0, func([]floor.Event) error { return nil }),
		"range": db.ScanRange(t.Context(), time.Time{}, time.Time{}, func([]floor.Event) error { return nil }),
		"save":  db.SaveCheckpoint("a", 1, nil),
		"close": errors.Join(db.Close(), ErrClosed),
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWaitReturnsWhenThereIsNews(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := &DB{news: make(chan struct{})}
		ctx, cancel := context.WithCancel(t.Context())
		got := make(chan error, 1)
		go func() { got <- db.Wait(ctx, 5) }()
		synctest.Wait()
		db.publish(5, nil)
		synctest.Wait()
		if len(got) != 0 {
			t.Fatal("woke for an event already seen")
		}
		db.publish(6, nil)
		if err := <-got; err != nil {
			t.Fatal(err)
		}
		go func() { got <- db.Wait(ctx, 6) }()
		cancel()
		if err := <-got; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	})
}
