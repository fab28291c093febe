package ingest

import (
	"context"
	"time"

	"farol/floor"
)

// Log is what the worker needs of a store. Append commits all batches in one
// transaction that has reached the disk when it returns: events whose key is
// known already are skipped, added says how many were not, and a batch's
// cursor, unless nil, becomes its source's cursor. Append must not keep the
// events after it returns. Cursor is nil for a source never heard of.
//
// An error with a method Temporary() bool that answers true (the disk is full)
// makes the worker wait and resume; any other error ends it.
type Log interface {
	Append(batches []floor.Batch) (added int, err error)
	Cursor(source string) ([]byte, error)
}

// Bulk is what a log may offer beside [Log] to make large imports faster:
// Prepare encodes a batch ahead, in any goroutine, and AppendPrepared commits
// what Prepare gave, in order, in one transaction, as Append would. The events
// of a prepared batch stay untouched until AppendPrepared has returned.
type Bulk interface {
	Prepare(b floor.Batch) any
	AppendPrepared(prepared []any) (added int, err error)
}

// Source is one system that events come from. Run reads from the place that
// the cursor tells (nil: from the beginning) and sends until the context ends
// or it fails; nil means that the source has nothing more to say, ever. The
// worker calls Run again after a failure, with the cursor then stored. Name is
// the floor.Event.Source of its events and must not change between runs.
type Source interface {
	Name() string
	Run(ctx context.Context, cursor []byte, out Sink) error
}

// Described is what a source may add about itself: the kind of system, and how
// often it is expected to speak (0: no expectation).
type Described interface {
	Kind() string
	Period() time.Duration
}

// Sink is where a source sends to. Its methods may be called by several
// goroutines of one source.
type Sink interface {
	// Send queues a batch and blocks while the queue is full. It returns an
	// error only when the context ended or the worker is stopping; then Run
	// should return. An empty Source is filled in, in the batch and in its
	// events. The batch belongs to the worker after the call.
	Send(ctx context.Context, b floor.Batch) error

	// Flush waits until everything that this source has sent is durable: what
	// must be acknowledged is acknowledged after it returns nil.
	Flush(ctx context.Context) error

	// Cursor reads the stored cursor of another name, for sources that keep
	// more than one.
	Cursor(name string) ([]byte, error)

	// Alive says that the source has answered, with or without events. The
	// first call of a run records it as up; Send does the same.
	Alive()

	// Down says that the source cannot be reached although Run goes on trying;
	// the next Alive or Send ends it.
	Down(err error)

	// Malformed counts records that were no events, with an example of why.
	Malformed(n int, reason string)
}

// Gap is the event that says what source could not tell between two instants.
// The same gap told twice is one event.
func Gap(source string, from, to time.Time, reason string) floor.Event {
	return floor.Event{
		Source: source, Kind: floor.SourceGap, At: from.UTC(), Until: to.UTC(), Text: Clean(reason, 200),
		Key: floor.KeyID("gap/" + from.UTC().Format(time.RFC3339Nano) + "/" + to.UTC().Format(time.RFC3339Nano)),
	}
}
