package asterisk

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// maxKnown bounds the catalogue. A stream that fell out of it is read again
// when its file is met again, and the store drops what it knows.
const maxKnown = 512

// stream is what is remembered of one queue_log, wherever its text lies.
type stream struct {
	ID      string `json:"id"`  // fingerprint, or one extended by a checksum
	Off     int64  `json:"off"` // bytes read, up to the end of a line
	Sum     uint64 `json:"sum"` // of those bytes
	Checks  []byte `json:"checks,omitempty"`
	Lines   int    `json:"lines"`
	LastLen int    `json:"last_len"` // of the last line read, or of its end, with its line feed; 0 unknown
	LastSum uint32 `json:"last_sum"`
	Latest  int64  `json:"latest"` // newest time of a line, Unix seconds
}

func (s *stream) chain() chain {
	return chain{off: s.Off, a: uint32(s.Sum >> 32), b: uint32(s.Sum), checks: s.Checks}
}

// advance moves the stream to the end of a block of complete lines.
func (s *stream) advance(b *block, lines int, latest int64) {
	s.Off, s.Sum, s.Checks = b.chain.off, b.chain.sum(), b.chain.checks
	s.LastLen, s.LastSum = b.lastLen, b.lastSum
	s.Lines += lines
	s.Latest = max(s.Latest, latest)
}

// cursor is the form in which streams are stored: those being followed, oldest
// first, under the source's name, and the catalogue of all that were ever read
// under catalogName.
type cursor struct {
	Version int      `json:"v"`
	Streams []stream `json:"streams"`
}

func catalogName(source string) string { return source + "/files" }

func encodeCursor(streams []stream) []byte {
	if len(streams) > maxKnown {
		streams = streams[len(streams)-maxKnown:]
	}
	b, err := json.Marshal(cursor{Version: 1, Streams: streams})
	if err != nil {
		panic(err) // no field can fail
	}
	return b
}

func decodeCursor(b []byte) ([]stream, error) {
	if len(b) == 0 {
		return nil, nil
	}
	var c cursor
	if err := json.Unmarshal(b, &c); err != nil {
		return nil, fmt.Errorf("read queue_log cursor: %w", err)
	}
	if c.Version != 1 {
		return nil, fmt.Errorf("read queue_log cursor: version %d is newer than this farol", c.Version)
	}
	return c.Streams, nil
}

// catalog is the streams ever read, least recently touched first.
type catalog struct{ streams []stream }

// put adds or replaces a stream; one that is ahead of s stays as it is.
func (c *catalog) put(s stream) {
	for i := range c.streams {
		if c.streams[i].ID == s.ID {
			if c.streams[i].Off > s.Off {
				s = c.streams[i]
			}
			c.streams = append(slices.Delete(c.streams, i, i+1), s)
			return
		}
	}
	c.streams = append(c.streams, s)
}

// named are the streams whose first line has the fingerprint.
func (c *catalog) named(fp string) (out []stream) {
	for _, s := range c.streams {
		if s.ID == fp || strings.HasPrefix(s.ID, fp+"~") {
			out = append(out, s)
		}
	}
	return out
}

// evidence is what was read of a file to tell which stream it is.
type evidence struct {
	fp     string
	checks []byte           // of them
	sums   map[int64]uint64 // checksum of the first n bytes, for some n
}

// match finds the stream that a file is, among those known: the one with most
// read whose every checksum the file shares, as far as it goes. With none, the
// file begins a stream of its own, which is the fingerprint's unless another
// has taken that.
func (c *catalog) match(ev evidence) stream {
	var best *stream
	apart := int64(0)
	candidates := c.named(ev.fp)
	for i := range candidates {
		s := &candidates[i]
		at := differ(ev.checks, s.Checks)
		if sum, looked := ev.sums[s.Off]; at == 0 && looked && sum != s.Sum {
			at = s.Off
		}
		switch {
		case at == 0 && (best == nil || s.Off > best.Off):
			best = s
		case at > apart:
			apart = at
		}
	}
	switch {
	case best != nil:
		return *best
	case len(candidates) == 0:
		return stream{ID: ev.fp}
	}
	sum, ok := ev.sums[apart]
	if !ok {
		sum = ev.checkAt(apart)
	}
	return stream{ID: fmt.Sprintf("%s~%016x", ev.fp, sum)}
}

// checkAt is the checksum of the first n bytes, n being one of the checks.
func (ev *evidence) checkAt(n int64) (sum uint64) {
	for _, b := range prefix(ev.checks, n)[len(prefix(ev.checks, n))-8:] {
		sum = sum<<8 | uint64(b)
	}
	return sum
}
