// Command farol is the console of the people who run a call centre's floor, the
// sync worker that feeds it and the commands around its store. It wires the
// packages together and holds no rule of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"charm.land/fang/v2"
)

func main() {
	os.Exit(run(os.Args[1:]))
}

// run executes one command line and returns its exit code.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot()
	root.SetArgs(args)
	err := fang.Execute(ctx, root,
		fang.WithVersion(version()),
		fang.WithErrorHandler(func(w io.Writer, _ fang.Styles, err error) { complain(w, err) }),
	)
	return codeOf(err)
}

// complain prints an error as the one line a person reads.
func complain(w io.Writer, err error) {
	if errors.Is(err, errQuiet) || errors.Is(err, context.Canceled) {
		return
	}
	fmt.Fprintf(w, "farol: %v\n", err)
}

// errQuiet ends a command with its code when all has been said already.
var errQuiet = errors.New("said already")
