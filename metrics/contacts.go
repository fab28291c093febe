package metrics

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"farol/floor"
)

// mostRows is how many rows a list of contacts has unless asked otherwise.
const mostRows = 500

// Contacts are the contacts behind a figure: exactly those that its numerator
// or its denominator counts. For windows they come from memory; for other
// ranges the log is read again.
func (e *Engine) Contacts(ctx context.Context, q ContactQuery) (ContactList, error) {
	if q.KPI >= KPICount {
		return ContactList{}, fmt.Errorf("list contacts of %d: %w", q.KPI, ErrUnknownKPI)
	}
	if !q.From.IsZero() || !q.To.IsZero() {
		return e.contactsBetween(ctx, q)
	}
	if q.Window >= WindowCount {
		return ContactList{}, fmt.Errorf("list contacts of window %d: %w", q.Window, ErrUnknownWindow)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.fold == nil {
		return ContactList{}, nil
	}
	f := e.fold
	v := f.look(max(e.clock().UnixMilli(), f.now), false, nil)
	return v.list(q, func(s *stay) bool { return f.holds(q.Window, floorDiv(s.m.at, secondMS)) })
}

// contactsBetween reads a range again, keeping every stay of it.
func (e *Engine) contactsBetween(ctx context.Context, q ContactQuery) (ContactList, error) {
	lo, hi := e.cfg.Site.DayStart(q.From).Add(-24*time.Hour), q.To.Add(24*time.Hour)
	f := newFold(&e.cfg, noJudge{}, e.cfg.Site.DayStart(lo), hi.Add(1000*time.Hour))
	f.keepFrom = q.From.UnixMilli()
	f.ceiling = e.clock().UnixMilli()
	err := e.log.ScanRange(ctx, lo, hi, func(events []floor.Event) error {
		for i := range events {
			if ev := &events[i]; !ev.At.Before(lo) && ev.At.Before(hi) {
				f.apply(ev)
			}
		}
		return nil
	})
	if err != nil {
		return ContactList{}, fmt.Errorf("list contacts from %s: %w", q.From.Format(time.RFC3339), err)
	}
	v := f.look(f.now, false, nil)
	from, to := q.From.UnixMilli(), q.To.UnixMilli()
	return v.list(q, func(s *stay) bool { return s.m.at >= from && s.m.at < to })
}

// list picks the stays of a scope that the KPI counts.
func (v *view) list(q ContactQuery, in func(s *stay) bool) (ContactList, error) {
	sc := v.find(q.Scope)
	if sc == nil {
		return ContactList{}, fmt.Errorf("list contacts of %s %q: %w", q.Scope.Kind, q.Scope.ID, ErrUnknownScope)
	}
	var picked []int32
	for i := 1; i < len(v.led.stays); i++ {
		s := &v.led.stays[i]
		if s.m.flags&markCounted != 0 && in(s) && q.KPI.counts(&s.m, v.isLate(s)) && v.counts(&s.m, sc) {
			picked = append(picked, int32(i))
		}
	}
	slices.SortFunc(picked, v.orderOf(q.Sort))
	limit := q.Limit
	if limit <= 0 {
		limit = mostRows
	}
	out := ContactList{Total: len(picked)}
	for _, n := range picked[:min(limit, len(picked))] {
		out.Rows = append(out.Rows, v.contactRow(n))
	}
	return out, nil
}

// isLate reports whether a stay waits beyond T at the view's instant.
func (v *view) isLate(s *stay) bool {
	return s.where() == inQueue && s.waitOf(v.t, false) > v.queues[s.queue].lim.threshold
}

func (v *view) orderOf(sort ContactSort) func(x, y int32) int {
	wait := func(s *stay) int32 { return s.waitOf(v.t, v.led.told(s.source).wait) }
	return func(x, y int32) int {
		a, b := &v.led.stays[x], &v.led.stays[y]
		newest := cmp.Or(cmp.Compare(b.m.at, a.m.at), cmp.Compare(b.seq, a.seq))
		switch sort {
		case OldestFirst:
			return -newest
		case LongestWait:
			return cmp.Or(cmp.Compare(wait(b), wait(a)), newest)
		case LongestTalk:
			return cmp.Or(cmp.Compare(b.m.talk, a.m.talk), newest)
		default:
			return newest
		}
	}
}

// counts reports whether the figure k counts a contact, in its numerator or its
// denominator. late is of one that waits beyond T now. Figures of people's time
// count no contacts.
func (k KPI) counts(m *mark, late bool) bool {
	if m.end == floor.NotAnswered {
		return k == NotAnsweredRings
	}
	took := m.flags&markAnswered != 0
	handled := m.end == floor.Completed || m.end == floor.Transferred
	gaveUp := m.end == floor.Abandoned
	switch k {
	case Offered, AbandonRate:
		return true
	case AbandonRateNoShort:
		return m.flags&markShort == 0
	case Answered, WaitAvg, WaitP50, WaitP80, WaitP90, WaitP95, WaitP99, WaitMax, SLAnsweredOnly:
		return took
	case Abandoned, WaitAbandoned:
		return gaveUp
	case ShortAbandoned:
		return m.flags&markShort != 0
	case LeftTimeout:
		return m.end == floor.LeftTimeout
	case LeftOther:
		return m.leftOtherwise()
	case LostContacts:
		return m.end == floor.Lost
	case WaitingNow:
		return m.end == floor.Unknown && !took
	case TalkingNow:
		return m.end == floor.Unknown && took
	case WaitAvgAll, AbandonRateOfEnded:
		return took || gaveUp
	case AHT, TalkAvg, HoldAvg, WrapAvg, Handled, HandledPerHour, TransferRate:
		return handled
	case TotalTime:
		return m.total >= 0
	case Transfers:
		return m.end == floor.Transferred
	case CalledBackCount:
		return m.end == floor.CalledBack
	default:
		return k.countsForLevel(m, late)
	}
}

// countsForLevel is counts for the service levels over more than the answered.
func (k KPI) countsForLevel(m *mark, late bool) bool {
	took, gaveUp := m.flags&markAnswered != 0, m.end == floor.Abandoned
	switch k {
	case SLStrict:
		return took || gaveUp || late
	case SLStrictNoShort:
		return took || late || gaveUp && m.flags&markShort == 0
	case SLExcludeAbandWithinT:
		return took || late || gaveUp && m.flags&markWithin == 0
	case SLRemovedInT:
		return took || gaveUp || late || m.end == floor.LeftTimeout || m.leftOtherwise() && m.flags&markWaited != 0 || m.end == floor.Lost
	default:
		return false
	}
}

// leftOtherwise reports whether the stay ended as LeftOther counts.
func (m *mark) leftOtherwise() bool {
	switch m.end {
	case floor.LeftKey, floor.LeftEmpty, floor.LeftFull, floor.LeftBefore, floor.Withdrawn, floor.CalledBack:
		return true
	default:
		return false
	}
}
