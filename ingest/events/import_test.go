package events

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"

	"farol/floor"
)

// memLog is a log in memory that knows keys.
type memLog struct {
	events  []floor.Event
	known   map[string]bool
	appends int
	fail    func(n int) error
}

func (l *memLog) Append(batches []floor.Batch) (added int, err error) {
	l.appends++
	if l.fail != nil {
		if err := l.fail(l.appends); err != nil {
			return 0, err
		}
	}
	for _, b := range batches {
		for _, e := range b.Events {
			if e.Source != b.Source {
				return 0, fmt.Errorf("an event of %s in a batch of %s", e.Source, b.Source)
			}
			if id := e.Source + "/" + e.Key.String(); !l.known[id] {
				l.known[id] = true
				l.events = append(l.events, e)
				added++
			}
		}
	}
	return added, nil
}

func (l *memLog) Cursor(string) ([]byte, error) { return nil, nil }

func newMemLog() *memLog { return &memLog{known: map[string]bool{}} }

func someLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"at":%d,"kind":"queued","queue":"vendas","contact":"c%d"}`+"\n", 1795356300+i, i)
	}
	return b.String()
}

func TestImport(t *testing.T) {
	text := "\uFEFF" + someLines(5000) + "\r\n\nrubbish\n" + `{"at":1,"kind":"teleported"}` + "\n" + `{"at":2,"kind":"note","source":"other"}`
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte(text))
	w.Close()
	log := newMemLog()
	for round, r := range []io.Reader{strings.NewReader(text), &packed} {
		rep, err := Import(t.Context(), log, "in", r, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if rep.Lines != 5003 || rep.Events != 5002 || rep.Failed() != 1 || rep.Unknown["teleported"] != 1 ||
			rep.Samples[0] != "in:5003: not JSON at byte 1" || rep.Added != 5002*(1-round) {
			t.Errorf("round %d: %+v", round, rep)
		}
	}
	if len(log.events) != 5002 || log.events[5001].Source != "other" || log.events[0].Source != DefaultSource {
		t.Errorf("%d events", len(log.events))
	}
}

func TestImportRefusesWhatHoldsNoEvents(t *testing.T) {
	for _, text := range []string{"hello\n", strings.Repeat("1;2;3\n", 5000) + someLines(3), `{"at":1,"kind":"note","x":1}`} {
		log := newMemLog()
		_, err := Import(t.Context(), log, "in", strings.NewReader(text), Options{})
		if !errors.Is(err, ErrNotEvents) || log.appends != 0 {
			t.Errorf("%.20q: error %v, %d appends", text, err, log.appends)
		}
	}
	if rep, err := Import(t.Context(), newMemLog(), "in", strings.NewReader("\n\n"), Options{}); err != nil || rep.Lines != 0 {
		t.Errorf("empty: %+v, %v", rep, err)
	}
}

func TestImportCutsLongLines(t *testing.T) {
	text := someLines(1) + strings.Repeat("x", 3<<20) + "\n" + someLines(2)
	rep, err := Import(t.Context(), newMemLog(), "in", strings.NewReader(text), Options{})
	if err != nil || rep.Lines != 4 || rep.Faults["longer than 1 MiB"] != 1 || rep.Events != 3 || rep.Added != 2 {
		t.Errorf("%+v, %v", rep, err)
	}
}

func TestImportCountsOffsetsOutOfOrder(t *testing.T) {
	var text string
	for _, offset := range []int{1, 5, 3, 5, 9} {
		text += fmt.Sprintf(`{"at":1,"kind":"note","key":"f","offset":%d}`+"\n", offset)
	}
	rep, err := Import(t.Context(), newMemLog(), "in", strings.NewReader(text), Options{})
	if err != nil || rep.Added != 3 || rep.Failed() != 1 {
		t.Errorf("%+v, %v", rep, err)
	}
}

// What comes through a pipe is durable although the pipe stays open.
func TestImportCommitsWhileThePipeIsOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemLog()
		r, w := io.Pipe()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			_, err := Import(ctx, log, "-", r, Options{})
			done <- err
		}()
		io.WriteString(w, someLines(3))
		synctest.Wait()
		if len(log.events) != 3 {
			t.Errorf("%d events durable", len(log.events))
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		w.Close()
	})
}

type errFull struct{}

func (errFull) Error() string   { return "no space left" }
func (errFull) Temporary() bool { return true }

func TestImportWaitsWhileTheLogIsFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newMemLog()
		log.fail = func(n int) error {
			if n < 3 {
				return errFull{}
			}
			return nil
		}
		var told []error
		rep, err := Import(t.Context(), log, "in", strings.NewReader(someLines(10)), Options{OnStore: func(err error) { told = append(told, err) }})
		if err != nil || rep.Added != 10 || len(told) != 3 || told[2] != nil {
			t.Errorf("%+v, %v, told %v", rep, err, told)
		}
		log.fail = func(int) error { return errors.New("input/output error") }
		if _, err := Import(t.Context(), log, "in", strings.NewReader(someLines(20)), Options{}); err == nil || !strings.Contains(err.Error(), "input/output") {
			t.Errorf("error %v", err)
		}
	})
}

func TestImportTellsAReadError(t *testing.T) {
	log := newMemLog()
	broken := io.MultiReader(strings.NewReader(someLines(10)), errReader{})
	_, err := Import(t.Context(), log, "in", broken, Options{})
	if err == nil || err.Error() != "read in after 10 lines: cable cut" || len(log.events) != 10 {
		t.Errorf("error %v, %d events", err, len(log.events))
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errors.New("cable cut") }
