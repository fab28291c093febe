package metrics

import (
	"math"
	"testing"
	"time"
)

func TestFit(t *testing.T) {
	nan := math.NaN()
	type points = [minutesKept/5 + 1]float64
	for name, c := range map[string]struct {
		in   points
		n    int
		last float64
		way  int8
		in15 float64
		unit Unit
	}{
		"falling":               {points{.86, .85, .84, .83, .82, .81, .80}, 7, .80, -1, .77, Ratio},
		"rising":                {points{.02, .03, .04, .05, .06, .07, .08}, 7, .08, 1, .11, Ratio},
		"flat":                  {points{.8, .8, .8, .8, .8, .8, .8}, 7, .8, 0, .8, Ratio},
		"noise":                 {points{.80, .84, .79, .83, .78, .85, .80}, 7, .8139, 0, .8150, Ratio},
		"slower than it counts": {points{.800, .8001, .8002, .8003, .8004, .8005, .8006}, 7, .8006, 0, .8009, Ratio},
		"with a hole":           {points{.86, .85, nan, .83, nan, .81, .80}, 5, .80, -1, .77, Ratio},
		"too few":               {points{nan, nan, nan, nan, .82, .81, .80}, 3, 0, 0, 0, Ratio},
		"never below zero":      {points{.06, .05, .04, .03, .02, .01, 0}, 7, 0, -1, 0, Ratio},
		"never above one":       {points{.94, .95, .96, .97, .98, .99, 1}, 7, 1, 1, 1, Ratio},
		"seconds rising":        {points{20, 21, 22, 23, 24, 25, 26}, 7, 26, 1, 29, Seconds},
		"seconds steady":        {points{545, 545.2, 545, 545.3, 545.1, 545.4, 545.2}, 7, 545.3, 0, 545.5, Seconds},
	} {
		l := fit(c.in)
		if l.n != c.n || l.way(c.unit) != c.way {
			t.Errorf("%s: %d points, way %d, want %d and %d", name, l.n, l.way(c.unit), c.n, c.way)
		}
		if l.n >= trendPoints && (math.Abs(l.last-c.last) > .1 || math.Abs(l.at(trendAhead, c.unit)-c.in15) > .3) {
			t.Errorf("%s: line stands at %v and %v, want %v and %v", name, l.last, l.at(trendAhead, c.unit), c.last, c.in15)
		}
		if c.unit == Ratio && l.n >= trendPoints && (math.Abs(l.last-c.last) > 1e-3 || math.Abs(l.at(trendAhead, c.unit)-c.in15) > 1e-3) {
			t.Errorf("%s: line stands at %v and %v, want %v and %v", name, l.last, l.at(trendAhead, c.unit), c.last, c.in15)
		}
	}
}

func TestMeets(t *testing.T) {
	line := fit([minutesKept/5 + 1]float64{.86, .85, .84, .83, .82, .81, .80})
	for _, c := range []struct {
		target string
		after  time.Duration
		ok     bool
	}{
		{">= 78%", 10 * time.Minute, true},
		{">= 70%", 0, false},               // 50 minutes ahead: not within the half hour looked back
		{">= 85%", 0, false},               // already behind it
		{"<= 78%", 10 * time.Minute, true}, // on its way back inside
		{"75%..88%", 25 * time.Minute, true},
	} {
		target, err := ParseTarget(c.target, Ratio)
		if err != nil {
			t.Fatal(err)
		}
		after, ok := line.meets(target, Ratio)
		if ok != c.ok || (after-c.after).Abs() > time.Second {
			t.Errorf("%s: meets after %v, %v, want %v, %v", c.target, after, ok, c.after, c.ok)
		}
	}
}

func TestTrackRemembersHalfAnHour(t *testing.T) {
	track := newTrack(trackKey{kpi: WaitingNow})
	at := monday
	for i := range 90 {
		track.add(at, counted(float64(i)))
		track.add(at.Add(30*time.Second), counted(-1)) // the first of a minute counts
		at = at.Add(time.Minute)
	}
	if got := track.ago(0).Value; got != 89 {
		t.Errorf("now %v, want 89", got)
	}
	if got := track.ago(15).Value; got != 74 {
		t.Errorf("15 minutes ago %v, want 74", got)
	}
	if got := track.ago(30).Value; got != 59 {
		t.Errorf("30 minutes ago %v, want 59", got)
	}
	if got := track.ago(31); got.Known {
		t.Errorf("31 minutes ago is known: %v", got)
	}
	track.add(at.Add(10*time.Minute), counted(200)) // ten minutes unseen
	if got := track.ago(5); got.Known {
		t.Errorf("a minute that was not seen is known: %v", got)
	}
	if got := track.ago(11).Value; got != 89 {
		t.Errorf("before the hole %v, want 89", got)
	}
	track.add(at.Add(10*time.Hour), counted(1))
	for back := 1; back < minutesKept; back++ {
		if track.ago(back).Known {
			t.Errorf("%d minutes back is known after ten hours unseen", back)
		}
	}
}

func TestTrackOfDay(t *testing.T) {
	track := newTrack(trackKey{})
	track.addDay(2, ratio(1, 2))
	track.addDay(2, ratio(1, 1)) // the first of a slot counts
	track.addDay(3, Measure{})
	track.addDay(1, ratio(1, 1)) // the past is past
	got := track.series()
	if len(got) != 4 || got[0].Known || got[2].Value != 0.5 || got[3].Known {
		t.Errorf("day %+v", got)
	}
}

// TestTurnedFigureHeadsNowhere: after a fall it has risen for five minutes, so
// it is not said to cross, although the line through the half hour falls.
func TestTurnedFigureHeadsNowhere(t *testing.T) {
	track := newTrack(trackKey{kpi: SLStrictNoShort})
	at := monday
	for i := range 31 {
		v := 0.95 - 0.005*float64(i)
		if i > 25 {
			v = 0.825 + 0.003*float64(i-25)
		}
		track.add(at, Measure{Value: v, Known: true})
		if heads := track.heads(atLeast(0.8), 20*time.Minute); i == 25 && !heads || i == 30 && heads {
			t.Errorf("after %d minutes at %v: heads for the target %v", i, v, heads)
		}
		at = at.Add(time.Minute)
	}
	target := atLeast(0.8)
	if trend := track.trend(at, &target); trend.Way != -1 || !trend.Crosses.IsZero() {
		t.Errorf("trend %+v, want falling and no crossing", trend)
	}
}
