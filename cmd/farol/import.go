package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"farol/ingest/asterisk"
	"farol/ingest/events"
	"farol/store"
)

func newImportCommand(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Bring history into the store",
		Long: "import reads whole files into the store. The same file twice adds nothing; an import that was\n" +
			"cut goes on where it stopped.",
		Args: noArgs,
		RunE: chooseOne,
	}
	cmd.AddCommand(newImportQueueLogCommand(g), newImportEventsCommand(g))
	return cmd
}

func newImportQueueLogCommand(g *globals) *cobra.Command {
	var source string
	cmd := &cobra.Command{
		Use:   "queue-log FILE…",
		Short: "Asterisk's queue_log, plain, .gz or .bz2",
		Long: "queue-log imports Asterisk's queue_log, with its rotated and packed files, in any order. Of a\n" +
			"directory it takes the files that are queue_logs.",
		Example: "farol import queue-log /var/log/asterisk/queue_log*",
		Args:    someFiles,
		RunE:    func(cmd *cobra.Command, args []string) error { return g.importQueueLog(cmd, source, args) },
	}
	cmd.Flags().StringVar(&source, "source", "", "the source's name, as in the configuration, when there is more than one telephone system")
	return cmd
}

func (g *globals) importQueueLog(cmd *cobra.Command, source string, args []string) error {
	files, err := expand(args, func(path string) error { return asterisk.Sniff(path) })
	if err != nil {
		return err
	}
	// Everything is looked into before the store is made: what is refused leaves
	// nothing behind.
	if err := asterisk.Sniff(files...); err != nil {
		return refused(err)
	}
	o, err := g.open(true)
	if err != nil {
		return err
	}
	return errors.Join(g.feedQueueLog(cmd, o, source, files), o.close())
}

func (g *globals) feedQueueLog(cmd *cobra.Command, o *operation, source string, files []string) error {
	say, err := g.words(o)
	if err != nil {
		return err
	}
	key, err := o.secret()
	if err != nil {
		return err
	}
	if source == "" {
		source = o.conf.telephone()
	}
	bar := newBar(cmd.ErrOrStderr(), say)
	began := time.Now()
	report, err := asterisk.Import(cmd.Context(), storeLog{o.db}, files, asterisk.ImportOptions{
		Options:  asterisk.Options{Source: source, Secret: key, Country: o.conf.country},
		Progress: func(p asterisk.Progress) { bar.draw(p.Done, p.Total, p.Events) },
		OnStore:  bar.waiting,
	})
	bar.end()
	done := &imported{
		Lines: report.Lines, Events: report.Events, New: report.Added, Unknown: report.Unknown, began: began,
	}
	for _, f := range report.Files {
		done.Files = append(done.Files, importedFile{f.Name, f.Lines, f.Known, f.Events, f.Faults, f.Samples, f.Partial})
	}
	return g.finishImport(cmd, o, done, source, err)
}

// finishImport says what an import did, remembers what it did not understand,
// and saves the state of the floor for a quick start.
func (g *globals) finishImport(cmd *cobra.Command, o *operation, done *imported, source string, failed error) error {
	if failed != nil && done.Lines == 0 {
		return importFault(failed)
	}
	if n := done.faults(); n.Count > 0 {
		if err := addFaults(o.db, source, n); failed == nil {
			failed = err
		}
	}
	if failed == nil && done.New > 0 {
		failed = o.remember(cmd.Context())
	}
	if err := g.printImport(cmd.OutOrStdout(), o, done); failed == nil {
		failed = err
	}
	return importFault(failed)
}

// remember folds what is stored and saves the state, so that the next start need
// not read the history.
func (o *operation) remember(ctx context.Context) error {
	if err := errors.Join(o.standAt(""), o.fallBackToMarketMetas()); err != nil {
		return err
	}
	l, _, err := o.settle(ctx)
	if err != nil {
		return err
	}
	return l.stop()
}

// importFault says what a person can do about an import that failed.
func importFault(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return fault(exitFailed, errors.New("import: interrupted"), "run the same command again: it goes on where it stopped")
	case errors.Is(err, store.ErrIO):
		return fault(exitIO, err, "check the disk and run the same command again: it goes on where it stopped")
	case errors.Is(err, asterisk.ErrNotQueueLog), errors.Is(err, events.ErrNotEvents):
		return refused(err)
	case codeOf(err) != exitFailed:
		return err // the store said what to do
	default:
		return fault(exitFailed, err, "run the same command again: it goes on where it stopped")
	}
}

// refused is a file that is not what was asked for.
func refused(err error) error {
	return fault(exitFailed, err, "nothing was written; see farol import --help for what can be read")
}

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

// expand turns directories into the files in them that sniff takes; a directory
// with none is refused.
func expand(args []string, sniff func(string) error) ([]string, error) {
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
		inside, err := within(arg, sniff)
		if err != nil {
			return nil, err
		}
		files = append(files, inside...)
	}
	return files, nil
}

func within(dir string, sniff func(string) error) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fault(exitFailed, fmt.Errorf("import %s: %w", dir, cause(err)), "check who owns it")
	}
	var files []string
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if e.Type().IsRegular() && !strings.HasPrefix(e.Name(), ".") && sniff(path) == nil {
			files = append(files, path)
		}
	}
	if len(files) == 0 {
		return nil, fault(exitFailed, fmt.Errorf("import %s: no file in it can be imported", dir), "give the file itself to learn why")
	}
	return files, nil
}

// bar is a progress bar on a terminal; on anything else it draws nothing.
type bar struct {
	w        io.Writer
	say      *words
	terminal bool
	shown    bool
	last     time.Time
}

func newBar(w io.Writer, say *words) *bar {
	f, ok := w.(*os.File)
	return &bar{w: w, say: say, terminal: ok && isTerminal(f)}
}

const barWidth = 36

func (b *bar) draw(done, total int64, events int) {
	if !b.terminal || total <= 0 || time.Since(b.last) < 100*time.Millisecond && done < total {
		return
	}
	b.last, b.shown = time.Now(), true
	n := int(done * barWidth / total)
	fmt.Fprintf(b.w, "\r%s%s %3d%%  %s ", strings.Repeat("█", n), strings.Repeat("░", barWidth-n), done*100/total, b.say.plural("import.events", events))
}

// waiting says that the disk is full, or no longer.
func (b *bar) waiting(err error) {
	b.end()
	if err != nil {
		complain(b.w, fmt.Errorf("%w; waiting for room: nothing is lost, free some space", err))
		return
	}
	complain(b.w, errors.New("the store has room again: going on"))
}

func (b *bar) end() {
	if b.shown {
		fmt.Fprintln(b.w)
	}
	b.shown = false
}
