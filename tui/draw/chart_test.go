package draw

import (
	"math"
	"strings"
	"testing"
)

var nan = math.NaN()

// check compares a frame with a drawing whose rows are as wide as the frame.
func check(t *testing.T, name string, f *Frame, rows ...string) {
	t.Helper()
	if got, want := f.String(), strings.Join(rows, "\n"); got != want {
		t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
	}
}

func drawn(w, h int, draw func(*Frame, Rect)) *Frame {
	f := New(w, h)
	draw(f, f.Bounds())
	return f
}

func TestBar(t *testing.T) {
	for _, tc := range []struct {
		bar  Bar
		want string
	}{
		{Bar{Value: 0}, "░░░░░░░░░░"},
		{Bar{Value: 0.5}, "█████░░░░░"},
		{Bar{Value: 1}, "██████████"},
		{Bar{Value: nan}, "░░░░░░░░░░"},
		{Bar{Value: -3}, "░░░░░░░░░░"},
		{Bar{Value: math.Inf(1)}, "█████████►"},
		{Bar{Value: 1.4, Mark: 0.6}, "██████┃██►"},
		{Bar{Value: 0.3, Mark: 1}, "███░░░░░░┃"},
		{Bar{Value: 0.33, Fine: true}, "███▎      "},
		{Bar{Value: 0.999, Fine: true}, "██████████"},
	} {
		check(t, "bar", drawn(10, 1, tc.bar.Draw), tc.want)
	}
}

func TestSpark(t *testing.T) {
	for _, tc := range []struct {
		name   string
		values []float64
		scale  Scale
		want   []string
	}{
		{"rising", []float64{0, 1, 2, 3, 4, 5, 6, 7}, Scale{}, []string{"▁▂▃▄▅▆▇█"}},
		{"flat runs through the middle", []float64{5, 5, 5, 5}, Scale{}, []string{"▅▅▅▅▅▅▅▅"}},
		{"a gap is not a zero", []float64{0, nan, 1, 0}, Scale{}, []string{"▁▁  ██▁▁"}},
		{"more values than columns", []float64{0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8, 8, 8, 8, 8}, Scale{}, []string{"▁▁▁▁████"}},
		{"beyond the scale", []float64{-9, 0, 4, 99}, Scale{0, 8}, []string{"▁▁▁▁▅▅██"}},
		{"two rows", []float64{0, 1, 2, 3, 4, 5, 6, 7}, Scale{}, []string{"    ▂▄▆█", "▁▃▅▇████"}},
		{"nothing", []float64{nan, nan}, Scale{}, []string{"        "}},
		{"empty", nil, Scale{}, []string{"        "}},
	} {
		check(t, tc.name, drawn(8, len(tc.want), Spark{Values: tc.values, Scale: tc.scale}.Draw), tc.want...)
	}
}

func TestColumns(t *testing.T) {
	c := Columns{
		Values: []float64{2, 4, 6, 8, nan, nan},
		Usual:  []float64{6, 6, 6, 6, 6, 6},
		Axes: Axes{
			Gutter: 3, Y: []Tick{{0, "0"}, {8, "8"}},
			X: []Tick{{0, "08:00"}, {0.2, "hidden"}, {1, "14:00"}},
		},
	}
	check(t, "usual above the columns", drawn(16, 5, c.Draw),
		"  8       ██    ",
		"    ┄┄▁▁████┄┄┄┄",
		"    ▁▁██████    ",
		"  0 ████████    ",
		"    08:00  14:00")
}

func TestColumnsGuideCutsThrough(t *testing.T) {
	c := Columns{Values: []float64{nan, 8}, Guides: []Guide{{At: 2, Style: 7}}, Scale: Scale{0, 8}, Style: 3}
	f := drawn(4, 2, c.Draw)
	check(t, "guide", f, "  ██", "┄┄┄┄")
	if got := f.Row(1)[0].Style; got != 7 {
		t.Errorf("guide over a blank has style %x", got)
	}
	if got := f.Row(1)[3].Style; got != 3|Reverse {
		t.Errorf("guide over a column has style %x", got)
	}
}

func TestLine(t *testing.T) {
	l := Line{
		Values: []float64{100, 100, 90, 80, 70, 70, nan, nan},
		Scale:  Scale{60, 100}, Guides: []Guide{{At: 80}}, Last: "70,0",
		Axes: Axes{
			Lines: true, Y: []Tick{{60, "60"}, {80, "80"}, {100, "100"}},
			X: []Tick{{0, "08:00"}, {0.5, "12:00"}},
		},
	}
	check(t, "with axes", drawn(28, 7, l.Draw),
		"100┤⠉⠉⠉⠉⠢⢄                  ",
		"   │      ⠑⠤⣀               ",
		" 80┤┄┄┄┄┄┄┄┄┄⠉⠢⢄┄┄┄┄┄┄┄┄┄┄┄┄",
		"   │            ⠑⠢⠤⠤⠤70,0   ",
		" 60┤                        ",
		"   └┬───────────┬───────────",
		"    08:00       12:00       ")
	l.Blocks, l.Axes.Lines = true, false
	check(t, "blocks", drawn(28, 6, l.Draw),
		"100 ██████                  ",
		"    ██████▆▆▆               ",
		" 80 ┄┄┄┄┄┄┄┄┄▅▅▅┄┄┄┄┄┄┄┄┄┄┄┄",
		"    ████████████▃▃▃▃▃70,0   ",
		" 60 ██████████████████      ",
		"    08:00       12:00       ")
}

func TestLineLastValueKeepsOffTheLine(t *testing.T) {
	l := Line{Values: []float64{0, 10}, Last: "10"}
	check(t, "rising to the corner", drawn(8, 3, l.Draw),
		"     ⢀⠔⠊",
		"  ⢀⡠⠊⠁10",
		"⡠⠔⠁     ")
}

func TestLineGapsAndNothing(t *testing.T) {
	check(t, "gap", drawn(6, 1, Line{Values: []float64{1, 1, nan, nan, 1, 1}}.Draw), "⠒⠂  ⠐⠒")
	check(t, "nothing", drawn(3, 1, Line{Values: []float64{nan}, Last: "1"}.Draw), "   ")
	check(t, "one", drawn(3, 1, Line{Values: []float64{3}}.Draw), "⠂  ")
}

// Charts must draw inside their rectangle whatever its size.
func TestChartsInsideTheirRectangle(t *testing.T) {
	axes := Axes{Lines: true, Y: []Tick{{0, "0"}, {9, "100"}}, X: []Tick{{0, "08:00"}, {1, "longer"}}}
	values := []float64{1, 5, nan, 9}
	for w := range 14 {
		for h := range 7 {
			f := New(20, 10)
			f.Fill(f.Bounds(), '.', 0)
			r := Rect{3, 2, w, h}
			f.Fill(r, ' ', 0)
			Line{Values: values, Axes: axes, Last: "9,0", Guides: []Guide{{At: 4}}}.Draw(f, r)
			Line{Values: values, Axes: axes, Last: "9,0", Blocks: true}.Draw(f, r)
			Columns{Values: values, Axes: axes, Usual: values}.Draw(f, r)
			Spark{Values: values}.Draw(f, r)
			Bar{Value: 2, Mark: 0.5}.Draw(f, r)
			f.Fill(r, '.', 0)
			if strings.Trim(f.String(), ".\n") != "" {
				t.Fatalf("%dx%d drew outside:\n%s", w, h, f)
			}
		}
	}
}

func TestKeptDrawsOncePerKeyAndSize(t *testing.T) {
	var k Kept[int]
	f, calls := New(10, 4), 0
	paint := func(g *Frame) { calls++; g.Text(0, 0, "kept", 0) }
	for _, step := range []struct {
		key, w, want int
	}{{1, 6, 1}, {1, 6, 1}, {2, 6, 2}, {2, 5, 3}, {2, 0, 3}} {
		k.Draw(f, Rect{2, 1, step.w, 2}, step.key, paint)
		if calls != step.want {
			t.Errorf("key %d width %d: drawn %d times, want %d", step.key, step.w, calls, step.want)
		}
	}
	check(t, "copied", f, "          ", "  kept    ", "          ", "          ")
}
