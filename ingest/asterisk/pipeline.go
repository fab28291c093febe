package asterisk

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"farol/floor"
	"farol/ingest"
)

// ahead is how many blocks may be read while a transaction is committed.
const ahead = 32

// job is a block on its way through a parse worker to the committer. Jobs are
// used again: their buffers are the memory of an import.
type job struct {
	block    block
	buf      []byte
	events   []floor.Event
	lines    int
	faults   []Fault
	unknown  []string // names of events without a kind
	latest   int64
	prepared any // by the log, when it prepares
	err      error
	parsed   chan struct{} // has one element when the worker is done
	pool     *sync.Pool
}

func (j *job) free() { j.pool.Put(j) }

// run reads the rest of a file: one reader cuts blocks, workers parse them at
// the same time, and they are committed here in the order of the file.
func (im *importer) run(ctx context.Context, in *input, s *stream, rep *FileReport) error {
	workers := min(max(runtime.GOMAXPROCS(0), 1), 4)
	ctx, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	defer all.Wait()
	defer stop()

	work := make(chan *job, workers)
	order := make(chan *job, ahead)
	for range workers {
		p := newParser(im.o.Options)
		p.stream = s.ID
		all.Go(func() {
			for j := range work {
				j.err = ingest.Safely(func() error { im.parse(p, j); return nil })
				j.parsed <- struct{}{}
			}
		})
	}
	c := newChunker(in, s.chain())
	var readErr error
	all.Go(func() {
		defer close(order)
		defer close(work)
		readErr = ingest.Safely(func() error { return im.read(ctx, c, work, order) })
	})
	for j := range order {
		<-j.parsed
		if j.err != nil {
			return j.err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		im.pending = append(im.pending, j)
		im.events += len(j.events)
		if im.events >= im.o.commit || len(im.pending) >= 64 {
			if err := im.commit(ctx, s, in, rep); err != nil {
				return err
			}
		}
	}
	rep.Partial = c.partial()
	return readErr
}

// newJobPool makes the memory of one import.
func newJobPool() *sync.Pool {
	p := &sync.Pool{}
	p.New = func() any {
		return &job{buf: make([]byte, chunkSize), parsed: make(chan struct{}, 1), pool: p}
	}
	return p
}

// read cuts blocks until the file ends.
func (im *importer) read(ctx context.Context, c *chunker, work, order chan<- *job) error {
	for {
		j := im.pool.Get().(*job)
		b, err := c.next(j.buf)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		j.block = b
		select {
		case order <- j:
		case <-ctx.Done():
			return ctx.Err()
		}
		work <- j // never blocks for ever: the workers read until it is closed
	}
}

// parse fills in the job from its block.
func (im *importer) parse(p *parser, j *job) {
	p.latest = 0
	j.events = p.parse(j.block.data, j.block.base, j.events[:0])
	j.lines, j.latest = p.lines, p.latest
	j.faults, j.unknown = append(j.faults[:0], p.faults...), append(j.unknown[:0], p.unknown...)
	if im.bulk != nil {
		j.prepared = im.bulk.Prepare(floor.Batch{Source: im.o.Source, Events: j.events})
	}
}
