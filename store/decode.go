package store

import (
	"errors"
	"hash/crc32"
	"time"
	"unsafe"

	"farol/floor"
)

// errBlock: the checksum holds (or was not looked at) but the bytes are no block
// of this version.
var errBlock = errors.New("malformed block")

// extent is what can be known of a block without decoding its records.
type extent struct {
	count          int
	span           uint64
	minSec, maxSec int64
}

// header is a block's fixed part; rest begins with the dictionary.
type header struct {
	extent
	sparse  bool
	baseSec int64
}

func (r *reader) header() (h header, ok bool) {
	if r.byte() != blockVersion {
		return h, false
	}
	flags := r.byte()
	h.sparse = flags&flagSparse != 0
	count := r.uvarint()
	h.span = r.uvarint()
	h.baseSec = r.varint()
	h.minSec = r.varint()
	h.maxSec = r.varint()
	if r.bad || flags&^flagSparse != 0 || count > uint64(len(r.s)) || h.span < count || !h.sparse && h.span != count {
		return h, false
	}
	h.count = int(count)
	return h, true
}

// decoder turns blocks into events. It is reused; not safe for concurrent use.
type decoder struct {
	r      reader
	names  *interner
	dict   []string
	places []int64
	shapes []proto
	slotAt [contactSlots]spot // where in the arena a contact met before is
	arena  []byte             // texts of contacts and customers, made into one string at the end
	spots  []spot

	prevWhole, prevPart int64
}

// proto is a shape with its strings and the event that all its records start as.
type proto struct {
	mask   mask
	keyID  uint32
	prefix string
	event  floor.Event
}

// spot is a text in the arena that still has to become a string field.
type spot struct {
	event    int32
	from, to int32
	customer bool // else a contact
}

// decode appends the events of a sealed block to into, numbered from first. The
// events' strings share one copy of the block; value itself is not kept.
func (d *decoder) decode(bucket string, first uint64, value string, into []floor.Event) ([]floor.Event, error) {
	n := len(value) - sumSize
	if n < 0 {
		return into, ErrDamaged
	}
	d.r = reader{s: value[n:]}
	want := d.r.bigEndian32()
	if sum(bucket, seqKey(first), checksum(value[:n])) != want {
		return into, ErrDamaged
	}
	return d.records(first, value[:n], into)
}

func (d *decoder) records(first uint64, payload string, into []floor.Event) ([]floor.Event, error) {
	start := len(into)
	d.r = reader{s: payload}
	h, ok := d.r.header()
	if !ok || !d.tables() {
		return into, errBlock
	}
	d.arena, d.spots = d.arena[:0], d.spots[:0]
	clear(d.slotAt[:])
	d.prevWhole, d.prevPart = 0, 0
	sec, seq := h.baseSec, first
	for i := range h.count {
		if h.sparse {
			seq += d.r.uvarint()
		}
		shape := d.r.uvarint()
		if shape >= uint64(len(d.shapes)) {
			return into[:start], errBlock
		}
		p := &d.shapes[shape]
		into = append(into, p.event)
		ev := &into[start+i]
		ev.Seq = seq
		seq++
		sec += d.r.varint()
		d.record(ev, p, sec, int32(start+i))
		if d.r.bad {
			return into[:start], errBlock
		}
	}
	if d.r.i != len(d.r.s) || seq-first > h.span || !h.sparse && seq-first != h.span {
		return into[:start], errBlock
	}
	d.settle(into)
	return into, nil
}

// settle gives the spots their strings: one allocation for all of them.
func (d *decoder) settle(events []floor.Event) {
	if len(d.spots) == 0 {
		return
	}
	all := string(d.arena)
	for _, s := range d.spots {
		text := all[s.from:s.to]
		if s.customer {
			events[s.event].Customer = text
		} else {
			events[s.event].Contact = text
		}
	}
}

// tables reads the dictionary and the shapes.
func (d *decoder) tables() bool {
	r := &d.r
	n := r.uvarint()
	if r.bad || n > uint64(len(r.s)) {
		return false
	}
	d.dict = append(d.dict[:0], "")
	for range n {
		d.dict = append(d.dict, r.text())
	}
	if r.bad {
		return false
	}
	d.names.internAll(d.dict)
	n = r.uvarint()
	if r.bad || n > uint64(len(r.s)) {
		return false
	}
	d.shapes = d.shapes[:0]
	d.places = append(d.places[:0], make([]int64, len(d.dict))...)
	for range n {
		p := proto{mask: mask(r.uvarint())}
		p.event.Kind = floor.Kind(r.byte())
		p.event.By = floor.Party(r.byte())
		p.event.Source = d.name()
		id := r.uvarint()
		if r.bad || p.mask >= maskEnd || id >= uint64(len(d.dict)) {
			return false
		}
		p.keyID = uint32(id)
		p.event.Key = floor.Key{ID: d.dict[id], Offset: -1}
		p.event.Channel = floor.Channel(d.name())
		p.prefix = d.name()
		d.shapes = append(d.shapes, p)
	}
	return !r.bad
}

// name reads a number of the dictionary.
func (d *decoder) name() string {
	n := d.r.uvarint()
	if n >= uint64(len(d.dict)) {
		d.r.bad = true
		return ""
	}
	return d.dict[n]
}

func (d *decoder) record(ev *floor.Event, p *proto, sec int64, index int32) {
	r, m := &d.r, p.mask
	var ns int64
	switch {
	case m&atMs != 0:
		ns = int64(r.uvarint()) * int64(time.Millisecond)
	case m&atNs != 0:
		ns = int64(r.uvarint())
	}
	ev.At = r.time(sec, ns)
	switch {
	case m&placeStep != 0:
		ev.Key.Offset = d.places[p.keyID] + int64(r.uvarint())
		d.places[p.keyID] = ev.Key.Offset
	case m&placeRaw != 0:
		ev.Key.Offset = r.varint()
		if m&keyText == 0 {
			d.places[p.keyID] = ev.Key.Offset
		}
	}
	if m&keyText != 0 {
		ev.Key.ID = r.text()
	}
	if m&hasQueue != 0 {
		ev.Queue = d.name()
	}
	if m&hasAgent != 0 {
		ev.Agent = d.name()
	}
	if m&(contactSlot|contactDotted|contactWhole|contactText) != 0 {
		d.contact(ev, p, sec, index)
	}
	if m&(hasWait|hasTalk|hasHold|hasRing|hasWrap) != 0 {
		d.spans(ev, m)
	}
	if m>>18 != 0 {
		d.rest(ev, m, sec, index)
	}
}

// contact reads a contact. One of several records in the block is formatted
// once: the others find it in its slot, as a place in the arena.
func (d *decoder) contact(ev *floor.Event, p *proto, sec int64, index int32) {
	r, m := &d.r, p.mask
	switch {
	case m&contactSlot != 0:
		slot := r.byte()
		at := d.slotAt[slot]
		if at.to == 0 {
			r.bad = true
			return
		}
		d.spots = append(d.spots, spot{event: index, from: at.from, to: at.to})
	case m&contactText != 0:
		ev.Contact = d.name()
	default:
		d.number(p, sec, index)
	}
}

func (d *decoder) number(p *proto, sec int64, index int32) {
	r := &d.r
	n := number{prefix: p.prefix}
	if p.mask&contactDotted != 0 {
		n.dotted = true
		n.whole = uint64(sec - r.varint())
		d.prevPart += r.varint()
		n.part = uint64(d.prevPart)
	} else {
		d.prevWhole += r.varint()
		n.whole = uint64(d.prevWhole)
	}
	from := len(d.arena)
	d.arena = appendNumber(d.arena, n)
	at := spot{event: index, from: int32(from), to: int32(len(d.arena))}
	d.slotAt[slotOf(n)] = at
	d.spots = append(d.spots, at)
}

func (d *decoder) spans(ev *floor.Event, m mask) {
	fields := [...]*time.Duration{&ev.Wait, &ev.Talk, &ev.Hold, &ev.Ring, &ev.Wrap}
	for i, f := range fields {
		if m&(hasWait<<i) == 0 {
			continue
		}
		switch {
		case m&spanNs != 0:
			*f = time.Duration(d.r.varint())
		case m&spanMs != 0:
			*f = time.Duration(d.r.uvarint()) * time.Millisecond
		default:
			*f = time.Duration(d.r.uvarint()) * time.Second
		}
	}
}

func (d *decoder) rest(ev *floor.Event, m mask, sec int64, index int32) {
	r := &d.r
	if m&hasPosition != 0 {
		ev.Position = int(r.varint())
	}
	if m&hasReason != 0 {
		ev.Reason = d.name()
	}
	if m&customerHash != 0 {
		if packed := r.take(17); packed != "" {
			from := len(d.arena)
			d.arena = appendHashed(d.arena, packed)
			d.spots = append(d.spots, spot{event: index, from: int32(from), to: int32(len(d.arena)), customer: true})
		}
	} else if m&customerText != 0 {
		ev.Customer = d.name()
	}
	if m&hasSubject != 0 {
		ev.Subject = d.name()
	}
	if m&hasText != 0 {
		ev.Text = r.text()
	}
	if m&hasAuthor != 0 {
		ev.Author = d.name()
	}
	if m&hasScore != 0 {
		ev.Score.Scale = floor.Scale(r.byte())
		ev.Score.Mark = int(r.varint())
	}
	if m&hasUntil != 0 {
		until, ns := sec+r.varint(), int64(0)
		if m&untilNs != 0 {
			ns = int64(r.uvarint())
		}
		ev.Until = r.time(until, ns)
	}
	if m&hasN != 0 {
		ev.N = int(r.varint())
	}
}

// checksum is the CRC32C of s, read in place.
func checksum(s string) uint32 {
	return crc32.Checksum(unsafe.Slice(unsafe.StringData(s), len(s)), castagnoli)
}
