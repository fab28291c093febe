package tui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// Source is where snapshots come from; metrics.Latest is one. Both methods may
// be called from any goroutine.
type Source interface {
	Get() *metrics.Snapshot // the newest; nil until there is one
	Next(ctx context.Context, seen uint64) (*metrics.Snapshot, error)
}

// Options are what a session is made from. Only Source is needed.
type Options struct {
	Source   Source
	Contacts func(context.Context, metrics.ContactQuery) (metrics.ContactList, error) // nil: the lists behind numbers are not available
	Record   func(context.Context, floor.Event) error                                 // nil: nothing can be recorded
	Unlock   func(code string) bool                                                   // of a public wall; nil: it cannot be unlocked from here

	Profile  Profile
	Language string // "" is pt-BR
	Author   string // who records events
	Screen   string // the first: "wall" (also ""), "queues", "agents", "metas", "events"

	ASCII  bool // the terminal draws nothing but ASCII
	Blocks bool // no braille
	Kiosk  bool // unattended: rotation, and no way out without unlocking

	Theme string // "", "dark", "light", "contrast", "none"

	Clock    func() time.Time // nil: time.Now
	Watching func() int       // sessions looking; nil: not shown
	Hint     string           // how to reach a lead's session, shown on the public wall: "ssh supervisor@farol"

	Site    *floor.Site   // of the frames before the first snapshot; nil: they have no name and UTC
	Notice  string        // said above the footer until a key is pressed
	Trouble func() string // said there for as long as it is not empty, asked each second; nil: never
}

// App is one session's console: a Bubble Tea model. It belongs to one
// goroutine; nothing of it is shared with other sessions but the snapshot.
type App struct {
	o      Options
	ctx    context.Context //nolint:containedctx // the session's
	cancel context.CancelFunc
	keymap *keymap
	v      view
	home   screen   // the wall, with its own state
	stack  []screen // never empty; the last is on top
	before []screen // the stack before the last change of place, for -

	newest *metrics.Snapshot // not shown yet while frozen
	lost   error             // snapshots will not come any more
	real   func() time.Time  // not the session's clock, which a replay may run at any speed
	came   time.Time         // when the newest snapshot came, by real
	note   notice
	told   map[string]bool // risks notified
	quit   bool
	right  Profile // what the session may see when unlocked
	rot    rotation
	ground ground // the terminal's background, once it has told it
	mouse  bool
	last   click // for double clicks
	lastAt time.Time
	areas  area // where the last frame put things

	frame *draw.Frame
	dirty bool

	palette    *draw.Palette
	paletteFor paletteKey
}

// area is where the top screen was drawn.
type area struct{ body draw.Rect }

// notice is the line above the footer.
type notice struct {
	text draw.Safe
	bad  bool
}

// New makes a session. It ends when ctx does or the user leaves; snapshots are
// then no longer waited for.
func New(ctx context.Context, o Options) (*App, error) {
	w, err := loadWords(o.Language)
	if err != nil {
		return nil, err
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	th, err := themeOf(o.Theme)
	if err != nil {
		return nil, err
	}
	a := &App{o: o, keymap: newKeymap(), told: map[string]bool{}, right: o.Profile, dirty: true, real: time.Now}
	a.came = a.real()
	a.ctx, a.cancel = context.WithCancel(ctx)
	a.v = view{
		snap: &metrics.Snapshot{Site: &floor.Site{}, Total: &metrics.Scope{}, Loading: &metrics.Progress{}}, words: w, profile: o.Profile,
		window: metrics.Today, blocks: o.Blocks || o.ASCII, ascii: o.ASCII, theme: th, author: o.Author, kiosk: o.Kiosk,
		contacts: o.Contacts, record: o.Record, ctx: a.ctx, text: newText(), kept: &keptCharts{},
	}
	a.home = newWall()
	first, ok := a.placeScreen(o.Screen)
	if !ok {
		return nil, fmt.Errorf("screen %q: known are wall, queues, agents, metas, events", o.Screen)
	}
	a.stack = []screen{first}
	if o.Site != nil {
		a.v.snap.Site = o.Site
	}
	a.note = notice{text: draw.Clean(o.Notice)}
	if o.Source != nil {
		a.take(o.Source.Get())
	}
	a.v.now = o.Clock()
	a.rot.start(o.Kiosk, a.v.now)
	return a, nil
}

func themeOf(name string) (theme, error) {
	switch name {
	case "":
		return themeAuto, nil
	case "dark":
		return themeDark, nil
	case "light":
		return themeLight, nil
	case "contrast":
		return themeContrast, nil
	case "none":
		return themeNone, nil
	}
	return 0, fmt.Errorf("theme %q: known are dark, light, contrast, none", name)
}

// placeScreen makes the root screen of a place by its name.
func (a *App) placeScreen(name string) (screen, bool) {
	switch name {
	case "", "wall":
		return a.home, true
	case "queues":
		return openQueues(), true
	case "agents":
		return openAgents(), true
	case "metas":
		return openMetas(), true
	case "events":
		return openEvents(), true
	}
	return nil, false
}

// Messages of the session itself.
type (
	snapshotMsg struct {
		snap *metrics.Snapshot
		err  error
	}
	clockMsg    struct{}
	recordedMsg struct{ err error }
)

// Init starts waiting for snapshots and the clock.
func (a *App) Init() tea.Cmd { return tea.Batch(a.wait(), a.tick()) }

// wait asks for one snapshot newer than the last taken. There is never more
// than one such command, and it ends with the session.
func (a *App) wait() tea.Cmd {
	if a.o.Source == nil {
		return nil
	}
	ctx, seen, src := a.ctx, uint64(0), a.o.Source
	if a.newest != nil {
		seen = a.newest.Version
	}
	return func() tea.Msg {
		s, err := src.Next(ctx, seen)
		return snapshotMsg{s, err}
	}
}

// tick wakes at the next whole second of the session's clock.
func (a *App) tick() tea.Cmd {
	now := a.o.Clock()
	rest := now.Truncate(time.Second).Add(time.Second).Sub(now)
	return tea.Tick(rest, func(time.Time) tea.Msg { return clockMsg{} })
}

// Update is Bubble Tea's.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if a.quit {
		return a, nil
	}
	a.v.now = a.o.Clock()
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		a.v.width, a.v.height, a.dirty = m.Width, m.Height, true
	case snapshotMsg:
		return a, a.snapshot(m)
	case goMsg:
		return a, a.went(m)
	case clockMsg:
		a.dirty = true
		a.overdue()
		a.rotate()
		return a, a.tick()
	case tea.KeyPressMsg:
		a.dirty = true
		return a, a.key(m)
	case tea.MouseClickMsg:
		a.dirty = true
		return a, a.clicked(m.Mouse())
	case tea.MouseWheelMsg:
		a.dirty = true
		return a, a.wheeled(m.Mouse())
	case tea.PasteMsg:
		a.dirty = true
		return a, a.paste(m)
	case recordedMsg:
		a.dirty = true
		if m.err != nil {
			a.v.complain(a.v.say("app.recordfail", "Why", draw.Clean(m.err.Error())))
			a.heard()
		}
	case tea.BackgroundColorMsg:
		a.ground, a.dirty = groundLight, true
		if m.IsDark() {
			a.ground = groundDark
		}
	default:
		return a, a.pass(msg)
	}
	return a, nil
}

// snapshot takes what Next brought and waits on.
func (a *App) snapshot(m snapshotMsg) tea.Cmd {
	if m.err != nil {
		if a.ctx.Err() == nil {
			a.lost, a.dirty = m.err, true
			a.v.complain(a.v.say("app.lost", "Why", draw.Clean(m.err.Error())))
			a.heard()
		}
		return nil
	}
	return tea.Batch(a.take(m.snap), a.wait())
}

// take makes s the snapshot that is shown, unless the screen is frozen.
func (a *App) take(s *metrics.Snapshot) tea.Cmd {
	if s == nil {
		return nil
	}
	a.newest, a.came, a.v.stuck = s, a.real(), 0
	if a.v.frozen {
		return nil
	}
	a.v.snap, a.dirty = s, true
	return a.alert(s)
}

// snapshotPatience is how long a session waits for the next snapshot, which come every
// second, before it says that none does. It is not the source that is silent
// then but what reads it.
const snapshotPatience = 10 * time.Second

// overdue notices that snapshots have stopped.
func (a *App) overdue() {
	a.v.stuck = 0
	if a.newest == nil || a.newest.Paused || a.newest.Loading != nil {
		return
	}
	if d := a.real().Sub(a.came); d > snapshotPatience {
		a.v.stuck = d
	}
}

// paste gives pasted text to the screen that is being typed into, and to no
// other: pasted letters are not keys.
func (a *App) paste(m tea.PasteMsg) tea.Cmd {
	top := a.top()
	t, typing := top.(typist)
	l, hears := top.(listener)
	if !typing || !hears || !t.typing() {
		return nil
	}
	next, cmd := l.listen(m, &a.v)
	a.settle(len(a.stack)-1, next)
	a.heard()
	return cmd
}

// pass hands a message that is not the app's to the screens that wait for one.
func (a *App) pass(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for i := len(a.stack) - 1; i >= 0; i-- {
		l, ok := a.stack[i].(listener)
		if !ok {
			continue
		}
		next, cmd := l.listen(msg, &a.v)
		cmds = append(cmds, cmd)
		a.dirty = true
		a.settle(i, next)
		a.heard()
	}
	return tea.Batch(cmds...)
}
