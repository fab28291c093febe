package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"farol/tui/draw"
)

// Console is what a terminal shows: App is one. All its methods are called from
// one goroutine.
type Console interface {
	tea.Model
	Frame() *draw.Frame // the screen now: the same pointer while nothing changed
	Palette(draw.Depth) *draw.Palette
	Title() string // of the window
}

// RunOptions say what is known of the terminal.
type RunOptions struct {
	// Env is the terminal's environment as NAME=value pairs; nil: this
	// process's. See [DepthOf].
	Env []string
	// Depth overrides what Env tells; the terminal is then not asked either,
	// for an answer would undo what the user chose.
	Depth *draw.Depth
	ASCII bool // send nothing but ASCII
	Mouse bool // report the mouse from the start
}

// ErrNotTerminal is returned by [Run] when there is no terminal to draw on, or
// one that cannot place its cursor. The plain door is for those.
var ErrNotTerminal = errors.New("not a terminal that can be drawn on")

// PanicError is what a console that panicked ends with. Its message is for
// people; Stack is for the log.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("draw the console: panic: %v", e.Value) }

// Run shows a console on a terminal of this machine until it quits, ctx ends or
// the process is told to stop (interrupt, terminate, hang up: not an error). The
// terminal is given back as it was on every one of these ways, even when it has
// stopped reading.
func Run(ctx context.Context, app Console, in, out *os.File, o RunOptions) error {
	if o.Env == nil {
		o.Env = os.Environ()
	}
	if !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) || Dumb(o.Env) {
		return fmt.Errorf("open the console: %w", ErrNotTerminal)
	}
	w, h, err := term.GetSize(out.Fd())
	if err != nil {
		return fmt.Errorf("read the terminal's size: %w", err)
	}
	before, err := term.MakeRaw(in.Fd())
	if err != nil {
		return fmt.Errorf("set the terminal raw: %w", err)
	}
	tty := &localTerminal{in: in, out: out, before: before}
	defer tty.restore()

	signals, stop := signal.NotifyContext(ctx, endSignals()...)
	defer stop()
	s := newSession(signals, app, in, out, o)
	s.model.suspend = tty.suspend
	s.unstick = tty.unstick
	s.size(w, h)
	watched := tty.watch(s)
	defer watched()
	err = s.run()
	if panicked := (*PanicError)(nil); signals.Err() != nil && ctx.Err() == nil && !errors.As(err, &panicked) {
		return nil // told to stop, and stopped
	}
	return err
}

// Attach shows a console over a pair of streams until it quits, ctx ends or out
// fails: a terminal that is elsewhere. Sizes brings the terminal's size, first
// of all the initial one. In is not closed: close it, or the goroutine that
// reads it stays. When out is stuck Attach still
// returns within half a second, and what is stuck ends when out is closed.
func Attach(ctx context.Context, app Console, in io.Reader, out io.Writer, sizes <-chan tea.WindowSizeMsg, o RunOptions) error {
	var first tea.WindowSizeMsg
	select {
	case first = <-sizes:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	s := newSession(ctx, app, in, out, o)
	s.size(first.Width, first.Height)
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			select {
			case m, ok := <-sizes:
				if !ok {
					return
				}
				s.program.Send(m)
			case <-done:
				return
			}
		}
	}()
	return s.run()
}

// session is one console on one terminal.
type session struct {
	ctx     context.Context //nolint:containedctx // its end asks the program to quit
	cancel  context.CancelCauseFunc
	kill    func() // ends the program whatever it is doing
	painter *painter
	model   *driven
	opts    []tea.ProgramOption
	program *tea.Program
	unstick func() // makes a blocked write return, where that can be done
}

func newSession(ctx context.Context, app Console, in io.Reader, out io.Writer, o RunOptions) *session {
	s := &session{}
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	hard, kill := context.WithCancel(context.WithoutCancel(ctx))
	s.kill = kill
	s.painter = newPainter(out, termOf(o.Env), draw.Options{ASCII: o.ASCII}, o.Mouse, s.cancel)
	depth := DepthOf(o.Env)
	if o.Depth != nil {
		depth = *o.Depth
	}
	s.model = &driven{
		app: app, painter: s.painter, depth: depth, now: time.Now, fail: s.cancel,
		upgrade: o.Depth == nil && !noColour(o.Env) && depth < draw.TrueColour,
	}
	s.opts = []tea.ProgramOption{
		tea.WithContext(hard),
		tea.WithInput(in),
		// What Bubble Tea itself sends goes through the one writer, so that it
		// cannot fall into the middle of a frame.
		tea.WithOutput(s.painter),
		tea.WithoutRenderer(),
		tea.WithFPS(1), // its ticker runs even so
		tea.WithoutSignalHandler(),
		tea.WithEnvironment(o.Env),
		tea.WithColorProfile(colorprofile.NoTTY), // ours decides; detecting may run tmux
	}
	return s
}

func (s *session) size(w, h int) {
	s.program = tea.NewProgram(s.model, append(s.opts, tea.WithWindowSize(w, h))...)
}

// run returns when the console has quit and the terminal has been given back.
// When ctx ends the program is asked to quit rather than killed: a killed one
// does not wait for its reader, which would then take a key meant for the shell.
func (s *session) run() error {
	defer s.kill()
	asked := context.AfterFunc(s.ctx, func() {
		time.AfterFunc(stuckAfter, s.kill)
		s.program.Send(tea.QuitMsg{})
	})
	s.painter.ask(queries(s.painter.kind, s.model.upgrade))
	go s.painter.run()
	_, err := s.program.Run()
	asked()
	cause := context.Cause(s.ctx)
	s.cancel(nil)
	s.painter.leave(s.unstick)
	switch {
	case s.model.panicked != nil:
		return s.model.panicked
	case cause != nil:
		return cause
	case errors.Is(err, tea.ErrProgramPanic):
		return &PanicError{Value: err}
	default:
		return err
	}
}
