package tui

import (
	"testing"

	"farol/metrics"
)

// What it takes to close a period is said in words when no share of what is
// expected can decide it: a negative or impossible share is no advice.
func TestToCloseInWords(t *testing.T) {
	v := testView(t, "pt-BR")
	v.snap = afternoon()
	need := func(m *metrics.Meta, share float64, state metrics.NeedState) *metrics.Meta {
		c := *m
		c.Slots, c.NeedState, c.Best, c.Worst = [2]int{}, state, known(.084), known(.041)
		c.Need = metrics.Measure{Value: share, Den: 172.4, Known: true}
		return &c
	}
	level, abandon := v.snap.Metas[0], v.snap.Metas[1]
	for _, c := range []struct {
		m    *metrics.Meta
		want string
	}{
		{need(level, .88, metrics.NeedShare), "≥ 80%: 88% das próximas 172 previstas"},
		{need(abandon, .03, metrics.NeedShare), "≤ 5%: no máximo 3% das próximas 172 previstas"},
		{need(abandon, -.038, metrics.NeedTooMuch), "≤ 5%: não dá mais com as 172 previstas (no melhor caso 8,4%)"},
		{need(abandon, 1.2, metrics.NeedNothing), "≤ 5%: já fecha dentro, venha o que vier das 172 previstas (no pior caso 4,1%)"},
	} {
		if got := v.toClose(c.m, wholeText); string(got) != c.want {
			t.Errorf("%v of %v: %q, want %q", c.m.NeedState, c.m.KPI, got, c.want)
		}
	}
}
