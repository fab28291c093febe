package store

import (
	"unsafe"

	"go.etcd.io/bbolt"
	"golang.org/x/sys/unix"
)

// bbolt maps its file for random access, so that reading it through costs a page
// fault every 4 KB. These tell the kernel otherwise; that it does not listen is
// no error. They must be called inside a transaction, which keeps the map.

func mapped(bolt *bbolt.DB, n int) []byte {
	info := bolt.Info()
	if info.Data == 0 || n <= 0 {
		return nil
	}
	return unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&info.Data))), n)
}

// adviseSequential asks for read-ahead over the whole file.
func adviseSequential(bolt *bbolt.DB, tx *bbolt.Tx) {
	if m := mapped(bolt, int(tx.Size())); m != nil {
		_ = unix.Madvise(m, unix.MADV_SEQUENTIAL)
	}
}

// adviseRandom takes adviseSequential back.
func adviseRandom(bolt *bbolt.DB, tx *bbolt.Tx) {
	if m := mapped(bolt, int(tx.Size())); m != nil {
		_ = unix.Madvise(m, unix.MADV_RANDOM)
	}
}

// adviseValue asks for all of a large value, which lies in one run of pages, to
// be read now.
func adviseValue(v []byte) {
	if len(v) < 64<<10 {
		return
	}
	page := uintptr(unix.Getpagesize())
	start := uintptr(unsafe.Pointer(unsafe.SliceData(v)))
	head := start % page
	m := unsafe.Slice((*byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(v)), -int(head))), len(v)+int(head))
	_ = unix.Madvise(m, unix.MADV_SEQUENTIAL)
	_ = unix.Madvise(m, unix.MADV_WILLNEED)
}
