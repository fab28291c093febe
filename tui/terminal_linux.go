package tui

import (
	"os"

	"golang.org/x/sys/unix"
)

// flushOutput throws away what the terminal has not read, so that a write
// blocked on it returns.
func flushOutput(f *os.File) { _ = unix.IoctlSetInt(int(f.Fd()), unix.TCFLSH, unix.TCOFLUSH) }

func flushInput(f *os.File) { _ = unix.IoctlSetInt(int(f.Fd()), unix.TCFLSH, unix.TCIFLUSH) }
