package tui

import (
	"math"
	"testing"
	"time"

	"farol/metrics"
	"farol/tui/draw"
)

func TestCount(t *testing.T) {
	for _, c := range []struct {
		lang string
		n    int
		want draw.Safe
	}{
		{"pt-BR", 0, "0"}, {"pt-BR", 1229, "1229"}, {"pt-BR", 41220, "41.220"}, {"pt-PT", 41220, "41 220"},
		{"en", 1234567, "1,234,567"}, {"pt-BR", -9, "−9"},
	} {
		if got := testView(t, c.lang).count(c.n); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.lang, c.n, got, c.want)
		}
	}
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		x        float64
		decimals int
		signed   bool
		want     draw.Safe
	}{
		{61.44, 1, false, "61,4"}, {61.45, 1, false, "61,5"}, {0, 1, false, "0,0"}, {-0.04, 1, true, "0,0"},
		{-18.6, 1, true, "−18,6"}, {2.3, 1, true, "+2,3"}, {99.96, 1, false, "100,0"}, {3, 0, false, "3"},
		{12345.6, 1, false, "12.345,6"}, {1.05, 2, false, "1,05"}, {math.NaN(), 1, false, "◌"}, {math.Inf(1), 1, false, "◌"},
	} {
		if got := testView(t, "pt-BR").decimal(c.x, c.decimals, c.signed); got != c.want {
			t.Errorf("%v: %q, want %q", c.x, got, c.want)
		}
	}
}

func TestSpan(t *testing.T) {
	for _, c := range []struct {
		d    time.Duration
		want draw.Safe
	}{
		{0, "0:00"}, {221 * time.Second, "3:41"}, {3600 * time.Second, "1:00:00"}, {3661 * time.Second, "1:01:01"},
		{-65 * time.Second, "−1:05"}, {59600 * time.Millisecond, "1:00"}, {26 * time.Hour, "26:00:00"},
	} {
		if got := testView(t, "pt-BR").span(c.d); got != c.want {
			t.Errorf("%v: %q, want %q", c.d, got, c.want)
		}
	}
	if got := testView(t, "pt-BR").spanPadded(115 * time.Second); got != "01:55" {
		t.Errorf("padded: %q", got)
	}
}

func TestFigure(t *testing.T) {
	known := func(x float64) metrics.Measure { return metrics.Measure{Value: x, Known: true} }
	for _, c := range []struct {
		lang string
		k    metrics.KPI
		m    metrics.Measure
		want draw.Safe
	}{
		{"pt-BR", metrics.SLStrictNoShort, known(.614), "61,4%"}, {"en", metrics.SLStrictNoShort, known(.614), "61.4%"},
		{"pt-BR", metrics.AHT, known(545), "9:05"}, {"pt-BR", metrics.Offered, known(1229), "1229"},
		{"pt-BR", metrics.HandledPerHour, known(5.25), "5,3"}, {"pt-BR", metrics.SLStrictNoShort, metrics.Measure{}, "◌"},
		{"pt-BR", metrics.AbandonRate, known(0), "0,0%"},
	} {
		if got := testView(t, c.lang).figure(c.k, c.m); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.lang, c.k, got, c.want)
		}
	}
}

func TestTarget(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		m     metrics.Meta
		tight bool
		want  draw.Safe
	}{
		{metrics.Meta{KPI: metrics.SLStrictNoShort, Target: metrics.Target{Op: metrics.AtLeast, Low: .8, High: nan}}, false, "≥ 80%"},
		{metrics.Meta{KPI: metrics.AbandonRate, Target: metrics.Target{Op: metrics.AtMost, Low: nan, High: .075}}, false, "≤ 7,5%"},
		{metrics.Meta{KPI: metrics.WaitAvg, Target: metrics.Target{Op: metrics.AtMost, Low: nan, High: 30}}, true, "≤0:30"},
		{metrics.Meta{KPI: metrics.Occupancy, Target: metrics.Target{Op: metrics.Between, Low: .75, High: .88}}, false, "75–88%"},
		{metrics.Meta{KPI: metrics.Handled, Target: metrics.Target{Op: metrics.AtLeast, Low: 50, High: nan}}, false, "≥ 50"},
	} {
		if got := testView(t, "pt-BR").target(&c.m, c.tight); got != c.want {
			t.Errorf("%s: %q, want %q", c.m.KPI, got, c.want)
		}
	}
}

func TestAgo(t *testing.T) {
	for _, c := range []struct {
		d    time.Duration
		want draw.Safe
	}{
		{2 * time.Second, "2 s"}, {7 * time.Minute, "7 min"}, {65 * time.Minute, "1 h 05 min"}, {0, "0 s"},
	} {
		if got := testView(t, "pt-BR").ago(c.d); got != c.want {
			t.Errorf("%v: %q, want %q", c.d, got, c.want)
		}
	}
}

func TestDateAndClock(t *testing.T) {
	now := fixtureNow()
	for _, c := range []struct{ lang, want string }{{"pt-BR", "seg 17/08"}, {"pt-PT", "seg 17/08"}, {"en", "Mon 17/08"}} {
		if got := testView(t, c.lang).date(now); string(got) != c.want {
			t.Errorf("%s: %q", c.lang, got)
		}
	}
	// an instant is shown in the site's zone, whatever zone it comes in
	if got := testView(t, "pt-BR").hms(now.UTC()); got != "14:32:07" {
		t.Errorf("clock: %q", got)
	}
}
