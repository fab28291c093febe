package sim

import (
	"testing"
	"time"
)

// BenchmarkHistory makes what a first start needs: 28 days and today.
func BenchmarkHistory(b *testing.B) {
	start := time.Date(2026, 10, 26, 0, 0, 0, 0, Zone())
	now := start.AddDate(0, 0, 28).Add(14*time.Hour + 30*time.Minute)
	for b.Loop() {
		s, n := New(Options{Seed: 1, Start: start}), 0
		for {
			events := s.Take(now, historyBatch)
			if len(events) == 0 {
				break
			}
			n += len(events)
		}
		b.ReportMetric(float64(n), "events")
	}
}
