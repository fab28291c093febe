package store

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"
)

// Cursor is the cursor that a source committed last, nil when it has none.
func (db *DB) Cursor(source string) ([]byte, error) {
	row, err := db.source(source)
	return row.cursor, err
}

// Cursors are the cursors of all sources that have one.
func (db *DB) Cursors() (map[string][]byte, error) {
	rows, err := db.sources()
	if err != nil {
		return nil, fault("read cursors", err)
	}
	out := map[string][]byte{}
	for name, row := range rows {
		if row.cursor != nil {
			out[name] = row.cursor
		}
	}
	return out, nil
}

func (db *DB) source(name string) (row sourceRow, err error) {
	key := nameKey(name)
	v, err := db.get(bucketSources, key)
	if err != nil || v == nil {
		return row, err
	}
	return decodeSource(v), nil
}

func (db *DB) sources() (map[string]sourceRow, error) {
	out := map[string]sourceRow{}
	err := db.eachValue(bucketSources, nil, func(key, value []byte) error {
		out[string(key[1:])] = decodeSource(value)
		return nil
	})
	return out, err
}

// Checkpoint is what SaveCheckpoint saved last under name: the number of the
// last event it stands for and its data. With none, all is zero. A damaged one
// is ErrDamaged: the reader makes it anew from the events.
func (db *DB) Checkpoint(name string) (seq uint64, data []byte, err error) {
	v, err := db.get(bucketCheckpoints, nameKey(name))
	if err != nil || v == nil {
		return 0, nil, err
	}
	if len(v) < 8 {
		return 0, nil, fault("read checkpoint "+name, ErrDamaged)
	}
	return binary.BigEndian.Uint64(v), v[8:], nil
}

// SaveCheckpoint keeps data, which stands for the events up to seq, under name
// instead of what was there. It is synced when it returns. data is not kept.
func (db *DB) SaveCheckpoint(name string, seq uint64, data []byte) error {
	value := make([]byte, 8, 8+len(data)+sumSize)
	binary.BigEndian.PutUint64(value, seq)
	return db.put(bucketCheckpoints, map[string][]byte{name: append(value, data...)})
}

// Rollup is the data saved under key, nil when there is none.
func (db *DB) Rollup(key string) ([]byte, error) { return db.get(bucketRollups, nameKey(key)) }

// SaveRollup keeps data under key instead of what was there; nil data removes it.
func (db *DB) SaveRollup(key string, data []byte) error {
	return db.SaveRollups(map[string][]byte{key: data})
}

// SaveRollups saves many roll-ups in one transaction.
func (db *DB) SaveRollups(data map[string][]byte) error {
	values := make(map[string][]byte, len(data))
	for k, v := range data {
		if v != nil {
			v = append(make([]byte, 0, len(v)+sumSize), v...)
		}
		values[k] = v
	}
	return db.put(bucketRollups, values)
}

// Rollups calls fn with the roll-ups whose key begins with prefix, in order of
// their keys. A damaged one is left out and the error, ErrDamaged, comes at the
// end. fn's error ends it and is returned.
func (db *DB) Rollups(prefix string, fn func(key string, data []byte) error) error {
	return db.eachValue(bucketRollups, []byte(prefix), func(key, value []byte) error {
		return fn(string(key[1:]), value)
	})
}

// put seals and writes values under their names in one transaction. It takes
// the values over.
func (db *DB) put(bucket string, values map[string][]byte) error {
	db.writing.Lock()
	defer db.writing.Unlock()
	err := db.update(func(tx *bbolt.Tx) error {
		w := db.writer
		for name, value := range values {
			if len(name) > maxName {
				return fmt.Errorf("name of %d bytes: longer than %d", len(name), maxName)
			}
			key := nameKey(name)
			var err error
			if value == nil {
				err = w.remove(tx, bucket, key)
			} else {
				err = w.put(tx, bucket, key, value)
			}
			if err != nil {
				return err
			}
		}
		db.pending = &w
		return w.putState(tx)
	})
	if err == nil {
		db.settlePending()
	}
	return fault("write "+bucket, err)
}

// get is a copy of a value's payload, nil when there is none.
func (db *DB) get(bucket string, key []byte) (out []byte, err error) {
	if err := db.usable(); err != nil {
		return nil, err
	}
	err = db.view(func(tx *bbolt.Tx) error {
		v, err := find(tx.Bucket([]byte(bucket)), key)
		if v != nil {
			adviseValue(v)
			out = append(make([]byte, 0, len(v)), v...)
		} else if err == nil {
			err = db.whole(tx, bucket)
		}
		return err
	})
	if err == nil && out != nil {
		payload, ok := unseal(bucket, key, out)
		if ok {
			return payload, nil
		}
		err = ErrDamaged
	}
	if err != nil {
		return nil, fault(fmt.Sprintf("read %s %q", bucket, key), err)
	}
	return nil, nil
}

// eachValue calls fn, outside of any transaction, with copies of the payloads
// whose name begins with prefix.
func (db *DB) eachValue(bucket string, prefix []byte, fn func(key, value []byte) error) error {
	if err := db.usable(); err != nil {
		return err
	}
	prefix = append(nameKey(""), prefix...)
	next, damaged := prefix, 0
	for next != nil {
		var keys, values [][]byte
		from := next
		next = nil
		err := db.view(func(tx *bbolt.Tx) error {
			c := tx.Bucket([]byte(bucket)).Cursor()
			size := 0
			for k, v := c.Seek(from); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
				if size > sliceBytes {
					next = append([]byte{}, k...)
					return nil
				}
				size += len(k) + len(v)
				keys = append(keys, append([]byte{}, k...))
				values = append(values, append([]byte{}, v...))
			}
			return nil
		})
		if err != nil {
			return fault("read "+bucket, err)
		}
		for i, key := range keys {
			payload, ok := unseal(bucket, key, values[i])
			if !ok {
				damaged++
				continue
			}
			if err := fn(key, payload); err != nil {
				return err
			}
		}
	}
	if damaged > 0 {
		return fmt.Errorf("read %s: %w: %d records", bucket, ErrDamaged, damaged)
	}
	return nil
}
