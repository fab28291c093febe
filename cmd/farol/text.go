package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"farol/tui"
)

func newTextCommand(g *globals) *cobra.Command {
	profile := ""
	cmd := &cobra.Command{
		Use:     "text",
		Aliases: []string{"texto"},
		Short:   "The plain door: lines for screen readers, pipes and dumb terminals",
		Long: "text prints a summary, then one line a change, and answers questions typed on standard input\n" +
			"(fila suporte, agente ana, riscos, metas, ajuda). It never moves the cursor.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := g.choose()
			if err != nil {
				return err
			}
			return errors.Join(g.plain(cmd, o, profile), o.close())
		},
	}
	cmd.Flags().StringVar(&profile, "profile", "lead", "lead, or wall (public: no names)")
	return cmd
}

// plain runs the plain door until its input ends or the command is interrupted.
// What is wrong with the store goes to standard error as well.
func (g *globals) plain(cmd *cobra.Command, o *operation, profile string) error {
	who, err := profileOf(profile)
	if err != nil {
		return err
	}
	o.trouble.tell = cmd.ErrOrStderr()
	if o.notice != "" {
		fmt.Fprintln(cmd.ErrOrStderr(), o.notice)
	}
	l := o.start(cmd.Context())
	err = tui.Plain{
		Source: l.engine.Latest(), Record: l.recorder(), Profile: who, Language: g.languageOf(o.metrics.Site.Language),
		Author: os.Getenv("USER"), Clock: o.clock, In: questions(o), Out: cmd.OutOrStdout(),
	}.Run(l.ctx)
	return ended(l.stop(), err)
}

// questions is where they are typed. A live operation with no input at all, as
// under a supervisor, goes on until it is told to stop; the past has then said
// all that it has to say.
func questions(o *operation) io.Reader {
	info, err := os.Stdin.Stat()
	device := err == nil && info.Mode()&os.ModeCharDevice != 0
	if !o.paused && (err != nil || device && !isTerminal(os.Stdin)) {
		return nil
	}
	return os.Stdin
}

// ended is how a door that people look through ended: a part of the operation
// that failed is the reason, and being told to stop is none.
func ended(fault, err error) error {
	switch {
	case fault != nil:
		return fault
	case errors.Is(err, context.Canceled):
		return nil
	}
	return err
}
