package metrics

import (
	"context"
	"fmt"
	"time"

	"farol/floor"
)

// history is how far back a view of a past instant reads: what is usual needs
// the weeks before.
const history = 35 * 24 * time.Hour

// AsOf is the snapshot of a past instant: the same fold, stopped there. Events
// that happened later are not known; plans are, for they were made before.
func AsOf(ctx context.Context, cfg Config, log Log, at time.Time) (*Snapshot, error) {
	f, err := foldUntil(ctx, &cfg, log, at)
	if err != nil {
		return nil, err
	}
	s := f.judged(f.look(f.now, false, nil))
	s.Version, s.Paused = 1, true
	return s, nil
}

// foldUntil folds what had happened by at.
func foldUntil(ctx context.Context, cfg *Config, log Log, at time.Time) (*fold, error) {
	var f *fold
	begin := func(first time.Time) {
		f = newFold(cfg, newJudge(&cfg.Site, cfg.Metas, Policy{}), first, cfg.Site.DayStart(at))
		f.ceiling = at.UnixMilli()
	}
	from := at.Add(-history)
	err := log.ScanRange(ctx, from, at.Add(48*time.Hour), func(events []floor.Event) error {
		for i := range events {
			e := &events[i]
			if (e.At.After(at) || e.At.Before(from)) && e.Kind != floor.Scheduled {
				continue
			}
			if f == nil {
				first := e.At
				if first.After(at) || first.Before(from) {
					first = at
				}
				begin(first)
			}
			f.apply(e)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the log up to %s: %w", at.Format(time.RFC3339), err)
	}
	if f == nil {
		begin(at)
	}
	f.advance(at.UnixMilli())
	return f, nil
}
