package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"farol/metrics"
)

func newCheckCommand(g *globals) *cobra.Command {
	presets := false
	cmd := &cobra.Command{
		Use:   "check",
		Short: "The configuration, and what each meta lacks to be SMART",
		Long: "check reads the configuration and refuses it at the first mistake, with its line and the cure. Then\n" +
			"it says for each meta which of the five is missing or doubtful: specific, measurable, attainable\n" +
			"(against the site's own like days), relevant, time-bound.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if presets {
				return printPresets(cmd.OutOrStdout(), g.format)
			}
			return g.check(cmd)
		},
	}
	cmd.Flags().BoolVar(&presets, "presets", false, "list the legal targets that [site] presets may name")
	return cmd
}

func (g *globals) check(cmd *cobra.Command) (err error) {
	conf, err := g.configured()
	if err != nil {
		return err
	}
	path, err := g.storePath()
	if err != nil {
		return err
	}
	metas := conf.metas
	if len(metas) == 0 {
		if metas, err = marketMetas(); err != nil {
			return err
		}
	}
	var snap *metrics.Snapshot
	if stored(path) {
		o, err := g.past("")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, o.close()) }()
		l, s, err := o.settle(cmd.Context())
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, l.stop()) }()
		snap = s
	}
	return printFindings(cmd.OutOrStdout(), conf, metrics.Check(metas, snap, time.Now()), g.format)
}

// findingRow is a finding of `farol check --format json`.
type findingRow struct {
	Meta   string `json:"meta"`
	Letter string `json:"letter"`
	Level  string `json:"level"`
	Reason string `json:"reason,omitempty"`
	Met    int    `json:"met"`
	Of     int    `json:"of"`
	Text   string `json:"text,omitempty"`
}

func printFindings(w io.Writer, conf *config, found []metrics.Finding, format string) error {
	out := &sheet{head: []string{"meta", "S", "M", "A", "R", "T", "what to look at"}}
	var rows []findingRow
	var marks [5]string
	var notes []string
	for i, f := range found {
		rows = append(rows, findingRow{f.Meta, string(rune(f.Aspect)), doubtName(f.Doubt), string(f.Reason), f.Met, f.Of, findingText(f)})
		marks[strings.IndexByte("SMART", byte(f.Aspect))] = doubtMark(f.Doubt)
		if text := findingText(f); text != "" {
			notes = append(notes, string(rune(f.Aspect))+": "+text)
		}
		if i+1 == len(found) || found[i+1].Meta != f.Meta {
			out.add(append(append([]string{f.Meta}, marks[:]...), strings.Join(notes, " · "))...)
			marks, notes = [5]string{}, nil
		}
	}
	if format == "json" {
		return writeJSON(w, rows)
	}
	if format == "table" {
		name := conf.path
		if name == "" {
			name = "no configuration: the market's metas"
		}
		fmt.Fprintf(w, "%s: read without fault, %d queues, %d sources\n\n", name, len(conf.site.Queues), len(conf.sources))
	}
	return out.write(w, format)
}

func doubtName(d metrics.Doubt) string {
	switch d {
	case metrics.Doubtful:
		return "doubtful"
	case metrics.Missing:
		return "missing"
	default:
		return "sound"
	}
}

func doubtMark(d metrics.Doubt) string {
	switch d {
	case metrics.Doubtful:
		return "?"
	case metrics.Missing:
		return "X"
	default:
		return "o"
	}
}

func findingText(f metrics.Finding) string {
	switch f.Reason {
	case metrics.ReasonImplied:
		return "several formulas exist and none is named"
	case metrics.ReasonUnseen:
		return "never seen: " + f.Text
	case metrics.ReasonTwice:
		return "another meta is the same"
	case metrics.ReasonInvalid:
		return f.Text
	case metrics.ReasonNoSource:
		return "no source has given the figure yet"
	case metrics.ReasonNoHistory:
		return fmt.Sprintf("only %d like days to compare with", f.Of)
	case metrics.ReasonRarelyMet:
		return fmt.Sprintf("met on %d of %d like days", f.Met, f.Of)
	case metrics.ReasonAlwaysMet:
		return fmt.Sprintf("met on all %d like days: it asks for nothing new", f.Of)
	case metrics.ReasonNoWhy:
		return "no why"
	case metrics.ReasonNoOwner:
		return "no owner"
	case metrics.ReasonPerson:
		return "a target for one person: NR-17 and labour law ask for care"
	case metrics.ReasonExpired:
		return "ended on " + f.When.Format(time.DateOnly)
	case metrics.ReasonNotYet:
		return "begins on " + f.When.Format(time.DateOnly)
	}
	if f.Aspect == metrics.Attainable && f.Of > 0 {
		return fmt.Sprintf("met on %d of %d like days", f.Met, f.Of)
	}
	return ""
}

func printPresets(w io.Writer, format string) error {
	out := &sheet{head: []string{"id", "country", "rule", "what it asks", "evidence", "source"}}
	for _, p := range metrics.Presets() {
		evidence := [...]string{"read", "known, not checked again", "unverified"}[p.Evidence]
		if p.Historical {
			evidence += ", histórico"
		}
		out.add(p.ID, p.Country, p.Rule, p.Text, evidence, p.Source)
	}
	if format == "json" {
		return writeJSON(w, metrics.Presets())
	}
	return out.write(w, format)
}
