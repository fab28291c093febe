package tui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/tui/draw"
)

// ErrKey is a key's name that nobody can press.
var ErrKey = errors.New("no such key")

// stillPatience bounds what a key may wait for, such as the contacts behind a
// number.
const stillPatience = 10 * time.Second

// Still is the frame that a person would see on a w by h terminal after
// pressing keys, written as "1 enter down ctrl+d": for pictures and tests. The
// app must not be running.
func Still(app *App, w, h int, keys string) (*draw.Frame, error) {
	app.Update(tea.WindowSizeMsg{Width: w, Height: h})
	for _, name := range strings.Fields(keys) {
		key, err := parseKey(name)
		if err != nil {
			return nil, err
		}
		_, cmd := app.Update(key)
		app.settleCmd(cmd)
	}
	return app.Frame(), nil
}

// settleCmd runs a command to its end and gives the app what came of it.
func (a *App) settleCmd(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	limit := time.NewTimer(stillPatience)
	defer limit.Stop()
	select {
	case msg := <-done:
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, c := range batch {
				a.settleCmd(c)
			}
			return
		}
		if msg != nil {
			_, next := a.Update(msg)
			a.settleCmd(next)
		}
	case <-limit.C:
	}
}

// namedKeys are the keys that are not written as they are.
func namedKey(name string) (rune, bool) {
	switch name {
	case "enter":
		return tea.KeyEnter, true
	case "esc":
		return tea.KeyEscape, true
	case "tab":
		return tea.KeyTab, true
	case "space":
		return tea.KeySpace, true
	case "up":
		return tea.KeyUp, true
	case "down":
		return tea.KeyDown, true
	case "left":
		return tea.KeyLeft, true
	case "right":
		return tea.KeyRight, true
	case "backspace":
		return tea.KeyBackspace, true
	}
	return 0, false
}

func parseKey(name string) (tea.KeyPressMsg, error) {
	var key tea.Key
	rest := name
	for {
		mod, after, ok := strings.Cut(rest, "+")
		if !ok || after == "" {
			break
		}
		switch mod {
		case "ctrl":
			key.Mod |= tea.ModCtrl
		case "shift":
			key.Mod |= tea.ModShift
		default:
			return tea.KeyPressMsg{}, fmt.Errorf("press %q: %w", name, ErrKey)
		}
		rest = after
	}
	if code, ok := namedKey(rest); ok {
		key.Code = code
		return tea.KeyPressMsg(key), nil
	}
	runes := []rune(rest)
	if len(runes) != 1 {
		return tea.KeyPressMsg{}, fmt.Errorf("press %q: %w", name, ErrKey)
	}
	key.Code = runes[0]
	if key.Mod&tea.ModCtrl == 0 {
		key.Text = rest
	}
	return tea.KeyPressMsg(key), nil
}
