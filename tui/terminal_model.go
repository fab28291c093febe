package tui

import (
	"runtime/debug"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"farol/tui/draw"
)

// frameGap is the least time between two frames nobody pressed a key for.
const frameGap = time.Second / 30

// driven drives a console for Bubble Tea: it takes the messages meant for the
// terminal, draws after the others, and hands what was drawn to the painter. It
// never waits for the terminal.
type driven struct {
	app     Console
	painter *painter
	depth   draw.Depth
	upgrade bool // take the terminal's word for more colours
	suspend func(*painter)
	now     func() time.Time
	fail    func(error)

	drawn    time.Time // when the last frame was
	due      bool      // a dueMsg is on its way
	panicked *PanicError
}

type (
	dueMsg     struct{} // time for the frame that was put off
	resumedMsg struct{} // the terminal is ours again
)

func (d *driven) Init() tea.Cmd {
	defer func() {
		if v := recover(); v != nil {
			d.failed(v) // the first message then ends the session
		}
	}()
	return d.guard(d.app.Init())
}

// View is not used: frames do not go through Bubble Tea.
func (d *driven) View() tea.View { return tea.View{} }

// Update passes a message on and draws: at once after keys, mouse and a new
// size, else not more often than every frameGap.
func (d *driven) Update(msg tea.Msg) (m tea.Model, cmd tea.Cmd) {
	m = d
	if d.panicked != nil {
		return d, tea.Quit
	}
	defer func() {
		if v := recover(); v != nil {
			d.failed(v)
			cmd = tea.Quit
		}
	}()
	cmd, taken := d.take(msg)
	if !taken {
		var next tea.Model
		next, cmd = d.app.Update(msg)
		if c, ok := next.(Console); ok {
			d.app = c
		}
		cmd = d.guard(cmd)
	}
	now := d.now()
	if wait := frameGap - now.Sub(d.drawn); wait > 0 && !urgent(msg) {
		if d.due {
			return d, cmd
		}
		d.due = true
		return d, tea.Batch(cmd, tea.Tick(wait, func(time.Time) tea.Msg { return dueMsg{} }))
	}
	if d.show() {
		d.drawn = now
	}
	return d, cmd
}

// urgent reports whether somebody waits for the frame.
func urgent(msg tea.Msg) bool {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.MouseClickMsg, tea.MouseWheelMsg, tea.PasteMsg, tea.WindowSizeMsg, dueMsg, resumedMsg:
		return true
	}
	return false
}

// show hands the frame to the painter if it is another than the last.
func (d *driven) show() bool {
	f := d.app.Frame()
	if f == nil || f.W == 0 || f.H == 0 {
		return false
	}
	return d.painter.post(f, d.app.Palette(d.depth), d.app.Title())
}

// take handles what is the terminal's and not the console's.
func (d *driven) take(msg tea.Msg) (cmd tea.Cmd, taken bool) {
	switch m := msg.(type) {
	case dueMsg:
		d.due = false
	case resumedMsg:
	case CopyMsg:
		if !d.painter.kind.plain {
			d.painter.ask(ansi.SetSystemClipboard(m.Text))
		}
	case NotifyMsg:
		d.painter.ask(notification(d.painter.kind, m))
	case MouseMsg:
		d.painter.mouse(m.On)
	case tea.ModeReportMsg:
		if m.Mode == ansi.ModeSynchronizedOutput && m.Value != ansi.ModeNotRecognized {
			d.painter.synchronize(m.Value != ansi.ModePermanentlyReset)
		}
	case tea.CapabilityMsg:
		if d.upgrade && (strings.HasPrefix(m.Content, "RGB") || strings.HasPrefix(m.Content, "Tc")) {
			d.depth = draw.TrueColour
		}
	case tea.KeyPressMsg:
		switch m.String() {
		case "ctrl+l":
			d.painter.repaint()
		case "ctrl+z":
			if d.suspend == nil {
				return nil, false
			}
			return func() tea.Msg { d.suspend(d.painter); return resumedMsg{} }, true
		default:
			return nil, false
		}
	default:
		return nil, false
	}
	return nil, true
}

// failed keeps the first panic of the console: its session ends with it.
func (d *driven) failed(v any) {
	if d.panicked == nil {
		d.panicked = &PanicError{Value: v, Stack: debug.Stack()}
	}
}

// guard makes a command that panics end the session like one in Update does;
// Bubble Tea would write the stack over the screen.
func (d *driven) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if v := recover(); v != nil {
				d.fail(&PanicError{Value: v, Stack: debug.Stack()})
				msg = nil
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i, c := range batch {
				batch[i] = d.guard(c)
			}
		}
		return msg
	}
}
