//go:build unix

package tui

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

// localTerminal is the terminal this process runs on.
type localTerminal struct {
	in, out *os.File
	before  *term.State

	suspending atomic.Bool // a stop of our own: suspend takes the terminal again
}

func endSignals() []os.Signal {
	return []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}
}

// restore gives the terminal its modes back, without waiting for what it still
// has to read, and drops answers it may have sent too late, which the shell
// would take for typing.
func (t *localTerminal) restore() {
	flushInput(t.in)
	_ = term.Restore(t.in.Fd(), t.before)
}

func (t *localTerminal) unstick() { flushOutput(t.out) }

// suspend stops the process as ctrl+z does elsewhere. It returns once it runs
// again; where there is no shell to stop for (a kiosk, a terminal started with
// this program) the system ignores the stop, and it returns at once.
func (t *localTerminal) suspend(p *painter) {
	t.suspending.Store(true)
	defer t.suspending.Store(false)
	select {
	case <-p.giveBack():
	case <-time.After(stuckAfter):
	}
	t.restore()
	_ = syscall.Kill(0, syscall.SIGTSTP)
	// The signal may take a moment to stop every thread; while stopped, no
	// time passes here.
	time.Sleep(20 * time.Millisecond)
	t.resume(p)
}

func (t *localTerminal) resume(p *painter) {
	_, _ = term.MakeRaw(t.in.Fd())
	p.takeAgain()
}

// watch passes on changes of size, and takes the terminal again after the
// process was stopped from outside. The returned function ends it.
func (t *localTerminal) watch(s *session) func() {
	ch := make(chan os.Signal, 4)
	signal.Notify(ch, syscall.SIGWINCH, syscall.SIGCONT)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case sig := <-ch:
				if sig == syscall.SIGCONT && !t.suspending.Load() {
					t.resume(s.painter)
					s.program.Send(resumedMsg{})
				}
				if w, h, err := term.GetSize(t.out.Fd()); err == nil {
					s.program.Send(tea.WindowSizeMsg{Width: w, Height: h})
				}
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(ch)
		close(done)
	}
}
