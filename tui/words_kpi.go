package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// metaNow is a meta's figure after the name of its KPI: "NS 61,4%". long takes
// the name instead of the short form.
func (v *view) metaNow(m *metrics.Meta, long bool) draw.Safe {
	if long {
		return v.join(v.kpiName(m.KPI), " ", v.figure(m.KPI, m.Now))
	}
	return v.join(v.kpiShort(m.KPI), " ", v.figure(m.KPI, m.Now))
}

// kpiShort is a KPI's name for a crowded line: "aban".
func (v *view) kpiShort(k metrics.KPI) draw.Safe { return v.kpiWord(k, 0) }

// kpiName is a KPI's name in a sentence: "abandono".
func (v *view) kpiName(k metrics.KPI) draw.Safe { return v.kpiWord(k, 1) }

// kpiTag is a KPI's name at the head of an event: "ABANDONO".
func (v *view) kpiTag(k metrics.KPI) draw.Safe { return v.kpiWord(k, 2) }

// kpiHead is a KPI's name over its tile: "ESPERA (TME)".
func (v *view) kpiHead(k metrics.KPI) draw.Safe { return v.kpiWord(k, 3) }

func (v *view) kpiWord(k metrics.KPI, form int) draw.Safe {
	if k >= metrics.KPICount {
		return ""
	}
	return v.words.kpi[k][form]
}

// kpiWords collects the four names of every KPI, so that none is looked up by a
// made-up key while a screen is drawn.
func (w *words) kpiWords() {
	for k := range metrics.KPICount {
		id := k.Info().ID
		for i, form := range []string{"short", "name", "tag", "head"} {
			w.kpi[k][i] = w.phrases["kpi."+id+"."+form].plain
		}
	}
}
