package ingest

import (
	"context"
	"encoding/binary"
	"slices"
	"sync"
	"testing"
	"time"

	"farol/floor"
)

// memLog is a log in memory with the store's rules.
type memLog struct {
	mu      sync.Mutex
	events  []floor.Event
	keys    map[string]bool
	cursors map[string][]byte
	appends []int                       // events of each
	fail    func(n int) error           // by number of the append, from 1
	before  func(batches []floor.Batch) // called unlocked
	tried   int
}

func newMemLog() *memLog {
	return &memLog{keys: map[string]bool{}, cursors: map[string][]byte{}}
}

func (l *memLog) Append(batches []floor.Batch) (added int, err error) {
	if l.before != nil {
		l.before(batches)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tried++
	if l.fail != nil {
		if err := l.fail(l.tried); err != nil {
			return 0, err
		}
	}
	n := 0
	for _, b := range batches {
		for _, e := range b.Events {
			n++
			if id := e.Source + "/" + e.Key.String(); !l.keys[id] {
				l.keys[id] = true
				l.events = append(l.events, e)
				added++
			}
		}
		if b.Cursor != nil {
			l.cursors[b.Source] = slices.Clone(b.Cursor)
		}
	}
	l.appends = append(l.appends, n)
	return added, nil
}

func (l *memLog) Cursor(source string) ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.cursors[source]), nil
}

// kinds are the kinds of the events of source, in order.
func (l *memLog) kinds(source string) (out []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.events {
		if e.Source == source {
			out = append(out, e.Kind.String())
		}
	}
	return out
}

type errFull struct{}

func (errFull) Error() string   { return "no space left" }
func (errFull) Temporary() bool { return true }

// counter is a source of numbered events; its cursor is the next number. stop
// is called before each event and ends the run with its error.
type counter struct {
	name string
	upTo int
	size int // of a batch
	stop func(ctx context.Context, next int) error
	runs int
	rest bool // wait for the context at the end instead of being done
}

func (c *counter) Name() string { return c.name }

func (c *counter) Run(ctx context.Context, cursor []byte, out Sink) error {
	c.runs++
	next := 0
	if cursor != nil {
		next = int(binary.BigEndian.Uint64(cursor))
	}
	for next < c.upTo {
		var b floor.Batch
		for range max(c.size, 1) {
			if next == c.upTo {
				break
			}
			if c.stop != nil {
				if err := c.stop(ctx, next); err != nil {
					return err
				}
			}
			b.Events = append(b.Events, floor.Event{Key: floor.KeyAt("n", int64(next)), Kind: floor.Queued, At: time.Now()})
			next++
		}
		b.Cursor = binary.BigEndian.AppendUint64(nil, uint64(next))
		if err := out.Send(ctx, b); err != nil {
			return err
		}
	}
	if c.rest {
		<-ctx.Done()
		return ctx.Err()
	}
	return nil
}

// wantCount checks that the numbers 0 to n-1 of source are in the log in order.
func wantCount(t *testing.T, l *memLog, source string, n int) {
	t.Helper()
	next := int64(0)
	for _, e := range l.events {
		if e.Source != source || e.Kind != floor.Queued {
			continue
		}
		if e.Key.Offset != next {
			t.Fatalf("%s: event %d where %d belongs", source, e.Key.Offset, next)
		}
		next++
	}
	if next != int64(n) {
		t.Fatalf("%s: %d events, want %d", source, next, n)
	}
}
