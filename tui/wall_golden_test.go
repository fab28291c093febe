package tui

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

var update = flag.Bool("update", false, "write the golden frames anew")

// fixed is a source with one snapshot that never changes.
type fixed struct{ s *metrics.Snapshot }

func (f fixed) Get() *metrics.Snapshot { return f.s }

func (f fixed) Next(ctx context.Context, _ uint64) (*metrics.Snapshot, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// open is an app over a snapshot at a size, with a clock that stands still.
func open(t testing.TB, s *metrics.Snapshot, w, h int, o Options) *App {
	t.Helper()
	o.Source = fixed{s}
	if o.Clock == nil {
		o.Clock = func() time.Time { return fixtureNow() }
	}
	a, err := New(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	a.Update(tea.WindowSizeMsg{Width: w, Height: h})
	return a
}

// golden compares a frame's text with the file of that name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got+"\n" {
		t.Errorf("%s: the frame is not the golden one; first difference:\n%s", name, firstDifference(string(want), got+"\n"))
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var a, b string
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return fmt.Sprintf("line %d\n want %q\n got  %q", i+1, a, b)
		}
	}
	return "none"
}

// exact fails unless every row of the frame is exactly as wide as the screen.
func exact(t *testing.T, f *draw.Frame, w, h int) {
	t.Helper()
	if w == 0 || h == 0 {
		return
	}
	rows := strings.Split(f.String(), "\n")
	if len(rows) != h {
		t.Errorf("%d rows, want %d", len(rows), h)
	}
	for i, r := range rows {
		if n := draw.Width(draw.Safe(r)); n != w {
			t.Errorf("row %d is %d columns wide, want %d: %q", i+1, n, w, r)
		}
		if !utf8.ValidString(r) {
			t.Errorf("row %d is not UTF-8", i+1)
		}
	}
}

func sizes() [][2]int { return [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}, {320, 90}} }

func TestWallGolden(t *testing.T) {
	for _, p := range []struct {
		name string
		o    Options
	}{
		{"lead", Options{Profile: Lead}},
		{"public", Options{Profile: Wall, Hint: "ssh supervisor@farol"}},
	} {
		for _, z := range sizes() {
			name := fmt.Sprintf("wall-%s-%dx%d.txt", p.name, z[0], z[1])
			t.Run(name, func(t *testing.T) {
				f := open(t, fixture(), z[0], z[1], p.o).Frame()
				exact(t, f, z[0], z[1])
				golden(t, name, f.String())
			})
		}
	}
}

// TestEverySizeIsExact draws the wall at every step's edges and far beyond: no
// row may be longer or shorter than the screen, and nothing may panic.
func TestEverySizeIsExact(t *testing.T) {
	ws := []int{0, 1, 39, 40, 79, 80, 100, 119, 120, 179, 180, 279, 280, 400}
	hs := []int{0, 1, 9, 10, 12, 23, 24, 30, 35, 36, 53, 54, 79, 80, 120}
	for _, p := range []Profile{Lead, Wall} {
		a := open(t, fixture(), 80, 24, Options{Profile: p})
		for _, w := range ws {
			for _, h := range hs {
				a.Update(tea.WindowSizeMsg{Width: w, Height: h})
				exact(t, a.Frame(), w, h)
			}
		}
	}
}
