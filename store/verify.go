package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"farol/floor"
)

// Report is what Verify found.
type Report struct {
	Pages, Records int
	Blocks, Events int
	Last           uint64
	Lost           int      // events that should be there and are not, or cannot be read
	Faults         []string // at most maxFaults
	More           int      // faults beyond them
}

const maxFaults = 100

// OK reports whether nothing was found wrong.
func (r *Report) OK() bool { return len(r.Faults) == 0 }

func (r *Report) fault(format string, args ...any) {
	if len(r.Faults) == maxFaults {
		r.More++
		return
	}
	r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
}

// Verify reads all of the store at path, which nobody may have open for
// writing: the trees' structure, every record's checksum, every block's events,
// that their numbers leave no hole and that the index of days agrees. It changes
// nothing and survives any damage.
//
// With check, a command that ends up in [RunCheck], bbolt's own check runs too,
// in a process of its own, for on a damaged file it may die.
func Verify(ctx context.Context, path string, check ...string) (Report, error) {
	r := Report{}
	f, err := os.Open(path)
	if err != nil {
		return r, fault("verify "+path, err)
	}
	defer func() { _ = f.Close() }()
	if err := lockShared(f, defaultTimeout); err != nil {
		return r, fault("verify "+path, fmt.Errorf("%w: %s", err, whoHolds(path)))
	}
	data, unmap, err := mapFile(f)
	if err != nil {
		return r, fault("verify "+path, err)
	}
	defer unmap()
	if err := guard(func() error { return r.read(ctx, f, data) }); err != nil {
		return r, fault("verify "+path, err)
	}
	if len(check) > 0 {
		r.child(ctx, append(check, path))
	}
	return r, nil
}

// read does all of Verify but the child.
func (r *Report) read(ctx context.Context, f *os.File, data []byte) error {
	m, err := readMeta(f)
	if errors.Is(err, ErrNotStore) || len(data) == 0 {
		return ErrNotStore
	}
	if err != nil {
		r.fault("%v", err)
		return nil
	}
	r.metas(data, m)
	r.Pages = int(m.pages)
	if m.pages*uint64(m.pageSize) > uint64(len(data)) {
		r.fault("the file is cut: %d bytes of %d", len(data), m.pages*uint64(m.pageSize))
	}
	c := newContents(r)
	w := walker{data: data, meta: m, met: map[uint64]bool{}, fault: r.fault, record: func(bucket string, key, value []byte) {
		if ctx.Err() == nil {
			c.record(bucket, key, value)
		}
	}}
	w.bucket("", m.root)
	w.accounted()
	if err := ctx.Err(); err != nil {
		return err
	}
	c.finish()
	return nil
}

// metas notes a meta page that is not valid: its transaction would be missing
// without a trace.
func (r *Report) metas(data []byte, m boltMeta) {
	for i := range 2 {
		from := i * m.pageSize
		if from+m.pageSize > len(data) {
			return
		}
		if _, err := parseMeta(data[from : from+m.pageSize]); err != nil {
			r.fault("meta page %d: %v; the last commit may be missing", i, err)
		}
	}
}

func (r *Report) child(ctx context.Context, argv []string) {
	out, err := exec.CommandContext(ctx, argv[0], argv[1:]...).CombinedOutput()
	if err != nil {
		r.fault("bbolt's check: %v: %s", err, firstLines(string(out)))
	}
}

func firstLines(s string) string {
	lines := strings.SplitN(strings.TrimSpace(s), "\n", 4)
	return strings.Join(lines[:min(3, len(lines))], "; ")
}

// Verify checks an open store's records, beside whoever appends: every checksum
// and every event, not the pages.
func (db *DB) Verify(ctx context.Context) (Report, error) {
	st, err := db.Stats()
	r := Report{Last: st.Last, Blocks: st.Blocks}
	if err != nil && !errors.Is(err, ErrDamaged) {
		return r, err
	}
	if err != nil {
		r.fault("%v", err)
	}
	err = db.Scan(ctx, 0, func(events []floor.Event) error {
		r.Events += len(events)
		return nil
	})
	if err != nil {
		return r, err
	}
	for _, d := range db.Damages() {
		r.Lost += d.Events()
		r.fault("events %d to %d: %v", d.First, d.Last, d.Err)
	}
	for _, bucket := range []string{bucketSources, bucketCheckpoints, bucketRollups} {
		err := db.eachValue(bucket, nil, func(_, _ []byte) error {
			r.Records++
			return ctx.Err()
		})
		if errors.Is(err, ErrDamaged) {
			r.fault("%v", err)
		} else if err != nil {
			return r, err
		}
	}
	return r, nil
}

// waitLock tries a lock until it is free or timeout is over.
func waitLock(timeout time.Duration, try func() (bool, error)) error {
	for deadline := time.Now().Add(timeout); ; time.Sleep(20 * time.Millisecond) {
		ok, err := try()
		if ok || err != nil {
			return err
		}
		if time.Now().After(deadline) {
			return ErrHeld
		}
	}
}
