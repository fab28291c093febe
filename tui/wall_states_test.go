package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// calm is the fixture with nothing at risk.
func calm() *metrics.Snapshot {
	s := fixture()
	s.Risks = nil
	s.Counts = metrics.MetaCounts{Total: 38, OK: 38}
	for _, m := range s.Metas {
		m.Status, m.Risk = metrics.OK, -1
	}
	for _, q := range s.Queues {
		q.Status, q.Risk = metrics.OK, -1
	}
	for i := range s.Tiles {
		if s.Tiles[i].Meta != nil {
			s.Tiles[i].Status = metrics.OK
			s.Tiles[i].Trend = metrics.Trend{}
		}
	}
	return s
}

// silent is the fixture 47 seconds after its source spoke last.
func silent() *metrics.Snapshot {
	s := fixture()
	s.Fresh = metrics.Freshness{
		Level: metrics.Silent, Age: 47 * time.Second, AsOf: at(14, 31, 20), Source: "ami",
		Error: "dial tcp 127.0.0.1:5038: connection refused", Retry: 8 * time.Second, Try: 4,
	}
	return s
}

// burningTile is the fixture with the site's own service level critical.
func burningTile() *metrics.Snapshot {
	s := fixture()
	t := &s.Tiles[0]
	t.Status = metrics.Critical
	t.Now = known(.614)
	t.Meta.Now, t.Meta.Slack = t.Now, known(-.186)
	return s
}

// unknown is a site at its first minute: no contact, no person, no meta.
func unknown() *metrics.Snapshot {
	s := &metrics.Snapshot{
		Version: 1, At: fixtureNow(), Day: at(0, 0, 0),
		Site:  &floor.Site{Name: "Operação Recife", Zone: fixtureZone()},
		Total: &metrics.Scope{Ref: metrics.ScopeRef{Name: "Recife"}, W: &metrics.Windows{}},
		Fresh: metrics.Freshness{Level: metrics.Live, Age: time.Second, AsOf: fixtureNow()},
	}
	for _, k := range []metrics.KPI{metrics.SLStrictNoShort, metrics.AbandonRateNoShort, metrics.WaitAvg, metrics.AHT, metrics.WaitingNow, metrics.Adherence} {
		t := metrics.Tile{KPI: k, Status: metrics.StatusNoData}
		if k == metrics.WaitingNow {
			t.Status, t.Now = metrics.NoTarget, known(0)
		}
		s.Tiles = append(s.Tiles, t)
	}
	return s
}

// lasting is the fixture when what raised the alerts holds no more, but their
// metas are still missed.
func lasting() *metrics.Snapshot {
	s := fixture()
	for _, r := range s.Risks {
		r.Before, r.BeforeAt, r.Causes = r.Causes, at(9, 5, 0), nil
		r.For = 5*time.Hour + 37*time.Minute
	}
	s.Risks[1].Before = nil
	return s
}

func loading() *metrics.Snapshot {
	s := unknown()
	s.Loading = &metrics.Progress{Done: 41220, Total: 60400}
	return s
}

func TestWallStates(t *testing.T) {
	for _, c := range []struct {
		name string
		s    *metrics.Snapshot
	}{
		{"calm", calm()}, {"silent", silent()}, {"unknown", unknown()}, {"loading", loading()}, {"burning", burningTile()}, {"lasting", lasting()},
	} {
		for _, z := range sizes()[:4] {
			name := fmt.Sprintf("wall-%s-%dx%d.txt", c.name, z[0], z[1])
			t.Run(name, func(t *testing.T) {
				f := open(t, c.s, z[0], z[1], Options{}).Frame()
				exact(t, f, z[0], z[1])
				golden(t, name, f.String())
			})
		}
	}
}

func TestWallTooSmall(t *testing.T) {
	a := open(t, fixture(), 30, 4, Options{})
	exact(t, a.Frame(), 30, 4)
	golden(t, "wall-toosmall-30x4.txt", a.Frame().String())
	// keys that act are off where nothing can be seen
	press1(a, "1")
	if len(a.stack) != 1 {
		t.Error("a key acted below 40×10")
	}
	if _, cmd := a.Update(keyPress("q")); cmd == nil {
		t.Error("q does not leave")
	}
}

func TestWallDepths(t *testing.T) {
	for _, d := range []draw.Depth{draw.NoColour, draw.Colour16, draw.Colour256, draw.TrueColour} {
		for _, th := range []string{"dark", "light"} {
			if d == draw.NoColour && th == "light" {
				continue
			}
			name := fmt.Sprintf("wall-colour-%s-%s.txt", d, th)
			t.Run(name, func(t *testing.T) {
				a := open(t, burningTile(), 120, 40, Options{Theme: th})
				golden(t, name, draw.Styled(a.Frame(), a.Palette(d), draw.Options{}))
			})
		}
	}
}

func TestWallASCII(t *testing.T) {
	for _, z := range sizes()[:3] {
		name := fmt.Sprintf("wall-ascii-%dx%d.txt", z[0], z[1])
		t.Run(name, func(t *testing.T) {
			a := open(t, fixture(), z[0], z[1], Options{ASCII: true, Theme: "none"})
			text := draw.Styled(a.Frame(), a.Palette(draw.NoColour), draw.Options{ASCII: true})
			for i, r := range text {
				if r > 126 || (r < ' ' && r != '\n' && r != 0x1b) {
					t.Fatalf("byte %d is %q", i, r)
				}
			}
			golden(t, name, text)
		})
	}
}

func TestWallLanguages(t *testing.T) {
	for _, lang := range Languages()[1:] {
		for _, z := range [][2]int{{80, 24}, {200, 60}} {
			name := fmt.Sprintf("wall-%s-%dx%d.txt", lang, z[0], z[1])
			t.Run(name, func(t *testing.T) {
				f := open(t, fixture(), z[0], z[1], Options{Language: lang}).Frame()
				exact(t, f, z[0], z[1])
				golden(t, name, f.String())
			})
		}
	}
}

// Old figures have no alarm: no status colour on any number once nobody
// refreshes them.
func TestOldFiguresRaiseNoAlarm(t *testing.T) {
	s := silent()
	for _, level := range []metrics.Level{metrics.Old, metrics.Silent} {
		s.Fresh.Level = level
		for _, z := range sizes()[1:] {
			f := open(t, s, z[0], z[1], Options{}).Frame()
			for y := range f.H {
				if y > f.H/2 && level == metrics.Old {
					break // the log keeps the marks of the past
				}
				for x, c := range f.Row(y) {
					if c.Style.Ink() == uint8(inkCritical) || c.Style.Ink() == uint8(inkTile) {
						if level == metrics.Silent && z[0] >= 120 && y > 20 {
							continue
						}
						t.Fatalf("level %d at %dx%d: %q at %d,%d is drawn as critical", level, z[0], z[1], c.Rune, x, y)
					}
				}
			}
		}
	}
}

// The public wall has no name in it, whatever its size and state.
func TestPublicWallNamesNobody(t *testing.T) {
	s := fixture()
	names := map[string]bool{"Helena": true, "Caio": true}
	for _, a := range s.Agents {
		names[a.Name] = true
		names[strings.Fields(a.Name)[0]+" "] = true
	}
	for _, z := range sizes() {
		text := open(t, s, z[0], z[1], Options{Profile: Wall}).Frame().String()
		for n := range names {
			if strings.Contains(text, n) {
				t.Errorf("%dx%d shows %q", z[0], z[1], n)
			}
		}
	}
}

// With nothing wrong there is no colour on the wall.
func TestCalmWallHasNoColour(t *testing.T) {
	s := calm()
	s.Log = nil
	for _, z := range sizes() {
		f := open(t, s, z[0], z[1], Options{}).Frame()
		for i, c := range f.Cells {
			switch draw.Style(c.Style.Ink()) {
			case inkAttention, inkCritical, inkTile, inkBorder:
				t.Fatalf("%dx%d: cell %d,%d (%q) is coloured", z[0], z[1], i%f.W, i/f.W, c.Rune)
			}
		}
	}
}

func keyPress(s string) tea.KeyPressMsg {
	m, err := parseKey(s)
	if err != nil {
		panic(err)
	}
	return m
}

func press1(a *App, s string) tea.Cmd {
	_, cmd := a.Update(keyPress(s))
	return cmd
}
