package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"farol/ingest/sim"
	"farol/store"
)

// farol is the real program with files of its own.
func farol(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "farol", args...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_STATE_HOME="+dir, "XDG_CONFIG_HOME="+dir, "TZ=UTC", "LANG=pt_BR.UTF-8", "LC_ALL=", "GORACE="+quickExit)
	return cmd
}

// code runs a command to its end.
func code(t *testing.T, cmd *exec.Cmd) (int, string) {
	t.Helper()
	var errs bytes.Buffer
	cmd.Stderr = &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), errs.String()
}

func callLines(from, n int) []byte {
	var b bytes.Buffer
	for i := from; i < from+n; i++ {
		fmt.Fprintf(&b, `{"at":%d,"kind":"offered","queue":"vendas","contact":"c-%d","text":"%0200d"}`+"\n", 1795356000+i, i, i)
	}
	return b.Bytes()
}

// TestHeldStoreIsSaidWithinASecond, and the file that the holder writes is left alone.
func TestHeldStoreIsSaidWithinASecond(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "farol.db")
	db, err := store.Open(path, store.Options{Holder: "farol watch"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	began := time.Now()
	got, says := code(t, farol(t, dir, "text", "--db", path))
	if took := time.Since(began); got != exitHeld || took > 3*time.Second {
		t.Errorf("exit code %d after %s", got, took)
	}
	if want := fmt.Sprintf("pid %d (farol watch)", os.Getpid()); !strings.Contains(says, want) {
		t.Errorf("%q does not name the holder, %s", says, want)
	}
}

// TestInterruptedImportGoesOn: what was read is stored, the person is told, and
// the next run completes it.
func TestInterruptedImportGoesOn(t *testing.T) {
	dir := t.TempDir()
	cmd := farol(t, dir, "import", "events", "-")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// More than a pipe holds: when it is written, the import is reading.
	if _, err := in.Write(callLines(0, 2000)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != exitFailed {
		t.Errorf("it ended with %v: %s", err, &errs)
	}
	if got := errs.String(); !strings.Contains(got, "import: interrupted; run the same command again: it goes on where it stopped") {
		t.Errorf("it says %q", got)
	}
	again := farol(t, dir, "import", "events", "-")
	again.Stdin = bytes.NewReader(callLines(0, 2500))
	if got, says := code(t, again); got != exitDone {
		t.Fatalf("the second run: exit code %d: %s", got, says)
	}
	report, err := store.Verify(t.Context(), filepath.Join(dir, "farol", "farol.db"))
	if err != nil || report.Events != 2500 {
		t.Errorf("%d events are stored, want 2500: %v", report.Events, err)
	}
}

// TestConsoleEndsCleanlyWhenTold: the screen is given back and the exit code is 0.
func TestConsoleEndsCleanlyWhenTold(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		dir := t.TempDir()
		cmd := farol(t, dir, "demo", "--at", "14:30")
		cmd.Env = append(cmd.Env, "TERM=xterm-256color", "TMPDIR="+dir)
		tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 40, Cols: 120})
		if err != nil {
			t.Fatal(err)
		}
		screen := watch(tty)
		if !screen.shows(t, "farol import queue-log ARQUIVO") {
			t.Errorf("the start does not say how to connect one's own operation")
		}
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("after %s it ended with %v", signal, err)
		}
		if !screen.shows(t, "\x1b[?1049l") {
			t.Errorf("after %s the screen is not given back", signal)
		}
		tty.Close()
		if left, err := filepath.Glob(filepath.Join(dir, "farol-demo-*")); err != nil || len(left) > 0 {
			t.Errorf("the demonstration left %v behind", left)
		}
	}
}

// seenSoFar is what came out of a program.
type seenSoFar struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
	done chan struct{}
}

// watch collects what r gives.
func watch(r io.Reader) *seenSoFar {
	s := &seenSoFar{more: make(chan struct{}, 1), done: make(chan struct{})}
	go func() {
		defer close(s.done)
		in := bufio.NewReader(r)
		buf := make([]byte, 4096)
		for {
			n, err := in.Read(buf)
			s.mu.Lock()
			s.text.Write(buf[:n])
			s.mu.Unlock()
			select {
			case s.more <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	return s
}

// shows waits until the program has said text; false when it ends without.
func (s *seenSoFar) shows(t *testing.T, text string) bool {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		s.mu.Lock()
		found := strings.Contains(s.text.String(), text)
		s.mu.Unlock()
		if found {
			return true
		}
		select {
		case <-s.more:
		case <-s.done:
			s.mu.Lock()
			defer s.mu.Unlock()
			return strings.Contains(s.text.String(), text)
		case <-ctx.Done():
			return false
		}
	}
}

// TestFullDiskIsSaidAndPasses: nothing is acknowledged while there is no room,
// it is said on standard error, and with room it goes on by itself.
func TestFullDiskIsSaidAndPasses(t *testing.T) {
	dir := t.TempDir()
	disk := filepath.Join(dir, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk).CombinedOutput(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("mount a small disk: %v: %s", err, out)
		}
		t.Skipf("a small disk needs root: %s", out)
	}
	defer func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	log, conf, db := filepath.Join(dir, "queue_log"), filepath.Join(dir, "farol.toml"), filepath.Join(disk, "farol.db")
	if err := os.WriteFile(log, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(conf, []byte("[[source]]\nkind = \"asterisk\"\nqueue_log = \"queue_log\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := farol(t, dir, "text", "-c", conf, "--db", db)
	stdin, stdout, stderr := pipes(t, cmd)
	defer stdin.Close()
	out, errs := watch(stdout), watch(stderr)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if !out.shows(t, "\n") {
		t.Fatal("it does not begin")
	}
	ballast := filepath.Join(disk, "ballast")
	if err := fill(ballast); err == nil {
		t.Fatal("the small disk takes all that is written")
	}
	f, err := os.Create(log)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const lines = 60_000
	if _, err := sim.WriteQueueLog(f, sim.LogOptions{Lines: lines, Seed: 5}); err != nil {
		t.Fatal(err)
	}
	if !errs.shows(t, "no room left for the store") {
		t.Fatal("a full disk is not said")
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if !errs.shows(t, "has room again: going on") {
		t.Fatal("it does not say that it goes on")
	}
	_ = out
	stop(t, cmd, db, lines)
}

// stop ends the program when all lines are stored, which its store's size tells
// when it has not changed any more, and counts them.
func stop(t *testing.T, cmd *exec.Cmd, db string, lines int) {
	t.Helper()
	before, still := int64(-1), 0
	tick := time.NewTicker(300 * time.Millisecond)
	defer tick.Stop()
	for limit := time.After(30 * time.Second); still < 5; {
		select {
		case <-limit:
			t.Fatal("the store does not come to rest")
		case <-tick.C:
		}
		info, err := os.Stat(db)
		if err != nil {
			t.Fatal(err)
		}
		if now := info.ModTime().UnixNano(); now == before {
			still++
		} else {
			before, still = now, 0
		}
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	r, err := store.Verify(t.Context(), db)
	if err != nil || !r.OK() || r.Events < lines {
		t.Errorf("%d events are stored of %d lines: %v %v", r.Events, lines, r.Faults, err)
	}
}

func pipes(t *testing.T, cmd *exec.Cmd) (io.WriteCloser, io.Reader, io.Reader) {
	t.Helper()
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	return stdin, stdout, stderr
}

// fill writes until there is no room.
func fill(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	block := make([]byte, 64<<10)
	for range 1024 {
		if _, err := f.Write(block); err != nil {
			return err
		}
	}
	return nil
}
