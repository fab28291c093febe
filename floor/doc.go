// Package floor is what can happen on the floor of a call centre and to whom:
// the facts, with no opinion. It knows no file format, no database, no formula
// and no screen, and imports the standard library only.
//
// Everything farol shows is folded from a sequence of [Event] values. An event
// is never edited: a correction is a later event.
package floor
