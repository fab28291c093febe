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
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			o, err := g.open(true)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, o.close()) }()
			age := o.conf.retain.events
			if keep != "" {
				if age, err = parseDays(keep); err != nil {
					return fault(exitUsage, fmt.Errorf("keep %q", keep), `write it like "30d"`)
				}
			}
			if age == 0 {
				return fault(exitConfig, errors.New("retention: the site keeps events for ever"), `set retention = "30d" in [site], or give --keep 30d`)
			}
			before := o.metrics.Site.DayStart(time.Now().Add(-age))
			done, err := o.db.Trim(before)
			if err != nil {
				return fmt.Errorf("drop events before %s: %w", before.Format(time.DateOnly), err)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "dropped %d events older than %s\n", done.Events, before.Format(time.DateOnly))
			return err
		},
	}
	cmd.Flags().StringVar(&keep, "keep", "", "keep this many days instead of the site's, as in 30d")
	return cmd
}
