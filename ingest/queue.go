package ingest

import (
	"context"
	"errors"
	"sync"

	"farol/floor"
)

// errStopped is what Send answers when the worker takes nothing more.
var errStopped = errors.New("the worker has stopped")

// parcel is a batch on its way to the writer, with who sent it.
type parcel struct {
	batch floor.Batch
	from  *runner
}

// queue is the bounded way from the sources to the writer. Its size is counted
// in events; one batch larger than the whole queue is let in when it is empty.
type queue struct {
	mu      sync.Mutex
	parcels []parcel
	events  int
	limit   int
	closed  bool
	dropped bool          // what was queued will never be durable
	changed chan struct{} // closed and replaced at every change
}

func newQueue(limit int) *queue {
	return &queue{limit: limit, changed: make(chan struct{})}
}

// wake tells everyone who waits to look again; mu is held.
func (q *queue) wake() {
	close(q.changed)
	q.changed = make(chan struct{})
}

// put adds p, waiting for room.
func (q *queue) put(ctx context.Context, p parcel) error {
	size := max(len(p.batch.Events), 1) // a bare cursor takes room too
	for {
		q.mu.Lock()
		if q.closed {
			q.mu.Unlock()
			return errStopped
		}
		if q.events == 0 || q.events+size <= q.limit {
			q.parcels = append(q.parcels, p)
			q.events += size
			p.from.sent++
			q.wake()
			q.mu.Unlock()
			return nil
		}
		changed := q.changed
		q.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// take removes what one transaction should hold: up to most events, or all
// that is queued when the queue is half full and the sources are ahead of the
// disk. It waits for the first parcel; ok is false when the queue is closed
// and empty.
func (q *queue) take(most int) (ps []parcel, ok bool) {
	for {
		q.mu.Lock()
		if len(q.parcels) > 0 {
			if q.events >= q.limit/2 {
				most = q.events
			}
			n, events := 0, 0
			for n < len(q.parcels) && (n == 0 || events+len(q.parcels[n].batch.Events) <= most) {
				events += len(q.parcels[n].batch.Events)
				q.events -= max(len(q.parcels[n].batch.Events), 1)
				n++
			}
			ps = append(ps, q.parcels[:n]...)
			q.parcels = append(q.parcels[:0:0], q.parcels[n:]...)
			q.wake()
			q.mu.Unlock()
			return ps, true
		}
		if q.closed {
			q.mu.Unlock()
			return nil, false
		}
		changed := q.changed
		q.mu.Unlock()
		<-changed
	}
}

// done marks parcels as durable for those who wait in flush.
func (q *queue) done(ps []parcel) {
	q.mu.Lock()
	for _, p := range ps {
		p.from.durable++
	}
	q.wake()
	q.mu.Unlock()
}

// flush waits until all that r sent is durable.
func (q *queue) flush(ctx context.Context, r *runner) error {
	q.mu.Lock()
	target := r.sent
	for r.durable < target {
		if q.dropped {
			q.mu.Unlock()
			return errStopped
		}
		changed := q.changed
		q.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
		q.mu.Lock()
	}
	q.mu.Unlock()
	return nil
}

// close lets nothing more in. With drop, what is queued is thrown away too: it
// was never durable, and the sources will send it again.
func (q *queue) close(drop bool) {
	q.mu.Lock()
	q.closed = true
	if drop {
		q.parcels, q.events, q.dropped = nil, 0, true
	}
	q.wake()
	q.mu.Unlock()
}
