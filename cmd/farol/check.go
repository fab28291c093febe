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
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if presets {
				say, err := speak(g.languageOf(""))
				if err != nil {
					return err
				}
				return printPresets(cmd.OutOrStdout(), say, g.format)
			}
			return g.check(cmd)
		},
	}
	cmd.Flags().BoolVar(&presets, "presets", false, "list the legal targets that [site] presets may name")
	return cmd
}

func (g *globals) check(cmd *cobra.Command) error {
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
	found, err := g.judged(cmd, path, metas)
	if err != nil {
		return err
	}
	say, err := speak(g.languageOf(conf.site.Language))
	if err != nil {
		return err
	}
	return printFindings(cmd.OutOrStdout(), conf, found, say, g.format)
}

// judged holds the metas against the site's own history, when something is stored.
func (g *globals) judged(cmd *cobra.Command, path string, metas []metrics.MetaSpec) (found []metrics.Finding, err error) {
	if !stored(path) {
		return metrics.Check(metas, nil, time.Now()), nil
	}
	o, err := g.open(false)
	if err != nil {
		return nil, err
	}
	if empty, err := o.empty(); empty || err != nil {
		return metrics.Check(metas, nil, time.Now()), errors.Join(err, o.close())
	}
	err = errors.Join(o.standAt(""), o.fallBackToMarketMetas())
	if err == nil {
		err = o.look(cmd.Context(), func(_ *live, snap *metrics.Snapshot) error {
			found = metrics.Check(metas, snap, time.Now())
			return nil
		})
	}
	return found, errors.Join(err, o.close())
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

func printFindings(w io.Writer, conf *config, found []metrics.Finding, say *words, format string) error {
	out := &sheet{head: []string{"meta", "S", "M", "A", "R", "T", "note"}}
	explain := findingText
	if format == "table" {
		out.head[len(out.head)-1] = say.say("check.note")
		explain = say.finding
	}
	rows := []findingRow{}
	var doubts [5]metrics.Doubt
	var notes []string
	for i, f := range found {
		rows = append(rows, findingRow{f.Meta, string(rune(f.Aspect)), doubtName(f.Doubt), string(f.Reason), f.Met, f.Of, findingText(f)})
		column := strings.IndexByte("SMART", byte(f.Aspect))
		doubts[column] = max(doubts[column], f.Doubt)
		if text := explain(f); text != "" {
			notes = append(notes, string(rune(f.Aspect))+": "+text)
		}
		if i+1 == len(found) || found[i+1].Meta != f.Meta {
			line := []string{f.Meta}
			for _, d := range doubts {
				line = append(line, doubtMark(d))
			}
			out.add(append(line, strings.Join(notes, " · "))...)
			doubts, notes = [5]metrics.Doubt{}, nil
		}
	}
	if format == "json" {
		return writeJSON(w, rows)
	}
	if format == "table" {
		name := conf.path
		if name == "" {
			name = say.say("check.market")
		}
		fmt.Fprintf(w, "%s\n\n", say.say("check.sound", "Name", name,
			"Queues", say.plural("check.queues", len(conf.site.Queues)), "Sources", say.plural("check.sources", len(conf.sources))))
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

// finding is findingText in the reader's language.
func (w *words) finding(f metrics.Finding) string {
	key := "check." + string(f.Reason)
	switch {
	case f.Reason == metrics.ReasonInvalid:
		return f.Text
	case f.Reason != "":
	case f.Aspect == metrics.Attainable && f.Of > 0:
		key = "check.met"
	default:
		return ""
	}
	return w.say(key, "Text", f.Text, "Met", f.Met, "Of", f.Of, "When", f.When.Format(time.DateOnly))
}

// findingText is a finding for scripts: the words do not change.
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

func evidenceName(e metrics.Evidence) string {
	switch e {
	case metrics.Verified:
		return "verified"
	case metrics.Known:
		return "known"
	default:
		return "unverified"
	}
}

// presetRow is a legal target of `farol check --presets --format json`.
type presetRow struct {
	ID         string `json:"id"`
	Country    string `json:"country"`
	Rule       string `json:"rule"`
	Text       string `json:"text"`
	Evidence   string `json:"evidence"`
	Historical bool   `json:"historical"`
	Source     string `json:"source"`
}

func printPresets(w io.Writer, say *words, format string) error {
	out := &sheet{head: []string{"id", "country", "rule", "text", "evidence", "historical", "source"}}
	if format == "table" {
		for i, key := range out.head[1:] {
			out.head[1+i] = say.say("presets." + key)
		}
	}
	rows := []presetRow{}
	for _, p := range metrics.Presets() {
		evidence := evidenceName(p.Evidence)
		rows = append(rows, presetRow{p.ID, p.Country, p.Rule, p.Text, evidence, p.Historical, p.Source})
		historical := fmt.Sprint(p.Historical)
		if format == "table" {
			evidence, historical = say.say("presets."+evidence), say.say("presets."+historical)
		}
		out.add(p.ID, p.Country, p.Rule, p.Text, evidence, historical, p.Source)
	}
	if format == "json" {
		return writeJSON(w, rows)
	}
	return out.write(w, format)
}
