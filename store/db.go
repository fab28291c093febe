package store

import (
	"context"
	"sync"

	"farol/floor"

	"go.etcd.io/bbolt"
)

// The buckets of the file.
const (
	bucketMeta        = "meta"
	bucketLog         = "log"
	bucketTail        = "tail"
	bucketDays        = "days"
	bucketSources     = "sources"
	bucketMarks       = "marks"
	bucketSeen        = "seen"
	bucketCheckpoints = "checkpoints"
	bucketRollups     = "rollups"
	bucketQuarantine  = "quarantine"
)

func buckets() []string {
	return []string{
		bucketMeta, bucketLog, bucketTail, bucketDays, bucketSources, bucketMarks, bucketSeen,
		bucketCheckpoints, bucketRollups, bucketQuarantine,
	}
}

// DB is an open store. All its methods may be called by any goroutine; after
// Close they return ErrClosed.
type DB struct {
	path   string
	opts   Options
	swap   sync.RWMutex // held by readers; by Compact while it changes bolt
	bolt   *bbolt.DB
	holder *holder
	names  interner

	// writing is held for a whole write, with the caches that only writers use.
	writing sync.Mutex
	writer  writer
	enc     *encoder
	pending *writer // what a transaction under way would leave behind

	mu     sync.Mutex
	last   uint64
	closed bool
	news   chan struct{} // closed and replaced when last rises or the store closes
	recent ring
	gaps   []gap
	bad    map[uint64]Damage // by first number
	wholes map[string]bool   // buckets that readers found whole
}

// Path is the file's name as given to Open.
func (db *DB) Path() string { return db.path }

// Last is the number of the newest event, 0 in an empty store.
func (db *DB) Last() uint64 {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.last
}

// Wait returns when the store holds an event numbered above after, with nil, or
// when ctx ends or the store closes.
func (db *DB) Wait(ctx context.Context, after uint64) error {
	for {
		db.mu.Lock()
		last, closed, news := db.last, db.closed, db.news
		db.mu.Unlock()
		if closed {
			return ErrClosed
		}
		if last > after {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-news:
		}
	}
}

// publish shows readers a commit: the newest number and, when they fit, the
// events themselves. db.writing is held.
func (db *DB) publish(last uint64, events [][]floor.Event) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.gaps = db.writer.gaps
	if last == db.last {
		return
	}
	db.last = last
	db.recent.push(last, events)
	close(db.news)
	db.news = make(chan struct{})
}

// view runs f in a read transaction. f must not keep bytes of it.
func (db *DB) view(f func(tx *bbolt.Tx) error) error {
	db.swap.RLock()
	defer db.swap.RUnlock()
	return guard(func() error { return db.bolt.View(f) })
}

// Close ends the store: it waits for the write and the slices being read, and
// gives the file free. Closing twice is harmless.
func (db *DB) Close() error {
	db.mu.Lock()
	if db.closed {
		db.mu.Unlock()
		return nil
	}
	db.closed = true
	close(db.news)
	db.mu.Unlock()

	db.writing.Lock()
	defer db.writing.Unlock()
	err := db.bolt.Close()
	db.holder.remove()
	return fault("close store "+db.path, err)
}

// usable is nil while the store is open.
func (db *DB) usable() error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.closed {
		return ErrClosed
	}
	return nil
}
