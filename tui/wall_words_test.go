package tui

import (
	"strings"
	"testing"
	"time"

	"farol/metrics"
	"farol/tui/draw"
)

func TestEveryCauseIsSaid(t *testing.T) {
	for _, lang := range Languages() {
		v := testView(t, lang)
		for k := metrics.CauseOut; k <= metrics.CauseLogged; k++ {
			for _, n := range []int{1, 4} {
				c := metrics.Cause{Kind: k, N: n, Of: 11, Part: 2, Dur: 70 * time.Second, Was: 40 * time.Second, Share: known(.38)}
				for _, form := range []causeForm{causeShort, causeLine, causeLong} {
					text := v.cause(c, form)
					if text == "" || strings.Contains(string(text), "cause.") || strings.Contains(string(text), "{{") {
						t.Errorf("%s: cause %d form %d: %q", lang, k, form, text)
					}
					if w := draw.Width(text); form == causeShort && w > 16 {
						t.Errorf("%s: cause %d is %d columns in its short form: %q", lang, k, w, text)
					}
				}
			}
		}
	}
}

func TestCauses(t *testing.T) {
	v := testView(t, "pt-BR")
	for _, c := range []struct {
		c    metrics.Cause
		form causeForm
		want draw.Safe
	}{
		{metrics.Cause{Kind: metrics.CauseOut, N: 4, Of: 11, Part: 2}, causeLine, "4 de 11 fora, 2 em treino além da hora"},
		{metrics.Cause{Kind: metrics.CauseOut, N: 4, Of: 11}, causeLine, "4 de 11 fora"},
		{metrics.Cause{Kind: metrics.CauseArrivals, N: 48, Of: 35, Share: known(.38)}, causeShort, "chegada +38%"},
		{metrics.Cause{Kind: metrics.CauseArrivals, N: 48, Of: 35, Share: known(.38)}, causeLong, "chegada 38% acima da previsão (48 contra 35 em 15 min)"},
		{metrics.Cause{Kind: metrics.CauseNobodyFree, Dur: 6 * time.Minute}, causeLine, "ninguém livre há 6 min"},
		{metrics.Cause{Kind: metrics.CauseLong, N: 1, Dur: 20 * time.Minute}, causeLine, "1 ligação acima de 20 min"},
		{metrics.Cause{Kind: metrics.CauseLong, N: 2, Dur: 20 * time.Minute}, causeShort, "2 muito longas"},
		{metrics.Cause{Kind: metrics.CauseWrap, Dur: 70 * time.Second, Was: 40 * time.Second}, causeLine, "pós-atendimento em 1:10 (era 0:40)"},
		{metrics.Cause{Kind: metrics.CauseQueue, N: 9, Dur: 221 * time.Second}, causeLine, "9 na fila, maior espera 3:41"},
		{metrics.Cause{Kind: metrics.CauseShort, N: 2, Of: 10}, causeLine, "faltam 2 de 10 da escala"},
	} {
		if got := v.cause(c.c, c.form); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestEveryEntryIsSaid(t *testing.T) {
	for _, lang := range Languages() {
		for _, p := range []Profile{Lead, Wall} {
			v := testView(t, lang)
			v.profile = p
			for k := metrics.EntryAlert; k <= metrics.EntrySetting; k++ {
				e := &metrics.Entry{Kind: k, At: fixtureNow(), Scope: v.snap.Queues[0].Ref, Agent: "Ana Souza", Author: "Helena", Text: "uma nota", Lasted: time.Minute}
				for _, m := range []*metrics.Meta{nil, v.snap.Metas[0]} {
					e.Meta = m
					for _, long := range []bool{false, true} {
						text := string(v.entry(e, long, 60))
						if text == "" || strings.Contains(text, "entry.") || strings.Contains(text, "{{") {
							t.Errorf("%s: entry %d: %q", lang, k, text)
						}
						if p == Wall && (strings.Contains(text, "Ana") || strings.Contains(text, "Helena")) {
							t.Errorf("%s: entry %d names somebody on the public wall: %q", lang, k, text)
						}
					}
				}
			}
		}
	}
}

func TestTrend(t *testing.T) {
	v := testView(t, "pt-BR")
	at := fixtureNow().Add(15 * time.Minute)
	for _, c := range []struct {
		k    metrics.KPI
		t    metrics.Trend
		name bool
		want draw.Safe
	}{
		{metrics.SLStrictNoShort, metrics.Trend{Way: -1, In15: known(.58), At15: at}, true, "↓ NS 58% às 14:47"},
		{metrics.AbandonRateNoShort, metrics.Trend{Way: 1, In15: known(.061), At15: at}, false, "↑ 6,1% às 14:47"},
		{metrics.AHT, metrics.Trend{In15: known(545), At15: at}, false, "→ estável"},
		{metrics.AHT, metrics.Trend{Way: 1}, false, "↑ devagar"},
	} {
		if got := v.trend(c.k, c.t, c.name); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
