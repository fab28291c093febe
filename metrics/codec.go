package metrics

import (
	"encoding/binary"
	"errors"
)

// codec writes values into a buffer, or reads them from it in the same order:
// one function that goes through a structure serves for both, so that they
// cannot disagree. After an error it does nothing more.
type codec struct {
	buf     []byte
	reading bool
	err     error
}

var errShort = errors.New("cut short")

func (c *codec) fail() {
	if c.err == nil {
		c.err = errShort
	}
}

func (c *codec) uint(v *uint64) {
	if !c.reading {
		c.buf = binary.AppendUvarint(c.buf, *v)
		return
	}
	n := 0
	*v, n = binary.Uvarint(c.buf)
	if n <= 0 || c.err != nil {
		*v = 0
		c.fail()
		return
	}
	c.buf = c.buf[n:]
}

// number goes through any integer as its zigzag.
func number[T ~int | ~int32 | ~int64 | ~uint8 | ~uint32 | ~uint64](c *codec, v *T) {
	u := uint64(*v)<<1 ^ uint64(int64(*v)>>63)
	c.uint(&u)
	if c.reading {
		*v = T(int64(u>>1) ^ -int64(u&1))
	}
}

func (c *codec) bool(v *bool) {
	var n uint8
	if *v {
		n = 1
	}
	number(c, &n)
	*v = n != 0
}

func (c *codec) text(s *string) {
	n := uint64(len(*s))
	c.uint(&n)
	if !c.reading {
		c.buf = append(c.buf, *s...)
		return
	}
	if n > uint64(len(c.buf)) {
		c.fail()
		return
	}
	*s = string(c.buf[:n])
	c.buf = c.buf[n:]
}

// list goes through a slice, each element by fn.
func list[T any](c *codec, s *[]T, fn func(c *codec, v *T)) {
	n := uint64(len(*s))
	c.uint(&n)
	if c.reading {
		if n > uint64(len(c.buf)) { // each element takes a byte at least
			c.fail()
			return
		}
		*s = make([]T, n)
	}
	for i := range *s {
		if c.err != nil {
			return
		}
		fn(c, &(*s)[i])
	}
}
