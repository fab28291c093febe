package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

// globals are the flags of every command.
type globals struct {
	db     string
	config string
	format string
	lang   string
	began  bool // the command line was understood, and the command's own work began
}

// newRoot builds the command tree.
func newRoot(g *globals) *cobra.Command {
	look := &lookFlags{}
	root := &cobra.Command{
		Use:   "farol",
		Short: "The console of a call centre's floor",
		Long: "farol shows who is waiting, which meta is at risk and why, and who can help.\n\n" +
			"Alone it opens the configured operation; with no configuration, the store of an import;\n" +
			"with neither, a simulated operation.",
		Args:              noArgs,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return g.begin(cmd) },
		RunE:              func(cmd *cobra.Command, _ []string) error { return g.console(cmd, look) },
	}
	p := root.PersistentFlags()
	p.StringVar(&g.db, "db", "", "the store (default $XDG_STATE_HOME/farol/farol.db)")
	p.StringVarP(&g.config, "config", "c", "", "the configuration (default $XDG_CONFIG_HOME/farol/farol.toml, when it exists)")
	p.StringVar(&g.format, "format", "table", "table, json or csv")
	p.StringVar(&g.lang, "language", "", "pt-BR, pt-PT or en (default: the site's, else LANG's, else pt-BR)")
	look.register(root)
	root.AddCommand(
		newDemoCommand(g), newWatchCommand(g), newReplayCommand(g), newPrintCommand(g), newTextCommand(g),
		newImportCommand(g), newKPICommand(g), newMetasCommand(g), newCheckCommand(g), newVerifyCommand(g),
		newDoctorCommand(g), newRetentionCommand(g), newBenchCommand(g), newVersionCommand(g), newCompletionCommand(),
	)
	root.SetHelpCommand(newHelpCommand())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return misused(cmd, "%w", err) })
	return root
}

func newVersionCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if g.format == "json" {
				return writeJSON(cmd.OutOrStdout(), map[string]string{"version": version()})
			}
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "farol", version())
			return err
		},
	}
}

// instant reads a time as people write it: RFC 3339, "2026-11-22 14:00" or
// "14:30" (of the day that holds now), in the site's zone.
func instant(text string, zone *time.Location, now time.Time) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.In(zone), nil
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, nil
		}
	}
	for _, layout := range []string{"15:04:05", "15:04"} {
		if t, err := time.Parse(layout, text); err == nil {
			y, m, d := now.In(zone).Date()
			return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, zone), nil
		}
	}
	return time.Time{}, fault(exitUsage, fmt.Errorf("read time %q: not a time", text), `write "2026-11-22 14:00", "14:00" or RFC 3339`)
}
