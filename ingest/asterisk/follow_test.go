package asterisk

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"farol/floor"
)

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
