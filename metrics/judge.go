package metrics

import (
	"time"

	"farol/floor"
)

// judge decides what the figures mean: the standing of each meta, the risks
// and their causes, who weighs, and the log of the day.
//
// Its state changes only at the instants of the grid and by events, so the same
// log gives the same statuses at the same instants whatever the batches,
// restarts and pauses of whoever runs it. apply at any other instant only reads
// that state. A judge is not safe for concurrent use.
type judge struct {
	site   *floor.Site
	policy Policy
	specs  []MetaSpec

	metas  []*metaState // of specs, those of every queue as queues appear
	tracks map[trackKey]*track
	order  []*track // in order of making, which is that of metas and scopes
	scopes int      // how many were known when metas was made

	today   time.Time // start of the day
	stepped time.Time // the last grid instant
	types   DayTypes  // of the local day of typesOf
	typesOf int

	shift   time.Time            // start of the shift that was told
	down    map[string]time.Time // sources that are down, and since when
	targets map[string]Target    // by meta id: what leads have set
	acks    map[string][]holding // by risk id
	risks   map[string]*riskState
	log     dayLog
	history map[string]likeDays
	folded  map[string]string // names as they are ordered
	past    uint64
}

// newJudge makes a judge of the metas. The site must not change afterwards.
func newJudge(site *floor.Site, specs []MetaSpec, policy Policy) *judge {
	j := &judge{
		site: site, policy: policy.withDefaults(), specs: specs,
		tracks:  map[trackKey]*track{},
		down:    map[string]time.Time{},
		targets: map[string]Target{},
		acks:    map[string][]holding{},
		risks:   map[string]*riskState{},
		history: map[string]likeDays{},
		folded:  map[string]string{},
		scopes:  -1,
	}
	j.log.limit = j.policy.MaxLog
	j.log.clear()
	return j
}

var _ judging = (*judge)(nil)

// day begins a day: what is told of it starts afresh. Metas keep their standing
// (a queue critical at midnight is critical after it), and so do risks.
func (j *judge) day(start time.Time) {
	if start.Equal(j.today) {
		return
	}
	j.today = start
	j.log.clear()
	for _, t := range j.order {
		t.day = nil
	}
	for _, m := range j.metas {
		m.newDay()
	}
	clear(j.history)
	j.forgetAcks()
}

// step moves statuses on; see [judging].
func (j *judge) step(f facts) { j.advance(f, nil) }

// apply judges a snapshot; see [judging]. Queues, agents and scopes must be the
// snapshot's own: apply writes to them.
func (j *judge) apply(s *Snapshot, f facts) {
	if f.grid() {
		j.advance(f, s)
	}
	j.expand(f)
	j.fill(s, f)
}

// advance is one step of the grid; s is the snapshot of the instant or nil.
func (j *judge) advance(f facts, s *Snapshot) {
	at := f.now()
	if !at.After(j.stepped) {
		return
	}
	newMinute := at.Unix()/60 != j.stepped.Unix()/60
	j.stepped = at
	j.day(j.site.DayStart(at))
	j.expand(f)
	held := len(j.down) > 0 || f.fresh() >= Old
	if newMinute && !held {
		j.sample(f, at)
	}
	var changed []*metaState
	for _, m := range j.metas {
		if !held && m.advance(j, f, at) {
			changed = append(changed, m)
		}
	}
	see := func() *Snapshot {
		if s == nil {
			s = f.snapshot()
		}
		return s
	}
	j.tellShift(at, see)
	j.watchAgents(f, at, held)
	j.trackRisks(at)
	j.tellChanges(changed, at, f, see)
}

// expand makes the states of metas, anew when scopes have appeared: a meta of
// every queue has one for each.
func (j *judge) expand(f facts) {
	scopes := f.scopes()
	if len(scopes) == j.scopes {
		return
	}
	j.scopes = len(scopes)
	have := map[string]*metaState{}
	for _, m := range j.metas {
		have[m.id] = m
	}
	j.metas = j.metas[:0:0]
	taken := map[string]bool{} // a queue's own meta goes before that of every queue
	for i := range j.specs {
		if j.specs[i].Scope.ID != EveryQueue {
			j.expandSpec(&j.specs[i], scopes, have, taken)
		}
	}
	for i := range j.specs {
		if j.specs[i].Scope.ID == EveryQueue {
			j.expandSpec(&j.specs[i], scopes, have, taken)
		}
	}
	for _, ref := range scopes {
		for _, k := range headlines {
			j.trackOf(trackKey{ref: ref.key(), kpi: k, window: WindowDay}, ref.Kind == SiteScope)
		}
	}
}

// expandSpec adds the metas of one spec, with the state they had if any.
func (j *judge) expandSpec(spec *MetaSpec, scopes []ScopeRef, have map[string]*metaState, taken map[string]bool) {
	for _, ref := range metaScopes(spec, scopes) {
		own := *spec
		own.Scope = ref
		id := own.ID()
		if taken[id] {
			continue
		}
		taken[id] = true
		m, ok := have[id]
		if !ok {
			m = newMetaState(id)
		}
		m.spec, m.ref = spec, ref
		m.track = j.trackOf(trackKey{ref: ref.key(), kpi: spec.KPI, window: spec.Window, limit: spec.Threshold}, true)
		j.metas = append(j.metas, m)
	}
}

// headlines are the figures whose trend every scope has.
var headlines = [...]KPI{SLStrictNoShort, AbandonRateNoShort, WaitAvg, AHT, WaitingNow}

// metaScopes are the scopes a meta is judged for, named as they are shown.
func metaScopes(spec *MetaSpec, scopes []ScopeRef) []ScopeRef {
	if spec.Scope.Kind == QueueScope && spec.Scope.ID == EveryQueue {
		var out []ScopeRef
		for _, ref := range scopes {
			if ref.Kind == QueueScope {
				out = append(out, ref)
			}
		}
		return out
	}
	for _, ref := range scopes {
		if ref.Kind == spec.Scope.Kind && ref.ID == spec.Scope.ID {
			return []ScopeRef{ref}
		}
	}
	return []ScopeRef{spec.Scope}
}

func (j *judge) trackOf(key trackKey, keepDay bool) *track {
	t, ok := j.tracks[key]
	if !ok {
		t = newTrack(key)
		j.tracks[key] = t
		j.order = append(j.order, t)
	}
	t.keepDay = t.keepDay || keepDay
	return t
}

// sample notes how every tracked figure stands, at the first grid instant of a minute.
func (j *judge) sample(f facts, at time.Time) {
	slot := int(at.Sub(j.today) / trendStep)
	for _, t := range j.order {
		m := stands(f, t.key)
		t.add(at, m)
		if t.keepDay {
			t.addDay(slot, m)
		}
	}
}

// stands is a tracked figure as it is now.
func stands(f facts, key trackKey) Measure {
	if key.limit > 0 {
		return f.within(key.ref, key.window, key.kpi, key.limit)
	}
	return f.measure(key.ref, key.window, key.kpi)
}

// dayTypes are the kinds of day that the local day of at is.
func (j *judge) dayTypes(at time.Time) DayTypes {
	local := at.In(j.site.Location())
	if of := local.Year()*1000 + local.YearDay(); of != j.typesOf {
		j.types, j.typesOf = dayTypesOf(j.site, at), of
	}
	return j.types
}
