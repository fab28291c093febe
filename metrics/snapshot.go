package metrics

import (
	"time"

	"farol/floor"
)

// Snapshot is everything that can be shown at one instant. It is immutable and
// may be read by any number of goroutines. Slices are ordered as screens show
// them; ratios are 0 to 1; instants are in the site's zone.
type Snapshot struct {
	Version uint64    // rises by one with each published snapshot
	Seq     uint64    // the last event that it knows
	At      time.Time // the instant it is true for
	Site    *floor.Site
	Shift   ShiftInfo
	Roster  Roster
	Day     time.Time // start of the site's day

	Loading *Progress // not nil until the history has been read
	Sources []Source
	Fresh   Freshness
	Paused  bool // a replay or an as-of view: the clock does not run

	Total    *Scope   // the whole site
	Queues   []*Queue // worst risk first, then by name
	Teams    []*Scope
	Channels []*Scope
	Agents   []*Agent // by weight in the risks, then by name
	People   People

	Metas  []*Meta // worst first
	Counts MetaCounts
	Risks  []*Risk  // worst first
	Log    []*Entry // the day's alerts and notes, newest first, bounded
	LogDay LogCounts
	Tiles  []Tile // the wall's headline figures, in order

	Charts Charts
}

// ShiftInfo is the shift in force.
type ShiftInfo struct {
	Name     string // empty: the site has no shift now, and From to To is the day
	From, To time.Time
	Planned  int // people scheduled; 0 not said
}

// Roster is what the schedule brings next. Instants are zero when it says
// nothing.
type Roster struct {
	InAt  time.Time
	In    int // people who begin at InAt
	OutAt time.Time
	Out   int // people who end at OutAt
	Short int // people that the plan has now and the floor has not
}

// Progress of reading the history at start.
type Progress struct{ Done, Total uint64 }

// Source is what is known of one source of events.
type Source struct {
	Name      string
	Kind      string
	Up        bool
	Since     time.Time // of Up or not up
	LastEvent time.Time // At of the newest event; zero: none yet
	LastSeen  time.Time // when the source last said anything at all
	Age       time.Duration
	Lag       time.Duration // how late its last event was learnt
	Period    time.Duration // how often it is expected to speak
	Events    uint64
	Unknown   uint64 // events of kinds farol does not know
	Malformed uint64 // records that were no events, counted and skipped
	Error     string
	Attempt   int           // of reconnection
	RetryIn   time.Duration // until the next
}

// Level says how far the figures can be trusted to be of now.
type Level uint8

// The levels of freshness, from live to silent.
const (
	Live   Level = iota
	Ageing       // after 2 periods: the age turns bold
	Old          // after 4: every tile wears ≈
	Silent       // after 6: the banner replaces the risks, timers stop
	NoData       // nothing was ever read
)

// Freshness is the worst of the sources that feed live figures.
type Freshness struct {
	Level  Level
	Age    time.Duration
	AsOf   time.Time // the figures are of this instant
	Source string    // which source is the oldest
	Error  string
	Retry  time.Duration
	Try    int
}

// ScopeKind says what a scope is.
type ScopeKind uint8

// The scopes.
const (
	SiteScope ScopeKind = iota
	QueueScope
	TeamScope
	ChannelScope
	AgentScope
)

// ScopeRef names a scope.
type ScopeRef struct {
	Kind ScopeKind
	ID   string // queue id, agent name, team name, channel; empty for the site
	Name string // as shown
}

// Scope is a scope with its figures.
type Scope struct {
	Ref    ScopeRef
	W      *Windows
	Live   LiveState
	People People
	Usual  *Usual // like weekday and hour; nil without history
	Trend  Trends
}

// LiveState is what is happening in a queue, or in all, at the snapshot's instant.
type LiveState struct {
	Waiting      int
	Longest      time.Duration // of those waiting; 0 with none
	LongestQueue string        // name of the queue where; for the site
	Talking      int
	Lost         int           // waiting longer than their queue's T: already misses
	Salvageable  int           // within the last quarter of T
	Over         int           // waiting more than 2 minutes
	Free         int           // agents available
	NobodyFree   time.Duration // since when no agent has been free; 0 if one is
}

// People counts agents by state. LoggedIn = Busy + Wrapup + Free + Out; ringing
// counts as Free, on hold as Busy.
type People struct {
	LoggedIn, Busy, Wrapup, Free, Out int
	Training                          int // of Out, in training, feedback or meeting
	Overdue                           int // of those, beyond the expected end
	Neutral                           int // of Out, in a neutral pause
	OutPlanned                        int // that the schedule has out now; 0 not said
	Planned                           int // scheduled; 0 not said
}

// Usual compares with the same weekday and time of day over the last weeks.
type Usual struct {
	Weeks     int     // how many like days there were
	Offered   Measure // expected in the last 15 minutes: Value; Num is the real count
	ByNow     Measure // expected since the day began; Num is the real count
	AHT       Measure
	SL        Measure
	RestOfDay Measure // expected from now to the end of the day
}

// Trend of a figure over the last half hour, by least squares on 5-minute points.
type Trend struct {
	Way     int8    // -1 falling, 0 steady, +1 rising
	In15    Measure // where the line stands in 15 minutes
	At15    time.Time
	Crosses time.Time // when the line meets the target; zero: not within the window
	Was15   Measure   // the figure 15 minutes ago
}

// Trends are the trends of a scope's headline figures.
type Trends struct{ SL, Abandon, Wait, AHT, Waiting Trend }

// Queue is a queue with all that is known of it.
type Queue struct {
	Scope
	Config                                 floor.QueueConfig
	Status                                 Status
	Risk                                   int // index into Snapshot.Risks, -1 none
	Metas                                  []*Meta
	SLMeta, AbandonMeta, WaitMeta, AHTMeta *Meta         // the headline metas; nil: none
	Callers                                []Caller      // waiting now, longest first
	Members                                []*Agent      // logged in here, by weight, then by name
	Crew                                   []floor.State // one a member logged in, for the mark of each: busy first, then after-call, free, out
	SL60                                   []Measure     // service level by 5 minutes, last hour, oldest first
	Chart                                  QueueCharts
	Lenders                                []Lender // who could help: queues with people free
	Arrives                                int      // people scheduled to come in next
	ArrivesAt                              time.Time
}

// Lender is another queue with people free.
type Lender struct {
	Name string
	Free int
}

// Caller is a contact that waits.
type Caller struct {
	Contact  string
	Customer string // masked: "····-71"
	Since    time.Time
	Wait     time.Duration
	Attempt  int // 1 for the first contact of this customer today
	Position int
	Lost     bool // beyond T
	Savable  bool
	Channel  floor.Channel
}

// Agent is an agent with state, figures and day.
type Agent struct {
	Name                 string
	Alias                string // "Agente 07", stable within the site, for who may not see names
	Team                 string
	Seat                 string
	Extension            string
	Queues               []string // ids
	QueueName            string   // the main queue's name
	State                floor.State
	Pause                floor.PauseRule // of OnPause
	Reason               string          // as the source gave it
	Since                time.Time
	InState              time.Duration // 0 for neutral pauses: they have no clock
	Expected             time.Duration // of the state; 0 none
	Overdue              bool
	Calls                int    // contacts being handled now
	Contact              string // the one
	Weight               Weight
	W                    *Windows
	Hour                 []floor.State // the last hour, by 5 minutes, oldest first
	Segments             []Segment     // today
	LoggedIn             time.Time
	LoggedOut            time.Time
	Recent               []*Contact       // newest first, at most 10
	InStates             [7]time.Duration // today, by floor.State
	PauseMeal, PauseRest time.Duration    // taken today
	RestsDue             int              // legal rests not yet taken; -1 unknown
	QueueAHT             Measure          // of the agent's main queue, today
	QueueWrap            Measure
	QueueHandled         Measure      // mean handled per agent of that queue
	Days                 []DayFigures // last 30 days, oldest first
}

// Segment is a stretch of an agent's day in one state.
type Segment struct {
	State    floor.State
	Reason   string
	Neutral  bool
	From, To time.Time // To of the last is the snapshot's instant
}

// DayFigures is one past day of a scope.
type DayFigures struct {
	Day                time.Time
	Handled            int
	AHT, SL, Adherence Measure
}

// Weight says what an agent's absence or delay costs their queue.
type Weight struct {
	Neutral bool    // a right: no weight, whatever it costs
	Points  Measure // service-level points (ratio) the queue would gain with the agent in the expected state
	Status  Status
}

// Contact is one stay of a contact in a queue: the row behind every number.
type Contact struct {
	ID, Queue, QueueName, Agent string
	Customer                    string // masked
	Channel                     floor.Channel
	At                          time.Time // offered
	AnsweredAt, EndedAt         time.Time
	Wait, Talk, Hold, Wrap      time.Duration
	Outcome                     floor.Kind // Queued while waiting, Answered while talking, else how it ended
	By                          floor.Party
	Target                      string // of a transfer
	InSL                        bool
	Late                        bool // learnt out of order
	Seq                         uint64
}

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

// Charts are the site's series.
type Charts struct {
	SL5      Series    // service level, by 5 minutes, today
	Arrivals Series    // contacts offered, by 15 minutes, today; Usual beside
	Waiting  Series    // contacts waiting, by minute, last 40 minutes
	States   [4]Series // busy, after-call, free, out: share of logged in, by 5 minutes, last hour
}

// QueueCharts are a queue's series.
type QueueCharts struct {
	SL5                Series // last hour
	Day                Series // today
	Arrivals           Series
	Waiting            Series
	Abandon, Wait, AHT []Measure // by 5 minutes, last hour, for sparklines
}

// Series is a figure at regular instants.
type Series struct {
	From   time.Time
	Step   time.Duration
	Points []Measure
	Usual  []Measure // same length or nil
	Target Measure
	Peak   Measure // the highest of Points
}
