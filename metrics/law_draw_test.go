package metrics

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"pgregory.net/rapid"

	"farol/floor"
)

// operation is a few hours of a small floor.
type operation struct {
	cfg    Config
	events []floor.Event // as learnt
	start  time.Time
	r      *rand.Rand
	told   bool // the source tells times
}

var (
	lawQueues = []string{"suporte", "vendas", "retencao"}
	lawAgents = []string{"Ana", "Bia", "Caio", "Davi", "Élida"}
)

func drawOperation(t *rapid.T) *operation {
	seed := rapid.Uint64().Draw(t, "seed")
	zone := rapid.SampledFrom([]string{"UTC", "America/Recife", "Europe/Lisbon"}).Draw(t, "zone")
	hour := rapid.SampledFrom([]int{9, 22, 23}).Draw(t, "hour")
	contacts := rapid.IntRange(1, 40).Draw(t, "contacts")
	o := &operation{r: rand.New(rand.NewPCG(seed, 1)), told: rapid.Bool().Draw(t, "told")}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	o.cfg = Config{Site: floor.Site{
		Zone: loc, Language: "pt-BR",
		Queues: []floor.QueueConfig{{ID: "suporte", Teams: []string{"manhã"}, Wrapup: 20 * time.Second}, {ID: "vendas", Threshold: 30 * time.Second}},
		Shifts: []floor.Shift{{Name: "dia", Start: 8 * time.Hour, End: 20 * time.Hour}, {Name: "noite", Start: 20 * time.Hour, End: 6 * time.Hour}},
		Agents: []floor.AgentConfig{{Name: "Ana", Team: "manhã"}},
	}}
	target, err := ParseTarget(">= 80%", Ratio)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{Window15m, WindowDay} {
		o.cfg.Metas = append(o.cfg.Metas, MetaSpec{
			KPI: SLStrictNoShort, Scope: ScopeRef{Kind: QueueScope, ID: EveryQueue}, Target: target, Window: w, Why: "w", Owner: "o",
		})
	}
	o.start = time.Date(2026, 11, 22, hour, 0, 0, 0, loc)
	o.people()
	for c := range contacts {
		o.contact(fmt.Sprintf("%d.%d", 1795300000+c*7, c), o.start.Add(time.Duration(o.r.IntN(3600))*time.Second))
	}
	if o.r.IntN(4) == 0 {
		o.crash(o.start.Add(o.secs(3600)))
	}
	sortEvents(o.events)
	for i := range o.events {
		o.events[i].Seq, o.events[i].Key = uint64(i+1), floor.KeyAt("f", int64(i))
	}
	return o
}

func (o *operation) add(e floor.Event) {
	e.Source = "pbx"
	o.events = append(o.events, e)
}

func (o *operation) secs(most int) time.Duration { return time.Duration(o.r.IntN(most)) * time.Second }

// crash ends what is told of the contacts that were there.
func (o *operation) crash(at time.Time) {
	there := map[string]bool{}
	for _, e := range o.events {
		if e.Contact != "" && e.At.Before(at) {
			there[e.Contact] = true
		}
	}
	o.events = slices.DeleteFunc(o.events, func(e floor.Event) bool { return there[e.Contact] && !e.At.Before(at) })
	o.add(floor.Event{Kind: floor.SystemStarted, At: at})
}

// people come, pause and go.
func (o *operation) people() {
	for _, a := range lawAgents {
		at := o.start.Add(o.secs(1800))
		if o.r.IntN(3) > 0 {
			o.add(floor.Event{Kind: floor.AgentIn, At: at, Agent: a, Queue: lawQueues[o.r.IntN(3)]})
			o.add(floor.Event{Kind: floor.MemberAdded, At: at, Agent: a, Queue: lawQueues[o.r.IntN(3)]})
		}
		for range o.r.IntN(4) {
			at = at.Add(o.secs(1200))
			e := floor.Event{Kind: floor.Paused, At: at, Agent: a, Reason: []string{"NR-17", "Treinamento", "Reunião", ""}[o.r.IntN(4)]}
			if o.r.IntN(3) == 0 {
				e.Queue = lawQueues[o.r.IntN(3)]
			}
			o.add(e)
			if o.r.IntN(4) > 0 {
				e.Kind, e.At = floor.Unpaused, at.Add(o.secs(900))
				o.add(e)
			}
		}
		if o.r.IntN(3) == 0 {
			o.add(floor.Event{Kind: floor.AgentOut, At: at.Add(o.secs(1800)), Agent: a})
		}
		if o.r.IntN(3) == 0 {
			o.add(floor.Event{Kind: floor.Scheduled, At: o.start, Until: o.start.Add(4 * time.Hour), Agent: a})
		}
	}
}

// contact lives its life, through one queue or several.
func (o *operation) contact(id string, at time.Time) {
	e := floor.Event{Contact: id, Customer: fmt.Sprintf("h:%d:%02d", o.r.IntN(20), o.r.IntN(100))}
	if o.r.IntN(3) == 0 {
		e.Kind, e.At = floor.Offered, at
		o.add(e)
		at = at.Add(o.secs(20))
		if o.r.IntN(8) == 0 {
			e.Kind, e.At = floor.LeftBefore, at
			o.add(e)
			return
		}
	}
	for again := true; again; {
		at, again = o.stay(e, at)
	}
}

// stay is one passage; again when the contact goes on to another queue, at at.
func (o *operation) stay(e floor.Event, at time.Time) (end time.Time, again bool) {
	e.Queue = lawQueues[o.r.IntN(3)]
	e.Kind, e.At = floor.Queued, at
	o.add(e)
	wait := time.Second + o.secs(80)
	if o.told {
		e.Wait = wait
	}
	left := at.Add(wait)
	agent := lawAgents[o.r.IntN(len(lawAgents))]
	if o.r.IntN(3) == 0 {
		ring := e
		ring.Kind, ring.At, ring.Agent, ring.Wait = floor.Ringing, at.Add(wait/2), agent, 0
		o.add(ring)
		if o.r.IntN(2) == 0 {
			ring.Kind, ring.At = floor.NotAnswered, left
			o.add(ring)
		}
	}
	switch n := o.r.IntN(10); {
	case n == 0:
		return left, false // never ended in what was told
	case n <= 2:
		e.Kind, e.At = floor.Abandoned, left
		o.add(e)
		return left, false
	case n == 3:
		e.Kind, e.At = floor.LeftTimeout, left
		o.add(e)
		return left, o.r.IntN(2) == 0
	}
	e.Kind, e.At, e.Agent = floor.Answered, left, agent
	o.add(e)
	talk := time.Second + o.secs(400)
	if o.told {
		e.Talk = talk
	}
	if o.r.IntN(5) == 0 {
		h := e
		h.Kind, h.At = floor.Held, left.Add(talk/4)
		o.add(h)
		h.Kind, h.At = floor.Unheld, left.Add(talk/2)
		o.add(h)
	}
	end = left.Add(talk)
	switch o.r.IntN(8) {
	case 0:
		return end, false // still talking
	case 1:
		e.Kind, e.At = floor.Transferred, end
		o.add(e)
		return end, true
	}
	e.Kind, e.At = floor.Completed, end
	o.add(e)
	o.wrapUp(e)
	return end, false
}

func (o *operation) wrapUp(e floor.Event) {
	if o.r.IntN(4) == 0 {
		e.Kind, e.Wrap = floor.WrappedUp, o.secs(60)
		e.At = e.At.Add(e.Wrap)
		o.add(e)
	}
}
