//go:build torture

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"farol/ingest/sim"
)

// TestTortureDiskError gives the real binary an input/output error at each of
// its syncs in turn. It must end with code 74 and say so, acknowledge nothing
// that is not stored, and the next run must complete what was cut.
func TestTortureDiskError(t *testing.T) {
	bin, dir := buildFarol(t), t.TempDir()
	log := filepath.Join(dir, "queue_log")
	f, err := os.Create(log)
	if err != nil {
		t.Fatal(err)
	}
	const lines = 150_000 // a few transactions
	if _, err := sim.WriteQueueLog(f, sim.LogOptions{Lines: lines, Seed: 9}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	faults := 0
	for when := 1; ; when++ {
		db := filepath.Join(dir, fmt.Sprintf("farol-%d.db", when))
		args := []string{
			"-f", "-qq", "-o", os.DevNull, "-e", "trace=fdatasync", "-e", fmt.Sprintf("inject=fdatasync:error=EIO:when=%d", when),
			bin, "import", "queue-log", log, "--db", db,
		}
		out, err := exec.CommandContext(t.Context(), "strace", args...).CombinedOutput()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatalf("strace: %v", err)
		}
		if exit != nil {
			faults++
			if got := exit.ExitCode(); got != exitIO {
				t.Errorf("sync %d failed: exit code %d: %s", when, got, out)
			}
			if !strings.Contains(string(out), "check the disk") {
				t.Errorf("sync %d failed, and it says %q", when, out)
			}
		}
		if out, err := exec.CommandContext(t.Context(), bin, "import", "queue-log", log, "--db", db).CombinedOutput(); err != nil {
			t.Errorf("after sync %d failed the next run ends with %v: %s", when, err, out)
		}
		if got := contents(t, db); got.Events != lines || !got.OK() {
			t.Errorf("after sync %d failed %d events are stored of %d: %v", when, got.Events, lines, got.Faults)
		}
		if exit == nil {
			break // no sync was left to fail
		}
	}
	fmt.Printf("disk errors: %d syncs failed in turn\n", faults)
	if faults < 3 {
		t.Errorf("only %d syncs were there to fail: the test proves little", faults)
	}
}
