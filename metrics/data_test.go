package metrics

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"farol/floor"
)

// The figures of real data, against those that a separate program computed. The
// data is not part of the repository: FAROL_DATA says where it is, else it is
// looked for beside the module.

func dataDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("FAROL_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	if _, err := os.Stat(filepath.Join(dir, "expected.json")); err != nil {
		if os.Getenv("FAROL_DATA") != "" {
			t.Fatalf("FAROL_DATA: %v", err)
		}
		t.Skipf("no data: %v", err)
	}
	return dir
}

// truth is the expected figures of one file.
func truth(t *testing.T, dir, file string, into any) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]struct{ Truth json.RawMessage }
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all[file].Truth, into); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, path string) io.Reader {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if !strings.HasSuffix(path, ".gz") {
		return f
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// bankZone is where the bank was.
func bankZone(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Jerusalem")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// bankCall is a row of the bank's file.
type bankCall struct {
	id, kind, priority, outcome, server string
	offered, queued, left, begun, ended time.Time
	wait, talk                          time.Duration
}

func readBank(t *testing.T, path string, zone *time.Location) []bankCall {
	t.Helper()
	var calls []bankCall
	sc := bufio.NewScanner(open(t, path))
	for line := 0; sc.Scan(); line++ {
		f := strings.Fields(sc.Text())
		if line == 0 || len(f) == 0 {
			continue
		}
		if len(f) != 17 {
			t.Fatalf("%s:%d: %d fields", path, line+1, len(f))
		}
		date := atoi(t, f[5])
		clock := func(s string) time.Time {
			h, rest, _ := strings.Cut(s, ":")
			m, sec, _ := strings.Cut(rest, ":")
			return time.Date(1900+date/10000, time.Month(date/100%100), date%100, atoi(t, h), atoi(t, m), atoi(t, sec), 0, zone)
		}
		c := bankCall{
			id: fmt.Sprintf("%s.%s.%d", f[0], f[1], line), priority: f[3], kind: f[4], outcome: f[12], server: f[16],
			offered: clock(f[6]), begun: clock(f[13]), ended: clock(f[14]),
			wait: time.Duration(atoi(t, f[11])) * time.Second, talk: time.Duration(atoi(t, f[15])) * time.Second,
		}
		if f[9] != "0:00:00" {
			c.queued, c.left = clock(f[9]), clock(f[10])
		}
		c.straighten()
		calls = append(calls, c)
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return calls
}

// straighten puts the day's instants in order: after midnight they are of the
// next day, and a few conversations have no instants of their own, or begin
// before their wait does.
func (c *bankCall) straighten() {
	if c.begun.Equal(c.ended) && c.begun.Hour()+c.begun.Minute()+c.begun.Second() == 0 {
		c.begun, c.ended = time.Time{}, time.Time{}
	}
	for _, at := range []*time.Time{&c.queued, &c.left, &c.begun, &c.ended} {
		if !at.IsZero() && c.offered.Sub(*at) > 12*time.Hour {
			*at = at.AddDate(0, 0, 1)
		}
	}
	if c.outcome != "AGENT" {
		return
	}
	from := c.offered
	if !c.queued.IsZero() {
		from = c.queued
	}
	if c.begun.Before(from) {
		c.begun = from
		if !c.left.IsZero() {
			c.begun = c.left
		}
		c.ended = c.begun.Add(c.talk)
	}
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// bankEvents turns calls into events; queue says which queue a call is of.
func bankEvents(calls []bankCall, queue func(*bankCall) string) []floor.Event {
	var out []floor.Event
	for i := range calls {
		c := &calls[i]
		if c.outcome == "PHANTOM" {
			continue
		}
		e := floor.Event{Source: "bank", Contact: c.id, Queue: queue(c), Kind: floor.Offered, At: c.offered}
		out = append(out, e)
		if !c.queued.IsZero() {
			e.Kind, e.At = floor.Queued, c.queued
			out = append(out, e)
		}
		switch {
		case c.outcome == "AGENT":
			e.Kind, e.At, e.Wait = floor.Answered, c.begun, c.wait
			if c.server != "NO_SERVER" {
				e.Agent = c.server
			}
			out = append(out, e)
			e.Kind, e.At, e.Talk, e.By = floor.Completed, c.ended, c.talk, floor.ByCustomer
			out = append(out, e)
		case c.wait > 0:
			e.Kind, e.At, e.Wait = floor.Abandoned, c.left, c.wait
			out = append(out, e)
		default:
			e.Kind, e.At = floor.LeftBefore, c.offered
			if !c.left.IsZero() {
				e.At = c.left
			}
			out = append(out, e)
		}
	}
	sortEvents(out)
	return out
}

// distribution is how expected.json tells one.
type distribution struct {
	N, Sum                  int
	Mean, Sd                float64
	Min, P25, P50, P75, P80 int
	P90, P95, P99, Max      int
}

func (d distribution) check(t *testing.T, what string, got []time.Duration) {
	t.Helper()
	if len(got) != d.N {
		t.Errorf("%s: %d, want %d", what, len(got), d.N)
		return
	}
	if d.N == 0 {
		return
	}
	sum := time.Duration(0)
	for _, w := range got {
		sum += w
	}
	mean, sd := Spread(got)
	near(t, what+" mean", mean.Seconds(), d.Mean)
	near(t, what+" sd", sd.Seconds(), d.Sd)
	if int(sum/time.Second) != d.Sum {
		t.Errorf("%s: sum %s, want %d s", what, sum, d.Sum)
	}
	for percent, want := range map[int]int{0: d.Min, 25: d.P25, 50: d.P50, 75: d.P75, 80: d.P80, 90: d.P90, 95: d.P95, 99: d.P99, 100: d.Max} {
		if v := Percentile(got, percent); v != time.Duration(want)*time.Second {
			t.Errorf("%s p%d: %s, want %d s", what, percent, v, want)
		}
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if d := got - want; d > 1e-6 || d < -1e-6 {
		t.Errorf("%s: %.6f, want %.6f", what, got, want)
	}
}

// report is Report that fails the test.
func report(t *testing.T, cfg Config, log *memoryLog, q Query) map[string]Row {
	t.Helper()
	rows, err := Report(context.Background(), cfg, log, q)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]Row{}
	for _, r := range rows {
		out[r.Key] = r
	}
	return out
}
