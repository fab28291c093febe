package floor

import (
	"strings"
	"time"
)

// State is what an agent is doing.
type State uint8

// The states, as domain terms; Out is the state of an agent never seen today.
const (
	Offline State = iota
	Available
	RingingState
	Busy
	OnHold
	AfterCall
	OnPause
)

// String is the state's stable name.
func (s State) String() string {
	switch s {
	case Available:
		return "available"
	case RingingState:
		return "ringing"
	case Busy:
		return "busy"
	case OnHold:
		return "on_hold"
	case AfterCall:
		return "after_call"
	case OnPause:
		return "paused"
	default:
		return "offline"
	}
}

// Pause is the class of a pause reason. What a class means for people is law
// before it is management: legal classes are neutral, carry no clock, no weight
// and are never a cause.
type Pause uint8

// The classes of pause.
const (
	PauseOther     Pause = iota
	PauseRest            // NR-17 rest, 10 minutes
	PauseMeal            // meal, 20 minutes
	PausePersonal        // bathroom and personal needs
	PausePostAbuse       // recovery after an abusive contact
	PauseTraining
	PauseFeedback
	PauseMeeting
	PauseAuto // the system paused the agent (no answer)
)

// Neutral reports whether the pause is a right: it never feeds a score, a
// ranking, a clock or a cause.
func (p Pause) Neutral() bool {
	return p == PauseRest || p == PauseMeal || p == PausePersonal || p == PausePostAbuse
}

// PauseRule maps a reason text at the source to a class and an expected length.
type PauseRule struct {
	Match    string // substring, compared without case or accents by the loader
	Class    Pause
	Expected time.Duration // 0: none
}

// DefaultPauseRules are the reasons met in Portuguese and English operations.
// Order matters: the first match wins.
func DefaultPauseRules() []PauseRule {
	return []PauseRule{
		{"nr-17", PauseRest, 10 * time.Minute},
		{"nr17", PauseRest, 10 * time.Minute},
		{"pausa 10", PauseRest, 10 * time.Minute},
		{"descanso", PauseRest, 10 * time.Minute},
		{"rest", PauseRest, 10 * time.Minute},
		{"legal", PauseRest, 10 * time.Minute},
		{"lanche", PauseMeal, 20 * time.Minute},
		{"refei", PauseMeal, 20 * time.Minute},
		{"almo", PauseMeal, 0},
		{"meal", PauseMeal, 20 * time.Minute},
		{"lunch", PauseMeal, 0},
		{"banheiro", PausePersonal, 0},
		{"toalete", PausePersonal, 0},
		{"wc", PausePersonal, 0},
		{"particular", PausePersonal, 0},
		{"pessoal", PausePersonal, 0},
		{"personal", PausePersonal, 0},
		{"bathroom", PausePersonal, 0},
		{"ofensa", PausePostAbuse, 0},
		{"abus", PausePostAbuse, 0},
		{"treina", PauseTraining, 0},
		{"formac", PauseTraining, 0},
		{"training", PauseTraining, 0},
		{"feedback", PauseFeedback, 0},
		{"reuni", PauseMeeting, 0},
		{"meeting", PauseMeeting, 0},
		{"auto-pause", PauseAuto, 0},
		{"autopause", PauseAuto, 0},
	}
}

// ClassifyPause finds the rule for a reason; a reason that no rule matches is
// PauseOther with no expected length. A pause with no reason is neutral by
// default (PausePersonal): farol does not hold against a person what the source
// does not say.
func ClassifyPause(rules []PauseRule, reason string) PauseRule {
	folded := Fold(reason)
	if folded == "" {
		return PauseRule{Class: PausePersonal}
	}
	for _, r := range rules {
		if strings.Contains(folded, r.Match) {
			return r
		}
	}
	return PauseRule{Match: reason, Class: PauseOther}
}
