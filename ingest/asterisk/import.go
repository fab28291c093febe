package asterisk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"farol/floor"
	"farol/ingest"
)

const (
	sniffLines   = 1000 // lines in which a queue_log must show an event of its own
	importCommit = 60_000
)

// ImportOptions are Options and whom to tell on the way. The functions are
// called from one goroutine and should return soon.
type ImportOptions struct {
	Options
	Progress func(Progress) // after each transaction
	OnStore  func(error)    // the log waits for room; nil: it goes on

	commit int // events in a transaction, at least; 0: importCommit
}

// Import appends the events of whole queue_logs, the oldest file first. Before
// anything is written it looks into every file and refuses the lot, with
// [ErrNotQueueLog], when one of them is no queue_log; empty files are none of
// anything and are passed over.
//
// A file already imported, under whatever name or compression, adds nothing. A
// run that was cut, at any point, is completed by the next. While the log says
// that it is full for a time, Import waits.
func Import(ctx context.Context, log ingest.Log, files []string, o ImportOptions) (Report, error) {
	o.Options, o.commit = o.Options.withDefaults(), cmp.Or(o.commit, importCommit)
	im := &importer{
		log: log, o: o, pool: newJobPool(),
		report: Report{Faults: map[string]int{}, Unknown: map[string]int{}},
	}
	im.bulk, _ = log.(ingest.Bulk)
	if err := im.loadCatalog(); err != nil {
		return im.report, err
	}
	found, err := im.sniffAll(files)
	if err != nil {
		return im.report, err
	}
	for _, f := range found {
		if err := im.file(ctx, f); err != nil {
			return im.report, fmt.Errorf("import %s: %w", f.path, err)
		}
	}
	return im.report, nil
}

// importer is one run of Import.
type importer struct {
	log     ingest.Log
	bulk    ingest.Bulk // nil: log offers none
	o       ImportOptions
	known   catalog
	report  Report
	done    int64 // bytes of the files finished
	total   int64
	pool    *sync.Pool // of jobs
	pending []*job
	events  int // in pending
}

// sniffed is a file that has been looked into.
type sniffed struct {
	path  string
	size  int64
	first int64 // time of its first event, Unix seconds
}

// loadCatalog reads what earlier imports and followers know, for both read the
// same streams.
func (im *importer) loadCatalog() error {
	for _, name := range []string{catalogName(im.o.Source), im.o.Source} {
		b, err := im.log.Cursor(name)
		if err != nil {
			return fmt.Errorf("read cursor of %s: %w", name, err)
		}
		streams, err := decodeCursor(b)
		if err != nil {
			return err
		}
		for _, s := range streams {
			im.known.put(s)
		}
	}
	return nil
}

func (im *importer) sniffAll(files []string) ([]sniffed, error) {
	var found []sniffed
	for _, path := range files {
		f, ok, err := im.sniff(path)
		if err != nil {
			return nil, err
		}
		im.total += f.size
		if ok {
			found = append(found, f)
		} else {
			im.report.Files = append(im.report.Files, FileReport{Name: path})
		}
	}
	slices.SortStableFunc(found, func(a, b sniffed) int {
		return cmp.Or(cmp.Compare(a.first, b.first), strings.Compare(a.path, b.path))
	})
	return found, nil
}

// sniff looks for events of a queue_log in the first lines; ok is false for a
// file without a complete line.
func (im *importer) sniff(path string) (f sniffed, ok bool, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return f, false, fmt.Errorf("import: %w", err)
	}
	if !info.Mode().IsRegular() {
		return f, false, fmt.Errorf("import %s: %w: not a regular file", path, ErrNotQueueLog)
	}
	f = sniffed{path: path, size: info.Size()}
	in, err := open(path)
	if err != nil {
		return f, false, fmt.Errorf("import: %w", err)
	}
	defer in.Close()
	p := newParser(im.o.Options)
	c := newChunker(in, chain{})
	buf := make([]byte, chunkSize)
	lines, reason := 0, ""
	for lines < sniffLines {
		b, err := c.next(buf)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return f, false, fmt.Errorf("import: read %s: %w", path, err)
		}
		for _, e := range p.parse(b.data, b.base, nil) {
			if e.Kind != floor.Unknown {
				f.first = e.At.Unix()
				return f, true, nil
			}
		}
		lines += p.lines
		if reason == "" && len(p.faults) > 0 {
			reason = fmt.Sprintf(" (line %d: %s)", p.faults[0].Line, p.faults[0].Reason)
		}
	}
	if lines == 0 && !c.partial() {
		return f, false, nil
	}
	return f, false, fmt.Errorf("import %s: %w: none of its first %d lines is an event%s", path, ErrNotQueueLog, max(lines, 1), reason)
}

// file imports what is not known of one file.
func (im *importer) file(ctx context.Context, f sniffed) error {
	s, _, _, ok, err := identify(f.path, &im.known, math.MaxInt64)
	if err != nil || !ok {
		return err
	}
	in, err := open(f.path)
	if err != nil {
		return err
	}
	defer in.Close()
	rep := FileReport{Name: f.path, Stream: s.ID, Known: s.Lines}
	err = im.skip(in, s.Off)
	if err == nil {
		err = im.run(ctx, in, &s, &rep)
		// A file that breaks off in the middle counts as far as it goes.
		if late := im.commit(ctx, &s, in, &rep); err == nil {
			err = late
		}
	}
	im.done += f.size
	im.tell(f.path, 0)
	im.report.Files = append(im.report.Files, rep)
	return err
}

// skip passes over what is known; a file that ends before is a shorter copy.
func (im *importer) skip(in *input, n int64) error {
	if !in.compressed {
		size, err := in.file.Seek(0, io.SeekEnd)
		if err != nil {
			return err
		}
		at, err := in.file.Seek(min(n, size), io.SeekStart)
		if err != nil {
			return err
		}
		in.raw.n.Store(at)
		return nil
	}
	_, err := io.CopyN(io.Discard, in, n)
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// commit appends what is pending, with the place in the stream that it reaches,
// in one transaction.
func (im *importer) commit(ctx context.Context, s *stream, in *input, rep *FileReport) error {
	if len(im.pending) == 0 {
		return nil
	}
	pending := im.pending
	im.pending, im.events = im.pending[:0], 0
	for _, j := range pending {
		s.advance(&j.block, j.lines, j.latest)
		im.report.add(rep, j)
	}
	im.known.put(*s)
	place := floor.Batch{Source: catalogName(im.o.Source), Cursor: encodeCursor(im.known.streams)}
	if err := im.append(ctx, pending, place); err != nil {
		return err
	}
	for _, j := range pending {
		j.free()
	}
	im.tell(rep.Name, in.raw.n.Load())
	return nil
}

// append commits and waits while the log has no room. Appending again what a
// failed commit may have written is harmless: the log knows the keys.
func (im *importer) append(ctx context.Context, pending []*job, place floor.Batch) error {
	for attempt := 1; ; attempt++ {
		added, err := im.appendOnce(pending, place)
		if err == nil {
			im.report.Added += added
			if attempt > 1 && im.o.OnStore != nil {
				im.o.OnStore(nil)
			}
			return nil
		}
		var t interface{ Temporary() bool }
		if !errors.As(err, &t) || !t.Temporary() {
			return fmt.Errorf("append: %w", err)
		}
		if im.o.OnStore != nil {
			im.o.OnStore(err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(ingest.Backoff(attempt, time.Second, 4*time.Second)):
		}
	}
}

func (im *importer) appendOnce(pending []*job, place floor.Batch) (int, error) {
	if im.bulk != nil {
		prepared := make([]any, 0, len(pending)+1)
		for _, j := range pending {
			prepared = append(prepared, j.prepared)
		}
		return im.bulk.AppendPrepared(append(prepared, im.bulk.Prepare(place)))
	}
	batches := make([]floor.Batch, 0, len(pending)+1)
	for _, j := range pending {
		batches = append(batches, floor.Batch{Source: im.o.Source, Events: j.events})
	}
	return im.log.Append(append(batches, place))
}

// tell reports progress; read is what was read of the file at hand.
func (im *importer) tell(name string, read int64) {
	if im.o.Progress != nil {
		im.o.Progress(Progress{
			File: name, Done: min(im.done+read, im.total), Total: im.total,
			Lines: im.report.Lines, Events: im.report.Events,
		})
	}
}
