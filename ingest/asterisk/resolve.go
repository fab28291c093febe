package asterisk

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// headCheck is how much of a file is compared, by checksums, with what is known
// of a stream with the same first line.
const headCheck = 1 << 20

// candidate is a file at the path or beside it that holds a stream.
type candidate struct {
	path   string
	info   os.FileInfo
	stream stream // as far as it is known
	first  int64  // time of its first line, Unix seconds; 0 unknown
	packed bool
}

// look compares what lies at the path with what is being read there, and opens
// what has to be read in its place; again means that there is something new.
func (f *follower) look(ctx context.Context) (again bool, err error) {
	info, err := os.Stat(f.path)
	if err != nil {
		f.here = nil
		return false, err
	}
	f.here = nil
	settled := true
	for _, t := range f.tails {
		switch {
		case t.lost():
			settled = false
		case t.file != nil && os.SameFile(t.info, info):
			f.here = t
		}
	}
	if settled && !f.moving && (f.here != nil || info.Size() == 0) {
		return false, nil
	}
	f.moving, err = f.resolve(ctx)
	return f.moving, err
}

// resolve finds the files that hold what has to be read: those of the streams
// whose text is out of reach, files that appeared and were rotated away since,
// and the one at the path.
func (f *follower) resolve(ctx context.Context) (again bool, err error) {
	latest := int64(0)
	for _, t := range f.tails {
		f.known.put(t.stream)
		latest = max(latest, t.Latest)
	}
	here, rotated, blind, err := f.candidates()
	if err != nil {
		return false, err
	}
	found, err := f.locate(ctx, here, rotated, blind)
	if err != nil {
		return false, err
	}
	if found > 0 {
		return true, nil
	}
	// One at a time: what is read of a file tells the next apart from it, should
	// both begin with the same line.
	if next, ok := f.successor(latest, here, rotated); ok {
		return true, f.goOn(next)
	}
	if here == nil || f.here != nil {
		return false, nil
	}
	if t := f.reads(here); t != nil && here.info.Size() < t.Off {
		return false, nil // a beginning of what was read; it will grow or differ
	}
	if err := f.goOn(*here); err != nil {
		return false, err
	}
	f.here = f.reads(here)
	return true, nil
}

// goOn begins to read a candidate, or goes on there with the stream of a file
// that stops where the candidate has more.
func (f *follower) goOn(c candidate) error {
	t := f.reads(&c)
	if t == nil {
		t = &tail{stream: c.stream}
		f.tails = append(f.tails, t)
	}
	t.close()
	return t.open(c, f.now())
}

// candidates are the file at the path, nil while its first line is not
// complete, and the files beside it that rotation may have made of it: plain
// ones first, the largest first. blind is why one of these cannot be read.
func (f *follower) candidates() (here *candidate, rotated []candidate, blind, err error) {
	dir, base := filepath.Split(f.path)
	entries, err := os.ReadDir(cmp.Or(dir, "."))
	if err != nil {
		return nil, nil, nil, err
	}
	for _, e := range entries {
		name := e.Name()
		if name != base && !strings.HasPrefix(name, base+".") && !strings.HasPrefix(name, base+"-") {
			continue
		}
		c, ok, err := f.examine(filepath.Join(dir, name))
		switch {
		case os.IsNotExist(err): // renamed while we look
		case name == base && err != nil:
			return nil, nil, nil, err
		case err != nil:
			blind = err
		case name == base && ok:
			here = &c
		case ok:
			rotated = append(rotated, c)
		}
	}
	slices.SortStableFunc(rotated, func(a, b candidate) int {
		if a.packed != b.packed {
			if a.packed {
				return 1
			}
			return -1
		}
		return cmp.Compare(b.info.Size(), a.info.Size())
	})
	return here, rotated, blind, nil
}

// examine tells which stream a file holds; ok is false for one that holds none
// or not yet.
func (f *follower) examine(path string) (c candidate, ok bool, err error) {
	c.path = path
	if c.info, err = os.Stat(path); err != nil || !c.info.Mode().IsRegular() {
		return c, false, err
	}
	var first []byte
	if c.stream, first, c.packed, ok, err = identify(path, &f.known, headCheck); err != nil || !ok {
		return c, false, err
	}
	if bar := bytes.IndexByte(first, '|'); bar > 0 {
		if sec, isTime := digits(first[:bar]); isTime {
			c.first = sec
		}
	}
	return c, true, nil
}

// reads is the tail that reads the candidate, or its stream from elsewhere; nil
// when there is none.
func (f *follower) reads(c *candidate) *tail {
	for _, t := range f.tails {
		if t.ID == c.stream.ID || t.file != nil && os.SameFile(t.info, c.info) {
			return t
		}
	}
	return nil
}

// locate opens the files of the streams whose text is out of reach, and says
// how many it found. A stream that lies nowhere any more is given up: what was
// written to it after the last line read is a gap.
func (f *follower) locate(ctx context.Context, here *candidate, rotated []candidate, blind error) (found int, err error) {
	for _, t := range slices.Clone(f.tails) {
		if !t.lost() {
			continue
		}
		if t.grown.IsZero() { // at the start of a run
			t.grown = f.now()
		}
		at := holding(t, rotated)
		switch {
		case here != nil && here.stream.ID == t.ID:
			f.here = t
			found++
			err = t.open(*here, f.now())
		case at >= 0:
			found++
			err = t.open(rotated[at], f.now())
		case blind != nil && f.now().Sub(t.grown) < stubborn:
			return found, blind // it may be in there
		default:
			f.tails = slices.DeleteFunc(f.tails, func(other *tail) bool { return other == t })
			if !t.seen {
				err = f.gap(ctx, t, fmt.Sprintf("%s is gone; lines after the last one read may be lost", filepath.Base(f.path)))
			}
		}
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

// holding is the index of the file that holds t's stream, -1 when there is none:
// a plain one with more than was read, else a compressed one, which may have
// more, else one that has been read.
func holding(t *tail, rotated []candidate) int {
	best, value := -1, 0
	for i, c := range rotated {
		v := 0
		switch {
		case c.stream.ID != t.ID:
		case c.packed:
			v = 2
		case c.info.Size() > t.Off:
			v = 3
		default:
			v = 1
		}
		if v > value {
			best, value = i, v
		}
	}
	return best
}

// successor is the oldest rotated file with lines that were never read, of those
// that begin after latest, the newest time that was: it came and went while
// nobody looked.
func (f *follower) successor(latest int64, here *candidate, rotated []candidate) (next candidate, ok bool) {
	if latest == 0 { // nothing was read yet: what was rotated is history
		return next, false
	}
	for _, c := range rotated {
		t := f.reads(&c)
		switch {
		case t != nil && t.file != nil && os.SameFile(t.info, c.info),
			t != nil && t.packed,
			here != nil && here.stream.ID == c.stream.ID && here.info.Size() >= c.info.Size(): // a copy
			continue
		case c.packed && (t != nil || c.stream.Off > 0), !c.packed && c.info.Size() <= c.stream.Off:
			continue
		case c.first < latest-1: // the clock is read before the lock: be ready for one second
			continue
		}
		if !ok || cmp.Or(cmp.Compare(c.first, next.first), c.info.ModTime().Compare(next.info.ModTime())) < 0 {
			next, ok = c, true
		}
	}
	return next, ok
}

// open makes c the file that t's stream is read from.
func (t *tail) open(c candidate, now time.Time) error {
	t.path, t.packed, t.ended, t.grown, t.size = c.path, c.packed, false, now, -1
	if c.packed {
		return nil
	}
	file, err := os.Open(c.path)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return fmt.Errorf("open %s: %w", c.path, err)
	}
	t.file, t.info = file, info
	return nil
}
