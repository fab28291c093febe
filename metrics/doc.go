// Package metrics folds events into the state of the floor and says, at any
// instant, every number, its target, its status, its cause and where it is
// going.
//
// It follows an ordered log and publishes immutable [Snapshot] values. A
// snapshot is finished: a screen formats and draws it, and never adds, divides,
// compares with a target or ranks.
package metrics
