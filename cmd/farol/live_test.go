package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"farol/floor"
	"farol/metrics"
	"farol/store"
)

// watchedFor is a configured operation in dir, at an instant.
func watchedFor(t *testing.T, dir, conf string, now time.Time) *operation {
	t.Helper()
	g := &globals{db: filepath.Join(dir, "farol.db"), config: filepath.Join(dir, "farol.toml")}
	if err := os.WriteFile(g.config, []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	o, err := g.watched()
	if err != nil {
		t.Fatal(err)
	}
	o.clock = func() time.Time { return now }
	return o
}

// TestWatchFeedsBothSources: a queue_log and JSON lines reach one snapshot, what
// was no event is remembered for farol doctor, and a lead's note comes back.
func TestWatchFeedsBothSources(t *testing.T) {
	dir := t.TempDir()
	now := time.Unix(1795357000, 0)
	events := fmt.Sprintf("{\"at\":%d,\"kind\":\"queued\",\"queue\":\"chat\",\"contact\":\"k-1\",\"channel\":\"chat\"}\nno event\n", now.Unix()-60)
	log := fmt.Sprintf("%d|c-1|vendas|NONE|ENTERQUEUE||+5581999990001|1\nno line\n%[1]d|c-2|vendas|NONE|ENTERQUEUE||+5581999990002|2\n", now.Unix()-90)
	for name, text := range map[string]string{"eventos.jsonl": events, "queue_log": log} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o := watchedFor(t, dir, `
[site]
timezone = "UTC"
[[source]]
kind = "asterisk"
queue_log = "queue_log"
[[source]]
kind = "events"
file = "eventos.jsonl"
`, now)
	l := o.start(t.Context())
	var s *metrics.Snapshot
	for seen := uint64(0); ; seen = s.Version {
		var err error
		if s, err = l.engine.Latest().Next(t.Context(), seen); err != nil {
			t.Fatalf("%v: %v", err, l.fault())
		}
		if s.Loading == nil && s.Total.W[metrics.Today][metrics.Offered].Value == 3 && malformed(s) == 2 {
			break
		}
	}
	if len(s.Sources) != 2 || !s.Sources[0].Up || !s.Sources[1].Up {
		t.Errorf("the sources are %+v", s.Sources)
	}
	if err := l.record(t.Context(), floor.Event{Kind: floor.Note, Text: "chuva forte", Author: "helena"}); err != nil {
		t.Error(err)
	}
	if err := l.stop(); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"queue_log", "events"} {
		note, err := faultsOf(o.db, name)
		if err != nil || note.Count != 1 || len(note.Samples) != 1 {
			t.Errorf("of %s is remembered %+v: %v", name, note, err)
		}
	}
	found := false
	err := o.db.Scan(t.Context(), 0, func(events []floor.Event) error {
		for i := range events {
			found = found || events[i].Kind == floor.Note && events[i].Text == "chuva forte" && events[i].Author == "helena" && events[i].At.Equal(now)
		}
		return nil
	})
	if err != nil || !found {
		t.Errorf("the note is not stored: %v", err)
	}
	if err := o.close(); err != nil {
		t.Error(err)
	}
}

func malformed(s *metrics.Snapshot) (n uint64) {
	for _, src := range s.Sources {
		n += src.Malformed
	}
	return n
}

// TestWatchKeepsTheSitesRetention: what is older is dropped without being asked.
func TestWatchKeepsTheSitesRetention(t *testing.T) {
	dir, now := t.TempDir(), time.Unix(1795357000, 0)
	o := watchedFor(t, dir, "[site]\ntimezone = \"UTC\"\nretention = \"30d\"\n[[source]]\nkind = \"events\"\nfile = \"none.jsonl\"\n", now)
	event := func(id string, at time.Time) floor.Event {
		return floor.Event{Source: "x", Key: floor.KeyID(id), Kind: floor.Offered, Queue: "vendas", Contact: id, At: at.UTC()}
	}
	batch := floor.Batch{Source: "x", Events: []floor.Event{event("old", now.AddDate(0, 0, -40)), event("new", now.AddDate(0, 0, -20))}}
	if _, err := o.db.Append([]floor.Batch{batch}); err != nil {
		t.Fatal(err)
	}
	l := o.start(t.Context())
	var last time.Time
	if err := l.trimIfDue(&last); err != nil {
		t.Fatal(err)
	}
	if err := l.stop(); err != nil {
		t.Error(err)
	}
	days, err := o.db.Days()
	if err != nil || len(days) == 0 || days[0].Before(now.AddDate(0, 0, -31)) {
		t.Errorf("the oldest day is %v: %v", days, err)
	}
	if err := o.close(); err != nil {
		t.Error(err)
	}
}

// TestStoreTroubleIsSaidOnce on standard error, for as long as it lasts on the screen.
func TestStoreTroubleIsSaidOnce(t *testing.T) {
	say, err := speak("pt-BR")
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(filepath.Join(t.TempDir(), "farol.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var errs bytes.Buffer
	o := &operation{db: db, path: "farol.db", trouble: trouble{tell: &errs, say: say}}
	for range 3 {
		o.storeTrouble(fmt.Errorf("append: %w", store.ErrFull))
		if got := o.troubled(); !strings.Contains(got, "DISCO CHEIO") {
			t.Errorf("the screen says %q", got)
		}
	}
	o.storeTrouble(nil)
	if got := o.troubled(); got != "" {
		t.Errorf("when it is over the screen says %q", got)
	}
	if lines := strings.Split(strings.TrimSpace(errs.String()), "\n"); len(lines) != 2 ||
		!strings.Contains(lines[0], "no room left") || !strings.Contains(lines[1], "going on") {
		t.Errorf("standard error has %q", lines)
	}
}

// TestAFailedPartEndsTheOperation: a console over an engine that has died would
// show a floor that stands still.
func TestAFailedPartEndsTheOperation(t *testing.T) {
	o := twoDays(t)
	l := o.start(t.Context())
	l.run(func() error { return fmt.Errorf("append: %w", store.ErrIO) })
	<-l.ctx.Done()
	if got := codeOf(l.stop()); got != exitIO {
		t.Errorf("exit code %d, want %d", got, exitIO)
	}
	l = o.start(t.Context())
	l.run(func() error { panic("a bug") })
	<-l.ctx.Done()
	if err := l.stop(); err == nil || !strings.Contains(err.Error(), "a bug") {
		t.Errorf("a panic ended it with %v", err)
	}
}
