package asterisk

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strings"
	"time"

	"farol/floor"
	"farol/ingest"
)

const (
	maxLine = 64 << 10 // Asterisk writes 8 KiB at most
	maxBars = 12       // separators noted; the parameters beyond are read from the end
	// Limits of what is stored, in terminal cells.
	nameWidth    = 80
	contactWidth = 120
	reasonWidth  = 120
	textWidth    = 500
)

// Fault is a record that was no event.
type Fault struct {
	Line   int // counted from 1 at the beginning of the block
	Reason string
}

// parser turns lines into events. It belongs to one goroutine.
type parser struct {
	source  string
	stream  string
	hasher  *ingest.Hasher
	members *Members
	learnt  uint64 // version of members that ifaces holds

	queues, agents, ifaces, reasons *names

	// Of the block being parsed.
	text   string
	data   []byte
	base   int64
	out    []floor.Event
	lines  int
	faults []Fault
	// The names of events without a kind.
	unknown []string

	rec    rec   // the line being read
	latest int64 // newest time of a line, Unix seconds
	sec    int64 // of at
	at     time.Time
}

func newParser(o Options) *parser {
	clean := func(raw string) string {
		if raw == "NONE" {
			return ""
		}
		return ingest.Clean(raw, nameWidth)
	}
	p := &parser{
		source:  o.Source,
		hasher:  ingest.NewHasher(o.Secret, o.Country),
		members: o.Members,
		queues:  newNames(func(raw string) string { return ingest.Clean(strings.ToLower(clean(raw)), nameWidth) }),
		agents:  newNames(clean),
		reasons: newNames(func(raw string) string { return ingest.Clean(raw, reasonWidth) }),
	}
	p.forget()
	return p
}

// forget drops the names of interfaces, for members has learnt better ones.
func (p *parser) forget() {
	p.learnt = p.members.version()
	p.ifaces = newNames(func(raw string) string {
		if raw == "NONE" {
			return ""
		}
		return ingest.Clean(p.members.Name(raw), nameWidth)
	})
}

// parse appends the events of a block of complete lines that begins at offset
// base of the stream. lines, faults and unknown speak of this block afterwards.
func (p *parser) parse(block []byte, base int64, out []floor.Event) []floor.Event {
	if p.learnt != p.members.version() {
		p.forget()
	}
	// One copy a block, so that contact ids are substrings of it: no allocation
	// a line.
	p.text, p.data, p.base, p.out = string(block), block, base, out
	p.lines, p.faults, p.unknown = 0, p.faults[:0], p.unknown[:0]
	p.scan()
	out, p.out, p.data, p.text = p.out, nil, nil, ""
	return out
}

const (
	ones  = 0x0101010101010101
	lows  = 0x7f7f7f7f7f7f7f7f
	bars  = ones * '|'
	feeds = ones * '\n'
)

// zeros marks with 0x80 exactly those bytes of v that are zero.
func zeros(v uint64) uint64 { return ^((v&lows + lows) | v | lows) }

// scan finds separators and line ends eight bytes at a time.
func (p *parser) scan() {
	data, r := p.data, &p.rec
	r.n, r.start = 0, 0
	i := 0
	for ; i+8 <= len(data); i += 8 {
		w := binary.LittleEndian.Uint64(data[i:])
		feed := zeros(w ^ feeds)
		for hit := zeros(w^bars) | feed; hit != 0; hit &= hit - 1 {
			pos := i + bits.TrailingZeros64(hit)/8
			if hit&-hit&feed != 0 {
				p.line(r, pos)
			} else if r.n < maxBars {
				r.bars[r.n] = pos
				r.n++
			}
		}
	}
	for ; i < len(data); i++ {
		switch {
		case data[i] == '\n':
			p.line(r, i)
		case data[i] == '|' && r.n < maxBars:
			r.bars[r.n] = i
			r.n++
		}
	}
	if r.start < len(data) {
		p.line(r, len(data))
	}
}

// line reads the line that ends before end, and makes r ready for the next.
func (p *parser) line(r *rec, end int) {
	p.lines++
	r.end, r.key, r.cut = end, p.base+int64(r.start), false
	if p.usual(r) {
		p.record(r)
	} else {
		p.odd(r)
	}
	r.n, r.start = 0, end+1
}

// usual reads the time of a line that is as Asterisk writes it; false when it
// is not.
func (p *parser) usual(r *rec) bool {
	if r.n < 5 || r.bars[0]-r.start != 10 || r.end-r.start > maxLine {
		return false
	}
	switch p.data[r.end-1] {
	case '\r':
		return false
	case '|':
		if r.bars[4] < r.end-1 && strings.HasSuffix(p.text[r.start:r.end], startTail) {
			return false
		}
	}
	var ok bool
	r.sec, ok = digits(p.data[r.start:r.bars[0]])
	return ok && r.sec >= 1e8
}

// odd reads a line that is not as Asterisk writes it: the slow, exact path.
func (p *parser) odd(r *rec) {
	if r.end-r.start > maxLine {
		r.cut, r.end = true, r.start+maxLine
		p.fault("line longer than 64 KiB: cut")
	}
	for r.end > r.start && p.data[r.end-1] == '\r' {
		r.end--
	}
	line := p.data[r.start:r.end]
	if i := bytes.LastIndexByte(line, 0); i >= 0 {
		// A hole left by a crash or by a writer that does not append: what
		// stands before it is no whole line.
		p.fault("NUL bytes")
		r.start += i + 1
		r.key += int64(i + 1)
		line = line[i+1:]
		if len(line) == 0 {
			return
		}
	}
	if r.key == 0 && bytes.HasPrefix(line, []byte("\uFEFF")) {
		r.start += 3
		line = line[3:]
	}
	if len(line) == 0 {
		if !r.cut {
			p.fault("empty line")
		}
		return
	}
	r.n = 0
	for i, c := range line {
		if c == '|' && r.n < maxBars {
			r.bars[r.n] = r.start + i
			r.n++
		}
	}
	if r.n == 4 { // an event with no parameters and no last separator
		r.bars[4] = r.end
		r.n++
	}
	if r.n < 5 {
		p.fault("fewer than five fields")
		return
	}
	if p.startAfterBrokenLine(r) {
		return
	}
	var ok bool
	if n := r.bars[0] - r.start; n == 9 || n == 10 {
		r.sec, ok = digits(p.data[r.start:r.bars[0]])
	}
	if !ok || r.sec < 1e8 {
		p.fault("no time in the first field")
		return
	}
	p.record(r)
}

// startTail ends the line that Asterisk writes when it starts.
const startTail = "|NONE|NONE|NONE|QUEUESTART|"

// startAfterBrokenLine recovers the one line whose loss would hurt for ever: the
// QUEUESTART written right behind a line that a full disk cut short.
func (p *parser) startAfterBrokenLine(r *rec) bool {
	line := p.text[r.start:r.end]
	at := len(line) - len(startTail) - 10
	if at <= 0 || !strings.HasSuffix(line, startTail) {
		return false
	}
	sec, ok := digits(p.data[r.start+at : r.start+at+10])
	if !ok {
		return false
	}
	p.fault("line cut short before QUEUESTART")
	r.sec = sec
	p.add(r, floor.SystemStarted)
	return true
}

func (p *parser) fault(reason string) {
	p.faults = append(p.faults, Fault{Line: p.lines, Reason: reason})
}

// digits reads an unsigned number of at most eleven digits.
func digits(b []byte) (n int64, ok bool) {
	if len(b) == 0 || len(b) > 11 {
		return 0, false
	}
	for _, c := range b {
		if c-'0' > 9 {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}
