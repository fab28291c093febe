package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"farol/floor"
	"farol/metrics"
)

// kpiFlags are what `farol kpi` is asked.
type kpiFlags struct {
	from, to, asOf string
	by, queue      string
	step           time.Duration
}

func newKPICommand(g *globals) *cobra.Command {
	f := &kpiFlags{}
	cmd := &cobra.Command{
		Use:   "kpi",
		Short: "Every figure with its numerator, denominator and formula",
		Long: "kpi prints every figure of a range of time, by site, queue, agent, team, channel, hour, day or\n" +
			"interval. Without --from it takes the last day that has events.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return g.kpi(cmd, f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.from, "from", "", "start of the range")
	fl.StringVar(&f.to, "to", "", "end of the range (not included)")
	fl.StringVar(&f.asOf, "as-of", "", "know nothing after this instant")
	fl.StringVar(&f.by, "by", "queue", "site, queue, agent, team, channel, hour, day or interval")
	fl.StringVar(&f.queue, "queue", "", "only this queue")
	fl.DurationVar(&f.step, "step", 30*time.Minute, "length of --by interval: 5m, 15m or 30m")
	return cmd
}

var groupings = map[string]metrics.By{
	"site": metrics.BySite, "queue": metrics.ByQueue, "agent": metrics.ByAgent, "team": metrics.ByTeam,
	"channel": metrics.ByChannel, "hour": metrics.ByHour, "day": metrics.ByDay, "interval": metrics.ByInterval,
}

func (g *globals) kpi(cmd *cobra.Command, f *kpiFlags) error {
	by, ok := groupings[f.by]
	if !ok {
		return fault(exitUsage, fmt.Errorf("unknown grouping %q", f.by), "use site, queue, agent, team, channel, hour, day or interval")
	}
	if f.step != 5*time.Minute && f.step != 15*time.Minute && f.step != 30*time.Minute {
		return fault(exitUsage, fmt.Errorf("step %s: not the length of an interval", f.step), "use 5m, 15m or 30m")
	}
	o, err := g.open(false)
	if err != nil {
		return err
	}
	return errors.Join(g.figures(cmd, o, f, by), o.close())
}

func (g *globals) figures(cmd *cobra.Command, o *operation, f *kpiFlags, by metrics.By) error {
	q := metrics.Query{By: by, Step: f.step, Queue: strings.ToLower(f.queue)}
	if err := o.span(f, &q); err != nil {
		return err
	}
	rows, err := metrics.Report(cmd.Context(), o.metrics, o.db, q)
	if err != nil {
		return fmt.Errorf("compute figures: %w", err)
	}
	if q.Queue != "" && len(rows) == 0 && !slices.ContainsFunc(o.metrics.Site.Queues, func(c floor.QueueConfig) bool { return c.ID == q.Queue }) {
		return fault(exitFailed, fmt.Errorf("compute figures: no queue %q from %s to %s", q.Queue, q.From.Format(time.RFC3339), q.To.Format(time.RFC3339)),
			"see farol kpi --by queue")
	}
	return printKPI(cmd.OutOrStdout(), rows, g.format)
}

// span fills the query's range: by the flags, else the last day with events.
func (o *operation) span(f *kpiFlags, q *metrics.Query) error {
	last, err := o.newest()
	if err != nil {
		return err
	}
	site := &o.metrics.Site
	q.From, q.To = site.DayStart(last), site.NextDay(last)
	for _, p := range []struct {
		text string
		into *time.Time
	}{{f.from, &q.From}, {f.to, &q.To}, {f.asOf, &q.AsOf}} {
		if p.text == "" {
			continue
		}
		if *p.into, err = instant(p.text, o.zone(), last); err != nil {
			return err
		}
	}
	if f.from != "" && f.to == "" {
		q.To = last.Add(time.Second)
	}
	if f.from == "" && f.to != "" {
		q.From = site.DayStart(q.To.Add(-time.Nanosecond))
	}
	if f.asOf != "" && f.from == "" && f.to == "" {
		q.From, q.To = site.DayStart(q.AsOf), site.NextDay(q.AsOf)
	}
	if !q.From.Before(q.To) {
		return fault(exitUsage, fmt.Errorf("the range from %s to %s is empty", q.From.Format(time.RFC3339), q.To.Format(time.RFC3339)), "give --from an earlier time than --to")
	}
	return nil
}

// figure is a KPI in JSON. A value with an empty denominator is null.
type figure struct {
	Value    *float64            `json:"value"`
	Unit     string              `json:"unit,omitempty"`
	Num      *float64            `json:"num,omitempty"`
	Den      *float64            `json:"den,omitempty"`
	Variant  string              `json:"variant,omitempty"`
	Variants map[string]*float64 `json:"variants,omitempty"`
}

// kpiRow is a row of `farol kpi --format json`.
type kpiRow struct {
	By   string             `json:"by"`
	Key  string             `json:"key"`
	From string             `json:"from"`
	To   string             `json:"to"`
	KPI  map[string]*figure `json:"kpi"`
}

func printKPI(w io.Writer, rows []metrics.Row, format string) error {
	if format != "json" {
		return kpiSheet(rows).write(w, format)
	}
	out := make([]kpiRow, 0, len(rows))
	for _, r := range rows {
		out = append(out, kpiRow{
			By: r.By, Key: r.Key, From: r.From.Format(time.RFC3339), To: r.To.Format(time.RFC3339), KPI: figuresJSON(r.F),
		})
	}
	return writeJSON(w, out)
}

func figuresJSON(f *metrics.Figures) map[string]*figure {
	out := map[string]*figure{}
	for k := range metrics.KPICount {
		info, m := k.Info(), f[k]
		fig := out[info.ID]
		if fig == nil {
			fig = &figure{Unit: unitName(info.Unit)}
			out[info.ID] = fig
		}
		if info.Variant != "" {
			if fig.Variants == nil {
				fig.Variants = map[string]*float64{}
			}
			fig.Variants[info.Variant] = known(m)
			if fallback, err := metrics.ParseKPI(info.ID, ""); err != nil || fallback != k {
				continue
			}
		}
		fig.Value, fig.Variant = known(m), info.Variant
		if m.Known && info.Unit != metrics.Count {
			num, den := m.Num, m.Den
			fig.Num, fig.Den = &num, &den
		}
	}
	return out
}

func known(m metrics.Measure) *float64 {
	if !m.Known || math.IsNaN(m.Value) {
		return nil
	}
	return round(m.Value)
}

// round keeps twelve decimals: what is beyond them is the machine's, not the floor's.
func round(v float64) *float64 {
	v = math.Round(v*1e12) / 1e12
	return &v
}

func unitName(u metrics.Unit) string {
	switch u {
	case metrics.Seconds:
		return "s"
	case metrics.Ratio:
		return "ratio"
	case metrics.Points:
		return "points"
	case metrics.PerHour:
		return "per_hour"
	default:
		return ""
	}
}

// kpiSheet has a line a row and figure, so that numerator, denominator and
// formula stand beside each value.
func kpiSheet(rows []metrics.Row) *sheet {
	s := &sheet{head: []string{"by", "key", "from", "to", "kpi", "variant", "value", "unit", "num", "den"}}
	for _, r := range rows {
		for k := range metrics.KPICount {
			info, m := k.Info(), r.F[k]
			value, num, den := "n/d", "", ""
			if m.Known {
				value = decimal(m.Value)
				if info.Unit != metrics.Count {
					num, den = decimal(m.Num), decimal(m.Den)
				}
			}
			s.add(r.By, r.Key, r.From.Format(time.RFC3339), r.To.Format(time.RFC3339), info.ID, info.Variant, value, unitName(info.Unit), num, den)
		}
	}
	return s
}

// decimal writes a number with as many decimals as it needs, at most six.
func decimal(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
}
