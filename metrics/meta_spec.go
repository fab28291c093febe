package metrics

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"farol/floor"
)

// The windows a meta can be judged in. The sliding ones end now; day, week and
// month began with the site's day, Monday and first of the month; the shift is
// the one in force.
const (
	Window15m   = "15m"
	Window1h    = "1h"
	WindowShift = "shift"
	WindowDay   = "day"
	WindowWeek  = "week"
	WindowMonth = "month"
	Window28d   = "28d"
)

// MetaWindows lists them all, shortest first.
func MetaWindows() []string {
	return []string{Window15m, Window1h, WindowShift, WindowDay, WindowWeek, WindowMonth, Window28d}
}

// cumulative reports whether the window only grows until it closes, so that a
// count in it can only rise.
func cumulative(window string) bool {
	switch window {
	case WindowShift, WindowDay, WindowWeek, WindowMonth:
		return true
	default:
		return false
	}
}

// The reasons for which a meta is refused, beside those of targets.
var (
	ErrMetaWindow = errors.New("unknown window: use 15m, 1h, shift, day, week, month or 28d")
	ErrMetaScope  = errors.New("unknown scope: use one of queue, agent, team, channel, or none for the site")
	ErrMetaDates  = errors.New("valid until is not after valid from")
	ErrMetaHours  = errors.New("not a time of day, as in 08:00")
	ErrMetaLimit  = errors.New("a threshold belongs to service levels only, between 1s and 1h")
)

// EveryQueue is the queue scope that stands for each queue by itself: the meta
// becomes one meta a queue, as queues appear.
const EveryQueue = "*"

// MetaSpec is a meta as configured. The zero values of From and Until leave it
// open at that end.
type MetaSpec struct {
	KPI       KPI
	Scope     ScopeRef // ID as in events; Name may be empty
	Target    Target   // where no rule of When applies
	Window    string   // one of MetaWindows
	Why       string
	Owner     string
	From      time.Time     // valid from, inclusive
	Until     time.Time     // valid until, exclusive
	Threshold time.Duration // T of a service level; 0: each queue's own
	When      []TargetWhen  // the first that applies decides
	Preset    string        // the legal preset it came from
	Implied   bool          // the formula was not named, so the default one was taken
}

// ID is the meta's stable name: the same KPI in the same scope and window is
// the same meta, whatever its target becomes. Metas of presets and metas with
// their own T stand beside, not instead of, the site's own.
func (m MetaSpec) ID() string {
	info := m.KPI.Info()
	var b strings.Builder
	b.WriteString(info.ID)
	if info.Variant != "" {
		b.WriteString("." + info.Variant)
	}
	if m.Threshold > 0 {
		b.WriteString("@" + m.Threshold.String())
	}
	b.WriteString("/" + m.Scope.path() + "/" + m.Window)
	if m.Preset != "" {
		b.WriteString("/" + m.Preset)
	}
	return b.String()
}

// key is the scope without its name, which may be learnt later.
func (r ScopeRef) key() ScopeRef { return ScopeRef{Kind: r.Kind, ID: r.ID} }

// path is the scope's identity as text: "site", "queue:vendas".
func (r ScopeRef) path() string {
	if r.Kind == SiteScope {
		return r.Kind.String()
	}
	return r.Kind.String() + ":" + r.ID
}

// String is the kind's stable name, as in configuration.
func (k ScopeKind) String() string {
	switch k {
	case QueueScope:
		return "queue"
	case TeamScope:
		return "team"
	case ChannelScope:
		return "channel"
	case AgentScope:
		return "agent"
	default:
		return "site"
	}
}

// ParseScope makes a scope of its kind's name and its id. "site" and no kind
// at all are the site, which has no id. A queue's id is lowered as in events.
func ParseScope(kind, id string) (ScopeRef, error) {
	id = strings.TrimSpace(id)
	switch strings.TrimSpace(kind) {
	case "", "site":
		if id != "" {
			return ScopeRef{}, fmt.Errorf("read scope %q: %w", id, ErrMetaScope)
		}
		return ScopeRef{}, nil
	case "queue":
		return newScope(QueueScope, strings.ToLower(id), id)
	case "team":
		return newScope(TeamScope, id, id)
	case "agent":
		return newScope(AgentScope, id, id)
	case "channel":
		if id == "" || !floor.Channel(id).Valid() {
			return ScopeRef{}, fmt.Errorf("read channel %q: %w", id, ErrMetaScope)
		}
		return newScope(ChannelScope, id, id)
	default:
		return ScopeRef{}, fmt.Errorf("read scope %q: %w", kind, ErrMetaScope)
	}
}

func newScope(kind ScopeKind, id, name string) (ScopeRef, error) {
	if id == "" {
		return ScopeRef{}, fmt.Errorf("read scope %s: it names none: %w", kind, ErrMetaScope)
	}
	return ScopeRef{Kind: kind, ID: id, Name: name}, nil
}

// Validate refuses a meta that could never be judged or never be kept; the
// error says why. It does not look at history: that is [Check]'s business.
func (m MetaSpec) Validate() error {
	if m.KPI >= KPICount {
		return fmt.Errorf("check meta: kpi %d is unknown", m.KPI)
	}
	if !slices.Contains(MetaWindows(), m.Window) {
		return fmt.Errorf("check meta %s: window %q: %w", m.ID(), m.Window, ErrMetaWindow)
	}
	if m.Scope.Kind > AgentScope || (m.Scope.Kind == SiteScope) != (m.Scope.ID == "") {
		return fmt.Errorf("check meta %s: %w", m.ID(), ErrMetaScope)
	}
	if !m.From.IsZero() && !m.Until.IsZero() && !m.Until.After(m.From) {
		return fmt.Errorf("check meta %s: %w", m.ID(), ErrMetaDates)
	}
	if err := m.validLimit(m.Threshold); err != nil {
		return fmt.Errorf("check meta %s: %w", m.ID(), err)
	}
	if err := m.validTarget(m.Target); err != nil {
		return fmt.Errorf("check meta %s: target %s: %w", m.ID(), m.Target.Text(m.KPI.Info().Unit), err)
	}
	for _, w := range m.When {
		if err := m.validLimit(w.Threshold); err != nil {
			return fmt.Errorf("check meta %s: %w", m.ID(), err)
		}
		if err := m.validTarget(w.Target); err != nil {
			return fmt.Errorf("check meta %s: target %s: %w", m.ID(), w.Target.Text(m.KPI.Info().Unit), err)
		}
	}
	return nil
}

func (m MetaSpec) validLimit(t time.Duration) error {
	if t == 0 || isServiceLevel(m.KPI) && t >= time.Second && t <= time.Hour {
		return nil
	}
	return fmt.Errorf("threshold %s: %w", t, ErrMetaLimit)
}

// validTarget repeats the checks of ParseTarget for targets made in code.
func (m MetaSpec) validTarget(t Target) error {
	info := m.KPI.Info()
	if _, err := parseTarget(t.Text(info.Unit), info.Unit); err != nil {
		return err
	}
	return t.fits(info.Good)
}

func isServiceLevel(k KPI) bool { return k >= SLStrict && k <= SLAnsweredOnly }

// inForce reports whether the meta counts at t.
func (m MetaSpec) inForce(t time.Time) bool {
	return (m.From.IsZero() || !t.Before(m.From)) && (m.Until.IsZero() || t.Before(m.Until))
}
