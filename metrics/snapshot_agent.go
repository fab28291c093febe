package metrics

import (
	"time"

	"farol/floor"
)

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
