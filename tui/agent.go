package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// agentScreen is one person's page: what they are owed before what their
// absence costs.
type agentScreen struct {
	name  string
	focus int // the tile in focus, from 1; 0 none
}

// openAgent is the page of an agent. Who opens it for a person goes through
// openAgentRecorded.
func openAgent(name string) screen { return agentScreen{name: name} }

// openAgentRecorded is openAgent with the record that the law asks for: who
// looked at whose page, and when.
func openAgentRecorded(name string, v *view) (screen, tea.Cmd) {
	return openAgent(name), v.recordCmd(floor.Event{Kind: floor.Viewed, Agent: name, Subject: "agent"})
}

func (agentScreen) place() place { return placeAgent }

func (s agentScreen) crumb(v *view) draw.Safe {
	if v.public() {
		return v.w("agents.crumb")
	}
	return v.crumbWindow(draw.Clean(s.name))
}

func (agentScreen) keys() []action {
	return []action{
		actBack, actNextRisk, actAck, actCopy, actLeft, actRight, actOpen, actLens, actNextPanel, actPrevPanel,
		actPrevRisk, actWindow,
	}
}

func (s agentScreen) update(p press, v *view) (screen, tea.Cmd) {
	if v.public() {
		return nil, nil
	}
	a := v.agent(s.name)
	switch p.act {
	case actBack:
		if s.focus == 0 {
			return nil, nil
		}
		s.focus = 0
	case actRight, actNextPanel:
		s.focus = min(s.focus+1, agentTileCount)
	case actLeft, actPrevPanel:
		s.focus = max(s.focus-1, 0)
	case actNextRisk:
		return s.neighbour(1, v)
	case actPrevRisk:
		return s.neighbour(-1, v)
	case actAck:
		return v.askNote(s, noteAbout{agent: s.name})
	case actCopy:
		if a != nil {
			return s, v.copyLines([]string{agentContact(a)})
		}
	case actLens, actOpen:
		if a != nil {
			return s.open(p.act, a, v)
		}
	}
	return s, nil
}

// open opens what is behind the tile in focus.
func (s agentScreen) open(act action, a *metrics.Agent, v *view) (screen, tea.Cmd) {
	k := metrics.Handled
	if tiles := agentTiles(a, v); s.focus > 0 && tiles[s.focus-1].counted {
		k = tiles[s.focus-1].kpi
	}
	if act == actLens {
		return push(s, lensScreen{numberOf(a.Ref(), k)}), nil
	}
	return pushContacts(s, numberOf(a.Ref(), k), v)
}

// agentContact is what is copied of an agent: how to call them.
func agentContact(a *metrics.Agent) string {
	if a.Extension != "" {
		return a.Extension
	}
	return a.Name
}

// neighbour opens the next of those who weigh in the risk, or of the queue.
func (s agentScreen) neighbour(step int, v *view) (screen, tea.Cmd) {
	names := s.company(v)
	i := slices.Index(names, s.name)
	if len(names) == 0 || (i >= 0 && len(names) == 1) {
		v.tell(v.w("agent.alone"))
		return s, nil
	}
	next := names[0]
	if i >= 0 {
		next = names[(i+step+len(names))%len(names)]
	}
	return openAgentRecorded(next, v)
}

// company are the agents that n goes through: who weighs in the risk of one of
// the agent's queues, or else the main queue's people.
func (s agentScreen) company(v *view) []string {
	a := v.agent(s.name)
	if a == nil {
		return nil
	}
	queues := agentQueues(a, v)
	for _, q := range queues {
		if r := v.riskOf(q); r != nil {
			if names := namesOf(r.Who); slices.Contains(names, s.name) {
				return names
			}
		}
	}
	if len(queues) == 0 {
		return nil
	}
	return namesOf(queues[0].Members)
}

func namesOf(agents []*metrics.Agent) []string {
	names := make([]string, len(agents))
	for i, a := range agents {
		names[i] = a.Name
	}
	return names
}

// agentQueues are the agent's queues that the snapshot has, the main one first.
func agentQueues(a *metrics.Agent, v *view) []*metrics.Queue {
	var out []*metrics.Queue
	for _, id := range a.Queues {
		if q := v.queue(id); q != nil {
			out = append(out, q)
		}
	}
	return out
}

// riskOf is the risk of a queue; nil when it has none.
func (v *view) riskOf(q *metrics.Queue) *metrics.Risk {
	if q == nil || q.Risk < 0 || q.Risk >= len(v.snap.Risks) {
		return nil
	}
	return v.snap.Risks[q.Risk]
}
