package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// misused is a command line that the command does not understand.
func misused(cmd *cobra.Command, format string, args ...any) error {
	return fault(exitUsage, fmt.Errorf(format, args...), "see "+cmd.CommandPath()+" --help")
}

// begin checks what is common to all commands before one does its work.
func (g *globals) begin(cmd *cobra.Command) error {
	if err := checkFormat(g.format); err != nil {
		return err
	}
	if cmd.Flags().Changed("format") && !listing(cmd) {
		return misused(cmd, "%s draws for people: it has no --format", cmd.CommandPath())
	}
	if err := checkLanguage(g.lang); err != nil {
		return err
	}
	g.began = true
	return nil
}

// listing reports whether a command answers with a list, which has formats.
func listing(cmd *cobra.Command) bool {
	switch cmd.Name() {
	case "farol", "demo", "watch", "replay", "print", "text", "completion", "man":
		return false
	}
	return true
}

// noArgs refuses words that are no command and no flag.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !cmd.HasAvailableSubCommands() {
		return misused(cmd, "unexpected word %q after %s", args[0], cmd.CommandPath())
	}
	if near := likeliest(args[0], commandNames(cmd)); near != "" {
		return fault(exitUsage, fmt.Errorf("unknown command %q", args[0]), "did you mean "+cmd.CommandPath()+" "+near+"?")
	}
	return misused(cmd, "unknown command %q", args[0])
}

// someFiles wants at least one file.
func someFiles(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return misused(cmd, "%s: no file", cmd.CommandPath())
	}
	return nil
}

// chooseOne is what a command does that only groups others.
func chooseOne(cmd *cobra.Command, _ []string) error {
	return misused(cmd, "%s: one of %s is missing", cmd.CommandPath(), strings.Join(commandNames(cmd), ", "))
}

func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return names
}

// likeliest is the name that is one or two slips away; empty when none is.
func likeliest(wrong string, names []string) string {
	best, least := "", 3
	for _, name := range names {
		if d := distance(wrong, name); d < least && d < len(name) {
			best, least = name, d
		}
	}
	return best
}

// newCompletionCommand prints what a shell needs to complete farol's words.
func newCompletionCommand() *cobra.Command {
	return &cobra.Command{
		Use:       "completion bash|zsh|fish|powershell",
		Short:     "What a shell needs to complete commands and flags",
		Long:      "completion prints a script for the shell.\n\n  bash: farol completion bash > /etc/bash_completion.d/farol\n  zsh:  farol completion zsh > \"${fpath[1]}/_farol\"\n  fish: farol completion fish > ~/.config/fish/completions/farol.fish",
		ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				for _, shell := range cmd.ValidArgs {
					if args[0] == shell {
						return nil
					}
				}
			}
			return misused(cmd, "completion: name a shell: %s", strings.Join(cmd.ValidArgs, ", "))
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			w, root := cmd.OutOrStdout(), cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(w, true)
			case "zsh":
				return root.GenZshCompletion(w)
			case "fish":
				return root.GenFishCompletion(w, true)
			default:
				return root.GenPowerShellCompletionWithDesc(w)
			}
		},
	}
}

// newHelpCommand is help that knows when it is asked for what there is not.
func newHelpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "What a command does, and its flags",
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return misused(cmd.Root(), "help: unknown command %q", strings.Join(args, " "))
			}
			return target.Help()
		},
	}
}
