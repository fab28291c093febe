package store

import (
	"farol/floor"
)

// A record begins with the number of its shape: what kind of event it is, which
// fields it has and how they are written. Events of one kind and source share a
// shape, so that in a block all of that is one byte a record.

// mask says which fields a record has, in the order they are written.
type mask uint32

const (
	atMs      mask = 1 << iota // milliseconds after At's second
	atNs                       // or nanoseconds
	placeStep                  // key offset, as a step from the last one of its id
	placeRaw                   // or in full
	keyText                    // key id of its own, in full
	hasQueue
	hasAgent
	contactSlot   // contact met before: its slot
	contactDotted // prefix, whole, part
	contactWhole  // prefix, whole
	contactText   // dictionary
	hasWait
	hasTalk
	hasHold
	hasRing
	hasWrap
	spanMs // durations in milliseconds
	spanNs // or in nanoseconds, signed; else whole seconds
	hasPosition
	hasReason
	customerHash
	customerText
	hasSubject
	hasText
	hasAuthor
	hasScore
	hasUntil
	untilNs
	hasN
	maskEnd
)

// shape is all that records of one kind share. The strings are numbers of the
// block's dictionary; 0 is the empty string.
type shape struct {
	mask    mask
	kind    floor.Kind
	by      floor.Party
	source  uint32
	keyID   uint32
	channel uint32
	prefix  uint32 // of the contact, when it is a number
}

// contactSlots is how many contacts a block remembers at once. A contact falls
// into one slot by its number and pushes out what was there.
const contactSlots = 256

func slotOf(n number) int {
	return int((n.whole*31 + n.part) % contactSlots)
}

// maxPrefixes is how many different prefixes a block's numeric contacts may
// have, so that random ids that end in a digit do not each make a shape.
const maxPrefixes = 8

const (
	flagSparse = 1 << iota // each record begins with a step of its number
)

const blockVersion = 1
