package metrics

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"farol/floor"
)

const (
	// ahead is how far a source's clock may be before ours and still move the
	// instant that snapshots are true for.
	ahead = 5 * time.Minute
	// pace is the least time between two snapshots.
	pace = 250 * time.Millisecond
	// loadingPace is the time between two snapshots while history is read.
	loadingPace = 100 * time.Millisecond
	// checkpointName is where the engine's state is saved.
	checkpointName = "metrics"
)

// Run reads the history, publishing how far it is, then follows the log: a
// snapshot each second, and up to four a second while events arrive. It returns
// when the context ends, with its error, or when the log fails. It must be
// called once.
func (e *Engine) Run(ctx context.Context) error {
	if err := e.start(ctx); err != nil {
		return err
	}
	err := e.follow(ctx)
	e.mu.Lock()
	defer e.mu.Unlock()
	if saveErr := e.save(); saveErr != nil && !errors.Is(err, context.Canceled) {
		return errors.Join(err, saveErr)
	}
	return err
}

// start brings the state from the checkpoint, or from nothing, up to the log.
func (e *Engine) start(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.clock()
	e.restore(now)
	e.saved, e.savedRead = now, e.read
	if err := e.catchUp(ctx, true); err != nil {
		return err
	}
	e.publish(true)
	return nil
}

// begin makes a new state that begins at the instant of the first event.
func (e *Engine) begin(at, now time.Time) {
	e.judge = newJudge(&e.cfg.Site, e.cfg.Metas, Policy{})
	e.fold = newFold(&e.cfg, e.judge, at, e.cfg.Site.DayStart(now))
}

// catchUp reads what the log has beyond what the state knows.
func (e *Engine) catchUp(ctx context.Context, loading bool) error {
	total := e.log.Last()
	from, told := e.read, time.Now()
	err := e.log.Scan(ctx, e.read, func(events []floor.Event) error {
		e.take(events)
		if !loading {
			e.noteLags(events)
		}
		if loading && time.Since(told) >= loadingPace {
			told = time.Now()
			e.publishLoading(e.read-from, max(total, e.read)-from)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the log after %d: %w", e.read, err)
	}
	return nil
}

// take gives events to the fold.
func (e *Engine) take(events []floor.Event) {
	if len(events) == 0 {
		return
	}
	now := e.clock()
	if e.fold == nil || e.fold.events == 0 { // a state without events may begin earlier
		first := events[0].At
		if first.After(now) {
			first = now
		}
		e.begin(first, now)
	}
	e.fold.ceiling = now.Add(ahead).UnixMilli()
	for i := range events {
		e.fold.apply(&events[i])
	}
	e.read = events[len(events)-1].Seq
}

// noteLags notes how long after they happened events are learnt, by source;
// negative when a source's clock is before ours.
func (e *Engine) noteLags(events []floor.Event) {
	now := e.clock()
	for i := range events {
		if ev := &events[i]; ev.Kind != floor.Scheduled {
			e.lags[ev.Source] = now.Sub(ev.At)
		}
	}
}

// follow publishes until the context ends.
func (e *Engine) follow(ctx context.Context) error {
	wake := make(chan error, 1)
	wait := func(after uint64) { go func() { wake <- e.wait(ctx, after) }() }
	wait(e.read)
	tick := time.NewTimer(e.untilTick())
	defer tick.Stop()
	soon := time.NewTimer(time.Hour)
	defer soon.Stop()
	var last time.Time
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case err := <-wake:
			if err != nil {
				return waitError(ctx, err)
			}
			if err := e.more(ctx); err != nil {
				return waitError(ctx, err)
			}
			soon.Reset(max(0, pace-time.Since(last)))
			wait(e.read)
		case <-soon.C:
			e.show(false)
			last = time.Now()
		case <-tick.C:
			if err := e.tick(ctx); err != nil {
				return waitError(ctx, err)
			}
			last = time.Now()
			tick.Reset(e.untilTick())
		}
	}
}

// wait is the log's, with a panic in it made an error: it runs in a goroutine of
// its own, where nobody else could catch it.
func (e *Engine) wait(ctx context.Context, after uint64) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("wait for events after %d: panic: %v", after, p)
		}
	}()
	return e.log.Wait(ctx, after)
}

func waitError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("follow the log: %w", err)
}

// untilTick is the time to the next whole second of the clock.
func (e *Engine) untilTick() time.Duration {
	return time.Second - time.Duration(e.clock().Nanosecond())
}

func (e *Engine) more(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.catchUp(ctx, false)
}

func (e *Engine) show(always bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.publish(always)
}

// tick is what happens each second.
func (e *Engine) tick(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.clock()
	if e.fold != nil && e.fold.now > now.Add(ahead).UnixMilli() { // the clock was set back
		e.fold, e.read = nil, 0
		if err := e.catchUp(ctx, true); err != nil {
			return err
		}
	}
	e.publish(false)
	if e.opts.CheckpointEvery > 0 && (now.Sub(e.saved) >= e.opts.CheckpointEvery || e.read-e.savedRead >= e.opts.CheckpointEvents) {
		// A checkpoint that cannot be written costs a longer start, no more; a
		// full disk is told by whoever writes events.
		_ = e.save()
		e.saved, e.savedRead = now, e.read
	}
	return nil
}

// publish makes a snapshot of now and hands it over. One that would tell
// nothing new is not made, unless asked for.
func (e *Engine) publish(always bool) {
	now := e.clock()
	if e.fold == nil {
		e.begin(now, now)
	}
	f := e.fold
	t := max(now.UnixMilli(), f.now)
	f.ceiling = now.Add(ahead).UnixMilli()
	var sources []Source
	if e.sources != nil {
		sources = e.sources()
	}
	if s := (shown{t, e.read}); s == e.shown && !always && sources == nil {
		return
	} else {
		e.shown = s
	}
	fresh := freshest(sources, f.at(t), f.events > 0)
	f.level = func(int64) Level { return fresh.Level }
	f.advance(t)
	if sources == nil {
		sources = f.sourcesByEvents()
	}
	for i := range sources {
		if lag, ok := e.lags[sources[i].Name]; ok {
			sources[i].Lag = lag
		}
	}
	snap := f.judged(f.look(t, false, sources))
	e.version++
	snap.Version, snap.Paused = e.version, e.opts.Paused
	e.latest.Set(snap)
}

// judged is the finished snapshot of a view.
func (f *fold) judged(v *view) *Snapshot {
	if v.sources == nil {
		v.sources = f.sourcesByEvents()
	}
	s := v.snapshot()
	v.level = s.Fresh.Level
	f.judge.apply(s, v)
	return s
}

// publishLoading shows how much of the history has been read.
func (e *Engine) publishLoading(done, total uint64) {
	now := e.clock().In(e.cfg.Site.Location())
	e.version++
	e.latest.Set(&Snapshot{
		Version: e.version, Seq: e.read, At: now, Site: &e.cfg.Site, Day: e.cfg.Site.DayStart(now),
		Loading: &Progress{Done: done, Total: total}, Paused: e.opts.Paused,
		Total: &Scope{Ref: ScopeRef{Kind: SiteScope, Name: e.cfg.Site.Name}, W: new(Windows)},
		Fresh: Freshness{Level: NoData, AsOf: now},
	})
}

// sourcesByEvents is what the events themselves tell of their sources.
func (f *fold) sourcesByEvents() []Source {
	var out []Source
	for n, s := range f.sources {
		if s.events == 0 {
			continue
		}
		out = append(out, Source{
			Name: f.sourceNames.name(uint32(n)), Up: s.up, Since: f.at(s.since), LastEvent: f.at(s.last),
			LastSeen: f.at(s.last), Events: s.events, Unknown: s.other, Error: s.down,
		})
	}
	slices.SortFunc(out, func(a, b Source) int { return strings.Compare(a.Name, b.Name) })
	return out
}
