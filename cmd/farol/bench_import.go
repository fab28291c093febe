package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"farol/ingest/sim"
	"farol/metrics"
)

// measureImport is goals 1 and 2: the log to a durable store with all figures,
// against what only counts its lines and against one pass of awk.
func (b *bench) measureImport(ctx context.Context) error {
	readers := b.readers()
	if !b.peers {
		readers = nil
	}
	if err := warm(b.log); err != nil {
		return err
	}
	var times timings
	for i := range b.runs {
		b.say("import, run %d of %d", i+1, b.runs)
		took, err := b.importOnce(ctx)
		if err != nil {
			return err
		}
		times = append(times, took)
		for _, p := range readers {
			if err := p.run(ctx); err != nil {
				return err
			}
		}
	}
	b.compareImport(readers, times)
	return b.inspectStore(ctx)
}

func (b *bench) compareImport(readers []*peer, times timings) {
	best := times.least()
	measured := fmt.Sprintf("%s, %.1f M lines/s", brief(best), float64(b.lines)/best.Seconds()/1e6)
	limits := []func(p *peer, took time.Duration){
		func(p *peer, took time.Duration) {
			b.results.atMost(1, "import with all figures", measured, p.name+" "+brief(took), over(best, took), "x", 15)
		},
		func(p *peer, took time.Duration) {
			b.results.atMost(1, "import with all figures", measured, p.name+" "+brief(took), over(best, took), "x", .45)
		},
		func(p *peer, took time.Duration) {
			b.results.atLeast(1, "goaccess is slower by", p.name+" "+brief(took), "import "+brief(best), over(took, best), "x", 30)
		},
	}
	for i, p := range readers {
		if p.lack != "" {
			b.results.absent(1, "import against "+p.name, p.lack)
			continue
		}
		limits[i](p, p.times.least())
	}
	if len(readers) == 0 {
		b.results.plain("import with all figures", measured)
	}
}

// importOnce runs farol import on a new store, as a person would: when it ends
// all events are durable, every figure of every window has been computed, and
// the state is saved for the next start.
func (b *bench) importOnce(ctx context.Context) (time.Duration, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, fmt.Errorf("find this program: %w", err)
	}
	b.store = filepath.Join(b.work, "import.db")
	if err := os.Remove(b.store); err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, self, "--db", b.store, "import", "queue-log", b.log)
	cmd.Env = append(os.Environ(), b.noConfig())
	began := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("run farol import: %w: %.300s", err, out)
	}
	return time.Since(began), nil
}

// noConfig keeps a child from reading the user's configuration.
func (b *bench) noConfig() string { return "XDG_CONFIG_HOME=" + b.work }

// inspectStore is goal 2, and holds the figures of the store against the truth.
func (b *bench) inspectStore(ctx context.Context) (err error) {
	db, err := openStore(b.store, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	stats, err := db.Stats()
	if err != nil {
		return err
	}
	size, events := float64(stats.Bytes), float64(stats.Events)
	b.results.atMost(2, "size of the store", fmt.Sprintf("%.1f MB, %.1f B an event", size/1e6, size/events),
		fmt.Sprintf("log %.1f MB", float64(b.truth.Bytes)/1e6), size/float64(b.truth.Bytes), "x", .25)
	return b.checkTruth(ctx, db)
}

// errTruth is a figure that is not what was written into the log.
var errTruth = errors.New("not the truth")

// shownFaults is how many wrong figures are printed.
const shownFaults = 10

// checkTruth compares every figure of every queue and agent with the truth.
func (b *bench) checkTruth(ctx context.Context, log metrics.Log) error {
	query := metrics.Query{From: b.truth.First, To: b.truth.Last.Add(time.Second)}
	wrong, compared := 0, 0
	compare := func(what string, got float64, want int64) {
		compared++
		if got != float64(want) {
			if wrong++; wrong > shownFaults {
				return
			}
			b.say("%s is %g, the truth is %d", what, got, want)
		}
	}
	for _, by := range []metrics.By{metrics.ByQueue, metrics.ByAgent} {
		query.By = by
		rows, err := metrics.Report(ctx, metrics.Config{}, log, query)
		if err != nil {
			return err
		}
		found := map[string]*metrics.Figures{}
		for _, r := range rows {
			found[r.Key] = r.F
		}
		if by == metrics.ByQueue {
			for i := range b.truth.Queues {
				compareQueue(compare, found[b.truth.Queues[i].Queue], &b.truth.Queues[i])
			}
			continue
		}
		for _, a := range b.truth.Agents {
			if f := found[a.Agent]; f != nil {
				compare(a.Agent+" answered", f[metrics.Answered].Value, a.Answered)
				compare(a.Agent+" talk", f[metrics.TalkAvg].Num, a.TalkSum)
			} else if a.Answered > 0 {
				compare(a.Agent, -1, a.Answered)
			}
		}
	}
	if wrong > 0 {
		return fmt.Errorf("compare %d figures with the log: %d are %w", compared, wrong, errTruth)
	}
	b.results.plain("figures equal to the log's truth", fmt.Sprintf("%d of %d", compared, compared))
	return nil
}

func compareQueue(compare func(string, float64, int64), f *metrics.Figures, q *sim.QueueTruth) {
	if f == nil {
		compare(q.Queue, -1, q.Entered)
		return
	}
	for _, c := range []struct {
		what string
		got  float64
		want int64
	}{
		{"offered", f[metrics.Offered].Value, q.Entered},
		{"answered", f[metrics.Answered].Value, q.Connected},
		{"abandoned", f[metrics.Abandoned].Value, q.Abandoned},
		{"short abandoned", f[metrics.ShortAbandoned].Value, q.ShortAbandoned},
		{"left by timeout", f[metrics.LeftTimeout].Value, q.Timeouts},
		{"left otherwise", f[metrics.LeftOther].Value, q.Keys},
		{"wait", f[metrics.WaitAvg].Num, q.HoldSum},
		{"talk", f[metrics.TalkAvg].Num, q.TalkSum},
		{"answered in 20 s", f[metrics.SLStrict].Num, q.ConnectedWithin[1]},
		{"transferred", f[metrics.Transfers].Value, q.Transferred},
		{"rings not answered", f[metrics.NotAnsweredRings].Value, q.NotAnswered},
		{"wait p50", f[metrics.WaitP50].Value, int64(q.P50)},
		{"wait p90", f[metrics.WaitP90].Value, int64(q.P90)},
		{"wait p95", f[metrics.WaitP95].Value, int64(q.P95)},
		{"wait p99", f[metrics.WaitP99].Value, int64(q.P99)},
	} {
		compare(q.Queue+" "+c.what, c.got, c.want)
	}
}

// warm reads a file so that it is in memory.
func warm(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, f)
	return errors.Join(err, f.Close())
}
