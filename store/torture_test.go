//go:build torture && linux

package store

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"farol/floor"

	"golang.org/x/sys/unix"
)

// These tests break the machine under the store: they need root, loop devices,
// ext4 and strace, and fail, not skip, where they cannot inject a fault.

// tier is the number of faults to inject: quick in every run of the CI, long
// before a release (FAROL_TORTURE=long).
func tier(quick, long int) int {
	if os.Getenv("FAROL_TORTURE") == "long" {
		return long
	}
	return quick
}

func TestTortureKill(t *testing.T) { killCycles(t, tier(200, 1000)) }

func TestTortureModel(t *testing.T) {
	fewer(t, tier(200, 2000))
	againstModel(t)
}

func TestTortureDamage(t *testing.T) {
	t.Setenv("FAROL_DAMAGE", strconv.Itoa(tier(100, 1000)))
	TestDamageIsNeverServed(t)
}

// must runs a command that prepares the machine.
func must(t testing.TB, argv ...string) {
	t.Helper()
	if out, err := exec.Command(argv[0], argv[1:]...).CombinedOutput(); err != nil {
		t.Fatalf("cannot inject: %v: %v: %s", argv, err, out)
	}
}

// Every write, sync and truncate of a life of the store fails or kills, one in
// each run, until a run comes to its end unharmed.
func TestTortureEverySyscall(t *testing.T) {
	injected, unharmed := 0, 0
	most := tier(64, 400)
	for _, call := range []string{"pwrite64", "fdatasync", "ftruncate", "fsync"} {
		for _, effect := range []string{"signal=KILL", "error=ENOSPC", "error=EIO"} {
			for k := 1; k <= most; k++ {
				fired := sweepOnce(t, call, effect, k)
				if !fired {
					unharmed++
					break
				}
				injected++
			}
		}
	}
	t.Logf("faults injected into syscalls: %d, 0 lost, 0 doubled, 0 damaged", injected)
	if injected < 6*min(most, 40) {
		t.Fatalf("only %d faults were injected", injected)
	}
}

func sweepOnce(t *testing.T, call, effect string, k int) (fired bool) {
	t.Helper()
	dir := t.TempDir()
	path, trace := filepath.Join(dir, "farol.db"), filepath.Join(dir, "trace")
	_ = open(t, path).Close()
	cmd := exec.Command("strace", "-f", "-qq", "-o", trace, "-e", "trace="+call, "-e",
		fmt.Sprintf("inject=%s:%s:when=%d", call, effect, k), os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"=append some", childPath+"="+path)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("cannot inject: %v", err)
	}
	log, err := os.ReadFile(trace)
	if err != nil {
		t.Fatalf("cannot inject: %v", err)
	}
	acked := 0
	for line := range strings.Lines(string(out)) {
		if n, err := strconv.Atoi(strings.TrimSpace(line)); err == nil {
			acked = n
		}
	}
	o := count(t, path, acked)
	if o.stored < o.acked || o.doubled > 0 || o.missing > 0 {
		t.Fatalf("%s %s at %d: %+v", call, effect, k, o)
	}
	if r, err := Verify(t.Context(), path); err != nil || !r.OK() {
		t.Fatalf("%s %s at %d: %+v, %v", call, effect, k, r, err)
	}
	return strings.Contains(string(log), "INJECTED") || strings.Contains(string(log), "SIGKILL")
}

// A full disk is said and survived: appends fail as temporary, nothing that was
// stored is lost, and once there is room the same open store goes on.
func TestTortureFullDisk(t *testing.T) {
	dir := t.TempDir()
	must(t, "mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", dir)
	t.Cleanup(func() { must(t, "umount", dir) })
	db, err := Open(filepath.Join(dir, "farol.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	ballast := filepath.Join(dir, "ballast")
	n, cycles, full := 0, tier(20, 100), 0
	put := func() error {
		b := floor.Batch{Source: "counter", Cursor: seqKey(uint64(n + 1))}
		b.Events = []floor.Event{{Key: floor.KeyAt("f", int64(n)), N: n + 1, Text: strings.Repeat("x", 1000)}}
		_, err := db.Append([]floor.Batch{b})
		if err == nil {
			n++
		}
		return err
	}
	for cycle := range cycles {
		fill(t, ballast)
		for range 2000 {
			err := put()
			if errors.Is(err, ErrFull) {
				full++
				break
			}
			if err != nil {
				t.Fatalf("cycle %d: %v", cycle, err)
			}
		}
		if got := all(t, db, 0); len(got) != n || db.Last() != uint64(n) {
			t.Fatalf("cycle %d: %d events, last %d, want %d", cycle, len(got), db.Last(), n)
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if err := put(); err != nil {
				t.Fatalf("cycle %d: there is room again: %v", cycle, err)
			}
		}
	}
	if full < cycles {
		t.Fatalf("the disk was full in %d of %d cycles", full, cycles)
	}
	_ = db.Close()
	sound(t, db.Path(), n)
	t.Logf("disk filled and freed: %d times, 0 lost", full)
}

// fill writes a file until the disk is full.
func fill(t *testing.T, path string) {
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	chunk := make([]byte, 4096)
	for {
		if _, err := f.Write(chunk); err != nil {
			if !errors.Is(err, syscall.ENOSPC) {
				t.Fatal(err)
			}
			_ = f.Close()
			return
		}
	}
}

const (
	ioctlShutdown   = 0x8004587d // FS_IOC_SHUTDOWN
	shutdownNoFlush = 2          // the journal is lost too, as in a power cut
)

// disk is an ext4 file system on a loop device.
type disk struct{ image, dir, options string }

func newDisk(t *testing.T, options string) *disk {
	dir := t.TempDir()
	d := &disk{image: filepath.Join(dir, "image"), dir: filepath.Join(dir, "mnt"), options: options}
	must(t, "truncate", "-s", "192M", d.image)
	must(t, "mkfs.ext4", "-q", "-F", d.image)
	if err := os.Mkdir(d.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *disk) mount(t *testing.T) { must(t, "mount", "-o", "loop,"+d.options, d.image, d.dir) }

func (d *disk) unmount(t *testing.T) {
	for range 100 {
		if err := unix.Unmount(d.dir, 0); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond) // the killed child still lets go of its files
	}
	must(t, "umount", d.dir)
}

// cut takes the power away: nothing that is not on the disk yet gets there.
func (d *disk) cut(t *testing.T) {
	f, err := os.Open(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	flag := shutdownNoFlush
	if err := unix.IoctlSetPointerInt(int(f.Fd()), ioctlShutdown, flag); err != nil {
		t.Fatalf("cannot inject: shut the file system down: %v", err)
	}
	_ = f.Close()
}

func TestTorturePowerCut(t *testing.T) {
	cuts, lost := 0, 0
	for _, options := range []string{"commit=1", "commit=5", "commit=1000"} {
		d := newDisk(t, options)
		for range tier(20, 170) {
			o := d.cutOnce(t, "append")
			if o.stored < o.acked || o.doubled > 0 || o.missing > 0 {
				t.Fatalf("%s, cut %d: %+v", options, cuts, o)
			}
			cuts++
		}
	}
	d := newDisk(t, "commit=1000")
	const controls = 5
	for range controls {
		if o := d.cutOnce(t, "append, no sync"); o.stored < o.acked || o.doubled > 0 {
			lost++
		}
	}
	if lost == 0 {
		t.Fatalf("%d power cuts without syncing and nothing lost: the cuts do not cut", controls)
	}
	t.Logf("power cuts run: %d, 0 lost, 0 doubled; control without syncing lost in %d of %d", cuts, lost, controls)
}

// cutOnce mounts, lets a child append, cuts, mounts again and counts.
func (d *disk) cutOnce(t *testing.T, mode string) outcome {
	d.mount(t)
	path := filepath.Join(d.dir, "farol.db")
	acked := runUntil(t, path, mode, 60*time.Millisecond, func() { d.cut(t) })
	d.unmount(t)
	d.mount(t)
	defer d.unmount(t)
	o := outcome{acked: acked}
	if mode == "append" {
		o = count(t, path, acked)
		if r, err := Verify(t.Context(), path, checkChild(t)...); err != nil || !r.OK() {
			t.Fatalf("verify: %+v, %v", r, err)
		}
	} else if db, err := Open(path, Options{}); err == nil {
		o.stored = int(db.Last()) // its events number themselves as the store does
		_ = db.Close()
	}
	if o.stored > 60_000 || mode != "append" {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	return o
}
