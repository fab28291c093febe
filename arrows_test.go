// Package farol holds no code of its own: this test keeps the arrows between
// its packages as ARCHITECTURE.md draws them.
package farol

import (
	"os/exec"
	"strings"
	"testing"
)

// arrows is who may import whom, besides itself. A package that is missing here
// is a room nobody drew.
var arrows = map[string][]string{
	"floor":           {},
	"ingest":          {"floor"},
	"ingest/asterisk": {"ingest", "floor"},
	"ingest/events":   {"ingest", "floor"},
	"ingest/sim":      {"ingest", "floor"},
	"store":           {"floor"},
	"metrics":         {"floor"},
	"tui":             {"metrics", "floor", "tui/draw"},
	"tui/draw":        {},
	"cmd/farol": {
		"floor", "ingest", "ingest/asterisk", "ingest/events", "ingest/sim", "store", "metrics", "tui", "tui/draw",
	},
}

func TestArrows(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}}:{{range .Imports}} {{.}}{{end}}", "./...").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		pkg, imports, _ := strings.Cut(line, ":")
		pkg = strings.TrimPrefix(strings.TrimPrefix(pkg, "farol"), "/")
		if pkg == "" {
			continue
		}
		allowed, drawn := arrows[pkg]
		if !drawn {
			t.Errorf("package %s is not drawn in the architecture", pkg)
			continue
		}
		for _, imp := range strings.Fields(imports) {
			if imp == "farol" || !strings.HasPrefix(imp, "farol/") {
				continue
			}
			if !contains(allowed, strings.TrimPrefix(imp, "farol/")) {
				t.Errorf("%s imports %s: that arrow is not drawn", pkg, imp)
			}
		}
	}
}

// TestFloorStandsOnTheStandardLibrary holds the bottom of the house.
func TestFloorStandsOnTheStandardLibrary(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "./floor").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	if got := strings.TrimSpace(string(out)); got != "farol/floor" {
		t.Errorf("floor depends on more than the standard library:\n%s", got)
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
