package metrics

import (
	"cmp"
	"slices"
)

// fillQueues gives each queue its metas and its status, and orders the queues:
// by risk, then by status, then by name.
func (j *judge) fillQueues(s *Snapshot) {
	of := make(map[string][]*Meta, len(s.Queues))
	for _, m := range s.Metas {
		if m.Scope.Kind == QueueScope {
			of[m.Scope.ID] = append(of[m.Scope.ID], m)
		}
	}
	for _, q := range s.Queues {
		q.Metas = of[q.Ref.ID]
		q.Status = worstStatus(q.Metas)
		q.SLMeta = headline(q.Metas, isServiceLevel)
		q.AbandonMeta = headline(q.Metas, isAbandonRate)
		q.WaitMeta = headline(q.Metas, isWait)
		q.AHTMeta = headline(q.Metas, func(k KPI) bool { return k == AHT })
		trendOfMeta(&q.Trend.SL, q.SLMeta)
		trendOfMeta(&q.Trend.Abandon, q.AbandonMeta)
		trendOfMeta(&q.Trend.Wait, q.WaitMeta)
		trendOfMeta(&q.Trend.AHT, q.AHTMeta)
	}
	rank := func(q *Queue) int {
		if q.Risk < 0 {
			return len(s.Risks)
		}
		return q.Risk
	}
	slices.SortStableFunc(s.Queues, func(a, b *Queue) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(concern(b.Status), concern(a.Status)), byName(a.Ref.Name, b.Ref.Name), cmp.Compare(a.Ref.ID, b.Ref.ID))
	})
}

// concern orders queues by what a lead must look at; a queue with no target or
// no data is no worse than a normal one.
func concern(s Status) int {
	switch s {
	case Attention, Critical, Missed:
		return int(s)
	default:
		return 0
	}
}

// worstStatus is a queue's status: that of its worst alert, else normal when
// any of its metas is, else what keeps them from saying.
func worstStatus(metas []*Meta) Status {
	if len(metas) == 0 {
		return NoTarget
	}
	worst, normal, stale := Secured, false, false
	for _, m := range metas {
		worst = max(worst, m.Status)
		normal = normal || m.Status == OK || m.Status == Secured
		stale = stale || m.Status == Stale
	}
	switch {
	case worst >= Attention:
		return worst
	case stale:
		return Stale
	case normal:
		return OK
	default:
		return StatusNoData
	}
}

func isAbandonRate(k KPI) bool {
	return k == AbandonRate || k == AbandonRateNoShort || k == AbandonRateOfEnded
}

func isWait(k KPI) bool { return k >= WaitAvg && k <= WaitMax }

// headline is the meta shown beside a figure: the day's before those of other
// windows, the site's own before those of presets, the worst before the rest.
func headline(metas []*Meta, is func(KPI) bool) *Meta {
	var best *Meta
	rank := func(m *Meta) int {
		r := 0
		if m.Preset != "" {
			r += 2
		}
		if m.Window != WindowDay {
			r++
		}
		return r
	}
	for _, m := range metas {
		if is(m.KPI) && (best == nil || rank(m) < rank(best)) {
			best = m
		}
	}
	return best
}

// trendOfMeta puts a headline meta's trend, which knows its target, in place of
// the default formula's.
func trendOfMeta(t *Trend, m *Meta) {
	if m != nil {
		*t = m.Trend
	}
}

// fillTrends gives each scope the trends of its headline figures of the day.
func (j *judge) fillTrends(s *Snapshot) {
	give := func(sc *Scope) {
		of := func(k KPI) Trend {
			t, ok := j.tracks[trackKey{ref: sc.Ref.key(), kpi: k, window: WindowDay}]
			if !ok {
				return Trend{}
			}
			return t.trend(s.At, nil)
		}
		sc.Trend = Trends{
			SL: of(SLStrictNoShort), Abandon: of(AbandonRateNoShort), Wait: of(WaitAvg), AHT: of(AHT), Waiting: of(WaitingNow),
		}
	}
	if s.Total != nil {
		give(s.Total)
	}
	for _, q := range s.Queues {
		give(&q.Scope)
	}
	for _, sc := range s.Teams {
		give(sc)
	}
	for _, sc := range s.Channels {
		give(sc)
	}
}

// orderAgents orders the agents and each queue's members by weight.
func (j *judge) orderAgents(s *Snapshot) {
	rank := make(map[string]int, len(s.Queues))
	for i, q := range s.Queues {
		rank[q.Ref.Name] = i
	}
	slices.SortStableFunc(s.Agents, j.byWeight(rank))
	for _, q := range s.Queues {
		slices.SortStableFunc(q.Members, j.byWeight(nil))
	}
}
