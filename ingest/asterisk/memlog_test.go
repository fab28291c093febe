package asterisk

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"farol/floor"
)

// memLog is a log in memory that keeps the store's rules: one transaction an
// Append, positional keys known by their highest place, cursors with events.
type memLog struct {
	mu      sync.Mutex
	events  []floor.Event
	next    map[string]int64 // stream → lowest offset not known
	cursors map[string][]byte
	appends int
	dropped int             // events that were known
	fail    func(int) error // by number of the append
}

func newMemLog() *memLog {
	return &memLog{next: map[string]int64{}, cursors: map[string][]byte{}}
}

func (l *memLog) Append(batches []floor.Batch) (added int, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.appends++
	if l.fail != nil {
		if err := l.fail(l.appends); err != nil {
			return 0, err
		}
	}
	for _, b := range batches {
		for _, e := range b.Events {
			id := e.Source + "/" + e.Key.ID
			at := max(e.Key.Offset, 0)
			if at < l.next[id] {
				l.dropped++
				continue
			}
			l.next[id] = at + 1
			l.events = append(l.events, e)
			added++
		}
		if b.Cursor != nil {
			l.cursors[b.Source] = slices.Clone(b.Cursor)
		}
	}
	return added, nil
}

func (l *memLog) Cursor(source string) ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.cursors[source]), nil
}

// contacts are the contacts of all events, in order: the tests' lines carry
// their number there.
func (l *memLog) contacts() (out []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.events {
		out = append(out, e.Contact)
	}
	return out
}

// errFull is the error of a disk that is full for a time.
type errFull struct{}

func (errFull) Error() string   { return "no space" }
func (errFull) Temporary() bool { return true }

var errCut = errors.New("cut")

// logLines are n lines of a log, the first of them numbered from.
func logLines(from, n int) []byte {
	var out []byte
	for i := from; i < from+n; i++ {
		out = fmt.Appendf(out, "%d|c%d|vendas|NONE|ENTERQUEUE||5581990%06d|1\n", 1795321620+i/3, i, i)
	}
	return out
}
