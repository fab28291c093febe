package floor

import (
	"strconv"
	"time"
)

// Event is one fact. The zero value of every field but Source, Key, At and
// Kind means "not said".
//
// At is when it happened, Seq when it was learnt: the store numbers events
// 1, 2, 3 … in the order it committed them. Both matter when the past is
// replayed, for a late event was not known at the instant it speaks of.
type Event struct {
	Seq    uint64    // set by the store; 0 until then
	Source string    // which source told it: "queue_log", "sim", …
	Key    Key       // with Source, identifies the event for ever
	At     time.Time // when it happened, UTC; the source's resolution
	Kind   Kind

	Queue   string  // queue id as configured at the source, lower case
	Agent   string  // agent's name, the thing that is the same in every queue
	Contact string  // the contact's id at the source; one contact may stay in several queues
	Channel Channel // empty: the queue's configured channel, else voice

	// Wait is the time in queue that the event closes or reports; Talk the
	// conversation, Hold the part of it on hold, Ring how long a phone rang,
	// Wrap the work after it. Never negative.
	Wait, Talk, Hold, Ring, Wrap time.Duration

	Position int    // place in the queue, 1 is next
	Reason   string // of a pause, a key pressed, a transfer's target, an unknown kind's name
	By       Party  // who ended, answered or acted
	Customer string // hashed number and its last two digits, "h:…:71"; never the number
	Subject  string // what it is about: complaint subject, meta id, risk id, setting
	Text     string // free text: a note, a comment
	Author   string // who recorded it, for events of leads and administrators
	Score    Score  // a survey's or a rating's answer
	Until    time.Time
	N        int // a count: penalty, planned people, lines skipped
}

// Key identifies an event within its source: the source's own id, or a file's
// fingerprint and the byte offset of the line. Offset is -1 for ids without
// one. Keys with an offset are positional: within one ID they are appended in
// rising order.
type Key struct {
	ID     string
	Offset int64
}

// KeyID makes the key of a record that carries its own identity.
func KeyID(id string) Key { return Key{ID: id, Offset: -1} }

// KeyAt makes a positional key: a place in a file or a stream.
func KeyAt(id string, offset int64) Key { return Key{ID: id, Offset: offset} }

// Positional reports whether the key is a place in an ordered stream.
func (k Key) Positional() bool { return k.Offset >= 0 }

// String is the key's text form, "id" or "id@offset".
func (k Key) String() string {
	if !k.Positional() {
		return k.ID
	}
	return k.ID + "@" + strconv.FormatInt(k.Offset, 10)
}

// Score is an answer on a scale. The zero Score is no answer.
type Score struct {
	Scale Scale
	Mark  int // NPS 0 to 10, CSAT 1 to 5, yes 1 and no 0
}

// Scale says what a Score's mark means.
type Scale uint8

// The scales farol knows.
const (
	NoScale   Scale = iota
	NPS             // "would you recommend us", 0 to 10
	CSAT            // satisfaction, 1 to 5
	Resolved        // was it resolved: 1 yes, 0 no
	Converted       // did it convert: 1 yes, 0 no
)

// Party says which side did something.
type Party uint8

// The parties to a contact.
const (
	Nobody Party = iota
	ByAgent
	ByCustomer
	BySystem
	ByTransfer
	ByBot
)
