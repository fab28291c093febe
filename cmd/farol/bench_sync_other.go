//go:build !linux

package main

import (
	"os"
	"time"
)

// dataSync makes what was written to f durable.
func dataSync(f *os.File) error { return f.Sync() }

var started = time.Now()

// processorTime is the clock where the process's own time is not known.
func processorTime() time.Duration { return time.Since(started) }
