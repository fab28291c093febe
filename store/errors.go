package store

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strings"
	"syscall"

	bolterrors "go.etcd.io/bbolt/errors"
)

// The conditions a caller may test with errors.Is.
var (
	// ErrHeld: another process has the file open. The error text names it.
	ErrHeld = errors.New("store is held by another process")
	// ErrNewer: the file was written by a newer farol; nothing was changed.
	ErrNewer = errors.New("store was written by a newer farol")
	// ErrDamaged: bytes of the file are not what was written.
	ErrDamaged = errors.New("store is damaged")
	// ErrNotStore: the file is something else; nothing was changed.
	ErrNotStore = errors.New("not a farol store")
	// ErrFull: the disk, the quota or the configured size is used up. Temporary:
	// the same call may succeed once there is room.
	ErrFull error = fullError{}
	// ErrIO: the disk refused a write or a sync. What was in flight may or may
	// not be stored; the process should stop and start again.
	ErrIO = errors.New("disk error")
	// ErrClosed: the store was closed, or is closing.
	ErrClosed = errors.New("store is closed")
	// ErrNetwork: the file is on a network file system, and that was not allowed.
	ErrNetwork = errors.New("store on a network file system")
	// ErrReadOnly: the store was opened for reading only.
	ErrReadOnly = errors.New("store is open for reading only")
)

type fullError struct{}

func (fullError) Error() string { return "no room left for the store" }

// Temporary tells a writer to back off and try again.
func (fullError) Temporary() bool { return true }

// tempError keeps Temporary visible through the wrapping that adds operation
// and object to ErrFull.
type tempError struct{ error }

func (tempError) Temporary() bool { return true }

func (e tempError) Unwrap() error { return e.error }

// fault wraps err as "op: cause", the cause translated to a sentinel where there
// is one. bbolt formats some causes with %s, so their text has to be read too.
func fault(op string, err error) error {
	if err == nil {
		return nil
	}
	cause := sentinel(err)
	switch {
	case cause == nil || errors.Is(err, cause):
		err = fmt.Errorf("%s: %w", op, err)
	default:
		err = fmt.Errorf("%s: %w: %w", op, cause, err)
	}
	if errors.Is(err, ErrFull) {
		return tempError{err}
	}
	return err
}

func sentinel(err error) error {
	says := func(no syscall.Errno) bool {
		return errors.Is(err, no) || strings.Contains(err.Error(), no.Error())
	}
	switch {
	case errors.Is(err, bolterrors.ErrMaxSizeReached), says(syscall.ENOSPC), says(syscall.EDQUOT), says(syscall.EFBIG):
		return ErrFull
	case says(syscall.EIO), says(syscall.EROFS):
		return ErrIO
	case errors.Is(err, bolterrors.ErrDatabaseNotOpen), errors.Is(err, bolterrors.ErrInvalidMapping):
		return ErrClosed
	case errors.Is(err, bolterrors.ErrDatabaseReadOnly):
		return ErrReadOnly
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return ErrDamaged
	default:
		return nil
	}
}

// guard runs f, which reads bbolt's pages, and turns into ErrDamaged what a
// damaged page makes of it: a panic of bbolt, or a fault of the memory map past
// the file's end.
func guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrDamaged, p)
		}
	}()
	return f()
}

func notExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }
