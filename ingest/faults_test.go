package ingest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestWorkerRestartsASourceThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newMemLog()
		began := time.Now()
		fails := 0
		src := &counter{name: "a", upTo: 100, size: 10, stop: func(_ context.Context, next int) error {
			if next == 50 && fails < 3 {
				fails++
				if fails == 2 {
					panic("a bug")
				}
				return errors.New("the line is cut")
			}
			return nil
		}}
		var told []string
		w := NewWorker(l, src)
		w.OnStatus = func(s Status) { told = append(told, fmt.Sprintf("%v %s %d", s.Up, s.Err, s.Attempt)) }
		if err := w.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantCount(t, l, "a", 100)
		if src.runs != 4 {
			t.Errorf("%d runs", src.runs)
		}
		if took := time.Since(began); took < 1500*time.Millisecond || took > 8*time.Second {
			t.Errorf("back-off took %v", took)
		}
		kinds := strings.Join(slices.DeleteFunc(l.kinds("a"), func(k string) bool { return k == "queued" }), " ")
		// The second and third run fail before their first sign of life: one
		// outage.
		if kinds != "source_up source_down source_up" {
			t.Errorf("events %s", kinds)
		}
		want := "true  0|false the line is cut 1|false panic: a bug 2|false the line is cut 3|true  0|true  0"
		if got := strings.Join(told, "|"); got != want {
			t.Errorf("told %s\nwant %s", got, want)
		}
	})
}

func TestWorkerBacksOffLongerAndStartsAnewWhenSteady(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var starts []time.Time
		src := sourceFunc(func(ctx context.Context, _ []byte, out Sink) error {
			starts = append(starts, time.Now())
			switch len(starts) {
			case 9:
				out.Alive()
				sleep(ctx, time.Hour)
			case 11:
				return nil
			}
			return errors.New("no")
		})
		if err := NewWorker(newMemLog(), src).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i := 1; i < 9; i++ {
			wait, most := starts[i].Sub(starts[i-1]), min(backoffMin<<(i-1), backoffMax)
			if wait < most/2 || wait > most {
				t.Errorf("wait %d was %v, want %v to %v", i, wait, most/2, most)
			}
		}
		if wait := starts[9].Sub(starts[8]) - time.Hour; wait > backoffMin {
			t.Errorf("after an hour up the wait was %v", wait)
		}
	})
}

func TestWorkerWaitsForADiskThatIsFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newMemLog()
		fullFrom, fullUntil := 3, time.Now().Add(10*time.Minute)
		l.fail = func(n int) error {
			if n >= fullFrom && time.Now().Before(fullUntil) {
				return errFull{}
			}
			return nil
		}
		src := &counter{name: "a", upTo: 4000, size: 100}
		src.stop = func(ctx context.Context, next int) error {
			if next%100 == 0 {
				sleep(ctx, time.Second)
			}
			return ctx.Err()
		}
		var told []error
		w := NewWorker(l, src)
		w.OnStore = func(err error) { told = append(told, err) }
		done := make(chan error, 1)
		go func() { done <- w.Run(t.Context()) }()
		time.Sleep(time.Minute)
		synctest.Wait()
		if w.StoreErr() == nil || w.Status()[0].Up {
			t.Errorf("store %v, status %+v", w.StoreErr(), w.Status()[0])
		}
		time.Sleep(time.Until(fullUntil) + 5*time.Second)
		synctest.Wait()
		if w.StoreErr() != nil {
			t.Errorf("five seconds after space came back: %v", w.StoreErr())
		}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		wantCount(t, l, "a", 4000)
		if len(told) < 2 || !errors.As(told[0], new(errFull)) || told[len(told)-1] != nil {
			t.Errorf("told %v", told)
		}
		kinds := slices.DeleteFunc(l.kinds("a"), func(k string) bool { return k == "queued" })
		if got := strings.Join(kinds, " "); got != "source_up source_down source_up" {
			t.Errorf("events %s", got)
		}
	})
}

func TestWorkerEndsWhenTheLogIsBroken(t *testing.T) {
	broken := errors.New("input/output error")
	for name, l := range map[string]*memLog{
		"append": {keys: map[string]bool{}, cursors: map[string][]byte{}, fail: func(n int) error {
			if n > 2 {
				return broken
			}
			return nil
		}},
		"panic": {keys: map[string]bool{}, cursors: map[string][]byte{}, fail: func(int) error { panic(broken) }},
	} {
		w := NewWorker(l, &counter{name: "a", upTo: 1000, rest: true}, &counter{name: "b", upTo: 1000, rest: true})
		err := w.Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), broken.Error()) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	err := NewWorker(noCursor{newMemLog()}, &counter{name: "a", upTo: 10}).Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "read cursor of a") {
		t.Errorf("cursor: error %v", err)
	}
}

type noCursor struct{ Log }

func (noCursor) Cursor(string) ([]byte, error) { return nil, errors.New("bad page") }

// Whatever fails, and whenever, every event is in the log once, in order.
func TestWorkerRandomFaults(t *testing.T) {
	for seed := range uint64(40) {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			var mu sync.Mutex
			roll := func(n int) int { mu.Lock(); defer mu.Unlock(); return r.IntN(n) }
			l := newMemLog()
			l.fail = func(int) error {
				if roll(20) == 0 {
					return errFull{}
				}
				return nil
			}
			stop := func(ctx context.Context, _ int) error {
				switch {
				case roll(200) == 0:
					return errors.New("cut")
				case roll(400) == 0:
					panic("bug")
				case roll(50) == 0:
					sleep(ctx, time.Duration(roll(1000))*time.Millisecond)
				}
				return nil
			}
			w := NewWorker(l, &counter{name: "a", upTo: 3000, size: 1, stop: stop}, &counter{name: "b", upTo: 3000, size: 13, stop: stop})
			if err := w.Run(t.Context()); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			wantCount(t, l, "a", 3000)
			wantCount(t, l, "b", 3000)
		})
	}
}
