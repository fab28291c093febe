package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"farol/tui/draw"
)

// The exit codes, after sysexits(3), fixed so that scripts can rely on them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitUnavailable = 69 // a source cannot be reached
	exitCantCreate  = 73 // a file cannot be created or written
	exitIO          = 74 // the disk gave an error
	exitHeld        = 75 // the store is held by another process
	exitConfig      = 78
)

// coded is an error that knows its exit code and the cure a person can try.
type coded struct {
	code int
	err  error
	cure string // one clause, no full stop; empty when there is none to give
}

func (c *coded) Error() string {
	if c.cure == "" {
		return c.err.Error()
	}
	return fmt.Sprintf("%s; %s", c.err, c.cure)
}

func (c *coded) Unwrap() error { return c.err }

// fault wraps err with an exit code and a cure.
func fault(code int, err error, cure string) error {
	return &coded{code: code, err: err, cure: cure}
}

// codeOf is the exit code of what a command returned.
func codeOf(err error) int {
	if err == nil {
		return exitDone
	}
	var c *coded
	if errors.As(err, &c) {
		return c.code
	}
	return exitFailed
}

// judge gives the faults their codes that were not ours to make: a command line
// that was not understood, and a command that was told to stop.
func (g *globals) judge(err error) error {
	var c *coded
	switch {
	case errors.As(err, &c):
		return err
	case !g.began:
		return fault(exitUsage, err, "see farol --help")
	case errors.Is(err, context.Canceled):
		return errors.New("interrupted")
	default:
		return err
	}
}

// complain prints an error as the one line that a person reads and a script
// matches: whatever names and causes brought along, it is one line and no escape.
func complain(w io.Writer, err error) {
	text := strings.NewReplacer("\r\n", "; ", "\n", "; ").Replace(strings.TrimSpace(err.Error()))
	fmt.Fprintf(w, "farol: %s\n", draw.Clean(text))
}
