//go:build !linux

package store

// lockOwner is the process that holds the lock on the file; 0: not known here.
func lockOwner(string) int { return 0 }

// networkFS names the network file system that dir is on; "": not known here.
func networkFS(string) string { return "" }
