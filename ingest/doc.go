// Package ingest is the sync worker: it turns a source's records into
// [floor.Event] values and appends them to the log, in order, once each,
// resuming where it stopped.
//
// One [Worker] runs many [Source] values. Each source hands over batches, with
// the cursor from which it would go on; one writer commits what is queued, a
// cursor together with its events. The queue is bounded: a source that is
// faster than the disk waits, and nothing is ever dropped.
//
// This package is also the door: [Clean] makes any foreign text safe to store
// and draw, and [Hasher] replaces a customer's number by a keyed hash. A source
// passes every foreign text through Clean exactly once, before it sends.
package ingest
