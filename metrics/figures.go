package metrics

import "farol/floor"

func count[T int | int32](n T) Measure {
	return Measure{Value: float64(n), Num: float64(n), Known: true}
}

// quotient is num/den; not known when den is 0.
func quotient(num, den float64) Measure {
	if den <= 0 {
		return Measure{Num: num}
	}
	return Measure{Value: num / den, Num: num, Den: den, Known: true}
}

// mean is a sum of milliseconds over n, in seconds.
func mean(ms int64, n int32) Measure { return quotient(float64(ms)/1000, float64(n)) }

func secs(ms int64) Measure {
	v := float64(ms) / 1000
	return Measure{Value: v, Num: v, Known: true}
}

// measure is KPI k of what is counted. late are contacts that wait beyond T
// now: whatever becomes of them, they are misses, so the formulas that will
// count them as such count them at once. KPIs that need distributions or
// people's time are not known here.
func (t *tally) measure(k KPI, late int) Measure {
	switch k {
	case Offered:
		return count(t.offered)
	case Answered:
		return count(t.answered)
	case Abandoned:
		return count(t.abandoned)
	case ShortAbandoned:
		return count(t.short)
	case LeftTimeout:
		return count(t.leftTimeout)
	case LeftOther:
		return count(t.leftOther)
	case LostContacts:
		m := count(t.lost + t.cut)
		m.Num = float64(t.lost) // of them, while waiting
		return m
	case WaitingNow:
		return count(t.waiting)
	case TalkingNow:
		return count(t.talking)
	case Handled:
		return count(t.handled)
	case Transfers:
		return count(t.transfers)
	case NotAnsweredRings:
		return count(t.rings)
	case CalledBackCount:
		return count(t.calledBack)
	default:
		return t.overDen(k, late)
	}
}

// overDen is KPI k where it has a denominator.
func (t *tally) overDen(k KPI, late int) Measure {
	switch k {
	case WaitAvg:
		return mean(t.waitAnswered, t.answered)
	case WaitAvgAll:
		return mean(t.waitAnswered+t.waitAbandoned, t.answered+t.abandoned)
	case WaitAbandoned:
		return mean(t.waitAbandoned, t.abandoned)
	case AHT:
		return mean(t.talk+t.wrap, t.handled)
	case TalkAvg:
		return mean(t.talk, t.handled)
	case HoldAvg:
		return mean(t.hold, t.handled)
	case WrapAvg:
		return mean(t.wrap, t.handled)
	case TotalTime:
		return mean(t.total, t.totals)
	case TransferRate:
		return quotient(float64(t.transfers), float64(t.handled))
	case AbandonRate:
		return quotient(float64(t.abandoned), float64(t.offered))
	case AbandonRateNoShort:
		return quotient(float64(t.abandoned-t.short), float64(t.offered-t.short))
	case AbandonRateOfEnded:
		return quotient(float64(t.abandoned), float64(t.answered+t.abandoned))
	case SLStrict, SLStrictNoShort, SLExcludeAbandWithinT, SLRemovedInT, SLAnsweredOnly:
		return t.serviceLevel(k, int(t.within), int(t.abandWithin), int(t.backWithin), late)
	default:
		return Measure{}
	}
}

// serviceLevel is formula k. within, gaveUp and back are the contacts answered,
// abandoned and called back within T. Contacts that left by the queue's limit, a
// key or an empty queue are in the denominator of SLRemovedInT only, which is
// over all that queued; those refused at the door, or gone before it, in none.
func (t *tally) serviceLevel(k KPI, within, gaveUp, back, late int) Measure {
	ended := int(t.answered + t.abandoned)
	switch k {
	case SLStrict:
		return quotient(float64(within), float64(ended+late))
	case SLStrictNoShort:
		return quotient(float64(within), float64(ended-int(t.short)+late))
	case SLExcludeAbandWithinT:
		return quotient(float64(within), float64(ended-gaveUp+late))
	case SLRemovedInT:
		queued := ended + int(t.leftTimeout+t.leftOther-t.refused+t.lost)
		return quotient(float64(within+gaveUp+back), float64(queued+late))
	default: // of the answered: those who wait are not in it
		return quotient(float64(within), float64(t.answered))
	}
}

// rank is the percentile that k is.
func (k KPI) rank() uint32 {
	switch k {
	case WaitP50:
		return 50
	case WaitP80:
		return 80
	case WaitP90:
		return 90
	case WaitP95:
		return 95
	default:
		return 99
	}
}

// measure is KPI k of a sheet; see [tally.measure].
func (s *sheet) measure(k KPI) Measure {
	switch k {
	case WaitP50, WaitP80, WaitP90, WaitP95, WaitP99:
		if s.waits.n == 0 {
			return Measure{}
		}
		v := min(s.waits.quantile(k.rank()), s.top())
		return Measure{Value: float64(v), Den: float64(s.waits.n), Known: true}
	case WaitMax:
		if s.waits.n == 0 {
			return Measure{}
		}
		return Measure{Value: float64(s.top()), Den: float64(s.waits.n), Known: true}
	default:
		return s.tally.measure(k, int(s.late))
	}
}

// top is the longest wait of the answered in whole seconds, rounded up.
func (s *sheet) top() int {
	if t := s.waits.top(); t < exactSeconds || s.longest == 0 {
		return t
	}
	return seconds(s.longest)
}

// peopleTime is what the KPIs of people's time are made of.
type peopleTime struct {
	gone  spent
	plan  plannedTime
	known bool // somebody was here
}

func (p *peopleTime) measure(k KPI, handled int32) Measure {
	if k == Adherence {
		return p.plan.measure()
	}
	if !p.known {
		return Measure{}
	}
	in := float64(p.gone.in())
	handling, free := float64(p.gone.handling()), float64(p.gone.free())
	switch k {
	case Occupancy:
		return quotient(handling/1000, (handling+free)/1000)
	case Utilisation:
		return quotient(handling/1000, in/1000)
	case HandledPerHour:
		return quotient(float64(handled), in/3_600_000)
	case PauseTime:
		return secs(p.gone[floor.OnPause])
	case LegalPauseTime:
		return secs(p.gone[spentLegal])
	default:
		return secs(p.gone.in())
	}
}

// ofPeople reports whether k is about people's time.
func (k KPI) ofPeople() bool {
	return k == HandledPerHour || k >= Occupancy && k <= LoggedIn
}

// fill writes every KPI.
func (f *Figures) fill(s *sheet, p *peopleTime) {
	for k := range KPICount {
		if k.ofPeople() {
			f[k] = p.measure(k, s.handled)
		} else {
			f[k] = s.measure(k)
		}
	}
}
