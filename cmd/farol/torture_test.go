//go:build torture

package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"farol/floor"
	"farol/ingest"
	"farol/ingest/asterisk"
	"farol/store"
)

// killCycles is how many times the process is killed: 200 in every run, 1,000
// before a release.
func killCycles() int {
	if os.Getenv("FAROL_TORTURE") == "long" {
		return 1000
	}
	return 200
}

// feeder writes a queue_log as a telephone system does, line by line.
type feeder struct {
	f     *os.File
	lines int
	epoch int64
}

func newFeeder(t *testing.T, path string) *feeder {
	t.Helper()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return &feeder{f: f, epoch: 1_795_000_000}
}

// burst appends n calls of three lines each.
func (w *feeder) burst(t *testing.T, n int) {
	t.Helper()
	b := bufio.NewWriter(w.f)
	for range n {
		w.epoch++
		id := fmt.Sprintf("%d.%d", w.epoch, w.lines)
		fmt.Fprintf(b, "%d|%s|vendas|NONE|ENTERQUEUE||+5511900%06d|1\n", w.epoch, id, w.lines%1_000_000)
		fmt.Fprintf(b, "%d|%s|vendas|Ana Souza|CONNECT|2|%s1|1\n", w.epoch+2, id, id)
		fmt.Fprintf(b, "%d|%s|vendas|Ana Souza|COMPLETECALLER|2|30|1\n", w.epoch+32, id)
		w.lines += 3
	}
	if err := b.Flush(); err != nil {
		t.Fatal(err)
	}
}

// pauseRaw sleeps on the kernel's clock with the thread held: Go's timers are
// tied to when the other process is read, and miss the window that matters.
func pauseRaw(d time.Duration) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	ts := syscall.NsecToTimespec(int64(d))
	syscall.Nanosleep(&ts, nil)
}

// TestTortureKill kills the real binary, under load, at random microseconds,
// and then counts: every line that was written is stored, and once.
func TestTortureKill(t *testing.T) {
	bin, dir := buildFarol(t), t.TempDir()
	log, db, conf := filepath.Join(dir, "queue_log"), filepath.Join(dir, "farol.db"), filepath.Join(dir, "farol.toml")
	write(t, conf, fmt.Sprintf("[site]\nname = \"Teste\"\ntimezone = \"UTC\"\n[[source]]\nkind = \"asterisk\"\nqueue_log = %q\n", log))
	feed := newFeeder(t, log)
	cycles := killCycles()
	for range cycles {
		feed.burst(t, 20+rand.IntN(60))
		h := startText(t, bin, db, conf)
		pauseRaw(time.Duration(rand.IntN(120_000)) * time.Microsecond)
		feed.burst(t, rand.IntN(40))
		pauseRaw(time.Duration(rand.IntN(60_000)) * time.Microsecond)
		h.kill(t)
	}
	h := startText(t, bin, db, conf)
	lines := feed.lines
	h.waitForLines(t, lines)
	h.stop(t)
	r := contents(t, db)
	fmt.Printf("kills: %d, lines written: %d, events stored: %d\n", cycles, lines, r.Events)
	if !r.OK() {
		t.Errorf("the store is damaged: %v", r.Faults)
	}
	if got := queueEvents(t, db); got != lines {
		t.Errorf("%d lines were written and %d events are stored: %d lost or doubled", lines, got, lines-got)
	}
}

// queueEvents counts the stored events that came from lines, each key once.
func queueEvents(t *testing.T, path string) int {
	t.Helper()
	db, err := store.Open(path, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	n := 0
	seen := map[floor.Key]bool{}
	err = db.Scan(context.Background(), 0, func(events []floor.Event) error {
		for _, e := range events {
			if !e.Key.Positional() && !strings.HasPrefix(e.Key.ID, "split/") {
				continue // the worker's own
			}
			if e.Key.Positional() && seen[e.Key] {
				t.Errorf("stored twice: %s", e.Key)
			}
			seen[e.Key] = true
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// splitLog is the control: events without the identity that makes a second
// delivery harmless, and the cursor in a transaction of its own.
type splitLog struct {
	db *store.DB
	n  int
}

func (l *splitLog) Cursor(source string) ([]byte, error) { return l.db.Cursor(source) }

func (l *splitLog) Append(batches []floor.Batch) (int, error) {
	added := 0
	for _, b := range batches {
		events := append([]floor.Event(nil), b.Events...)
		for i := range events {
			l.n++
			if events[i].Key.Positional() {
				events[i].Key = floor.KeyID(fmt.Sprintf("split/%d/%d/%d", os.Getpid(), time.Now().UnixNano(), l.n))
			}
		}
		done, err := l.db.Append([]floor.Batch{{Source: b.Source, Events: events}})
		if err != nil {
			return added, err
		}
		added += done.Added
		if _, err := l.db.Append([]floor.Batch{{Source: b.Source, Cursor: b.Cursor}}); err != nil {
			return added, err
		}
	}
	return added, nil
}

// controlArgs make this test binary the control process.
const controlEnv = "FAROL_TEST_CONTROL"

// init and not TestMain: the scripts have that.
func init() {
	if place := os.Getenv(controlEnv); place != "" {
		runControl(place)
		os.Exit(0)
	}
}

func runControl(dir string) {
	db, err := store.Open(filepath.Join(dir, "control.db"), store.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	source := &asterisk.Follow{Path: filepath.Join(dir, "queue_log"), Options: asterisk.Options{Secret: []byte("control")}}
	if err := ingest.NewWorker(&splitLog{db: db}, source).Run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// TestTortureKillControl is the proof that the kills reach the window: with the
// cursor in a second transaction events must double.
func TestTortureKillControl(t *testing.T) {
	dir := t.TempDir()
	feed := newFeeder(t, filepath.Join(dir, "queue_log"))
	for cycle := range 10 * killCycles() {
		feed.burst(t, 60)
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), controlEnv+"="+dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		pauseRaw(time.Duration(rand.IntN(40_000)) * time.Microsecond)
		cmd.Process.Signal(syscall.SIGKILL)
		cmd.Wait()
		path := filepath.Join(dir, "control.db")
		if _, err := os.Stat(path); err != nil || cycle%5 != 4 {
			continue
		}
		if got := queueEvents(t, path); got > feed.lines {
			fmt.Printf("control: %d doubled after %d kills\n", got-feed.lines, cycle+1)
			return
		}
	}
	t.Fatal("the control never doubled: the kills do not reach the window, and the test above proves nothing")
}
