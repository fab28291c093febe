package tui

// action is what a key asks for. The same key asks for the same thing on every
// screen.
type action uint8

// The actions.
const (
	actNone action = iota
	actRisk
	actWall
	actQueues
	actAgents
	actMetas
	actEvents
	actCommand
	actPrevious
	actBack
	actUp
	actDown
	actFirst
	actLast
	actPageDown
	actPageUp
	actNextPanel
	actPrevPanel
	actOpen
	actNextRisk
	actPrevRisk
	actLeft
	actRight
	actFilter
	actSort
	actZoom
	actFreeze
	actWindow
	actTheme
	actLens
	actLevel
	actDayBack
	actDayNext
	actMark
	actAck
	actEdit
	actCopy
	actNotify
	actRotate
	actLock
	actMouse
	actHelp
	actQuit
	actInterrupt
	actionCount
)

// group is a heading of the help.
type group uint8

// The headings, in the help's order.
const (
	groupGo group = iota
	groupMove
	groupSee
	groupDo
	groupLeave
	groupCount
)

// keyInfo is one row of the key table.
type keyInfo struct {
	act     action
	id      string   // its words are keys.<id>.short and keys.<id>.help
	shown   string   // as printed: "1–9", "↵"
	strokes []string // as Bubble Tea names them
	group   group
	places  []place // where it acts; nil is everywhere
	changes bool    // it changes something and asks first
	listed  bool    // in the help; interrupt is not
}

// KeyDoc is one key as the documentation prints it.
type KeyDoc struct{ Keys, Group, Does string }

// Keys is the key table in a language's words, in the order of the help: what the
// README prints.
func Keys(lang string) ([]KeyDoc, error) {
	w, err := loadWords(lang)
	if err != nil {
		return nil, err
	}
	word := func(key string) string { return string(w.phrases[key].plain) }
	var out []KeyDoc
	for _, k := range keyTable() {
		out = append(out, KeyDoc{Keys: k.shown, Group: word(k.group.key()), Does: word("keys." + k.id + ".help")})
	}
	return out, nil
}

// key is the locale key of the heading.
func (g group) key() string {
	return [...]string{groupGo: "groups.go", groupMove: "groups.move", groupSee: "groups.see", groupDo: "groups.do", groupLeave: "groups.leave"}[g]
}

func keyTable() []keyInfo {
	lists := []place{placeQueues, placeAgents, placeMetas, placeEvents, placeQueue, placeContacts, placeAgent, placeWall, placeHelp, placeLens}
	return []keyInfo{
		{actRisk, "risk", "1–9", []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, groupGo, nil, false, true},
		{actWall, "wall", "w", []string{"w"}, groupGo, nil, false, true},
		{actQueues, "queues", "f", []string{"f"}, groupGo, nil, false, true},
		{actAgents, "agents", "a", []string{"a"}, groupGo, nil, false, true},
		{actMetas, "metas", "m", []string{"m"}, groupGo, nil, false, true},
		{actEvents, "events", "e", []string{"e"}, groupGo, nil, false, true},
		{actCommand, "command", ":", []string{":"}, groupGo, nil, false, true},
		{actPrevious, "previous", "-", []string{"-"}, groupGo, nil, false, true},
		{actBack, "back", "esc", []string{"esc"}, groupGo, nil, false, true},

		{actDown, "down", "j ↓", []string{"j", "down"}, groupMove, lists, false, true},
		{actUp, "up", "k ↑", []string{"k", "up"}, groupMove, lists, false, true},
		{actFirst, "first", "g", []string{"g", "home"}, groupMove, lists, false, true},
		{actLast, "last", "G", []string{"G", "end"}, groupMove, lists, false, true},
		{actPageDown, "pagedown", "ctrl+d", []string{"ctrl+d", "pgdown"}, groupMove, lists, false, true},
		{actPageUp, "pageup", "ctrl+u", []string{"ctrl+u", "pgup"}, groupMove, lists, false, true},
		{actNextPanel, "nextpanel", "tab", []string{"tab"}, groupMove, lists, false, true},
		{actPrevPanel, "prevpanel", "shift+tab", []string{"shift+tab"}, groupMove, lists, false, true},
		{actOpen, "open", "↵", []string{"enter"}, groupMove, nil, false, true},
		{actNextRisk, "nextrisk", "n", []string{"n"}, groupMove, nil, false, true},
		{actPrevRisk, "prevrisk", "N", []string{"N"}, groupMove, nil, false, true},
		{actLeft, "left", "←", []string{"left"}, groupMove, nil, false, true},
		{actRight, "right", "→", []string{"right"}, groupMove, nil, false, true},

		{actFilter, "filter", "/", []string{"/"}, groupSee, []place{placeQueues, placeAgents, placeMetas, placeEvents, placeContacts, placeWall}, false, true},
		{actSort, "sort", "s", []string{"s"}, groupSee, []place{placeQueues, placeAgents, placeQueue, placeMetas, placeContacts, placeWall}, false, true},
		{actZoom, "zoom", "z", []string{"z"}, groupSee, []place{placeQueue, placeAgents, placeMetas, placeEvents, placeAgent, placeWall}, false, true},
		{actFreeze, "freeze", "p", []string{"p"}, groupSee, nil, false, true},
		{actWindow, "window", "t", []string{"t"}, groupSee, nil, false, true},
		{actTheme, "theme", "c", []string{"c"}, groupSee, nil, false, true},
		{actLens, "lens", "i", []string{"i"}, groupSee, []place{placeWall, placeQueues, placeQueue, placeAgents, placeAgent, placeMetas, placeContacts}, false, true},
		{actLevel, "level", "v", []string{"v"}, groupSee, []place{placeEvents}, false, true},
		{actDayBack, "dayback", "[", []string{"["}, groupSee, []place{placeEvents}, false, true},
		{actDayNext, "daynext", "]", []string{"]"}, groupSee, []place{placeEvents}, false, true},
		{actMark, "mark", "␣", []string{"space"}, groupSee, []place{placeAgents}, false, true},

		{actAck, "ack", "R", []string{"R"}, groupDo, nil, true, true},
		{actEdit, "edit", "E", []string{"E"}, groupDo, []place{placeMetas}, true, true},
		{actCopy, "copy", "y", []string{"y"}, groupDo, nil, false, true},
		{actNotify, "notify", "b", []string{"b"}, groupDo, nil, false, true},
		{actRotate, "rotate", "r", []string{"r"}, groupDo, nil, false, true},
		{actLock, "lock", "L", []string{"L"}, groupDo, nil, true, true},
		{actMouse, "mouse", "M", []string{"M"}, groupDo, nil, false, true},

		{actHelp, "help", "?", []string{"?", "f1"}, groupLeave, nil, false, true},
		{actQuit, "quit", "q", []string{"q"}, groupLeave, nil, false, true},
		{actInterrupt, "interrupt", "ctrl+c", []string{"ctrl+c"}, groupLeave, nil, false, true},
	}
}

// keymap is the table indexed both ways. It is made once and never changes.
type keymap struct {
	rows    []keyInfo
	by      [actionCount]int
	strokes map[string]action
}

func newKeymap() *keymap {
	m := &keymap{rows: keyTable(), strokes: map[string]action{}}
	for i := range m.rows {
		m.by[m.rows[i].act] = i
		for _, s := range m.rows[i].strokes {
			m.strokes[s] = m.rows[i].act
		}
	}
	return m
}

func (m *keymap) info(a action) *keyInfo { return &m.rows[m.by[a]] }

// works reports whether the table lets the key act at p.
func (k *keyInfo) works(p place) bool {
	if k.places == nil {
		return true
	}
	for _, q := range k.places {
		if q == p {
			return true
		}
	}
	return false
}
