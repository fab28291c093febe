package asterisk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"farol/floor"
	"farol/ingest"
)

// tail is a stream being read from a file.
type tail struct {
	stream
	path string // where it lay when it was opened
	// file is open while the stream is read from a plain file: it keeps the
	// text within reach through renaming and deletion.
	file   *os.File
	info   os.FileInfo // of file, for os.SameFile
	packed bool        // read from the compressed file at path
	ended  bool        // read to its end, and nothing can be added

	size    int64 // of file when it was last read, and its time of change
	mod     time.Time
	seen    bool      // read to its end by this run: nothing was lost but within a poll
	grown   time.Time // when something new was read, or when it was opened
	partial bool      // bytes without a line feed lie behind Off
}

// lost reports that it is not known where the stream's text lies.
func (t *tail) lost() bool { return t.file == nil && !t.packed }

func (t *tail) close() {
	if t.file != nil {
		t.file.Close()
		t.file = nil
	}
}

// read sends the complete lines behind what is read of t. A file whose text is
// no longer the stream's is let go: the stream becomes lost.
func (f *follower) read(ctx context.Context, t *tail) error {
	switch {
	case t.packed:
		return f.readPacked(ctx, t)
	case t.file == nil:
		return nil
	}
	info, err := t.file.Stat()
	if err != nil {
		return fmt.Errorf("read %s: %w", t.path, err)
	}
	if info.Size() == t.size && info.ModTime().Equal(t.mod) {
		return nil
	}
	if info.Size() < t.Off || !t.holds() {
		f.lose(t)
		return nil
	}
	before := t.Off
	if _, err := t.file.Seek(t.Off, io.SeekStart); err != nil {
		return fmt.Errorf("read %s: %w", t.path, err)
	}
	replaced, err := f.readBlocks(ctx, t, t.file)
	if err != nil {
		return err
	}
	if replaced {
		f.lose(t)
		return nil
	}
	t.size, t.mod, t.seen = info.Size(), info.ModTime(), true
	if t.Off != before {
		t.grown = f.now()
	}
	return nil
}

// lose lets a file go that holds another text now.
func (f *follower) lose(t *tail) {
	t.close()
	t.packed, t.grown = false, f.now()
}

// readBlocks sends what r, which stands at t's place, has in complete lines. In
// a file that was truncated and written anew meanwhile the block just read is
// not the stream's: so the line before it is looked at again afterwards.
func (f *follower) readBlocks(ctx context.Context, t *tail, r io.Reader) (replaced bool, err error) {
	c := newChunker(r, t.chain())
	for {
		b, err := c.next(f.buf)
		if errors.Is(err, io.EOF) {
			t.partial = c.partial()
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("read %s: %w", t.path, err)
		}
		if t.Off == 0 && !t.begins(b.data) || !t.packed && !t.holds() {
			return true, nil
		}
		f.parser.stream, f.parser.latest = t.ID, 0
		events := f.parser.parse(b.data, b.base, nil)
		if n := len(f.parser.faults); n > 0 {
			last := f.parser.faults[n-1]
			f.out.Malformed(n, fmt.Sprintf("%s:%d: %s", t.path, t.Lines+last.Line, last.Reason))
		}
		t.advance(&b, f.parser.lines, f.parser.latest)
		if err := f.send(ctx, events); err != nil {
			return false, err
		}
	}
}

// holds reports whether the last line read still stands where it was read.
func (t *tail) holds() bool {
	if t.LastLen == 0 || int64(t.LastLen) > t.Off {
		return true
	}
	line := make([]byte, t.LastLen)
	if _, err := t.file.ReadAt(line, t.Off-int64(t.LastLen)); err != nil {
		return false
	}
	return lineSum(line) == t.LastSum
}

// begins reports whether the stream's first block is the stream's.
func (t *tail) begins(data []byte) bool {
	if len(data) == 0 {
		return true // a hole
	}
	fp, _, ok, err := fingerprint(bytes.NewReader(data))
	return err == nil && ok && strings.HasPrefix(t.ID, fp)
}

// readPacked reads a compressed file once to its end. One that breaks off may
// be in the making: it is read again, for a while.
func (f *follower) readPacked(ctx context.Context, t *tail) error {
	if t.ended {
		return nil
	}
	err := f.unpack(ctx, t)
	var stopped *sendError
	switch {
	case err == nil:
		t.ended = true
		return nil
	case errors.Is(err, errMoved), errors.Is(err, fs.ErrNotExist):
		f.lose(t)
		return nil
	case errors.As(err, &stopped):
		return err
	}
	if f.now().Sub(t.grown) < stubborn {
		return nil
	}
	t.ended = true
	return f.gap(ctx, t, err.Error())
}

// errMoved is a compressed file that the next rotation has put another into the
// place of.
var errMoved = errors.New("another file has the name")

func (f *follower) unpack(ctx context.Context, t *tail) error {
	in, err := open(t.path)
	if err != nil {
		return err
	}
	defer in.Close()
	var read chain
	if _, err := io.CopyN(&read, in, t.Off); err != nil {
		return err
	}
	if read.sum() != t.Sum {
		return errMoved
	}
	replaced, err := f.readBlocks(ctx, t, in)
	if replaced {
		return errMoved
	}
	return err
}

// gap records that the rest of t's stream cannot be read. It goes out with the
// places of the others, so that it is told once.
func (f *follower) gap(ctx context.Context, t *tail, reason string) error {
	from := time.Unix(t.Latest, 0)
	return f.send(ctx, []floor.Event{ingest.Gap(f.source, from, f.now().Truncate(time.Second), reason)})
}
