//go:build asterisk || torture

package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"farol/store"
)

// buildFarol builds the real binary once for all tests of this run.
func buildFarol(t *testing.T) string {
	t.Helper()
	bin, err := builtFarol()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

var builtFarol = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "farol-bin-")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "farol")
	out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput()
	if err != nil {
		return "", &buildError{string(out), err}
	}
	return bin, nil
})

type buildError struct {
	out string
	err error
}

func (e *buildError) Error() string { return "build farol: " + e.err.Error() + "\n" + e.out }

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// headless is the real binary at work with no terminal: the plain door over
// the sync worker.
type headless struct {
	cmd *exec.Cmd
	db  string
	out *bytes.Buffer
	in  *os.File
}

func startText(t *testing.T, bin, db, conf string) *headless {
	t.Helper()
	h := &headless{cmd: exec.Command(bin, "text", "--db", db, "-c", conf), db: db, out: &bytes.Buffer{}}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	h.cmd.Stdin, h.in = r, w
	h.cmd.Stdout, h.cmd.Stderr = h.out, h.out
	if err := h.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r.Close()
	t.Cleanup(func() {
		w.Close()
		if h.cmd.ProcessState == nil {
			h.cmd.Process.Kill()
			h.cmd.Wait()
		}
	})
	return h
}

// kill is a power cut for the process.
func (h *headless) kill(t *testing.T) {
	t.Helper()
	h.cmd.Process.Signal(syscall.SIGKILL)
	h.cmd.Wait()
	h.in.Close()
}

// stop asks it to end and takes its word for how it went.
func (h *headless) stop(t *testing.T) {
	t.Helper()
	h.cmd.Process.Signal(syscall.SIGTERM)
	done := make(chan error, 1)
	go func() { done <- h.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("farol ended with %v:\n%s", err, h.out)
		}
	case <-time.After(10 * time.Second):
		t.Errorf("farol did not end within 10 s:\n%s", h.out)
		h.cmd.Process.Kill()
	}
	h.in.Close()
}

// waitForLines waits until the binary has caught up with a log that grows no
// more: the store it holds has then stopped changing.
func (h *headless) waitForLines(t *testing.T, lines int) {
	t.Helper()
	var before int64
	still := 0
	deadline := time.Now().Add(60 * time.Second)
	for tick := time.NewTicker(500 * time.Millisecond); time.Now().Before(deadline); <-tick.C {
		if strings.Contains(h.out.String(), "panic") {
			t.Fatalf("farol panicked:\n%s", h.out)
		}
		info, err := os.Stat(h.db)
		if err != nil {
			continue
		}
		if now := info.ModTime().UnixNano(); now == before {
			if still++; still >= 6 {
				return
			}
		} else {
			before, still = now, 0
		}
	}
	t.Fatalf("farol still writes after a minute; %d lines were to be read", lines)
}

// contents counts what a store that nobody holds has stored.
func contents(t *testing.T, path string) store.Report {
	t.Helper()
	r, err := store.Verify(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
