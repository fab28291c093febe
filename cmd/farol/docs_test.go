package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"farol/metrics"
)

func readDoc(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestExampleConfigReads: the file that people begin from is one that farol takes,
// and in which farol check finds nothing missing.
func TestExampleConfigReads(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "examples", "farol.toml")
	var out bytes.Buffer
	root := newRoot(&globals{})
	root.SetOut(&out)
	root.SetArgs([]string{"check", "-c", path, "--db", filepath.Join(t.TempDir(), "none.db"), "--format", "json"})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	var found []findingRow
	if err := json.Unmarshal(out.Bytes(), &found); err != nil || len(found) == 0 {
		t.Fatalf("farol check says %q: %v", &out, err)
	}
	for _, f := range found {
		if f.Level == "missing" && f.Letter != "T" { // one day its validity will have ended
			t.Errorf("of the example farol check says %+v", f)
		}
	}
	c, err := loadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.site.Queues) != 3 || len(c.sources) != 2 || len(c.metas) != 4 || len(c.metas[0].When) != 2 {
		t.Errorf("%d queues, %d sources, %d metas", len(c.site.Queues), len(c.sources), len(c.metas))
	}
}

// TestConfigDocReads: every block of docs/config.md is a configuration.
func TestConfigDocReads(t *testing.T) {
	const meta = "[[meta]]\nkpi = \"service_level\"\nvariant = \"strict\"\ntarget = \">= 80%\"\n"
	parts := strings.Split(readDoc(t, "config.md"), "```")
	blocks := 0
	for i := 1; i < len(parts); i += 2 {
		block := strings.TrimPrefix(parts[i], "toml\n")
		if strings.HasPrefix(block, "when") || strings.HasPrefix(block, "[[meta.when]]") {
			block = meta + block
		}
		blocks++
		if _, err := parseConfig("config.md", block); err != nil {
			t.Errorf("%v\n%s", err, block)
		}
	}
	if blocks < 6 {
		t.Errorf("only %d blocks were found", blocks)
	}
}

// TestConfigDocKnowsEveryKey: no key of the file is undocumented.
func TestConfigDocKnowsEveryKey(t *testing.T) {
	doc := readDoc(t, "config.md")
	for _, key := range knownKeys {
		if !strings.Contains(doc, key) {
			t.Errorf("docs/config.md does not say what %s is", key)
		}
	}
}

// TestConfigDocPresets: the table is the presets that there are.
func TestConfigDocPresets(t *testing.T) {
	doc := readDoc(t, "config.md")
	for _, p := range metrics.Presets() {
		historical := map[bool]string{true: "yes", false: "no"}[p.Historical]
		row := fmt.Sprintf("| `%s` | %s | %s | %s | %s | %s |", p.ID, p.Country, p.Rule, p.Text, evidenceName(p.Evidence), historical)
		if !strings.Contains(doc, row) {
			t.Errorf("docs/config.md lacks the row\n%s", row)
		}
	}
}

// TestCommandsDoc: every command and every flag is documented.
func TestCommandsDoc(t *testing.T) {
	doc := readDoc(t, "commands.md")
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		if cmd.Runnable() && !cmd.Hidden && !strings.Contains(doc, cmd.CommandPath()) {
			t.Errorf("docs/commands.md does not know %s", cmd.CommandPath())
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && !strings.Contains(doc, "--"+f.Name) {
				t.Errorf("docs/commands.md does not know --%s of %s", f.Name, cmd.CommandPath())
			}
		})
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(&globals{}))
}

// TestWordsAreComplete: each language says the same things, with the same blanks.
func TestWordsAreComplete(t *testing.T) {
	keys := map[string]map[string]bool{}
	for _, lang := range []string{"pt-BR", "pt-PT", "en"} {
		w, err := speak(lang)
		if err != nil {
			t.Fatal(err)
		}
		text, err := localeFiles.ReadFile("locale/" + lang + "/commands.toml")
		if err != nil {
			t.Fatal(err)
		}
		keys[lang] = map[string]bool{}
		for _, p := range locate(string(text)) {
			switch {
			case p.key == "":
			case p.key == "one" || p.key == "other":
				keys[lang][p.table+" plural"] = true
				if got := w.plural(p.table, 3); !strings.Contains(got, "3") || got == w.plural(p.table, 1) {
					t.Errorf("%s: %s for 3 is %q", lang, p.table, got)
				}
			default:
				keys[lang][p.table+"."+p.key] = true
				if got := w.say(p.table + "." + p.key); got == p.table+"."+p.key {
					t.Errorf("%s: %s has no words", lang, got)
				}
			}
		}
	}
	for _, lang := range []string{"pt-PT", "en"} {
		for key := range keys["pt-BR"] {
			if !keys[lang][key] {
				t.Errorf("%s lacks %s", lang, key)
			}
		}
		if len(keys[lang]) != len(keys["pt-BR"]) {
			t.Errorf("%s has %d phrases, pt-BR %d", lang, len(keys[lang]), len(keys["pt-BR"]))
		}
	}
	en, err := speak("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []metrics.Reason{
		metrics.ReasonImplied, metrics.ReasonUnseen, metrics.ReasonTwice, metrics.ReasonNoSource, metrics.ReasonNoHistory,
		metrics.ReasonRarelyMet, metrics.ReasonAlwaysMet, metrics.ReasonNoWhy, metrics.ReasonNoOwner, metrics.ReasonPerson,
		metrics.ReasonExpired, metrics.ReasonNotYet,
	} {
		if got := en.finding(metrics.Finding{Reason: r, Text: "x"}); strings.HasPrefix(got, "check.") {
			t.Errorf("the finding %s has no words", r)
		}
		if findingText(metrics.Finding{Reason: r, Text: "x"}) == "" {
			t.Errorf("the finding %s has no words for scripts", r)
		}
	}
}
