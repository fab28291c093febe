package metrics

import (
	"time"

	"farol/floor"
)

// tellChanges writes the day's log for the metas whose level changed in this
// step. The snapshot is asked for only when there is something to tell.
func (j *judge) tellChanges(changed []*metaState, at time.Time, f facts, see func() *Snapshot) {
	for _, m := range changed {
		key := "meta/" + m.id
		switch m.level {
		case calm:
			ended := j.log.end(key, at)
			if m.blank || !m.spec.inForce(at) {
				continue // nobody can say that it is normal again
			}
			if ended || !m.raised.IsZero() {
				j.log.add(logLine{Entry: j.normal(m, at, f)})
			}
		case warned:
			if j.log.open(key) { // it was critical: still the same alert
				continue
			}
			j.tellAlert(m, key, j.alert(m, at, f, see()))
		case alarmed, lost:
			if r := j.risks[m.ref.path()]; r != nil && m.level == alarmed {
				r.worsened = at
			}
			e := j.alert(m, at, f, see())
			if was, ok := j.log.takeBack(key, at.Add(-j.policy.EnterAfter)); ok {
				e.From, e.Before = was.From, was.Before
			}
			j.tellAlert(m, key, e)
		}
	}
}

// tellAlert writes an alert down and keeps its causes with the risk.
func (j *judge) tellAlert(m *metaState, key string, e Entry) {
	if r := j.risks[m.ref.path()]; r != nil && len(e.Causes) > 0 {
		r.found, r.foundAt = e.Causes, e.At
	}
	j.log.add(logLine{Entry: e, Key: key, Risk: j.riskOf(m)})
}

func (j *judge) riskOf(m *metaState) string {
	if r := j.risks[m.ref.path()]; r != nil {
		return r.id()
	}
	return ""
}

// alert is the entry of a meta that went into attention, critical or lost, with
// what was known at that instant.
func (j *judge) alert(m *metaState, at time.Time, f facts, s *Snapshot) Entry {
	target, limit := j.target(m, at)
	now := j.look(m, f, limit)
	e := Entry{
		At: at, Kind: EntryAlert, Status: m.level.status(), Scope: m.ref, Meta: j.frozen(m, at, now),
		From: m.track.ago(int(j.policy.EnterAfter / time.Minute)), To: now, Limit: j.limitOf(m, target, now),
		Below: target.lower(now.Value), Before: m.track.before(),
	}
	if m.ref.Kind == AgentScope {
		e.Agent = m.ref.ID
	}
	sc, ok := j.sceneOf(s, m.ref, f)
	if !ok {
		return e
	}
	e.Live, e.People = sc.Live, sc.People
	if sc.queue != nil && sc.queue.W != nil {
		shares, gain := j.shares(sc.queue, at)
		sc.cost = pausesCost(sc.queue, shares, gain)
	}
	if !idle(m.spec.KPI, e.Below) {
		e.Causes = sc.causes([]family{familyOf(m.spec.KPI)})
	}
	return e
}

// limitOf is the bound that was passed: of the target in attention, of the
// critical zone or of its last step in critical.
func (j *judge) limitOf(m *metaState, t Target, now Measure) float64 {
	unit := m.spec.KPI.Info().Unit
	switch {
	case m.level != alarmed || !now.Known:
		return t.bound(now.Value)
	case m.worsened > 0:
		_, limit := j.policy.steps(t, now.Value, unit)
		return limit
	default:
		return j.policy.criticalLimit(t, now.Value, unit)
	}
}

func (j *judge) normal(m *metaState, at time.Time, f facts) Entry {
	target, limit := j.target(m, at)
	now := j.look(m, f, limit)
	e := Entry{
		At: at, Kind: EntryNormal, Status: OK, Scope: m.ref, Meta: j.frozen(m, at, now),
		From: m.track.ago(int(j.policy.LeaveAfter / time.Minute)), To: now, Limit: target.bound(now.Value),
		Lasted: at.Sub(m.raised),
	}
	if m.ref.Kind == AgentScope {
		e.Agent = m.ref.ID
	}
	return e
}

// frozen is what the log keeps of a meta: its definition and that instant.
func (j *judge) frozen(m *metaState, at time.Time, now Measure) *Meta {
	meta := j.defined(m, at)
	meta.Now, meta.Status, meta.Since, meta.Risk = now, m.level.status(), m.since, -1
	return meta
}

// watchAgents tells of plannable pauses that went beyond their time and of very
// long contacts, and ends what is over. Nothing is told while sources are old.
func (j *judge) watchAgents(f facts, at time.Time, held bool) {
	if held {
		return
	}
	var watched map[string]bool
	watch := func(key string) (told bool) {
		if watched == nil {
			watched = map[string]bool{}
		}
		watched[key] = true
		return j.log.open(key)
	}
	f.agents(func(a *Agent) {
		if a.State == floor.OnPause && plannable(a.Pause.Class) && a.Expected > 0 && a.InState > a.Expected {
			if key := "overdue/" + a.Name; !watch(key) {
				j.log.add(logLine{Entry: j.aboutAgent(f, a, EntryOverdue, at), Key: key})
			}
		}
		if !isLong(a, j.policy.LongContact) || !j.spoken(a) {
			return
		}
		if limit := j.policy.longLimit(j.ahtOf(f, a)); isLong(a, limit) {
			if key := "long/" + a.Name; !watch(key) {
				e := j.aboutAgent(f, a, EntryLong, at)
				e.Limit = limit.Seconds()
				j.log.add(logLine{Entry: e, Key: key})
			}
		}
	})
	j.log.endOthers(watched, at)
}

// spoken reports whether the agent's contacts are calls. A conversation in
// writing includes the customer's silences: its length says nothing.
func (j *judge) spoken(a *Agent) bool {
	return len(a.Queues) == 0 || j.site.Queue(a.Queues[0]).Channel == floor.Voice
}

func (j *judge) ahtOf(f facts, a *Agent) Measure {
	if len(a.Queues) == 0 {
		return Measure{}
	}
	return f.measure(ScopeRef{Kind: QueueScope, ID: a.Queues[0]}, WindowDay, AHT)
}

// aboutAgent is an entry about a person: Measure holds how long the state had
// lasted and, as Den, how long was expected.
func (j *judge) aboutAgent(f facts, a *Agent, kind EntryKind, at time.Time) Entry {
	e := Entry{
		At: at, Kind: kind, Status: OK, Agent: a.Name, Reason: a.Reason,
		Measure: Measure{Value: a.InState.Seconds(), Den: a.Expected.Seconds(), Known: true},
	}
	for _, ref := range f.scopes() {
		if ref.Kind == QueueScope && (ref.Name == a.QueueName || e.Scope.ID == "" && len(a.Queues) > 0 && ref.ID == a.Queues[0]) {
			e.Scope = ref
		}
	}
	return e
}

// tellShift writes that a shift began, with who was there of who was planned.
func (j *judge) tellShift(at time.Time, see func() *Snapshot) {
	sh, from, _, ok := j.site.ShiftAt(at)
	if !ok || from.Equal(j.shift) {
		return
	}
	j.shift = from
	if at.Sub(from) > time.Minute {
		return // it began before there was anything to tell of it
	}
	people := People{}
	if s := see(); s.Total != nil {
		people = s.Total.People
	}
	j.log.add(logLine{Entry: Entry{
		At: at, Kind: EntryShift, Status: OK, Text: sh.Name, People: people,
		Measure: Measure{Value: float64(people.LoggedIn), Den: float64(sh.Planned), Known: true},
	}})
}
