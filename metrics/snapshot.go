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
	SL60                                   []Measure     // service level of the quarter of an hour that ends each 5 minutes, last hour
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

// Charts are the site's series.
type Charts struct {
	SL5      Series    // service level since the day began, as it stood each 5 minutes
	Arrivals Series    // contacts offered, by 15 minutes, today; Usual beside
	Waiting  Series    // contacts waiting, by minute, last 40 minutes
	States   [4]Series // busy, after-call, free, out: share of logged in, by 5 minutes, last hour
}

// QueueCharts are a queue's series.
type QueueCharts struct {
	SL5                Series    // service level since the day began, as it stood each 5 minutes of the last hour
	Day                Series    // the same, of the whole day
	SL60               []Measure // of the quarter of an hour that ends each 5 minutes, last hour
	Arrivals           Series
	Waiting            Series
	Abandon, Wait, AHT []Measure // the same, of these
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
