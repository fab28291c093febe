//go:build unix

package tui

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"farol/tui/draw"
)

// patience is how long a test waits for what should take a moment.
const patience = 10 * time.Second

var ptyEnv = []string{"TERM=xterm-256color"}

// screenOf collects what arrives at the other end of a terminal.
type screenOf struct {
	mu   sync.Mutex
	got  bytes.Buffer
	news chan struct{}
}

func read(f *os.File) *screenOf {
	s := &screenOf{news: make(chan struct{}, 1)}
	go func() {
		b := make([]byte, 4096)
		for {
			n, err := f.Read(b)
			s.mu.Lock()
			s.got.Write(b[:n])
			s.mu.Unlock()
			select {
			case s.news <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	return s
}

// wait waits for text and forgets everything up to it.
func (s *screenOf) wait(t *testing.T, text string) string {
	t.Helper()
	end := time.After(patience)
	for {
		s.mu.Lock()
		i := bytes.Index(s.got.Bytes(), []byte(text))
		var before string
		if i >= 0 {
			before = string(s.got.Next(i + len(text)))
		}
		s.mu.Unlock()
		if i >= 0 {
			return before
		}
		select {
		case <-s.news:
		case <-end:
			s.mu.Lock()
			defer s.mu.Unlock()
			t.Fatalf("%q did not arrive; got %q", text, s.got.String())
		}
	}
}

func openPTY(t *testing.T, w, h int) (far, near *os.File) {
	t.Helper()
	far, near, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminal: %v", err)
	}
	t.Cleanup(func() { _ = far.Close(); _ = near.Close() })
	if err := pty.Setsize(near, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		t.Fatal(err)
	}
	return far, near
}

// started runs a console on a pseudo terminal; end gives what Run returned.
func started(ctx context.Context, t *testing.T, app Console, near *os.File) (end func() error) {
	t.Helper()
	before, err := term.GetState(near.Fd())
	if err != nil {
		t.Fatal(err)
	}
	result := make(chan error, 1)
	go func() { result <- Run(ctx, app, near, near, RunOptions{Env: ptyEnv}) }()
	return func() error {
		t.Helper()
		select {
		case err := <-result:
			after, stateErr := term.GetState(near.Fd())
			if stateErr != nil || *after != *before {
				t.Errorf("the terminal's modes were not given back (%v)", stateErr)
			}
			return err
		case <-time.After(patience):
			t.Fatal("Run did not return")
			return nil
		}
	}
}

func TestRunFirstFrameResizeKeysQuit(t *testing.T) {
	far, near := openPTY(t, 40, 5)
	screen := read(far)
	end := started(t.Context(), t, &stub{text: "hello"}, near)
	screen.wait(t, "\x1b[?1049h")
	screen.wait(t, "\x1b]2;farol hello\x07")
	screen.wait(t, "|#####")
	_, _ = far.WriteString("k")
	screen.wait(t, "key k")

	if err := pty.Setsize(near, &pty.Winsize{Cols: 60, Rows: 8}); err != nil {
		t.Fatal(err)
	}
	_ = syscall.Kill(os.Getpid(), syscall.SIGWINCH) // near is not the test's controlling terminal
	screen.wait(t, "|########")

	_, _ = far.WriteString("q")
	left := screen.wait(t, "\x1b[?1049l")
	if strings.Contains(left, "\n") {
		t.Errorf("a line feed was sent: %q", left)
	}
	screen.wait(t, "\x1b[?25h")
	if err := end(); err != nil {
		t.Error(err)
	}
}

func TestRunAnswersOfTheTerminal(t *testing.T) {
	far, near := openPTY(t, 40, 5)
	screen := read(far)
	end := started(t.Context(), t, &stub{text: "amber"}, near)
	screen.wait(t, "\x1b]11;?")
	screen.wait(t, "amber")
	_, _ = far.WriteString("\x1bP1+r524742\x1b\\")
	screen.wait(t, "38;2;230;159;0mamber") // the same frame again, in true colour
	_, _ = far.WriteString("q")
	if err := end(); err != nil {
		t.Error(err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	far, near := openPTY(t, 40, 5)
	screen := read(far)
	why := errors.New("shift over")
	ctx, cancel := context.WithCancelCause(t.Context())
	end := started(ctx, t, &stub{text: "hello"}, near)
	screen.wait(t, "hello")
	cancel(why)
	if err := end(); !errors.Is(err, why) {
		t.Errorf("ended with %v", err)
	}
	screen.wait(t, "\x1b[?1049l")
}

func TestRunGivesTheTerminalBackAfterAPanic(t *testing.T) {
	for name, do := range map[string]func(*stub, tea.Msg) tea.Cmd{
		"in update": func(_ *stub, msg tea.Msg) tea.Cmd {
			if _, ok := msg.(tea.KeyPressMsg); ok {
				panic("broken")
			}
			return nil
		},
		"in a command": func(_ *stub, msg tea.Msg) tea.Cmd {
			if _, ok := msg.(tea.KeyPressMsg); ok {
				return func() tea.Msg { panic("broken") }
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			far, near := openPTY(t, 40, 5)
			screen := read(far)
			end := started(t.Context(), t, &stub{text: "hello", do: do}, near)
			screen.wait(t, "hello")
			_, _ = far.WriteString("x")
			screen.wait(t, "\x1b[?1049l")
			var p *PanicError
			if err := end(); !errors.As(err, &p) || p.Value != "broken" || len(p.Stack) == 0 {
				t.Errorf("ended with %v", err)
			}
		})
	}
}

// A terminal whose other end reads nothing fills up within a few frames; leaving
// must not wait for it.
func TestRunLeavesATerminalThatDoesNotRead(t *testing.T) {
	far, near := openPTY(t, 200, 60)
	frames := make(chan struct{}, 64)
	app := &stub{wide: 59, do: func(s *stub, msg tea.Msg) tea.Cmd {
		s.text = draw.Clean(string(s.text) + ".")
		select {
		case frames <- struct{}{}:
		default:
		}
		return tea.Tick(time.Millisecond, func(time.Time) tea.Msg { return tea.PasteMsg{} })
	}}
	end := started(t.Context(), t, app, near)
	for range 60 {
		select {
		case <-frames:
		case <-time.After(patience):
			t.Fatal("the console stopped with its terminal")
		}
	}
	from := time.Now()
	_, _ = far.WriteString("q")
	if err := end(); err != nil {
		t.Error(err)
	}
	if took := time.Since(from); took > 3*time.Second {
		t.Errorf("leaving took %v", took)
	}
}

func TestRunRefusesWhatIsNoTerminal(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	if err := Run(t.Context(), &stub{}, r, w, RunOptions{Env: ptyEnv}); !errors.Is(err, ErrNotTerminal) {
		t.Errorf("a pipe: %v", err)
	}
	_, near := openPTY(t, 40, 5)
	if err := Run(t.Context(), &stub{}, near, near, RunOptions{Env: []string{"TERM=dumb"}}); !errors.Is(err, ErrNotTerminal) {
		t.Errorf("TERM=dumb: %v", err)
	}
}

// TestConsoleProcess is not a test: it is the process of those below.
func TestConsoleProcess(t *testing.T) {
	if os.Getenv("FAROL_CONSOLE_PROCESS") == "" {
		t.Skip("only as a process of another test")
	}
	if err := Run(t.Context(), &stub{text: "hello"}, os.Stdin, os.Stdout, RunOptions{}); err != nil {
		t.Fatal(err)
	}
}

func consoleProcess() *exec.Cmd {
	cmd := exec.Command(os.Args[0], "-test.run=^TestConsoleProcess$")
	cmd.Env = append(os.Environ(), "FAROL_CONSOLE_PROCESS=1", "TERM=xterm-256color")
	return cmd
}

// Where nothing could continue it the system does not stop a process; ctrl+z on
// a kiosk must not take the wall away.
func TestSuspendWithoutAShell(t *testing.T) {
	cmd := consoleProcess()
	far, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 40, Rows: 5})
	if err != nil {
		t.Skipf("no pseudo terminal: %v", err)
	}
	defer far.Close()
	screen := read(far)
	screen.wait(t, "hello")
	_, _ = far.WriteString("\x1a")
	screen.wait(t, "\x1b[?1049l")
	screen.wait(t, "\x1b[?1049h")
	screen.wait(t, "hello")
	_, _ = far.WriteString("q")
	screen.wait(t, "\x1b[?1049l")
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

func TestSuspendUnderAShell(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	cmd := exec.Command(bash, "--norc", "--noprofile", "-i")
	cmd.Env = append(os.Environ(), "FAROL_CONSOLE_PROCESS=1", "TERM=xterm-256color", "PS1=ready> ")
	far, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 100, Rows: 5})
	if err != nil {
		t.Skipf("no pseudo terminal: %v", err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = far.Close(); _ = cmd.Wait() }()
	screen := read(far)
	screen.wait(t, "ready> ")
	_, _ = far.WriteString(os.Args[0] + " -test.run='^TestConsoleProcess$'\n")
	screen.wait(t, "\x1b[?1049h")
	screen.wait(t, "hello")
	_, _ = far.WriteString("\x1a")
	screen.wait(t, "\x1b[?1049l")
	screen.wait(t, "Stopped")
	screen.wait(t, "ready> ")
	_, _ = far.WriteString("fg\n")
	screen.wait(t, "\x1b[?1049h")
	screen.wait(t, "hello")
	_, _ = far.WriteString("k")
	screen.wait(t, "key k")
	_, _ = far.WriteString("q")
	screen.wait(t, "\x1b[?1049l")
	screen.wait(t, "ready> ")
}

func TestSignalsGiveTheTerminalBack(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			cmd := consoleProcess()
			far, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 40, Rows: 5})
			if err != nil {
				t.Skipf("no pseudo terminal: %v", err)
			}
			defer far.Close()
			screen := read(far)
			screen.wait(t, "hello")
			_ = cmd.Process.Signal(sig)
			screen.wait(t, "\x1b[?1049l")
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
}
