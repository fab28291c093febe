// Package metrics folds events into the state of the floor and says, at any
// instant, every number, its target, its status, its cause and where it is
// going.
//
// It follows an ordered log and publishes immutable [Snapshot] values. A
// snapshot is finished: a screen formats and draws it, and never adds, divides,
// compares with a target or ranks.
//
// # How contacts are counted
//
// A stay is one passage of a contact through one queue. The same contact makes
// several when it is transferred, or put back by the queue's limit, even into
// the same queue; each is an offer of its own.
//
// Everything that is counted of a stay belongs to the instant at which it was
// offered: that of the Offered event when the contact had one, else that of
// Queued. So in every window, whatever has been told since,
//
//	offered  = answered + abandoned + left + lost while waiting + waiting
//	answered = handled + talking + cut by a crash
//
// and a figure of the morning is corrected, not the afternoon's, when something
// is learnt late. A contact still in a menu is counted once it queues, is
// answered or leaves. A window of 15 minutes holds what was offered in the last
// 900 seconds, this one included; windows move by the second.
//
// What is counted of a stay is a pure function of what is known of it. When an
// event adds to that, the old contribution is taken out and the new one put in.
// The order of the events of one instant, the batches they come in, a restart
// and a replay change nothing.
//
// An event finds its stay by contact and queue, and where a contact has several
// open there, by the times that it carries. An end that no stay waits for makes
// one, begun when its times say. A second end of the same stay corrects the
// first: the later instant wins. Durations that the source tells are taken as
// told; the others are differences of instants. A duration of zero is a zero
// where the source has told others, and else not said.
//
// Leaving by the queue's limit, by a key, from an empty or a full queue, by a
// supervisor's hand or for a call back is not abandoning. None of these is in a
// service level, but for removed_in_T, which is over all that queued. A phone
// that rings in vain ends nothing; it is counted when it rang. When the
// telephone system starts anew, what it had open is lost: neither abandoned nor
// completed, and in no service level.
//
// Who waits longer than T now is a miss whatever happens next, and is in the
// denominator of every service level that will count it. Within T includes T.
// After-call work is what was told to have ended; where a queue is configured
// with a length and nobody tells, agents are shown in it, and the handle time
// does not include it.
//
// Percentiles are nearest rank over whole seconds, times rounded up: exact
// below ten minutes, within 1 % above.
//
// # How people's time is counted
//
// An agent is doing one thing at a time: in a call (on hold when all his calls
// are), else in a pause when paused in all of his queues, else in after-call
// work, else ringing, else available. Activity of one who never logged in logs
// him in until the day ends. Time runs, in figures, to the last instant of a
// grid of five seconds, and adherence to the last minute. Queues, teams and
// channels have the time of their people, whichever queue it went to.
//
// Neutral pauses, which are rights, have no clock and are never overdue; a pause
// without a reason is taken for one.
//
// Memory holds the stays of today and of the hour before it, all that agents
// did in that time, and the figures of thirty finished days: by day for every
// scope, and by quarter of an hour for all but agents. Other ranges are read
// from the log again.
package metrics
