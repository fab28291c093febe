package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"farol/floor"
	"farol/metrics"
)

// engineEvents bounds what is folded from memory: they take 350 bytes each.
const engineEvents = 1_000_000

// errAmple ends a scan that has read what is needed.
var errAmple = errors.New("enough")

// measureEngine is goal 5: events folded into all windows on one core, with the
// collector's work and the snapshot at the end.
func (b *bench) measureEngine(ctx context.Context) error {
	b.say("engine, %d runs", b.runs)
	db, err := openStore(b.store, true)
	if err != nil {
		return err
	}
	var events []floor.Event
	err = db.Scan(ctx, 0, func(some []floor.Event) error {
		events = append(events, some...)
		if len(events) >= engineEvents {
			return errAmple
		}
		return nil
	})
	if err := db.Close(); err != nil {
		return err
	}
	if err != nil && !errors.Is(err, errAmple) {
		return err
	}
	log := newMemLog(events)
	last := events[len(events)-1].At
	var times timings
	procs := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(procs)
	for range b.runs {
		began := processorTime()
		if err := fold(ctx, metrics.Config{}, log, last); err != nil {
			return err
		}
		times = append(times, processorTime()-began)
	}
	rate := float64(len(events)) / times.least().Seconds()
	b.results.atLeast(5, "fold, one core", fmt.Sprintf("%.0f ns of processor an event", 1e9/rate), "", rate/1e6, " M/s", 4)
	if log.saved != nil {
		b.results.atMost(5, "state of 12 queues and 240 agents, as saved", fmt.Sprintf("%.2f MB", float64(len(log.saved))/1e6), "", float64(len(log.saved))/1e6, " MB", 8)
	}
	return nil
}

// fold runs an engine over the log to its end.
func fold(ctx context.Context, cfg metrics.Config, log metrics.Log, at time.Time) error {
	ctx, cancel := context.WithCancel(ctx)
	engine := metrics.NewEngine(cfg, log, func() time.Time { return at }, metrics.EngineOptions{Paused: true})
	ended := make(chan error, 1)
	go func() { ended <- engine.Run(ctx) }()
	var seen uint64
	for {
		s, err := engine.Latest().Next(ctx, seen)
		if err == nil {
			if seen = s.Version; s.Seq < log.Last() || s.Loading != nil {
				continue
			}
		}
		cancel()
		if ran := <-ended; ran != nil && !errors.Is(ran, context.Canceled) {
			return ran
		}
		return err
	}
}
