package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"farol/ingest/asterisk"
	"farol/store"
)

func newImportCommand(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Bring history into the store",
		Long: "import reads whole files into the store. The same file twice adds nothing; an import that was\n" +
			"cut goes on where it stopped.",
	}
	var source string
	queueLog := &cobra.Command{
		Use:   "queue-log FILE…",
		Short: "Asterisk's queue_log, plain, .gz or .bz2",
		Args:  cobra.MinimumNArgs(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return g.importQueueLog(cmd, source, args) },
	}
	queueLog.Flags().StringVar(&source, "source", "", "the source's name, as in the configuration, when there is more than one telephone system")
	cmd.AddCommand(queueLog)
	return cmd
}

func (g *globals) importQueueLog(cmd *cobra.Command, source string, args []string) (err error) {
	files, err := expand(args)
	if err != nil {
		return err
	}
	o, err := g.openForImport()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	key, err := secret(o.path)
	if err != nil {
		return err
	}
	if source == "" {
		source = o.conf.telephone()
	}
	bar := newBar(cmd.ErrOrStderr())
	began := time.Now()
	report, err := asterisk.Import(cmd.Context(), storeLog{o.db}, files, asterisk.ImportOptions{
		Options:  asterisk.Options{Source: source, Secret: key, Country: o.conf.country},
		Progress: func(p asterisk.Progress) { bar.draw(p.Done, p.Total, p.Events) },
		OnStore:  bar.waiting,
	})
	bar.end()
	printImport(cmd.OutOrStdout(), &report, time.Since(began))
	switch {
	case errors.Is(err, asterisk.ErrNotQueueLog):
		return fault(exitFailed, err, "nothing was written; give a queue_log")
	case errors.Is(err, store.ErrIO):
		return fault(exitIO, err, "check the disk and run the same command again")
	case err != nil:
		return fault(exitFailed, err, "run the same command again: it goes on where it stopped")
	}
	return nil
}

// openForImport opens the store, made when it does not exist.
func (g *globals) openForImport() (*operation, error) { return g.open(true) }

// telephone is the name of the site's telephone system: what is imported and
// what is followed live must be one source.
func (c *config) telephone() string {
	for _, s := range c.sources {
		if s.Kind == "asterisk" {
			return s.Name
		}
	}
	return asterisk.DefaultSource
}

// expand turns directories into the regular files that they hold.
func expand(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			return nil, fault(exitFailed, fmt.Errorf("import %s: %w", arg, cause(err)), "check the path")
		}
		if !info.IsDir() {
			files = append(files, arg)
			continue
		}
		entries, err := os.ReadDir(arg)
		if err != nil {
			return nil, fault(exitFailed, fmt.Errorf("import %s: %w", arg, cause(err)), "check who owns it")
		}
		for _, e := range entries {
			if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") {
				files = append(files, filepath.Join(arg, e.Name()))
			}
		}
	}
	return files, nil
}

// printImport says what an import did, with every line that was no event counted.
func printImport(w io.Writer, r *asterisk.Report, took time.Duration) {
	known := 0
	for _, f := range r.Files {
		known += f.Known
	}
	fmt.Fprintf(w, "%d lines read in %s: %d events, %d of them new\n", r.Lines, took.Round(time.Millisecond), r.Events, r.Added)
	if known > 0 {
		fmt.Fprintf(w, "%d lines were known already\n", known)
	}
	for _, f := range r.Files {
		for _, s := range f.Samples {
			fmt.Fprintf(w, "  no event: %s\n", s)
		}
		if f.Faults > len(f.Samples) {
			fmt.Fprintf(w, "  no event: %d more lines of %s\n", f.Faults-len(f.Samples), f.Name)
		}
		if f.Partial {
			fmt.Fprintf(w, "  %s ends inside a line, which was left for the next time\n", f.Name)
		}
	}
	for _, name := range sorted(r.Unknown) {
		fmt.Fprintf(w, "  unknown event %s: %d, kept\n", name, r.Unknown[name])
	}
}

func sorted(m map[string]int) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// bar is a progress bar on a terminal; on anything else it draws nothing.
type bar struct {
	w     io.Writer
	shown bool
	last  time.Time
}

func newBar(w io.Writer) *bar {
	if f, ok := w.(*os.File); !ok || !isTerminal(f) {
		w = nil
	}
	return &bar{w: w}
}

const barWidth = 36

func (b *bar) draw(done, total int64, events int) {
	if b.w == nil || total <= 0 || time.Since(b.last) < 100*time.Millisecond && done < total {
		return
	}
	b.last, b.shown = time.Now(), true
	n := int(done * barWidth / total)
	fmt.Fprintf(b.w, "\r%s%s %3d%%  %d events ", strings.Repeat("█", n), strings.Repeat("░", barWidth-n), done*100/total, events)
}

// waiting says that the disk is full, or no longer.
func (b *bar) waiting(err error) {
	b.end()
	if err != nil {
		fmt.Fprintf(os.Stderr, "farol: %v; waiting for room: nothing is lost, free some space\n", err)
	}
}

func (b *bar) end() {
	if b.shown {
		fmt.Fprintln(b.w)
	}
	b.shown = false
}
