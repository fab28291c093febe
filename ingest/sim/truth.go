package sim

import "time"

// Truth is what is in a generated queue_log, counted while it was written and
// by no reader: what any reader must find.
type Truth struct {
	Lines, Bytes int64
	Calls        int64 // ENTERQUEUE lines
	Unknown      int64 // lines of an event that Asterisk does not have
	First, Last  time.Time
	Queues       []QueueTruth
	Agents       []AgentTruth
}

// SLThresholds are the thresholds for which a truth counts the answers in time.
func SLThresholds() [4]time.Duration {
	return [4]time.Duration{10 * time.Second, 20 * time.Second, 30 * time.Second, 60 * time.Second}
}

// QueueTruth is the truth of one queue. Waits are whole seconds, as in the log;
// percentiles are those of the connected, by nearest rank.
type QueueTruth struct {
	Queue                            string
	Entered, Connected, Abandoned    int64
	Timeouts, Keys, Transferred      int64
	NotAnswered                      int64 // RINGNOANSWER lines
	HoldSum, TalkSum                 int64 // seconds: of CONNECT, and of the ends of conversations
	P50, P90, P95, P99, Max          int   // seconds
	ConnectedWithin, AbandonedWithin [4]int64
	ShortAbandoned                   int64 // within five seconds
	waits                            [maxWait]uint32
}

// AgentTruth is the truth of one agent.
type AgentTruth struct {
	Agent             string
	Answered, TalkSum int64
}

// maxWait bounds a wait in a generated log, in seconds.
const maxWait = 1024

func (q *QueueTruth) connect(wait int) {
	q.Connected++
	q.HoldSum += int64(wait)
	q.waits[wait]++
	for i, t := range SLThresholds() {
		if wait <= int(t/time.Second) {
			q.ConnectedWithin[i]++
		}
	}
}

func (q *QueueTruth) abandon(wait int) {
	q.Abandoned++
	if wait <= 5 {
		q.ShortAbandoned++
	}
	for i, t := range SLThresholds() {
		if wait <= int(t/time.Second) {
			q.AbandonedWithin[i]++
		}
	}
}

// finish reads the percentiles off the counts.
func (q *QueueTruth) finish() {
	rank := func(share float64) int {
		need := int64(share*float64(q.Connected) + .9999999)
		seen := int64(0)
		for wait, n := range q.waits {
			if seen += int64(n); seen >= need && n > 0 {
				return wait
			}
		}
		return 0
	}
	q.P50, q.P90, q.P95, q.P99, q.Max = rank(.5), rank(.9), rank(.95), rank(.99), rank(1)
}
