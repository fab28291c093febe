package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"farol/ingest/asterisk"
	"farol/ingest/sim"
	"farol/metrics"
)

// importRun is one import into a new store, with the figures of every window.
type importRun struct {
	stored time.Duration // until all is durable
	total  time.Duration // until every KPI of every window is there too
	bytes  int64         // of the store
	events int
}

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
	var stored, total timings
	var last importRun
	for i := range b.runs {
		b.say("import, run %d of %d", i+1, b.runs)
		run, err := b.importOnce(ctx, i == b.runs-1)
		if err != nil {
			return err
		}
		stored, total, last = append(stored, run.stored), append(total, run.total), run
		for _, p := range readers {
			if err := p.run(ctx); err != nil {
				return err
			}
		}
	}
	b.compareImport(readers, stored, total)
	ratio := float64(last.bytes) / float64(b.truth.Bytes)
	b.results.atMost(2, "size of the store", fmt.Sprintf("%.1f MB, %.1f B an event", float64(last.bytes)/1e6, float64(last.bytes)/float64(last.events)),
		fmt.Sprintf("log %.1f MB", float64(b.truth.Bytes)/1e6), ratio, "x", .25)
	return nil
}

func (b *bench) compareImport(readers []*peer, stored, total timings) {
	best := total.least()
	measured := fmt.Sprintf("%s (durable after %s), %.1f M lines/s", brief(best), brief(stored.least()), float64(b.lines)/best.Seconds()/1e6)
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

// importOnce imports into a new store and folds it; check holds the figures
// against the truth. The store is left for the measurements that follow.
func (b *bench) importOnce(ctx context.Context, check bool) (run importRun, err error) {
	path := filepath.Join(b.work, "import.db")
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return run, err
	}
	began := time.Now()
	db, err := openStore(path, false)
	if err != nil {
		return run, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	report, err := asterisk.Import(ctx, storeLog{db}, []string{b.log}, asterisk.ImportOptions{
		Options: asterisk.Options{Secret: []byte("bench"), Country: "55"},
	})
	if err != nil {
		return run, err
	}
	run.stored, run.events = time.Since(began), report.Events
	o := &operation{db: db, metrics: b.config(), clock: b.clock(), paused: true}
	if err := catchUp(ctx, o); err != nil {
		return run, err
	}
	run.total = time.Since(began)
	stats, err := db.Stats()
	if err != nil {
		return run, err
	}
	run.bytes = stats.Bytes
	b.store = path
	if check {
		err = b.checkTruth(ctx, o)
	}
	return run, err
}

// config is the generated log's operation as the engine is told of it.
func (b *bench) config() metrics.Config { return metrics.Config{} }

// clock stands at the log's last second.
func (b *bench) clock() func() time.Time {
	last := b.truth.Last
	return func() time.Time { return last }
}

// catchUp runs an engine until it knows the whole store.
func catchUp(ctx context.Context, o *operation) error {
	l := o.start(ctx)
	want := o.db.Last()
	var seen uint64
	for {
		s, err := l.engine.Latest().Next(ctx, seen)
		if err != nil {
			return errors.Join(err, l.stop())
		}
		if seen = s.Version; s.Seq >= want && s.Loading == nil {
			return l.stop()
		}
	}
}

// shownFaults is how many wrong figures are printed.
const shownFaults = 10

// errTruth is a figure that is not what was written into the log.
var errTruth = errors.New("not the truth")

// checkTruth compares every figure of every queue and agent with the truth.
func (b *bench) checkTruth(ctx context.Context, o *operation) error {
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
		rows, err := metrics.Report(ctx, o.metrics, o.log(), query)
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
