package tui

import (
	"strings"
	"testing"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// Every formula of the catalogue is defined in every language.
func TestEveryFigureIsDefined(t *testing.T) {
	for _, lang := range Languages() {
		v := testView(t, lang)
		for k := range metrics.KPICount {
			for _, part := range []string{".name", ".formula", ".excludes", ".care"} {
				if key := lensKey(k) + part; !v.has(key) || v.w(key) == "" {
					t.Errorf("%s: no %s", lang, key)
				}
			}
		}
	}
}

// No two formulas of an indicator are told in the same words.
func TestFormulasDiffer(t *testing.T) {
	for _, lang := range Languages() {
		v := testView(t, lang)
		for k := range metrics.KPICount {
			for _, o := range variantsOf(k) {
				if o != k && v.w(lensKey(o)+".formula") == v.w(lensKey(k)+".formula") {
					t.Errorf("%s: %v and %v have the same formula", lang, k, o)
				}
			}
		}
	}
}

// Keys that are put together while drawing exist too.
func TestEveryComposedWordIsThere(t *testing.T) {
	var want []string
	for _, cols := range [][]column{
		agentColumns(), memberColumns(), queuesColumns(), metaColumns(120), eventColumns(), contactColumns(false, 120), recentColumns(), callerColumns(false),
	} {
		for _, c := range cols {
			if c.id != "mark" {
				want = append(want, "list.col."+c.id)
			}
		}
	}
	for s := range 7 {
		key := stateKey(floor.State(s))
		want = append(want, "doing."+key, "agent.head."+key)
	}
	for p := range 9 {
		key := pauseKey(floor.Pause(p))
		want = append(want, "doing."+key, "agent.head."+key)
	}
	for _, s := range []string{"busy", "free", "hold", "ringing", "wrapup", "offline"} {
		want = append(want, "doing.short."+s)
	}
	for _, s := range []string{"busy", "hold", "wrapup", "ringing", "free", "pause"} {
		want = append(want, "agent.sums."+s)
	}
	for _, w := range []string{"15m", "1h", "shift", "day", "week", "month", "28d"} {
		want = append(want, "metas.windows."+w)
	}
	for _, h := range []string{"summary", "risks", "queue", "agent", "metas", "events", "quit"} {
		want = append(want, "plain.help."+h)
	}
	for by := range metrics.AgentOrderCount {
		want = append(want, agentOrderKey(by))
	}
	for by := range metrics.QueueOrderCount {
		want = append(want, queueOrderKey(by))
	}
	for by := range metrics.MetaOrderCount {
		want = append(want, metaOrderKey(by))
	}
	for by := range metrics.ContactOrderCount {
		want = append(want, contactOrderKey(by))
	}
	for _, lang := range Languages() {
		v := testView(t, lang)
		for _, key := range want {
			if !v.has(key) {
				t.Errorf("%s: no %s", lang, key)
			}
		}
	}
}

func TestLensSaysWhatIsUnknown(t *testing.T) {
	v := testView(t, "pt-BR")
	s := lensScreen{numberOf(metrics.ScopeRef{Kind: metrics.QueueScope, ID: "none", Name: "Nenhuma"}, metrics.SLStrict)}
	text := strings.Join(s.text(v), "\n")
	for _, want := range []string{"◌ n/d", "denominador vazio"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "0%") || strings.Contains(text, "100%") {
		t.Errorf("an empty denominator became a share:\n%s", text)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in   draw.Safe
		w    int
		line draw.Safe
		rest draw.Safe
	}{
		{"um dois três", 20, "um dois três", ""},
		{"um dois três", 8, "um dois", "três"},
		{"um dois três", 7, "um dois", "três"},
		{"um dois três", 6, "um", "dois três"},
		{"semespaços", 4, "semespaços", ""},
		{"", 4, "", ""},
	} {
		if line, rest := wrap(c.in, c.w); line != c.line || rest != c.rest {
			t.Errorf("wrap(%q, %d) = %q, %q, want %q, %q", c.in, c.w, line, rest, c.line, c.rest)
		}
	}
}
