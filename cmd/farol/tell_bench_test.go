package main

import (
	"testing"
	"time"

	"farol/ingest/sim"
	"farol/metrics"
)

// BenchmarkDemoStart is what a newcomer waits for: a month of the simulated
// operation told, stored and folded.
func BenchmarkDemoStart(b *testing.B) {
	for b.Loop() {
		o, err := simulated(demoFlags{speed: 1, seed: demoSeed}, standing)
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		if err := o.tell(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms/tell")
		began = time.Now()
		if _, err := metrics.AsOf(b.Context(), o.metrics, o.db, standing()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms/fold")
		st, _ := o.db.Stats()
		b.ReportMetric(float64(st.Events), "events")
		if err := o.close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSimMonth is the simulation alone.
func BenchmarkSimMonth(b *testing.B) {
	for b.Loop() {
		s := sim.New(sim.Options{Seed: 1, Start: standing().AddDate(0, 0, -sim.HistoryDays)})
		for len(s.Take(standing(), 20_000)) > 0 {
		}
	}
}
