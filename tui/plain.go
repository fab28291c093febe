package tui

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"farol/floor"
	"farol/metrics"
	"farol/tui/draw"
)

// Plain is the console as lines, for screen readers, pipes, cron and terminals
// that can do nothing else: a summary, then one line a change, then answers to
// typed questions. It moves no cursor, and no glyph stands without its word.
type Plain struct {
	Source   Source
	Record   func(context.Context, floor.Event) error // nil: looks at people's pages are not recorded, and not answered
	Profile  Profile
	Language string // "" is pt-BR
	Author   string
	Clock    func() time.Time // nil: time.Now

	In  io.Reader // questions, a line each; its end ends Run. nil: none are asked
	Out io.Writer
}

// Once writes the summary and the risks of the newest snapshot, waiting for the
// first, and returns.
func (p Plain) Once(ctx context.Context) error {
	s, err := p.begin(ctx)
	if err != nil {
		return err
	}
	return s.write(s.summary()...)
}

// Run writes the summary, then a line a change, and answers questions, until
// ctx is done, the input ends or the source does. A read that blocks is left
// behind when ctx ends; it ends with its reader.
func (p Plain) Run(ctx context.Context) error {
	s, err := p.begin(ctx)
	if err != nil {
		return err
	}
	if err := s.write(s.summary()...); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	snaps, asked := p.follow(ctx, s.v.snap.Version), p.questions(ctx)
	for {
		var lines []string
		select {
		case <-ctx.Done():
			return nil
		case next, ok := <-snaps:
			if !ok {
				return nil
			}
			lines = s.changes(next)
		case q, ok := <-asked:
			if !ok {
				return nil
			}
			if lines, ok = s.answer(ctx, q); !ok {
				return nil
			}
		}
		if err := s.write(lines...); err != nil {
			return err
		}
	}
}

// spoken is one reader's session.
type spoken struct {
	p    Plain
	v    view
	out  *bufio.Writer
	seen map[string]bool // entries of the log already told
	day  time.Time
	old  metrics.Level
}

// begin waits for a snapshot that has read its history.
func (p Plain) begin(ctx context.Context) (*spoken, error) {
	w, err := loadWords(p.Language)
	if err != nil {
		return nil, err
	}
	if p.Clock == nil {
		p.Clock = time.Now
	}
	s := &spoken{p: p, out: bufio.NewWriter(p.Out), seen: map[string]bool{}}
	s.v = view{words: w, profile: p.Profile, window: metrics.Today, author: p.Author, record: p.Record, ctx: ctx, width: 80, height: 24}
	snap := p.Source.Get()
	for snap == nil || snap.Loading != nil {
		var seen uint64
		if snap != nil {
			seen = snap.Version
		}
		if snap, err = p.Source.Next(ctx, seen); err != nil {
			return nil, fmt.Errorf("wait for the first snapshot: %w", err)
		}
	}
	s.take(snap)
	for _, e := range snap.Log {
		s.seen[entryID(e)] = true
	}
	return s, nil
}

// take makes a snapshot the one that is spoken of.
func (s *spoken) take(snap *metrics.Snapshot) {
	s.v.snap, s.v.now, s.v.text = snap, s.p.Clock(), newText()
	if !snap.Day.Equal(s.day) {
		s.day, s.seen = snap.Day, map[string]bool{} // entries of another day never come back
	}
	s.old = snap.Fresh.Level
}

// changes are the lines for what is new in a snapshot.
func (s *spoken) changes(snap *metrics.Snapshot) []string {
	was := s.old
	s.take(snap)
	var lines []string
	if line := s.freshness(was, snap.Fresh.Level); line != "" {
		lines = append(lines, line)
	}
	for i := len(snap.Log) - 1; i >= 0; i-- { // oldest first
		e := snap.Log[i]
		if id := entryID(e); !s.seen[id] {
			s.seen[id] = true
			lines = append(lines, s.entry(e))
		}
	}
	return lines
}

// write writes lines and lets them out.
func (s *spoken) write(lines ...string) error {
	for _, l := range lines {
		if _, err := s.out.WriteString(l + "\n"); err != nil {
			return fmt.Errorf("write a line: %w", err)
		}
	}
	if err := s.out.Flush(); err != nil {
		return fmt.Errorf("write a line: %w", err)
	}
	return nil
}

// follow gives the newest snapshot each time there is one; it closes when the
// source or ctx ends.
func (p Plain) follow(ctx context.Context, seen uint64) <-chan *metrics.Snapshot {
	out := make(chan *metrics.Snapshot)
	go func() {
		defer close(out)
		for {
			s, err := p.Source.Next(ctx, seen)
			if err != nil {
				return
			}
			seen = s.Version
			select {
			case out <- s:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

const maxQuestion = 400 // bytes of a typed line that are read; the rest is dropped

// questions gives typed lines; it closes when the input ends. With no input it
// is nil, and never gives any.
func (p Plain) questions(ctx context.Context) <-chan string {
	if p.In == nil {
		return nil
	}
	out := make(chan string)
	go func() {
		defer close(out)
		in := bufio.NewReaderSize(p.In, 4096)
		for {
			line, err := readLine(in)
			if line != "" || err == nil {
				select {
				case out <- line:
				case <-ctx.Done():
					return
				}
			}
			if err != nil {
				return
			}
		}
	}()
	return out
}

// readLine reads to the end of a line and keeps its beginning, cleaned.
func readLine(in *bufio.Reader) (string, error) {
	line, err := in.ReadSlice('\n')
	kept := string(line[:min(len(line), maxQuestion)])
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = in.ReadSlice('\n')
	}
	return strings.TrimSpace(string(draw.Clean(strings.ToValidUTF8(kept, "")))), err
}
