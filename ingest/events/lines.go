package events

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
)

// maxLine is the longest line that is read, in bytes.
const maxLine = 1 << 20

// lineReader gives the lines of a reader, unpacking gzip on the way.
type lineReader struct {
	r    *bufio.Reader
	line []byte
}

func newLineReader(r io.Reader) (*lineReader, error) {
	br := bufio.NewReaderSize(r, 64<<10)
	if magic, _ := br.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		zr, err := gzip.NewReader(br)
		if err != nil {
			return nil, err
		}
		br = bufio.NewReaderSize(zr, 64<<10)
	}
	if bom, _ := br.Peek(3); string(bom) == "\uFEFF" {
		br.Discard(3)
	}
	return &lineReader{r: br}, nil
}

// next is the next line without its end, valid until the call after; long says
// that it was longer than maxLine and is not all there. The last line needs no
// line feed.
func (l *lineReader) next() (line []byte, long bool, err error) {
	l.line = l.line[:0]
	for {
		part, err := l.r.ReadSlice('\n')
		if len(l.line)+len(part) > maxLine {
			long = true
		} else {
			l.line = append(l.line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && (len(l.line) > 0 || long):
			return bytes.TrimSpace(l.line), long, nil
		case err != nil:
			return nil, false, err
		}
		return bytes.TrimSpace(l.line), long, nil
	}
}
