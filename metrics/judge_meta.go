package metrics

import "time"

// level is how bad a meta has been found, after hysteresis.
type level uint8

const (
	calm level = iota
	warned
	alarmed
	lost // arithmetic alone: it can no longer be kept in this window
)

// status is the level as people see it.
func (l level) status() Status {
	switch l {
	case warned:
		return Attention
	case alarmed:
		return Critical
	case lost:
		return Missed
	default:
		return OK
	}
}

// metaState is a meta with what the judge remembers of it from step to step.
type metaState struct {
	id    string
	spec  *MetaSpec
	ref   ScopeRef
	track *track

	level    level
	since    time.Time // of the level; zero: since before the day
	raised   time.Time // when it left calm
	blank    bool      // no figure, or too few contacts behind one that is beyond
	short    bool      // a count that the usual rest of the window will not bring up
	worsened int       // steps told since it became critical
	glanced  int64     // the minute of seen
	seen     Measure   // a figure of people's time, as the last minute had it

	// For how long each has held without a break, in whole grid steps; negative
	// is not at all.
	beyondFor, farFor, nearFor, insideFor, blankFor, worseFor time.Duration
}

func newMetaState(id string) *metaState {
	return &metaState{id: id, blank: true, beyondFor: -1, farFor: -1, nearFor: -1, insideFor: -1, blankFor: -1, worseFor: -1}
}

// newDay forgets since when, for what is shown of a day begins with it.
func (m *metaState) newDay() { m.since = time.Time{} }

// hold counts for how long a claim has held.
func hold(d *time.Duration, holds bool) {
	switch {
	case !holds:
		*d = -1
	case *d < 0:
		*d = 0
	default:
		*d += gridStep
	}
}

// target is what is asked of the meta at an instant, and the T of a service level.
func (j *judge) target(m *metaState, at time.Time) (Target, time.Duration) {
	target, limit := m.spec.targetAt(j.dayTypes(at), at.In(j.site.Location()))
	if set, ok := j.targets[m.id]; ok {
		target = set
	}
	return target, limit
}

// look is the meta's figure now. A T that holds for some days only is asked of
// the fold outright; the track then keeps the everyday one.
func (j *judge) look(m *metaState, f facts, limit time.Duration) Measure {
	key := m.track.key
	key.limit = limit
	return stands(f, key)
}

// glance is look for a step of the grid. The time that people spend is dear to
// count and slow to change: it is counted once a minute.
func (m *metaState) glance(j *judge, f facts, limit time.Duration, at time.Time) Measure {
	if !m.spec.KPI.ofPeople() {
		return j.look(m, f, limit)
	}
	if minute := at.Unix() / 60; minute != m.glanced {
		m.glanced, m.seen = minute, j.look(m, f, limit)
	}
	return m.seen
}

// advance moves the meta on by one grid step and reports whether its level
// changed, or a critical one worsened by a step.
func (m *metaState) advance(j *judge, f facts, at time.Time) bool {
	if !m.spec.inForce(at) {
		return m.become(calm, at)
	}
	target, limit := j.target(m, at)
	now := m.glance(j, f, limit, at)
	unit := m.spec.KPI.Info().Unit
	if decided, final := arithmetic(m.spec, target, now); final {
		m.blank = false
		m.stop()
		if decided == Missed {
			return m.become(lost, at)
		}
		return m.become(calm, at)
	}
	goal := isGoal(m.spec, target)
	if goal && at.Second() == 0 {
		m.short = j.fallsShort(m, f, target, now, at)
	}
	how := inside
	switch {
	case goal:
		if m.short {
			how = beyond
		}
	case now.Known:
		how = j.policy.weigh(target, now.Value, unit, 1)
	}
	m.blank = !now.Known || how != inside && !goal && !j.policy.enough(m.spec.KPI, m.ref.Kind, now, target)
	hold(&m.blankFor, m.blank)
	if m.blank {
		m.stop()
		if m.blankFor >= j.policy.LeaveAfter {
			return m.become(calm, at)
		}
		return false
	}
	near := how != farBeyond
	if near && m.level == alarmed && !goal {
		near = j.policy.weigh(target, now.Value, unit, j.policy.CriticalLeave) != farBeyond
	}
	drifting := how == inside && !goal && j.policy.trendable(m.spec.KPI, now) && m.track.heads(target, j.policy.TrendHorizon)
	hold(&m.beyondFor, how != inside || drifting)
	hold(&m.farFor, how == farBeyond)
	hold(&m.nearFor, near)
	hold(&m.insideFor, how == inside && !drifting)
	return m.settle(j, target, now, at)
}

// stop ends every count: what held until here no longer does.
func (m *metaState) stop() {
	m.beyondFor, m.farFor, m.nearFor, m.insideFor, m.worseFor = -1, -1, -1, -1, -1
}

// settle turns what has held for how long into a level.
func (m *metaState) settle(j *judge, target Target, now Measure, at time.Time) bool {
	enter, leave := j.policy.EnterAfter, j.policy.LeaveAfter
	switch {
	case m.level >= warned && m.insideFor >= leave:
		return m.become(calm, at)
	case m.level == lost: // its window closed and a new one began
		return m.become(calm, at)
	case m.level < alarmed && m.farFor >= enter:
		m.worsened, _ = j.policy.steps(target, now.Value, m.spec.KPI.Info().Unit)
		return m.become(alarmed, at)
	case m.level == alarmed && m.nearFor >= leave:
		return m.become(warned, at)
	case m.level == calm && m.beyondFor >= enter:
		return m.become(warned, at)
	case m.level == alarmed:
		steps, _ := j.policy.steps(target, now.Value, m.spec.KPI.Info().Unit)
		hold(&m.worseFor, steps > m.worsened)
		if m.worseFor >= enter {
			m.worsened, m.worseFor = steps, -1
			return true
		}
	}
	return false
}

// become changes the level and reports whether it did.
func (m *metaState) become(to level, at time.Time) bool {
	if to == m.level {
		return false
	}
	if m.level == calm {
		m.raised = at
	}
	m.level, m.since = to, at
	if to != alarmed {
		m.worsened = 0
	}
	m.worseFor = -1
	return true
}

// arithmetic decides a meta whose figure can only rise until its window closes:
// once above an upper bound it is lost, once at a lower one it is secured.
func arithmetic(spec *MetaSpec, t Target, now Measure) (s Status, final bool) {
	if !now.Known || !cumulative(spec.Window) || !onlyRises(spec.KPI) {
		return OK, false
	}
	switch {
	case t.Op != AtLeast && now.Value > t.High+targetEpsilon:
		return Missed, true
	case t.Op == AtLeast && t.Met(now.Value):
		return Secured, true
	default:
		return OK, false
	}
}

// onlyRises reports whether the figure cannot fall in a window that only grows.
func onlyRises(k KPI) bool {
	switch k {
	case Offered, Answered, Abandoned, ShortAbandoned, LeftTimeout, LeftOther, LostContacts,
		WaitMax, Handled, Transfers, NotAnsweredRings, CalledBackCount:
		return true
	default:
		return false
	}
}

// isGoal reports whether the meta asks for a number to be reached by the end of
// its window: until then being below it is no fault.
func isGoal(spec *MetaSpec, t Target) bool {
	return t.Op != AtMost && cumulative(spec.Window) && onlyRises(spec.KPI)
}

// fallsShort reports whether the count so far and the usual rest of the window
// together stay below the goal; unknown is no.
func (j *judge) fallsShort(m *metaState, f facts, target Target, now Measure, at time.Time) bool {
	end, _ := j.closes(m.spec.Window, at)
	if !now.Known || end.IsZero() {
		return false
	}
	rest, days := f.usual(m.ref.key(), m.spec.KPI, at, end)
	return days > 0 && rest.Known && now.Value+rest.Value < target.Low
}

// closes is when the window that holds at ends and when it began; zero for
// windows whose end lies on another day, where the usual is not known.
func (j *judge) closes(window string, at time.Time) (end, start time.Time) {
	switch window {
	case WindowDay:
		return j.site.NextDay(at), j.site.DayStart(at)
	case WindowShift:
		_, from, to, _ := j.site.ShiftAt(at)
		return to, from
	default:
		return time.Time{}, time.Time{}
	}
}
