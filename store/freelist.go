package store

import (
	"encoding/binary"
	"fmt"
)

const freelistPage = 0x10

// freelist are the numbers of the file's free pages, as the page at m.freelist
// lists them: rising, each once, none outside. bbolt believes that list and
// writes over what it names.
func freelist(p []byte, m boltMeta) ([]uint64, error) {
	order := binary.NativeEndian
	if p == nil || order.Uint64(p) != m.freelist || order.Uint16(p[8:]) != freelistPage {
		return nil, fmt.Errorf("%w: page %d is no list of free pages", ErrDamaged, m.freelist)
	}
	n, list := uint64(order.Uint16(p[10:])), p[pageHeader:]
	if n == 0xFFFF { // does not fit the header
		n, list = order.Uint64(list), list[8:]
	}
	if n > uint64(len(list))/8 {
		return nil, fmt.Errorf("%w: %d free pages listed in %d bytes", ErrDamaged, n, len(list))
	}
	ids := make([]uint64, n)
	last := uint64(1) // the pages before hold the metas
	for i := range ids {
		id := order.Uint64(list[8*i:])
		if id <= last || id >= m.pages {
			return nil, fmt.Errorf("%w: list of free pages: page %d after %d", ErrDamaged, id, last)
		}
		ids[i], last = id, id
	}
	return ids, nil
}

// accounted checks that every page is used once: by a tree, the list of free
// pages or a meta, or is free.
func (w *walker) accounted() {
	ids, err := freelist(w.page(w.meta.freelist), w.meta)
	if err != nil {
		w.fault("%v", err)
		return
	}
	used := uint64(len(w.met)) + 2
	for i := range uint64(len(w.page(w.meta.freelist)) / w.meta.pageSize) {
		if id := w.meta.freelist + i; w.met[id] {
			w.fault("page %d holds the list of free pages and more", id)
		}
		used++
	}
	for _, id := range ids {
		if w.met[id] {
			w.fault("page %d is listed as free and is in use", id)
		}
	}
	if used += uint64(len(ids)); used != w.meta.pages {
		w.fault("%d pages are accounted for, of %d", used, w.meta.pages)
	}
}
