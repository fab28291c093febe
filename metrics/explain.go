package metrics

import "time"

// Explain defines a number of the newest snapshot.
func (e *Engine) Explain(ref ScopeRef, k KPI, w Window) Explanation {
	return e.latest.Get().Explain(ref, k, w)
}

// Explain defines a number: what it is made of and what was left out. For a
// scope or a window that the snapshot does not have the measure is not known.
func (s *Snapshot) Explain(ref ScopeRef, k KPI, w Window) Explanation {
	x := Explanation{Scope: ref, KPI: k, Info: k.Info(), Window: w}
	if s == nil || k >= KPICount || w >= WindowCount {
		return x
	}
	x.From, x.To = s.windowOf(w), s.At
	x.Age, x.Level = s.Fresh.Age, s.Fresh.Level
	x.T, x.Short = s.limitsOf(ref)
	all := s.FiguresOf(ref)
	if all == nil {
		return x
	}
	f := &all[w]
	x.Measure = f[k]
	x.Contacts = int(f[k].Den)
	if k.Info().Unit == Count {
		x.Contacts = int(f[k].Value)
	}
	for _, v := range k.Variants() {
		if v != k {
			x.Variants = append(x.Variants, VariantValue{v, f[v]})
		}
	}
	for _, out := range k.leavesOut() {
		if n := int(f[out].Value); n > 0 {
			x.Excluded = append(x.Excluded, Exclusion{out, n})
		}
	}
	return x
}

// windowOf is when a window of the snapshot began.
func (s *Snapshot) windowOf(w Window) time.Time {
	switch w {
	case Last15m:
		return s.At.Add(-15 * time.Minute)
	case LastHour:
		return s.At.Add(-time.Hour)
	case ThisShift:
		return s.Shift.From
	default:
		return s.Day
	}
}

// limitsOf are T and the short-abandon limit of a scope; 0 where its queues
// have different ones.
func (s *Snapshot) limitsOf(ref ScopeRef) (threshold, short time.Duration) {
	first := true
	for _, q := range s.Queues {
		if ref.Kind == QueueScope && q.Ref.ID != ref.ID {
			continue
		}
		if first {
			threshold, short, first = q.Config.Threshold, q.Config.ShortAbandon, false
			continue
		}
		if q.Config.Threshold != threshold {
			threshold = 0
		}
		if q.Config.ShortAbandon != short {
			short = 0
		}
	}
	return threshold, short
}

// leavesOut are the groups of contacts that the formula of k does not count.
func (k KPI) leavesOut() []KPI {
	switch k {
	case SLStrict:
		return []KPI{LeftTimeout, LeftOther, LostContacts}
	case SLStrictNoShort:
		return []KPI{ShortAbandoned, LeftTimeout, LeftOther, LostContacts}
	case SLExcludeAbandWithinT:
		return []KPI{LeftTimeout, LeftOther, LostContacts}
	case SLAnsweredOnly:
		return []KPI{Abandoned, LeftTimeout, LeftOther, LostContacts}
	case AbandonRateNoShort:
		return []KPI{ShortAbandoned}
	case AbandonRateOfEnded:
		return []KPI{LeftTimeout, LeftOther, LostContacts, WaitingNow}
	case WaitAvg, WaitP50, WaitP80, WaitP90, WaitP95, WaitP99, WaitMax:
		return []KPI{Abandoned, LeftTimeout, LeftOther, LostContacts, WaitingNow}
	case WaitAvgAll:
		return []KPI{LeftTimeout, LeftOther, LostContacts, WaitingNow}
	case AHT, TalkAvg, HoldAvg, WrapAvg, TotalTime:
		return []KPI{TalkingNow}
	default:
		return nil
	}
}
