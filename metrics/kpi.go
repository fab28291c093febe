package metrics

// KPI identifies a figure with its formula. Variants of one indicator are
// separate KPIs with a common ID, so that no number is ever shown without the
// formula it came from. The catalogue describes each.
type KPI uint8

// The figures that contacts and agents give. The order is that of listings.
const (
	Offered KPI = iota
	Answered
	Abandoned
	ShortAbandoned
	LeftTimeout
	LeftOther // key, empty, full, withdrawn, called back, before the queue
	LostContacts
	WaitingNow
	TalkingNow
	WaitAvg       // (a) answered only: ASA
	WaitAvgAll    // (b) answered and abandoned
	WaitAbandoned // of the abandoned
	WaitP50
	WaitP80
	WaitP90
	WaitP95
	WaitP99
	WaitMax
	SLStrict
	SLStrictNoShort
	SLExcludeAbandWithinT
	SLRemovedInT
	SLAnsweredOnly
	AbandonRate        // abandoned / offered
	AbandonRateNoShort // less short abandons, above and below
	AbandonRateOfEnded // abandoned / (answered + abandoned)
	AHT                // talk (hold included) + after-call work, per handled
	TalkAvg
	HoldAvg
	WrapAvg
	TotalTime // from first to last event of the contact
	Handled
	HandledPerHour
	Transfers
	TransferRate
	NotAnsweredRings
	CalledBackCount
	Occupancy   // handling / (handling + available)
	Utilisation // handling / logged in
	Adherence
	PauseTime
	LegalPauseTime
	LoggedIn
	KPICount
)

// Unit is what a figure is measured in.
type Unit uint8

// The units. Ratios are 0 to 1; times are seconds.
const (
	Count Unit = iota
	Seconds
	Ratio
	Points
	PerHour
)

// Direction says which way is good.
type Direction int8

// Up is good, Down is good, or a Band is.
const (
	Down Direction = -1
	Band Direction = 0
	Up   Direction = 1
)

// Info describes one KPI; see [KPI.Info].
type Info struct {
	ID      string // of the domain's catalogue: "service_level", "wait_avg", …
	Variant string // "strict_no_short", …; empty when there is only one formula
	Unit    Unit
	Good    Direction
	Default bool // the formula meant when only the ID is said
}

// Measure is one figure. Known is false when the denominator is empty or the
// source cannot say: then it is shown as n/d, never as 0 or 100 %.
type Measure struct {
	Value    float64 // in the KPI's unit
	Num, Den float64 // the numerator and the denominator, where the formula has them
	Known    bool
}

// Figures are every KPI of one scope in one window, indexed by [KPI].
type Figures [KPICount]Measure

// Window is a stretch of time that ends now.
type Window uint8

// The windows that are kept for every scope.
const (
	Last15m Window = iota
	LastHour
	Today
	ThisShift
	WindowCount
)

// Windows holds a scope's figures for each window, indexed by [Window]. It is
// immutable and may be shared by successive snapshots.
type Windows [WindowCount]Figures
