package store

import (
	"time"
)

// reader takes a block's bytes apart. After the first read that does not fit,
// bad is set and every read gives zero. It never panics.
type reader struct {
	s   string
	i   int
	bad bool
}

func (r *reader) fail() {
	r.bad = true
	r.i = len(r.s)
}

func (r *reader) byte() byte {
	if r.i >= len(r.s) {
		r.fail()
		return 0
	}
	b := r.s[r.i]
	r.i++
	return b
}

func (r *reader) uvarint() uint64 {
	if i := r.i; i < len(r.s) && r.s[i] < 0x80 {
		r.i = i + 1
		return uint64(r.s[i])
	}
	return r.longUvarint()
}

func (r *reader) longUvarint() (v uint64) {
	for shift := uint(0); shift < 64; shift += 7 {
		b := r.byte()
		if shift == 63 && b > 1 {
			break
		}
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v
		}
	}
	r.fail()
	return 0
}

func (r *reader) varint() int64 {
	u := r.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

// take is the next n bytes, "" when there are fewer.
func (r *reader) take(n uint64) string {
	if n > uint64(len(r.s)-r.i) {
		r.fail()
		return ""
	}
	t := r.s[r.i : r.i+int(n)]
	r.i += int(n)
	return t
}

func (r *reader) text() string { return r.take(r.uvarint()) }

func (r *reader) bigEndian32() uint32 {
	t := r.take(4)
	if t == "" {
		return 0
	}
	return uint32(t[0])<<24 | uint32(t[1])<<16 | uint32(t[2])<<8 | uint32(t[3])
}

func (r *reader) time(sec, ns int64) time.Time {
	if ns < 0 || ns >= int64(time.Second) {
		r.fail()
		return time.Time{}
	}
	return time.Unix(sec, ns).UTC()
}
