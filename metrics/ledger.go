package metrics

import (
	"slices"

	"farol/floor"
)

// ledger holds the stays that may still change or be asked for, and finds the
// one that an event speaks of. It is not safe for concurrent use.
type ledger struct {
	stays []stay   // stays[0] is nobody
	slots []uint64 // open addressing by contact: its newest stay, below 32 bits of its hash
	used  int
	dirty []int32 // stays whose mark may be old
	tells []tells // by source
}

func newLedger() *ledger {
	return &ledger{stays: make([]stay, 1), slots: make([]uint64, 1024)}
}

// fact is an event with its names numbered.
type fact struct {
	*floor.Event
	at                   int64 // ms
	queue, agent, source uint32
	channel              uint8
}

// newest is the latest made stay of a contact; 0 when there is none.
func (l *ledger) newest(contact string, hash uint64) int32 {
	mask := uint64(len(l.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		slot := l.slots[i]
		if slot == 0 {
			return 0
		}
		if slot>>32 == hash>>32 {
			if n := int32(slot); l.stays[n].hash == hash && l.stays[n].contact == contact {
				return n
			}
		}
	}
}

// put makes stay n the newest of its contact.
func (l *ledger) put(n int32) {
	if 2*(l.used+1) > len(l.slots) {
		old := l.slots
		l.slots = make([]uint64, 2*len(old))
		for _, slot := range old {
			if slot != 0 {
				l.place(int32(slot))
			}
		}
	}
	if l.place(n) {
		l.used++
	}
}

func (l *ledger) place(n int32) (added bool) {
	s := &l.stays[n]
	mask := uint64(len(l.slots) - 1)
	mine := s.hash>>32<<32 | uint64(n)
	for i := s.hash & mask; ; i = (i + 1) & mask {
		slot := l.slots[i]
		if slot == 0 {
			l.slots[i] = mine
			return true
		}
		if slot>>32 != mine>>32 {
			continue
		}
		if o := &l.stays[int32(slot)]; o.hash == s.hash && o.contact == s.contact {
			l.slots[i] = mine
			return false
		}
	}
}

// room makes room for one more stay and returns its number. It doubles, for
// append alone would copy a growing day five times.
func (l *ledger) room() int32 {
	if n := len(l.stays); n == cap(l.stays) {
		grown := make([]stay, n, max(1024, 2*n))
		copy(grown, l.stays)
		l.stays = grown
	}
	return int32(len(l.stays))
}

// open makes a stay from the event that first speaks of it.
func (l *ledger) open(f *fact, hash uint64, prev int32) int32 {
	n := l.room()
	l.stays = append(l.stays, stay{
		contact: f.Contact, hash: hash, seq: f.Seq, queue: f.queue, source: f.source, channel: f.channel, prev: prev,
		nth: l.stays[prev].nth + 1,
	})
	l.put(n)
	l.touch(prev) // it may no longer be the contact's last
	return n
}

// touch notes that the mark of stay n must be worked out again.
func (l *ledger) touch(n int32) {
	if s := &l.stays[n]; n != 0 && !s.dirty {
		s.dirty = true
		l.dirty = append(l.dirty, n)
	}
}

// take applies an event of a contact and returns the stay it spoke of; 0 when
// there is none. Kinds that say nothing of a stay return the stay they were
// about, for who follows agents.
func (l *ledger) take(f *fact) int32 {
	if f.Contact == "" {
		return 0
	}
	hash := hash64(f.Contact, 0)
	head := l.newest(f.Contact, hash)
	var n int32
	switch f.Kind {
	case floor.Offered:
		n = l.takeOffered(f, hash, head)
	case floor.Queued:
		n = l.takeQueued(f, hash, head)
	case floor.Answered:
		n = l.takeAnswered(f, hash, head)
	case floor.Completed, floor.Transferred:
		n = l.takeFinished(f, hash, head)
	case floor.Abandoned, floor.LeftTimeout, floor.LeftKey, floor.LeftEmpty, floor.LeftFull, floor.LeftBefore,
		floor.Withdrawn, floor.CalledBack, floor.Lost:
		n = l.takeLeft(f, hash, head)
	default:
		return l.takeDetail(f, head)
	}
	s := &l.stays[n]
	s.seq = min(s.seq, f.Seq)
	if s.customer == "" {
		s.customer = f.Customer
	}
	if s.channel == 0 {
		s.channel = f.channel
	}
	l.touch(n)
	for i := l.newest(f.Contact, hash); l.stays[i].nth > 1; i = l.stays[i].prev {
		l.touch(i) // how long the contact took, and which stay is its last, may change
		l.touch(l.stays[i].prev)
	}
	return n
}

// rang records a phone that rang in vain, as a fact of its own.
func (l *ledger) rang(f *fact) int32 {
	n := l.room()
	l.stays = append(l.stays, stay{
		contact: f.Contact, seq: f.Seq, offered: f.at, ended: f.at, wait: millis(f.Ring.Milliseconds()),
		queue: f.queue, agent: f.agent, source: f.source, channel: f.channel, end: floor.NotAnswered, ring: true,
	})
	l.touch(n)
	return n
}

// crash ends as Lost what a source had open before it started anew, and returns
// those stays.
func (l *ledger) crash(source uint32, at int64) []int32 {
	var lost []int32
	for i := range l.stays {
		s := &l.stays[i]
		if s.source == source && s.end == floor.Unknown && i > 0 && !s.ring && max(s.begin(), s.answered) < at {
			s.end, s.ended, s.by = floor.Lost, at, floor.BySystem
			l.touch(int32(i))
			lost = append(lost, int32(i))
		}
	}
	return lost
}

// learn notes what a source tells. The first time, zeros that were taken for
// silence become zeros.
func (l *ledger) learn(source uint32, t tells) {
	for int(source) >= len(l.tells) {
		l.tells = append(l.tells, tells{})
	}
	was := l.tells[source]
	now := tells{was.wait || t.wait, was.leave || t.leave, was.talk || t.talk}
	if now == was {
		return
	}
	l.tells[source] = now
	for i := range l.stays {
		if l.stays[i].source == source {
			l.touch(int32(i))
		}
	}
}

func (l *ledger) told(source uint32) tells {
	if int(source) < len(l.tells) {
		return l.tells[source]
	}
	return tells{}
}

// markOf works out the mark of stay n from all that is known.
func (l *ledger) markOf(n int32, lim limits) mark {
	s := &l.stays[n]
	if s.ring {
		return s.mark(lim, tells{}, false, 0)
	}
	last := true
	if s.first == 0 || s.offeredAt() < s.first {
		s.first = s.offeredAt()
	}
	for i := l.newest(s.contact, s.hash); i != 0; i = l.stays[i].prev {
		o := &l.stays[i]
		if i == n {
			continue
		}
		s.first = min(s.first, o.offeredAt()) // kept, for the other may be let go
		if b := o.begin(); b > s.begin() || b == s.begin() && (o.ended > s.ended || o.ended == s.ended && o.seq > s.seq) {
			last = false
		}
	}
	return s.mark(lim, l.told(s.source), last, s.first)
}

// keep drops the stays that fn does not want, and renumbers the others in the
// order they were made. Numbers held elsewhere are void after it.
func (l *ledger) keep(fn func(s *stay) bool) {
	kept := l.stays[:1]
	for i := 1; i < len(l.stays); i++ {
		if s := &l.stays[i]; fn(s) {
			kept = append(kept, *s)
		}
	}
	clear(l.stays[len(kept):])
	l.stays = kept // the next day needs the room again
	if cap(l.stays) > 16*len(l.stays)+1<<17 {
		l.stays = slices.Clone(l.stays)
	}
	l.reindex()
}

// reindex builds the table of contacts again.
func (l *ledger) reindex() {
	size := 1024
	for size < 4*len(l.stays) {
		size *= 2
	}
	if size == len(l.slots) {
		clear(l.slots)
	} else {
		l.slots = make([]uint64, size)
	}
	l.used, l.dirty = 0, l.dirty[:0]
	for i := 1; i < len(l.stays); i++ {
		s := &l.stays[i]
		s.prev, s.prevOfAgent, s.prevOfCustomer, s.next, s.chained = 0, 0, 0, 0, 0
		if s.dirty {
			l.dirty = append(l.dirty, int32(i))
		}
		if s.ring {
			continue
		}
		s.prev = l.newest(s.contact, s.hash)
		l.put(int32(i))
	}
}
