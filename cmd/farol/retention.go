package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

func newRetentionCommand(g *globals) *cobra.Command {
	var keep string
	cmd := &cobra.Command{
		Use:   "retention",
		Short: "Drop the events that are older than the site keeps them",
		Long: "retention drops the days that are older than [site] retention says. While farol watch runs it does\n" +
			"the same by itself. The file does not shrink: its room is used again.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			age, err := keepFor(keep)
			if err != nil {
				return err
			}
			path, err := g.storePath()
			if err != nil {
				return err
			}
			if !stored(path) {
				return missing("open", path)
			}
			o, err := g.open(true)
			if err != nil {
				return err
			}
			return errors.Join(g.retain(cmd, o, age), o.close())
		},
	}
	cmd.Flags().StringVar(&keep, "keep", "", "keep this many days instead of the site's, as in 30d")
	return cmd
}

func keepFor(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	age, err := parseDays(text)
	if err != nil {
		return 0, fault(exitUsage, fmt.Errorf("keep %q: not a number of days", text), `write it like "30d"`)
	}
	return age, nil
}

func (g *globals) retain(cmd *cobra.Command, o *operation, age time.Duration) error {
	if age == 0 {
		age = o.conf.retain.events
	}
	if age == 0 {
		return fault(exitConfig, errors.New("retention: the site keeps events for ever"), `set retention = "30d" in [site], or give --keep 30d`)
	}
	say, err := g.words(o)
	if err != nil {
		return err
	}
	done, err := o.db.Trim(o.metrics.Site.DayStart(time.Now().Add(-age)))
	if err != nil {
		return diskFault(err)
	}
	before := done.Before.Format(time.DateOnly)
	out := &sheet{head: []string{"before", "events"}}
	out.add(before, fmt.Sprint(done.Events))
	switch g.format {
	case "json":
		return writeJSON(cmd.OutOrStdout(), map[string]any{"before": before, "events": done.Events})
	case "csv":
		return out.write(cmd.OutOrStdout(), g.format)
	}
	_, err = fmt.Fprintln(cmd.OutOrStdout(), say.plural("retention.done", done.Events, "Before", before))
	return err
}
