package metrics

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestParseTarget(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		in   string
		unit Unit
		want Target
		text string
	}{
		{">= 80%", Ratio, Target{AtLeast, 0.8, nan}, ">= 80%"},
		{"≥82,5 %", Ratio, Target{AtLeast, 0.825, nan}, ">= 82.5%"},
		{" <=5% ", Ratio, Target{AtMost, nan, 0.05}, "<= 5%"},
		{"<= 7%", Ratio, Target{AtMost, nan, 0.07}, "<= 7%"},
		{">= 100%", Ratio, Target{AtLeast, 1, nan}, ">= 100%"},
		{"75%..88%", Ratio, Target{Between, 0.75, 0.88}, "75%..88%"},
		{"75..88%", Ratio, Target{Between, 0.75, 0.88}, "75%..88%"},
		{"75% – 88%", Ratio, Target{Between, 0.75, 0.88}, "75%..88%"},
		{"<= 30s", Seconds, Target{AtMost, nan, 30}, "<= 30s"},
		{"<= 8:00", Seconds, Target{AtMost, nan, 480}, "<= 8:00"},
		{"<= 8min", Seconds, Target{AtMost, nan, 480}, "<= 8:00"},
		{"<= 1h", Seconds, Target{AtMost, nan, 3600}, "<= 1:00:00"},
		{"<= 1:02:03", Seconds, Target{AtMost, nan, 3723}, "<= 1:02:03"},
		{"<= 2,5s", Seconds, Target{AtMost, nan, 2.5}, "<= 2.5s"},
		{"5:00..9:00", Seconds, Target{Between, 300, 540}, "5:00..9:00"},
		{">= 50", Points, Target{AtLeast, 50, nan}, ">= 50"},
		{">= -10", Points, Target{AtLeast, -10, nan}, ">= -10"},
		{">= 50", Count, Target{AtLeast, 50, nan}, ">= 50"},
		{">= 12.5", PerHour, Target{AtLeast, 12.5, nan}, ">= 12.5"},
	} {
		got, err := ParseTarget(c.in, c.unit)
		if err != nil {
			t.Errorf("ParseTarget(%q): %v", c.in, err)
			continue
		}
		if got.Op != c.want.Op || !sameBound(got.Low, c.want.Low) || !sameBound(got.High, c.want.High) {
			t.Errorf("ParseTarget(%q) = %+v, want %+v", c.in, got, c.want)
		}
		if text := got.Text(c.unit); text != c.text {
			t.Errorf("ParseTarget(%q).Text = %q, want %q", c.in, text, c.text)
		}
	}
}

func sameBound(a, b float64) bool {
	return math.Abs(a-b) < 1e-6 || math.IsNaN(a) && math.IsNaN(b)
}

func TestParseTargetRefuses(t *testing.T) {
	for _, c := range []struct {
		in   string
		unit Unit
		want error
	}{
		{"", Ratio, ErrTargetSyntax},
		{"80%", Ratio, ErrTargetSyntax},
		{"> 80%", Ratio, ErrTargetSyntax},
		{">=", Ratio, ErrTargetSyntax},
		{">= oitenta%", Ratio, ErrTargetSyntax},
		{">= 1e1%", Ratio, ErrTargetSyntax},
		{">= NaN%", Ratio, ErrTargetSyntax},
		{">= 101%", Ratio, ErrTargetRange},
		{">= -1%", Ratio, ErrTargetRange},
		{"88%..75%", Ratio, ErrTargetRange},
		{"80%..80%", Ratio, ErrTargetRange},
		{">= 80", Ratio, ErrTargetUnit},
		{"<= 30s", Ratio, ErrTargetUnit},
		{"<= 80%", Seconds, ErrTargetUnit},
		{"<= 30", Seconds, ErrTargetUnit},
		{"<= -30s", Seconds, ErrTargetRange},
		{"<= 8:75", Seconds, ErrTargetSyntax},
		{"<= 8:5", Seconds, ErrTargetSyntax},
		{"<= 1:2:3:4", Seconds, ErrTargetSyntax},
		{"<= 5ns", Seconds, ErrTargetSyntax},
		{"<= 99999h", Seconds, ErrTargetRange},
		{">= 80%", Count, ErrTargetUnit},
		{"<= 30s", Count, ErrTargetUnit},
		{">= -1", Count, ErrTargetRange},
		{">= 101", Points, ErrTargetRange},
		{"1..2..3", Count, ErrTargetSyntax},
	} {
		got, err := ParseTarget(c.in, c.unit)
		if !errors.Is(err, c.want) {
			t.Errorf("ParseTarget(%q, %d) = %+v, %v; want %v", c.in, c.unit, got, err, c.want)
		}
	}
}

// TestTargetTextReadsBack: what Text writes, ParseTarget reads as the same target.
func TestTargetTextReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]Unit{Count, Seconds, Ratio, Points, PerHour}).Draw(t, "unit")
		top := 100_000
		if unit == Ratio || unit == Points {
			top = 1000
		}
		low := float64(rapid.IntRange(0, top-1).Draw(t, "low")) / 10
		high := low + float64(rapid.IntRange(1, top-int(low*10)).Draw(t, "more"))/10
		if unit == Ratio {
			low, high = low/100, high/100
		}
		want := rapid.SampledFrom([]Target{
			{AtLeast, low, math.NaN()}, {AtMost, math.NaN(), high}, {Between, low, high},
		}).Draw(t, "target")
		got, err := ParseTarget(want.Text(unit), unit)
		if err != nil || got.Op != want.Op || !sameBound(got.Low, want.Low) || !sameBound(got.High, want.High) {
			t.Fatalf("%+v is written %q and read %+v, %v", want, want.Text(unit), got, err)
		}
	})
}

func FuzzParseTarget(f *testing.F) {
	for _, s := range []string{">= 80%", "<= 30s", "<= 8:00", "75%..88%", ">= 50", "≤ 1:00:00", "-..-%"} {
		for u := Count; u <= PerHour; u++ {
			f.Add(s, uint8(u))
		}
	}
	f.Fuzz(func(t *testing.T, text string, u uint8) {
		unit := Unit(u % 5)
		target, err := ParseTarget(text, unit)
		if err != nil {
			return
		}
		back, err := ParseTarget(target.Text(unit), unit)
		if err != nil {
			t.Fatalf("%q reads as %+v, written %q, refused: %v", text, target, target.Text(unit), err)
		}
		if back.Text(unit) != target.Text(unit) {
			t.Fatalf("%q is written %q, then %q", text, target.Text(unit), back.Text(unit))
		}
	})
}

func TestSlackAndSpent(t *testing.T) {
	target := func(text string, u Unit) Target {
		got, err := ParseTarget(text, u)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, c := range []struct {
		target string
		unit   Unit
		now    float64
		slack  float64
		spent  float64
		met    bool
	}{
		{">= 80%", Ratio, 0.614, -0.186, 1.93, false},
		{">= 80%", Ratio, 0.889, 0.089, 0.555, true},
		{">= 80%", Ratio, 1, 0.2, 0, true},
		{">= 80%", Ratio, 4.0 / 5, 0, 1, true},
		{">= 100%", Ratio, 0.99, -0.01, spentCap, false},
		{">= 100%", Ratio, 1, 0, 0, true},
		{"<= 5%", Ratio, 0.082, -0.032, 1.64, false},
		{"<= 5%", Ratio, 0, 0.05, 0, true},
		{"<= 0%", Ratio, 0.01, -0.01, spentCap, false},
		{"<= 8:00", Seconds, 545, -65, 545.0 / 480, false},
		{"<= 30s", Seconds, 27, 3, 0.9, true},
		{"75%..88%", Ratio, 0.79, 0.04, 0.025 / 0.065, true},
		{"75%..88%", Ratio, 0.75, 0, 1, true},
		{"75%..88%", Ratio, 0.90, -0.02, 0.085 / 0.065, false},
		{">= 50", Count, 40, -10, 1.25, false},
		{">= 50", Count, 0, -50, spentCap, false},
		{">= 50", Points, 50, 0, 1, true},
		{">= 50", Points, 25, -25, 1.5, false},
	} {
		tg := target(c.target, c.unit)
		if got := tg.slack(c.now); math.Abs(got-c.slack) > 1e-9 {
			t.Errorf("%s at %v: slack %v, want %v", c.target, c.now, got, c.slack)
		}
		if got := tg.spent(c.now, c.unit).Value; math.Abs(got-c.spent) > 1e-9 {
			t.Errorf("%s at %v: spent %v, want %v", c.target, c.now, got, c.spent)
		}
		if got := tg.Met(c.now); got != c.met {
			t.Errorf("%s at %v: met %v", c.target, c.now, got)
		}
	}
}

// TestSpentAgreesWithMet: more than all of the budget is spent exactly when the
// target is not met.
func TestSpentAgreesWithMet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]Unit{Count, Seconds, Ratio, PerHour}).Draw(t, "unit")
		scale := 1.0
		if unit != Ratio {
			scale = 1000
		}
		low := rapid.Float64Range(0.05, 0.5).Draw(t, "low") * scale
		high := rapid.Float64Range(0.51, 0.95).Draw(t, "high") * scale
		now := rapid.Float64Range(0, 1).Draw(t, "now") * scale
		target := rapid.SampledFrom([]Target{
			{AtLeast, low, math.NaN()}, {AtMost, math.NaN(), high}, {Between, low, high},
		}).Draw(t, "target")
		if math.Abs(target.slack(now)) < 1e-6*scale {
			t.Skip("on the edge")
		}
		if spent := target.spent(now, unit).Value; (spent > 1) == target.Met(now) {
			t.Fatalf("%+v at %v: spent %v, met %v", target, now, spent, target.Met(now))
		}
	})
}
