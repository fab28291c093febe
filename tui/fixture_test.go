package tui

import (
	"math"
	"time"

	"farol/floor"
	"farol/metrics"
)

// The fixture is one invented afternoon: Operação Recife, Monday 17 August,
// 14:32:07. Its numbers add up: offered = answered + abandoned + waiting, and
// the states of people to those logged in.

// fixtureNow is the instant of the fixture.
func fixtureNow() time.Time {
	return time.Date(2026, 8, 17, 14, 32, 7, 0, fixtureZone())
}

func fixtureZone() *time.Location { return time.FixedZone("-03", -3*3600) }

func at(h, m, s int) time.Time { return time.Date(2026, 8, 17, h, m, s, 0, fixtureZone()) }

func known(x float64) metrics.Measure { return metrics.Measure{Value: x, Known: true} }

// wave is n measures from a to b with a ripple of the given height.
func wave(n int, a, b, ripple float64) []metrics.Measure {
	out := make([]metrics.Measure, n)
	for i := range out {
		t := float64(i) / float64(max(n-1, 1))
		out[i] = known(a + (b-a)*t + ripple*math.Sin(float64(i)*1.9))
	}
	return out
}

// queueRow is one line of the fixture's table of queues.
type queueRow struct {
	id, name                         string
	status                           metrics.Status
	sl, aban                         float64
	aht, wait                        int
	waiting, longest                 int
	offered, answered, abandoned     int
	log, busy, wrap, free, out, plan int
	ahtGoal                          int
	slFrom                           float64
}

func queueRows() []queueRow {
	const ok, at, cr = metrics.OK, metrics.Attention, metrics.Critical
	return []queueRow{
		{"suporte", "Suporte", cr, .614, .082, 432, 72, 9, 221, 207, 181, 17, 11, 6, 1, 0, 4, 150, 450, .85},
		{"financeiro", "Financeiro", at, .762, .056, 331, 41, 4, 118, 143, 131, 8, 9, 6, 1, 0, 2, 140, 360, .88},
		{"retencao", "Retenção", at, .814, .031, 545, 19, 2, 48, 97, 92, 3, 7, 5, 1, 1, 0, 99, 480, .82},
		{"sac", "SAC", ok, .889, .020, 295, 11, 1, 12, 305, 298, 6, 12, 8, 1, 2, 1, 300, 330, .84},
		{"vendas", "Vendas", ok, .913, .012, 400, 6, 0, 0, 161, 159, 2, 8, 4, 0, 3, 1, 158, 420, .88},
		{"agendamento", "Agendamento", ok, .929, .009, 200, 4, 0, 0, 112, 111, 1, 5, 2, 0, 3, 0, 115, 240, .92},
		{"ouvidoria", "Ouvidoria", ok, .955, 0, 490, 3, 0, 0, 22, 22, 0, 3, 1, 0, 2, 0, 24, 600, .95},
		{"whatsapp", "WhatsApp", ok, .841, .022, 700, 22, 6, 55, 182, 172, 4, 10, 9, 0, 1, 0, 176, 720, .84},
	}
}

// fixture is the snapshot behind the goldens. Every call makes a new one.
func fixture() *metrics.Snapshot {
	now := fixtureNow()
	s := &metrics.Snapshot{
		Version: 1, Seq: 1, At: now, Day: at(0, 0, 0),
		Site:   &floor.Site{Name: "Operação Recife", Zone: fixtureZone(), Language: "pt-BR"},
		Shift:  metrics.ShiftInfo{Name: "tarde", From: at(12, 0, 0), To: at(18, 0, 0), Planned: 67},
		Roster: metrics.Roster{InAt: at(15, 0, 0), In: 6, OutAt: at(16, 0, 0), Out: 9, Short: 2},
		Fresh:  metrics.Freshness{Level: metrics.Live, Age: 2 * time.Second, AsOf: now, Source: "ami"},
		Sources: []metrics.Source{{
			Name: "ami", Kind: "asterisk", Up: true, Since: at(13, 58, 41), LastEvent: at(14, 32, 5),
			LastSeen: at(14, 32, 5), Age: 2 * time.Second, Period: 5 * time.Second, Events: 41220,
		}},
		Counts: metrics.MetaCounts{Total: 38, Critical: 2, Attention: 5, OK: 31},
		LogDay: metrics.LogCounts{Critical: 3, Attention: 14, Open: 5, Acked: 1, Total: 86},
		People: metrics.People{
			LoggedIn: 65, Busy: 41, Wrapup: 4, Free: 12, Out: 8,
			Training: 2, Overdue: 2, Neutral: 6, OutPlanned: 6, Planned: 67,
		},
	}
	s.Total = fixtureTotal(s.People)
	s.Agents = fixtureAgents(now)
	s.Queues = fixtureQueues(s.Agents)
	s.Metas = fixtureMetas(s)
	s.Risks = fixtureRisks(s)
	s.Tiles = fixtureTiles(s)
	s.Log = fixtureLog(s)
	s.Charts = fixtureCharts(now)
	return s
}

// fixtureTotal is the whole site.
func fixtureTotal(p metrics.People) *metrics.Scope {
	w := figures(queueRow{sl: .823, aban: .033, aht: 409, wait: 27, waiting: 22, offered: 1229, answered: 1166, abandoned: 41})
	w[metrics.Today][metrics.Occupancy] = known(.79)
	w[metrics.Today][metrics.Adherence] = known(.931)
	return &metrics.Scope{
		Ref: metrics.ScopeRef{Kind: metrics.SiteScope, Name: "Recife"}, W: w, People: p,
		Live: metrics.LiveState{
			Waiting: 22, Longest: 221 * time.Second, LongestQueue: "Suporte", Talking: 41, Lost: 9, Over: 4, Free: 12,
		},
		Usual: &metrics.Usual{Weeks: 4, ByNow: known(1162)},
	}
}

// figures are the same in every window: the fixture has one afternoon only.
func figures(r queueRow) *metrics.Windows {
	w := &metrics.Windows{}
	for i := range w {
		f := &w[i]
		sl := known(r.sl)
		sl.Num, sl.Den = math.Round(r.sl*float64(r.offered)), float64(r.offered)
		for _, k := range []metrics.KPI{
			metrics.SLStrict, metrics.SLStrictNoShort, metrics.SLExcludeAbandWithinT, metrics.SLRemovedInT, metrics.SLAnsweredOnly,
		} {
			f[k] = sl
		}
		ab := known(r.aban)
		ab.Num, ab.Den = float64(r.abandoned), float64(r.offered)
		f[metrics.AbandonRate], f[metrics.AbandonRateNoShort], f[metrics.AbandonRateOfEnded] = ab, ab, ab
		f[metrics.AHT] = known(float64(r.aht))
		f[metrics.WaitAvg] = known(float64(r.wait))
		f[metrics.WaitingNow] = known(float64(r.waiting))
		f[metrics.Offered] = known(float64(r.offered))
		f[metrics.Answered] = known(float64(r.answered))
		f[metrics.Abandoned] = known(float64(r.abandoned))
		f[metrics.WrapAvg] = known(52)
		f[metrics.HandledPerHour] = known(5.2)
	}
	return w
}

func fixtureQueues(agents []*metrics.Agent) []*metrics.Queue {
	var out []*metrics.Queue
	for i, r := range queueRows() {
		q := &metrics.Queue{
			Config: floor.QueueConfig{ID: r.id, Name: r.name, Channel: floor.Voice, Threshold: 20 * time.Second, ShortAbandon: 5 * time.Second},
			Status: r.status, Risk: -1,
		}
		if i < 3 {
			q.Risk = i
		}
		q.Ref = metrics.ScopeRef{Kind: metrics.QueueScope, ID: r.id, Name: r.name}
		q.W = figures(r)
		q.People = metrics.People{LoggedIn: r.log, Busy: r.busy, Wrapup: r.wrap, Free: r.free, Out: r.out}
		q.Live = metrics.LiveState{Waiting: r.waiting, Longest: time.Duration(r.longest) * time.Second, Talking: r.busy, Free: r.free}
		q.Usual = &metrics.Usual{Weeks: 4, ByNow: known(float64(r.plan))}
		q.SL60 = wave(12, r.slFrom, r.sl, .01)
		q.Chart = metrics.QueueCharts{
			SL5:     metrics.Series{From: at(13, 32, 0), Step: 5 * time.Minute, Points: q.SL60, Target: known(.8)},
			Abandon: wave(12, r.aban/2, r.aban, .001), Wait: wave(12, float64(r.wait)/2, float64(r.wait), 1),
			AHT: wave(12, float64(r.aht)*.8, float64(r.aht), 4),
		}
		q.Crew = crew(r)
		for _, a := range agents {
			if a.QueueName == r.name {
				q.Members = append(q.Members, a)
			}
		}
		out = append(out, q)
	}
	suporte(out[0])
	return out
}

// suporte fills in what only the burning queue has.
func suporte(q *metrics.Queue) {
	q.People.Training, q.People.Overdue, q.People.Neutral = 2, 2, 2
	q.Live.Lost, q.Live.Over, q.Live.NobodyFree = 6, 4, 6*time.Minute
	q.Lenders = []metrics.Lender{{Name: "Agendamento", Free: 3}, {Name: "Vendas", Free: 3}}
	q.Arrives, q.ArrivesAt = 2, at(15, 0, 0)
	for i, w := range []int{221, 182, 158, 131, 107, 82, 61, 33, 9} {
		q.Callers = append(q.Callers, metrics.Caller{
			Contact: "c" + string(rune('1'+i)), Customer: "····-71", Since: fixtureNow().Add(-time.Duration(w) * time.Second),
			Wait: time.Duration(w) * time.Second, Attempt: 1 + i%3, Position: i + 1, Lost: w > 20, Channel: floor.Voice,
		})
	}
}

func crew(r queueRow) []floor.State {
	var out []floor.State
	add := func(n int, s floor.State) {
		for range n {
			out = append(out, s)
		}
	}
	add(r.busy, floor.Busy)
	add(r.wrap, floor.AfterCall)
	add(r.free, floor.Available)
	add(r.out, floor.OnPause)
	return out
}
