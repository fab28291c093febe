package main

import (
	"context"
	"errors"
	"fmt"

	"farol/floor"
	"farol/ingest/sim"
	"farol/metrics"
)

// settle starts the engine alone and waits until it has read all there is at
// the operation's instant. The caller stops what comes back.
func (o *operation) settle(ctx context.Context) (*live, *metrics.Snapshot, error) {
	o.still = true
	l := o.start(ctx)
	snap, err := l.settled(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, l.stop())
	}
	return l, snap, nil
}

// settled waits for the first snapshot of a history read to its end.
func (l *live) settled(ctx context.Context) (*metrics.Snapshot, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		select {
		case err := <-l.ended:
			l.ended <- err // stop reads it too
			ended <- err
			cancel()
		case <-ctx.Done():
		}
	}()
	for seen := uint64(0); ; {
		snap, err := l.engine.Latest().Next(ctx, seen)
		if err != nil {
			select {
			case cause := <-ended:
				err = errors.Join(cause, errEnded)
			default:
			}
			return nil, fmt.Errorf("read the history: %w", err)
		}
		if snap.Loading == nil {
			return snap, nil
		}
		seen = snap.Version
	}
}

var errEnded = errors.New("the engine ended")

// tellBatch is how many events of the simulation go into one transaction.
const tellBatch = 20_000

// tell stores what the simulation has told by the operation's instant, in bulk:
// the worker goes on from there. Other operations are as they are.
func (o *operation) tell(ctx context.Context) error {
	if o.scratch == "" {
		return nil
	}
	source, ok := o.sources[0].(*sim.Source)
	if !ok {
		return nil
	}
	now := o.clock()
	s := sim.New(sim.Options{Seed: source.Seed, Start: now.AddDate(0, 0, -sim.HistoryDays)})
	for {
		events := s.Take(now, tellBatch)
		if len(events) == 0 || ctx.Err() != nil {
			return ctx.Err()
		}
		if _, err := o.db.Append([]floor.Batch{{Source: sim.Name, Events: events, Cursor: s.Cursor()}}); err != nil {
			return fmt.Errorf("store the simulated operation: %w", err)
		}
	}
}
