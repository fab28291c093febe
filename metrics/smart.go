package metrics

import (
	"strings"
	"time"
)

// Aspect is one of the five things that make a meta SMART; its value is the letter.
type Aspect byte

// The five, in their order.
const (
	Specific   Aspect = 'S'
	Measurable Aspect = 'M'
	Attainable Aspect = 'A'
	Relevant   Aspect = 'R'
	TimeBound  Aspect = 'T'
)

// Doubt is how much is wrong with an aspect.
type Doubt uint8

// Sound: nothing; Doubtful: worth a look; Missing: not there at all.
const (
	Sound Doubt = iota
	Doubtful
	Missing
)

// Reason says what was found. Words for people are chosen by who prints it.
type Reason string

// The reasons.
const (
	ReasonNone      Reason = ""
	ReasonImplied   Reason = "variant_implied" // S: the indicator has several formulas and none was named
	ReasonUnseen    Reason = "scope_unseen"    // S: nothing of that name is configured or was seen
	ReasonTwice     Reason = "twice"           // S: another meta has the same id
	ReasonInvalid   Reason = "invalid"         // M: it cannot be judged; Text says why
	ReasonNoSource  Reason = "no_source"       // M: no source has given the figure yet
	ReasonNoHistory Reason = "no_history"      // A: too few like days to compare with: Of
	ReasonRarelyMet Reason = "rarely_met"      // A: kept on Met of Of like days, under a fifth
	ReasonAlwaysMet Reason = "always_met"      // A: kept on every like day: it asks for nothing new
	ReasonNoWhy     Reason = "no_why"          // R
	ReasonNoOwner   Reason = "no_owner"        // R
	ReasonPerson    Reason = "person"          // R: a target for one person; the law where farol is used asks for care
	ReasonExpired   Reason = "expired"         // T: its validity ended at When
	ReasonNotYet    Reason = "not_yet"         // T: its validity begins at When
)

// From how many like days a meta's attainability is judged, and below what
// share of them kept it is doubtful.
const (
	attainableDays  = 4
	attainableShare = 0.2
)

// Finding is what [Check] says of one aspect of a meta.
type Finding struct {
	Meta    string // its id
	Aspect  Aspect
	Doubt   Doubt
	Reason  Reason
	Met, Of int       // like days that kept it, of all that are known
	When    time.Time // of ReasonExpired and ReasonNotYet
	Text    string    // of ReasonInvalid the error, of ReasonUnseen the scope
}

// Check judges which of the five a meta lacks, in the order of specs and of
// the five letters; an aspect with nothing against it has one finding, Sound.
// The snapshot gives the site's own history and what was seen; nil, or one of
// an empty log, leaves open what only history can say.
func Check(specs []MetaSpec, s *Snapshot, at time.Time) []Finding {
	if s != nil && s.Seq == 0 {
		s = nil
	}
	var out []Finding
	seen := map[string]bool{}
	for _, m := range specs {
		id := m.ID()
		add := func(a Aspect, found ...Finding) {
			if len(found) == 0 {
				found = []Finding{{}}
			}
			for _, f := range found {
				f.Meta, f.Aspect = id, a
				out = append(out, f)
			}
		}
		add(Specific, checkSpecific(m, s, seen[id])...)
		add(Measurable, checkMeasurable(m, s)...)
		met, of := historyOf(m, s)
		attainable := checkAttainable(met, of)
		attainable.Met, attainable.Of = met, of
		add(Attainable, attainable)
		add(Relevant, checkRelevant(m)...)
		add(TimeBound, checkTimeBound(m, at)...)
		seen[id] = true
	}
	return out
}

func checkSpecific(m MetaSpec, s *Snapshot, twice bool) (found []Finding) {
	if m.Implied {
		found = append(found, Finding{Doubt: Doubtful, Reason: ReasonImplied})
	}
	if twice {
		found = append(found, Finding{Doubt: Missing, Reason: ReasonTwice})
	}
	if s != nil && !scopeSeen(m.Scope, s) {
		found = append(found, Finding{Doubt: Doubtful, Reason: ReasonUnseen, Text: m.Scope.path()})
	}
	return found
}

func scopeSeen(ref ScopeRef, s *Snapshot) bool {
	if ref.Kind == QueueScope && ref.ID == EveryQueue {
		return len(s.Queues) > 0
	}
	return s.FiguresOf(ref) != nil
}

func checkMeasurable(m MetaSpec, s *Snapshot) []Finding {
	if err := m.Validate(); err != nil {
		return []Finding{{Doubt: Missing, Reason: ReasonInvalid, Text: err.Error()}}
	}
	if s == nil {
		return nil
	}
	for _, meta := range metasOf(m, s) {
		if meta.Now.Known || meta.History[1] > 0 {
			return nil
		}
	}
	return []Finding{{Doubt: Doubtful, Reason: ReasonNoSource}}
}

// metasOf are the snapshot's metas that a spec became: one, or one a queue.
func metasOf(m MetaSpec, s *Snapshot) []*Meta {
	before, after, every := strings.Cut(m.ID(), ":"+EveryQueue+"/")
	var out []*Meta
	for _, meta := range s.Metas {
		one := meta.ID == m.ID()
		if one || every && strings.HasPrefix(meta.ID, before+":") && strings.HasSuffix(meta.ID, "/"+after) {
			out = append(out, meta)
		}
	}
	return out
}

func historyOf(m MetaSpec, s *Snapshot) (met, of int) {
	if s == nil {
		return 0, 0
	}
	for _, meta := range metasOf(m, s) {
		met += meta.History[0]
		of += meta.History[1]
	}
	return met, of
}

func checkAttainable(met, of int) Finding {
	switch {
	case of < attainableDays:
		return Finding{Doubt: Doubtful, Reason: ReasonNoHistory}
	case float64(met) < attainableShare*float64(of):
		return Finding{Doubt: Doubtful, Reason: ReasonRarelyMet}
	case met == of:
		return Finding{Doubt: Doubtful, Reason: ReasonAlwaysMet}
	default:
		return Finding{}
	}
}

func checkRelevant(m MetaSpec) (found []Finding) {
	if strings.TrimSpace(m.Why) == "" {
		found = append(found, Finding{Doubt: Missing, Reason: ReasonNoWhy})
	}
	if strings.TrimSpace(m.Owner) == "" {
		found = append(found, Finding{Doubt: Missing, Reason: ReasonNoOwner})
	}
	if m.Scope.Kind == AgentScope {
		found = append(found, Finding{Doubt: Doubtful, Reason: ReasonPerson})
	}
	return found
}

func checkTimeBound(m MetaSpec, at time.Time) []Finding {
	switch {
	case !m.Until.IsZero() && !at.Before(m.Until):
		return []Finding{{Doubt: Missing, Reason: ReasonExpired, When: m.Until}}
	case !m.From.IsZero() && at.Before(m.From):
		return []Finding{{Doubt: Doubtful, Reason: ReasonNotYet, When: m.From}}
	default:
		return nil
	}
}
