package tui

import (
	"math"
	"time"

	"farol/metrics"
)

// metaRow is one target of the fixture.
type metaRow struct {
	kpi    metrics.KPI
	queue  int // index into queueRows; -1 the site
	now    float64
	op     metrics.Op
	low    float64
	high   float64
	slack  float64
	spent  float64
	way    int8
	in15   float64
	status metrics.Status
	since  [2]int
	cross  [2]int
}

func metaRows() []metaRow {
	const ok, at, cr = metrics.OK, metrics.Attention, metrics.Critical
	const sl, ab, aht, wait = metrics.SLStrictNoShort, metrics.AbandonRateNoShort, metrics.AHT, metrics.WaitAvg
	least, most := metrics.AtLeast, metrics.AtMost
	n := math.NaN()
	rows := []metaRow{
		{sl, 0, .614, least, .8, n, -.186, 1.93, -1, .58, cr, [2]int{14, 25}, [2]int{}},
		{ab, 0, .082, most, n, .05, -.032, 1.64, 1, .096, cr, [2]int{14, 25}, [2]int{}},
		{sl, 1, .762, least, .8, n, -.038, 1.19, 0, .76, at, [2]int{14, 27}, [2]int{}},
		{aht, 2, 545, most, n, 480, -65, 1.13, 0, 543, at, [2]int{14, 20}, [2]int{}},
		{ab, 1, .056, most, n, .05, -.006, 1.12, 1, .061, at, [2]int{14, 29}, [2]int{}},
		{wait, -1, 27, most, n, 30, 3, .9, 1, 34, at, [2]int{}, [2]int{14, 39}},
		{sl, -1, .823, least, .8, n, .023, .88, -1, .798, at, [2]int{}, [2]int{14, 50}},
		{aht, -1, 409, most, n, 420, 11, .97, 0, 410, ok, [2]int{}, [2]int{}},
		{sl, 2, .814, least, .8, n, .014, .93, 0, .812, ok, [2]int{}, [2]int{}},
		{metrics.Adherence, -1, .931, least, .92, n, .011, .86, 0, .93, ok, [2]int{}, [2]int{}},
		{ab, -1, .033, most, n, .05, .017, .66, 1, .036, ok, [2]int{}, [2]int{}},
		{sl, 7, .841, least, .8, n, .041, .8, 0, .84, ok, [2]int{}, [2]int{}},
		{sl, 3, .889, least, .8, n, .089, .55, 0, .89, ok, [2]int{}, [2]int{}},
		{metrics.Occupancy, -1, .79, metrics.Between, .75, .88, .04, .3, 1, .81, ok, [2]int{}, [2]int{}},
	}
	// the rest are the queues' remaining targets, all met
	for i, r := range queueRows() {
		if i > 3 && i != 7 {
			rows = append(rows, metaRow{sl, i, r.sl, least, .8, n, r.sl - .8, (1 - r.sl) / .2, 0, r.sl, ok, [2]int{}, [2]int{}})
		}
		if i > 1 {
			rows = append(rows, metaRow{ab, i, r.aban, most, n, .05, .05 - r.aban, r.aban / .05, 0, r.aban, ok, [2]int{}, [2]int{}})
		}
		if i != 2 {
			rows = append(rows, metaRow{aht, i, float64(r.aht), most, n, float64(r.ahtGoal), float64(r.ahtGoal - r.aht), .9, 0, float64(r.aht), ok, [2]int{}, [2]int{}})
		}
	}
	for i, r := range queueRows() {
		if len(rows) == 38 {
			break
		}
		rows = append(rows, metaRow{wait, i, float64(r.wait), most, n, 90, float64(90 - r.wait), .4, 0, float64(r.wait), ok, [2]int{}, [2]int{}})
	}
	return rows
}

func fixtureMetas(s *metrics.Snapshot) []*metrics.Meta {
	var out []*metrics.Meta
	for _, r := range metaRows() {
		m := &metrics.Meta{
			KPI: r.kpi, Scope: s.Total.Ref, Window: "day", Target: metrics.Target{Op: r.op, Low: r.low, High: r.high},
			Why: "contrato com o cliente", Owner: "Helena", Now: known(r.now), Status: r.status,
			Slack: known(r.slack), Spent: known(r.spent), Slots: [2]int{14, 26}, Risk: -1,
			Trend:  metrics.Trend{Way: r.way, In15: known(r.in15), At15: at(14, 47, 0), Was15: known(12)},
			Series: wave(78, r.now*1.2, r.now, r.now/60), Need: metrics.Measure{Value: .88, Den: 500, Known: true},
			History: [2]int{3, 20},
		}
		if r.op == metrics.AtMost {
			m.Need.Value = .03
		}
		if r.kpi.Info().ID == "service_level" {
			m.Threshold = 20 * time.Second
			m.Series = wave(78, math.Min(.95, r.now*1.2), r.now, .01)
		}
		if r.since != [2]int{} {
			m.Since = at(r.since[0], r.since[1], 0)
		}
		if r.cross != [2]int{} {
			m.Trend.Crosses = at(r.cross[0], r.cross[1], 0)
		}
		if r.queue >= 0 {
			q := s.Queues[r.queue]
			m.Scope = q.Ref
			q.Metas = append(q.Metas, m)
			headline(q, m)
		}
		m.ID = r.kpi.String() + "/" + m.Scope.ID + "/day"
		out = append(out, m)
	}
	return out
}

func headline(q *metrics.Queue, m *metrics.Meta) {
	switch m.KPI.Info().ID {
	case "service_level":
		q.SLMeta = m
		q.Trend.SL = m.Trend
	case "abandonment_rate":
		q.AbandonMeta = m
	case "wait_avg":
		q.WaitMeta = m
	case "aht":
		q.AHTMeta = m
	}
}

func fixtureRisks(s *metrics.Snapshot) []*metrics.Risk {
	agent := func(name string) *metrics.Agent {
		for _, a := range s.Agents {
			if a.Name == name {
				return a
			}
		}
		return nil
	}
	m := s.Metas
	q := s.Queues
	out := []*metrics.Risk{
		{
			ID: "suporte", Scope: q[0].Ref, Status: metrics.Critical, Since: at(14, 25, 0), For: 7 * time.Minute,
			Metas: []*metrics.Meta{m[0], m[1]}, Who: []*metrics.Agent{agent("Ana Souza"), agent("Bruno Lima")}, Trend: m[0].Trend,
			Causes: []metrics.Cause{
				{Kind: metrics.CauseOut, N: 4, Of: 11, Part: 2, Cost: known(.18)},
				{Kind: metrics.CauseArrivals, N: 48, Of: 35, Share: known(.38)},
				{Kind: metrics.CauseQueue, N: 9, Dur: 221 * time.Second},
			},
		},
		{
			ID: "financeiro", Scope: q[1].Ref, Status: metrics.Attention, Since: at(14, 29, 0), For: 3 * time.Minute,
			Metas: []*metrics.Meta{m[4], m[2]}, Who: []*metrics.Agent{agent("Davi Melo")}, Trend: m[4].Trend,
			Causes: []metrics.Cause{
				{Kind: metrics.CauseNobodyFree, Dur: 6 * time.Minute},
				{Kind: metrics.CauseLong, N: 1, Dur: 20 * time.Minute},
				{Kind: metrics.CauseQueue, N: 4, Dur: 118 * time.Second},
			},
		},
		{
			ID: "retencao", Scope: q[2].Ref, Status: metrics.Attention, Since: at(14, 20, 0), For: 12 * time.Minute,
			Metas: []*metrics.Meta{m[3]}, Who: []*metrics.Agent{agent("Elisa Prado"), agent("Fábio Nunes")}, Trend: m[3].Trend,
			Causes: []metrics.Cause{
				{Kind: metrics.CauseLong, N: 2, Dur: 20 * time.Minute},
				{Kind: metrics.CauseWrap, Dur: 70 * time.Second, Was: 40 * time.Second},
				{Kind: metrics.CauseQueue, N: 2, Dur: 48 * time.Second},
			},
		},
	}
	for i, r := range out {
		for _, m := range r.Metas {
			m.Risk = i
		}
	}
	return out
}

func fixtureTiles(s *metrics.Snapshot) []metrics.Tile {
	find := func(k metrics.KPI) *metrics.Meta {
		for _, m := range s.Metas {
			if m.KPI == k && m.Scope.Kind == metrics.SiteScope {
				return m
			}
		}
		return nil
	}
	tile := func(k metrics.KPI, spark []metrics.Measure) metrics.Tile {
		m := find(k)
		return metrics.Tile{KPI: k, Status: m.Status, Now: m.Now, Meta: m, Trend: m.Trend, Spark: spark}
	}
	waiting := metrics.Tile{
		KPI: metrics.WaitingNow, Status: metrics.NoTarget, Now: known(22), Spark: wave(78, 2, 22, 2),
		Trend:   metrics.Trend{Way: 1, Was15: known(12), At15: at(14, 47, 0)},
		Longest: 221 * time.Second, Where: "Suporte", WhereN: 9,
	}
	return []metrics.Tile{
		tile(metrics.SLStrictNoShort, wave(78, .93, .823, .01)),
		tile(metrics.AbandonRateNoShort, wave(78, .01, .033, .001)),
		tile(metrics.WaitAvg, wave(78, 8, 27, 1.5)),
		tile(metrics.AHT, wave(78, 400, 409, 12)),
		waiting,
		tile(metrics.Adherence, wave(78, .94, .931, .01)),
	}
}

func fixtureCharts(now time.Time) metrics.Charts {
	c := metrics.Charts{
		SL5:      metrics.Series{From: at(8, 0, 0), Step: 5 * time.Minute, Points: wave(78, .93, .823, .012), Target: known(.8)},
		Arrivals: metrics.Series{From: at(8, 0, 0), Step: 15 * time.Minute, Points: wave(26, 45, 120, 9), Usual: wave(26, 60, 95, 5), Peak: known(130)},
		Waiting:  metrics.Series{From: now.Add(-40 * time.Minute), Step: time.Minute, Points: wave(40, 3, 22, 2), Peak: known(22)},
	}
	for i, share := range []float64{.63, .06, .18, .12} {
		c.States[i] = metrics.Series{From: now.Add(-time.Hour), Step: 5 * time.Minute, Points: wave(12, share*.9, share, .01)}
	}
	return c
}

func fixtureLog(s *metrics.Snapshot) []*metrics.Entry {
	q, m := s.Queues, s.Metas
	alert := func(t time.Time, st metrics.Status, m *metrics.Meta, limit float64) *metrics.Entry {
		return &metrics.Entry{At: t, Kind: metrics.EntryAlert, Status: st, Scope: m.Scope, Meta: m, From: known(m.Now.Value * 1.03), To: m.Now, Limit: limit, Below: m.Target.Op == metrics.AtLeast, Open: true, Live: q[0].Live, People: q[0].People, Causes: s.Risks[0].Causes}
	}
	sac := &metrics.Meta{KPI: metrics.WaitAvg, Scope: q[3].Ref, Target: metrics.Target{Op: metrics.AtMost, Low: math.NaN(), High: 30}, Now: known(12)}
	vendas := &metrics.Meta{KPI: metrics.SLStrictNoShort, Scope: q[4].Ref, Target: metrics.Target{Op: metrics.AtLeast, Low: .8, High: math.NaN()}, Now: known(.84)}
	log := []*metrics.Entry{
		alert(at(14, 31, 40), metrics.Critical, m[0], .65),
		alert(at(14, 29, 5), metrics.Attention, m[4], .05),
		alert(at(14, 25, 30), metrics.Critical, m[1], .08),
		{At: at(14, 25, 10), Kind: metrics.EntryOverdue, Scope: q[0].Ref, Agent: "Bruno Lima", Reason: "Treinamento", Open: true},
		alert(at(14, 20, 0), metrics.Attention, m[3], 480),
		{At: at(14, 12, 22), Kind: metrics.EntryNormal, Status: metrics.OK, Scope: q[3].Ref, Meta: sac, To: known(12), Lasted: 6 * time.Minute},
		{At: at(14, 8, 0), Kind: metrics.EntryLong, Scope: q[1].Ref, Agent: "Davi Melo", Measure: known(1200), Lasted: 24 * time.Minute},
		{At: at(14, 6, 10), Kind: metrics.EntryAlert, Status: metrics.Attention, Scope: q[3].Ref, Meta: sac, Limit: 30, To: known(31), Lasted: 6 * time.Minute},
		{At: at(14, 0, 0), Kind: metrics.EntryShift, Scope: s.Total.Ref, Text: "tarde", People: metrics.People{LoggedIn: 65, Planned: 67}},
		{At: at(13, 58, 41), Kind: metrics.EntrySource, Scope: s.Total.Ref, Reason: "up", Text: "rede", Author: "farol", Lasted: 4 * time.Second},
		{At: at(13, 51, 2), Kind: metrics.EntryNormal, Status: metrics.OK, Scope: q[4].Ref, Meta: vendas, To: known(.84), Lasted: 11 * time.Minute},
		{At: at(13, 44, 19), Kind: metrics.EntryAck, Scope: q[4].Ref, Text: "2 do SAC ajudando", Author: "Helena"},
		{At: at(13, 40, 11), Kind: metrics.EntryAlert, Status: metrics.Attention, Scope: q[4].Ref, Meta: vendas, Limit: .8, Below: true, To: known(.79), Lasted: 11 * time.Minute, Ack: &metrics.Ack{Author: "Helena", At: at(13, 44, 19)}},
		{At: at(12, 58, 33), Kind: metrics.EntryNote, Scope: s.Total.Ref, Text: "troca de turno tranquila", Author: "Caio"},
	}
	log[2].Ack = &metrics.Ack{Author: "Helena", At: at(14, 27, 0)}
	return log
}
