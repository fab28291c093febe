package metrics

import (
	"context"
	"sync"
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

// Engine follows a log and publishes snapshots. Latest, Contacts, Explain and
// SetSources may be called by any goroutine, at any time.
type Engine struct {
	cfg    Config
	log    Log
	clock  func() time.Time
	opts   EngineOptions
	latest *Latest

	mu      sync.Mutex // of what follows
	fold    *fold
	judge   *judge
	sources func() []Source
	lags    map[string]time.Duration // how late each source's last event was learnt

	read      uint64 // the last sequence given to the fold
	version   uint64
	shown     shown
	saved     time.Time // of the last checkpoint, by the clock
	savedRead uint64
}

// shown is what the last snapshot was made of.
type shown struct {
	at  int64
	seq uint64
}

// NewEngine makes an engine; it does nothing until [Engine.Run]. A clock that is
// set back by more than a few minutes makes it read the history again.
func NewEngine(cfg Config, log Log, clock func() time.Time, o EngineOptions) *Engine {
	if o.CheckpointEvery == 0 {
		o.CheckpointEvery = 5 * time.Minute
	}
	if o.CheckpointEvents == 0 {
		o.CheckpointEvents = 500_000
	}
	return &Engine{cfg: cfg, log: log, clock: clock, opts: o, latest: NewLatest(nil), lags: map[string]time.Duration{}}
}

// Latest holds the newest snapshot.
func (e *Engine) Latest() *Latest { return e.latest }

// SetSources gives the engine the status of the sources, asked at each snapshot.
// Without it, sources are known by their events only.
func (e *Engine) SetSources(fn func() []Source) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.sources = fn
}
