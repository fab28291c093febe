package metrics

import (
	"fmt"
	"time"

	"farol/floor"
)

// FiguresOf finds the figures of a scope by its kind and id; nil when the
// snapshot does not know it.
func (s *Snapshot) FiguresOf(ref ScopeRef) *Windows {
	in := func(list []*Scope) *Windows {
		for _, sc := range list {
			if sc.Ref.ID == ref.ID {
				return sc.W
			}
		}
		return nil
	}
	switch ref.Kind {
	case QueueScope:
		for _, q := range s.Queues {
			if q.Ref.ID == ref.ID {
				return q.W
			}
		}
	case TeamScope:
		return in(s.Teams)
	case ChannelScope:
		return in(s.Channels)
	case AgentScope:
		for _, a := range s.Agents {
			if a.Name == ref.ID {
				return a.W
			}
		}
	default:
		if s.Total != nil {
			return s.Total.W
		}
	}
	return nil
}

// Ref names the agent's own scope.
func (a *Agent) Ref() ScopeRef { return ScopeRef{Kind: AgentScope, ID: a.Name, Name: a.Name} }

// Beyond is how long the agent has been in the state past its expected length;
// 0 when within it, when none is expected, and in neutral pauses.
func (a *Agent) Beyond() time.Duration {
	if a.Expected == 0 || a.InState <= a.Expected || a.Neutral() {
		return 0
	}
	return a.InState - a.Expected
}

// Neutral reports whether the agent is in a pause that is a right: it has no
// clock, no weight and no colour.
func (a *Agent) Neutral() bool { return a.State == floor.OnPause && a.Pause.Class.Neutral() }

// TargetFor reads a target for a KPI, refusing one that asks for the wrong
// direction; errors as of [ParseTarget], and [ErrTargetDirection].
func (k KPI) TargetFor(text string) (Target, error) {
	t, err := ParseTarget(text, k.Info().Unit)
	if err != nil {
		return Target{}, err
	}
	if err := t.fits(k.Info().Good); err != nil {
		return Target{}, fmt.Errorf("read target %q: %w", text, err)
	}
	return t, nil
}
