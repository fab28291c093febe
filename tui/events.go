package tui

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

// eventsScreen is the day's log: what entered and left alert, what was noted,
// what happened to the sources.
type eventsScreen struct {
	list   list
	level  eventLevel
	follow bool // the newest stays under the cursor
	zoomed bool
}

// eventLevel is which entries are shown.
type eventLevel uint8

// The levels, in the order of the key.
const (
	levelAll eventLevel = iota
	levelAlerts
	levelCritical
	levelNotes
	levelOpen
	levelCount
)

// openEvents is the page of the day's log, following it.
func openEvents() screen { return eventsScreen{follow: true} }

func (eventsScreen) place() place            { return placeEvents }
func (eventsScreen) crumb(v *view) draw.Safe { return v.w("events.crumb") }
func (s eventsScreen) typing() bool          { return s.list.editing }
func (eventsScreen) keys() []action {
	return []action{
		actDown, actUp, actOpen, actAck, actFilter, actLevel, actBack, actLast, actFreeze, actCopy, actFirst,
		actPageDown, actPageUp, actZoom, actDayBack, actDayNext,
	}
}

// shows reports whether the level lets an entry be seen.
func (l eventLevel) shows(e *metrics.Entry) bool {
	switch l {
	case levelAlerts:
		return e.Kind == metrics.EntryAlert || e.Kind == metrics.EntryOverdue || e.Kind == metrics.EntryLong
	case levelCritical:
		return e.Kind == metrics.EntryAlert && (e.Status == metrics.Critical || e.Status == metrics.Missed)
	case levelNotes:
		return e.Kind == metrics.EntryNote || e.Kind == metrics.EntryAck || e.Kind == metrics.EntryMark || e.Kind == metrics.EntrySetting
	case levelOpen:
		return e.Open
	default:
		return true
	}
}

// rows are the entries shown, newest first, and the identity of each.
func (s eventsScreen) rows(v *view) ([]*metrics.Entry, []string) {
	var out []*metrics.Entry
	var ids []string
	for _, e := range v.snap.Log {
		if s.level.shows(e) && s.list.filter.match(string(v.entryWord(e)), string(v.scopeName(e.Scope)), string(v.entryWhat(e)), string(v.entryCause(e, wholeText)), e.Author) {
			out = append(out, e)
			ids = append(ids, entryID(e))
		}
	}
	return out, ids
}

// entryID tells one entry from another for as long as the day lasts.
func entryID(e *metrics.Entry) string {
	id := e.At.Format(time.RFC3339Nano) + "/" + strconv.Itoa(int(e.Kind)) + "/" + e.Scope.ID + "/" + e.Agent + "/" + e.Text
	if e.Meta != nil {
		id += "/" + metaKey(e.Meta)
	}
	return id
}

// current is the list with the cursor where following puts it.
func (s eventsScreen) current() list {
	if s.follow {
		s.list.sel = selection{}
	}
	return s.list
}

func (s eventsScreen) update(p press, v *view) (screen, tea.Cmd) {
	entries, ids := s.rows(v)
	parts := eventsLayout(bodyOf(v), s.zoomed)
	s.list = s.current()
	if p.act == actLast && !s.list.editing {
		s.follow = true
		return s, nil
	}
	l, done := s.list.press(p, ids, parts.table.H, 0)
	if s.list = l; done {
		s.follow = s.follow && p.act != actDown && p.act != actUp && p.act != actPageDown && p.act != actPageUp && p.act != actFirst
		if p.act == actFirst && !s.list.editing {
			s.list.sel = s.list.sel.to(ids, len(ids)-1, parts.table.H)
		}
		return s, nil
	}
	i := s.list.sel.index(ids)
	switch p.act {
	case actBack:
		if !s.zoomed {
			return nil, nil
		}
		s.zoomed = false
	case actZoom:
		s.zoomed = !s.zoomed
	case actLevel:
		s.level = (s.level + 1) % levelCount
	case actDayBack, actDayNext:
		v.tell(v.w("events.oneday"))
	case actCopy:
		if i >= 0 {
			return s, v.copyLines([]string{entryText(entries[i], v)})
		}
	case actOpen, actAck:
		if i >= 0 {
			return s.act(p.act, entries[i], v)
		}
	}
	return s, nil
}

// act opens what an entry is about, or takes its risk on.
func (s eventsScreen) act(a action, e *metrics.Entry, v *view) (screen, tea.Cmd) {
	queue := queueOf(e.Scope)
	if a == actAck {
		about := noteAbout{queue: queue, name: e.Scope.Name}
		if q := v.queue(queue); q != nil {
			if r := v.riskOf(q); r != nil {
				about.risk = r.ID
			}
		}
		if e.Agent != "" && !v.public() && about.risk == "" {
			about.agent = e.Agent
		}
		return v.askNote(s, about)
	}
	switch {
	case queue != "" && v.queue(queue) != nil:
		return push(s, openQueue(queue)), nil
	case e.Agent != "" && v.agent(e.Agent) != nil && !v.public():
		next, cmd := openAgentRecorded(e.Agent, v)
		return push(s, next), cmd
	case e.Meta != nil:
		return push(s, openMetas()), nil
	default:
		v.tell(v.w("events.nothingbehind"))
		return s, nil
	}
}

// click selects; a double click opens; the wheel scrolls.
func (s eventsScreen) click(c click, r draw.Rect, v *view) (screen, tea.Cmd) {
	entries, ids := s.rows(v)
	t := eventsLayout(r, s.zoomed).table
	s.list = s.current()
	switch {
	case c.wheel != 0:
		s.follow = false
		s.list.sel = s.list.sel.move(ids, c.wheel, t.H)
	case c.y >= t.Y && c.y < t.Y+t.H && len(ids) > 0:
		s.follow = false
		s.list = s.list.click(ids, c.y-t.Y, t.H, v.now)
		if c.double {
			return s.act(actOpen, entries[s.list.sel.index(ids)], v)
		}
	}
	return s, nil
}

// listen takes text pasted into the filter.
func (s eventsScreen) listen(m tea.Msg, _ *view) (screen, tea.Cmd) {
	s.list = s.list.pasted(m)
	return s, nil
}
