package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/floor"
	"farol/tui/draw"
)

// noteAbout is what a note is written about: a risk that is taken on, a queue,
// or a person.
type noteAbout struct {
	risk  string // id; empty: a note, not an acknowledgement
	queue string
	agent string
	name  string // of the queue or the site, as shown
}

// noteScreen is where a lead says that a risk is theirs, or writes a note. It
// is recorded with its author and comes back in the next snapshot.
type noteScreen struct {
	about noteAbout
	entry entry
}

// openNote is the prompt for a note.
func openNote(about noteAbout) screen { return noteScreen{about: about} }

// askNote opens the prompt for a note, where one can be recorded.
func (v *view) askNote(under screen, about noteAbout) (screen, tea.Cmd) {
	if why := v.readOnly(); why != "" {
		v.tell(why)
		return under, nil
	}
	return push(under, openNote(about)), nil
}

// readOnly says why nothing can be recorded from this session; empty when it
// can. The public wall is nobody's: what is done on it would have no author.
func (v *view) readOnly() draw.Safe {
	switch {
	case v.public():
		return v.w("ack.public")
	case v.record == nil:
		return v.w("ack.readonly")
	default:
		return ""
	}
}

func (noteScreen) over()                 {}
func (noteScreen) place() place          { return placePrompt }
func (noteScreen) crumb(*view) draw.Safe { return "" }
func (noteScreen) keys() []action        { return []action{actOpen, actBack} }
func (noteScreen) typing() bool          { return true }

func (s noteScreen) update(p press, v *view) (screen, tea.Cmd) {
	switch p.act {
	case actBack:
		return nil, nil
	case actOpen:
		return s.send(v)
	default:
		s.entry = s.entry.press(p.key)
		return s, nil
	}
}

// listen takes pasted text.
func (s noteScreen) listen(m tea.Msg, v *view) (screen, tea.Cmd) {
	if p, ok := m.(tea.PasteMsg); ok {
		s.entry = s.entry.add(p.Content)
	}
	return s, nil
}

// send records what was typed. A note must say something; taking a risk on
// need not.
func (s noteScreen) send(v *view) (screen, tea.Cmd) {
	if why := v.readOnly(); why != "" {
		v.tell(why)
		return nil, nil
	}
	if s.about.risk == "" && s.entry.text == "" {
		v.tell(v.w("ack.empty"))
		return nil, nil
	}
	e := floor.Event{Kind: floor.Note, Queue: s.about.queue, Agent: s.about.agent, Text: s.entry.text}
	if s.about.risk != "" {
		e.Kind, e.Subject = floor.RiskAcknowledged, s.about.risk
		v.tell(v.say("ack.done", "Name", draw.Clean(s.about.name)))
	} else {
		v.tell(v.w("ack.noted"))
	}
	return nil, v.recordCmd(e)
}

func (s noteScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	label := v.w("ack.note")
	switch {
	case s.about.risk != "":
		label = v.say("ack.risk", "Name", draw.Clean(s.about.name))
	case s.about.agent != "" && !v.public():
		label = v.say("ack.agent", "Name", draw.Clean(s.about.agent))
	}
	w := max(8, r.W-draw.Width(label)-4)
	drawPrompt(f, r, v.join(label, " ", s.entry.shown(v, w)), v.w("ack.keys"), inkText|draw.Bold)
}

// consoleSource names the console as the source of what leads do.
const consoleSource = "console"

// recordCmd records an event in the background with its author and instant;
// nil where nothing can be recorded.
func (v *view) recordCmd(e floor.Event) tea.Cmd {
	if v.record == nil {
		return nil
	}
	record, ctx := v.record, v.ctx
	if ctx == nil {
		ctx = context.Background()
	}
	e = v.deed(e)
	return func() tea.Msg { return recordedMsg{record(ctx, e)} }
}

// deed completes an event of the session's author, now. The same deed of the
// same author at the same instant is one event.
func (v *view) deed(e floor.Event) floor.Event {
	e.Source, e.At, e.Author = consoleSource, v.now.UTC(), v.author
	e.Key = floor.KeyID(e.At.Format(time.RFC3339Nano) + "/" + e.Author + "/" + e.Kind.String() + "/" + e.Subject + "/" + e.Agent)
	return e
}
