package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// Backup writes a copy of the store, as it is now, to a new file at path, mode
// 0600: first under another name, then, synced, under its own. Appends go on
// meanwhile.
func (db *DB) Backup(path string) error {
	if err := db.usable(); err != nil {
		return err
	}
	err := replace(path, func(f *os.File) error {
		return db.view(func(tx *bbolt.Tx) error {
			_, err := tx.WriteTo(f)
			return err
		})
	})
	return fault("back up "+db.path+" to "+path, err)
}

// Restore puts the backup at from in the place of the store at path, which
// nobody may have open. It refuses a backup with anything wrong in it.
func Restore(from, path string) error {
	op := "restore " + path + " from " + from
	if err := examine(from, Options{Network: true}); err != nil {
		return fault(op, fmt.Errorf("backup: %w", err))
	}
	if _, err := os.Stat(path); err == nil {
		held, err := os.OpenFile(path, os.O_RDWR, fileMode)
		if err != nil {
			return fault(op, err)
		}
		defer func() { _ = held.Close() }()
		if err := lockExclusive(held, defaultTimeout); err != nil {
			return fault(op, fmt.Errorf("%w: %s", err, whoHolds(path)))
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), dirMode); err != nil {
		return fault(op, err)
	}
	return fault(op, replace(path, func(f *os.File) error {
		backup, err := os.Open(from)
		if err != nil {
			return err
		}
		_, err = io.Copy(f, backup)
		return errors.Join(err, backup.Close())
	}))
}

// replace makes path a new file with what write writes, in one step.
func replace(path string, write func(*os.File) error) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".new-")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // gone already when all went well
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// compactTx is about how many bytes one transaction of Compact writes.
const compactTx = 16 << 20

// Compact writes the store anew without its free pages, in which dropped and
// rewritten events may still be read, and puts it in the old one's place. It
// returns the file's size before and after. Appends wait while it runs; readers
// only for the moment of the change. After an error the old file is in use.
func (db *DB) Compact() (before, after int64, err error) {
	op := "compact " + db.path
	db.writing.Lock()
	defer db.writing.Unlock()
	if err := db.usable(); err != nil {
		return 0, 0, err
	}
	if db.opts.ReadOnly {
		return 0, 0, fault(op, ErrReadOnly)
	}
	dir := filepath.Dir(db.path)
	tmp, err := os.CreateTemp(dir, "."+filepath.Base(db.path)+".new-")
	if err != nil {
		return 0, 0, fault(op, err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	if err := tmp.Close(); err != nil {
		return 0, 0, fault(op, err)
	}
	next, err := openBolt(tmp.Name(), db.opts)
	if err != nil {
		return 0, 0, fault(op, err)
	}
	if err := guard(func() error { return bbolt.Compact(next, db.bolt, compactTx) }); err != nil {
		return 0, 0, fault(op, errors.Join(err, next.Close()))
	}
	if err := next.View(checkSchema); err != nil {
		return 0, 0, fault(op, errors.Join(err, next.Close()))
	}
	before, after = sizeOf(db.path), sizeOf(tmp.Name())
	if err := os.Rename(tmp.Name(), db.path); err != nil {
		return 0, 0, fault(op, errors.Join(err, next.Close()))
	}
	// From here on the new file is the store, and locked by its being open.
	db.swap.Lock()
	old := db.bolt
	db.bolt = next
	db.swap.Unlock()
	return before, after, fault(op, errors.Join(syncDir(dir), old.Close()))
}

func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
