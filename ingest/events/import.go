package events

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"farol/floor"
	"farol/ingest"
)

// ErrNotEvents is input in which no line is an event.
var ErrNotEvents = errors.New("no events")

const (
	sniffLines = 1000 // lines in which there must be an event
	batchLines = 2000 // events in a transaction, at most
	maxSamples = 20
	maxNames   = 50
)

// Options are what Import needs to know, and whom to tell on the way. The
// functions are called from one goroutine and should return soon.
type Options struct {
	Source   string // of lines that name none; empty is DefaultSource
	Secret   []byte // of the store, for customers' numbers
	Country  string // calling code of numbers without one
	Progress func(lines, events int)
	OnStore  func(error) // the log waits for room; nil: it goes on
}

// Report is what an import did.
type Report struct {
	Lines   int // blank ones not counted
	Events  int
	Added   int            // of the events, not known to the log before
	Faults  map[string]int // lines that were no events, by reason
	Samples []string       // "name:line: reason" of the first of them
	Unknown map[string]int // kinds farol does not know, by name
}

// Failed is how many lines were no events.
func (r *Report) Failed() (n int) {
	for _, k := range r.Faults {
		n += k
	}
	return n
}

// Import appends the events of r, plain or gzip, which name is the name of in
// reports. Nothing is written, and the error is [ErrNotEvents], when none of
// the first lines is an event. It commits as lines come, so that a pipe may stay
// open; telling the same lines again adds nothing. When ctx ends while r blocks
// in Read, Import returns and the read is left behind.
func Import(ctx context.Context, log ingest.Log, name string, r io.Reader, o Options) (Report, error) {
	im := &importer{
		log: log, o: o, name: name, dec: NewDecoder(o.Source, o.Secret, o.Country), highest: map[string]int64{},
		report: Report{Faults: map[string]int{}, Unknown: map[string]int{}},
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	lines := make(chan read, 256)
	go func() {
		defer close(lines)
		if err := ingest.Safely(func() error { return readLines(ctx, r, lines) }); err != nil {
			select {
			case lines <- read{err: err}:
			case <-ctx.Done():
			}
		}
	}()
	err := im.run(ctx, lines)
	return im.report, err
}

// read is a line, or why there are no more.
type read struct {
	line []byte
	n    int
	long bool
	err  error
}

func readLines(ctx context.Context, r io.Reader, out chan<- read) error {
	l, err := newLineReader(r)
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		line, long, err := l.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(line) == 0 && !long {
			continue
		}
		select {
		case out <- read{line: append([]byte(nil), line...), n: n, long: long}:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// importer is one run of Import.
type importer struct {
	log     ingest.Log
	o       Options
	name    string
	dec     *Decoder
	highest map[string]int64 // offset by source and key
	report  Report
	batch   []floor.Event
}

func (im *importer) run(ctx context.Context, lines <-chan read) error {
	for {
		var l read
		var ok bool
		select {
		case l, ok = <-lines:
		default: // nothing is waiting: what there is may as well be durable
			if err := im.commit(ctx); err != nil {
				return err
			}
			select {
			case l, ok = <-lines:
			case <-ctx.Done():
				return errors.Join(im.commit(ctx), ctx.Err())
			}
		}
		switch {
		case !ok:
			return im.end(ctx)
		case l.err != nil:
			return errors.Join(im.commit(ctx), fmt.Errorf("read %s after %d lines: %w", im.name, im.report.Lines, l.err))
		}
		im.take(l)
		if im.report.Events == 0 && im.report.Lines >= sniffLines {
			return im.refuse()
		}
		if len(im.batch) >= batchLines {
			if err := im.commit(ctx); err != nil {
				return err
			}
		}
	}
}

func (im *importer) end(ctx context.Context) error {
	if im.report.Events == 0 && im.report.Lines > 0 {
		return im.refuse()
	}
	return im.commit(ctx)
}

func (im *importer) refuse() error {
	return fmt.Errorf("import %s: %w: none of its first %d lines is one (%s)", im.name, ErrNotEvents, im.report.Lines, im.report.Samples[0])
}

// take decodes a line and counts what it is.
func (im *importer) take(l read) {
	im.report.Lines++
	if l.long {
		im.fault(l.n, "longer than 1 MiB")
		return
	}
	e, err := im.dec.Decode(l.line)
	if err != nil {
		im.fault(l.n, err.Error())
		return
	}
	if e.Key.Positional() {
		id := e.Source + "\x00" + e.Key.ID
		if last, met := im.highest[id]; met && e.Key.Offset < last {
			im.fault(l.n, "offset: lower than one told before for the same key")
			return
		}
		im.highest[id] = e.Key.Offset
	}
	if e.Kind == floor.Unknown {
		count(im.report.Unknown, e.Reason)
	}
	im.report.Events++
	im.batch = append(im.batch, e)
}

func (im *importer) fault(line int, reason string) {
	reason = ingest.Clean(reason, 200)
	count(im.report.Faults, reason)
	if len(im.report.Samples) < maxSamples {
		im.report.Samples = append(im.report.Samples, fmt.Sprintf("%s:%d: %s", im.name, line, reason))
	}
}

// count adds one to a name's count and keeps the number of names bounded.
func count(m map[string]int, name string) {
	if _, ok := m[name]; !ok && len(m) >= maxNames {
		name = "…"
	}
	m[name]++
}

// commit appends what is read, and waits while the log has no room: appending
// again what a failed commit may have written is harmless, for the keys are
// known.
func (im *importer) commit(ctx context.Context) error {
	if len(im.batch) == 0 {
		return nil
	}
	for attempt := 1; ; attempt++ {
		added, err := im.log.Append(im.batches())
		if err == nil {
			im.report.Added += added
			if attempt > 1 && im.o.OnStore != nil {
				im.o.OnStore(nil)
			}
			break
		}
		var t interface{ Temporary() bool }
		if !errors.As(err, &t) || !t.Temporary() {
			return fmt.Errorf("append %d events: %w", len(im.batch), err)
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
	im.batch = im.batch[:0]
	if im.o.Progress != nil {
		im.o.Progress(im.report.Lines, im.report.Events)
	}
	return nil
}

// batches are the events read, a batch for each run of one source, in order.
func (im *importer) batches() (out []floor.Batch) {
	for from := 0; from < len(im.batch); {
		to := from + 1
		for to < len(im.batch) && im.batch[to].Source == im.batch[from].Source {
			to++
		}
		out = append(out, floor.Batch{Source: im.batch[from].Source, Events: im.batch[from:to]})
		from = to
	}
	return out
}
