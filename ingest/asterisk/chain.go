package asterisk

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"io"
	"math/bits"
)

// firstCheck is where the first checksum of a prefix is taken; the others
// follow at twice the distance each.
const firstCheck = 64

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// chain is the running checksum of a stream's bytes from its beginning, with
// the checksums of its first 64, 128, 256, … bytes. Two CRCs make one sum: both
// are done by the processor at memory speed, and chance is all they guard
// against. The zero chain is that of no bytes.
type chain struct {
	off    int64
	a, b   uint32
	checks []byte // eight bytes each
}

// sum is the checksum of all bytes so far.
func (c *chain) sum() uint64 { return uint64(c.a)<<32 | uint64(c.b) }

// add takes the next bytes of the stream.
func (c *chain) add(p []byte) {
	for len(p) > 0 {
		n := len(p)
		next := int64(firstCheck) << (len(c.checks) / 8)
		if gap := next - c.off; int64(n) >= gap {
			n = int(gap)
		}
		c.a = crc32.Update(c.a, castagnoli, p[:n])
		c.b = crc32.Update(c.b, crc32.IEEETable, p[:n])
		c.off += int64(n)
		p = p[n:]
		if c.off == next {
			// A fresh slice: copies of the chain must not share its growth.
			c.checks = binary.BigEndian.AppendUint64(append([]byte(nil), c.checks...), c.sum())
		}
	}
}

// Write is add, for io.Copy.
func (c *chain) Write(p []byte) (int, error) {
	c.add(p)
	return len(p), nil
}

// prefix is the part of the chain's checks that speak of the first n bytes.
func prefix(checks []byte, n int64) []byte {
	if n < firstCheck {
		return nil
	}
	return checks[:min(len(checks), 8*bits.Len64(uint64(n)/firstCheck))]
}

// differ is the length of the shortest checked prefix in which two streams
// differ, 0 when all prefixes that both have checked are equal.
func differ(x, y []byte) int64 {
	n := min(len(x), len(y))
	for i := 0; i < n; i += 8 {
		if !bytes.Equal(x[i:i+8], y[i:i+8]) {
			return firstCheck << (i / 8)
		}
	}
	return 0
}

// lineSum is the checksum of one line.
func lineSum(line []byte) uint32 { return crc32.Checksum(line, castagnoli) }

// fingerprint names the stream that r begins with; ok is false while its first
// line is not complete. NUL bytes before the line are a hole in the file and no
// part of it; of a line over 64 KiB the beginning counts.
func fingerprint(r io.Reader) (id string, first []byte, ok bool, err error) {
	small := bufio.NewReaderSize(r, 4<<10)
	head, _ := small.Peek(small.Size())
	line := bytes.TrimLeft(head, "\x00")
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		id, first = streamName(line[:end])
		return id, first, true, nil
	}
	return fingerprintLong(small)
}

func streamName(line []byte) (id string, first []byte) {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:12]), bytes.Clone(line)
}

// fingerprintLong is fingerprint of a stream that begins with a long hole or a
// long line.
func fingerprintLong(r io.Reader) (id string, first []byte, ok bool, err error) {
	br := bufio.NewReaderSize(r, maxLine)
	for {
		head, err := br.Peek(maxLine)
		if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
			return "", nil, false, err
		}
		line := bytes.TrimLeft(head, "\x00")
		if hole := len(head) - len(line); hole > 0 && len(head) == maxLine {
			br.Discard(hole) // room for all of the line
			continue
		}
		end := bytes.IndexByte(line, '\n')
		if end < 0 {
			if len(line) < maxLine {
				return "", nil, false, nil
			}
			end = maxLine
		}
		id, first = streamName(line[:end])
		return id, first, true, nil
	}
}
