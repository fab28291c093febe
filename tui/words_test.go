package tui

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"farol/metrics"
	"farol/tui/draw"
)

// flatWords reads every message of a language as key to text, plural forms with
// their name.
func flatWords(t *testing.T, lang string) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, err := filepath.Glob(filepath.Join("locale", lang, "*.toml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no words of %s: %v", lang, err)
	}
	for _, f := range files {
		var tree map[string]any
		if _, err := toml.DecodeFile(f, &tree); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		flatten(out, "", tree)
	}
	return out
}

func flatten(out map[string]string, prefix string, tree map[string]any) {
	for k, v := range tree {
		switch v := v.(type) {
		case string:
			out[prefix+k] = v
		case map[string]any:
			flatten(out, prefix+k+".", v)
		}
	}
}

func holes(text string) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestLanguagesHaveTheSameWords(t *testing.T) {
	base := flatWords(t, Languages()[0])
	for _, lang := range Languages()[1:] {
		words := flatWords(t, lang)
		for k, text := range base {
			other, ok := words[k]
			if !ok {
				t.Errorf("%s has no %q", lang, k)
				continue
			}
			if !slices.Equal(holes(text), holes(other)) {
				t.Errorf("%s %q has %v, %s has %v", lang, k, holes(other), Languages()[0], holes(text))
			}
		}
		for k := range words {
			if _, ok := base[k]; !ok {
				t.Errorf("%s has %q, %s has not", lang, k, Languages()[0])
			}
		}
	}
}

func TestWordsAreNotEmptyAndNeedNoCleaning(t *testing.T) {
	for _, lang := range Languages() {
		for k, text := range flatWords(t, lang) {
			if strings.TrimSpace(text) == "" && !strings.Contains(k, ".col.") {
				t.Errorf("%s %q is empty", lang, k)
			}
			if string(draw.Clean(text)) != text {
				t.Errorf("%s %q holds what cannot be drawn: %q", lang, k, text)
			}
		}
	}
}

// used finds the keys that the source asks for by name.
var used = regexp.MustCompile(`\bv(?:iew)?\.(?:w|say|plural)\("([a-zA-Z0-9_.]+)"[,)]`)

func TestEveryWordAskedForIsThere(t *testing.T) {
	words := flatWords(t, Languages()[0])
	has := func(k string) bool {
		_, plain := words[k]
		_, many := words[k+".other"]
		return plain || many
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range used.FindAllStringSubmatch(string(text), -1) {
			found++
			if !has(m[1]) {
				t.Errorf("%s asks for %q, which no locale file has", f, m[1])
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d words are asked for: the search is broken", found)
	}
}

func TestEveryKeyHasItsWords(t *testing.T) {
	words := flatWords(t, Languages()[0])
	for _, k := range keyTable() {
		if words["keys."+k.id+".help"] == "" {
			t.Errorf("key %s has no help", k.shown)
		}
	}
}

func TestEveryFigureHasItsNames(t *testing.T) {
	for _, lang := range Languages() {
		w, err := loadWords(lang)
		if err != nil {
			t.Fatal(err)
		}
		for k := range metrics.KPICount {
			for i, name := range w.kpi[k] {
				if name == "" {
					t.Errorf("%s: %s has no name in form %d", lang, k, i)
				}
			}
		}
	}
}

func TestUnknownLanguageIsRefused(t *testing.T) {
	if _, err := loadWords("xx"); err == nil {
		t.Error("no error for an unknown language")
	}
}

func TestPhrases(t *testing.T) {
	for _, c := range []struct {
		lang, key string
		n         int
		pairs     []draw.Safe
		want      draw.Safe
	}{
		{"pt-BR", "header.sessions", 1, []draw.Safe{"N", "1"}, "1 sessão"},
		{"pt-BR", "header.sessions", 3, []draw.Safe{"N", "3"}, "3 sessões"},
		{"pt-BR", "header.sessions", 0, []draw.Safe{"N", "0"}, "0 sessões"},
		{"pt-PT", "header.sessions", 0, []draw.Safe{"N", "0"}, "0 sessões"},
		{"en", "header.sessions", 0, []draw.Safe{"N", "0"}, "0 sessions"},
		{"en", "header.sessions", 1, []draw.Safe{"N", "1"}, "1 session"},
		{"en", "no.such.key", 1, nil, "no.such.key"},
	} {
		v := testView(t, c.lang)
		if got := v.plural(c.key, c.n, c.pairs...); got != c.want {
			t.Errorf("%s %s %d: %q, want %q", c.lang, c.key, c.n, got, c.want)
		}
	}
}

// A value is put in as it is: what stands in it is never taken for a placeholder.
func TestValuesAreNotTemplates(t *testing.T) {
	v := testView(t, "en")
	if got := v.say("header.age", "Age", "{{.Age}} %s \\n"); got != "{{.Age}} %s \\n ago" {
		t.Errorf("%q", got)
	}
}

// testView is a view over the fixture in a language.
func testView(t testing.TB, lang string) *view {
	t.Helper()
	w, err := loadWords(lang)
	if err != nil {
		t.Fatal(err)
	}
	return &view{words: w, snap: fixture(), text: newText(), window: metrics.Today, width: 120, height: 40, kept: &keptCharts{}}
}
