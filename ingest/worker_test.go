package ingest

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"farol/floor"
)

func TestWorkerRunsAllSourcesToTheirEnd(t *testing.T) {
	l := newMemLog()
	w := NewWorker(l, &counter{name: "a", upTo: 5000}, &counter{name: "b", upTo: 300, size: 7})
	if err := w.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantCount(t, l, "a", 5000)
	wantCount(t, l, "b", 300)
	if got := l.kinds("b")[0]; got != "source_up" {
		t.Errorf("first event %s", got)
	}
	for _, s := range w.Status() {
		if !s.Up || !s.Done || s.Err != "" || s.LastEvent.IsZero() {
			t.Errorf("status %+v", s)
		}
	}
	if got := w.Status()[0].Events; got != 5001 {
		t.Errorf("%d events counted", got)
	}
	if n := binary.BigEndian.Uint64(l.cursors["a"]); n != 5000 {
		t.Errorf("cursor %d", n)
	}
}

// With a log that stands still the queue fills, the source waits, and nothing
// is lost.
func TestWorkerHoldsBackASourceFasterThanTheLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newMemLog()
		gate := make(chan struct{})
		l.before = func([]floor.Batch) { <-gate }
		sent := 0
		src := &counter{name: "a", upTo: 3 * queueLimit, stop: func(_ context.Context, next int) error { sent = next; return nil }}
		w := NewWorker(l, src)
		done := make(chan error, 1)
		go func() { done <- w.Run(t.Context()) }()
		synctest.Wait()
		// One transaction holds its first parcel; the rest fills the queue.
		if sent < queueLimit-1 || sent > queueLimit+liveCommit {
			t.Errorf("%d events sent into a queue of %d", sent, queueLimit)
		}
		close(gate)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		wantCount(t, l, "a", 3*queueLimit)
		if most := slices.Max(l.appends); most > queueLimit {
			t.Errorf("a transaction of %d events", most)
		}
	})
}

func TestWorkerFlushMeansDurable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newMemLog()
		gate := make(chan struct{})
		l.before = func([]floor.Batch) { <-gate }
		flushed := make(chan int, 1)
		src := sourceFunc(func(ctx context.Context, _ []byte, out Sink) error {
			e := floor.Event{Key: floor.KeyID("x"), Kind: floor.Note}
			if err := out.Send(ctx, floor.Batch{Events: []floor.Event{e}}); err != nil {
				return err
			}
			if err := out.Flush(ctx); err != nil {
				return err
			}
			flushed <- len(l.events)
			return nil
		})
		w := NewWorker(l, src)
		done := make(chan error, 1)
		go func() { done <- w.Run(t.Context()) }()
		synctest.Wait()
		select {
		case <-flushed:
			t.Fatal("flushed before the commit")
		default:
		}
		close(gate)
		if n := <-flushed; n != 2 { // source_up and the note
			t.Errorf("%d events durable at the flush", n)
		}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	})
}

// sourceFunc is a source named "f".
type sourceFunc func(ctx context.Context, cursor []byte, out Sink) error

func (sourceFunc) Name() string { return "f" }
func (f sourceFunc) Run(ctx context.Context, cursor []byte, out Sink) error {
	return f(ctx, cursor, out)
}

func TestWorkerCommitsWhatIsQueuedWhenItStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newMemLog()
		l.before = func([]floor.Batch) { time.Sleep(time.Second) }
		ctx, cancel := context.WithCancel(t.Context())
		w := NewWorker(l, &counter{name: "a", upTo: 2000, rest: true})
		done := make(chan error, 1)
		go func() { done <- w.Run(ctx) }()
		synctest.Wait()
		cancel()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		wantCount(t, l, "a", 2000)
	})
}

func TestWorkerTellsOfASourceOutOfReach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newMemLog()
		src := sourceFunc(func(ctx context.Context, _ []byte, out Sink) error {
			for range 3 {
				out.Down(errors.New("no such file"))
				sleep(ctx, time.Second)
			}
			out.Alive()
			out.Malformed(2, "x:1: bad\x1b[31m line")
			sleep(ctx, time.Second)
			out.Down(errors.New("gone"))
			sleep(ctx, time.Hour)
			return ctx.Err()
		})
		w := NewWorker(l, src)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- w.Run(ctx) }()
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if got := strings.Join(l.kinds("f"), " "); got != "source_down source_up source_down" {
			t.Errorf("events %s", got)
		}
		s := w.Status()[0]
		if s.Up || s.Err != "gone" || s.Malformed != 2 || s.LastMalformed != "x:1: bad line" {
			t.Errorf("status %+v", s)
		}
		cancel()
		<-done
	})
}

func TestGapIsOneEvent(t *testing.T) {
	from := time.Unix(1795321620, 0)
	a, b := Gap("ami", from, from.Add(time.Minute), "cut"), Gap("ami", from, from.Add(time.Minute), "cut")
	if a.Key != b.Key || a.Kind != floor.SourceGap || !a.Until.Equal(from.Add(time.Minute)) || a.At.Location() != time.UTC {
		t.Errorf("%+v", a)
	}
}

func BenchmarkWorker(b *testing.B) {
	l := newMemLog()
	w := NewWorker(l, &counter{name: "a", upTo: b.N, size: 1})
	if err := w.Run(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
