package tui

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"farol/metrics"
	"farol/tui/draw"
)

// page is a screen as a person gets to it.
type page struct{ name, keys, start string }

func pages() []page {
	return []page{
		{"queue", "1", ""},
		{"queue-calm", ": f i l a space o u v enter", ""},
		{"queues", "f", ""},
		{"agents", "", "agents"}, // by key the public wall would not go there
		{"agent", "1 enter", ""},
		{"metas", "m", ""},
		{"events", "e", ""},
		{"help", "f ?", ""},
		{"lens", "m i", ""},
		{"contacts", "1 right enter", ""},
	}
}

// still is the frame after keys, of a session that can read contacts.
func still(t testing.TB, s *metrics.Snapshot, w, h int, keys string, o Options) *draw.Frame {
	t.Helper()
	if o.Contacts == nil {
		o.Contacts = behind(s)
	}
	f, err := Still(open(t, s, w, h, o), w, h, keys)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestPagesGolden(t *testing.T) {
	for _, pg := range pages() {
		for _, p := range []struct {
			name string
			p    Profile
		}{{"lead", Lead}, {"public", Wall}} {
			for _, z := range sizes() {
				name := fmt.Sprintf("%s-%s-%dx%d.txt", pg.name, p.name, z[0], z[1])
				t.Run(name, func(t *testing.T) {
					f := still(t, afternoon(), z[0], z[1], pg.keys, Options{Profile: p.p, Screen: pg.start})
					exact(t, f, z[0], z[1])
					clean(t, f)
					golden(t, name, f.String())
				})
			}
		}
	}
}

func TestPagesInOtherLanguages(t *testing.T) {
	for _, lang := range []string{"pt-PT", "en"} {
		for _, pg := range pages() {
			name := fmt.Sprintf("%s-%s-120x40.txt", pg.name, lang)
			t.Run(name, func(t *testing.T) {
				f := still(t, afternoon(), 120, 40, pg.keys, Options{Language: lang, Screen: pg.start})
				exact(t, f, 120, 40)
				golden(t, name, f.String())
			})
		}
	}
}

// In ASCII every cell is one printable ASCII character.
func TestPagesInASCII(t *testing.T) {
	s := afternoon()
	for _, pg := range pages() {
		a := open(t, s, 80, 24, Options{ASCII: true, Theme: "none", Contacts: behind(s), Screen: pg.start})
		f, err := Still(a, 80, 24, pg.keys)
		if err != nil {
			t.Fatal(err)
		}
		text := draw.Styled(f, a.Palette(draw.NoColour), draw.Options{ASCII: true})
		for i, r := range text {
			if r > '~' || (r < ' ' && r != '\n' && r != '\x1b') {
				t.Fatalf("%s: %U at %d", pg.name, r, i)
			}
		}
	}
}

// The public wall never says the name of a person, on any page.
func TestPublicPagesHaveNoNames(t *testing.T) {
	s := afternoon()
	for _, pg := range append(pages(), page{"agents", ": a enter", ""}, page{"events", "e down down down enter", ""}) {
		for _, z := range sizes() {
			text := still(t, s, z[0], z[1], pg.keys, Options{Profile: Wall, Screen: pg.start}).String()
			for _, a := range s.Agents {
				if strings.Contains(text, a.Name) {
					t.Errorf("%s at %dx%d names %s", pg.name, z[0], z[1], a.Name)
				}
			}
			for _, author := range []string{"Helena", "Caio", "2 do SAC ajudando", "troca de turno"} { // nor what they wrote
				if strings.Contains(text, author) {
					t.Errorf("%s at %dx%d names %s", pg.name, z[0], z[1], author)
				}
			}
		}
	}
}

func TestHostileNamesOnEveryPage(t *testing.T) {
	for i, text := range hostileTexts() {
		s := afternoon()
		poison(reflect.ValueOf(s), text, map[uintptr]bool{})
		for _, q := range s.Queues {
			q.Config.ID, q.Ref.ID = "suporte", "suporte"
		}
		s.Risks[0].Scope.ID = "suporte"
		for _, pg := range pages() {
			for _, z := range [][2]int{{40, 12}, {80, 24}, {200, 60}} {
				f := still(t, s, z[0], z[1], pg.keys, Options{Author: text, Screen: pg.start})
				exact(t, f, z[0], z[1])
				clean(t, f)
				if t.Failed() {
					t.Fatalf("text %d on %s at %v", i, pg.name, z)
				}
			}
		}
	}
}

// Every size down to one cell draws something exact and keeps what is selected.
func TestPagesAtOddSizes(t *testing.T) {
	s := afternoon()
	for _, pg := range pages() {
		a := open(t, s, 120, 40, Options{Contacts: behind(s), Screen: pg.start})
		if _, err := Still(a, 120, 40, pg.keys); err != nil {
			t.Fatal(err)
		}
		want := a.Frame().String()
		for _, z := range [][2]int{{1, 1}, {0, 0}, {3, 2}, {39, 9}, {40, 10}, {41, 11}, {60, 15}, {79, 23}, {81, 25}, {119, 35}, {121, 50}, {160, 24}, {80, 60}, {179, 53}, {240, 64}, {120, 40}} {
			f, err := Still(a, z[0], z[1], "")
			if err != nil {
				t.Fatal(err)
			}
			if z[0] > 0 && z[1] > 0 {
				exact(t, f, z[0], z[1])
			}
		}
		if got := a.Frame().String(); got != want {
			t.Errorf("%s: not the same page after shrinking and growing:\n%s", pg.name, firstDifference(want, got))
		}
	}
}
