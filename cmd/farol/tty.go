package main

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// isTerminal reports whether a person's terminal is at the other end of f.
func isTerminal(f *os.File) bool { return term.IsTerminal(f.Fd()) }
