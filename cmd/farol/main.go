// Command farol is the console of the people who run a call centre's floor, the
// sync worker that feeds it and the commands around its store. It wires the
// packages together and holds no rule of its own.
package main

import (
	"context"
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
	ctx, stop := signal.NotifyContext(context.Background(), endSignals()...)
	defer stop()
	context.AfterFunc(ctx, stop) // who asks twice is not made to wait
	g := &globals{}
	root := newRoot(g)
	root.SetArgs(args)
	var failure error
	err := fang.Execute(ctx, root,
		fang.WithVersion(version()),
		fang.WithErrorHandler(func(w io.Writer, _ fang.Styles, err error) {
			failure = g.judge(err)
			complain(w, failure)
		}),
	)
	if err == nil {
		return exitDone
	}
	return codeOf(failure)
}

// endSignals ask farol to end. A hang-up that was to be ignored, as under nohup,
// still is.
func endSignals() []os.Signal {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	return signals
}
