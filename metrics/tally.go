package metrics

import "farol/floor"

// mark is what one stay contributes to the tallies: a pure function of what is
// known of the stay. When something is learnt, the old mark is taken out of the
// tallies and the new one put in, so that late, repeated and corrected events
// all end in the same figures. Times are milliseconds.
type mark struct {
	at                            int64 // offered
	wait, talk, hold, wrap, total int32 // total is -1 when the contact goes on elsewhere
	queuedAfter, leftAfter        int32 // after at; leftAfter is -1 while waiting
	queue, agent                  uint32
	channel                       uint8
	end                           floor.Kind // how it ended; Unknown while it goes on
	flags                         markFlags
}

type markFlags uint8

const (
	markCounted  markFlags = 1 << iota // it is in the tallies
	markAnswered                       // an agent took it
	markWithin                         // left waiting (for whatever reason) within T
	markShort                          // abandoned within the short-abandon limit
	markWaited                         // it was in a queue
)

// tally counts marks. Sums are whole milliseconds, so that the order in which
// marks come and go changes nothing.
type tally struct {
	offered, answered, waiting, talking      int32
	abandoned, short, leftTimeout, leftOther int32
	lost, cut                                int32 // by a crash: while waiting, while talking
	within, abandWithin, backWithin          int32
	handled, transfers, rings, calledBack    int32
	refused                                  int32 // of leftOther, never in a queue
	totals                                   int32
	waitAnswered, waitAbandoned              int64
	talk, hold, wrap, total                  int64
}

// add puts a mark in, or takes it out when sign is -1.
func (t *tally) add(m *mark, sign int32) {
	if m.end == floor.NotAnswered {
		t.rings += sign
		return
	}
	by := int64(sign)
	t.offered += sign
	if m.flags&markAnswered != 0 {
		t.answered += sign
		t.waitAnswered += by * int64(m.wait)
		if m.flags&markWithin != 0 {
			t.within += sign
		}
	}
	if m.total >= 0 {
		t.totals += sign
		t.total += by * int64(m.total)
	}
	if m.end == floor.Completed || m.end == floor.Transferred {
		t.handled += sign
		t.talk += by * int64(m.talk)
		t.hold += by * int64(m.hold)
		t.wrap += by * int64(m.wrap)
		if m.end == floor.Transferred {
			t.transfers += sign
		}
		return
	}
	t.addUnhandled(m, sign)
}

// addUnhandled counts a stay that is open, or ended in another way than by a
// conversation that was finished.
func (t *tally) addUnhandled(m *mark, sign int32) {
	switch m.end {
	case floor.Abandoned:
		t.abandoned += sign
		t.waitAbandoned += int64(sign) * int64(m.wait)
		if m.flags&markShort != 0 {
			t.short += sign
		}
		if m.flags&markWithin != 0 {
			t.abandWithin += sign
		}
	case floor.LeftTimeout:
		t.leftTimeout += sign
	case floor.Lost:
		if m.flags&markAnswered != 0 {
			t.cut += sign
		} else {
			t.lost += sign
		}
	case floor.CalledBack:
		t.leftOther += sign
		t.calledBack += sign
		if m.flags&markWithin != 0 {
			t.backWithin += sign
		}
	case floor.Unknown:
		if m.flags&markAnswered != 0 {
			t.talking += sign
		} else {
			t.waiting += sign
		}
	default: // LeftKey, LeftEmpty, LeftFull, LeftBefore, Withdrawn
		t.leftOther += sign
		if m.flags&markWaited == 0 {
			t.refused += sign
		}
	}
}

// merge adds all that o counts.
func (t *tally) merge(o *tally) {
	t.offered += o.offered
	t.answered += o.answered
	t.waiting += o.waiting
	t.talking += o.talking
	t.abandoned += o.abandoned
	t.short += o.short
	t.leftTimeout += o.leftTimeout
	t.leftOther += o.leftOther
	t.lost += o.lost
	t.cut += o.cut
	t.within += o.within
	t.abandWithin += o.abandWithin
	t.backWithin += o.backWithin
	t.handled += o.handled
	t.transfers += o.transfers
	t.rings += o.rings
	t.calledBack += o.calledBack
	t.refused += o.refused
	t.totals += o.totals
	t.waitAnswered += o.waitAnswered
	t.waitAbandoned += o.waitAbandoned
	t.talk += o.talk
	t.hold += o.hold
	t.wrap += o.wrap
	t.total += o.total
}

// sheet is a tally with the distributions of its waiting times.
type sheet struct {
	tally
	waits   hist  // of the answered
	gaveUp  hist  // of the abandoned
	longest int32 // of the answered, ms, where bins are too wide to say
	unsure  bool  // the longest was taken out: it must be looked for
	late    int32 // waiting beyond T at this instant: misses already
}

func (s *sheet) add(m *mark, sign int32) {
	s.tally.add(m, sign)
	if m.end == floor.NotAnswered {
		return
	}
	if m.flags&markAnswered != 0 {
		s.waits.add(m.wait, sign)
		switch {
		case seconds(m.wait) < exactSeconds: // bins tell it
		case sign > 0:
			s.longest = max(s.longest, m.wait)
		case m.wait == s.longest:
			s.unsure = true
		}
	} else if m.end == floor.Abandoned {
		s.gaveUp.add(m.wait, sign)
	}
}

// swap puts a mark in the place of another.
func (s *sheet) swap(old, now *mark) {
	if (old.flags^now.flags)&markAnswered != 0 || old.wait != now.wait || old.end == floor.Abandoned || now.end == floor.Abandoned {
		s.add(old, -1)
		s.add(now, 1)
		return
	}
	s.tally.add(old, -1)
	s.tally.add(now, 1)
}

func (s *sheet) merge(o *sheet) {
	s.tally.merge(&o.tally)
	s.waits.merge(&o.waits)
	s.gaveUp.merge(&o.gaveUp)
	s.longest = max(s.longest, o.longest)
}

func (s *sheet) clear() {
	s.tally = tally{}
	s.waits.clear()
	s.gaveUp.clear()
	s.longest, s.unsure, s.late = 0, false, 0
}
