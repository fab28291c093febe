package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"farol/floor"
	"farol/tui/draw"
)

// commandScreen is the line of the key ":": a place, and what in it.
type commandScreen struct{ entry entry }

// openCommand is the command line, empty.
func openCommand() screen { return commandScreen{} }

func (commandScreen) over()                 {}
func (commandScreen) place() place          { return placePrompt }
func (commandScreen) crumb(*view) draw.Safe { return "" }
func (commandScreen) keys() []action        { return []action{actOpen, actBack} }
func (commandScreen) typing() bool          { return true }

func (s commandScreen) update(p press, v *view) (screen, tea.Cmd) {
	switch {
	case p.act == actBack:
		return nil, nil
	case p.act == actOpen:
		return s.run(v)
	case p.key.String() == "tab":
		s.entry.text = s.complete(v)
	default:
		if p.key.String() == "backspace" && s.entry.text == "" {
			return nil, nil
		}
		s.entry = s.entry.press(p.key)
	}
	return s, nil
}

// listen takes pasted text.
func (s commandScreen) listen(m tea.Msg, v *view) (screen, tea.Cmd) {
	if p, ok := m.(tea.PasteMsg); ok {
		s.entry = s.entry.add(p.Content)
	}
	return s, nil
}

// verbs are the commands by every name they go by, in the three languages.
func verbs(word string) action {
	switch word {
	case "parede", "ecra", "wall", "w":
		return actWall
	case "fila", "filas", "queue", "queues", "f":
		return actQueues
	case "agente", "agentes", "atendente", "agent", "agents", "a":
		return actAgents
	case "meta", "metas", "target", "targets", "m":
		return actMetas
	case "evento", "eventos", "event", "events", "e":
		return actEvents
	case "ajuda", "help", "?":
		return actHelp
	case "q", "sair", "quit", "exit":
		return actQuit
	default:
		return actNone
	}
}

// run does what was typed; what is not understood stays to be mended.
func (s commandScreen) run(v *view) (screen, tea.Cmd) {
	word, rest, _ := strings.Cut(strings.TrimSpace(s.entry.text), " ")
	act := verbs(floor.Fold(word))
	rest = strings.TrimSpace(rest)
	switch {
	case word == "":
		return nil, nil
	case act == actNone:
		v.complain(v.say("prompt.unknown", "Word", draw.Clean(word)))
		return s, nil
	case act == actQueues && rest != "":
		return s.goQueue(rest, v)
	case act == actAgents && rest != "":
		return s.goAgent(rest, v)
	default:
		return nil, func() tea.Msg { return goMsg{act: act} }
	}
}

// goQueue opens the queue whose name begins like what was typed, else the
// likest.
func (s commandScreen) goQueue(text string, v *view) (screen, tea.Cmd) {
	id := findName(text, v.queueNamesByID())
	if id == "" {
		v.complain(v.say("prompt.noqueue", "Text", draw.Clean(text)))
		return s, nil
	}
	return nil, func() tea.Msg { return goMsg{act: actQueues, open: openQueue(id)} }
}

func (s commandScreen) goAgent(text string, v *view) (screen, tea.Cmd) {
	if v.public() {
		v.tell(v.w("app.nonames"))
		return nil, nil
	}
	names := make([]named, len(v.snap.Agents))
	for i, a := range v.snap.Agents {
		names[i] = named{a.Name, a.Name}
	}
	id := findName(text, names)
	if id == "" {
		v.complain(v.say("prompt.noagent", "Text", draw.Clean(text)))
		return s, nil
	}
	next, record := openAgentRecorded(id, v)
	return nil, tea.Batch(record, func() tea.Msg { return goMsg{act: actAgents, open: next} })
}

// named is a thing with an id that is looked for by name.
type named struct{ id, name string }

func (v *view) queueNamesByID() []named {
	out := make([]named, len(v.snap.Queues))
	for i, q := range v.snap.Queues {
		out[i] = named{q.Config.ID, q.Ref.Name}
	}
	return out
}

// findName is the id of the name that begins like text, that holds it, or that
// looks most like it, in this order; empty for none.
func findName(text string, names []named) string {
	folded := floor.Fold(text)
	for _, n := range names {
		if strings.HasPrefix(floor.Fold(n.name), folded) || floor.Fold(n.id) == folded {
			return n.id
		}
	}
	f := newFilter(text)
	plain := make([]string, len(names))
	for i, n := range names {
		if f.match(n.name) {
			return n.id
		}
		plain[i] = n.name
	}
	if near := f.nearest(plain, 1); len(near) > 0 {
		for _, n := range names {
			if n.name == near[0] {
				return n.id
			}
		}
	}
	return ""
}

// complete finishes the name being typed.
func (s commandScreen) complete(v *view) string {
	word, rest, more := strings.Cut(s.entry.text, " ")
	if !more || strings.TrimSpace(rest) == "" {
		return s.entry.text
	}
	folded := floor.Fold(rest)
	switch verbs(floor.Fold(word)) {
	case actQueues:
		for _, n := range queueNames(v) {
			if strings.HasPrefix(floor.Fold(n), folded) {
				return word + " " + n
			}
		}
	case actAgents:
		if v.public() {
			break
		}
		for _, n := range agentNames(v) {
			if strings.HasPrefix(floor.Fold(n), folded) {
				return word + " " + n
			}
		}
	}
	return s.entry.text
}

func (s commandScreen) draw(f *draw.Frame, r draw.Rect, v *view) {
	drawPrompt(f, r, v.join(":", s.entry.shown(v, max(8, r.W-4))), v.w("prompt.commands"), inkText|draw.Bold)
}
