package store

import (
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
)

// RunCheck runs bbolt's own check on the file at path and returns what it found.
// It may end the process on a damaged file, past any recover: call it only as
// the whole work of a child process, see [Verify].
func RunCheck(path string) error {
	o := Options{ReadOnly: true}.bolt()
	o.PreLoadFreelist = true // or it panics
	bolt, err := bbolt.Open(path, fileMode, o)
	if err != nil {
		return fault("check "+path, err)
	}
	err = bolt.View(func(tx *bbolt.Tx) error {
		var found []error
		for err := range tx.Check() {
			if len(found) < maxFaults {
				found = append(found, err)
			}
		}
		return errors.Join(found...)
	})
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return errors.Join(err, bolt.Close())
}
