package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// walker reads a bbolt file's trees page by page and trusts nothing: every page
// is met once, is what its parent takes it for, and its keys rise. A fault is
// told to fault and its subtree left out.
type walker struct {
	data  []byte
	meta  boltMeta
	met   map[uint64]bool
	fault func(format string, args ...any)
	// record gets each value with its bucket's name ("seen/…" for nested ones).
	record func(bucket string, key, value []byte)
	depth  int
}

const (
	branchPage = 0x01
	leafPage   = 0x02

	bucketElement = 0x01

	maxDepth = 64 // of a tree, with the buckets around it
)

// page is a page with its overflow, nil when it is not in the file.
func (w *walker) page(id uint64) []byte {
	size := uint64(w.meta.pageSize)
	if id >= w.meta.pages || (id+1)*size > uint64(len(w.data)) {
		return nil
	}
	p := w.data[id*size:]
	n := (uint64(binary.NativeEndian.Uint32(p[12:])) + 1) * size
	if n > uint64(len(p)) || id+n/size > w.meta.pages {
		return nil
	}
	return p[:n]
}

// bucket walks the bucket whose tree begins at page root.
func (w *walker) bucket(name string, root uint64) {
	if w.depth++; w.depth > maxDepth {
		w.fault("bucket %s: nested too deep", name)
	} else {
		w.tree(name, root, nil, nil)
	}
	w.depth--
}

// tree walks the subtree at page id, whose keys lie from low up to high.
func (w *walker) tree(name string, id uint64, low, high []byte) {
	p := w.page(id)
	switch {
	case p == nil:
		w.fault("bucket %s: page %d is not in the file", name, id)
		return
	case binary.NativeEndian.Uint64(p) != id:
		w.fault("bucket %s: page %d says it is page %d", name, id, binary.NativeEndian.Uint64(p))
		return
	}
	for i := range uint64(len(p) / w.meta.pageSize) {
		if w.met[id+i] {
			w.fault("bucket %s: page %d is used twice", name, id+i)
			return
		}
		w.met[id+i] = true
	}
	w.elements(name, id, p, low, high)
}

// elements walks a page's elements; an inline bucket's page has no id.
func (w *walker) elements(name string, id uint64, p, low, high []byte) {
	if w.depth++; w.depth > maxDepth {
		w.fault("bucket %s: page %d: nested too deep", name, id)
		w.depth--
		return
	}
	defer func() { w.depth-- }()
	flags, count := binary.NativeEndian.Uint16(p[8:]), int(binary.NativeEndian.Uint16(p[10:]))
	if flags != branchPage && flags != leafPage || pageHeader+count*elementSize > len(p) {
		w.fault("bucket %s: page %d: flags %x, %d elements", name, id, flags, count)
		return
	}
	for i := range count {
		e, ok := parseElement(p, i, flags)
		if !ok {
			w.fault("bucket %s: page %d: element %d lies outside", name, id, i)
			return
		}
		if low != nil && bytes.Compare(e.key, low) < 0 || high != nil && bytes.Compare(e.key, high) >= 0 {
			w.fault("bucket %s: page %d: key %d is out of order", name, id, i)
		}
		if flags == leafPage {
			w.leaf(name, e)
			low = append(bytes.Clone(e.key), 0)
			continue
		}
		next := high
		if i+1 < count {
			if after, ok := parseElement(p, i+1, flags); ok {
				next = after.key
			}
		}
		w.tree(name, e.page, e.key, next)
		low = append(bytes.Clone(e.key), 0)
	}
}

func (w *walker) leaf(name string, e element) {
	if !e.isBucket {
		w.record(name, e.key, e.value)
		return
	}
	inner := string(e.key)
	if name != "" {
		inner = fmt.Sprintf("%s/%x", name, e.key)
	}
	if len(e.value) < 16 {
		w.fault("bucket %s: header of %d bytes", inner, len(e.value))
		return
	}
	root, inline := binary.NativeEndian.Uint64(e.value), e.value[16:]
	switch {
	case root != 0:
		w.bucket(inner, root)
	case len(inline) < pageHeader:
		w.fault("bucket %s: inline page of %d bytes", inner, len(inline))
	default:
		w.elements(inner, 0, inline, nil, nil)
	}
}

const elementSize = 16 // of branches and leaves both

// element is an entry of a page.
type element struct {
	key, value []byte
	page       uint64 // of a branch's child
	isBucket   bool
}

func parseElement(p []byte, i int, flags uint16) (e element, ok bool) {
	at := pageHeader + i*elementSize
	b := p[at : at+elementSize]
	order := binary.NativeEndian
	var pos, ksize, vsize uint64
	if flags == branchPage {
		pos, ksize = uint64(order.Uint32(b)), uint64(order.Uint32(b[4:]))
		e.page = order.Uint64(b[8:])
	} else {
		e.isBucket = order.Uint32(b)&bucketElement != 0
		pos, ksize, vsize = uint64(order.Uint32(b[4:])), uint64(order.Uint32(b[8:])), uint64(order.Uint32(b[12:]))
	}
	from := uint64(at) + pos
	if from+ksize+vsize > uint64(len(p)) {
		return e, false
	}
	e.key, e.value = p[from:from+ksize], p[from+ksize:from+ksize+vsize]
	return e, true
}
