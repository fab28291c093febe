// Package asterisk reads Asterisk's queue_log: [Import] takes whole files
// (plain, gzip or bzip2) and [Follow] a live one, through rotation of any kind.
//
// # Identity
//
// A line has no id, so an event is known by its stream and its place: the key is
// the stream's fingerprint and the byte offset of the line in the uncompressed
// text. The fingerprint is a hash of the first complete line. A file that was
// renamed, copied or compressed is therefore the same stream; a copy that is a
// prefix adds nothing, a longer one adds the rest.
//
// Two different files may begin with the same line (two rotations in one
// second). So what is remembered of a stream holds, beside the offset, checksums
// of its first 64, 128, 256, … bytes and of all that was read. A file that has
// the fingerprint and differs at any of them is another stream, whose
// fingerprint is extended by its own checksum at that point.
//
// # What becomes of a line
//
// Every line with a time, five fields and an event gives an event; names that
// farol does not know give [floor.Unknown] with the name in Reason and the
// parameters in Text. PAUSEALL gives one [floor.Paused] with no queue and is
// followed, in the log, by one PAUSE a queue. ADDMEMBER with PAUSED gives two
// events, the second one byte further. Lines that are none are counted with
// file, line and reason, and skipped. Lines over 64 KiB are cut.
//
// Most events name the agent by the member's name, but ADDMEMBER, REMOVEMEMBER,
// PENALTY and RINGINUSE by the interface, unless the queue logs names there too:
// [Members] translates where somebody (the manager interface, the configuration)
// knows both.
package asterisk
