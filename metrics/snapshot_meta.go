package metrics

import "time"

// Status of a meta, a queue or a risk.
type Status uint8

// The statuses, in rising order of concern.
const (
	Secured Status = iota // arithmetic alone keeps it
	OK
	NoTarget
	StatusNoData
	Stale
	Attention
	Critical
	Missed // arithmetic alone has lost it
)

// MetaCounts counts metas by what a lead asks first.
type MetaCounts struct{ Total, Critical, Attention, OK, NoData, Stale int }

// Target is what a meta asks for. Low and High are in the KPI's unit; a bound
// that does not apply is NaN.
type Target struct {
	Op        Op
	Low, High float64
}

// Op is a target's comparison.
type Op uint8

// At least Low; at most High; between the two.
const (
	AtLeast Op = iota
	AtMost
	Between
)

// Meta is a target with its present standing.
type Meta struct {
	ID        string // stable: kpi/scope/window
	KPI       KPI
	Scope     ScopeRef
	Window    string // "15m", "1h", "shift", "day", "week", "month", "28d"
	Target    Target // in force now, by day type and time of day
	Why       string
	Owner     string
	Preset    string        // the legal preset it came from
	Threshold time.Duration // T of a service level

	Now         Measure
	Status      Status
	Since       time.Time // of Status; zero: since before the day
	Slack       Measure   // distance to the target, positive inside
	Spent       Measure   // share of the error budget spent; 1 is all of it
	Trend       Trend
	Need        Measure   // to close inside: the share needed of the contacts still expected (Den of them)
	NeedState   NeedState // whether Need is a share at all; meaningless while Need is not known
	Slots       [2]int    // 15-minute intervals of today inside the target, and all
	Best, Worst Measure   // at close by arithmetic alone
	History     [2]int    // of the last 28 like days: met, and all
	Series      []Measure // by 5 minutes today
	Risk        int       // index into Snapshot.Risks, -1 none
}

// NeedState says whether the contacts still expected can decide a meta.
type NeedState uint8

// What is needed of the contacts still expected.
const (
	NeedShare   NeedState = iota // Need of them, from 0 to 1
	NeedNothing                  // whatever comes of them, the window closes inside
	NeedTooMuch                  // not even all of them bring it inside: it closes at Best at most
)

// Risk is a queue (or the site) and its cause; metas are its symptoms.
type Risk struct {
	ID     string // stable while the risk lasts
	Scope  ScopeRef
	Status Status
	Since  time.Time
	For    time.Duration
	Metas  []*Meta  // worst first
	Causes []Cause  // heaviest first; those that hold now
	Who    []*Agent // who weighs, heaviest first; never one in a neutral pause
	Trend  Trend    // of the first meta
	Ack    *Ack

	// Before are the causes found at BeforeAt, when one of the metas last raised
	// an alert; given only when no cause holds now.
	Before   []Cause
	BeforeAt time.Time
}

// Ack is who took a risk on.
type Ack struct {
	Author string
	At     time.Time
	Note   string
}

// CauseKind is a cause that farol can find in facts.
type CauseKind uint8

// The causes.
const (
	CauseOut        CauseKind = iota // N of Of people out of the queue; Part of them in training beyond the plan
	CauseArrivals                    // arrivals above the usual by Share; N real, Of expected, in 15 min
	CauseNobodyFree                  // nobody free for Dur
	CauseLong                        // N contacts above Dur
	CauseWrap                        // after-call work at Dur, was Was
	CauseQueue                       // N waiting, the longest Dur
	CauseAHT                         // handle time at Dur, usual Was
	CauseShort                       // N people short of the plan Of
	CauseNoAnswer                    // N rings not answered by Of people in 15 min
	CauseLogged                      // N logged in, usual Of
)

// Cause is one reason for a risk, with the facts it was found from.
type Cause struct {
	Kind     CauseKind
	N, Of    int
	Part     int
	Dur, Was time.Duration
	Share    Measure
	Cost     Measure // points of the symptom it explains, where that can be said
}

// Entry is a line of the day's log: an alert entered or left, a note, a source.
type Entry struct {
	At       time.Time
	Kind     EntryKind
	Status   Status
	Scope    ScopeRef
	Meta     *Meta   // that caused it; nil otherwise
	From, To Measure // the figure before and at the entry
	Limit    float64
	Below    bool // of an alert: the figure is under Limit; else it is over
	Causes   []Cause
	Agent    string // whom it is about, lead profile only
	Reason   string
	Text     string
	Author   string
	Source   string        // of the event it was told by; empty for the judge's own
	Risk     string        // id of the risk that was open then; empty: none
	Lasted   time.Duration // 0 while open
	Open     bool
	Ack      *Ack
	Live     LiveState // of the scope at that instant
	People   People
	Before   []Point // the figure in the 15 minutes before
	Measure  Measure
}

// Point is a figure at an instant.
type Point struct {
	At time.Time
	Measure
}

// EntryKind says what a log entry tells.
type EntryKind uint8

// The kinds of entry.
const (
	EntryAlert   EntryKind = iota // a meta entered Status
	EntryNormal                   // a meta came back
	EntryOverdue                  // a training or other plannable pause went beyond its time
	EntryLong                     // a contact went beyond a very long time
	EntryShift                    // a shift began
	EntrySource                   // a source went down, came back, had a gap
	EntryNote
	EntryAck
	EntryMark
	EntrySetting
)

// LogCounts counts the day's entries.
type LogCounts struct{ Critical, Attention, Open, Acked, Total int }

// Tile is one of the wall's headline figures.
type Tile struct {
	KPI     KPI
	Status  Status
	Now     Measure
	Meta    *Meta // nil: no target
	Trend   Trend
	Spark   []Measure     // by 5 minutes, today, oldest first
	Longest time.Duration // of the WaitingNow tile
	Where   string        // queue with most waiting, and how many in WhereN
	WhereN  int
}
