package metrics

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// metaView is a meta of a snapshot beside the state it was made from.
type metaView struct {
	*Meta
	state *metaState
}

// fill writes the judge's part of a snapshot from its state and the facts.
func (j *judge) fill(s *Snapshot, f facts) {
	metas := j.buildMetas(s, f)
	costs := j.weighAll(s)
	if s.Fresh.Level < Silent { // of a silent source no risk can be trusted
		j.buildRisks(s, f, metas, costs)
	} else {
		linkRisks(s, metas, j.failing())
	}
	s.Metas = make([]*Meta, len(metas))
	for i, m := range metas {
		s.Metas[i] = m.Meta
	}
	s.Counts = countMetas(s.Metas)
	j.fillTrends(s)
	j.fillQueues(s)
	j.orderAgents(s)
	s.Log, s.LogDay = j.log.show(j.acks, j.site.Location())
	s.Tiles = j.tiles(s)
}

// buildMetas makes the metas in force, worst first.
func (j *judge) buildMetas(s *Snapshot, f facts) []metaView {
	views := make([]metaView, 0, len(j.metas))
	for _, m := range j.metas {
		if m.spec.inForce(s.At) {
			views = append(views, metaView{j.build(m, s, f), m})
		}
	}
	slices.SortStableFunc(views, func(a, b metaView) int {
		return cmp.Or(
			cmp.Compare(b.Status, a.Status), cmp.Compare(b.Spent.Value, a.Spent.Value), strings.Compare(a.ID, b.ID))
	})
	return views
}

// defined is a meta's definition as it holds at an instant.
func (j *judge) defined(m *metaState, at time.Time) *Meta {
	target, limit := j.target(m, at)
	meta := &Meta{
		ID: m.id, KPI: m.spec.KPI, Scope: m.ref, Window: m.spec.Window, Target: target,
		Why: m.spec.Why, Owner: m.spec.Owner, Preset: m.spec.Preset, Risk: -1,
	}
	if isServiceLevel(m.spec.KPI) {
		meta.Threshold = limit
		if limit == 0 {
			meta.Threshold = j.ownThreshold(m.ref)
		}
	}
	return meta
}

// ownThreshold is the T of a queue, or of all queues when they have one; 0 when
// they differ.
func (j *judge) ownThreshold(ref ScopeRef) time.Duration {
	if ref.Kind == QueueScope {
		return j.site.Queue(ref.ID).Threshold
	}
	common := j.site.Queue("").Threshold
	for i, q := range j.site.Queues {
		t := j.site.Queue(q.ID).Threshold
		if i == 0 {
			common = t
		}
		if t != common {
			return 0
		}
	}
	return common
}

// build is one meta of a snapshot.
func (j *judge) build(m *metaState, s *Snapshot, f facts) *Meta {
	meta := j.defined(m, s.At)
	unit := meta.KPI.Info().Unit
	_, limit := j.target(m, s.At)
	meta.Now = j.look(m, f, limit)
	meta.Status = j.status(m, meta, s)
	if !m.since.IsZero() {
		meta.Since = m.since.In(s.At.Location())
	}
	if meta.Now.Known {
		meta.Slack = Measure{Value: meta.Target.slack(meta.Now.Value), Known: true}
		if !isGoal(m.spec, meta.Target) {
			meta.Spent = meta.Target.spent(meta.Now.Value, unit)
		}
	}
	meta.Trend = m.track.trend(s.At, &meta.Target)
	meta.Series = m.track.series()
	j.close(m, meta, f, s.At)
	meta.Slots = j.slots(m, meta.Target, f, s.At)
	meta.History = j.likeHistory(m, meta.Target, f)
	return meta
}

// status is the level as shown: no data and old data come first, but what
// arithmetic has decided stands whatever becomes of the source.
func (j *judge) status(m *metaState, meta *Meta, s *Snapshot) Status {
	if decided, final := arithmetic(m.spec, meta.Target, meta.Now); final {
		return decided
	}
	switch {
	case s.Fresh.Level == NoData:
		return StatusNoData
	case s.Fresh.Level >= Old:
		return Stale
	case m.blank:
		return StatusNoData
	default:
		return m.level.status()
	}
}

// close fills what the end of the window can bring, for shares of contacts in
// windows that end with the day or the shift, with the contacts that usually
// still come: the best and the worst close, and Need, the share of those still
// expected that must keep the target (for a share that must be low, that may
// break it). Need is negative or above 1 when no share will do.
func (j *judge) close(m *metaState, meta *Meta, f facts, at time.Time) {
	end, _ := j.closes(meta.Window, at)
	contacts := meta.KPI.Info().Unit == Ratio && familyOf(meta.KPI) == access
	if end.IsZero() || !contacts || !meta.Now.Known || meta.Now.Den <= 0 {
		return
	}
	rest, days := f.usual(m.ref.key(), Offered, at, end)
	if days == 0 || !rest.Known || rest.Value < 0.5 {
		return
	}
	good, all, more := meta.Now.Num, meta.Now.Den, rest.Value
	share := func(n float64) Measure {
		return Measure{Value: n / (all + more), Num: n, Den: all + more, Known: true}
	}
	meta.Best, meta.Worst = share(good+more), share(good)
	bound := meta.Target.Low
	if meta.Target.Op == AtMost {
		meta.Best, meta.Worst = meta.Worst, meta.Best
		bound = meta.Target.High
	}
	if meta.Target.Op != Between {
		need := bound*(all+more) - good
		meta.Need = Measure{Value: need / more, Num: need, Den: more, Known: true}
		meta.NeedState = needState(meta.Target.Op, meta.Need.Value)
	}
}

// needState reads a needed share: for what must be high it is the least that
// must keep the target, for what must be low the most that may break it.
func needState(op Op, share float64) NeedState {
	if op == AtMost {
		share = 1 - share
	}
	switch {
	case share <= 0:
		return NeedNothing
	case share > 1:
		return NeedTooMuch
	default:
		return NeedShare
	}
}

// slots counts the finished quarters of an hour of today inside the target.
func (j *judge) slots(m *metaState, t Target, f facts, at time.Time) (out [2]int) {
	const step = 15 * time.Minute
	n := int(at.Sub(j.today) / step)
	unit := m.spec.KPI.Info().Unit
	if n <= 0 || m.track.key.limit > 0 || unit != Ratio && unit != Seconds {
		return out
	}
	for _, v := range f.series(m.ref.key(), m.spec.KPI, j.today, step, n) {
		if v.Known {
			out[1]++
			if t.Met(v.Value) {
				out[0]++
			}
		}
	}
	return out
}

// likeDays is how many finished like days kept a target.
type likeDays struct {
	target  Target
	met, of int
}

// likeHistory counts the last 28 like days that kept the target. The answer is
// kept until a past day may have changed or the target has.
func (j *judge) likeHistory(m *metaState, t Target, f facts) [2]int {
	if m.track.key.limit > 0 || m.spec.KPI.Info().Unit == Count && m.spec.Window != WindowDay {
		return [2]int{}
	}
	if v := f.pastVersion(); v != j.past {
		j.past = v
		clear(j.history)
	}
	h, ok := j.history[m.id]
	if !ok || h.target.Text(Count) != t.Text(Count) {
		h = likeDays{target: t}
		for _, d := range f.likeDays(m.ref.key(), m.spec.KPI, 28) {
			if d.Known {
				h.of++
				if t.Met(d.Value) {
					h.met++
				}
			}
		}
		j.history[m.id] = h
	}
	return [2]int{h.met, h.of}
}

func countMetas(metas []*Meta) MetaCounts {
	c := MetaCounts{Total: len(metas)}
	for _, m := range metas {
		switch m.Status {
		case Critical, Missed:
			c.Critical++
		case Attention:
			c.Attention++
		case OK, Secured:
			c.OK++
		case Stale:
			c.Stale++
		case StatusNoData, NoTarget:
			c.NoData++
		}
	}
	return c
}
