package tui

import (
	"strings"
	"time"

	"farol/floor"
	"farol/metrics"
)

// person is one agent of the fixture's cast.
type person struct {
	name, queue string
	state       floor.State
	reason      string
	secs        int
	expected    int
	points      float64 // of weight
	status      metrics.Status
	neutral     bool
}

// cast are the people the drawings name; the rest is filled up by number.
func cast() []person {
	const ok, at, cr = metrics.OK, metrics.Attention, metrics.Critical
	busy, wrap, free, out := floor.Busy, floor.AfterCall, floor.Available, floor.OnPause
	return []person{
		{"Ana Souza", "Suporte", out, "Treinamento", 1100, 600, .09, cr, false},
		{"Bruno Lima", "Suporte", out, "Treinamento", 845, 600, .09, cr, false},
		{"Davi Melo", "Financeiro", busy, "", 1450, 331, .04, at, false},
		{"Elisa Prado", "Retenção", busy, "", 1862, 480, .03, at, false},
		{"Fábio Nunes", "Retenção", busy, "", 1367, 480, .02, at, false},
		{"Érica Nunes", "Suporte", wrap, "", 115, 45, .02, at, false},
		{"Fabiana Alves", "Suporte", busy, "", 768, 432, .01, at, false},
		{"Carla Dias", "Suporte", out, "NR-17", 0, 0, 0, ok, true},
		{"Diego Reis", "Suporte", out, "Lanche", 0, 0, 0, ok, true},
		{"Lia Araújo", "Financeiro", out, "NR-17", 0, 0, 0, ok, true},
		{"Marcos Vieira", "Financeiro", out, "Particular", 0, 0, 0, ok, true},
		{"Gabriel Rocha", "Suporte", busy, "", 482, 432, 0, ok, false},
		{"Heitor Pinto", "Suporte", busy, "", 331, 432, 0, ok, false},
		{"Iara Campos", "Suporte", busy, "", 197, 432, 0, ok, false},
		{"João Conceição", "Suporte", busy, "", 104, 432, 0, ok, false},
		{"Karina Melo", "Suporte", busy, "", 22, 432, 0, ok, false},
		{"Natália Gomes", "SAC", free, "", 12, 0, 0, ok, false},
		{"Otávio Brandão", "SAC", free, "", 48, 0, 0, ok, false},
		{"Patrícia Sá", "Vendas", free, "", 80, 0, 0, ok, false},
		{"Rafael Conceição", "Vendas", free, "", 125, 0, 0, ok, false},
		{"Sílvia Tavares", "Vendas", free, "", 213, 0, 0, ok, false},
		{"Tiago Antunes", "Agendamento", free, "", 40, 0, 0, ok, false},
		{"Úrsula Prates", "Agendamento", free, "", 62, 0, 0, ok, false},
		{"Vítor H. Leão", "Agendamento", free, "", 250, 0, 0, ok, false},
		{"Wanda Ishii", "Ouvidoria", free, "", 142, 0, 0, ok, false},
		{"Yara Peçanha", "Ouvidoria", free, "", 340, 0, 0, ok, false},
		{"Zé Carlos Brito", "WhatsApp", busy, "", 680, 720, 0, ok, false},
	}
}

// fill adds people until every queue has those of its row in every state.
func fill(people []person) []person {
	first := strings.Fields("Abel Beatriz Caio Dora Edson Flora Gil Helga Igor Jair Kátia Luís Mara Nei Olga Paulo Queila Rui Sara Tadeu Ugo Vera Wilma Xênia Yuri Zilda")
	last := strings.Fields("Alves Barros Costa Duarte Esteves Faria Garcia Horta Inácio Jardim")
	n := 0
	for _, r := range queueRows() {
		for _, want := range []struct {
			s floor.State
			n int
		}{{floor.Busy, r.busy}, {floor.AfterCall, r.wrap}, {floor.Available, r.free}, {floor.OnPause, r.out}} {
			have := 0
			for _, p := range people {
				if p.queue == r.name && p.state == want.s {
					have++
				}
			}
			for ; have < want.n; have++ {
				p := person{first[n%len(first)] + " " + last[n%len(last)], r.name, want.s, "", 60 + 7*n, r.aht, 0, metrics.OK, false}
				if want.s == floor.OnPause {
					p.reason, p.neutral, p.secs, p.expected = "NR-17", true, 0, 0
				}
				people = append(people, p)
				n++
			}
		}
	}
	return people
}

func fixtureAgents(now time.Time) []*metrics.Agent {
	rules := floor.DefaultPauseRules()
	ids := map[string]string{}
	for _, r := range queueRows() {
		ids[r.name] = r.id
	}
	var out []*metrics.Agent
	for i, p := range fill(cast()) {
		a := &metrics.Agent{
			Name: p.name, Alias: "Agente " + string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)), Team: "tarde",
			Seat: "PA 14", Extension: "2214", Queues: []string{ids[p.queue]}, QueueName: p.queue,
			State: p.state, Reason: p.reason, Since: now.Add(-time.Duration(p.secs) * time.Second),
			InState: time.Duration(p.secs) * time.Second, Expected: time.Duration(p.expected) * time.Second,
			LoggedIn: at(12, 0, 0), RestsDue: 2, W: &metrics.Windows{},
			Weight: metrics.Weight{Neutral: p.neutral, Points: known(p.points), Status: p.status},
		}
		if p.state == floor.OnPause {
			a.Pause = floor.ClassifyPause(rules, p.reason)
			a.Overdue = !p.neutral && p.secs > p.expected
		}
		if p.state == floor.Busy {
			a.Calls, a.Contact = 1, "1755452"
		}
		a.W[metrics.Today][metrics.Handled] = known(float64(9 + i%17))
		a.W[metrics.Today][metrics.AHT] = known(float64(300 + 13*(i%31)))
		a.W[metrics.Today][metrics.WrapAvg] = known(float64(30 + i%40))
		a.W[metrics.Today][metrics.Adherence] = known(.81 + float64(i%18)/100)
		for j := range 11 {
			s := floor.Busy
			if (i+j)%6 == 0 {
				s = floor.AfterCall
			}
			a.Hour = append(a.Hour, s)
		}
		a.Hour = append(a.Hour, p.state)
		a.Segments = fixtureSegments(p, now)
		out = append(out, a)
	}
	return out
}

// fixtureSegments is a day of long calls with a meal in it.
func fixtureSegments(p person, now time.Time) []metrics.Segment {
	state := now.Add(-time.Duration(p.secs) * time.Second)
	if p.neutral {
		state = at(14, 25, 0)
	}
	return []metrics.Segment{
		{State: floor.Busy, From: at(12, 0, 0), To: at(13, 5, 0)},
		{State: floor.OnPause, Reason: "Lanche", Neutral: true, From: at(13, 5, 0), To: at(13, 25, 0)},
		{State: floor.Available, From: at(13, 25, 0), To: at(13, 27, 0)},
		{State: floor.Busy, From: at(13, 27, 0), To: state},
		{State: p.state, Reason: p.reason, Neutral: p.neutral, From: state, To: now},
	}
}
