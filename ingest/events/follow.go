package events

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"farol/floor"
	"farol/ingest"
)

const (
	readSize = 256 << 10
	// patience is how long the file may be away: it is for a moment when it is
	// rotated.
	patience = 5 * time.Second
)

// Follow reads a file of JSON lines that grows. Rotation by renaming or by
// copying and truncating is followed, also while farol did not run, when the
// file that was rotated away still lies beside the new one. Where it is in doubt
// it reads again: events are known by their keys, and lines without one by their
// bytes.
type Follow struct {
	Path    string
	Source  string        // of lines that name none, and of the cursor; empty is DefaultSource
	Secret  []byte        // of the store, for customers' numbers
	Country string        // calling code of numbers without one
	Poll    time.Duration // 0: one second
}

var (
	_ ingest.Source    = (*Follow)(nil)
	_ ingest.Described = (*Follow)(nil)
)

// Name is the source's name.
func (f *Follow) Name() string { return cmp.Or(f.Source, DefaultSource) }

// Kind is the kind of system.
func (f *Follow) Kind() string { return "events" }

// Period is 0: nobody says how often a line comes.
func (f *Follow) Period() time.Duration { return 0 }

// place is where the reading stands: in the file that begins with a line, after
// so many bytes, the last of which are the last line's. It is the cursor.
type place struct {
	First  string    `json:"first"` // hash of the first line; empty: nothing was read
	Off    int64     `json:"off"`
	Last   string    `json:"last"`   // hash of the last bytes read
	Tail   int       `json:"tail"`   // how many they are
	Newest time.Time `json:"newest"` // time of an event
}

// Run follows the file until ctx ends.
func (f *Follow) Run(ctx context.Context, cursor []byte, out ingest.Sink) error {
	r := &reader{path: f.Path, name: f.Name(), out: out, dec: NewDecoder(f.Name(), f.Secret, f.Country), buf: make([]byte, readSize)}
	if err := r.resume(cursor); err != nil {
		return err
	}
	defer r.close()
	poll := time.NewTicker(cmp.Or(f.Poll, time.Second))
	defer poll.Stop()
	for {
		if err := r.step(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-poll.C:
		}
	}
}

// reader is one run of Follow.
type reader struct {
	path string
	name string // of the source
	out  ingest.Sink
	dec  *Decoder
	buf  []byte

	at   place
	file *os.File
	info os.FileInfo
	away time.Time // since when nothing lies at path
}

// resume stands where the cursor says.
func (r *reader) resume(cursor []byte) error {
	if len(cursor) == 0 {
		return nil
	}
	if err := json.Unmarshal(cursor, &r.at); err != nil {
		return fmt.Errorf("read events cursor: %w", err)
	}
	return nil
}

func (r *reader) close() {
	if r.file != nil {
		r.file.Close()
		r.file = nil
	}
}

// step reads all there is to read now.
func (r *reader) step(ctx context.Context) error {
	if r.file != nil {
		if err := r.grow(ctx); err != nil {
			return err
		}
	}
	info, err := os.Stat(r.path)
	switch {
	case err != nil:
		if r.away.IsZero() {
			r.away = time.Now()
		}
		if r.file == nil || time.Since(r.away) >= patience {
			r.out.Down(err)
		}
		return nil
	case r.file != nil && os.SameFile(info, r.info):
		r.away = time.Time{}
		r.out.Alive()
		return nil
	}
	return r.open(ctx)
}

// grow reads what was added to the open file, or, when it was truncated and
// perhaps written anew, what was not read of its copy and then all of it.
func (r *reader) grow(ctx context.Context) error {
	info, err := r.file.Stat()
	if err != nil {
		return fmt.Errorf("read %s: %w", r.path, err)
	}
	if info.Size() == r.info.Size() && info.ModTime().Equal(r.info.ModTime()) {
		return nil
	}
	if !r.holds(r.file) {
		if err := r.rest(ctx); err != nil {
			return err
		}
		r.at = place{}
	}
	if err := r.readFile(ctx); err != nil {
		return err
	}
	r.info = info
	return nil
}

func (r *reader) readFile(ctx context.Context) error {
	return r.read(ctx, io.NewSectionReader(r.file, r.at.Off, 1<<62), func() bool { return r.holds(r.file) })
}

// open takes up the file at the path: where the reading stands, when it is the
// file that was being read, else from its beginning, after the rest of the one
// that was.
func (r *reader) open(ctx context.Context) error {
	file, err := os.Open(r.path)
	if err == nil {
		r.info, err = file.Stat() // before the reading: what comes meanwhile is a change
	}
	if err != nil {
		r.out.Down(err)
		return nil
	}
	fresh := r.file == nil
	r.close()
	r.file, r.away = file, time.Time{}
	if !r.holds(file) {
		if fresh {
			if err := r.rest(ctx); err != nil {
				return err
			}
		}
		r.at = place{}
	}
	if err := r.readFile(ctx); err != nil {
		return err
	}
	r.out.Alive()
	return nil
}

// holds reports whether what was read still stands in the file.
func (r *reader) holds(file io.ReaderAt) bool {
	if r.at.Off == 0 {
		return true
	}
	first, ok := firstLine(io.NewSectionReader(file, 0, 1<<62))
	if !ok || first != r.at.First {
		return false
	}
	tail := make([]byte, r.at.Tail)
	if _, err := file.ReadAt(tail, r.at.Off-int64(r.at.Tail)); err != nil {
		return false
	}
	return hash(tail) == r.at.Last
}

// read sends the complete lines of in, which stands at the place. It stops
// where still, asked after each piece was read and before it is sent, says that
// the text is not what it was.
func (r *reader) read(ctx context.Context, in io.Reader, still func() bool) error {
	kept := 0
	for {
		n, err := io.ReadFull(in, r.buf[kept:])
		n += kept
		if !still() {
			return nil
		}
		end := bytes.LastIndexByte(r.buf[:n], '\n') + 1
		if end == 0 && n == len(r.buf) && n < 2*maxLine { // a long line: more room
			r.buf = append(r.buf, make([]byte, len(r.buf))...)
			kept = n
			continue
		}
		if end == 0 && n == len(r.buf) { // no event is so long: pass over it in pieces
			r.out.Malformed(1, r.path+": a piece of a line longer than 1 MiB")
			end = n
		}
		if end > 0 {
			if err := r.send(ctx, r.buf[:end]); err != nil {
				return err
			}
		}
		kept = copy(r.buf, r.buf[end:n])
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", r.path, err)
		}
	}
}

// send decodes lines and hands them over with the place behind them.
func (r *reader) send(ctx context.Context, text []byte) error {
	if r.at.Off == 0 {
		r.at.First, _ = firstLine(bytes.NewReader(text))
	}
	first := r.at.Off == 0
	r.at.Off += int64(len(text))
	tail := text[max(len(text)-4096, 0):]
	r.at.Last, r.at.Tail = hash(tail), len(tail)
	var events []floor.Event
	for line := range bytes.Lines(text) {
		if first {
			line, first = bytes.TrimPrefix(line, []byte("\uFEFF")), false
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		e, err := r.dec.Decode(line)
		if err != nil {
			r.out.Malformed(1, fmt.Sprintf("%s: before byte %d: %v", r.path, r.at.Off, err))
			continue
		}
		if e.At.After(r.at.Newest) {
			r.at.Newest = e.At
		}
		events = append(events, e)
	}
	cursor, err := json.Marshal(r.at)
	if err != nil {
		return fmt.Errorf("write events cursor: %w", err)
	}
	return r.out.Send(ctx, floor.Batch{Events: events, Cursor: cursor})
}

// firstLine is the hash of the first line; of one over 64 KiB the beginning
// counts. ok is false while it is not complete.
func firstLine(in io.Reader) (sum string, ok bool) {
	head := make([]byte, 64<<10)
	n, _ := io.ReadFull(in, head)
	end := bytes.IndexByte(head[:n], '\n')
	if end < 0 {
		if n < len(head) {
			return "", false
		}
		end = n
	}
	return hash(head[:end]), true
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}
