package main

import (
	"errors"
	"fmt"
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
