package metrics

import (
	"testing"
	"time"
)

// BenchmarkCatchUp is the start without a checkpoint, late in a day of a large
// operation with thirty metas: the whole day folded, slid and judged.
func BenchmarkCatchUp(b *testing.B) {
	events, site := busyDay(noon.Add(-10*time.Hour), 40_000)
	cfg := Config{Site: site}
	for _, target := range []struct {
		k    KPI
		text string
	}{{SLStrictNoShort, ">= 80%"}, {AbandonRateNoShort, "<= 5%"}} {
		t, err := ParseTarget(target.text, target.k.Info().Unit)
		if err != nil {
			b.Fatal(err)
		}
		cfg.Metas = append(cfg.Metas, MetaSpec{
			KPI: target.k, Scope: ScopeRef{Kind: QueueScope, ID: EveryQueue}, Target: t, Window: WindowDay, Why: "w", Owner: "o",
		})
	}
	end := events[len(events)-1].At
	for b.Loop() {
		f := newFold(&cfg, newJudge(&cfg.Site, cfg.Metas, Policy{}), events[0].At, end.Add(-24*time.Hour))
		for i := range events {
			f.apply(&events[i])
		}
		f.snapshotAt(f.now)
	}
	b.ReportMetric(end.Sub(events[0].At).Hours(), "hours")
}
