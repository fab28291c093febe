package metrics

import (
	"context"
	"time"

	"farol/floor"
)

// Log is what the engine needs of the ordered log.
type Log interface {
	// Last is the sequence of the newest event; 0 with none.
	Last() uint64
	// Scan gives the events after a sequence, in order, in slices that fn must
	// not keep, to the end of the log as it was when the scan began or later.
	Scan(ctx context.Context, after uint64, fn func([]floor.Event) error) error
	// ScanRange gives at least the events with from <= At < to, in order of
	// sequence; it may give others.
	ScanRange(ctx context.Context, from, to time.Time, fn func([]floor.Event) error) error
	// Wait returns when Last is above after, or the context ends.
	Wait(ctx context.Context, after uint64) error
	// Checkpoint is the saved state of that name and the sequence it was true
	// for; no data when there is none.
	Checkpoint(name string) (seq uint64, data []byte, err error)
	SaveCheckpoint(name string, seq uint64, data []byte) error
}

// Config is what the figures depend on besides events.
type Config struct {
	Site  floor.Site
	Metas []MetaSpec
}

// EngineOptions are the engine's own settings. The zero value is usable.
type EngineOptions struct {
	// CheckpointEvery is the time between checkpoints; default 5 minutes,
	// negative never.
	CheckpointEvery time.Duration
	// CheckpointEvents saves after that many events as well; default 500,000.
	CheckpointEvents uint64
	// Paused marks every snapshot as of a standing clock (replay).
	Paused bool
}

// Engine follows a log and publishes snapshots.
type Engine struct {
	cfg    Config
	log    Log
	clock  func() time.Time
	opts   EngineOptions
	latest *Latest
}

// NewEngine makes an engine; it does nothing until [Engine.Run]. The clock must
// not go backwards by more than it is set back by hand.
func NewEngine(cfg Config, log Log, clock func() time.Time, o EngineOptions) *Engine {
	return &Engine{cfg: cfg, log: log, clock: clock, opts: o, latest: NewLatest(nil)}
}

// Latest holds the newest snapshot. It may be called at any time.
func (e *Engine) Latest() *Latest { return e.latest }
