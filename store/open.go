package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Options change how Open opens. The zero Options are right for a server.
type Options struct {
	// ReadOnly opens for reading, beside other readers; the file must exist.
	ReadOnly bool
	// Timeout is how long to wait for another process to let the file go; 0 is
	// one second.
	Timeout time.Duration
	// Holder is what others are told of who holds the file: a command, as typed.
	// Empty: the program's name.
	Holder string
	// MaxSize is the most bytes the file may grow to; 0 is no limit.
	MaxSize int64
	// Network allows a file on a network file system, where locks and syncs may
	// not mean what they say.
	Network bool
	// OnDamage, when set, is told once of each record whose bytes are not what
	// was written. It is called from whichever goroutine read it, must not block
	// and must not call the store.
	OnDamage func(Damage)
}

const (
	schemaVersion = 1
	schemaMagic   = "farol store"

	defaultTimeout = time.Second

	fileMode = 0o600
	dirMode  = 0o700
)

// mapSize is address space kept for the file, so that a writer need not wait for
// readers to let the map grow.
func mapSize() int {
	if strconv.IntSize < 64 {
		return 0
	}
	return 2 << 30
}

func (o Options) bolt() *bbolt.Options {
	timeout := o.Timeout
	if timeout <= 0 {
		timeout = defaultTimeout
	}
	return &bbolt.Options{
		Timeout:         timeout,
		ReadOnly:        o.ReadOnly,
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: mapSize(),
		MaxSize:         int(o.MaxSize),
		NoStatistics:    true,
	}
}

// Open opens the store at path, or makes it: the file with mode 0600, its
// folder with 0700. It fails with ErrHeld when another process has it open,
// ErrNewer, ErrNotStore or ErrDamaged when the file is not one this version can
// use, and then changes nothing.
func Open(path string, o Options) (*DB, error) {
	op := "open store " + path
	if fs := networkFS(filepath.Dir(path)); fs != "" && !o.Network {
		return nil, fault(op, fmt.Errorf("%w: %s", ErrNetwork, fs))
	}
	if err := makeMissing(path, o); err != nil {
		return nil, fault(op, err)
	}
	if err := examine(path, o); err != nil {
		return nil, fault(op, err)
	}
	bolt, err := openBolt(path, o)
	if err != nil {
		return nil, fault(op, err)
	}
	db := &DB{path: path, opts: o, bolt: bolt, news: make(chan struct{}), bad: map[uint64]Damage{}, wholes: map[string]bool{}, enc: newEncoder()}
	if err := db.load(); err != nil {
		_ = bolt.Close()
		return nil, fault(op, err)
	}
	if !o.ReadOnly {
		db.holder = writeHolder(path, o.Holder)
	}
	return db, nil
}

// openBolt opens the file itself; what bbolt makes of a damaged one, panics
// included, becomes ErrDamaged.
func openBolt(path string, o Options) (bolt *bbolt.DB, err error) {
	for {
		var f *os.File
		opts := o.bolt()
		opts.OpenFile = func(name string, flag int, mode os.FileMode) (_ *os.File, err error) {
			f, err = os.OpenFile(name, flag, mode)
			return f, err
		}
		err = guard(func() (err error) {
			bolt, err = bbolt.Open(path, fileMode, opts)
			return err
		})
		if errors.Is(err, bolterrors.ErrTimeout) {
			return nil, fmt.Errorf("%w: %s", ErrHeld, whoHolds(path))
		}
		if err != nil {
			return nil, err
		}
		if inPlace(f, path) {
			return bolt, nil
		}
		// While this waited for the lock, the file was compacted or restored and
		// the name is another file's now.
		if err := bolt.Close(); err != nil {
			return nil, err
		}
	}
}

// inPlace reports whether f still is the file at path.
func inPlace(f *os.File, path string) bool {
	a, err := f.Stat()
	if err != nil {
		return false
	}
	b, err := os.Stat(path)
	return err != nil || os.SameFile(a, b)
}

// examine refuses a file that is no store of this version, reading only.
func examine(path string, o Options) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // after bbolt has a lock of its own
	if err := lockShared(f, o.bolt().Timeout); err != nil {
		return fmt.Errorf("%w: %s", err, whoHolds(path))
	}
	if err := examinePages(f); err != nil {
		return err
	}
	o.ReadOnly = true
	bolt, err := openBolt(path, o)
	if err != nil {
		return err
	}
	err = guard(func() error { return bolt.View(checkSchema) })
	return errors.Join(err, bolt.Close())
}

func checkSchema(tx *bbolt.Tx) error {
	meta := tx.Bucket([]byte(bucketMeta))
	if meta == nil {
		return ErrNotStore
	}
	v := meta.Get([]byte("schema"))
	payload, ok := unseal(bucketMeta, []byte("schema"), v)
	if !ok {
		if v == nil {
			return ErrNotStore
		}
		return fmt.Errorf("%w: schema record", ErrDamaged)
	}
	name, version := payload[:len(payload)-4], binary.BigEndian.Uint32(payload[len(payload)-4:])
	if string(name) != schemaMagic {
		return ErrNotStore
	}
	if version > schemaVersion {
		return fmt.Errorf("%w: version %d, this one knows %d", ErrNewer, version, schemaVersion)
	}
	for _, name := range buckets() {
		if tx.Bucket([]byte(name)) == nil {
			return fmt.Errorf("%w: no bucket %s", ErrDamaged, name)
		}
	}
	return nil
}

// makeMissing makes an empty store at path unless there is a file. The store
// appears in one step, finished, so that a crash leaves no half of one.
func makeMissing(path string, o Options) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%w: it is a folder", ErrNotStore)
	case err == nil && info.Size() > 0:
		return nil
	case err != nil && !notExist(err):
		return err
	case o.ReadOnly:
		if err == nil {
			return ErrNotStore
		}
		return err
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, dirMode); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, "."+filepath.Base(path)+".new-")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	if err := tmp.Close(); err != nil {
		return err
	}
	if err := initialize(tmp.Name(), o); err != nil {
		return err
	}
	if info != nil {
		err = os.Rename(tmp.Name(), path) // an empty file gives way
	} else if err = os.Link(tmp.Name(), path); errors.Is(err, os.ErrExist) {
		return nil // made by another process meanwhile
	} else if err != nil {
		err = os.Rename(tmp.Name(), path) // no hard links here
	}
	if err != nil {
		return err
	}
	return syncDir(dir)
}

func initialize(path string, o Options) error {
	o.ReadOnly, o.MaxSize = false, 0
	bolt, err := openBolt(path, o)
	if err != nil {
		return err
	}
	err = bolt.Update(func(tx *bbolt.Tx) error {
		for _, name := range buckets() {
			if _, err := tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		schema := binary.BigEndian.AppendUint32([]byte(schemaMagic), schemaVersion)
		return tx.Bucket([]byte(bucketMeta)).Put([]byte("schema"), seal(bucketMeta, []byte("schema"), schema))
	})
	return errors.Join(err, bolt.Close())
}

// syncDir makes a new name in dir durable.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
