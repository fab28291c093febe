package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"farol/ingest"
	"farol/ingest/sim"
	"farol/metrics"
)

// The hours in which the simulated operation is worth watching.
const (
	demoOpens  = 8
	demoCloses = 21
	demoHour   = 14
	demoMinute = 30
)

// simulated opens the built-in operation on a store in a directory of its own.
// Outside the operation's hours it begins at half past two of the last working
// day: an empty floor shows nothing.
func simulated(d demoFlags, now func() time.Time) (*operation, error) {
	if err := checkSpeed(d.speed, 0.1); err != nil {
		return nil, err
	}
	begin := now().In(sim.Zone())
	if d.at != "" {
		at, err := instant(d.at, sim.Zone(), begin)
		if err != nil {
			return nil, err
		}
		begin = at
	} else if h := begin.Hour(); h < demoOpens || h >= demoCloses || begin.Weekday() == time.Sunday || begin.Weekday() == time.Saturday {
		begin = workingAfternoon(begin)
	}
	dir, err := os.MkdirTemp("", "farol-demo-")
	if err != nil {
		return nil, fault(exitCantCreate, fmt.Errorf("create the demonstration's store: %w", cause(err)), "set TMPDIR to a directory you may write")
	}
	o, err := simulation(dir, d.seed, running(begin, d.speed, now), d.speed)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return o, nil
}

// workingAfternoon is half past two of t's day, or of the Friday before a weekend's.
func workingAfternoon(t time.Time) time.Time {
	y, m, d := t.Date()
	back := 0
	switch t.Weekday() {
	case time.Saturday:
		back = 1
	case time.Sunday:
		back = 2
	}
	return time.Date(y, m, d-back, demoHour, demoMinute, 0, 0, t.Location())
}

// simulation is the built-in operation, on a store of its own in dir.
func simulation(dir string, seed uint64, clock func() time.Time, speed float64) (*operation, error) {
	metas, err := simMetas()
	if err != nil {
		return nil, err
	}
	path := dir + "/demo.db"
	db, err := openStore(path, false)
	if err != nil {
		return nil, err
	}
	site := sim.Site()
	return &operation{
		conf: &config{site: site, metas: metas, country: "55"}, path: path, db: db, clock: clock,
		metrics: metrics.Config{Site: site, Metas: metas}, scratch: dir,
		sources: []ingest.Source{&sim.Source{Seed: seed, Clock: clock, Speed: speed}},
	}, nil
}
