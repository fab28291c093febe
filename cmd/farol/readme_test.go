package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"farol/metrics"
	"farol/tui"
)

var update = flag.Bool("update", false, "rewrite the parts of the README that are printed from tables")

// region cuts the text between a marker comment and its end.
func region(t *testing.T, text, name string) (before, inside, after string) {
	t.Helper()
	head, rest, ok := strings.Cut(text, "<!-- "+name)
	comment, rest, ok2 := strings.Cut(rest, "-->\n")
	inside, tail, ok3 := strings.Cut(rest, "<!-- end "+name)
	if !ok || !ok2 || !ok3 {
		t.Fatalf("README.md has no region %q", name)
	}
	return head + "<!-- " + name + comment + "-->\n", inside, "<!-- end " + name + tail
}

// TestREADMETables: the keys and formulas in the README are the program's own.
func TestREADMETables(t *testing.T) {
	const path = "../../README.md"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for name, want := range map[string]string{"keys": keysTable(t), "formulas": formulasTable(t)} {
		before, inside, after := region(t, text, name)
		if inside == want {
			continue
		}
		if !*update {
			t.Errorf("the %s of the README are not the program's: run go test ./cmd/farol -run README -update", name)
			continue
		}
		text = before + want + after
	}
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func keysTable(t *testing.T) string {
	t.Helper()
	keys, err := tui.Keys("en")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("\n| key | does |\n| --- | --- |\n")
	group := ""
	for _, k := range keys {
		if k.Group != group {
			group = k.Group
			fmt.Fprintf(&b, "| **%s** | |\n", strings.ToLower(group))
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", k.Keys, k.Does)
	}
	return b.String() + "\n"
}

func formulasTable(t *testing.T) string {
	t.Helper()
	docs, err := tui.Formulas("en")
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != int(metrics.KPICount) {
		t.Fatalf("%d formulas of %d figures", len(docs), metrics.KPICount)
	}
	var b strings.Builder
	b.WriteString("\n| id | variant | formula | leaves out |\n| --- | --- | --- | --- |\n")
	for _, d := range docs {
		info := d.KPI.Info()
		if d.Formula == "" {
			t.Errorf("%s has no formula in words", d.KPI)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", info.ID, info.Variant, d.Formula, d.LeavesOut)
	}
	return b.String() + "\n"
}
