package asterisk

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"farol/floor"
)

// memSink commits batches to a memLog: at once, or, to be like a process that
// is killed, only when told.
type memSink struct {
	log       *memLog
	held      []floor.Batch
	hold      bool
	down      error
	malformed int
}

func (s *memSink) Send(_ context.Context, b floor.Batch) error {
	for i := range b.Events {
		if b.Events[i].Source == "" {
			return errors.New("event without source")
		}
	}
	s.held = append(s.held, b)
	if !s.hold {
		s.commit()
	}
	return nil
}

func (s *memSink) commit() {
	if len(s.held) > 0 {
		s.log.Append(s.held)
	}
	s.held = nil
}

func (s *memSink) Flush(context.Context) error { s.commit(); return nil }
func (s *memSink) Cursor(name string) ([]byte, error) {
	return s.log.Cursor(name)
}
func (s *memSink) Alive()                    { s.down = nil }
func (s *memSink) Down(err error)            { s.down = err }
func (s *memSink) Malformed(n int, _ string) { s.malformed += n }

// world is a telephone system that writes a log, what rotates it, and a reader.
type world struct {
	t    *testing.T
	dir  string
	path string
	w    *os.File // the telephone system's
	n    int      // lines written
	cut  []byte   // the rest of a line written in part
	sec  int64
	leap int64 // seconds that pass at each rotation
	log  *memLog
	sink *memSink
	f    *follower
	at   time.Time
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, dir: t.TempDir(), sec: 1795321620, log: newMemLog(), at: time.Unix(1795321620, 0)}
	w.path = filepath.Join(w.dir, "queue_log")
	w.reopen()
	w.start()
	t.Cleanup(func() { w.f.close(); w.w.Close() })
	return w
}

func (w *world) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// start begins a run of the reader from the stored cursor; what an earlier run
// held is forgotten.
func (w *world) start() {
	w.t.Helper()
	if w.f != nil {
		w.f.close()
	}
	w.sink = &memSink{log: w.log}
	cur, _ := w.log.Cursor(DefaultSource)
	f, err := newFollower(w.path, Options{}, cur, w.sink)
	w.check(err)
	f.now = func() time.Time { return w.at }
	w.f = f
}

func (w *world) step() {
	w.t.Helper()
	w.check(w.f.step(context.Background()))
}

// reopen is what a reload of the logger does.
func (w *world) reopen() {
	w.t.Helper()
	if w.w != nil {
		w.w.Close()
	}
	f, err := os.OpenFile(w.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	w.check(err)
	w.w = f
	w.sec += w.leap
	fmt.Fprintf(f, "%d|NONE|NONE|NONE|CONFIGRELOAD|\n", w.sec)
}

func (w *world) line() []byte {
	w.sec += int64(w.n % 2)
	l := fmt.Appendf(nil, "%d|c%d|vendas|NONE|ENTERQUEUE||5581990%06d|1\n", w.sec, w.n, w.n)
	w.n++
	return l
}

func (w *world) write(n int) {
	out := w.cut
	w.cut = nil
	for range n {
		out = append(out, w.line()...)
	}
	w.w.Write(out)
}

// writePart writes a line without its end.
func (w *world) writePart(at int) {
	if w.cut == nil {
		l := w.line()
		at %= len(l)
		w.w.Write(l[:at])
		w.cut = l[at:]
	}
}

func (w *world) rename(from, to string) {
	w.t.Helper()
	w.check(os.Rename(filepath.Join(w.dir, from), filepath.Join(w.dir, to)))
}

// shift makes room for queue_log.1, as logrotate does.
func (w *world) shift() {
	for i := 40; i >= 1; i-- {
		for _, ext := range []string{"", ".gz"} {
			from := fmt.Sprintf("queue_log.%d%s", i, ext)
			if _, err := os.Stat(filepath.Join(w.dir, from)); err == nil {
				w.rename(from, fmt.Sprintf("queue_log.%d%s", i+1, ext))
			}
		}
	}
}

// sequential is the next free name of the logger's own numbering.
func (w *world) sequential() string {
	for i := 100; ; i++ {
		name := fmt.Sprintf("queue_log.%d", i)
		_, err := os.Stat(filepath.Join(w.dir, name))
		_, errGz := os.Stat(filepath.Join(w.dir, name+".gz"))
		if err != nil && errGz != nil {
			return name
		}
	}
}

func (w *world) copyTruncate() {
	w.write(0) // a line cut in two by it would be nobody's
	w.shift()
	data, err := os.ReadFile(w.path)
	w.check(err)
	w.check(os.WriteFile(filepath.Join(w.dir, "queue_log.1"), data, 0o600))
	w.check(os.Truncate(w.path, 0))
}

// compress packs one rotated file.
func (w *world) compress(r *rand.Rand) {
	names, _ := filepath.Glob(filepath.Join(w.dir, "queue_log.*"))
	for _, i := range r.Perm(len(names)) {
		if strings.HasSuffix(names[i], ".gz") {
			continue
		}
		if at, err := os.Stat(names[i]); err == nil {
			if mine, _ := w.w.Stat(); os.SameFile(at, mine) {
				continue // still written to
			}
		}
		data, err := os.ReadFile(names[i])
		w.check(err)
		w.check(os.WriteFile(names[i]+".gz", gzipped(w.t, data), 0o600))
		w.check(os.Remove(names[i]))
		return
	}
}

// settle lets the reader come to rest and checks that it has every line once.
func (w *world) settle() {
	w.t.Helper()
	w.write(1)
	for range 4 {
		w.step()
		w.at = w.at.Add(grace / 2)
	}
	w.sink.commit()
	seen := map[string]int{}
	for _, e := range w.log.events {
		if e.Kind == floor.Queued {
			seen[e.Contact]++
		}
	}
	for i := range w.n {
		if c := fmt.Sprintf("c%d", i); seen[c] != 1 {
			w.t.Fatalf("line %d of %d was read %d times", i, w.n, seen[c])
		}
	}
	if len(seen) != w.n {
		w.t.Fatalf("%d lines read, %d written", len(seen), w.n)
	}
	if w.log.dropped > 0 {
		w.t.Fatalf("%d events were told again", w.log.dropped)
	}
}
