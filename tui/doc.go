// Package tui turns a metrics snapshot and keys into screens.
//
// It never adds, divides, compares with a target or ranks: a snapshot arrives
// finished, and a screen formats and draws it. Every word people read comes
// from the locale files; every key from one table.
package tui
