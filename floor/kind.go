package floor

// Kind says what happened. Switches over kinds are exhaustive; a source's
// event that farol has no kind for becomes Unknown with its name in Reason, so
// that it is counted and visible.
type Kind uint8

// The kinds. Their numbers are stored: append, never renumber.
const (
	Unknown Kind = iota

	// A contact, in the order of its life. A stay is one passage of a contact
	// through one queue: it begins at Queued (or Offered, when the source tells
	// of the contact before it queues) and ends at one of Abandoned, Left…,
	// Completed, Transferred, Withdrawn or Lost.
	Offered       // reached the operation (an IVR, a bot), before any queue
	Queued        // entered a queue
	Positioned    // its place in the queue is now Position
	Ringing       // an agent's phone rings for it
	NotAnswered   // it rang for Ring and the agent did not answer; the contact waits on
	RingCancelled // the contact left while it rang
	Answered      // an agent took it after Wait
	Held          // put on hold
	Unheld        // taken off hold, after Hold
	Transferred   // the agent passed it on (target in Reason); ends the stay like Completed
	Abandoned     // the customer gave up after Wait
	LeftTimeout   // left the queue unanswered: the queue's time limit
	LeftKey       // the customer pressed the key in Reason to leave
	LeftEmpty     // nobody was logged in
	LeftFull      // refused: the queue was full
	LeftBefore    // hung up before reaching any queue (in the IVR)
	Withdrawn     // taken out of the queue by the system or a supervisor
	CalledBack    // left its place for a call back
	Completed     // the conversation ended after Talk; By says who hung up
	WrappedUp     // the agent finished the work after it, Wrap long
	Lost          // open when the telephone system crashed: neither abandoned nor completed
	Dumped        // an agent hung up before the connection; the contact waits on

	// Messages and cases.
	MessageIn
	FirstReply
	Reply
	Resolution
	Reopened
	BotResolved
	HandedOff
	ComplaintOpened
	ComplaintAnswered
	ComplaintResolved
	ComplaintRated
	SurveySent
	SurveyAnswered
	Conversion
	Churned
	Retained

	// Agents.
	AgentIn  // logged in (to Queue, or to the operation when it is empty)
	AgentOut // logged out
	Paused   // Reason says why; in Queue, or in all when it is empty
	Unpaused
	StateSet // a state told outright, in Reason: see State
	MemberAdded
	MemberRemoved
	PenaltySet // N
	Scheduled  // planned staff or break: Agent or Queue, At to Until, Reason, N

	// What leads do.
	RiskAcknowledged
	RiskSnoozed
	RiskHandedOver
	Note
	ContextMark
	ActionAsked
	ActionDone
	ActionRefused
	CorrectiveAction

	// The machinery.
	SourceUp
	SourceDown
	SourceGap
	SystemStarted // the telephone system started: what was open before is Lost
	Reloaded
	MetaSet
	SettingChanged

	Viewed // Author looked at the page of a person, Agent: who looks at whom is on the record

	kindCount
)

var kindNames = [kindCount]string{
	Unknown: "unknown", Offered: "offered", Queued: "queued", Positioned: "positioned", Ringing: "ringing",
	NotAnswered: "not_answered", RingCancelled: "ring_cancelled", Answered: "answered", Held: "held", Unheld: "unheld",
	Transferred: "transferred", Abandoned: "abandoned", LeftTimeout: "left_timeout", LeftKey: "left_key",
	LeftEmpty: "left_empty", LeftFull: "left_full", LeftBefore: "left_before", Withdrawn: "withdrawn",
	CalledBack: "called_back", Completed: "completed", WrappedUp: "wrapped_up", Lost: "lost", Dumped: "dumped",
	MessageIn: "message_in", FirstReply: "first_reply", Reply: "reply", Resolution: "resolution", Reopened: "reopened",
	BotResolved: "bot_resolved", HandedOff: "handed_off", ComplaintOpened: "complaint_opened",
	ComplaintAnswered: "complaint_answered", ComplaintResolved: "complaint_resolved", ComplaintRated: "complaint_rated",
	SurveySent: "survey_sent", SurveyAnswered: "survey_answered", Conversion: "conversion", Churned: "churned",
	Retained: "retained", AgentIn: "agent_in", AgentOut: "agent_out", Paused: "paused", Unpaused: "unpaused",
	StateSet: "state_set", MemberAdded: "member_added", MemberRemoved: "member_removed", PenaltySet: "penalty_set",
	Scheduled: "scheduled", RiskAcknowledged: "risk_acknowledged", RiskSnoozed: "risk_snoozed",
	RiskHandedOver: "risk_handed_over", Note: "note", ContextMark: "context_mark", ActionAsked: "action_asked",
	ActionDone: "action_done", ActionRefused: "action_refused", CorrectiveAction: "corrective_action",
	SourceUp: "source_up", SourceDown: "source_down", SourceGap: "source_gap", SystemStarted: "system_started",
	Reloaded: "reloaded", MetaSet: "meta_set", SettingChanged: "setting_changed",
	Viewed: "viewed",
}

// String is the kind's stable name, as in the events source and in exports.
func (k Kind) String() string {
	if k < kindCount {
		return kindNames[k]
	}
	return "unknown"
}

// ParseKind is the inverse of String; ok is false for a name farol does not know.
func ParseKind(name string) (k Kind, ok bool) {
	for i, n := range kindNames {
		if n == name {
			return Kind(i), true
		}
	}
	return Unknown, false
}

// Valid reports whether k is a kind this version knows.
func (k Kind) Valid() bool { return k < kindCount }

// EndsStay reports whether the kind ends a contact's stay in a queue.
func (k Kind) EndsStay() bool {
	switch k {
	case Transferred, Abandoned, LeftTimeout, LeftKey, LeftEmpty, LeftFull, LeftBefore, Withdrawn, CalledBack, Completed, Lost:
		return true
	default:
		return false
	}
}

// Channel is how a contact reached the operation.
type Channel string

// The channels.
const (
	Voice     Channel = "voice"
	WhatsApp  Channel = "whatsapp"
	Chat      Channel = "chat"
	Email     Channel = "email"
	Social    Channel = "social"
	Messaging Channel = "messaging"
	Ticket    Channel = "ticket"
)

// Channels lists them all, in the order screens use.
func Channels() []Channel {
	return []Channel{Voice, WhatsApp, Chat, Email, Social, Messaging, Ticket}
}

// Valid reports whether c is a channel farol knows, or empty.
func (c Channel) Valid() bool {
	switch c {
	case "", Voice, WhatsApp, Chat, Email, Social, Messaging, Ticket:
		return true
	default:
		return false
	}
}
