package tui

import (
	"context"
	"time"

	"farol/floor"
	"farol/metrics"
)

// afternoon is the fixture with what only the pages behind the wall show: the
// person's day, the contacts, the queue's own charts.
func afternoon() *metrics.Snapshot {
	s := fixture()
	for i, m := range s.Metas {
		m.ID = m.KPI.String() + "/" + m.Scope.ID + "/" + m.Window + "/" + string(rune('a'+i%26))
		m.Now.Num, m.Now.Den = m.Now.Value*207, 207
	}
	for i, a := range s.Agents {
		a.QueueAHT, a.QueueWrap, a.QueueHandled = known(432), known(52), known(14.2)
		a.InStates = [7]time.Duration{
			floor.Busy: 100 * time.Minute, floor.AfterCall: 12 * time.Minute, floor.Available: 2 * time.Minute, floor.OnPause: 38 * time.Minute,
		}
		a.PauseMeal = 20 * time.Minute
		a.Recent = recentContacts(a)
		for d := range 30 {
			a.Days = append(a.Days, metrics.DayFigures{
				Day: at(0, 0, 0).AddDate(0, 0, d-30), Handled: 40 + (d+i)%9, AHT: known(float64(400 + 7*((d+i)%11))), Adherence: known(.9 + float64((d+i)%8)/100),
			})
		}
	}
	for _, q := range s.Queues {
		q.Chart.Day = metrics.Series{From: at(8, 0, 0), Step: 5 * time.Minute, Points: wave(78, .93, q.SL60[11].Value, .012), Target: known(.8)}
		q.Chart.Arrivals = metrics.Series{From: at(8, 0, 0), Step: 15 * time.Minute, Points: wave(26, 9, 48, 4), Usual: wave(26, 12, 35, 2), Peak: known(48)}
		q.Chart.Waiting = metrics.Series{From: fixtureNow().Add(-40 * time.Minute), Step: time.Minute, Points: wave(40, 0, float64(q.Live.Waiting), .4), Peak: known(9)}
	}
	suporte := s.Queues[0]
	for i := range suporte.Callers {
		suporte.Callers[i].Customer = "····-" + []string{"71", "90", "21", "34", "16", "08", "55", "47", "63"}[i]
		suporte.Callers[i].Savable = !suporte.Callers[i].Lost
	}
	for i, m := range []float64{.660, .704, .721} {
		s.Log[0].Before = append(s.Log[0].Before, metrics.Point{At: at(14, 26-5*i, 0), Measure: known(m)})
	}
	s.Log[0].To.Num, s.Log[0].To.Den = 127, 207
	return s
}

func recentContacts(a *metrics.Agent) []*metrics.Contact {
	var out []*metrics.Contact
	outcomes := []floor.Kind{floor.Completed, floor.Completed, floor.Transferred, floor.Completed}
	for j := range 8 {
		from := at(13, 58, 0).Add(-time.Duration(j*9) * time.Minute)
		talk := time.Duration(342+37*j) * time.Second
		c := &metrics.Contact{
			ID: "175545" + string(rune('0'+j)), Queue: a.Queues[0], QueueName: a.QueueName, Agent: a.Name, Customer: "····-7" + string(rune('0'+j)),
			Channel: floor.Voice, At: from.Add(-12 * time.Second), AnsweredAt: from, EndedAt: from.Add(talk), Wait: 12 * time.Second, Talk: talk,
			Outcome: outcomes[j%len(outcomes)], InSL: true,
		}
		if c.Outcome == floor.Transferred {
			c.Target = "nível 2"
		}
		if c.Outcome == floor.Completed {
			c.By = floor.ByCustomer
		}
		out = append(out, c)
	}
	return out
}

// behind is a reader of contacts that has exactly those that a figure counts.
func behind(s *metrics.Snapshot) func(context.Context, metrics.ContactQuery) (metrics.ContactList, error) {
	return func(_ context.Context, q metrics.ContactQuery) (metrics.ContactList, error) {
		m := s.FiguresOf(q.Scope)[q.Window][q.KPI]
		total := int(m.Den)
		if total == 0 {
			total = int(m.Value)
		}
		list := metrics.ContactList{Total: total}
		for i := range min(total, q.Limit) {
			c := *s.Agents[i%len(s.Agents)].Recent[i%8]
			c.ID += string(rune('a' + i%26))
			c.At = c.At.Add(-time.Duration(i) * time.Second)
			list.Rows = append(list.Rows, &c)
		}
		return list, nil
	}
}
