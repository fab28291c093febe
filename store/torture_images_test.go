//go:build torture && linux

package store

import (
	"encoding/hex"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// act is what a child did to its store, or said of it.
type act struct {
	write []byte
	at    int64
	size  int64 // of a truncate
	sync  bool
	acked int
}

// record runs a child under strace and returns its acts in order.
func record(t *testing.T, path, mode string) (acts []act) {
	t.Helper()
	trace := filepath.Join(t.TempDir(), "trace")
	cmd := exec.Command("strace", "-f", "-qq", "-xx", "-s", "20000000", "-o", trace,
		"-e", "trace=pwrite64,fdatasync,fsync,ftruncate,write", os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+mode, childPath+"="+path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("cannot record: %v: %s", err, out)
	}
	log, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(log)) {
		if a, ok := parseAct(t, line); ok {
			acts = append(acts, a)
		}
	}
	return acts
}

// parseAct reads "pid  call(fd, "\x…", length, offset) = result".
func parseAct(t *testing.T, line string) (a act, ok bool) {
	_, line, _ = strings.Cut(line, " ")
	call, args, _ := strings.Cut(strings.TrimSpace(line), "(")
	args, _, _ = strings.Cut(args, ")")
	args = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(args), "<unfinished ...>"))
	fields := strings.Split(args, ", ")
	number := func(i int) int64 {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			t.Fatalf("cannot read %.80q: %v", line, err)
		}
		return n
	}
	data := func() []byte {
		b, err := hex.DecodeString(strings.ReplaceAll(strings.Trim(fields[1], `"`), `\x`, ""))
		if err != nil {
			t.Fatalf("cannot read %.80q: %v", line, err)
		}
		return b
	}
	switch call {
	case "pwrite64":
		return act{write: data(), at: number(3)}, true
	case "fdatasync", "fsync":
		return act{sync: true}, true
	case "ftruncate":
		return act{size: number(1)}, true
	case "write":
		if fields[0] != "1" {
			return a, false
		}
		n, err := strconv.Atoi(strings.TrimSpace(string(data())))
		return act{acked: n}, err == nil
	default:
		return a, false
	}
}

const sectorSize = 512

// image is the disk after power was cut following some acts: all that was
// synced, and of what was not, any sectors, in the order written or not at all.
func image(base []byte, acts []act, r *rand.Rand) (disk []byte, acked int) {
	lastSync := 0
	for i, a := range acts {
		if a.sync {
			lastSync = i
		}
		if a.acked > 0 {
			acked = a.acked
		}
	}
	keep := r.Float64()
	disk = append([]byte(nil), base...)
	for i, a := range acts {
		if a.size > int64(len(disk)) {
			disk = append(disk, make([]byte, a.size-int64(len(disk)))...)
		}
		for from := 0; from < len(a.write); from += sectorSize {
			to := min(from+sectorSize, len(a.write))
			if i > lastSync && r.Float64() > keep {
				continue
			}
			if end := int(a.at) + to; end > len(disk) {
				disk = append(disk, make([]byte, end-len(disk))...)
			}
			copy(disk[int(a.at)+from:], a.write[from:to])
		}
	}
	return disk, acked
}

func TestTortureTornWrites(t *testing.T) {
	bad := tearAll(t, "append some", tier(600, 10_000), func(path string, acked int) bool {
		o := count(t, path, acked)
		r, err := Verify(t.Context(), path)
		// One meta page torn is what a cut leaves; the other one counts.
		torn := err == nil && len(r.Faults) == 1 && strings.HasPrefix(r.Faults[0], "meta page")
		return o.stored >= o.acked && o.doubled == 0 && o.missing == 0 && err == nil && (r.OK() || torn)
	})
	if bad > 0 {
		t.Fatalf("%d bad images", bad)
	}
	controls := 100
	bad = tearAll(t, "append some, no sync", controls, func(path string, acked int) bool {
		db, err := Open(path, Options{})
		if err != nil {
			return false
		}
		defer func() { _ = db.Close() }()
		return int(db.Last()) >= acked
	})
	if bad == 0 {
		t.Fatal("without syncing no image was bad: the images are not torn")
	}
	t.Logf("control without syncing: %d of %d images bad", bad, controls)
}

// tearAll makes images of one recorded life and counts those that are not good.
func tearAll(t *testing.T, mode string, images int, good func(path string, acked int) bool) (bad int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "farol.db")
	_ = open(t, path).Close()
	base, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	acts := record(t, path, mode)
	writes := 0
	for _, a := range acts {
		if a.write != nil {
			writes++
		}
	}
	if writes < 30 {
		t.Fatalf("cannot record: %d writes", writes)
	}
	r := rand.New(rand.NewPCG(1, uint64(images)))
	for i := range images {
		disk, acked := image(base, acts[:1+r.IntN(len(acts))], r)
		torn := filepath.Join(t.TempDir(), "torn.db")
		if err := os.WriteFile(torn, disk, 0o600); err != nil {
			t.Fatal(err)
		}
		if !good(torn, acked) {
			bad++
			if mode == "append some" {
				t.Errorf("image %d, acked %d", i, acked)
			}
		}
		if err := os.Remove(torn); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%s: torn images %d, of %d writes; %d bad", mode, images, writes, bad)
	return bad
}
