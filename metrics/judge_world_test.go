package metrics

import (
	"testing"
	"time"

	"farol/floor"
)

// world is a floor whose facts a test sets by hand.
type world struct {
	site   *floor.Site
	at     time.Time
	refs   []ScopeRef
	all    map[string]*Figures // by scope, the same in every window
	byWin  map[string]*Figures // by scope and window, before all
	queues map[string]*Queue   // facts of a queue but its figures
	crew   []*Agent
	level  Level
	usuals map[KPI]Measure // the same for every scope
	weeks  int
	like   []DayMeasure
	slots  []Measure
	past   uint64
	asked  int // snapshots built
	under  map[time.Duration]Measure
	none   *Windows
	one    Agent
}

var _ facts = (*world)(nil)

var siteRef, suporte, sac = ScopeRef{}, ScopeRef{QueueScope, "suporte", "Suporte"}, ScopeRef{QueueScope, "sac", "SAC"}

// monday is a Monday with nothing special about it.
var monday = time.Date(2026, 8, 17, 8, 0, 0, 0, time.UTC)

func newWorld(refs ...ScopeRef) *world {
	w := &world{
		site: &floor.Site{Name: "Recife"}, at: monday,
		refs: append([]ScopeRef{siteRef}, refs...),
		all:  map[string]*Figures{}, byWin: map[string]*Figures{}, queues: map[string]*Queue{},
		usuals: map[KPI]Measure{}, under: map[time.Duration]Measure{}, none: &Windows{},
	}
	for _, r := range w.refs {
		w.all[r.path()] = &Figures{}
		if r.Kind == QueueScope {
			q := &Queue{Config: w.site.Queue(r.ID)}
			q.Ref, q.Config.Name = r, r.Name
			w.queues[r.ID] = q
		}
	}
	return w
}

func ratio(num, den float64) Measure {
	if den == 0 {
		return Measure{}
	}
	return Measure{Value: num / den, Num: num, Den: den, Known: true}
}

func counted(n float64) Measure { return Measure{Value: n, Num: n, Known: true} }

func (w *world) set(ref ScopeRef, k KPI, m Measure) { w.all[ref.path()][k] = m }
func (w *world) setIn(ref ScopeRef, window string, k KPI, m Measure) {
	key := ref.path() + "/" + window
	if w.byWin[key] == nil {
		own := *w.all[ref.path()]
		w.byWin[key] = &own
	}
	w.byWin[key][k] = m
}

func (w *world) now() time.Time { return w.at }
func (w *world) grid() bool     { return w.at.Nanosecond() == 0 && w.at.Unix()%5 == 0 }
func (w *world) figures(ref ScopeRef, window string) *Figures {
	if f := w.byWin[ref.path()+"/"+window]; f != nil {
		return f
	}
	return w.all[ref.path()]
}
func (w *world) measure(ref ScopeRef, window string, k KPI) Measure {
	if all := w.figures(ref, window); all != nil {
		return all[k]
	}
	return Measure{}
}
func (w *world) within(_ ScopeRef, _ string, _ KPI, t time.Duration) Measure { return w.under[t] }
func (w *world) series(_ ScopeRef, _ KPI, _ time.Time, _ time.Duration, n int) []Measure {
	out := make([]Measure, n)
	copy(out, w.slots)
	return out
}
func (w *world) cumulative(ScopeRef, KPI, time.Time, time.Duration, int) []Measure { return nil }
func (w *world) usual(_ ScopeRef, k KPI, _, _ time.Time) (Measure, int)            { return w.usuals[k], w.weeks }
func (w *world) likeDays(_ ScopeRef, _ KPI, n int) []DayMeasure                    { return w.like[:min(n, len(w.like))] }
func (w *world) days(_ ScopeRef, _ KPI, n int) []DayMeasure                        { return w.like[:min(n, len(w.like))] }
func (w *world) pastVersion() uint64                                               { return w.past }
func (w *world) scopes() []ScopeRef                                                { return w.refs }
func (w *world) fresh() Level                                                      { return w.level }
func (w *world) agents(fn func(*Agent)) {
	for _, a := range w.crew {
		if a.State != floor.Offline {
			w.agentNow(a, &w.one)
			fn(&w.one)
		}
	}
}

// agent is a copy of a crew member as it is now.
func (w *world) agent(a *Agent) *Agent {
	c := new(Agent)
	w.agentNow(a, c)
	return c
}

func (w *world) agentNow(a, c *Agent) {
	*c = *a
	if !c.Neutral() {
		c.InState = w.at.Sub(c.Since)
	} else {
		c.InState = 0
	}
	if c.W == nil {
		c.W = w.none
	}
}

func (w *world) windows(ref ScopeRef) *Windows {
	var out Windows
	for win, name := range map[Window]string{Last15m: Window15m, LastHour: Window1h, Today: WindowDay, ThisShift: WindowShift} {
		out[win] = *w.figures(ref, name)
	}
	return &out
}

func (w *world) snapshot() *Snapshot {
	w.asked++
	s := &Snapshot{At: w.at, Site: w.site, Day: w.site.DayStart(w.at), Fresh: Freshness{Level: w.level}}
	s.Total = &Scope{Ref: siteRef, W: w.windows(siteRef)}
	byName := map[string]*Agent{}
	for _, a := range w.crew {
		c := w.agent(a)
		s.Agents = append(s.Agents, c)
		byName[a.Name] = c
	}
	s.Total.People = peopleOf(s.Agents)
	for _, r := range w.refs {
		if r.Kind != QueueScope {
			continue
		}
		q := *w.queues[r.ID]
		q.W, q.Risk = w.windows(r), -1
		q.Members = nil
		for _, a := range s.Agents {
			for _, id := range a.Queues {
				if id == r.ID && a.State != floor.Offline {
					q.Members = append(q.Members, a)
				}
			}
		}
		planned := q.People.Planned
		q.People = peopleOf(q.Members)
		q.People.Planned = planned
		s.Queues = append(s.Queues, &q)
		s.Total.Live.Waiting += q.Live.Waiting
		s.Total.Live.Longest = max(s.Total.Live.Longest, q.Live.Longest)
	}
	return s
}

func peopleOf(agents []*Agent) (p People) {
	for _, a := range agents {
		if a.State != floor.Offline {
			p.LoggedIn++
		}
		switch a.State {
		case floor.Busy, floor.OnHold:
			p.Busy++
		case floor.AfterCall:
			p.Wrapup++
		case floor.Available, floor.RingingState:
			p.Free++
		case floor.OnPause:
			p.Out++
			if a.Neutral() {
				p.Neutral++
			}
			if plannable(a.Pause.Class) {
				p.Training++
				if a.Expected > 0 && a.InState > a.Expected {
					p.Overdue++
				}
			}
		case floor.Offline:
		}
	}
	return p
}

// run steps the judge over d of grid time; each is called before each step.
func (w *world) run(j *judge, d time.Duration, each ...func()) {
	for end := w.at.Add(d); w.at.Before(end); {
		w.at = w.at.Add(gridStep)
		for _, fn := range each {
			fn()
		}
		j.step(w)
	}
}

// look is the judged snapshot of now.
func (w *world) look(j *judge) *Snapshot {
	s := w.snapshot()
	j.apply(s, w)
	return s
}

func metaOf(t testing.TB, s *Snapshot, id string) *Meta {
	t.Helper()
	for _, m := range s.Metas {
		if m.ID == id {
			return m
		}
	}
	t.Fatalf("no meta %s in the snapshot", id)
	return nil
}

func queueMeta(t testing.TB, kpi, variant, queue, target, window string) MetaSpec {
	t.Helper()
	text := MetaText{KPI: kpi, Variant: variant, Target: target, Window: window, Why: "contrato", Owner: "Helena"}
	if queue != "" {
		text.ScopeKind, text.ScopeID = "queue", queue
	}
	return mustMeta(t, text)
}

const slSuporte = "service_level.strict_no_short/queue:suporte/day"

func slMeta(t testing.TB, queue string) MetaSpec {
	return queueMeta(t, "service_level", "", queue, ">= 80%", "day")
}

func alerts(s *Snapshot) []string {
	var out []string
	for _, e := range s.Log {
		if e.Kind == EntryAlert || e.Kind == EntryNormal {
			out = append(out, e.At.Format("15:04:05 ")+map[Status]string{OK: "ok", Attention: "attention", Critical: "critical", Missed: "missed"}[e.Status]+" "+e.Meta.ID)
		}
	}
	return out
}
