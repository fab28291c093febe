package store

import (
	"context"
	"runtime"
	"sync"

	"farol/floor"

	"go.etcd.io/bbolt"
)

// piece is a block on its way through the decoders.
type piece struct {
	raw
	events []floor.Event
	err    error
	done   chan struct{}
}

// parallel reads, decodes and delivers up to last in different goroutines: one
// reads the file, some decode, the caller's own delivers in order.
func (s *scan) parallel(ctx context.Context, last uint64) error {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()

	decoders := min(2, runtime.GOMAXPROCS(0))
	order := make(chan *piece, 2*decoders)
	work := make(chan *piece, 2*decoders)
	free := make(chan []floor.Event, cap(order)+cap(work)+decoders+2)
	huge := last-s.after >= hugeEvents
	f := fetcher{db: s.db, next: s.after + 1, last: last, huge: huge}
	var failed error
	wg.Go(func() {
		defer close(work)
		defer close(order)
		failed = feed(ctx, &f, work, order)
	})
	for range decoders {
		wg.Go(func() { s.decodeAll(work, free) })
	}
	if huge {
		defer func() {
			_ = s.db.view(func(tx *bbolt.Tx) error {
				adviseRandom(s.db.bolt, tx)
				return nil
			})
		}()
	}
	for p := range order {
		<-p.done
		if err := s.deliver(p.raw, p.events, p.err); err != nil {
			return err
		}
		select {
		case free <- p.events:
		default:
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if failed != nil {
		return s.failed(failed)
	}
	return s.end(last)
}

// feed reads until the file has no more or ctx ends.
func feed(ctx context.Context, f *fetcher, work, order chan<- *piece) error {
	for {
		list, err := f.fetch()
		if err != nil || len(list) == 0 {
			return err
		}
		for _, r := range list {
			p := &piece{raw: r, done: make(chan struct{})}
			select {
			case order <- p:
			case <-ctx.Done():
				return nil
			}
			select {
			case work <- p:
			case <-ctx.Done():
				close(p.done) // in order already: nobody else will
				return nil
			}
		}
	}
}

func (s *scan) decodeAll(work <-chan *piece, free <-chan []floor.Event) {
	dec := &decoder{names: &s.db.names}
	for p := range work {
		var buf []floor.Event
		select {
		case buf = <-free:
		default:
		}
		p.err = guard(func() (err error) { // a bug must not end the process
			p.events, err = dec.decode(p.bucket, p.first, p.value, buf[:0])
			return err
		})
		close(p.done)
	}
}
