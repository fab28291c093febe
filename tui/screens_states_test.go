package tui

import (
	"testing"
	"time"

	"farol/metrics"
)

// oldAfternoon is the afternoon when its source has been quiet too long, with
// every clock of the operation that much further.
func oldAfternoon(level metrics.Level, further time.Duration) *metrics.Snapshot {
	s := afternoon()
	s.Fresh = silent().Fresh
	s.Fresh.Level = level
	for _, a := range s.Agents {
		a.InState += further
	}
	for _, r := range s.Risks {
		r.For += further
	}
	for _, q := range s.Queues {
		q.Live.Longest += further
		for i := range q.Callers {
			q.Callers[i].Wait += further
		}
	}
	s.Total.Live.Longest += further
	return s
}

func livePages() []page {
	return []page{{"wall", "", ""}, {"queue", "1", ""}, {"queues", "f", ""}, {"agents", "a", ""}, {"agent", "1 enter", ""}, {"metas", "m", ""}}
}

// Once figures are old no page raises an alarm with them.
func TestOldFiguresRaiseNoAlarmOnAnyPage(t *testing.T) {
	for _, level := range []metrics.Level{metrics.Old, metrics.Silent} {
		for _, pg := range livePages()[1:] {
			for _, z := range sizes() {
				f := still(t, oldAfternoon(level, 0), z[0], z[1], pg.keys, Options{})
				marked := false
				for i, c := range f.Cells {
					marked = marked || c.Rune == '≈'
					switch c.Style.Ink() {
					case uint8(inkCritical), uint8(inkTile), uint8(inkBorder):
						t.Fatalf("%s at %v, level %d: %q at %d,%d is drawn as critical", pg.name, z, level, c.Rune, i%f.W, i/f.W)
					}
				}
				if !marked {
					t.Errorf("%s at %v, level %d: nothing says that the figures are old:\n%s", pg.name, z, level, f)
				}
			}
		}
	}
}

// The clocks of people and contacts stop: that a source is silent does not mean
// that they still wait.
func TestClocksStopWhenFiguresAreOld(t *testing.T) {
	for _, level := range []metrics.Level{metrics.Old, metrics.Silent} {
		for _, pg := range livePages() {
			for _, z := range sizes() {
				was := still(t, oldAfternoon(level, 0), z[0], z[1], pg.keys, Options{}).String()
				is := still(t, oldAfternoon(level, 30*time.Second), z[0], z[1], pg.keys, Options{}).String()
				if was != is {
					t.Errorf("%s at %v, level %d: a clock runs:\n%s", pg.name, z, level, firstDifference(was, is))
				}
			}
		}
	}
}
