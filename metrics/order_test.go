package metrics

import (
	"strings"
	"testing"
	"time"
)

func TestOrderAgents(t *testing.T) {
	day := func(handled float64) *Windows {
		var w Windows
		w[Today][Handled] = Measure{Value: handled, Known: true}
		return &w
	}
	agents := []*Agent{
		{Name: "Érica", QueueName: "B", InState: time.Minute, W: day(3)},
		{Name: "Fábio", QueueName: "A", InState: time.Hour, W: nil},
		{Name: "Elisa", QueueName: "B", InState: 0, W: day(9)},
	}
	for _, c := range []struct {
		by   AgentOrder
		want string
	}{
		{AgentsByWeight, "Érica Fábio Elisa"},
		{AgentsByName, "Elisa Érica Fábio"},
		{AgentsByQueue, "Fábio Érica Elisa"},
		{AgentsByTime, "Fábio Érica Elisa"},
		{AgentsByHandled, "Elisa Érica Fábio"},
	} {
		var got []string
		for _, a := range OrderAgents(agents, c.by) {
			got = append(got, a.Name)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("order %d = %s, want %s", c.by, s, c.want)
		}
	}
	if agents[0].Name != "Érica" {
		t.Error("the given slice was reordered")
	}
}

func TestOrderQueuesUnknownLast(t *testing.T) {
	queue := func(name string, sl Measure) *Queue {
		var w Windows
		w[Today][SLStrictNoShort] = sl
		return &Queue{Scope: Scope{Ref: ScopeRef{Name: name}, W: &w}}
	}
	queues := []*Queue{queue("x", Measure{}), queue("y", Measure{Value: 0.9, Known: true}), queue("z", Measure{Value: 0.6, Known: true})}
	var got string
	for _, q := range OrderQueues(queues, QueuesBySL, Today) {
		got += q.Ref.Name
	}
	if got != "zyx" {
		t.Errorf("by service level = %s, want zyx", got)
	}
}
