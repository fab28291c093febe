package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// What bbolt's file looks like, as far as it has to be read without bbolt: it
// panics, or worse, on files it did not write. Numbers are in the machine's own
// order, as bbolt writes them.
const (
	boltMagic   = 0xED0CDAED
	boltVersion = 2

	pageHeader = 16 // id 8, flags 2, count 2, overflow 4
	metaSize   = 64 // magic 4, version 4, page size 4, flags 4, root 16, freelist 8, pages 8, tx 8, checksum 8
)

// boltMeta is one of the two pages that say where everything begins.
type boltMeta struct {
	pageSize int
	root     uint64
	freelist uint64
	pages    uint64 // in use, from the file's start
	tx       uint64
}

var errNotBolt = errors.New("not a bbolt file")

func parseMeta(page []byte) (m boltMeta, err error) {
	if len(page) < pageHeader+metaSize {
		return m, errNotBolt
	}
	p := page[pageHeader : pageHeader+metaSize]
	order := binary.NativeEndian
	if order.Uint32(p) != boltMagic {
		return m, errNotBolt
	}
	if v := order.Uint32(p[4:]); v != boltVersion {
		return m, fmt.Errorf("%w: bbolt format %d", ErrDamaged, v)
	}
	sum := fnv.New64a()
	_, _ = sum.Write(p[:metaSize-8])
	if sum.Sum64() != order.Uint64(p[metaSize-8:]) {
		return m, fmt.Errorf("%w: checksum of a meta page", ErrDamaged)
	}
	return boltMeta{
		pageSize: int(order.Uint32(p[8:])), root: order.Uint64(p[16:]), freelist: order.Uint64(p[32:]),
		pages: order.Uint64(p[40:]), tx: order.Uint64(p[48:]),
	}, nil
}

// readMeta is the newer of the file's valid meta pages.
func readMeta(f io.ReaderAt) (boltMeta, error) {
	buf := make([]byte, 4096)
	n, err := f.ReadAt(buf, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return boltMeta{}, err
	}
	m, err := parseMeta(buf[:n])
	size := m.pageSize
	if err != nil {
		size = os.Getpagesize() // the second page is where the system's page size puts it
	}
	n, readErr := f.ReadAt(buf, int64(size))
	if readErr != nil && !errors.Is(readErr, io.EOF) {
		return boltMeta{}, readErr
	}
	second, secondErr := parseMeta(buf[:n])
	switch {
	case err == nil && secondErr == nil && second.tx > m.tx:
		return second, nil
	case err == nil:
		return m, nil
	case secondErr == nil:
		return second, nil
	case errors.Is(err, errNotBolt) && errors.Is(secondErr, errNotBolt):
		return boltMeta{}, ErrNotStore
	case errors.Is(err, errNotBolt):
		return boltMeta{}, secondErr
	default:
		return boltMeta{}, err
	}
}

// examinePages refuses what bbolt would take apart on trust: a file that is not
// its own, and one cut short. f is locked.
func examinePages(f *os.File) error {
	m, err := readMeta(f)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	size := uint64(info.Size())
	if m.pageSize < 1024 || m.pageSize > 1<<24 || m.pages > size/uint64(m.pageSize) {
		return fmt.Errorf("%w: %d bytes of %d pages", ErrDamaged, size, m.pages)
	}
	if m.root >= m.pages || m.freelist >= m.pages {
		return fmt.Errorf("%w: meta page", ErrDamaged)
	}
	return examineFreelist(f, m)
}

// examineFreelist looks at the list of free pages before bbolt believes it.
func examineFreelist(f io.ReaderAt, m boltMeta) error {
	p := make([]byte, m.pageSize)
	if _, err := f.ReadAt(p, int64(m.freelist)*int64(m.pageSize)); err != nil {
		return err
	}
	more := uint64(binary.NativeEndian.Uint32(p[12:]))
	if more >= m.pages-m.freelist {
		return fmt.Errorf("%w: list of free pages", ErrDamaged)
	}
	if more > 0 {
		p = make([]byte, (more+1)*uint64(m.pageSize))
		if _, err := f.ReadAt(p, int64(m.freelist)*int64(m.pageSize)); err != nil {
			return err
		}
	}
	_, err := freelist(p, m)
	return err
}
