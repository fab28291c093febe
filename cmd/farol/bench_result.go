package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// benchResults are what was measured, in order.
type benchResults struct {
	machine benchMachine
	rows    []benchRow
}

// benchMachine is where.
type benchMachine struct {
	CPU  string  `json:"cpu"`
	CPUs int     `json:"cpus"`
	OS   string  `json:"os"`
	Arch string  `json:"arch"`
	Go   string  `json:"go"`
	Load float64 `json:"load"` // of the minute before; above the CPUs, figures are those of a busy machine
}

// benchRow is one measurement. Ratio and Limit are of the goal: what is
// compared, and the most (or, with AtLeast, the least) it may be.
type benchRow struct {
	Goal     int      `json:"goal,omitempty"` // 0: only for comparison
	What     string   `json:"what"`
	Measured string   `json:"measured"`
	Against  string   `json:"against,omitempty"`
	Ratio    *float64 `json:"ratio"` // null: not measured, Note says why
	Unit     string   `json:"unit,omitempty"`
	AtLeast  bool     `json:"at_least,omitempty"`
	Limit    *float64 `json:"limit,omitempty"`
	Met      *bool    `json:"met,omitempty"`
	Note     string   `json:"note,omitempty"`
}

// atMost adds a goal that holds when the value is not above the limit.
func (r *benchResults) atMost(goal int, what, measured, against string, value float64, unit string, limit float64) {
	met := value <= limit
	r.rows = append(r.rows, benchRow{
		Goal: goal, What: what, Measured: measured, Against: against, Ratio: &value, Unit: unit, Limit: &limit, Met: &met,
	})
}

// atLeast adds a goal that holds when the value is not below the limit.
func (r *benchResults) atLeast(goal int, what, measured, against string, value float64, unit string, limit float64) {
	met := value >= limit
	r.rows = append(r.rows, benchRow{
		Goal: goal, What: what, Measured: measured, Against: against, Ratio: &value, Unit: unit, AtLeast: true, Limit: &limit, Met: &met,
	})
}

// plain adds a figure that has no goal.
func (r *benchResults) plain(what, measured string) {
	r.rows = append(r.rows, benchRow{What: what, Measured: measured})
}

// absent adds a goal that could not be measured, and why.
func (r *benchResults) absent(goal int, what, why string) {
	r.rows = append(r.rows, benchRow{Goal: goal, What: what, Measured: "-", Note: why})
}

func (r *benchResults) write(w io.Writer, format string) error {
	if format == "json" {
		return writeJSON(w, struct {
			Machine benchMachine `json:"machine"`
			Rows    []benchRow   `json:"rows"`
		}{r.machine, r.rows})
	}
	s := &sheet{head: []string{"goal", "what", "measured", "against", "ratio", "limit", "met"}}
	for _, row := range r.rows {
		s.add(row.cells()...)
	}
	if format == "table" {
		m := r.machine
		fmt.Fprintf(w, "%s, %d CPUs, %s/%s, %s, load %.1f\n\n", m.CPU, m.CPUs, m.OS, m.Arch, m.Go, m.Load)
	}
	return s.write(w, format)
}

func (r *benchRow) cells() []string {
	goal, ratio, limit, met := "", "-", "", ""
	if r.Goal > 0 {
		goal = fmt.Sprint(r.Goal)
	}
	if r.Ratio != nil {
		ratio = short(*r.Ratio) + r.Unit
	}
	if r.Limit != nil {
		sign := "<= "
		if r.AtLeast {
			sign = ">= "
		}
		limit = sign + short(*r.Limit) + r.Unit
	}
	if r.Met != nil {
		met = map[bool]string{true: "yes", false: "NO"}[*r.Met]
	}
	against := r.Against
	if r.Note != "" {
		against = strings.TrimSpace(against + " (" + r.Note + ")")
	}
	return []string{goal, r.What, r.Measured, against, ratio, limit, met}
}

// short writes a number with three figures.
func short(x float64) string {
	switch {
	case x >= 100 || x == float64(int(x)) && x < 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	case x >= 1:
		return fmt.Sprintf("%.2f", x)
	default:
		return fmt.Sprintf("%.3f", x)
	}
}

// brief writes a duration with three figures.
func brief(d time.Duration) string {
	switch {
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= time.Millisecond:
		return fmt.Sprintf("%.2f ms", float64(d)/1e6)
	default:
		return fmt.Sprintf("%.1f us", float64(d)/1e3)
	}
}

// timings are repeated measurements of one thing.
type timings []time.Duration

func (t timings) least() time.Duration {
	if len(t) == 0 {
		return 0
	}
	return slices.Min(t)
}

// at is the quantile q of the timings, by nearest rank.
func (t timings) at(q float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func (t timings) median() time.Duration { return t.at(.5) }

func over(a, b time.Duration) float64 { return float64(a) / float64(max(b, 1)) }

// machine says what this is running on.
func machine() benchMachine {
	m := benchMachine{CPU: "unknown CPU", CPUs: runtime.NumCPU(), OS: runtime.GOOS, Arch: runtime.GOARCH, Go: runtime.Version()}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		_, _ = fmt.Sscanf(string(text), "%f", &m.Load)
	}
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return m
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			m.CPU = strings.TrimSpace(value)
			break
		}
	}
	return m
}
