package tui

import (
	"strings"
	"testing"

	"farol/metrics"
)

// A headline figure says which window it is of, and is judged only in that of
// its meta.
func TestTilesSayTheirWindow(t *testing.T) {
	s := fixture()
	s.Total.W[metrics.Last15m][metrics.SLStrictNoShort] = known(.512)
	for i := range s.Tiles {
		if m := s.Tiles[i].Meta; m != nil && m.KPI == metrics.WaitAvg {
			m.Window = "1h"
		}
	}
	for _, c := range []struct {
		w, h      int
		keys      string
		has, lack string
	}{
		{80, 24, "", "≤0:30 · 1 h", "janela"},
		{120, 40, "", "meta ≤ 0:30 · 1 h", "janela: 15 min"},
		{80, 24, "t t", " 15 min ", "meta ≥80%"},
		{120, 40, "t t", "▲ hoje: 82,3%", "meta ≥ 80%  "},
		{200, 60, "t t", "▲ hoje: 82,3%", "folga 2,3 pp"},
	} {
		text := still(t, s, c.w, c.h, c.keys, Options{}).String()
		if !strings.Contains(text, c.has) {
			t.Errorf("%dx%d after %q: no %q in\n%s", c.w, c.h, c.keys, c.has, text)
		}
		if strings.Contains(text, c.lack) {
			t.Errorf("%dx%d after %q: %q in\n%s", c.w, c.h, c.keys, c.lack, text)
		}
	}
	lens := still(t, s, 120, 40, "tab right right i", Options{}).String()
	if !strings.Contains(lens, "1 h") || !strings.Contains(lens, "0:27") {
		t.Errorf("the lens is not of the tile's own window:\n%s", lens)
	}
}

// The cursor among the queues is seen at every size in a lead's session, and on
// a public wall once somebody moves it.
func TestWallCursorIsSeen(t *testing.T) {
	for _, c := range []struct {
		p    Profile
		keys string
		want bool
	}{{Lead, "", true}, {Lead, "j", true}, {Wall, "", false}, {Wall, "j", true}} {
		for _, z := range sizes()[1:] {
			text := still(t, fixture(), z[0], z[1], c.keys, Options{Profile: c.p}).String()
			if got := strings.Contains(text, "►"); got != c.want {
				t.Errorf("profile %d after %q at %v: cursor %v, want %v", c.p, c.keys, z, got, c.want)
			}
		}
	}
	a := still(t, fixture(), 200, 60, "", Options{}).String()
	b := still(t, fixture(), 200, 60, "j", Options{}).String()
	if a == b {
		t.Error("j moves nothing that is seen")
	}
}
