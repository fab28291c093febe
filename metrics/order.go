package metrics

import (
	"cmp"
	"slices"

	"farol/floor"
)

// AgentOrder is a column by which a list of agents can be ordered.
type AgentOrder uint8

// The orders of agents. ByWeight is the snapshot's own.
const (
	AgentsByWeight AgentOrder = iota
	AgentsByName
	AgentsByQueue
	AgentsByState
	AgentsByTime // longest in the state first; neutral pauses, which have no clock, last
	AgentsByHandled
	AgentsByAHT
	AgentOrderCount
)

// OrderAgents is the agents in another order, in a new slice; those that the
// order does not tell apart stay as they were. Unknown figures come last.
func OrderAgents(agents []*Agent, by AgentOrder) []*Agent {
	out := slices.Clone(agents)
	var less func(a, b *Agent) int
	switch by {
	case AgentsByName:
		less = func(a, b *Agent) int { return byName(a.Name, b.Name) }
	case AgentsByQueue:
		less = func(a, b *Agent) int { return byName(a.QueueName, b.QueueName) }
	case AgentsByState:
		less = func(a, b *Agent) int { return cmp.Compare(b.State, a.State) }
	case AgentsByTime:
		less = func(a, b *Agent) int { return cmp.Compare(b.InState, a.InState) }
	case AgentsByHandled:
		less = func(a, b *Agent) int { return largest(a.Figure(Today, Handled), b.Figure(Today, Handled)) }
	case AgentsByAHT:
		less = func(a, b *Agent) int { return largest(a.Figure(Today, AHT), b.Figure(Today, AHT)) }
	default:
		return out
	}
	slices.SortStableFunc(out, less)
	return out
}

// QueueOrder is a column by which a list of queues can be ordered.
type QueueOrder uint8

// The orders of queues. ByRisk is the snapshot's own.
const (
	QueuesByRisk QueueOrder = iota
	QueuesByName
	QueuesBySL // lowest first
	QueuesByWaiting
	QueuesByLongest
	QueuesByAbandon
	QueuesByOffered
	QueueOrderCount
)

// OrderQueues is the queues in another order by their figures in the window,
// in a new slice; those that the order does not tell apart stay as they were.
// Unknown figures come last.
func OrderQueues(queues []*Queue, by QueueOrder, w Window) []*Queue {
	out := slices.Clone(queues)
	var less func(a, b *Queue) int
	switch by {
	case QueuesByName:
		less = func(a, b *Queue) int { return byName(a.Ref.Name, b.Ref.Name) }
	case QueuesBySL:
		less = func(a, b *Queue) int { return smallest(a.Figure(w, SLStrictNoShort), b.Figure(w, SLStrictNoShort)) }
	case QueuesByWaiting:
		less = func(a, b *Queue) int { return cmp.Compare(b.Live.Waiting, a.Live.Waiting) }
	case QueuesByLongest:
		less = func(a, b *Queue) int { return cmp.Compare(b.Live.Longest, a.Live.Longest) }
	case QueuesByAbandon:
		less = func(a, b *Queue) int {
			return largest(a.Figure(w, AbandonRateNoShort), b.Figure(w, AbandonRateNoShort))
		}
	case QueuesByOffered:
		less = func(a, b *Queue) int { return largest(a.Figure(w, Offered), b.Figure(w, Offered)) }
	default:
		return out
	}
	slices.SortStableFunc(out, less)
	return out
}

// MetaOrder is a column by which a list of metas can be ordered.
type MetaOrder uint8

// The orders of metas. ByRisk is the snapshot's own.
const (
	MetasByRisk MetaOrder = iota
	MetasByKPI
	MetasByScope
	MetasBySpent // most of the error budget spent first
	MetaOrderCount
)

// OrderMetas is the metas in another order, in a new slice; those that the
// order does not tell apart stay as they were. Unknown figures come last.
func OrderMetas(metas []*Meta, by MetaOrder) []*Meta {
	out := slices.Clone(metas)
	var less func(a, b *Meta) int
	switch by {
	case MetasByKPI:
		less = func(a, b *Meta) int { return cmp.Compare(a.KPI, b.KPI) }
	case MetasByScope:
		less = func(a, b *Meta) int { return byName(a.Scope.Name, b.Scope.Name) }
	case MetasBySpent:
		less = func(a, b *Meta) int { return largest(a.Spent, b.Spent) }
	default:
		return out
	}
	slices.SortStableFunc(out, less)
	return out
}

// ContactOrder is a column by which a list of contacts can be ordered.
type ContactOrder uint8

// The orders of contacts.
const (
	ContactsByTime ContactOrder = iota // newest first
	ContactsByWait                     // longest first
	ContactsByTalk
	ContactsByOutcome
	ContactOrderCount
)

// OrderContacts is the contacts in another order, in a new slice; those that
// the order does not tell apart stay as they were.
func OrderContacts(contacts []*Contact, by ContactOrder) []*Contact {
	out := slices.Clone(contacts)
	var less func(a, b *Contact) int
	switch by {
	case ContactsByWait:
		less = func(a, b *Contact) int { return cmp.Compare(b.Wait, a.Wait) }
	case ContactsByTalk:
		less = func(a, b *Contact) int { return cmp.Compare(b.Talk, a.Talk) }
	case ContactsByOutcome:
		less = func(a, b *Contact) int { return cmp.Compare(a.Outcome, b.Outcome) }
	default:
		less = func(a, b *Contact) int { return b.At.Compare(a.At) }
	}
	slices.SortStableFunc(out, less)
	return out
}

// Figure is the agent's figure in a window; unknown while none was counted.
func (a *Agent) Figure(w Window, k KPI) Measure { return figure(a.W, w, k) }

// Figure is the scope's figure in a window; unknown while none was counted.
func (s *Scope) Figure(w Window, k KPI) Measure { return figure(s.W, w, k) }

func figure(w *Windows, in Window, k KPI) Measure {
	if w == nil || in >= WindowCount || k >= KPICount {
		return Measure{}
	}
	return w[in][k]
}

// byName puts Érica between Elisa and Fábio, where people look for her.
func byName(a, b string) int { return cmp.Compare(floor.Fold(a), floor.Fold(b)) }

func largest(a, b Measure) int {
	if a.Known != b.Known || !a.Known {
		return knownFirst(a, b)
	}
	return cmp.Compare(b.Value, a.Value)
}

func smallest(a, b Measure) int {
	if a.Known != b.Known || !a.Known {
		return knownFirst(a, b)
	}
	return cmp.Compare(a.Value, b.Value)
}

func knownFirst(a, b Measure) int {
	switch {
	case a.Known == b.Known:
		return 0
	case a.Known:
		return -1
	default:
		return 1
	}
}
