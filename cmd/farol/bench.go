package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"farol/ingest/sim"
)

// benchFlags say what to measure.
type benchFlags struct {
	lines   int64
	runs    int
	seed    uint64
	dir     string
	peers   bool
	seconds int
}

func newBenchCommand(g *globals) *cobra.Command {
	f := &benchFlags{}
	cmd := &cobra.Command{
		Use:   "bench [import|screen|ssh]",
		Short: "Measure this machine against peers and limits",
		Long: "bench generates a queue_log with its truth, and measures farol beside what it is compared with,\n" +
			"in the same run and in turn: wc -l, a pass of mawk that computes the same figures, goaccess,\n" +
			"htop, top, and the obvious way to draw the wall. Peers that are not installed are said to be\n" +
			"absent. Throughputs are minima of the runs, latencies medians.",
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: []string{"import", "screen", "ssh"},
		RunE:      func(cmd *cobra.Command, args []string) error { return f.run(cmd, g, args) },
	}
	fl := cmd.Flags()
	fl.Int64Var(&f.lines, "lines", 1_000_000, "lines of the generated log")
	fl.IntVar(&f.runs, "runs", 5, "runs of each measurement")
	fl.Uint64Var(&f.seed, "seed", 1, "seed of the generated log")
	fl.StringVar(&f.dir, "dir", "", "where to write the log and the stores (default: a temporary directory)")
	fl.BoolVar(&f.peers, "peers", true, "run the peers too")
	fl.IntVar(&f.seconds, "seconds", 10, "length of each live measurement")
	return cmd
}

func (f *benchFlags) run(cmd *cobra.Command, g *globals, args []string) (err error) {
	what := "all"
	if len(args) > 0 {
		what = args[0]
	}
	if what == "ssh" {
		return fault(exitFailed, errors.New("measure ssh: this version has no SSH door"), "use farol bench import or farol bench screen")
	}
	if what != "all" && what != "import" && what != "screen" {
		return fault(exitUsage, fmt.Errorf("bench %q", what), "use import, screen or nothing for all")
	}
	if f.lines < 10_000 || f.runs < 1 || f.seconds < 1 {
		return fault(exitUsage, fmt.Errorf("bench of %d lines, %d runs, %d seconds", f.lines, f.runs, f.seconds), "use at least 10000 lines, one run, one second")
	}
	b, err := newBench(f, cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	if err := b.measure(cmd.Context(), what); err != nil {
		return err
	}
	return b.results.write(cmd.OutOrStdout(), g.format)
}

// bench is one run of the command.
type bench struct {
	benchFlags
	work    string // directory
	scratch bool   // work is removed at the end
	log     string // path of the generated log
	store   string // path of a store that holds all of it
	truth   *sim.Truth
	results benchResults
	say     func(format string, args ...any)
}

func newBench(f *benchFlags, progress io.Writer) (*bench, error) {
	b := &bench{benchFlags: *f, work: f.dir}
	if b.work == "" {
		dir, err := os.MkdirTemp("", "farol-bench-")
		if err != nil {
			return nil, fault(exitCantCreate, fmt.Errorf("create a directory to measure in: %w", cause(err)), "give --dir")
		}
		b.work, b.scratch = dir, true
	} else if err := os.MkdirAll(b.work, 0o700); err != nil {
		return nil, fault(exitCantCreate, fmt.Errorf("create %s: %w", b.work, cause(err)), "give --dir another path")
	}
	b.log = filepath.Join(b.work, "queue_log")
	b.say = func(format string, args ...any) { fmt.Fprintf(progress, "farol bench: "+format+"\n", args...) }
	b.results.machine = machine()
	return b, nil
}

func (b *bench) close() error {
	if b.scratch {
		return os.RemoveAll(b.work)
	}
	return nil
}

// measure runs the measurements in the order in which each needs the ones
// before: the store that an import filled is what starts and screens open.
func (b *bench) measure(ctx context.Context, what string) error {
	steps := []struct {
		of  string
		run func(context.Context) error
	}{
		{"all", b.generate},
		{"import", b.measureImport},
		{"import", b.measureLive},
		{"all", b.measureStart},
		{"import", b.measureEngine},
		{"screen", b.measureFrames},
		{"screen", b.measureLocal},
	}
	for _, s := range steps {
		if s.of != "all" && what != "all" && s.of != what {
			continue
		}
		if err := s.run(ctx); err != nil {
			return fault(exitFailed, err, "")
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// generate writes the log.
func (b *bench) generate(context.Context) error {
	b.say("writing %d lines to %s", b.lines, b.log)
	f, err := os.Create(b.log)
	if err != nil {
		return fault(exitCantCreate, fmt.Errorf("create %s: %w", b.log, cause(err)), "give --dir another path")
	}
	began := time.Now()
	b.truth, err = sim.WriteQueueLog(f, sim.LogOptions{Lines: b.lines, Seed: b.seed})
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	took := time.Since(began)
	b.say("%.0f MB, %d calls, %.1f days, %.1f M lines/s", float64(b.truth.Bytes)/1e6, b.truth.Calls,
		b.truth.Last.Sub(b.truth.First).Hours()/24, float64(b.lines)/took.Seconds()/1e6)
	return nil
}
