// Package events reads and writes events as JSON lines: one [floor.Event] a
// line, so that anything can feed farol and farol can feed anything.
//
//	{"at":"2026-11-22T14:05:00Z","kind":"queued","queue":"vendas","contact":"c-1","customer":"+5581999990001"}
//	{"at":1795356308,"kind":"answered","queue":"vendas","contact":"c-1","agent":"Ana Souza","wait":8}
//
// The fields, all optional but at and kind:
//
//	at        when it happened: RFC 3339 with a zone, or seconds since 1970 (a number, a fraction is kept)
//	kind      a name of floor.Kind ("queued", "answered", …); any other name is kept as kind unknown
//	source    who tells it; "events" when absent
//	key       what identifies it within its source; a hash of the line when absent
//	offset    with key: its place in an ordered stream of that name, 0 or more
//	queue     queue id; lower-cased
//	agent     name of the agent
//	contact   id of the contact at the source
//	channel   voice, whatsapp, chat, email, social, messaging or ticket; the queue's when absent
//	wait      seconds waited; talk, hold, ring and wrap likewise: numbers, 0 or more, a fraction is kept
//	position  place in the queue, 1 is next
//	reason    of a pause; the key pressed; the target of a transfer
//	by        who ended or acted: agent, customer, system, transfer or bot
//	customer  the customer's number, which is replaced by a keyed hash, or such a hash ("h:…:01")
//	subject   what it is about
//	text      free text
//	author    who recorded it
//	score     {"scale":"nps","mark":9}: nps 0 to 10, csat 1 to 5, resolved and converted 0 or 1
//	until     the end of what begins at at; like at
//	n         a count
//	seq       ignored: an export carries it, and the log gives its own
//
// A line with any other field, or a field out of its range, is no event: it is
// counted with its place and reason, and skipped. Telling a line again adds
// nothing. Two lines that are equal to the byte and carry no key are one event.
// Lines with an offset must come in rising order of it within their key.
package events
