// Package store is one bbolt file: the ordered log of events, the sources'
// cursors, the index that drops what was already told, opaque checkpoints and
// roll-ups. It keeps events and understands none: it encodes and decodes them,
// numbers them and hands them back in the order it learnt them.
//
// # What the caller may rely on
//
// A batch's events, its source's cursor, the numbers given and the dedupe index
// are one transaction: after a crash, a kill or a power cut either all of them
// are there or none is. [DB.Append] returns only after the file is synced.
//
// An event's identity is its source and its key. A positional key (a place in a
// file) is known by the highest place stored for its stream, any other key by a
// hash of it; telling an event again adds nothing, in the same call or years
// later. The hashes of an event's UTC day are forgotten with the day, eight days
// after [DB.Trim] dropped its events.
//
// Every value in the file carries a CRC32C over its bucket, its key and itself.
// What fails it is never served: it is counted, told to [Options.OnDamage], and
// the rest goes on.
//
// # Layout
//
//	meta         schema (the store's version), state (last number), gaps (numbers dropped by Trim)
//	log          first number, big endian → a block of events, just under 50 KB
//	tail         first number → a small block: one small commit; sealed into log at 4096 events
//	days         UTC day, first number → extent of the block; one entry a day that the block holds
//	sources      source → events added, its cursor
//	marks        hash of source and key id → next free place, source, key id
//	seen         UTC day → hash of source and key
//	checkpoints  name → number, data
//	rollups      key → data
//	quarantine   records that failed their checksum when a block had to be written anew
//
// A block (encode.go) is decodable alone: its own dictionary of strings, its own
// table of record shapes, then a record an event of mostly one-byte fields.
//
// # Concurrency
//
// Every method may be called by any goroutine. Writers take turns; readers never
// wait for them, and no transaction stays open while a caller's function runs.
package store
