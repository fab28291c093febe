package asterisk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"farol/floor"
	"farol/ingest"

	"github.com/fsnotify/fsnotify"
)

const (
	// grace is how long a rotated file must stay quiet before it counts as
	// finished: until the logger reopens, lines go on into the renamed file.
	grace = 10 * time.Second
	// patience is how long the file may be away: it is for a moment at each
	// rotation.
	patience = 5 * time.Second
	// rounds is how often a poll looks again after it found something new.
	rounds = 64
	// stubborn is how long a file that cannot be read (a compression in the
	// making, a permission about to come back) is tried.
	stubborn = time.Minute
)

// Follow reads a live queue_log, line by line, through rotation by renaming or
// by copying and truncating, deletion, re-creation and restarts of its own. A
// line is read once its line feed is there. A file that was rotated is read to
// its end before the new one, also when that happened while farol did not run:
// it is found again in the directory by its first line, compressed or not.
//
// On the very first run it reads the file from its beginning and leaves files
// rotated earlier to [Import].
type Follow struct {
	Path string
	Options
	Poll time.Duration // 0: one second. A write is noticed sooner where the system tells
}

var (
	_ ingest.Source    = (*Follow)(nil)
	_ ingest.Described = (*Follow)(nil)
)

// Name is the source's name.
func (f *Follow) Name() string { return cmp.Or(f.Source, DefaultSource) }

// Kind is the kind of system.
func (f *Follow) Kind() string { return "queue_log" }

// Period is 0: a telephone system without calls writes nothing.
func (f *Follow) Period() time.Duration { return 0 }

// Run follows the file until ctx ends.
func (f *Follow) Run(ctx context.Context, cur []byte, out ingest.Sink) error {
	fl, err := newFollower(f.Path, f.Options, cur, out)
	if err != nil {
		return err
	}
	defer fl.close()
	wake, stop := f.watch()
	defer stop()
	poll := time.NewTicker(cmp.Or(f.Poll, time.Second))
	defer poll.Stop()
	for {
		if err := fl.step(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-poll.C:
		case <-wake:
		}
	}
}

// watch asks the system to tell of writes. It is a wake-up only: without it the
// poll finds everything, later.
func (f *Follow) watch() (wake <-chan struct{}, stop func()) {
	none := func() {}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, none
	}
	if err := w.Add(filepath.Dir(f.Path)); err != nil {
		w.Close()
		return nil, none
	}
	ch := make(chan struct{}, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = ingest.Safely(func() error {
			for {
				select {
				case e, ok := <-w.Events:
					if !ok {
						return nil
					}
					if strings.HasPrefix(filepath.Base(e.Name), filepath.Base(f.Path)) {
						select {
						case ch <- struct{}{}:
						default:
						}
					}
				case _, ok := <-w.Errors:
					if !ok {
						return nil
					}
				}
			}
		})
	}()
	return ch, func() { w.Close(); <-ended }
}

// follower is one run of Follow.
type follower struct {
	path   string
	source string
	out    ingest.Sink
	parser *parser
	buf    []byte
	now    func() time.Time

	tails  []*tail   // being read, oldest first
	here   *tail     // of them, the one that lies at path; nil while there is none
	known  catalog   // every stream ever read, those of tails included
	away   time.Time // since when nothing lies at path; zero: something does
	moving bool      // files were found at the last look: there may be more
}

func newFollower(path string, o Options, cur []byte, out ingest.Sink) (*follower, error) {
	o = o.withDefaults()
	f := &follower{
		path: path, source: o.Source, out: out, parser: newParser(o),
		buf: make([]byte, chunkSize), now: time.Now,
	}
	b, err := out.Cursor(catalogName(o.Source))
	if err != nil {
		return nil, fmt.Errorf("read cursor of %s: %w", catalogName(o.Source), err)
	}
	if f.known.streams, err = decodeCursor(b); err != nil {
		return nil, err
	}
	followed, err := decodeCursor(cur)
	if err != nil {
		return nil, err
	}
	for _, s := range followed {
		f.known.put(s)
		// An import may have got further since.
		f.tails = append(f.tails, &tail{stream: f.known.streams[len(f.known.streams)-1]})
	}
	return f, nil
}

func (f *follower) close() {
	for _, t := range f.tails {
		t.close()
	}
}

// step reads all there is to read now.
func (f *follower) step(ctx context.Context) error {
	for range rounds {
		for _, t := range f.tails {
			if err := f.read(ctx, t); err != nil {
				return err
			}
		}
		again, trouble := f.look(ctx)
		var stopped *sendError
		switch {
		case errors.As(trouble, &stopped):
			return trouble
		case trouble != nil:
			f.excuse(trouble)
			return nil
		case !again:
			f.away = time.Time{}
			f.out.Alive()
			return f.retire(ctx)
		}
	}
	return nil // the files change faster than they are looked at: the next poll goes on
}

// excuse tells of trouble, unless it is the moment between a rename and the new
// file.
func (f *follower) excuse(trouble error) {
	if errors.Is(trouble, fs.ErrNotExist) && len(f.tails) > 0 {
		if f.away.IsZero() {
			f.away = f.now()
		}
		if f.now().Sub(f.away) < patience {
			return
		}
	}
	f.out.Down(trouble)
}

// sendError is an error of the sink, to be told from those of files.
type sendError struct{ error }

func (e *sendError) Unwrap() error { return e.error }

// send hands over events with the places in all streams being followed.
func (f *follower) send(ctx context.Context, events []floor.Event) error {
	streams := make([]stream, 0, len(f.tails))
	for _, t := range f.tails {
		streams = append(streams, t.stream)
	}
	return f.put(ctx, floor.Batch{Source: f.source, Events: events, Cursor: encodeCursor(streams)})
}

func (f *follower) put(ctx context.Context, b floor.Batch) error {
	if err := f.out.Send(ctx, b); err != nil {
		return &sendError{err}
	}
	return nil
}

// retire ends the tails that nothing is added to any more.
func (f *follower) retire(ctx context.Context) error {
	if f.here == nil {
		return nil
	}
	var stay []*tail
	for _, t := range f.tails {
		if t == f.here || t.lost() || !t.ended && f.now().Sub(t.grown) < grace {
			stay = append(stay, t)
			continue
		}
		if t.partial {
			f.out.Malformed(1, fmt.Sprintf("%s:%d: the file ends inside a line", t.path, t.Lines+1))
		}
		f.known.put(t.stream)
		t.close()
	}
	if len(stay) == len(f.tails) {
		return nil
	}
	f.tails = stay
	// The catalogue first: between the two both know the stream.
	if err := f.put(ctx, floor.Batch{Source: catalogName(f.source), Cursor: encodeCursor(f.known.streams)}); err != nil {
		return err
	}
	return f.send(ctx, nil)
}
