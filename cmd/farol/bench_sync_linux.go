package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// dataSync makes what was written to f durable.
func dataSync(f *os.File) error { return unix.Fdatasync(int(f.Fd())) }
