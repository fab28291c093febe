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
	snap, err := l.settled()
	if err != nil {
		_ = l.stop() // what it would tell, settled has told
		return nil, nil, err
	}
	return l, snap, nil
}

// look settles the operation and shows what it is like to fn.
func (o *operation) look(ctx context.Context, fn func(*live, *metrics.Snapshot) error) error {
	l, snap, err := o.settle(ctx)
	if err != nil {
		return err
	}
	return errors.Join(fn(l, snap), l.stop())
}

// settled waits for the first snapshot of a history read to its end.
func (l *live) settled() (*metrics.Snapshot, error) {
	for seen := uint64(0); ; {
		snap, err := l.engine.Latest().Next(l.ctx, seen)
		if err != nil {
			if first := l.fault(); first != nil {
				err = first
			}
			return nil, fmt.Errorf("read the history: %w", err)
		}
		if snap.Loading == nil {
			return snap, nil
		}
		seen = snap.Version
	}
}

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
