//go:build linux

package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"farol/floor"

	"golang.org/x/sys/unix"
)

// A test binary started with this in its environment is a child that appends
// until it is killed.
const (
	childEnv  = "FAROL_STORE_CHILD"
	childPath = "FAROL_STORE_PATH"
)

func TestMain(m *testing.M) {
	path := os.Getenv(childPath)
	var err error
	switch os.Getenv(childEnv) {
	case "":
		os.Exit(m.Run())
	case "append":
		err = appendOn(path, life{})
	case "append some":
		err = appendOn(path, life{commits: 30})
	case "append, cursor apart":
		err = appendOn(path, life{apart: true})
	case "append some, no sync":
		err = appendOn(path, life{commits: 30, noSync: true})
	case "append, no sync":
		err = appendOn(path, life{noSync: true})
	case "check":
		err = RunCheck(os.Args[len(os.Args)-1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// life is what a child does with the store.
type life struct {
	commits int  // how many; 0 is until it is killed
	apart   bool // the cursor in a transaction of its own
	noSync  bool // commits are not synced
}

// appendOn counts: every event bears the next number in N. It goes on from the
// stored cursor, as a source would, and prints each number it was told is
// stored. The keys are new in each life and after each error, so that only the
// cursor's being in the same transaction can keep an event from being stored
// twice. A full disk it tries again from the cursor, any other error ends it.
func appendOn(path string, l life) error {
	runtime.LockOSThread() // strace counts a thread's calls
	db, err := Open(path, Options{Timeout: 5 * time.Second})
	if err != nil {
		return err
	}
	db.bolt.NoSync = l.noSync
	r := rand.New(rand.NewPCG(uint64(os.Getpid()), 1))
	n, key, err := startAt(db, l)
	for done := 0; err == nil && (l.commits == 0 || done < l.commits); done++ {
		size := 1 + r.IntN(40)
		if r.IntN(20) == 0 {
			size = bulk + r.IntN(bulk)
		}
		b := floor.Batch{Source: "counter"}
		for range size {
			n++
			b.Events = append(b.Events, floor.Event{
				Key: floor.KeyID(key + strconv.FormatUint(n, 10)), N: int(n), Kind: floor.Note,
				At: time.Unix(1795321538+int64(n/50), 0), Text: strings.Repeat("x", r.IntN(30)),
			})
		}
		if !l.apart {
			b.Cursor = seqKey(n)
		}
		_, err = db.Append([]floor.Batch{b})
		if err == nil && l.apart {
			err = db.SaveRollup("cursor", seqKey(n))
		}
		if errors.Is(err, ErrFull) {
			n, key, err = startAt(db, l)
			continue
		}
		if err == nil {
			fmt.Println(n)
		}
	}
	return errors.Join(err, db.Close())
}

// startAt is the number that the store's cursor says was last, and a prefix for
// keys that was never used.
func startAt(db *DB, l life) (n uint64, key string, err error) {
	cursor, err := db.Cursor("counter")
	if l.apart {
		cursor, err = db.Rollup("cursor")
	}
	if cursor != nil {
		n = binary.BigEndian.Uint64(cursor)
	}
	return n, fmt.Sprintf("%d-%d-", os.Getpid(), time.Now().UnixNano()), err
}

// outcome is what a kill left.
type outcome struct{ acked, stored, doubled, missing int }

// killOnce starts a child, kills it after a random while and counts what the
// store holds.
func killOnce(t testing.TB, path, mode string, most time.Duration) outcome {
	t.Helper()
	return count(t, path, runUntil(t, path, mode, most, func() {}))
}

// runUntil starts a child, calls strike after a random while, kills the child
// and returns the last number it was told is stored. The while is slept by the
// kernel on a thread of its own: timed by Go's scheduler, which also reads the
// child's answers, kills always fell between two transactions.
func runUntil(t testing.TB, path, mode string, most time.Duration, strike func()) (acked int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+mode, childPath+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("the child stored nothing")
	}
	acked, _ = strconv.Atoi(lines.Text())
	struck := make(chan struct{})
	go func() {
		defer close(struck)
		runtime.LockOSThread()
		wait := unix.NsecToTimespec(rand.Int64N(int64(most)))
		_ = unix.Nanosleep(&wait, nil)
		strike()
		_ = syscall.Kill(cmd.Process.Pid, syscall.SIGKILL)
	}()
	for lines.Scan() {
		if n, err := strconv.Atoi(lines.Text()); err == nil {
			acked = n
		}
	}
	<-struck
	_ = cmd.Wait()
	return acked
}

// count opens the store that was left and counts its events.
func count(t testing.TB, path string, acked int) outcome {
	t.Helper()
	start := time.Now()
	db := open(t, path)
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("opening after a kill took %v", took)
	}
	defer func() { _ = db.Close() }()
	o := outcome{acked: acked}
	seen := map[int]bool{}
	for _, ev := range all(t, db, 0) {
		if seen[ev.N] {
			o.doubled++
		}
		seen[ev.N] = true
		o.stored = max(o.stored, ev.N)
	}
	o.missing = o.stored - len(seen)
	if c, err := db.Cursor("counter"); err != nil || c != nil && binary.BigEndian.Uint64(c) != uint64(o.stored) {
		t.Fatalf("cursor %x with %d stored, %v", c, o.stored, err)
	}
	return o
}

// killCycles kills a child on one store again and again.
func killCycles(t *testing.T, cycles int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "farol.db")
	unacked := 0
	for i := range cycles {
		o := killOnce(t, path, "append", 30*time.Millisecond)
		if o.stored < o.acked || o.doubled > 0 || o.missing > 0 {
			t.Fatalf("cycle %d: %+v", i, o)
		}
		if o.stored > o.acked {
			unacked++
		}
		if o.stored > 100_000 { // begin anew, so that counting stays quick
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := os.Stat(path); err == nil {
		if r, err := Verify(t.Context(), path, checkChild(t)...); err != nil || !r.OK() {
			t.Fatalf("verify: %+v, %v", r, err)
		}
	}
	t.Logf("kills: %d, 0 lost, 0 doubled, %d stored but not acknowledged", cycles, unacked)
}

// checkChild is the command with which Verify runs bbolt's own check.
func checkChild(t testing.TB) []string {
	t.Helper()
	return []string{"env", childEnv + "=check", os.Args[0]}
}

func TestKillLosesNothingAcknowledged(t *testing.T) { killCycles(t, 30) }

// The control: with the cursor in a transaction of its own the same kills must
// double events, or the test above proves nothing.
func TestKillDoublesWhenTheCursorIsApart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "farol.db")
	for cycle := 1; cycle <= 200; cycle++ {
		if o := killOnce(t, path, "append, cursor apart", 10*time.Millisecond); o.doubled > 0 {
			t.Logf("doubled in cycle %d", cycle)
			return
		}
	}
	t.Fatal("200 kills and no event doubled: the kills do not hit between the transactions")
}
