package metrics

import (
	"time"

	"farol/floor"
)

// queue is the number of a queue, known from now on.
func (f *fold) queue(id string) uint32 {
	n := f.queueNames.id(id)
	if int(n) == len(f.queues) {
		f.queues = append(f.queues, f.newQueue(id))
	}
	return n
}

func (f *fold) newQueue(id string) *queueState {
	c := f.cfg.Site.Queue(id)
	q := &queueState{
		scope:   &scope{ref: ScopeRef{Kind: QueueScope, ID: id, Name: c.Name}},
		config:  c,
		lim:     limits{millis(c.Threshold.Milliseconds()), millis(c.ShortAbandon.Milliseconds())},
		wrapup:  c.Wrapup.Milliseconds(),
		channel: channelNumber(c.Channel),
	}
	for _, t := range c.Teams {
		q.teams = append(q.teams, f.teamScope(t))
	}
	return q
}

// teamScope finds or makes the scope of a team.
func (f *fold) teamScope(name string) *scope {
	for _, t := range f.teams {
		if t.ref.ID == name {
			return t
		}
	}
	t := &scope{ref: ScopeRef{Kind: TeamScope, ID: name, Name: name}}
	f.teams = append(f.teams, t)
	return t
}

// channelNumber is 1 for the first of floor.Channels; 1 as well for none.
func channelNumber(c floor.Channel) uint8 {
	for i, known := range floor.Channels() {
		if c == known {
			return uint8(i + 1)
		}
	}
	return 1
}

// agent is the number of an agent, known from now on.
func (f *fold) agent(name string) uint32 {
	n := f.agentNames.id(name)
	if int(n) == len(f.agents) {
		a := &agentState{scope: &scope{ref: ScopeRef{Kind: AgentScope, ID: name, Name: name}}}
		a.desk.id = n
		for _, c := range f.cfg.Site.Agents {
			if c.Name == name {
				a.config = c
			}
		}
		if a.config.Team != "" {
			a.team = f.teamScope(a.config.Team)
		}
		f.agents = append(f.agents, a)
	}
	return n
}

// reason is the number of a pause reason, classified once.
func (f *fold) reason(text string) uint32 {
	n := f.reasonNames.id(text)
	if int(n) == len(f.reasons) {
		f.reasons = append(f.reasons, pauseClass{floor.ClassifyPause(f.cfg.Site.PauseRules(), text)})
	}
	return n
}

// source is the number of a source.
func (f *fold) source(name string) uint32 {
	if len(f.sources) > 0 && f.sourceNames.name(f.lastSource) == name { // events come in runs of one source
		return f.lastSource
	}
	n := f.sourceNames.id(name)
	f.lastSource = n
	if int(n) == len(f.sources) {
		f.sources = append(f.sources, sourceState{up: true})
	}
	return n
}

// expected is how long a pause should last: as the schedule says where it has
// one of that class around then, else as its rule says; 0 when neither does.
func (f *fold) expected(a *agentState, reason uint32, since int64) time.Duration {
	rule := f.reasons[reason].rule
	for i := range a.plans {
		p := &a.plans[i]
		if p.class == rule.Class && p.reason != "" && p.from-10*minuteMS <= since && since < p.until {
			return time.Duration(p.until-since) * time.Millisecond
		}
	}
	return rule.Expected
}

// shiftPlan is one line of the schedule: people planned, or a planned break.
type shiftPlan struct {
	queue       uint32
	from, until int64
	reason      string // empty: at work
	class       floor.Pause
	n           int
}
