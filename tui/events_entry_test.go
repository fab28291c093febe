package tui

import (
	"strings"
	"testing"

	"farol/metrics"
)

// An alert of a band says which of its two bounds was passed.
func TestAlertOfABandSaysItsSide(t *testing.T) {
	v := testView(t, "pt-BR")
	m := &metrics.Meta{KPI: metrics.Occupancy, Target: metrics.Target{Op: metrics.Between, Low: .5, High: .88}}
	for _, c := range []struct {
		below bool
		limit float64
		want  string
	}{{true, .5, "abaixo de 50%"}, {false, .88, "acima de 88%"}} {
		e := &metrics.Entry{Kind: metrics.EntryAlert, Meta: m, Limit: c.limit, Below: c.below}
		for _, got := range []string{string(v.alertWhat(e)), string(v.entryAlert(e, "Suporte", true))} {
			if !strings.Contains(got, c.want) {
				t.Errorf("%q, want it to say %q", got, c.want)
			}
		}
	}
}

// A figure of people's time has no list of contacts behind it, and says so.
func TestFiguresOfTimeHaveNoContacts(t *testing.T) {
	text := still(t, afternoon(), 120, 40, "tab left right right right right right enter", Options{}).String()
	if !strings.Contains(text, "vem do tempo das pessoas") || strings.Contains(text, "nenhum contato") {
		t.Errorf("adherence opens\n%s", text)
	}
}
