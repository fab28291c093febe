package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/creack/pty"
)

// seat is a program that believes it sits at a terminal of 200 by 60.
type seat struct {
	cmd     *exec.Cmd
	tty     *os.File
	began   time.Time
	done    chan struct{} // closed when its output has ended
	mu      sync.Mutex
	total   int64
	kept    []byte        // the beginning of its output
	changed chan struct{} // closed and replaced with every output
}

// keptOutput is how much of the beginning is kept to look for words in.
const keptOutput = 1 << 20

// errSilent is a program that did not show in time what was waited for.
var errSilent = errors.New("did not show it in time")

// sit starts a program.
func sit(ctx context.Context, env []string, name string, args ...string) (*seat, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(append(os.Environ(), "TERM=xterm-256color", "LANG=C.UTF-8", "COLORTERM="), env...)
	s := &seat{cmd: cmd, began: time.Now(), done: make(chan struct{}), changed: make(chan struct{})}
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: naiveHeight, Cols: naiveWidth})
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	s.tty = tty
	go s.read()
	return s, nil
}

func (s *seat) read() {
	defer close(s.done)
	buf := make([]byte, 64<<10)
	for {
		n, err := s.tty.Read(buf)
		if n > 0 {
			s.mu.Lock()
			s.total += int64(n)
			if room := keptOutput - len(s.kept); room > 0 {
				s.kept = append(s.kept, buf[:min(n, room)]...)
			}
			close(s.changed)
			s.changed = make(chan struct{})
			s.mu.Unlock()
		}
		if err != nil {
			return
		}
	}
}

// state is how much was written so far, and what will be closed when more is.
func (s *seat) state() (total int64, changed chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.total, s.changed
}

// shows waits until the output holds one of the words and says how long after
// the start that was.
func (s *seat) shows(patience time.Duration, words ...string) (time.Duration, error) {
	limit := time.After(patience)
	for {
		s.mu.Lock()
		changed, found := s.changed, false
		for _, w := range words {
			found = found || bytes.Contains(s.kept, []byte(w))
		}
		s.mu.Unlock()
		if found {
			return time.Since(s.began), nil
		}
		select {
		case <-changed:
		case <-limit:
			return 0, fmt.Errorf("wait for %q: %w", words, errSilent)
		case <-s.done:
			return 0, fmt.Errorf("wait for %q: the program ended: %w", words, errSilent)
		}
	}
}

// press sends a key and waits for the first byte that follows.
func (s *seat) press(key string, patience time.Duration) (time.Duration, bool) {
	_, changed := s.state()
	began := time.Now()
	if _, err := s.tty.WriteString(key); err != nil {
		return 0, false
	}
	limit := time.NewTimer(patience)
	defer limit.Stop()
	select {
	case <-changed:
		return time.Since(began), true
	case <-limit.C:
		return 0, false
	}
}

// end stops the program and waits for it.
func (s *seat) end() {
	_ = s.cmd.Process.Signal(os.Interrupt)
	select {
	case <-s.done:
	case <-time.After(2 * time.Second):
		_ = s.cmd.Process.Kill()
	}
	_ = s.cmd.Wait()
	_ = s.tty.Close()
}

// processor is the processor time that the program has used.
func (s *seat) processor() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("read the program's processor time: %w", err)
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, errors.Join(err1, err2)
}

// resident is the memory that the program holds, in bytes.
func (s *seat) resident() int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}
