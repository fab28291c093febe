package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"farol/ingest/sim"
	"farol/tui/draw"
)

func TestTimings(t *testing.T) {
	ms := func(n int) time.Duration { return time.Duration(n) * time.Millisecond }
	var none timings
	all := timings{ms(5), ms(1), ms(9), ms(3), ms(7)}
	for _, c := range []struct {
		what      string
		got, want time.Duration
	}{
		{"least of none", none.least(), 0},
		{"median of none", none.median(), 0},
		{"least", all.least(), ms(1)},
		{"median", all.median(), ms(5)},
		{"p99", all.at(.99), ms(9)},
		{"p0", all.at(0), ms(1)},
	} {
		if c.got != c.want {
			t.Errorf("%s is %v, want %v", c.what, c.got, c.want)
		}
	}
}

func TestBenchResults(t *testing.T) {
	var r benchResults
	r.machine = benchMachine{CPU: "a CPU", CPUs: 2}
	r.atMost(1, "import", "1.00 s", "wc -l 0.10 s", 10, "x", 15)
	r.atLeast(5, "fold", "", "", 3.2, " M/s", 4)
	r.absent(1, "against goaccess", "goaccess is not installed")
	var table, js bytes.Buffer
	if err := r.write(&table, "table"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"10x", "<= 15x", "yes", ">= 4 M/s", "NO", "(goaccess is not installed)"} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("no %q in\n%s", want, table.String())
		}
	}
	if err := r.write(&js, "json"); err != nil {
		t.Fatal(err)
	}
	var back struct {
		Rows []struct {
			Goal  int
			Ratio *float64
			Met   *bool
		}
	}
	if err := json.Unmarshal(js.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if rows := back.Rows; len(rows) != 3 || !*rows[0].Met || *rows[1].Met || rows[2].Ratio != nil || rows[2].Met != nil {
		t.Errorf("read back %s", js.String())
	}
}

func TestReferenceBytes(t *testing.T) {
	pens := map[draw.Style]int{0: 3, 1: 5}
	frame := func(rows ...string) *draw.Frame {
		f := draw.New(len(rows[0]), len(rows))
		for y, row := range rows {
			for x, r := range row {
				st := draw.Style(0)
				if r >= 'A' && r <= 'Z' {
					st = 1
				}
				f.Set(x, y, r, st)
			}
		}
		return f
	}
	blank := frame("          ", "          ")
	for _, c := range []struct {
		next *draw.Frame
		want int
	}{
		{blank, 0},
		{frame("a         ", "          "), 6 + 1},
		{frame("ab        ", "          "), 6 + 2},
		{frame("a     b   ", "          "), 6 + 1 + 4 + 1},
		{frame("a b       ", "          "), 6 + 1 + 3 + 1},
		{frame("a         ", "         b"), 6 + 1 + 7 + 1},
		{frame("A         ", "          "), 6 + 5 + 1 + 3},
		{frame("Ab        ", "          "), 6 + 5 + 1 + 3 + 1},
	} {
		if got := referenceBytes(blank, c.next, pens); got != c.want {
			t.Errorf("%q costs %d, want %d", c.next.String(), got, c.want)
		}
	}
}

// The peer that import is held against must do the same work: its figures are
// the truth's.
func TestAwkFindsTheTruth(t *testing.T) {
	path := filepath.Join(t.TempDir(), "queue_log")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	truth, err := sim.WriteQueueLog(f, sim.LogOptions{Lines: 60_000, Seed: 5})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	awk := find("awk", awkName(), "-F", "|", kpiPass, path)
	if err := awk.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if awk.lack != "" {
		t.Skip(awk.lack)
	}
	lines := map[string]bool{}
	for line := range strings.Lines(awk.out) {
		lines[strings.TrimSpace(line)] = true
	}
	for _, q := range truth.Queues {
		want := fmt.Sprintf("%s %d %d %d %d %d %d %d %d %d %d %d", q.Queue, q.Entered, q.Connected, q.Abandoned, q.Timeouts, q.HoldSum, q.TalkSum,
			q.ConnectedWithin[1], q.P50, q.P90, q.P95, q.P99)
		if !lines[want] {
			t.Errorf("awk did not find %q", want)
		}
	}
	for _, a := range truth.Agents {
		if want := fmt.Sprintf("agent %d %d %s", a.Answered, a.TalkSum, a.Agent); !lines[want] {
			t.Errorf("awk did not find %q", want)
		}
	}
}
