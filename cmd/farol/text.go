package main

import (
	"errors"

	"github.com/spf13/cobra"
)

func newTextCommand(g *globals) *cobra.Command { return &cobra.Command{Use: "text"} }
func (g *globals) plain(cmd *cobra.Command, o *operation, profile string) (err error) {
	return errors.New("not yet")
}
