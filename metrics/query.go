package metrics

import "time"

// ContactQuery asks for the contacts behind a figure.
type ContactQuery struct {
	Scope    ScopeRef
	Window   Window
	KPI      KPI
	From, To time.Time // instead of Window, when set
	Limit    int       // 0: 500
	Sort     ContactSort
}

// ContactSort is the order of a list of contacts.
type ContactSort uint8

// The orders.
const (
	NewestFirst ContactSort = iota
	OldestFirst
	LongestWait
	LongestTalk
)

// ContactList is the answer: the first of Total rows.
type ContactList struct {
	Rows  []*Contact
	Total int
}

// Explanation defines one number: what it is made of and what was left out.
// Words are chosen by who shows it, from the KPI's ID and variant.
type Explanation struct {
	Scope    ScopeRef
	KPI      KPI
	Info     Info
	Window   Window
	From, To time.Time
	Measure  Measure // Num and Den as in the formula
	Contacts int     // that the figure counts
	Excluded []Exclusion
	T        time.Duration // of a service level; 0 when the scope's queues differ
	Short    time.Duration // short abandon
	Age      time.Duration // of the data
	Level    Level
	Variants []VariantValue // the same indicator under its other formulas
}

// Exclusion is a group of contacts that the formula leaves out.
type Exclusion struct {
	What KPI // ShortAbandoned, LeftTimeout, …
	N    int
}

// VariantValue is the value of another formula of the same indicator.
type VariantValue struct {
	KPI     KPI
	Measure Measure
}

// Query is what [Report] is asked.
type Query struct {
	From, To time.Time
	By       By
	Step     time.Duration // of ByInterval: 5, 15 or 30 min; default 15
	Queue    string        // only this queue; empty: all
	AsOf     time.Time     // events after it are not read; zero: all
	Samples  bool          // rows carry every waiting and talking time
}

// By is what a report's rows are made for.
type By uint8

// The groupings of a report.
const (
	BySite By = iota
	ByQueue
	ByAgent
	ByTeam
	ByChannel
	ByHour
	ByDay
	ByInterval
)

// Row is one line of a report.
type Row struct {
	By       string // "site", "queue", "agent", "team", "channel", "hour", "day", "interval"
	Key      string // queue id, agent name, …, or the interval's start in RFC 3339
	From, To time.Time
	F        *Figures
	Samples  *Samples // when asked for
}
