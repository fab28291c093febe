package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"farol/store"
)

func newVerifyCommand(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check every record of the store",
		Long: "verify reads the whole store: the structure of its trees, the checksum of every record, and that\n" +
			"the numbers of the events leave no hole. It changes nothing.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, err := g.storePath()
			if err != nil {
				return err
			}
			if !stored(path) {
				return fault(exitFailed, fmt.Errorf("verify store %s: it does not exist", path), "give --db the store's path")
			}
			return g.verify(cmd, path)
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:    "pages FILE",
		Hidden: true, // the child of verify: on a damaged file it may die
		Args:   cobra.ExactArgs(1),
		RunE:   func(_ *cobra.Command, args []string) error { return store.RunCheck(args[0]) },
	})
	return cmd
}

func (g *globals) verify(cmd *cobra.Command, path string) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("verify store %s: %w", path, err)
	}
	report, err := store.Verify(cmd.Context(), path, self, "verify", "pages")
	if err != nil {
		return openFault(path, err)
	}
	if g.format == "json" {
		err = writeJSON(cmd.OutOrStdout(), report)
	} else {
		err = printReport(cmd.OutOrStdout(), path, &report)
	}
	if err == nil && !report.OK() {
		err = fault(exitFailed, fmt.Errorf("verify store %s: %d faults: %w", path, len(report.Faults)+report.More, store.ErrDamaged),
			"what can be read is served and the rest never; import the sources again into a new store")
	}
	return err
}

func printReport(w io.Writer, path string, r *store.Report) error {
	fmt.Fprintf(w, "%s: %d pages, %d records, %d blocks, %d events, last number %d\n", path, r.Pages, r.Records, r.Blocks, r.Events, r.Last)
	if r.Lost > 0 {
		fmt.Fprintf(w, "  %d events cannot be read\n", r.Lost)
	}
	for _, f := range r.Faults {
		fmt.Fprintf(w, "  fault: %s\n", f)
	}
	if r.More > 0 {
		fmt.Fprintf(w, "  and %d faults more\n", r.More)
	}
	if r.OK() {
		fmt.Fprintln(w, "  every record is as it was written")
	}
	return nil
}
