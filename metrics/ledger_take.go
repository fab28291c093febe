package metrics

import "farol/floor"

// How far two clocks of one contact may disagree, in milliseconds: those of a
// menu and of the queues, and those within the telephone system.
const (
	apart = 120_000
	slack = 2000
)

func (l *ledger) takeOffered(f *fact, hash uint64, head int32) int32 {
	pick := int32(0)
	for i := head; i != 0; i = l.stays[i].prev {
		s := &l.stays[i]
		if s.offered == 0 && s.begin() >= f.at-apart && (pick == 0 || s.begin() < l.stays[pick].begin()) {
			pick = i
		}
	}
	if pick == 0 {
		pick = l.open(f, hash, head)
	}
	l.stays[pick].offered = f.at
	return pick
}

func (l *ledger) takeQueued(f *fact, hash uint64, head int32) int32 {
	pick, least := int32(0), int64(0)
	for i := head; i != 0; i = l.stays[i].prev {
		s := &l.stays[i]
		if s.queued != 0 || !s.sits(f.queue) || s.begin() > f.at && s.offered != 0 ||
			s.answered != 0 && s.answered < f.at-slack || s.ended != 0 && s.ended < f.at {
			continue
		}
		off := int64(0)
		if s.offered == 0 {
			off = gap(s.begin(), f.at)
		}
		if pick == 0 || off <= least {
			pick, least = i, off
		}
	}
	if pick == 0 {
		pick = l.open(f, hash, head)
	}
	s := &l.stays[pick]
	s.queued = f.at
	s.move(f.queue)
	if f.Position > 0 && s.position == 0 {
		s.position, s.positionAt = int32(f.Position), f.at
	}
	return pick
}

func (l *ledger) takeAnswered(f *fact, hash uint64, head int32) int32 {
	told := millis(f.Wait.Milliseconds())
	pick, least := int32(0), int64(0)
	for i := head; i != 0; i = l.stays[i].prev {
		s := &l.stays[i]
		if s.answered != 0 || !s.sits(f.queue) || s.queued > f.at+slack {
			continue
		}
		off := gap(s.begin(), f.at-int64(told))
		if s.end != floor.Unknown {
			if s.ended < f.at || !needsAnswer(s.end) || s.agent != 0 && s.agent != f.agent {
				continue
			}
			off = gap(s.ended-int64(s.talk), f.at)
		}
		if pick == 0 || off <= least {
			pick, least = i, off
		}
	}
	if pick == 0 {
		pick = l.open(f, hash, head)
	}
	s := &l.stays[pick]
	if s.end == floor.Lost && s.ended == f.at { // answered as the system came up: it was not lost
		s.end, s.ended = floor.Unknown, 0
	}
	s.answered = f.at
	s.move(f.queue)
	s.wait = max(s.wait, told)
	if f.agent != 0 {
		s.agent = f.agent
	}
	if told > 0 {
		l.learn(f.source, tells{wait: true})
	}
	return pick
}

// takeFinished ends a conversation.
func (l *ledger) takeFinished(f *fact, hash uint64, head int32) int32 {
	talk := millis(f.Talk.Milliseconds())
	pick, least, amend := int32(0), int64(0), false
	for i := head; i != 0; i = l.stays[i].prev {
		s := &l.stays[i]
		if !s.sits(f.queue) || s.agent != 0 && f.agent != 0 && s.agent != f.agent || s.answered > f.at {
			continue
		}
		off := gap(s.answered, f.at-int64(talk))
		fixes := s.end != floor.Unknown
		switch {
		case !fixes && s.answered == 0: // its answer was not told yet
			off = 1<<40 + gap(s.begin(), f.at-int64(talk))
		case fixes && s.end == floor.Lost && (f.at <= s.ended || s.answered != 0 && talk > 0 && off <= 1000):
			fixes = false // it was not lost
		case fixes && (s.answered == 0 || talk == 0 || off > 1000):
			continue
		}
		if pick == 0 || amend && !fixes || amend == fixes && off <= least {
			pick, least, amend = i, off, fixes
		}
	}
	if pick == 0 {
		pick = l.open(f, hash, head)
	}
	s := &l.stays[pick]
	s.move(f.queue)
	s.finish(f, amend)
	if f.agent != 0 && s.agent == 0 {
		s.agent = f.agent
	}
	s.talk = max(s.talk, talk)
	s.wait = max(s.wait, millis(f.Wait.Milliseconds()))
	if f.Hold > 0 {
		s.hold, s.heldAt = millis(f.Hold.Milliseconds()), 0
	}
	s.wrap = max(s.wrap, millis(f.Wrap.Milliseconds()))
	if talk > 0 {
		l.learn(f.source, tells{talk: true})
	}
	return pick
}

// takeLeft ends a stay that nobody answered. Lost may end an answered one too.
func (l *ledger) takeLeft(f *fact, hash uint64, head int32) int32 {
	told := millis(f.Wait.Milliseconds())
	says := told > 0 || l.told(f.source).leave
	pick, least, amend := int32(0), int64(0), false
	for i := head; i != 0; i = l.stays[i].prev {
		s := &l.stays[i]
		if !s.sits(f.queue) && f.Kind != floor.LeftBefore || s.answered != 0 && f.Kind != floor.Lost {
			continue
		}
		off := gap(s.begin(), f.at-int64(told))
		if !says { // a contact is in one place at a time: the oldest place is left first
			off = s.begin()
		}
		fixes := s.end != floor.Unknown
		switch {
		case fixes && s.end == floor.Lost && (f.at <= s.ended || s.queued != 0 && told > 0 && off <= 1000):
			fixes = false // it was not lost
		case fixes && (s.queued == 0 || told == 0 || off > 1000):
			continue
		}
		if pick == 0 || amend && !fixes || amend == fixes && off <= least {
			pick, least, amend = i, off, fixes
		}
	}
	if pick == 0 {
		pick = l.open(f, hash, head)
	}
	s := &l.stays[pick]
	s.move(f.queue)
	s.finish(f, amend)
	s.wait = max(s.wait, told)
	if told > 0 {
		l.learn(f.source, tells{leave: true})
	}
	return pick
}

// finish writes how the stay ended. An amendment is a second end told of the
// same stay: the later instant wins, and at the same instant the kind that
// says more.
func (s *stay) finish(f *fact, amend bool) {
	if amend && (f.at < s.ended || f.at == s.ended && weight(f.Kind) <= weight(s.end)) {
		return
	}
	s.end, s.ended, s.by, s.target = f.Kind, f.at, f.By, f.Reason
}

// weight orders contradictory ends by how much the source must have known.
func weight(k floor.Kind) int {
	switch k {
	case floor.Completed:
		return 5
	case floor.Transferred:
		return 6
	case floor.Abandoned:
		return 3 // some sources say it of any end without an answer
	case floor.Lost:
		return 1
	default:
		return 4
	}
}

// takeDetail applies what changes no outcome: hold, position, wrap-up.
func (l *ledger) takeDetail(f *fact, head int32) int32 {
	pick := int32(0)
	for i := head; i != 0; i = l.stays[i].prev {
		s := &l.stays[i]
		if !s.sits(f.queue) || f.agent != 0 && s.agent != 0 && s.agent != f.agent {
			continue
		}
		if pick == 0 || s.begin() > l.stays[pick].begin() {
			pick = i
		}
	}
	if pick == 0 {
		return 0
	}
	s := &l.stays[pick]
	switch f.Kind {
	case floor.Held:
		if f.at > s.unheldAt && s.end == floor.Unknown {
			s.heldAt = f.at
		}
	case floor.Unheld:
		switch {
		case f.Hold > 0:
			s.hold += millis(f.Hold.Milliseconds())
		case s.heldAt != 0:
			s.hold += millis(f.at - s.heldAt)
		}
		s.heldAt, s.unheldAt = 0, f.at
	case floor.Positioned:
		if p := int32(f.Position); f.at > s.positionAt || f.at == s.positionAt && p < s.position {
			s.position, s.positionAt = p, f.at
		}
	case floor.WrappedUp:
		s.wrap = max(s.wrap, millis(f.Wrap.Milliseconds()))
		s.wrapEnd = max(s.wrapEnd, f.at)
	default:
		return pick
	}
	l.touch(pick)
	return pick
}

// sits reports whether an event of that queue can speak of the stay: it is
// there, or it has not been in any queue yet, or the event names none.
func (s *stay) sits(queue uint32) bool {
	return s.queue == queue || queue == 0 || s.queue == 0 && s.queued == 0
}

// move puts the stay in the queue that an event names.
func (s *stay) move(queue uint32) {
	if queue != 0 {
		s.queue = queue
	}
}

func gap(a, b int64) int64 {
	if a < b {
		return b - a
	}
	return a - b
}
