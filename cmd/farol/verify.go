package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"farol/floor"
	"farol/store"
)

func newVerifyCommand(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check every record of the store",
		Long: "verify reads the whole store: the structure of its trees, the checksum of every record, and that\n" +
			"the numbers of the events leave no hole. It changes nothing.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, err := g.storePath()
			if err != nil {
				return err
			}
			if !stored(path) {
				return missing("verify", path)
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

// verified is what `farol verify --format json` prints.
type verified struct {
	Store   string   `json:"store"`
	OK      bool     `json:"ok"`
	Pages   int      `json:"pages"`
	Records int      `json:"records"`
	Blocks  int      `json:"blocks"`
	Events  int      `json:"events"`
	Last    uint64   `json:"last"`
	Lost    int      `json:"lost"`
	Faults  []string `json:"faults"`
	More    int      `json:"more_faults"`
}

func (g *globals) verify(cmd *cobra.Command, path string) error {
	conf, err := g.configured()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("verify store %s: %w", path, err)
	}
	r, err := store.Verify(cmd.Context(), path, self, "verify", "pages")
	if err != nil {
		return openFault(path, err)
	}
	out := verified{path, r.OK(), r.Pages, r.Records, r.Blocks, r.Events, r.Last, r.Lost, append([]string{}, r.Faults...), r.More}
	if err := g.printVerified(cmd.OutOrStdout(), &out, &conf.site); err != nil {
		return err
	}
	if r.OK() {
		return nil
	}
	return fault(exitFailed, fmt.Errorf("verify store %s: %d faults: %w", path, len(r.Faults)+r.More, store.ErrDamaged),
		"what can be read is served and the rest never; import the sources again into a new store")
}

func (g *globals) printVerified(w io.Writer, r *verified, site *floor.Site) error {
	switch g.format {
	case "json":
		return writeJSON(w, r)
	case "csv":
		s := &sheet{head: []string{"fault"}}
		for _, f := range r.Faults {
			s.add(f)
		}
		return s.write(w, g.format)
	}
	say, err := speak(g.languageOf(site.Language))
	if err != nil {
		return err
	}
	fmt.Fprintln(w, say.say("verify.read", "Path", r.Store, "Pages", r.Pages, "Records", r.Records, "Blocks", r.Blocks, "Events", r.Events, "Last", r.Last))
	if r.Lost > 0 {
		fmt.Fprintln(w, "  "+say.plural("verify.lost", r.Lost))
	}
	for _, f := range r.Faults {
		fmt.Fprintln(w, "  "+say.say("verify.fault", "Fault", f))
	}
	if r.More > 0 {
		fmt.Fprintln(w, "  "+say.plural("verify.more", r.More))
	}
	if r.OK {
		fmt.Fprintln(w, "  "+say.say("verify.sound"))
	}
	return nil
}
