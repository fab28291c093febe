package tui

import (
	"context"
	"strings"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// answer answers a typed question; ok is false when the reader says goodbye.
func (s *spoken) answer(ctx context.Context, question string) (lines []string, ok bool) {
	s.take(s.v.snap)
	word, rest, _ := strings.Cut(question, " ")
	rest = strings.TrimSpace(rest)
	word = floor.Fold(strings.TrimPrefix(word, ":"))
	switch word {
	case "":
		return nil, true
	case "risco", "riscos", "risk", "risks":
		return s.risks(), true
	case "resumo", "summary", "parede", "wall":
		return s.summary(), true
	case "ajuda", "help", "?":
		return s.help(), true
	}
	switch verbs(word) {
	case actQuit:
		return nil, false
	case actQueues:
		return s.queues(rest), true
	case actAgents:
		return s.agents(ctx, rest), true
	case actMetas:
		return s.metas(rest), true
	case actEvents:
		return s.events(), true
	default:
		return append([]string{s.tell(s.v.say("plain.huh", "Word", draw.Clean(word)))}, s.help()...), true
	}
}

func (s *spoken) help() []string {
	lines := []string{s.tell(s.v.w("plain.help.intro"))}
	for _, key := range []string{"summary", "risks", "queue", "agent", "metas", "events", "quit"} {
		lines = append(lines, s.tell(s.v.w("plain.help."+key)))
	}
	return lines
}

// queues is a queue by its name, or all in a line each.
func (s *spoken) queues(name string) []string {
	v := &s.v
	if name != "" {
		id := findName(name, v.queueNamesByID())
		if q := v.queue(id); q != nil {
			return s.queue(q)
		}
		return []string{s.tell(v.say("prompt.noqueue", "Text", draw.Clean(name)))}
	}
	if len(v.snap.Queues) == 0 {
		return []string{s.tell(v.w("queues.none"))}
	}
	lines := make([]string, 0, len(v.snap.Queues))
	for _, q := range v.snap.Queues {
		lines = append(lines, s.tell(v.say("plain.queueline", "Name", draw.Clean(q.Ref.Name), "Status", s.lower(v.word(q.Status)),
			"SL", s.figure(metrics.SLStrictNoShort, q.Figure(metrics.Today, metrics.SLStrictNoShort)), "N", v.count(q.Live.Waiting), "Longest", s.span(q.Live.Longest))))
	}
	return lines
}

// queue is everything about one queue.
func (s *spoken) queue(q *metrics.Queue) []string {
	v := &s.v
	r := v.riskOf(q)
	head := v.say("plain.queue", "Name", draw.Clean(q.Ref.Name), "Status", s.lower(v.word(q.Status)))
	if r != nil {
		head = v.say("plain.queuefor", "Name", draw.Clean(q.Ref.Name), "Status", s.lower(v.word(r.Status)), "For", s.span(r.For))
	}
	lines := []string{s.tell(head)}
	for _, t := range []struct {
		k metrics.KPI
		m *metrics.Meta
	}{
		{metrics.SLStrictNoShort, q.SLMeta}, {metrics.AbandonRateNoShort, q.AbandonMeta}, {metrics.WaitAvg, q.WaitMeta}, {metrics.AHT, q.AHTMeta},
	} {
		m := q.Figure(metrics.Today, t.k)
		if t.m != nil {
			m = t.m.Now // the figure that is judged
		}
		line := v.join(s.name(t.k), " ", s.figure(t.k, m))
		if t.m != nil {
			line = v.join(line, ", ", s.target(t.m), ", ", s.lower(v.word(t.m.Status)))
			if w, kept := windowOf(t.m); !kept || w != metrics.Today {
				line = v.join(line, ", ", v.w("metas.windows."+t.m.Window))
			}
		}
		if t.k.Info().Unit == metrics.Ratio {
			line = v.join(line, s.of(m))
		}
		lines = append(lines, s.tell(s.sentence(line)))
	}
	if q.Live.Waiting > 0 {
		lines = append(lines, s.tell(v.say("plain.queuewaiting", "N", v.count(q.Live.Waiting), "Longest", s.span(q.Live.Longest))))
	} else {
		lines = append(lines, s.tell(v.w("plain.nobody")))
	}
	p := q.People
	lines = append(lines, s.tell(v.say("plain.people", "N", v.count(p.LoggedIn), "Busy", v.count(p.Busy), "Wrapup", v.count(p.Wrapup), "Free", v.count(p.Free), "Out", v.count(p.Out))))
	if r != nil {
		if why := s.why(r); why != "" {
			lines = append(lines, s.tell(why))
		}
		lines = append(lines, s.tell(v.say("plain.in15", "What", v.queueOutlook(q, r, spokenWidth))))
	}
	return append(lines, s.tell(v.say("plain.athand", "What", v.helpAt(q, spokenWidth))))
}

// agents is an agent by name, in a session that may see people; a look at a
// person is recorded before it is answered.
func (s *spoken) agents(ctx context.Context, name string) []string {
	v := &s.v
	switch {
	case v.public():
		return []string{s.tell(v.w("agents.public")), s.tell(v.w("agents.publicwhy"))}
	case name == "":
		p := v.snap.People
		return []string{s.tell(v.say("plain.people", "N", v.count(p.LoggedIn), "Busy", v.count(p.Busy), "Wrapup", v.count(p.Wrapup), "Free", v.count(p.Free), "Out", v.count(p.Out)))}
	}
	names := make([]named, len(v.snap.Agents))
	for i, a := range v.snap.Agents {
		names[i] = named{a.Name, a.Name}
	}
	a := v.agent(findName(name, names))
	if a == nil {
		return []string{s.tell(v.say("prompt.noagent", "Text", draw.Clean(name)))}
	}
	if v.record != nil {
		if err := v.record(ctx, v.deed(floor.Event{Kind: floor.Viewed, Agent: a.Name, Subject: "agent"})); err != nil {
			return []string{s.tell(v.say("app.recordfail", "Why", draw.Clean(err.Error())))}
		}
	}
	return s.agent(a)
}

func (s *spoken) agent(a *metrics.Agent) []string {
	v := &s.v
	state := v.stateWord(a)
	if _, ok := sinceOf(a); ok {
		state = v.say("plain.statefor", "State", state, "For", s.span(a.InState))
	}
	lines := []string{s.tell(v.say("plain.agent", "Name", draw.Clean(a.Name), "Queue", draw.Clean(a.QueueName), "State", state))}
	if over := a.Beyond(); over > 0 {
		lines[0] += " " + s.tell(v.say("plain.beyond", "Over", s.span(over)))
	}
	return append(lines,
		s.tell(v.w("agent.owed"), ": ", agentOwed(a, v), "."),
		s.tell(v.w("agent.effect"), ": ", agentEffect(a, v), "."),
		s.tell(v.w("agent.context"), ": ", agentContext(a, v), "."),
		s.tell(v.say("plain.agentday", "N", s.figure(metrics.Handled, a.Figure(metrics.Today, metrics.Handled)), "AHT", s.figure(metrics.AHT, a.Figure(metrics.Today, metrics.AHT)))))
}

// metas are a line each, worst first; of one indicator or queue when named.
func (s *spoken) metas(name string) []string {
	v := &s.v
	f := newFilter(name)
	var lines []string
	for _, m := range v.snap.Metas {
		if f.match(string(s.name(m.KPI)), string(v.scopeName(m.Scope)), string(v.word(m.Status))) {
			lines = append(lines, s.tell(v.say("plain.meta", "Where", v.scopeName(m.Scope), "Meta", s.meta(m), "Status", s.lower(v.word(m.Status)), "Way", s.way(m.Trend))))
		}
	}
	if len(lines) == 0 {
		return []string{s.tell(v.w("plain.nometa"))}
	}
	return lines
}

// events are the newest ten lines of the log, oldest first.
func (s *spoken) events() []string {
	log := s.v.snap.Log
	if len(log) == 0 {
		return []string{s.tell(s.v.w("events.nothing"))}
	}
	var lines []string
	for i := min(10, len(log)) - 1; i >= 0; i-- {
		lines = append(lines, s.entry(log[i]))
	}
	return lines
}
