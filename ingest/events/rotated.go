package events

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"farol/floor"
	"farol/ingest"
)

// rest reads what was not read of the file that was being read and lies beside
// the path now, and all of those that were rotated away after it. When it lies
// nowhere, what was written to it after the last line read is a gap.
func (r *reader) rest(ctx context.Context) error {
	if r.at.First == "" {
		return nil
	}
	files, err := r.rotated()
	if err != nil {
		return err
	}
	for _, f := range files {
		found, err := r.restOf(ctx, f.path)
		if err != nil {
			return err
		}
		if found {
			return r.later(ctx, f, files)
		}
	}
	gap := ingest.Gap(r.name, r.at.Newest, time.Now().Truncate(time.Second), filepath.Base(r.path)+" is gone; lines after the last one read may be lost")
	return r.out.Send(ctx, floor.Batch{Events: []floor.Event{gap}, Cursor: []byte("{}")})
}

// later reads the files that were written to no earlier than read was.
func (r *reader) later(ctx context.Context, read old, files []old) error {
	for _, f := range files {
		if f.path == read.path || f.written.Before(read.written) {
			continue
		}
		r.at = place{Newest: r.at.Newest}
		if _, err := r.restOf(ctx, f.path); err != nil {
			return err
		}
	}
	return nil
}

// old is a file that was rotated away.
type old struct {
	path    string
	written time.Time
}

// rotated are the files that rotation may have made of the path, the one last
// written to at the end.
func (r *reader) rotated() (files []old, err error) {
	dir, base := filepath.Split(r.path)
	entries, err := os.ReadDir(cmp.Or(dir, "."))
	if err != nil {
		return nil, fmt.Errorf("look for rotated files of %s: %w", r.path, err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !strings.HasPrefix(e.Name(), base+".") && !strings.HasPrefix(e.Name(), base+"-") {
			continue
		}
		files = append(files, old{filepath.Join(dir, e.Name()), info.ModTime()})
	}
	slices.SortFunc(files, func(a, b old) int { return cmp.Or(a.written.Compare(b.written), cmp.Compare(a.path, b.path)) })
	return files, nil
}

// restOf reads a rotated file, plain or gzip, from the place on, if it is the
// file that the place is in; found says so.
func (r *reader) restOf(ctx context.Context, path string) (found bool, err error) {
	file, err := os.Open(path)
	if err != nil {
		return false, nil // renamed while we look, or not ours to read
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, 64<<10)
	if magic, _ := in.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		zr, err := gzip.NewReader(in)
		if err != nil {
			return false, nil
		}
		in = bufio.NewReaderSize(zr, 64<<10)
	}
	if r.at.Off > 0 {
		head, _ := in.Peek(in.Size())
		if first, ok := firstLine(bytes.NewReader(head)); !ok || first != r.at.First {
			return false, nil
		}
		tail := make([]byte, r.at.Tail)
		if _, err := io.CopyN(io.Discard, in, r.at.Off-int64(r.at.Tail)); err != nil {
			return false, nil
		}
		if _, err := io.ReadFull(in, tail); err != nil || hash(tail) != r.at.Last {
			return false, nil
		}
	}
	return true, r.read(ctx, in, func() bool { return true })
}
