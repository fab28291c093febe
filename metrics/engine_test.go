package metrics

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"farol/floor"
)

// inBubble runs fn with an engine that follows a log by the bubble's clock.
func inBubble(t *testing.T, log *memoryLog, fn func(ctx context.Context, e *Engine)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		log.more = nil // one of this bubble
		ctx, cancel := context.WithCancel(t.Context())
		e := NewEngine(Config{}, log, time.Now, EngineOptions{})
		ended := make(chan error, 1)
		go func() { ended <- e.Run(ctx) }()
		synctest.Wait()
		fn(ctx, e)
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("Run: %v", err)
		}
	})
}

// queuedNow is a contact that queues now, by the bubble's clock.
func queuedNow(contact string) floor.Event {
	return floor.Event{Source: "t", Kind: floor.Queued, At: time.Now(), Queue: "suporte", Contact: contact}
}

func TestRunTicksAndFollows(t *testing.T) {
	log := newMemoryLog()
	inBubble(t, log, func(ctx context.Context, e *Engine) {
		first := e.Latest().Get()
		if first == nil || first.Loading != nil {
			t.Fatalf("after the history: %+v", first)
		}
		log.add(queuedNow("1"))
		next, err := e.Latest().Next(ctx, first.Version)
		if err != nil {
			t.Fatal(err)
		}
		if next.Total.Live.Waiting != 1 || next.Total.Live.Longest != 0 {
			t.Errorf("at once: %+v", next.Total.Live)
		}
		seen := next.Version
		for i := range 3 { // with no event, waits grow by the second
			s, err := e.Latest().Next(ctx, seen)
			if err != nil {
				t.Fatal(err)
			}
			seen = s.Version
			if got := s.Total.Live.Longest; got != time.Duration(i+1)*time.Second {
				t.Errorf("tick %d: longest wait %s", i+1, got)
			}
			if got := s.At.Nanosecond(); got != 0 {
				t.Errorf("tick %d at %s: not a whole second", i+1, s.At)
			}
		}
	})
}

func TestPublishesAtMostFourASecond(t *testing.T) {
	log := newMemoryLog()
	inBubble(t, log, func(ctx context.Context, e *Engine) {
		from := e.Latest().Get().Version
		for i := range 1000 {
			log.add(queuedNow(string(rune('a' + i))))
			time.Sleep(10 * time.Millisecond)
		}
		if n := e.Latest().Get().Version - from; n < 20 || n > 52 {
			t.Errorf("%d snapshots in ten seconds of events", n)
		}
	})
}

func TestLiveEqualsReplay(t *testing.T) {
	log := newMemoryLog()
	inBubble(t, log, func(ctx context.Context, e *Engine) {
		for i := range 40 {
			c := string(rune('A' + i))
			log.add(queuedNow(c))
			time.Sleep(7 * time.Second)
			e := queuedNow(c)
			if i%3 == 0 {
				e.Kind = floor.Abandoned
			} else {
				e.Kind, e.Agent = floor.Answered, "Ana"
			}
			log.add(e)
			time.Sleep(20 * time.Second)
			if i%3 != 0 {
				e.At, e.Kind = time.Now(), floor.Completed
				log.add(e)
			}
		}
		time.Sleep(time.Second)
		synctest.Wait()
		live := e.Latest().Get()
		past, err := AsOf(ctx, Config{}, log, live.At)
		if err != nil {
			t.Fatal(err)
		}
		past.Paused = false
		if a, b := dump(live), dump(past); a != b {
			t.Errorf("live against replay: %s", firstDifference(a, b))
		}
	})
}

func TestRestartReadsOnlyTheRest(t *testing.T) {
	log := newMemoryLog()
	inBubble(t, log, func(ctx context.Context, e *Engine) {
		log.add(queuedNow("1"), queuedNow("2"))
		time.Sleep(3 * time.Second)
	})
	if len(log.saved) == 0 || log.savedN != 2 {
		t.Fatalf("checkpoint of %d bytes at %d", len(log.saved), log.savedN)
	}
	log.scans = nil
	// The bubble's clock starts at the same instant each time.
	inBubble(t, log, func(ctx context.Context, e *Engine) {
		if log.scans[0] != 2 {
			t.Errorf("read after %v, want 2", log.scans)
		}
		if got := e.Latest().Get().Total.Live.Waiting; got != 2 {
			t.Errorf("%d waiting after the restart", got)
		}
	})
	log.saved[len(log.saved)/2] ^= 1
	log.scans = nil
	inBubble(t, log, func(ctx context.Context, e *Engine) {
		if log.scans[0] != 0 {
			t.Errorf("a damaged checkpoint was used: read after %v", log.scans)
		}
	})
}

func TestOtherConfigurationReadsAll(t *testing.T) {
	cfg := Config{Site: floor.Site{Name: "a"}}
	f := newFold(&cfg, noJudge{}, noon, noon)
	data := f.encode()
	if _, err := decodeFold(&cfg, noJudge{}, data, noon); err != nil {
		t.Errorf("same configuration: %v", err)
	}
	other := Config{Site: floor.Site{Name: "a", Queues: []floor.QueueConfig{{ID: "q", Threshold: time.Minute}}}}
	if _, err := decodeFold(&other, noJudge{}, data, noon); !errors.Is(err, errOtherConfig) {
		t.Errorf("another configuration: %v", err)
	}
	data[0]++
	if _, err := decodeFold(&cfg, noJudge{}, data, noon); !errors.Is(err, errOtherVersion) {
		t.Errorf("another version: %v", err)
	}
}

func TestClockSetBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		log := newMemoryLog()
		var back atomic.Int64
		e := NewEngine(Config{}, log, func() time.Time { return time.Now().Add(-time.Duration(back.Load())) }, EngineOptions{CheckpointEvery: -1})
		log.add(queuedNow("1"))
		time.Sleep(time.Hour)
		go e.Run(ctx)
		synctest.Wait()
		if got := e.Latest().Get().Total.Live.Longest; got != time.Hour {
			t.Fatalf("waiting for %s", got)
		}
		back.Store(int64(30 * time.Minute))
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if s := e.Latest().Get(); s.Total.Live.Longest != 30*time.Minute+2*time.Second || s.Total.Live.Waiting != 1 {
			t.Errorf("half an hour back: %+v at %s", s.Total.Live, s.At)
		}
	})
}

func TestHistoryIsToldWhileRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemoryLog()
		for range 10 {
			log.add(queuedNow("x"))
		}
		log.slice, log.pause = 2, 150*time.Millisecond
		e := NewEngine(Config{}, log, time.Now, EngineOptions{})
		ctx, cancel := context.WithCancel(t.Context())
		go e.Run(ctx)
		var done []uint64
		for seen := uint64(0); ; {
			s, err := e.Latest().Next(ctx, seen)
			if err != nil {
				t.Fatal(err)
			}
			seen = s.Version
			if s.Loading == nil {
				break
			}
			if s.Loading.Total != 10 {
				t.Errorf("of %d", s.Loading.Total)
			}
			done = append(done, s.Loading.Done)
		}
		if len(done) < 3 || done[0] == 0 || done[len(done)-1] > 10 {
			t.Errorf("progress %v", done)
		}
		cancel()
		synctest.Wait()
	})
}

func TestNextSkipsAndEnds(t *testing.T) {
	l := NewLatest(nil)
	l.Set(&Snapshot{Version: 1})
	l.Set(&Snapshot{Version: 2})
	if s, err := l.Next(context.Background(), 0); err != nil || s.Version != 2 {
		t.Errorf("got %v, %v", s, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := l.Next(ctx, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("ended: %v", err)
	}
}

func TestFutureEventsWaitForTheirTime(t *testing.T) {
	cfg := &Config{}
	f := newFold(cfg, noJudge{}, noon, noon.Add(-24*time.Hour))
	f.ceiling = noon.Add(ahead).UnixMilli()
	e := ev(floor.Abandoned, 3*time.Hour, "suporte", "1", "")
	f.apply(&e)
	if s := f.look(f.now, false, nil).build(); s.Total.W[Today][Offered].Value != 0 || !s.At.Equal(noon.Add(ahead)) {
		t.Errorf("counted before its time: %+v at %s", s.Total.W[Today][Offered], s.At)
	}
	f.ceiling = noon.Add(4 * time.Hour).UnixMilli()
	f.advance(f.ceiling)
	if s := f.look(f.now, false, nil).build(); s.Total.W[Today][Offered].Value != 1 || s.Total.W[LastHour][Offered].Value != 0 {
		t.Errorf("after its time: %+v", s.Total.W[Today][Offered])
	}
}

func TestLagIsTold(t *testing.T) {
	log := newMemoryLog()
	inBubble(t, log, func(ctx context.Context, e *Engine) {
		late := queuedNow("1")
		late.At = late.At.Add(-7 * time.Second)
		log.add(late)
		time.Sleep(time.Second)
		synctest.Wait()
		s := e.Latest().Get()
		if len(s.Sources) != 1 || s.Sources[0].Lag != 7*time.Second || s.Sources[0].Events != 1 {
			t.Errorf("sources: %+v", s.Sources)
		}
	})
}

// A history that arrives after the start is folded from its own beginning.
func TestHistoryAfterTheStart(t *testing.T) {
	log := newMemoryLog()
	inBubble(t, log, func(ctx context.Context, e *Engine) {
		time.Sleep(2 * time.Second)
		old := queuedNow("1")
		old.At = old.At.AddDate(0, 0, -3)
		gone := old
		gone.Kind, gone.At = floor.Abandoned, old.At.Add(time.Minute)
		log.add(old, gone, queuedNow("2"))
		time.Sleep(time.Second)
		synctest.Wait()
		s, err := AsOf(ctx, Config{}, log, e.Latest().Get().At)
		if err != nil {
			t.Fatal(err)
		}
		live := e.Latest().Get()
		live.Sources[0].Lag, s.Paused = 0, false
		if a, b := dump(live), dump(s); a != b {
			t.Errorf("live against replay: %s", firstDifference(a, b))
		}
	})
}

func TestUnchangedFiguresAreShared(t *testing.T) {
	log := newMemoryLog()
	inBubble(t, log, func(ctx context.Context, e *Engine) {
		other := queuedNow("1")
		other.Queue = "vendas"
		log.add(queuedNow("2"), other)
		time.Sleep(2 * time.Minute)
		before := e.Latest().Get()
		more := queuedNow("3")
		more.Queue = "vendas"
		log.add(more)
		time.Sleep(2 * time.Second)
		after := e.Latest().Get()
		if before == after || before.Queues[0].W != after.Queues[0].W {
			t.Error("the figures of suporte were made anew")
		}
		if before.Queues[1].W == after.Queues[1].W {
			t.Error("the figures of vendas were not")
		}
	})
}
