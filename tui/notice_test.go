package tui

import (
	"strings"
	"testing"
	"time"

	"farol/floor"
)

// TestNoticeUntilAKey: what is said at the start goes with the first key, and
// trouble stays for as long as it lasts, whatever is pressed.
func TestNoticeUntilAKey(t *testing.T) {
	zone := time.FixedZone("Recife", -3*3600)
	trouble := ""
	app, err := New(t.Context(), Options{
		Site: &floor.Site{Name: "Operação Recife", Zone: zone}, Notice: "como ligar a sua central\x1b[31m",
		Trouble: func() string { return trouble },
		Clock:   func() time.Time { return time.Date(2026, 8, 17, 17, 30, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	frame := func(keys string) string {
		f, err := Still(app, 120, 40, keys)
		if err != nil {
			t.Fatal(err)
		}
		return f.String()
	}
	first := frame("")
	for _, want := range []string{"como ligar a sua central", "Operação Recife", "14:30:00"} {
		if !strings.Contains(first, want) {
			t.Errorf("the first frame lacks %q:\n%s", want, first)
		}
	}
	if got := frame("j"); strings.Contains(got, "como ligar") {
		t.Errorf("the notice outlived a key:\n%s", got)
	}
	trouble = "disco cheio"
	app.Update(clockMsg{})
	if got := frame("esc"); !strings.Contains(got, "disco cheio") {
		t.Errorf("trouble is not said:\n%s", got)
	}
	trouble = ""
	app.Update(clockMsg{})
	if got := frame(""); strings.Contains(got, "disco cheio") {
		t.Errorf("trouble that is over is still said:\n%s", got)
	}
}
