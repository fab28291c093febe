package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// contactsScreen is the list behind a number: exactly the contacts it counts.
// It is read once, in the background, and stays as it was read.
type contactsScreen struct {
	n      number
	window metrics.Window
	asked  time.Time // names the question, so that an old answer is not taken
	list   list
	by     metrics.ContactOrder
	rows   []*metrics.Contact
	total  int
	loaded bool
	err    string
}

// contactsMsg is the answer to a question for contacts.
type contactsMsg struct {
	n      number
	window metrics.Window
	asked  time.Time
	list   metrics.ContactList
	err    error
}

const contactsLimit = 2000 // rows read at most; the total is of all

// pushContacts opens the contacts behind a number over a screen, and asks for
// them.
func pushContacts(under screen, n number, v *view) (screen, tea.Cmd) {
	s := contactsScreen{n: n, window: n.in(v), asked: v.now}
	switch {
	case v.contacts == nil:
		v.tell(v.w("contacts.nowhere"))
		return under, nil
	case !n.kpi.OfContacts():
		v.tell(v.w("contacts.oftime"))
		return under, nil
	}
	return push(under, s), s.ask(v)
}

// ask reads the contacts in the background, as far as the session lives.
func (s contactsScreen) ask(v *view) tea.Cmd {
	read, n, window, asked, ctx := v.contacts, s.n, s.window, s.asked, v.ctx
	if ctx == nil {
		ctx = context.Background()
	}
	return func() tea.Msg {
		list, err := read(ctx, metrics.ContactQuery{Scope: n.ref, Window: window, KPI: n.kpi, Limit: contactsLimit})
		return contactsMsg{n, window, asked, list, err}
	}
}

// listen takes the answer to its own question, and text pasted into the filter.
func (s contactsScreen) listen(m tea.Msg, v *view) (screen, tea.Cmd) {
	s.list = s.list.pasted(m)
	answer, ok := m.(contactsMsg)
	if !ok || answer.n != s.n || answer.window != s.window || !answer.asked.Equal(s.asked) {
		return s, nil
	}
	s.loaded, s.err = true, ""
	if answer.err != nil {
		s.err = answer.err.Error()
		return s, nil
	}
	s.rows, s.total = answer.list.Rows, answer.list.Total
	return s, nil
}

// rewindow asks again when the session's window changes.
func (s contactsScreen) rewindow(v *view) (screen, tea.Cmd) {
	if s.window == v.window || v.contacts == nil {
		return s, nil
	}
	s.window, s.asked, s.loaded, s.rows, s.total = v.window, v.now, false, nil, 0
	return s, s.ask(v)
}

func (contactsScreen) place() place            { return placeContacts }
func (contactsScreen) crumb(v *view) draw.Safe { return v.w("contacts.crumb") }
func (s contactsScreen) typing() bool          { return s.list.editing }
func (contactsScreen) keys() []action {
	return []action{
		actBack, actDown, actUp, actFilter, actSort, actCopy, actLens, actOpen, actFirst, actLast, actPageDown,
		actPageUp, actWindow,
	}
}

// shown are the contacts in the order shown.
func (s contactsScreen) shown(v *view) ([]*metrics.Contact, []string) {
	var out []*metrics.Contact
	var ids []string
	for _, c := range metrics.OrderContacts(s.rows, s.by) {
		agent := c.Agent
		if v.public() {
			agent = ""
		}
		if s.list.filter.match(c.QueueName, agent, string(v.outcome(c)), c.Customer) {
			out = append(out, c)
			ids = append(ids, contactID(c))
		}
	}
	return out, ids
}

// contactID tells one stay of a contact in a queue from another.
func contactID(c *metrics.Contact) string {
	return c.ID + "\x00" + c.Queue + "\x00" + c.At.Format(time.RFC3339Nano)
}

func (s contactsScreen) update(p press, v *view) (screen, tea.Cmd) {
	rows, ids := s.shown(v)
	h := contactsLayout(bodyOf(v)).table.H
	l, done := s.list.press(p, ids, h, 0)
	if s.list = l; done {
		return s, nil
	}
	i := s.list.sel.index(ids)
	switch p.act {
	case actBack:
		return nil, nil
	case actSort:
		s.by = (s.by + 1) % metrics.ContactOrderCount
	case actLens:
		return push(s, lensScreen{s.n}), nil
	case actCopy:
		if i >= 0 {
			return s, v.copyLines([]string{contactText(rows[i], v)})
		}
	case actOpen:
		return s.open(rows, i, v)
	}
	return s, nil
}

// open goes to the agent of the contact, in a session that may see people.
func (s contactsScreen) open(rows []*metrics.Contact, i int, v *view) (screen, tea.Cmd) {
	switch {
	case i < 0:
		return s, nil
	case v.public():
		v.tell(v.w("app.nonames"))
		return s, nil
	case rows[i].Agent == "" || v.agent(rows[i].Agent) == nil:
		v.tell(v.w("contacts.noagent"))
		return s, nil
	}
	next, cmd := openAgentRecorded(rows[i].Agent, v)
	return push(s, next), cmd
}

// click selects; the wheel scrolls.
func (s contactsScreen) click(c click, r draw.Rect, v *view) (screen, tea.Cmd) {
	rows, ids := s.shown(v)
	t := contactsLayout(r).table
	switch {
	case c.wheel != 0:
		s.list.sel = s.list.sel.move(ids, c.wheel, t.H)
	case c.y >= t.Y && c.y < t.Y+t.H && len(ids) > 0:
		s.list = s.list.click(ids, c.y-t.Y, t.H, v.now)
		if c.double {
			return s.open(rows, s.list.sel.index(ids), v)
		}
	}
	return s, nil
}

// outcomeIn is outcome in w columns: with less room it is said in fewer words who
// hung up or where it went, then not at all.
func (v *view) outcomeIn(c *metrics.Contact, w int) draw.Safe {
	long := v.outcome(c)
	switch {
	case c.Outcome == floor.Transferred:
		return v.fitting(w, long, v.w("outcome.transferred"))
	case c.Outcome == floor.Completed && c.By == floor.ByAgent:
		return v.fitting(w, long, v.w("outcome.byagent"), v.w("outcome.completed"))
	case c.Outcome == floor.Completed && c.By == floor.ByCustomer:
		return v.fitting(w, long, v.w("outcome.bycustomer"), v.w("outcome.completed"))
	default:
		return long
	}
}

// outcome is how a contact ended, or that it has not.
func (v *view) outcome(c *metrics.Contact) draw.Safe {
	switch c.Outcome {
	case floor.Transferred:
		if c.Target != "" {
			return v.say("outcome.transferredto", "Target", draw.Clean(c.Target))
		}
	case floor.Completed:
		switch c.By {
		case floor.ByAgent:
			return v.w("outcome.completedagent")
		case floor.ByCustomer:
			return v.w("outcome.completedcustomer")
		default:
			return v.w("outcome.completed")
		}
	default:
	}
	if key := "outcome." + c.Outcome.String(); v.has(key) {
		return v.w(key)
	}
	return draw.Clean(c.Outcome.String())
}

// contactText is a contact as it is copied.
func contactText(c *metrics.Contact, v *view) string {
	const tab = "\t"
	agent := draw.Safe("")
	if !v.public() {
		agent = draw.Clean(c.Agent)
	}
	return string(draw.Clean(c.ID)+tab+v.hms(c.At)+tab+draw.Clean(c.QueueName)+tab+v.span(c.Wait)+tab+v.span(c.Talk)) +
		tab + string(agent) + tab + string(v.outcome(c))
}
