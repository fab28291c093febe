package tui

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"farol/tui/draw"
)

// stub is a console that shows what it was last told.
type stub struct {
	w, h    int
	text    draw.Safe
	drawn   *draw.Frame
	drawnOf draw.Safe
	wide    int // rows filled with changing figures, to make frames large
	seen    []tea.Msg
	do      func(*stub, tea.Msg) tea.Cmd
	palette *draw.Palette
}

type sayMsg string

func (s *stub) Init() tea.Cmd { return nil }

func (s *stub) View() tea.View { return tea.View{} }

func (s *stub) Title() string { return "farol " + string(s.text) }

func (s *stub) Palette(d draw.Depth) *draw.Palette {
	if s.palette == nil || s.palette.Depth() != d {
		s.palette = draw.NewPalette(d, []draw.Ink{{}, {True: draw.Pen{Text: draw.RGB(0xE69F00)}}})
	}
	return s.palette
}

func (s *stub) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	s.seen = append(s.seen, msg)
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = m.Width, m.Height
	case sayMsg:
		s.text = draw.Clean(string(m))
	case tea.KeyPressMsg:
		if m.String() == "q" {
			return s, tea.Quit
		}
		s.text = draw.Clean("key " + m.String())
	}
	if s.do != nil {
		return s, s.do(s, msg)
	}
	return s, nil
}

func (s *stub) Frame() *draw.Frame {
	if s.drawn != nil && s.drawn.W == s.w && s.drawn.H == s.h && s.drawnOf == s.text {
		return s.drawn
	}
	f := draw.New(s.w, s.h)
	f.Text(0, 0, s.text, 1)
	f.Right(draw.Rect{X: 0, Y: 0, W: s.w, H: 1}, draw.Clean("|"+strings.Repeat("#", s.h)), 0)
	for y := range min(s.wide, s.h-1) {
		f.Fill(draw.Rect{X: 0, Y: y + 1, W: s.w, H: 1}, rune('a'+(len(s.seen)+y)%26), 0)
	}
	s.drawn, s.drawnOf = f, s.text
	return f
}

// bench is a driven console whose clock and terminal are the test's.
func bench(s *stub) (*driven, *painter, *time.Time) {
	p := newPainter(nil, termKind{}, draw.Options{}, false, func(error) {})
	now := time.Unix(1000, 0)
	d := &driven{app: s, painter: p, depth: draw.Colour256, upgrade: true, fail: func(error) {}}
	d.now = func() time.Time { return now }
	return d, p, &now
}

func TestDrivenDrawsKeysAtOnceAndOthersThirtyTimesASecond(t *testing.T) {
	d, p, now := bench(&stub{})
	d.Update(tea.WindowSizeMsg{Width: 40, Height: 3})
	first := p.want.frame
	if first == nil {
		t.Fatal("no frame after the size")
	}
	*now = now.Add(time.Millisecond)
	_, cmd := d.Update(sayMsg("one"))
	if p.want.frame != first || cmd == nil {
		t.Fatal("a message drew within a frame's time, or no later frame was asked for")
	}
	if _, again := d.Update(sayMsg("two")); again != nil {
		t.Error("a second timer was started")
	}
	d.Update(tea.KeyPressMsg{Code: 'x', Text: "x"})
	if p.want.frame == first {
		t.Error("a key did not draw at once")
	}
	before := p.want.frame
	d.Update(sayMsg("three"))
	d.Update(dueMsg{})
	if p.want.frame == before {
		t.Error("the frame put off was not drawn")
	}
	*now = now.Add(time.Second)
	before = p.want.frame
	d.Update(sayMsg("four"))
	if p.want.frame == before {
		t.Error("a message after a pause did not draw at once")
	}
}

func TestDrivenUnchangedFrameIsNotPosted(t *testing.T) {
	d, p, now := bench(&stub{})
	d.Update(tea.WindowSizeMsg{Width: 40, Height: 3})
	<-p.wake
	*now = now.Add(time.Second)
	d.Update(sayMsg("")) // says what is there already
	select {
	case <-p.wake:
		t.Error("the painter was woken for nothing")
	default:
	}
}

func TestDrivenTakesMessagesForTheTerminal(t *testing.T) {
	for _, tc := range []struct {
		msg  tea.Msg
		want string
	}{
		{CopyMsg{"Ana"}, "\x1b]52;c;QW5h\x07"},
		{NotifyMsg{"farol", "Suporte"}, "\a"},
		{MouseMsg{true}, "\x1b[?1000h\x1b[?1006h"},
		{MouseMsg{false}, ""},
	} {
		s := &stub{}
		d, p, _ := bench(s)
		d.Update(tc.msg)
		if got := string(p.extra); got != tc.want {
			t.Errorf("%#v sent %q, want %q", tc.msg, got, tc.want)
		}
		if len(s.seen) > 0 {
			t.Errorf("%#v reached the console", tc.msg)
		}
	}
}

func TestDrivenTrueColourOnlyWhenAsked(t *testing.T) {
	for _, tc := range []struct {
		upgrade bool
		content string
		want    draw.Depth
	}{
		{true, "RGB", draw.TrueColour},
		{true, "Tc", draw.TrueColour},
		{true, "RGB=8", draw.TrueColour},
		{true, "Co=256", draw.Colour256},
		{false, "RGB", draw.Colour256},
	} {
		d, _, _ := bench(&stub{})
		d.upgrade = tc.upgrade
		d.Update(tea.CapabilityMsg{Content: tc.content})
		if d.depth != tc.want {
			t.Errorf("upgrade %v, %q: depth %v, want %v", tc.upgrade, tc.content, d.depth, tc.want)
		}
	}
}

func TestDrivenPanicQuits(t *testing.T) {
	d, _, _ := bench(&stub{do: func(*stub, tea.Msg) tea.Cmd { panic("broken") }})
	_, cmd := d.Update(sayMsg("x"))
	if cmd == nil || d.panicked == nil || !strings.Contains(string(d.panicked.Stack), "terminal_test.go") {
		t.Fatalf("cmd %v, panic %+v", cmd != nil, d.panicked)
	}
	if _, quit := cmd().(tea.QuitMsg); !quit {
		t.Error("the session goes on")
	}
}

func TestDrivenGuardsCommandsOfBatches(t *testing.T) {
	d, _, _ := bench(&stub{})
	var got error
	d.fail = func(err error) { got = err }
	bad := func() tea.Msg { panic("in a command") }
	batch, ok := d.guard(tea.Batch(bad, bad))().(tea.BatchMsg)
	if !ok {
		t.Fatal("not a batch")
	}
	if msg := batch[1](); msg != nil {
		t.Errorf("message %v", msg)
	}
	if p := (*PanicError)(nil); !errors.As(got, &p) || p.Value != "in a command" {
		t.Errorf("failed with %v", got)
	}
}

func TestPainterHoldsOnlyLargeUpdates(t *testing.T) {
	palette := draw.NewPalette(draw.NoColour, nil)
	large, small := draw.New(80, 24), draw.New(80, 24)
	large.Fill(large.Bounds(), 'x', 0)
	small.Text(0, 0, "small", 0)
	p := newPainter(nil, termKind{}, draw.Options{}, false, nil)
	for _, tc := range []struct {
		frame *draw.Frame
		hold  bool
		want  bool
	}{{large, true, true}, {small, true, false}, {large, false, false}} {
		got := string(p.paint(nil, shown{frame: draw.New(80, 24), palette: palette}, shown{frame: tc.frame, palette: palette}, tc.hold))
		if held := strings.HasPrefix(got, syncBegin) && strings.HasSuffix(got, syncEnd); held != tc.want {
			t.Errorf("hold %v: %q", tc.hold, got)
		}
		if strings.Contains(got, "\x1b[?2026") != tc.want {
			t.Errorf("hold %v: half a hold in %q", tc.hold, got)
		}
	}
}

func TestPainterOtherPaletteRepaints(t *testing.T) {
	f := draw.New(10, 1)
	f.Text(0, 0, "colour", 1)
	p := newPainter(nil, termKind{}, draw.Options{}, false, nil)
	a, b := draw.NewPalette(draw.NoColour, nil), draw.NewPalette(draw.TrueColour, nil)
	if got := string(p.paint(nil, shown{f, a, ""}, shown{f, b, ""}, false)); !strings.Contains(got, "colour") {
		t.Errorf("painted %q", got)
	}
}

func TestDepthOf(t *testing.T) {
	for _, tc := range []struct {
		env  string
		want draw.Depth
	}{
		{"TERM=xterm-256color", draw.Colour256},
		{"TERM=tmux-256color", draw.Colour256},
		{"TERM=putty-256color", draw.Colour256},
		{"TERM=xterm-kitty", draw.TrueColour},
		{"TERM=xterm-ghostty", draw.TrueColour},
		{"TERM=alacritty", draw.TrueColour},
		{"TERM=foot", draw.TrueColour},
		{"TERM=xterm-direct", draw.TrueColour},
		{"TERM=xterm", draw.Colour16},
		{"TERM=vt100", draw.Colour16},
		{"TERM=linux", draw.Colour16},
		{"TERM=dumb", draw.NoColour},
		{"TERM=xterm-256color COLORTERM=truecolor", draw.TrueColour},
		{"TERM=xterm-256color NO_COLOR=1", draw.NoColour},
		{"TERM=xterm-256color NO_COLOR=yes", draw.NoColour},
		{"TERM=xterm-256color NO_COLOR=", draw.Colour256},
		{"TERM=xterm-256color NO_COLOR=false", draw.NoColour},
		{"TERM=xterm-kitty COLORTERM=truecolor NO_COLOR=0", draw.NoColour},
	} {
		if got := DepthOf(strings.Fields(tc.env)); got != tc.want {
			t.Errorf("%s: %v, want %v", tc.env, got, tc.want)
		}
	}
}

func TestNotUTF8(t *testing.T) {
	for _, tc := range []struct {
		env  string
		want bool
	}{
		{"LANG=pt_BR.UTF-8", false},
		{"LANG=pt_BR.utf8", false},
		{"LANG=C", false},
		{"", false},
		{"LANG=pt_BR.ISO-8859-1", true},
		{"LANG=pt_PT.ISO-8859-15@euro", true},
		{"LANG=pt_BR.UTF-8 LC_ALL=pt_BR.ISO-8859-1", true},
		{"LANG=pt_BR.ISO-8859-1 LC_ALL=pt_BR.UTF-8", false},
	} {
		if got := NotUTF8(strings.Fields(tc.env)); got != tc.want {
			t.Errorf("%s: %v, want %v", tc.env, got, tc.want)
		}
	}
}

func TestNotificationCannotBeEscaped(t *testing.T) {
	m := NotifyMsg{"a;b\x1b\\", "Suporte\x07\x1b]2;evil\x07"}
	for _, env := range []string{"TERM=xterm", "TERM=xterm-kitty", "TERM=foot", "TERM=xterm-ghostty", "TERM=xterm-kitty TMUX=x"} {
		got := notification(termOf(strings.Fields(env)), m)
		if strings.Contains(got, "\x1b]2") || strings.Contains(strings.TrimSuffix(got, "\a"), "\a") {
			t.Errorf("%s: %q", env, got)
		}
	}
}

func TestOldTerminalsAreAskedNothing(t *testing.T) {
	for _, tc := range []struct {
		env  string
		want bool
	}{
		{"TERM=linux", false},
		{"TERM=vt220", false},
		{"TERM=screen", false},
		{"TERM=screen TMUX=/tmp/x", true},
		{"TERM=xterm", true},
	} {
		q := queries(termOf(strings.Fields(tc.env)), true)
		if got := q != ""; got != tc.want {
			t.Errorf("%s: asked %q", tc.env, q)
		}
	}
	if q := queries(termKind{}, false); strings.Contains(q, ansi.RequestTermcap("RGB")) || !strings.Contains(q, ansi.RequestBackgroundColor) {
		t.Errorf("without colours: asked %q", q)
	}
}

func TestLeaveUndoesEnter(t *testing.T) {
	for _, k := range []termKind{{}, {plain: true}} {
		in, out := k.enter(), k.leave()
		for _, mode := range []string{"1049", "2004"} {
			if !strings.Contains(in, "\x1b[?"+mode+"h") || !strings.Contains(out, "\x1b[?"+mode+"l") {
				t.Errorf("mode %s: enter %q, leave %q", mode, in, out)
			}
		}
		if !slices.Equal([]bool{strings.Contains(in, "?25l"), strings.Contains(out, "?25h")}, []bool{true, true}) {
			t.Errorf("cursor: enter %q, leave %q", in, out)
		}
	}
}
