package metrics

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/mathext"
)

func meanWaitC(s staffing, n int) float64 {
	return erlangC(n, s.load()) * s.aht / (float64(n) - s.load())
}

// TestErlangPublished compares with values that others have published.
func TestErlangPublished(t *testing.T) {
	dir := os.Getenv("FAROL_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	file, err := os.Open(filepath.Join(dir, "erlang-published.csv"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no published values here; set FAROL_DATA")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		num := func(i int) float64 {
			v, err := strconv.ParseFloat(row[i], 64)
			if err != nil && row[i] != "" {
				t.Fatalf("row %q: %v", row, err)
			}
			return v
		}
		n := int(num(1))
		s := staffing{rate: num(2) / num(3), aht: num(4), patience: num(5)}
		var got float64
		switch row[7] {
		case "mean_wait_s":
			got = meanWaitC(s, n)
		case "service_level":
			got = s.level(n, num(6))
		case "p_wait":
			got = erlangC(n, s.load())
		case "occupancy":
			got = s.load() / float64(n)
		default:
			t.Fatalf("unknown quantity %q", row[7])
		}
		if want, within := num(8), num(9); math.Abs(got-want) > within {
			t.Errorf("%s of %d agents, %s calls in %s s of %s s = %v, want %v ± %v", row[7], n, row[2], row[3], row[4], got, want, within)
		}
	}
}

func TestErlangKnownValues(t *testing.T) {
	for _, c := range []struct {
		n    int
		load float64
		want float64
	}{
		{1, 0.5, 0.5},     // M/M/1: the load itself
		{2, 1, 1.0 / 3},   // by hand
		{10, 10, 1},       // not stable
		{500, 450, .0091}, // large: no overflow; square-root staffing gives about 1 %
	} {
		if got := erlangC(c.n, c.load); math.Abs(got-c.want) > 5e-3 {
			t.Errorf("erlangC(%d, %v) = %v, want %v", c.n, c.load, got, c.want)
		}
	}
}

// TestErlangAIsErlangCWithPatience: as patience grows, A becomes C.
func TestErlangAIsErlangCWithPatience(t *testing.T) {
	for _, n := range []int{11, 14, 20} {
		c := staffing{rate: 0.05, aht: 200}
		a := c
		a.patience = 1e6
		if got, want := a.level(n, 20), c.level(n, 20); math.Abs(got-want) > 1e-3 {
			t.Errorf("level with %d agents: A %v, C %v", n, got, want)
		}
	}
}

// TestErlangASimulated compares the closed form with a simulated queue.
func TestErlangASimulated(t *testing.T) {
	for _, c := range []struct {
		s staffing
		n int
	}{
		{staffing{rate: 0.05, aht: 240, patience: 120}, 10},
		{staffing{rate: 0.05, aht: 240, patience: 60}, 13},
		{staffing{rate: 0.02, aht: 300, patience: 300}, 5},
	} {
		want := simulateA(c.s, c.n, 20, 200_000)
		if got := c.s.level(c.n, 20); math.Abs(got-want) > 0.012 {
			t.Errorf("%d agents, %+v: level %v, simulated %v", c.n, c.s, got, want)
		}
	}
}

// simulateA serves contacts in order of arrival: each knows when its turn
// comes from the times at which agents become free.
func simulateA(s staffing, n int, limit float64, contacts int) float64 {
	rng := rand.New(rand.NewPCG(1, 2))
	free := make([]float64, n)
	now, within := 0.0, 0
	for range contacts {
		now += rng.ExpFloat64() / s.rate
		first := 0
		for i, at := range free {
			if at < free[first] {
				first = i
			}
		}
		wait := max(0, free[first]-now)
		if wait > rng.ExpFloat64()*s.patience {
			continue // gave up before its turn: the agent takes the next
		}
		free[first] = max(now, free[first]) + rng.ExpFloat64()*s.aht
		if wait <= limit {
			within++
		}
	}
	return float64(within) / float64(contacts)
}

func TestLevelRisesWithAgents(t *testing.T) {
	for _, s := range []staffing{
		{rate: 0.1, aht: 300},
		{rate: 0.1, aht: 300, patience: 90},
		{rate: 1, aht: 300, patience: 1000},
	} {
		before := -1.0
		for n := 0; n <= 400; n++ {
			got := s.level(n, 20)
			if got < before-1e-9 || got < 0 || got > 1 || math.IsNaN(got) {
				t.Fatalf("level of %+v with %d agents = %v after %v", s, n, got, before)
			}
			before = got
		}
	}
}

func TestCrewForIsTheInverseOfLevelAt(t *testing.T) {
	s := staffing{rate: 0.06, aht: 260, patience: 150}
	for _, n := range []float64{8, 10.5, 13.25, 17} {
		level := s.levelAt(n, 20)
		if got := s.crewFor(level, 20, 60); math.Abs(got-n) > 1e-6 {
			t.Errorf("crewFor(%v) = %v, want %v", level, got, n)
		}
	}
	if got := s.crewFor(1.1, 20, 60); got != 60 {
		t.Errorf("crewFor an impossible level = %v, want the most there are", got)
	}
	if got := s.crewFor(0, 20, 60); got != 0 {
		t.Errorf("crewFor(0) = %v, want 0", got)
	}
}

func BenchmarkLevelA(b *testing.B) {
	s := staffing{rate: 0.1, aht: 300, patience: 120}
	for b.Loop() {
		s.level(30, 20)
	}
}

// TestDeathsAreIncompleteBeta: the recursion gives what the function gives.
func TestDeathsAreIncompleteBeta(t *testing.T) {
	for _, c := range []struct{ c, y float64 }{{5, 0.1}, {100, 0.2}, {12.5, 3}, {2000, 0.01}, {400, 5}} {
		d := newDeaths(c.c, c.y)
		for j := range 60 {
			want := mathext.RegIncBeta(float64(j+1), c.c+1, -math.Expm1(-c.y))
			if got := d.next(); math.Abs(got-want) > 1e-9 {
				t.Errorf("c %v, y %v: I(%d) = %v, want %v", c.c, c.y, j+1, got, want)
				break
			}
		}
	}
}
