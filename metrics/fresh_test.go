package metrics

import (
	"testing"
	"time"
)

// TestASourceNeverHeardGrowsOld: a source that could not be read from the start
// was "silent for 0 s" for ever.
func TestASourceNeverHeardGrowsOld(t *testing.T) {
	now := time.Date(2026, 11, 25, 0, 41, 28, 0, time.UTC)
	sources := []Source{{Name: "queue_log", Since: now.Add(-42 * time.Second), Error: "no such file"}}
	f := freshest(sources, now, true)
	if f.Level != Silent || f.Age != 42*time.Second || !f.AsOf.Equal(now.Add(-42*time.Second)) {
		t.Errorf("level %d, age %s, as of %s", f.Level, f.Age, f.AsOf)
	}
	if f = freshest(sources, now, false); f.Level != NoData {
		t.Errorf("without any event the level is %d, want no data", f.Level)
	}
	if f = freshest([]Source{{Name: "new"}}, now, true); f.Age != 0 {
		t.Errorf("a source that was never tried is %s old", f.Age)
	}
}
