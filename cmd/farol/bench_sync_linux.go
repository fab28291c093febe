package main

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// dataSync makes what was written to f durable.
func dataSync(f *os.File) error { return unix.Fdatasync(int(f.Fd())) }

// processorTime is what this process has used: on a busy machine it says more
// of a computation than the clock does.
func processorTime() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
