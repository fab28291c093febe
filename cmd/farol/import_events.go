package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"farol/floor"
	"farol/ingest"
	"farol/ingest/events"
	"farol/store"
)

func newImportEventsCommand(g *globals) *cobra.Command {
	var source string
	cmd := &cobra.Command{
		Use:   "events FILE…|-",
		Short: "JSON lines of events, plain or .gz, from files or standard input",
		Long: "events imports JSON lines, one event a line, as docs/events.md describes them: the way in for any\n" +
			"system that farol does not know. - is standard input, which may stay open: each line is stored as\n" +
			"it comes.",
		Example: "farol import events dia.jsonl.gz\nmy-exporter | farol import events -",
		Args:    someFiles,
		RunE:    func(cmd *cobra.Command, args []string) error { return g.importEvents(cmd, source, args) },
	}
	cmd.Flags().StringVar(&source, "source", events.DefaultSource, "the source's name, for lines that name none")
	return cmd
}

func (g *globals) importEvents(cmd *cobra.Command, source string, args []string) error {
	files := args
	if len(args) != 1 || args[0] != "-" {
		var err error
		if files, err = expand(args, sniffEvents); err != nil {
			return err
		}
	}
	o, err := g.unopened()
	if err != nil {
		return err
	}
	return errors.Join(g.feedEvents(cmd, o, source, files), o.close())
}

func (g *globals) feedEvents(cmd *cobra.Command, o *operation, source string, files []string) error {
	say, err := g.words(o)
	if err != nil {
		return err
	}
	key, kept, err := wantSecret(o.path)
	if err == nil && !kept && o.db != nil {
		err = firstSecret(o.db, o.path, key)
	}
	if err != nil {
		return err
	}
	log := &lazyLog{log: storeLog{o.db}, open: func() (*store.DB, error) {
		var err error
		if o.db, err = openStore(o.path, false); err != nil || kept {
			return o.db, err
		}
		return o.db, firstSecret(o.db, o.path, key)
	}}
	bar := newBar(cmd.ErrOrStderr(), say)
	opts := events.Options{Source: source, Secret: key, Country: o.conf.country, OnStore: bar.waiting}
	done := &imported{Unknown: map[string]int{}, began: time.Now()}
	for _, name := range files {
		var report events.Report
		if report, err = importFile(cmd, log, name, opts); err != nil {
			done.add(name, &report)
			break
		}
		done.add(name, &report)
	}
	if o.db == nil { // nothing was an event: there is no store to say anything of
		if err == nil {
			err = g.printImport(cmd.OutOrStdout(), o, done)
		}
		return importFault(err)
	}
	return g.finishImport(cmd, o, done, source, err)
}

// add takes the report of one file.
func (r *imported) add(name string, e *events.Report) {
	r.Lines, r.Events, r.New = r.Lines+e.Lines, r.Events+e.Events, r.New+e.Added
	for kind, n := range e.Unknown {
		r.Unknown[kind] += n
	}
	r.Files = append(r.Files, importedFile{Name: name, Lines: e.Lines, Events: e.Events, Malformed: e.Failed(), Samples: e.Samples})
}

func importFile(cmd *cobra.Command, log ingest.Log, name string, opts events.Options) (events.Report, error) {
	if name == "-" {
		return events.Import(cmd.Context(), log, "standard input", cmd.InOrStdin(), opts)
	}
	f, err := os.Open(name)
	if err != nil {
		return events.Report{}, fmt.Errorf("import %s: %w", name, cause(err))
	}
	report, err := events.Import(cmd.Context(), log, name, f, opts)
	return report, errors.Join(err, f.Close())
}

// sniffEvents takes a file whose first lines hold an event, as the import itself
// would.
func sniffEvents(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = events.Import(context.Background(), probe{}, path, f, events.Options{})
	if errors.Is(err, errEnough) {
		return nil
	}
	if err == nil {
		return events.ErrNotEvents // an empty file
	}
	return err
}

// probe is a log that has seen enough with the first event.
type probe struct{}

// Append takes nothing.
func (probe) Append([]floor.Batch) (int, error) { return 0, errEnough }

// Cursor knows nothing.
func (probe) Cursor(string) ([]byte, error) { return nil, nil }

// lazyLog is a store that is opened, and made, with the first thing to write:
// an input that is refused leaves none behind.
type lazyLog struct {
	open func() (*store.DB, error)
	log  storeLog
}

var _ ingest.Log = (*lazyLog)(nil)

// Append opens the store and appends to it.
func (l *lazyLog) Append(batches []floor.Batch) (int, error) {
	if l.log.db == nil {
		db, err := l.open()
		if err != nil {
			return 0, err
		}
		l.log.db = db
	}
	return l.log.Append(batches)
}

// Cursor is nil: a store that was not written to knows no place.
func (l *lazyLog) Cursor(source string) ([]byte, error) {
	if l.log.db == nil {
		return nil, nil
	}
	return l.log.Cursor(source)
}
