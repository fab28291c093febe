package asterisk

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync/atomic"
)

// ErrNotQueueLog is a file in which no line is an event of a queue_log.
var ErrNotQueueLog = errors.New("no queue_log")

// input is a queue_log's text, uncompressed on the way.
type input struct {
	io.Reader
	file       *os.File
	raw        *counter // the file as it lies on disk
	compressed bool
}

func (in *input) Close() error { return in.file.Close() }

// counter counts the bytes that are read through it.
type counter struct {
	r io.Reader
	n atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// packers are compressions that can be told by their first bytes.
var packers = []struct {
	magic, name string
	open        func(io.Reader) (io.Reader, error) // nil: not read here
}{
	{"\x1f\x8b", "gzip", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
	{"BZh", "bzip2", func(r io.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil }},
	{"\xfd7zXZ\x00", "xz", nil},
	{"\x28\xb5\x2f\xfd", "zstd", nil},
	{"PK\x03\x04", "zip", nil},
}

// open opens a file and looks at its first bytes, not at its name.
func open(path string) (*input, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	in := &input{file: f, raw: &counter{r: f}}
	in.Reader = in.raw
	magic := make([]byte, 6)
	n, err := f.ReadAt(magic, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		f.Close()
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	for _, p := range packers {
		if !bytes.HasPrefix(magic[:n], []byte(p.magic)) {
			continue
		}
		if p.open == nil {
			f.Close()
			return nil, fmt.Errorf("%s: %w: %s is not read here, unpack it first", path, ErrNotQueueLog, p.name)
		}
		in.compressed = true
		if in.Reader, err = p.open(bufio.NewReaderSize(in.raw, 32<<10)); err != nil {
			f.Close()
			return nil, fmt.Errorf("read %s: %s: %w", path, p.name, err)
		}
	}
	return in, nil
}

// identify reads a file's first bytes for the fingerprint, and as many more as
// the streams of that fingerprint in known ask for, but no more than most, to
// tell which stream it is. ok is false while the first line is not complete.
func identify(path string, known *catalog, most int64) (s stream, first []byte, packed, ok bool, err error) {
	in, err := open(path)
	if err != nil {
		return stream{}, nil, false, false, err
	}
	fp, first, ok, err := fingerprint(in)
	in.Close()
	if err != nil || !ok {
		return stream{}, nil, false, false, err
	}
	candidates := known.named(fp)
	if len(candidates) == 0 {
		return stream{ID: fp}, first, in.compressed, true, nil
	}
	if in, err = open(path); err != nil {
		return stream{}, nil, false, false, err
	}
	defer in.Close()
	ev := evidence{fp: fp, sums: map[int64]uint64{}}
	if err := ev.read(in, candidates, most); err != nil {
		return stream{}, nil, false, false, fmt.Errorf("read %s: %w", path, err)
	}
	return known.match(ev), first, in.compressed, true, nil
}

// read gathers the checksums that the candidates can be compared by.
func (ev *evidence) read(r io.Reader, candidates []stream, most int64) error {
	var stops []int64
	limit := int64(0)
	for _, s := range candidates {
		limit = max(limit, min(s.Off, most))
		if s.Off <= most {
			stops = append(stops, s.Off)
		}
	}
	stops = append(stops, limit)
	slices.Sort(stops)
	var c chain
	defer func() { ev.checks = c.checks }()
	buf := make([]byte, 64<<10)
	for _, stop := range stops {
		for c.off < stop {
			n, err := r.Read(buf[:min(int64(len(buf)), stop-c.off)])
			c.add(buf[:n])
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return nil
			}
			if err != nil {
				return err
			}
		}
		ev.sums[stop] = c.sum()
	}
	return nil
}
