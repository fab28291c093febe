package asterisk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
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

func TestFollow(t *testing.T) {
	for _, c := range []struct {
		name string
		play func(w *world)
	}{
		{"plain", func(w *world) { w.write(3); w.step(); w.write(2); w.step() }},
		{"partial last line waits", func(w *world) {
			w.writePart(20)
			w.step()
			if n := len(w.log.contacts()); n != 1 { // CONFIGRELOAD
				w.t.Fatalf("%d events before the line feed", n)
			}
			w.at = w.at.Add(time.Minute)
			w.step()
		}},
		{"rename, late lines", func(w *world) {
			w.write(3)
			w.step()
			w.rename("queue_log", "queue_log.1")
			w.write(2)
			w.step()
			w.write(2)
			w.reopen()
			w.write(2)
			w.step()
		}},
		{"rename with an empty file made at once", func(w *world) {
			w.write(3)
			w.step()
			w.rename("queue_log", "queue_log.1")
			w.check(os.WriteFile(w.path, nil, 0o600))
			w.write(2)
			w.step()
			w.write(2)
			w.reopen()
			w.step()
		}},
		{"renamed while stopped, then packed", func(w *world) {
			w.write(3)
			w.step()
			w.write(3)
			w.rename("queue_log", "queue_log.0")
			w.reopen()
			w.compress(rand.New(rand.NewPCG(1, 1)))
			w.start()
			w.step()
		}},
		{"rotated three times while stopped", func(w *world) {
			w.write(3)
			w.step()
			w.write(3)
			for range 3 {
				w.shift()
				w.rename("queue_log", "queue_log.1")
				w.sec += 2
				w.reopen()
				w.write(4)
			}
			w.start()
			w.step()
		}},
		{"rotated three times between two polls", func(w *world) {
			w.write(3)
			w.step()
			for range 3 {
				w.rename("queue_log", w.sequential())
				w.sec += 2
				w.reopen()
				w.write(4)
			}
			w.step()
		}},
		{"two rotations in one second", func(w *world) {
			w.step()
			w.rename("queue_log", "queue_log.0")
			w.reopen()
			w.write(4)
			w.step()
			w.rename("queue_log", "queue_log.1")
			w.sec = 1795321620
			w.reopen()
			w.write(4)
			w.step()
		}},
		{"copied and truncated", func(w *world) {
			w.write(3)
			w.step()
			w.write(3)
			w.copyTruncate()
			w.step()
			w.write(3)
			w.step()
		}},
		{"copied, truncated and longer than before", func(w *world) {
			w.write(3)
			w.step()
			w.write(3)
			w.copyTruncate()
			w.write(30)
			w.step()
		}},
		{"truncated while stopped", func(w *world) {
			w.write(3)
			w.step()
			w.check(os.Truncate(w.path, 0))
			w.write(30)
			w.start()
			w.step()
			w.wantGap()
		}},
		{"deleted and made again, maybe with the same inode", func(w *world) {
			w.write(3)
			w.step()
			w.f.close()
			w.check(os.Remove(w.path))
			w.w.Close()
			w.w = nil
			w.sec += 2
			w.reopen()
			w.write(30)
			w.start()
			w.step()
			w.wantGap()
		}},
		{"deleted while open", func(w *world) {
			w.write(3)
			w.step()
			w.check(os.Remove(w.path))
			w.write(3)
			w.sec += 2
			w.reopen()
			w.step()
		}},
		{"a hole of NULs", func(w *world) {
			w.write(3)
			w.step()
			w.w.Write(make([]byte, 300<<10))
			w.write(3)
			w.step()
			if w.sink.malformed == 0 {
				w.t.Error("the hole was not counted")
			}
		}},
		{"a line of one megabyte", func(w *world) {
			w.write(3)
			w.w.Write(bytes.Repeat([]byte("x"), 1<<20))
			w.step()
			w.w.Write([]byte("\n"))
			w.write(3)
			w.step()
			w.write(3)
			w.start()
			w.step()
			if w.sink.malformed != 0 { // of the second run
				w.t.Errorf("the line was read twice")
			}
		}},
		{"a copy beside it", func(w *world) {
			w.write(30)
			w.step()
			data, _ := os.ReadFile(w.path)
			w.check(os.WriteFile(w.path+".bak", data, 0o600))
			w.start()
			w.step()
			w.copyTruncate()
			w.start()
			w.step()
		}},
		{"imported before", func(w *world) {
			w.write(300)
			_, err := Import(w.t.Context(), w.log, []string{w.path}, ImportOptions{})
			w.check(err)
			w.write(3)
			w.start()
			w.step()
		}},
		{"out of reach for a time", func(w *world) {
			w.write(3)
			w.step()
			w.rename("queue_log", "queue_log.1")
			w.check(os.Symlink("queue_log", w.path)) // a loop
			w.step()
			if w.sink.down == nil {
				w.t.Error("not told")
			}
			w.check(os.Remove(w.path))
			w.rename("queue_log.1", "queue_log")
			w.write(3)
			w.step()
			if w.sink.down != nil {
				w.t.Errorf("still down: %v", w.sink.down)
			}
		}},
		{"not there yet", func(w *world) {
			w.check(os.Remove(w.path))
			w.start()
			w.step()
			if !errors.Is(w.sink.down, os.ErrNotExist) {
				w.t.Errorf("down: %v", w.sink.down)
			}
			w.reopen()
			w.write(3)
			w.step()
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			c.play(w)
			w.settle()
		})
	}
}

func (w *world) wantGap() {
	w.t.Helper()
	for _, e := range w.log.events {
		if e.Kind == floor.SourceGap {
			return
		}
	}
	w.t.Error("no gap was recorded")
}

// play does one random thing; done says that the reader had read everything
// before it.
func (w *world) play(r *rand.Rand) string {
	switch op := r.IntN(16); op {
	case 0, 1, 2:
		w.write(r.IntN(20))
		return "write"
	case 3:
		w.writePart(r.IntN(40))
		return "write part"
	case 4, 5:
		w.shift()
		w.write(0)
		w.rename("queue_log", "queue_log.1")
		w.write(r.IntN(3))
		if r.IntN(2) == 0 {
			w.check(os.WriteFile(w.path, nil, 0o600))
			w.sometimes(r)
		}
		w.write(r.IntN(3))
		w.reopen()
		return "rotate"
	case 6:
		w.write(0)
		w.rename("queue_log", w.sequential())
		w.sometimes(r)
		w.write(r.IntN(3))
		w.reopen()
		return "rotate in sequence"
	case 7:
		w.copyTruncate()
		w.sec++
		w.write(1 + r.IntN(30))
		return "copytruncate"
	case 8:
		w.compress(r)
		return "compress"
	case 9:
		w.start()
		return "restart"
	case 10:
		w.sink.hold = r.IntN(2) == 0
		if !w.sink.hold {
			w.sink.commit()
		}
		return "hold"
	case 11:
		w.write(0)
		w.w.Write(make([]byte, r.IntN(100)))
		return "NULs"
	case 12:
		w.write(0)
		w.sink.hold = false
		w.sink.commit()
		w.step()
		w.check(os.Truncate(w.path, 0))
		w.sec++
		w.write(1 + r.IntN(30))
		return "truncate"
	case 13:
		w.at = w.at.Add(time.Duration(r.IntN(20)) * time.Second)
		return "time"
	default:
		w.step()
		return "step"
	}
}

func (w *world) sometimes(r *rand.Rand) {
	if r.IntN(2) == 0 {
		w.step()
	}
}

// Whatever happens to the file, and wherever the reader is killed, every line
// is read once.
func TestFollowRandomSchedules(t *testing.T) {
	schedules := 300
	if n, err := strconv.Atoi(os.Getenv("FAROL_SCHEDULES")); err == nil {
		schedules = n
	}
	for seed := range schedules {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(seed), 16))
			w := newWorld(t)
			w.leap = 1
			w.step()
			var ops []string
			defer func() {
				if t.Failed() {
					t.Logf("schedule: %s", strings.Join(ops, ", "))
				}
			}()
			for range 5 + r.IntN(40) {
				ops = append(ops, w.play(r))
			}
			w.settle()
		})
	}
}
