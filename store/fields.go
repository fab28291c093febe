package store

import (
	"encoding/binary"
	"time"

	"farol/floor"
)

// fields decides which fields ev's record has and how they are written; it
// fills in sh the parts that depend on it, and num when the contact is a number.
func (e *encoder) fields(ev *floor.Event, sh *shape, num *number) mask {
	var m mask
	if ns := ev.At.Nanosecond(); ns != 0 {
		if ns%int(time.Millisecond) == 0 {
			m |= atMs
		} else {
			m |= atNs
		}
	}
	m |= e.keyFields(ev, sh)
	if ev.Queue != "" {
		m |= hasQueue
	}
	if ev.Agent != "" {
		m |= hasAgent
	}
	if ev.Contact != "" {
		m |= e.contactField(ev.Contact, sh, num)
	}
	m |= spanFields(ev)
	if ev.Position != 0 {
		m |= hasPosition
	}
	if ev.Reason != "" {
		m |= hasReason
	}
	if ev.Customer != "" {
		var scratch [17]byte
		if _, ok := parseHashed(scratch[:0], ev.Customer); ok {
			m |= customerHash
		} else {
			m |= customerText
		}
	}
	return m | rareFields(ev)
}

func rareFields(ev *floor.Event) (m mask) {
	if ev.Subject != "" {
		m |= hasSubject
	}
	if ev.Text != "" {
		m |= hasText
	}
	if ev.Author != "" {
		m |= hasAuthor
	}
	if ev.Score != (floor.Score{}) {
		m |= hasScore
	}
	if !ev.Until.IsZero() {
		m |= hasUntil
		if ev.Until.Nanosecond() != 0 {
			m |= untilNs
		}
	}
	if ev.N != 0 {
		m |= hasN
	}
	return m
}

// keyFields: the id of a place is one of few and shared by the shape; any other
// key id is an event's own and written in full.
func (e *encoder) keyFields(ev *floor.Event, sh *shape) mask {
	switch off := ev.Key.Offset; {
	case off >= 0:
		sh.keyID = e.dict.ref(ev.Key.ID)
		for len(e.places) <= int(sh.keyID) {
			e.places = append(e.places, 0)
		}
		if off < e.places[sh.keyID] {
			return placeRaw
		}
		return placeStep
	case off == -1:
		if ev.Key.ID == "" {
			return 0
		}
		return keyText
	default:
		return placeRaw | keyText
	}
}

func (e *encoder) contactField(contact string, sh *shape, num *number) mask {
	n, ok := parseNumber(contact)
	if !ok {
		return contactText
	}
	*num = n
	slot := &e.slots[slotOf(n)]
	if slot.used && slot.number == n {
		return contactSlot
	}
	if !e.mayPrefix(n.prefix) {
		return contactText
	}
	slot.number, slot.used = n, true
	sh.prefix = e.dict.ref(n.prefix)
	if n.dotted {
		return contactDotted
	}
	return contactWhole
}

func (e *encoder) mayPrefix(p string) bool {
	if p == "" {
		return true
	}
	for _, q := range e.prefixes {
		if p == q {
			return true
		}
	}
	if len(e.prefixes) == maxPrefixes {
		return false
	}
	e.prefixes = append(e.prefixes, p)
	return true
}

func spanFields(ev *floor.Event) (m mask) {
	spans := [...]time.Duration{ev.Wait, ev.Talk, ev.Hold, ev.Ring, ev.Wrap}
	unit := mask(0)
	for i, d := range spans {
		if d == 0 {
			continue
		}
		m |= hasWait << i
		switch {
		case d < 0 || d%time.Millisecond != 0:
			unit = spanNs
		case d%time.Second != 0 && unit != spanNs:
			unit = spanMs
		}
	}
	return m | unit
}

// dictionary numbers a block's strings from 1 as they are met.
type dictionary struct {
	n     int
	bytes []byte
	refs  map[string]uint32
	near  [512]struct {
		s   string
		ref uint32
	}
}

func (d *dictionary) init() { d.refs = make(map[string]uint32, 256) }

func (d *dictionary) reset() {
	d.n, d.bytes = 0, d.bytes[:0]
	clear(d.refs)
	clear(d.near[:])
}

// ref is the number of s, a new one when s was not met before. Strings that a
// reader interned are found without a hash of their text.
func (d *dictionary) ref(s string) uint32 {
	if s == "" {
		return 0
	}
	// Names differ at their ends: "Agente 117", "Agente 118".
	n := len(s)
	h := uint(n) + uint(s[n-1])*7 + uint(s[max(n-2, 0)])*61 + uint(s[max(n-3, 0)])*97 + uint(s[n/2])*17
	near := &d.near[h%uint(len(d.near))]
	if near.s == s {
		return near.ref
	}
	ref, ok := d.refs[s]
	if !ok {
		d.n++
		ref = uint32(d.n)
		d.refs[s] = ref
		d.bytes = appendString(d.bytes, s)
	}
	near.s, near.ref = s, ref
	return ref
}

// shapeTable numbers a block's shapes from 0 as they are met.
type shapeTable struct {
	n     int
	bytes []byte
	refs  map[shape]uint32
	near  [64]struct {
		shape
		ref  uint32
		used bool
	}
}

func (t *shapeTable) init() { t.refs = make(map[shape]uint32, 64) }

func (t *shapeTable) reset() {
	t.n, t.bytes = 0, t.bytes[:0]
	clear(t.refs)
	clear(t.near[:])
}

func (t *shapeTable) ref(s shape) uint32 {
	h := (uint32(s.mask)*2654435761)>>26 ^ uint32(s.kind) ^ uint32(s.by)<<4
	near := &t.near[h%64]
	if near.used && near.shape == s {
		return near.ref
	}
	ref, ok := t.refs[s]
	if !ok {
		ref = uint32(t.n)
		t.n++
		t.refs[s] = ref
		t.bytes = binary.AppendUvarint(t.bytes, uint64(s.mask))
		t.bytes = append(t.bytes, byte(s.kind), byte(s.by))
		t.bytes = binary.AppendUvarint(t.bytes, uint64(s.source))
		t.bytes = binary.AppendUvarint(t.bytes, uint64(s.keyID))
		t.bytes = binary.AppendUvarint(t.bytes, uint64(s.channel))
		t.bytes = binary.AppendUvarint(t.bytes, uint64(s.prefix))
	}
	near.shape, near.ref, near.used = s, ref, true
	return ref
}
