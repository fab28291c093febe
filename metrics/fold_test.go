package metrics

import (
	"testing"
	"time"

	"farol/floor"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func ev(kind floor.Kind, after time.Duration, queue, contact, agent string) floor.Event {
	return floor.Event{Source: "t", Kind: kind, At: noon.Add(after), Queue: queue, Contact: contact, Agent: agent}
}

func TestOneCall(t *testing.T) {
	s := asOf(t, Config{}, []floor.Event{
		ev(floor.Queued, 0, "vendas", "1", ""),
		ev(floor.Answered, 10*time.Second, "vendas", "1", "Ana"),
		ev(floor.Completed, 70*time.Second, "vendas", "1", "Ana"),
	}, noon.Add(2*time.Minute))
	if len(s.Queues) != 1 || len(s.Agents) != 1 {
		t.Fatalf("%d queues, %d agents", len(s.Queues), len(s.Agents))
	}
	f := s.Queues[0].W[Today]
	for k, want := range map[KPI]float64{Offered: 1, Answered: 1, WaitAvg: 10, AHT: 60, SLStrict: 1, WaitP50: 10, WaitMax: 10} {
		if !f[k].Known || f[k].Value != want {
			t.Errorf("%s = %+v, want %v", k, f[k], want)
		}
	}
	if a := s.Agents[0]; a.State != floor.Available || a.InState != 50*time.Second {
		t.Errorf("Ana is %s for %s", a.State, a.InState)
	}
}
