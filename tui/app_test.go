package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/metrics"
)

// keys presses several keys, written as Still takes them.
func keys(a *App, names string) {
	for _, n := range strings.Fields(names) {
		press1(a, n)
	}
}

// places is the stack of an app as a word each.
func places(a *App) string {
	names := map[place]string{
		placeWall: "wall", placeQueues: "queues", placeQueue: "queue", placeAgents: "agents", placeAgent: "agent",
		placeMetas: "metas", placeEvents: "events", placeContacts: "contacts", placeLens: "lens", placeHelp: "help", placePrompt: "prompt",
	}
	var out []string
	for _, s := range a.stack {
		out = append(out, names[s.place()])
	}
	return strings.Join(out, " ")
}

func TestKeysChangePlace(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"", "wall"},
		{"f", "queues"}, {"a", "agents"}, {"m", "metas"}, {"e", "events"},
		{"f w", "wall"}, {"f esc", "wall"}, {"esc", "wall"},
		{"1", "wall queue"}, {"1 2", "wall queue"}, {"1 esc", "wall"},
		{"enter", "wall queue"}, {"j enter esc", "wall"},
		{"m a -", "metas"}, {"m a - -", "agents"},
		{"?", "wall help"}, {"? esc", "wall"}, {"? ?", "wall"},
		{"9", "wall"},
		{"e 3 esc", "events"},
		{"tab i", "wall lens"},
	} {
		a := open(t, fixture(), 120, 40, Options{})
		keys(a, c.keys)
		if got := places(a); got != c.want {
			t.Errorf("%q: %q, want %q", c.keys, got, c.want)
		}
	}
}

func TestPublicWallHasNoPagesOfPeople(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{Profile: Wall})
	keys(a, "a")
	if got := places(a); got != "wall" {
		t.Errorf("a opened %q", got)
	}
	if a.note.text == "" {
		t.Error("the key does not say why it does nothing")
	}
}

func TestKeyWithNothingToDoSaysWhy(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	keys(a, "v")
	if !strings.Contains(string(a.note.text), "v") {
		t.Errorf("note %q", a.note.text)
	}
	if !strings.Contains(a.Frame().String(), string(a.note.text)) {
		t.Error("the note is not on the screen")
	}
	keys(a, "j")
	if a.note.text != "" {
		t.Error("the note outlives the next key")
	}
}

func TestQuitAsksOnTheWallOnly(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	if cmd := press1(a, "q"); a.quit || cmd != nil && places(a) == "wall" {
		t.Error("q left the wall without asking")
	}
	a = open(t, fixture(), 120, 40, Options{})
	keys(a, "f")
	if press1(a, "q"); !a.quit {
		t.Error("q does not leave the queues")
	}
	a = open(t, fixture(), 120, 40, Options{})
	if press1(a, "ctrl+c"); !a.quit {
		t.Error("ctrl+c does not leave the wall")
	}
	a = open(t, fixture(), 200, 60, Options{Profile: Wall, Kiosk: true})
	if press1(a, "q"); a.quit || places(a) != "wall" {
		t.Error("q closes a kiosk")
	}
}

func TestFreezeKeepsTheScreenAndReleasesTheNewest(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	keys(a, "p")
	before := a.v.snap
	newer := fixture()
	newer.Version = 9
	a.Update(snapshotMsg{snap: newer})
	if a.v.snap != before {
		t.Error("a frozen screen took a new snapshot")
	}
	if !strings.Contains(a.Frame().String(), "congelado às 14:32:07") {
		t.Error("the header does not say that it is frozen")
	}
	keys(a, "p")
	if a.v.snap != newer {
		t.Error("the newest snapshot is not shown after release")
	}
}

func TestEscReleasesTheFreezeBeforeItLeavesThePage(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	keys(a, "p esc")
	if a.v.frozen {
		t.Error("esc does not release the freeze")
	}
}

func TestWindowsGoRound(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	var got []metrics.Window
	for range 4 {
		keys(a, "t")
		got = append(got, a.v.window)
	}
	want := []metrics.Window{metrics.ThisShift, metrics.Last15m, metrics.LastHour, metrics.Today}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("windows %v, want %v", got, want)
		}
	}
}

func TestTheWallSaysWhichWindowItShows(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	keys(a, "t t")
	if text := a.Frame().String(); !strings.Contains(text, "FILAS · 15 min") {
		t.Error("the queues do not say that they are of 15 min")
	}
}

func TestThemesGoRound(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	seen := map[theme]bool{}
	for range themeCount {
		keys(a, "c")
		seen[a.v.theme] = true
	}
	if len(seen) != int(themeCount) || a.v.theme != themeAuto {
		t.Errorf("themes seen: %v", seen)
	}
}

func TestNotifiesOnceARiskAndOnlyWhenAsked(t *testing.T) {
	a := open(t, calm(), 120, 40, Options{})
	if n := notices(a.take(fixture())); n != 0 {
		t.Errorf("%d notices while off", n)
	}
	a = open(t, calm(), 120, 40, Options{})
	keys(a, "b")
	if n := notices(a.take(fixture())); n != 1 {
		t.Errorf("%d notices for one new critical risk", n)
	}
	if n := notices(a.take(fixture())); n != 0 {
		t.Errorf("%d notices for the same risk again", n)
	}
	a.take(calm())
	if n := notices(a.take(fixture())); n != 1 {
		t.Errorf("%d notices for a risk that came back", n)
	}
}

// notices runs a command and counts the notifications it asks for.
func notices(cmd tea.Cmd) int {
	if cmd == nil {
		return 0
	}
	switch m := cmd().(type) {
	case NotifyMsg:
		return 1
	case tea.BatchMsg:
		n := 0
		for _, c := range m {
			n += notices(c)
		}
		return n
	}
	return 0
}

func TestTitleCountsWhatBurns(t *testing.T) {
	for _, c := range []struct {
		s    *metrics.Snapshot
		want string
	}{{fixture(), "■2 ▲5 farol"}, {calm(), "● farol"}, {silent(), "≈ farol"}, {loading(), "farol"}} {
		if got := open(t, c.s, 120, 40, Options{}).Title(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestLockHidesNamesUntilTheCode(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{Unlock: func(code string) bool { return code == "1234" }})
	keys(a, "L")
	if !a.v.public() {
		t.Fatal("L does not lock")
	}
	keys(a, "L 9 9 enter")
	if !a.v.public() {
		t.Error("a wrong code unlocks")
	}
	if !a.note.bad {
		t.Error("a wrong code is not told")
	}
	keys(a, "L 1 2 3 4")
	if strings.Contains(a.Frame().String(), "1234_") {
		t.Error("the code is drawn")
	}
	keys(a, "enter")
	if a.v.public() || places(a) != "wall" {
		t.Error("the code does not unlock")
	}
}

func TestWallSessionCannotUnlockWithoutARight(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{Profile: Wall, Hint: "ssh supervisor@farol"})
	keys(a, "L")
	if !a.v.public() {
		t.Error("a wall session unlocked itself")
	}
	if !strings.Contains(string(a.note.text), "ssh supervisor@farol") {
		t.Errorf("it does not say how: %q", a.note.text)
	}
}

func TestResizeKeepsTheSelection(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	keys(a, "j j j")
	for _, z := range [][2]int{{1, 1}, {0, 0}, {40, 12}, {320, 90}, {120, 40}} {
		a.Update(tea.WindowSizeMsg{Width: z[0], Height: z[1]})
		a.Frame()
	}
	if got := a.top().(wallScreen).queue; got != "sac" {
		t.Errorf("the cursor is on %q, want sac", got)
	}
}

// The cursor is on a queue, not on a row: it stays with the queue when the order
// changes.
func TestSelectionIsByIdentity(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	keys(a, "j j")
	s := fixture()
	s.Version = 2
	s.Queues[0], s.Queues[2] = s.Queues[2], s.Queues[0]
	a.Update(snapshotMsg{snap: s})
	keys(a, "enter")
	if got := places(a); got != "wall queue" {
		t.Fatalf("at %q", got)
	}
	keys(a, "esc")
	if w := a.top().(wallScreen); w.queue != "retencao" || w.at(&a.v) != 0 {
		t.Errorf("cursor on %q at %d", w.queue, w.at(&a.v))
	}
}

func TestFrameIsDrawnOnlyWhenSomethingChanged(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	f := a.Frame()
	if a.Frame() != f {
		t.Error("a second frame was drawn for nothing")
	}
	keys(a, "j")
	if a.Frame() == f {
		t.Error("the frame did not change with the cursor")
	}
}

// failing is a source whose snapshots stop.
type failing struct{ fixed }

func (failing) Next(context.Context, uint64) (*metrics.Snapshot, error) {
	return nil, errors.New("disk full\x1b[2J")
}

func TestSourceThatStopsIsTold(t *testing.T) {
	a, err := New(context.Background(), Options{Source: failing{fixed{fixture()}}, Clock: fixtureNow})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	a.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	a.Update(a.wait()())
	if !a.note.bad || !strings.Contains(string(a.note.text), "disk full") {
		t.Errorf("note %+v", a.note)
	}
	keys(a, "j")
	if a.note.text == "" {
		t.Error("an error goes away without being read")
	}
	clean(t, a.Frame())
	keys(a, "esc")
	if a.note.text != "" {
		t.Error("esc does not put the error away")
	}
}

func TestWaitingEndsWithTheSession(t *testing.T) {
	a := open(t, fixture(), 120, 40, Options{})
	cmd := a.wait()
	done := make(chan tea.Msg)
	go func() { done <- cmd() }()
	a.Close()
	if m, ok := (<-done).(snapshotMsg); !ok || m.err == nil {
		t.Errorf("%+v", m)
	}
}

func TestUnknownOptionsAreRefused(t *testing.T) {
	for _, o := range []Options{{Language: "xx"}, {Theme: "pink"}, {Screen: "roof"}} {
		if _, err := New(context.Background(), o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}

// The engine publishes every second; when it stops, nothing else would say so.
func TestSnapshotsThatStopComingAreAdmitted(t *testing.T) {
	real := time.Now()
	a := open(t, fixture(), 120, 40, Options{})
	a.real = func() time.Time { return real }
	a.came = real
	a.Update(clockMsg{})
	if strings.Contains(a.Frame().String(), "PARADA") {
		t.Fatal("admitted at once")
	}
	real = real.Add(12 * time.Second)
	a.Update(clockMsg{})
	text := a.Frame().String()
	if !strings.Contains(text, "LEITURA PARADA há 12 s") || strings.Contains(text, "ao vivo") {
		t.Errorf("not admitted:\n%s", text)
	}
	s := fixture()
	s.Version = 2
	a.Update(snapshotMsg{snap: s})
	if !strings.Contains(a.Frame().String(), "ao vivo") {
		t.Error("it does not recover")
	}
	// a view of the past does not move, and that is no fault
	past := fixture()
	past.Version, past.Paused = 3, true
	a.Update(snapshotMsg{snap: past})
	real = real.Add(time.Hour)
	a.Update(clockMsg{})
	if strings.Contains(a.Frame().String(), "PARADA") {
		t.Error("a view of the past is taken for a stopped one")
	}
}
