package events

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"farol/floor"
)

// docs/events.md names every field and every kind there is.
func TestDocsNameEverything(t *testing.T) {
	text, err := os.ReadFile("../../docs/events.md")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for f := range reflect.TypeFor[record]().Fields() {
		names = append(names, f.Tag.Get("json"))
	}
	for k := floor.Unknown + 1; k.Valid(); k++ {
		names = append(names, k.String())
	}
	for _, n := range names {
		if !strings.Contains(string(text), "`"+n+"`") {
			t.Errorf("docs/events.md does not name %s", n)
		}
	}
}
