package tui

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// lines passes on every write as one string.
type lines chan string

func (l lines) Write(b []byte) (int, error) {
	l <- string(b)
	return len(b), nil
}

func (l lines) wait(t *testing.T, text string) {
	t.Helper()
	end := time.After(patience)
	for {
		select {
		case s := <-l:
			if strings.Contains(s, text) {
				return
			}
		case <-end:
			t.Fatalf("%q did not arrive", text)
		}
	}
}

func TestAttach(t *testing.T) {
	in, keys := io.Pipe()
	out := make(lines, 64)
	sizes := make(chan tea.WindowSizeMsg, 2)
	sizes <- tea.WindowSizeMsg{Width: 40, Height: 4}
	result := make(chan error, 1)
	go func() {
		result <- Attach(t.Context(), &stub{text: "hello"}, in, out, sizes, RunOptions{Env: ptyEnv})
	}()
	out.wait(t, "|####")
	sizes <- tea.WindowSizeMsg{Width: 40, Height: 6}
	out.wait(t, "|######")
	_, _ = keys.Write([]byte("q"))
	out.wait(t, "\x1b[?1049l")
	if err := <-result; err != nil {
		t.Error(err)
	}
}

func TestAttachBrokenOutputEndsIt(t *testing.T) {
	in, _ := io.Pipe()
	_, out := io.Pipe()
	broken := errors.New("connection reset")
	_ = out.CloseWithError(broken)
	sizes := make(chan tea.WindowSizeMsg, 1)
	sizes <- tea.WindowSizeMsg{Width: 40, Height: 4}
	if err := Attach(t.Context(), &stub{text: "hello"}, in, out, sizes, RunOptions{Env: ptyEnv}); !errors.Is(err, broken) && !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("ended with %v", err)
	}
}

// An output that never takes a byte must not keep Attach.
func TestAttachStuckOutput(t *testing.T) {
	in, keys := io.Pipe()
	stuck, out := io.Pipe()
	defer stuck.Close()
	sizes := make(chan tea.WindowSizeMsg, 1)
	sizes <- tea.WindowSizeMsg{Width: 40, Height: 4}
	result := make(chan error, 1)
	go func() {
		result <- Attach(t.Context(), &stub{text: "hello"}, in, out, sizes, RunOptions{Env: ptyEnv})
	}()
	_, _ = keys.Write([]byte("q"))
	select {
	case err := <-result:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Fatal("Attach waits for an output that is stuck")
	}
}
