//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// lockShared takes the lock that bbolt's readers take; it goes with f.
func lockShared(f *os.File, timeout time.Duration) error {
	return lock(f, timeout, unix.LOCK_SH)
}

// lockExclusive takes the lock that bbolt's writer takes; it goes with f.
func lockExclusive(f *os.File, timeout time.Duration) error {
	return lock(f, timeout, unix.LOCK_EX)
}

func lock(f *os.File, timeout time.Duration, how int) error {
	return waitLock(timeout, func() (bool, error) {
		err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB)
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return false, nil
		}
		return err == nil, err
	})
}

// mapFile maps f for reading, from its start to its end now.
func mapFile(f *os.File) (data []byte, unmap func(), err error) {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return nil, func() {}, err
	}
	data, err = unix.Mmap(int(f.Fd()), 0, int(info.Size()), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil, func() {}, err
	}
	return data, func() { _ = unix.Munmap(data) }, nil
}
