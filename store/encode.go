package store

import (
	"encoding/binary"
	"hash/crc32"
	"time"

	"farol/floor"
)

// blockSize is the most bytes of a block with its checksum, but for an event
// that is larger alone. Two of them, with bbolt's headers, fill a leaf of 25
// pages of 4 KB to the last byte.
const blockSize = 25*2048 - 32

// mixAfter: a block with fewer events is not cut at a change of the UTC day, so
// that two sources telling of two days in turn do not make a block an event.
const mixAfter = 256

// block is an encoded run of events that still needs its first number.
type block struct {
	payload        []byte // without checksum
	crc            uint32 // of payload
	count          int
	span           uint64 // numbers it covers; count unless sparse
	minSec, maxSec int64  // Unix seconds of At, rounded down
	days           []dayCount
}

// dayCount is how many events of a block fall on a UTC day.
type dayCount struct {
	day   int64
	count int
}

// value seals the block as the value of key.
func (b *block) value(bucket string, key []byte) []byte {
	return binary.BigEndian.AppendUint32(b.payload, sum(bucket, key, b.crc))
}

// encoder makes one block at a time. It is reused; not safe for concurrent use.
type encoder struct {
	recs   []byte
	dict   dictionary
	shapes shapeTable

	sparse         bool
	count          int
	span           uint64
	nextSeq        uint64
	baseSec        int64
	prevSec        int64
	minSec, maxSec int64
	days           []dayCount
	places         []int64 // last offset by key id's dictionary number
	slots          [contactSlots]struct {
		number
		used bool
	}
	prevWhole, prevPart uint64
	prefixes            []string
}

func newEncoder() *encoder {
	e := &encoder{recs: make([]byte, 0, blockSize+4096)}
	e.dict.init()
	e.shapes.init()
	return e
}

func (e *encoder) reset() {
	e.recs = e.recs[:0]
	e.dict.reset()
	e.shapes.reset()
	e.count, e.span, e.nextSeq = 0, 0, 0
	e.days = nil
	e.places = e.places[:0]
	clear(e.slots[:])
	e.prevWhole, e.prevPart = 0, 0
	e.prefixes = e.prefixes[:0]
}

// headerSize bounds what finish adds to records, dictionary and shapes.
const headerSize = 2 + 8*binary.MaxVarintLen64

// full reports whether ev might not fit any more.
func (e *encoder) full(ev *floor.Event) bool {
	size := len(e.recs) + len(e.dict.bytes) + len(e.shapes.bytes) + headerSize + sumSize
	if size < blockSize-2048 {
		return size+longText(ev) > blockSize-512
	}
	return size+recordBound(ev) > blockSize
}

func longText(ev *floor.Event) int {
	return len(ev.Text) + len(ev.Reason) + len(ev.Subject) + len(ev.Key.ID) + len(ev.Contact) + len(ev.Source) +
		len(ev.Queue) + len(ev.Agent) + len(ev.Customer) + len(ev.Author) + len(ev.Channel)
}

// recordBound is more than ev can take: its texts, their lengths and numbers,
// twelve numbers of up to ten bytes and a new shape.
func recordBound(ev *floor.Event) int { return longText(ev) + 320 }

// add encodes ev as the next event. seq is its number relative to the block's
// first and only read for sparse blocks, where it must rise.
func (e *encoder) add(ev *floor.Event, seq uint64) {
	sec := ev.At.Unix()
	day := dayOf(sec)
	if e.count == 0 {
		e.baseSec, e.prevSec, e.minSec, e.maxSec = sec, sec, sec, sec
	}
	e.minSec, e.maxSec = min(e.minSec, sec), max(e.maxSec, sec)
	if n := len(e.days); n > 0 && e.days[n-1].day == day {
		e.days[n-1].count++
	} else {
		e.noteDay(day)
	}
	sh := shape{
		kind: ev.Kind, by: ev.By,
		source: e.dict.ref(ev.Source), channel: e.dict.ref(string(ev.Channel)),
	}
	var num number
	sh.mask = e.fields(ev, &sh, &num)
	b := e.recs
	if e.sparse {
		b = binary.AppendUvarint(b, seq-e.nextSeq)
		e.nextSeq = seq + 1
	}
	b = binary.AppendUvarint(b, uint64(e.shapes.ref(sh)))
	b = binary.AppendVarint(b, sec-e.prevSec)
	e.prevSec = sec
	b = e.appendKey(b, ev, &sh)
	b = e.appendWho(b, ev, &sh, &num, sec)
	b = appendSpans(b, ev, sh.mask)
	e.recs = e.appendRest(b, ev, sh.mask)
	e.count++
}

// noteDay counts an event on a day that is not the last one's: days holds each
// day once.
func (e *encoder) noteDay(day int64) {
	for i := range e.days {
		if e.days[i].day == day {
			e.days[i].count++
			return
		}
	}
	e.days = append(e.days, dayCount{day, 1})
}

// cuts reports whether ev has to begin a new block.
func (e *encoder) cuts(ev *floor.Event) bool {
	if e.count == 0 {
		return false
	}
	return e.full(ev) || e.count >= mixAfter && e.days[len(e.days)-1].day != dayOf(ev.At.Unix())
}

// appendKey writes what is left of At and the key.
func (e *encoder) appendKey(b []byte, ev *floor.Event, sh *shape) []byte {
	m := sh.mask
	switch ns := ev.At.Nanosecond(); {
	case m&atMs != 0:
		b = binary.AppendUvarint(b, uint64(ns/int(time.Millisecond)))
	case m&atNs != 0:
		b = binary.AppendUvarint(b, uint64(ns))
	}
	switch {
	case m&placeStep != 0:
		b = binary.AppendUvarint(b, uint64(ev.Key.Offset-e.places[sh.keyID]))
		e.places[sh.keyID] = ev.Key.Offset
	case m&placeRaw != 0:
		b = binary.AppendVarint(b, ev.Key.Offset)
		if m&keyText == 0 {
			e.places[sh.keyID] = ev.Key.Offset
		}
	}
	if m&keyText != 0 {
		b = appendString(b, ev.Key.ID)
	}
	return b
}

// appendWho writes queue, agent and contact.
func (e *encoder) appendWho(b []byte, ev *floor.Event, sh *shape, num *number, sec int64) []byte {
	m := sh.mask
	if m&hasQueue != 0 {
		b = binary.AppendUvarint(b, uint64(e.dict.ref(ev.Queue)))
	}
	if m&hasAgent != 0 {
		b = binary.AppendUvarint(b, uint64(e.dict.ref(ev.Agent)))
	}
	switch {
	case m&contactSlot != 0:
		b = append(b, byte(slotOf(*num)))
	case m&contactDotted != 0:
		b = binary.AppendVarint(b, sec-int64(num.whole))
		b = binary.AppendVarint(b, int64(num.part)-int64(e.prevPart))
		e.prevPart = num.part
	case m&contactWhole != 0:
		b = binary.AppendVarint(b, int64(num.whole)-int64(e.prevWhole))
		e.prevWhole = num.whole
	case m&contactText != 0:
		b = binary.AppendUvarint(b, uint64(e.dict.ref(ev.Contact)))
	}
	return b
}

func appendSpans(b []byte, ev *floor.Event, m mask) []byte {
	if m&(hasWait|hasTalk|hasHold|hasRing|hasWrap) == 0 {
		return b
	}
	spans := [...]time.Duration{ev.Wait, ev.Talk, ev.Hold, ev.Ring, ev.Wrap}
	for i, d := range spans {
		if m&(hasWait<<i) == 0 {
			continue
		}
		switch {
		case m&spanNs != 0:
			b = binary.AppendVarint(b, int64(d))
		case m&spanMs != 0:
			b = binary.AppendUvarint(b, uint64(d/time.Millisecond))
		default:
			b = binary.AppendUvarint(b, uint64(d/time.Second))
		}
	}
	return b
}

// appendRest writes the fields that few events have.
func (e *encoder) appendRest(b []byte, ev *floor.Event, m mask) []byte {
	if m>>18 == 0 {
		return b
	}
	if m&hasPosition != 0 {
		b = binary.AppendVarint(b, int64(ev.Position))
	}
	if m&hasReason != 0 {
		b = binary.AppendUvarint(b, uint64(e.dict.ref(ev.Reason)))
	}
	if m&customerHash != 0 {
		b, _ = parseHashed(b, ev.Customer)
	} else if m&customerText != 0 {
		b = binary.AppendUvarint(b, uint64(e.dict.ref(ev.Customer)))
	}
	if m&hasSubject != 0 {
		b = binary.AppendUvarint(b, uint64(e.dict.ref(ev.Subject)))
	}
	if m&hasText != 0 {
		b = appendString(b, ev.Text)
	}
	if m&hasAuthor != 0 {
		b = binary.AppendUvarint(b, uint64(e.dict.ref(ev.Author)))
	}
	if m&hasScore != 0 {
		b = append(b, byte(ev.Score.Scale))
		b = binary.AppendVarint(b, int64(ev.Score.Mark))
	}
	if m&hasUntil != 0 {
		b = binary.AppendVarint(b, ev.Until.Unix()-e.prevSec)
	}
	if m&untilNs != 0 {
		b = binary.AppendUvarint(b, uint64(ev.Until.Nanosecond()))
	}
	if m&hasN != 0 {
		b = binary.AppendVarint(b, int64(ev.N))
	}
	return b
}

// finish returns the block of what was added and makes the encoder ready for
// the next one. span is how many numbers the block covers; 0 for as many as it
// has events.
func (e *encoder) finish(span uint64) block {
	size := headerSize + len(e.dict.bytes) + len(e.shapes.bytes) + len(e.recs) + sumSize
	p := make([]byte, 0, size)
	flags := byte(0)
	if e.sparse {
		flags |= flagSparse
	} else {
		span = uint64(e.count)
	}
	p = append(p, blockVersion, flags)
	p = binary.AppendUvarint(p, uint64(e.count))
	p = binary.AppendUvarint(p, span)
	p = binary.AppendVarint(p, e.baseSec)
	p = binary.AppendVarint(p, e.minSec)
	p = binary.AppendVarint(p, e.maxSec)
	p = binary.AppendUvarint(p, uint64(e.dict.n))
	p = append(p, e.dict.bytes...)
	p = binary.AppendUvarint(p, uint64(e.shapes.n))
	p = append(p, e.shapes.bytes...)
	p = append(p, e.recs...)
	b := block{
		payload: p, crc: crc32.Checksum(p, castagnoli), count: e.count, span: span,
		minSec: e.minSec, maxSec: e.maxSec, days: e.days,
	}
	e.reset()
	return b
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

const daySeconds = 86400

// dayOf is the UTC day of a Unix second, counted from 1970-01-01.
func dayOf(sec int64) int64 {
	d := sec / daySeconds
	if sec%daySeconds < 0 {
		d--
	}
	return d
}

func dayStart(day int64) time.Time { return time.Unix(day*daySeconds, 0).UTC() }
