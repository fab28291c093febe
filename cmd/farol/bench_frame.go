package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/ingest/sim"
	"farol/metrics"
	"farol/tui"
	"farol/tui/draw"
)

// The simulated afternoon that frames are drawn of: eight days of history, and
// what an engine publishes in half a minute.
const (
	frameHistory = 8
	frameLength  = 30 * time.Second
	frameLeast   = 20
)

// afternoon is successive snapshots of the simulated operation, as an engine
// publishes them in real time.
func afternoon(ctx context.Context, seed uint64) ([]*metrics.Snapshot, error) {
	metas, err := simMetas()
	if err != nil {
		return nil, err
	}
	now := time.Date(2026, 11, 23, 14, 32, 7, 0, sim.Zone())
	began := time.Now()
	clock := func() time.Time { return now.Add(time.Since(began)) }
	log := &playedLog{sim: sim.New(sim.Options{Seed: seed, Start: now.AddDate(0, 0, -frameHistory)}), clock: clock}
	log.play()
	cfg := metrics.Config{Site: sim.Site(), Metas: metas}
	engine := metrics.NewEngine(cfg, log, clock, metrics.EngineOptions{CheckpointEvery: -1})
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- engine.Run(ctx) }()
	var out []*metrics.Snapshot
	var first time.Time
	for seen := uint64(0); first.IsZero() || time.Since(first) < frameLength; {
		s, err := engine.Latest().Next(ctx, seen)
		if err != nil {
			return nil, err
		}
		if seen = s.Version; s.Loading != nil {
			continue
		}
		if first.IsZero() {
			first = time.Now()
		}
		out = append(out, s)
	}
	cancel()
	if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
		return nil, err
	}
	if len(out) < frameLeast {
		return nil, fmt.Errorf("follow the simulated operation: %d snapshots in %s", len(out), frameLength)
	}
	return out, nil
}

// frameRun is a minute of one screen.
type frameRun struct {
	ticks        timings
	allocs       uint64 // a tick
	bytes, ideal int
	idle         int // bytes sent when nothing had changed
}

// measureFrames is goals 6 and 7: a tick of the wall against the obvious way,
// and the bytes of every screen against the cells that changed.
func (b *bench) measureFrames(ctx context.Context) error {
	b.say("frames, %s of a simulated afternoon", frameLength)
	snaps, err := afternoon(ctx, b.seed)
	if err != nil {
		return err
	}
	var naive, own timings
	var wall frameRun
	for range b.runs {
		slow, err := naiveTicks(snaps)
		if err != nil {
			return err
		}
		if wall, err = screenTicks(ctx, snaps, "wall"); err != nil {
			return err
		}
		naive, own = append(naive, slow.median()), append(own, wall.ticks.median())
	}
	b.results.atLeast(6, "wall 200x60, a tick: faster by", brief(own.least()), "lipgloss + ntcharts "+brief(naive.least()), over(naive.least(), own.least()), "x", 100)
	b.results.atMost(6, "wall 200x60, a tick, p99", brief(wall.ticks.at(.99)), "", float64(wall.ticks.at(.99))/1e6, " ms", 2)
	b.results.atMost(6, "wall 200x60, allocations a tick", fmt.Sprint(wall.allocs), "", float64(wall.allocs), "", 100)
	for _, screen := range []string{"wall", "queues", "agents", "metas", "events"} {
		run, err := screenTicks(ctx, snaps, screen)
		if err != nil {
			return err
		}
		b.results.atMost(7, screen+" 200x60, bytes a tick", fmt.Sprintf("%d B", run.bytes/len(run.ticks)),
			fmt.Sprintf("changed cells %d B", run.ideal/len(run.ticks)), float64(run.bytes)/float64(max(run.ideal, 1)), "x", 1.2)
		b.results.atMost(7, screen+", bytes when nothing changed", fmt.Sprintf("%d B", run.idle), "", float64(run.idle), " B", 0)
	}
	return nil
}

// naiveTicks times the obvious way over some of the snapshots.
func naiveTicks(snaps []*metrics.Snapshot) (timings, error) {
	n := newNaiveWall()
	var t timings
	for i, s := range snaps[:min(12, len(snaps))] {
		began := time.Now()
		if _, err := n.show(s); err != nil {
			return nil, err
		}
		if i > 1 { // the first draws everything
			t = append(t, time.Since(began))
		}
	}
	return t, nil
}

// screenTicks shows the snapshots one after the other on a screen.
func screenTicks(ctx context.Context, snaps []*metrics.Snapshot, screen string) (run frameRun, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	latest := metrics.NewLatest(snaps[0])
	app, err := tui.New(ctx, tui.Options{
		Source: latest, Profile: tui.Lead, Screen: screen, Clock: func() time.Time { return latest.Get().At },
	})
	if err != nil {
		return run, err
	}
	defer app.Close()
	first, err := tui.Still(app, naiveWidth, naiveHeight, "")
	if err != nil {
		return run, err
	}
	palette := app.Palette(draw.Colour256)
	frames, buf := []*draw.Frame{first}, make([]byte, 0, 1<<20)
	pump := newPump(app)
	pump.run(app.Init())
	var before, after runtime.MemStats
	for _, s := range snaps[1:] {
		latest.Set(s)
		msg := <-pump.news
		runtime.ReadMemStats(&before)
		began := time.Now()
		_, cmd := app.Update(msg)
		frame := app.Frame()
		buf = draw.Paint(buf[:0], frames[len(frames)-1], frame, palette, draw.Options{})
		run.ticks = append(run.ticks, time.Since(began))
		runtime.ReadMemStats(&after)
		run.allocs += after.Mallocs - before.Mallocs
		run.bytes += len(buf)
		frames = append(frames, frame)
		pump.run(cmd)
	}
	pens := penLengths(frames, palette)
	for i, f := range frames[1:] {
		run.ideal += referenceBytes(frames[i], f, pens)
	}
	last := frames[len(frames)-1]
	run.idle = len(draw.Paint(nil, last, app.Frame(), palette, draw.Options{}))
	run.allocs /= uint64(len(run.ticks))
	return run, nil
}

// pump runs an app's commands and passes on the snapshots that they bring; the
// clock's own ticks are not the measurement's.
type pump struct {
	app  *tui.App
	news chan tea.Msg
}

func newPump(app *tui.App) *pump { return &pump{app, make(chan tea.Msg)} }

func (p *pump) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, c := range batch {
				p.run(c)
			}
			return
		}
		if fmt.Sprintf("%T", msg) == "tui.snapshotMsg" {
			p.news <- msg
		}
	}()
}
