package sim

import (
	"cmp"
	"slices"
)

// step is what an agenda entry asks for.
type step uint8

const (
	stepArrive   step = iota // the a-th arrival of the plan, or the redial of contact b
	stepQueue                // contact a enters its next queue, after a transfer
	stepPatience             // contact a gives up, if it still waits
	stepOverflow             // contact a may be offered to second skills
	stepLimit                // contact a meets its queue's time limit
	stepRingEnd              // the phone that rings for contact a is answered, or not
	stepHold                 // contact a is put on hold
	stepUnhold               // and taken back
	stepTalkEnd              // the conversation of contact a ends
	stepWrapEnd              // agent a finishes the work after contact b
	stepLogin                // agent a arrives
	stepLogout               // agent a's time is over
	stepPause                // the next planned pause of agent a is due
	stepPauseEnd             // agent a comes back
	stepMark                 // the a-th mark of the day is written
)

// entry is something to do at an instant. Serial numbers the entries, so that
// two of one instant keep the order in which they were planned.
type entry struct {
	at     int64
	serial uint32
	step   step
	a, b   int32
}

// agenda is what is to be done, earliest first: what is known before the day
// begins stands in a sorted list, and only what comes up in its course in a
// binary heap, which so stays small. container/heap would box each of the
// hundred thousand entries of a day.
type agenda struct {
	planned []entry
	done    int // of planned
	heap    []entry
	serial  uint32
}

// plan adds an entry before the day begins.
func (g *agenda) plan(at int64, s step, a, b int32) {
	g.serial++
	g.planned = append(g.planned, entry{at, g.serial, s, a, b})
}

// begin ends the planning.
func (g *agenda) begin() {
	slices.SortFunc(g.planned, func(a, b entry) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.serial, b.serial)) })
}

func (g *agenda) add(at int64, s step, a, b int32) {
	g.serial++
	g.heap = append(g.heap, entry{at, g.serial, s, a, b})
	h, i := g.heap, len(g.heap)-1
	for i > 0 {
		parent := (i - 1) / 2
		if !h[i].before(&h[parent]) {
			break
		}
		h[i], h[parent] = h[parent], h[i]
		i = parent
	}
}

func (g *agenda) pop() (entry, bool) {
	h := g.heap
	if g.done < len(g.planned) {
		if e := &g.planned[g.done]; len(h) == 0 || e.before(&h[0]) {
			g.done++
			return *e, true
		}
	}
	if len(h) == 0 {
		return entry{}, false
	}
	top, last := h[0], len(h)-1
	h[0] = h[last]
	h = h[:last]
	g.heap = h
	for i := 0; ; {
		child := 2*i + 1
		if child >= last {
			break
		}
		if right := child + 1; right < last && h[right].before(&h[child]) {
			child = right
		}
		if !h[child].before(&h[i]) {
			break
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
	return top, true
}

func (e *entry) before(other *entry) bool {
	if e.at != other.at {
		return e.at < other.at
	}
	return e.serial < other.serial
}
