package tui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// place names a screen: what a key is valid in, and what the session was last at.
type place uint8

// The places. Those before placeQueue are reached by a letter from anywhere.
const (
	placeWall place = iota
	placeQueues
	placeAgents
	placeMetas
	placeEvents
	placeQueue
	placeAgent
	placeContacts
	placeLens
	placeHelp
	placePrompt
	placeCount
)

// screen is one page of the console: a plain value. The stack of screens is the
// breadcrumb.
//
// update never blocks and does no input or output: what takes time goes into
// the returned command. What it returns as screen replaces it: itself changed,
// [push] of another over it, or nil to go up one step.
//
// draw is a pure function of the screen, the view and the rectangle.
type screen interface {
	place() place
	crumb(v *view) draw.Safe
	keys() []action // that work here, in the footer's order of importance
	update(p press, v *view) (screen, tea.Cmd)
	draw(f *draw.Frame, r draw.Rect, v *view)
}

// A screen whose footer shows only some of its keys.
type footed interface{ foot() []action }

// A screen that takes typed text: while typing is true only esc, enter and
// ctrl+c are actions, and every other key arrives as press.key.
type typist interface{ typing() bool }

// A screen drawn over the one beneath it, such as help.
type overlay interface{ over() }

// A screen that waits for the answer of a command it returned.
type listener interface {
	listen(m tea.Msg, v *view) (screen, tea.Cmd)
}

// A screen that takes the whole frame, header and footer included.
type fullscreen interface{ full(v *view) bool }

// A screen that can say why a key has nothing to do. Empty: the general reason.
type reasoner interface {
	reason(a action, v *view) draw.Safe
}

// press is a key that was pressed, with the action that the key table gives it.
type press struct {
	act action
	n   int             // the digit of actRisk, from 1
	key tea.KeyPressMsg // as typed
	at  time.Time       // when, by the session's clock
}

// click is the mouse on a cell of the screen's own rectangle.
type click struct {
	x, y   int
	double bool
	wheel  int // rows to scroll, negative up
}

// A screen that the mouse can act on. r is the rectangle it was drawn in.
type clickable interface {
	click(c click, r draw.Rect, v *view) (screen, tea.Cmd)
}

// stacked is what push returns: not a screen to draw, only how an update tells
// the app that one screen opens over another.
type stacked struct {
	screen
	top screen
}

// push opens top over under.
func push(under, top screen) screen { return stacked{under, top} }

// Profile says who is looking.
type Profile uint8

// Wall is the public wall: no names, no ranking. Lead is a supervisor's own session.
const (
	Lead Profile = iota
	Wall
)

// view is what a screen may know while it draws or updates. Screens read it
// and never keep it.
type view struct {
	snap    *metrics.Snapshot // never nil
	words   *words
	profile Profile
	window  metrics.Window
	frozen  bool
	stuck   time.Duration // since when no snapshot has come; 0: they come
	width   int           // of the whole terminal
	height  int
	blocks  bool // no braille
	ascii   bool
	now     time.Time // the session's clock, in the site's zone
	theme   theme
	author  string

	watching int // sessions looking
	rot      rotationView
	kiosk    bool
	notify   bool

	contacts func(context.Context, metrics.ContactQuery) (metrics.ContactList, error)
	record   func(context.Context, floor.Event) error
	ctx      context.Context //nolint:containedctx // the session's: it ends the commands screens start

	text   *strings.Builder // the frame's phrases; see format.go
	floats []float64        // of the chart being drawn
	kept   *keptCharts      // drawings that cost more than a row of text
	said   draw.Safe        // what the screen asks the app to tell, through tell
	bad    bool
	copied string // what was sent to the clipboard last: sent again, it is shown plainly
}

// tell asks the app to show one line above the footer until it is replaced or
// a key is pressed.
func (v *view) tell(s draw.Safe) { v.said, v.bad = s, false }

// complain is tell for an error: the line stays until esc.
func (v *view) complain(s draw.Safe) { v.said, v.bad = s, true }

// public reports whether names may not be shown.
func (v *view) public() bool { return v.profile == Wall }

// queue finds a queue of the snapshot by id, nil when it is gone.
func (v *view) queue(id string) *metrics.Queue {
	for _, q := range v.snap.Queues {
		if q.Config.ID == id {
			return q
		}
	}
	return nil
}

// agent finds an agent of the snapshot by name, nil when it is gone.
func (v *view) agent(name string) *metrics.Agent {
	for _, a := range v.snap.Agents {
		if a.Name == name {
			return a
		}
	}
	return nil
}
