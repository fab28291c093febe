package metrics

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// riskState is a scope that has metas in alert, from the first that went in to
// the last that came out.
type riskState struct {
	ref      ScopeRef
	began    time.Time
	level    level
	since    time.Time // of level
	worsened time.Time // when it last became worse: an earlier ack no longer covers it
	found    []Cause   // when one of its metas last raised an alert that had any
	foundAt  time.Time
}

// id is stable while the risk lasts, and another the next time.
func (r *riskState) id() string {
	return r.ref.path() + "@" + r.began.UTC().Format("20060102T150405Z")
}

// risky reports whether the meta is a symptom. A meta lost by arithmetic is
// not: nobody can act on it until its window closes. Metas of one person make
// no risk, for a risk is told in public.
func (m *metaState) risky() bool {
	return (m.level == warned || m.level == alarmed) && m.ref.Kind != AgentScope
}

// trackRisks begins, moves and ends risks after the metas have moved.
func (j *judge) trackRisks(at time.Time) {
	worst := j.riskLevels()
	for key := range j.risks {
		if worst[key].level == calm {
			delete(j.risks, key)
		}
	}
	for key, w := range worst {
		r, ok := j.risks[key]
		switch {
		case !ok:
			j.risks[key] = &riskState{ref: w.ref, began: at, level: w.level, since: at, worsened: at}
		case w.level != r.level:
			if w.level > r.level {
				r.worsened = at
			}
			r.level, r.since = w.level, at
		}
	}
}

// scopeLevel is the worst level of a scope's metas.
type scopeLevel struct {
	ref   ScopeRef
	level level
}

// families is a set of families that fail in some queue.
type families [volume + 1]bool

func (j *judge) failing() (out families) {
	for _, m := range j.metas {
		if m.risky() && m.ref.Kind == QueueScope {
			out[familyOf(m.spec.KPI)] = true
		}
	}
	return out
}

// explains reports whether a meta of a wider scope fails as some queue does.
func (fs families) explains(m *metaState) bool {
	return m.ref.Kind != QueueScope && fs[familyOf(m.spec.KPI)]
}

// riskLevels are the scopes at risk by key. A wider scope whose metas fail only
// where a queue's do is explained by the queue and is no risk of its own.
func (j *judge) riskLevels() map[string]scopeLevel {
	failing := j.failing()
	out := map[string]scopeLevel{}
	for _, m := range j.metas {
		if !m.risky() || failing.explains(m) {
			continue
		}
		key := m.ref.path()
		if w := out[key]; m.level > w.level {
			out[key] = scopeLevel{ref: m.ref, level: m.level}
		}
	}
	return out
}

// holding is an acknowledgement, a hand-over or a snooze of a risk.
type holding struct {
	Ack   Ack
	Until time.Time // of a snooze; zero for ever
}

// ack is who holds the risk at an instant; nil when nobody does, when it got
// worse since, or when the snooze is over.
func (j *judge) ack(r *riskState, at time.Time) *Ack {
	var newest *Ack
	for _, h := range j.acks[r.id()] {
		over := !h.Until.IsZero() && at.After(h.Until)
		if h.Ack.At.Before(r.worsened) || over || newest != nil && h.Ack.At.Before(newest.At) {
			continue
		}
		newest = &Ack{Author: h.Ack.Author, At: h.Ack.At.In(at.Location()), Note: h.Ack.Note}
	}
	return newest
}

// buildRisks makes the snapshot's risks of its metas, worst first, and links
// metas and queues to them.
func (j *judge) buildRisks(s *Snapshot, f facts, metas []metaView, costs map[string]Measure) {
	failing := j.failing()
	for _, r := range j.risks {
		risk := &Risk{
			ID: r.id(), Scope: r.ref, Status: r.level.status(), Since: r.since.In(s.At.Location()),
			For: s.At.Sub(r.since), Ack: j.ack(r, s.At),
		}
		for _, m := range metas { // already worst first
			if m.state.risky() && !failing.explains(m.state) && m.state.ref.path() == r.ref.path() {
				risk.Metas = append(risk.Metas, m.Meta)
			}
		}
		if len(risk.Metas) > 0 {
			risk.Trend = risk.Metas[0].Trend
		}
		if sc, ok := j.sceneOf(s, r.ref, f); ok {
			if sc.queue != nil {
				sc.cost = costs[r.ref.ID]
			}
			risk.Causes = sc.causes(familiesOf(explicable(risk.Metas)))
			risk.Who = j.heaviest(sc.agents, 10)
		}
		if len(risk.Causes) == 0 && len(r.found) > 0 {
			risk.Before, risk.BeforeAt = r.found, r.foundAt.In(s.At.Location())
		}
		s.Risks = append(s.Risks, risk)
	}
	slices.SortFunc(s.Risks, worseRisk)
	linkRisks(s, metas, failing)
}

// explicable leaves out the metas that fail for want of work: no cause that is
// looked for explains those.
func explicable(metas []*Meta) []*Meta {
	var out []*Meta
	for _, m := range metas {
		if !idle(m.KPI, m.Target.lower(m.Now.Value)) {
			out = append(out, m)
		}
	}
	return out
}

func familiesOf(metas []*Meta) []family {
	var out []family
	for _, m := range metas {
		if fam := familyOf(m.KPI); !slices.Contains(out, fam) {
			out = append(out, fam)
		}
	}
	return out
}

func worseRisk(a, b *Risk) int {
	spent := func(r *Risk) float64 {
		if len(r.Metas) == 0 {
			return 0
		}
		return r.Metas[0].Spent.Value
	}
	return cmp.Or(
		cmp.Compare(b.Status, a.Status), cmp.Compare(spent(b), spent(a)), a.Since.Compare(b.Since),
		byName(a.Scope.Name, b.Scope.Name), strings.Compare(a.ID, b.ID),
	)
}

// linkRisks points metas and queues to their risks: a meta of a wider scope to
// the worst risk of its family, which explains it.
func linkRisks(s *Snapshot, metas []metaView, failing families) {
	for _, m := range metas {
		m.Risk = -1
		if !m.state.risky() {
			continue
		}
		for i, r := range s.Risks {
			own := r.Scope.path() == m.Scope.path()
			if failing.explains(m.state) {
				own = r.Scope.Kind == QueueScope && slices.Contains(familiesOf(r.Metas), familyOf(m.KPI))
			}
			if own {
				m.Risk = i
				break
			}
		}
	}
	for _, q := range s.Queues {
		q.Risk = slices.IndexFunc(s.Risks, func(r *Risk) bool { return r.Scope.Kind == QueueScope && r.Scope.ID == q.Ref.ID })
	}
}
