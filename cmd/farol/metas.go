package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/spf13/cobra"

	"farol/metrics"
)

func newMetasCommand(g *globals) *cobra.Command {
	asOf := ""
	cmd := &cobra.Command{
		Use:   "metas",
		Short: "Each meta: now, target, status, cause, budget spent",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := g.still(asOf)
			if err != nil {
				return err
			}
			return errors.Join(o.look(cmd.Context(), func(_ *live, snap *metrics.Snapshot) error {
				return printMetas(cmd.OutOrStdout(), snap, g.format)
			}), o.close())
		},
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "the instant to judge at (default: the newest)")
	return cmd
}

// metaRow is a meta of `farol metas --format json`. What is not known is null.
type metaRow struct {
	ID     string      `json:"id"`
	KPI    string      `json:"kpi"`
	Var    string      `json:"variant,omitempty"`
	Scope  string      `json:"scope"`
	Key    string      `json:"key"`
	Window string      `json:"window"`
	Target string      `json:"target"`
	Unit   string      `json:"unit,omitempty"`
	Now    *float64    `json:"now"`
	Num    *float64    `json:"num"`
	Den    *float64    `json:"den"`
	Status string      `json:"status"`
	Since  string      `json:"since,omitempty"`
	Slack  *float64    `json:"slack"`
	Spent  *float64    `json:"budget_spent"`
	In15   *float64    `json:"in_15_min"`
	Need   *float64    `json:"needed_of_rest"`
	Met    [2]int      `json:"like_days_met"`
	Causes []causeText `json:"causes"`
	Why    string      `json:"why,omitempty"`
	Owner  string      `json:"owner,omitempty"`
}

// causeText is a cause in words that scripts can match, with its facts.
type causeText struct {
	Cause   string   `json:"cause"`
	N       int      `json:"n,omitempty"`
	Of      int      `json:"of,omitempty"`
	Part    int      `json:"part,omitempty"`
	Seconds float64  `json:"seconds,omitempty"`
	Was     float64  `json:"was_seconds,omitempty"`
	Share   *float64 `json:"share,omitempty"`
}

func printMetas(w io.Writer, s *metrics.Snapshot, format string) error {
	if format == "json" {
		rows := make([]metaRow, 0, len(s.Metas))
		for _, m := range s.Metas {
			rows = append(rows, metaJSON(s, m))
		}
		return writeJSON(w, rows)
	}
	out := &sheet{head: []string{"status", "meta", "where", "window", "now", "target", "slack", "budget", "in 15 min", "since", "cause"}}
	for _, m := range s.Metas {
		unit := m.KPI.Info().Unit
		cause, since := "", ""
		if m.Risk >= 0 && len(s.Risks[m.Risk].Causes) > 0 {
			cause = causeJSON(s.Risks[m.Risk].Causes[0]).line()
		}
		if !m.Since.IsZero() && m.Status >= metrics.Attention {
			since = m.Since.In(s.Site.Location()).Format("15:04:05")
		}
		out.add(statusName(m.Status), m.KPI.String(), scopeText(m.Scope), m.Window, amount(m.Now, unit), m.Target.Text(unit),
			amount(m.Slack, unit), amount(m.Spent, metrics.Ratio), amount(m.Trend.In15, unit), since, cause)
	}
	return out.write(w, format)
}

func metaJSON(s *metrics.Snapshot, m *metrics.Meta) metaRow {
	info := m.KPI.Info()
	row := metaRow{
		ID: m.ID, KPI: info.ID, Var: info.Variant, Scope: m.Scope.Kind.String(), Key: m.Scope.ID, Window: m.Window,
		Target: m.Target.Text(info.Unit), Unit: unitName(info.Unit), Now: known(m.Now), Status: statusName(m.Status),
		Slack: known(m.Slack), Spent: known(m.Spent), In15: known(m.Trend.In15), Need: known(m.Need), Met: m.History,
		Why: m.Why, Owner: m.Owner, Causes: []causeText{},
	}
	if m.Now.Known {
		row.Num, row.Den = &m.Now.Num, &m.Now.Den
	}
	if !m.Since.IsZero() {
		row.Since = m.Since.In(s.Site.Location()).Format(time.RFC3339)
	}
	if m.Risk >= 0 {
		for _, c := range s.Risks[m.Risk].Causes {
			row.Causes = append(row.Causes, causeJSON(c))
		}
	}
	return row
}

func causeJSON(c metrics.Cause) causeText {
	return causeText{
		Cause: causeName(c.Kind), N: c.N, Of: c.Of, Part: c.Part,
		Seconds: c.Dur.Seconds(), Was: c.Was.Seconds(), Share: known(c.Share),
	}
}

// line is the cause for a table.
func (c causeText) line() string {
	text := c.Cause
	if c.N > 0 || c.Of > 0 {
		text += fmt.Sprintf(" %d", c.N)
	}
	if c.Of > 0 {
		text += fmt.Sprintf("/%d", c.Of)
	}
	if c.Share != nil {
		text += fmt.Sprintf(" %+.0f%%", *c.Share*100)
	}
	if c.Seconds > 0 {
		text += " " + (time.Duration(c.Seconds) * time.Second).String()
	}
	return text
}

func causeName(k metrics.CauseKind) string {
	switch k {
	case metrics.CauseOut:
		return "people_out"
	case metrics.CauseArrivals:
		return "arrivals"
	case metrics.CauseNobodyFree:
		return "nobody_free"
	case metrics.CauseLong:
		return "long_contacts"
	case metrics.CauseWrap:
		return "after_call_work"
	case metrics.CauseQueue:
		return "waiting"
	case metrics.CauseAHT:
		return "handle_time"
	case metrics.CauseShort:
		return "short_of_plan"
	case metrics.CauseNoAnswer:
		return "rings_not_answered"
	case metrics.CauseLogged:
		return "fewer_logged_in"
	default:
		return "unknown"
	}
}

func statusName(s metrics.Status) string {
	switch s {
	case metrics.Secured:
		return "secured"
	case metrics.OK:
		return "ok"
	case metrics.NoTarget:
		return "no_target"
	case metrics.StatusNoData:
		return "no_data"
	case metrics.Stale:
		return "stale"
	case metrics.Attention:
		return "attention"
	case metrics.Critical:
		return "critical"
	case metrics.Missed:
		return "lost"
	default:
		return "unknown"
	}
}

func scopeText(r metrics.ScopeRef) string {
	switch {
	case r.Kind == metrics.SiteScope:
		return "site"
	case r.Name != "":
		return r.Name
	default:
		return r.ID
	}
}

// amount writes a figure for a table, n/d when it is not known.
func amount(m metrics.Measure, u metrics.Unit) string {
	if !m.Known || math.IsNaN(m.Value) {
		return "n/d"
	}
	switch u {
	case metrics.Ratio:
		return fmt.Sprintf("%.1f%%", m.Value*100)
	case metrics.Seconds:
		return fmt.Sprintf("%.0fs", m.Value)
	default:
		return decimal(m.Value)
	}
}
