//go:build !unix

package tui

import (
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
)

// localTerminal is the terminal this process runs on.
type localTerminal struct {
	in, out *os.File
	before  *term.State
	suspend func(*painter) // nil: there is no such thing here
}

func endSignals() []os.Signal { return []os.Signal{os.Interrupt} }

func (t *localTerminal) restore() { _ = term.Restore(t.in.Fd(), t.before) }

func (t *localTerminal) unstick() {}

// watch looks for a new size twice a second: no signal tells of it here.
func (t *localTerminal) watch(s *session) func() {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(time.Second / 2)
		defer tick.Stop()
		var last tea.WindowSizeMsg
		for {
			select {
			case <-tick.C:
				w, h, err := term.GetSize(t.out.Fd())
				if m := (tea.WindowSizeMsg{Width: w, Height: h}); err == nil && m != last {
					last = m
					s.program.Send(m)
				}
			case <-done:
				return
			}
		}
	}()
	return func() { close(done) }
}
