package asterisk

import (
	"bytes"
	"io"
)

// chunkSize is how much is read and parsed in one piece.
const chunkSize = 256 << 10

// block is a piece of complete lines.
type block struct {
	data    []byte
	base    int64 // offset of data in the stream
	chain   chain // at the end of the block; its off is where the next begins
	lastLen int   // of the last line, with its line feed, or of its last bytes
	lastSum uint32
}

// maxLast is how much of the last line is remembered, by its checksum.
const maxLast = 4096

// chunker cuts a reader into blocks of complete lines. A line longer than a
// chunk gives a block of its own with its beginning only, of just the length
// that the parser takes as cut. A hole of NUL bytes as long as a chunk gives a
// block without data.
type chunker struct {
	r     io.Reader
	chain chain  // of the bytes given out
	rest  []byte // read and not given out: the beginning of a line
	err   error  // of the reader, told when its bytes are given out
}

// newChunker reads r, which stands at the end of c.
func newChunker(r io.Reader, c chain) *chunker {
	return &chunker{r: r, chain: c}
}

// next fills buf, of chunkSize, and answers the next block, which lies in buf.
// io.EOF means that no complete line is left; partial bytes may be. Any other
// error comes after all complete lines before it.
func (c *chunker) next(buf []byte) (block, error) {
	n := copy(buf, c.rest)
	c.rest = c.rest[:0]
	for n < len(buf) && c.err == nil {
		var m int
		m, c.err = c.r.Read(buf[n:])
		n += m
	}
	end := bytes.LastIndexByte(buf[:n], '\n') + 1
	switch {
	case end > 0:
		c.rest = append(c.rest, buf[end:n]...)
		return c.block(buf[:end]), nil
	case c.err != nil:
		c.rest = append(c.rest, buf[:n]...)
		return block{}, c.err
	case len(bytes.TrimLeft(buf[:n], "\x00")) == 0:
		base := c.chain.off
		c.chain.add(buf[:n])
		return block{base: base, chain: c.chain}, nil
	default:
		return c.long(buf[:n])
	}
}

func (c *chunker) block(data []byte) block {
	base := c.chain.off
	c.chain.add(data)
	line := data[bytes.LastIndexByte(data[:len(data)-1], '\n')+1:]
	line = line[max(len(line)-maxLast, 0):]
	return block{data: data, base: base, chain: c.chain, lastLen: len(line), lastSum: lineSum(line)}
}

// long reads on to the end of a line that fills buf without ending.
func (c *chunker) long(buf []byte) (block, error) {
	ch := c.chain // only a whole line counts
	ch.add(buf)
	more := make([]byte, chunkSize)
	for {
		var n int
		n, c.err = c.r.Read(more)
		if end := bytes.IndexByte(more[:n], '\n') + 1; end > 0 {
			ch.add(more[:end])
			c.rest = append(c.rest, more[end:n]...)
			base := c.chain.off
			c.chain = ch
			buf[maxLine+1] = '\n'
			last := more[max(end-maxLast, 0):end]
			return block{data: buf[:maxLine+2], base: base, chain: ch, lastLen: len(last), lastSum: lineSum(last)}, nil
		}
		ch.add(more[:n])
		if c.err != nil {
			c.rest = append(c.rest, buf...)
			return block{}, c.err
		}
	}
}

// partial reports whether bytes without a line feed are left after the end.
func (c *chunker) partial() bool { return len(c.rest) > 0 }
