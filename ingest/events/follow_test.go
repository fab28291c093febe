package events

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"farol/floor"
)

// memSink commits at once and keeps the cursor.
type memSink struct {
	log       *memLog
	cursor    []byte
	down      error
	malformed int
}

func (s *memSink) Send(_ context.Context, b floor.Batch) error {
	b.Source = DefaultSource
	if b.Cursor != nil {
		s.cursor = slices.Clone(b.Cursor)
	}
	_, err := s.log.Append([]floor.Batch{b})
	return err
}
func (s *memSink) Flush(context.Context) error    { return nil }
func (s *memSink) Cursor(string) ([]byte, error)  { return nil, nil }
func (s *memSink) Alive()                         { s.down = nil }
func (s *memSink) Down(err error)                 { s.down = err }
func (s *memSink) Malformed(n int, reason string) { s.malformed += n }

func noteLines(from, n int) string {
	var b strings.Builder
	for i := from; i < from+n; i++ {
		fmt.Fprintf(&b, `{"at":%d,"kind":"queued","queue":"vendas","contact":"c%d"}`+"\n", 1795356300+i, i)
	}
	return b.String()
}

// bench is a file, who writes it and who reads it.
type bench struct {
	t    *testing.T
	path string
	n    int
	sink *memSink
	r    *reader
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, path: filepath.Join(t.TempDir(), "ev.json"), sink: &memSink{log: newMemLog()}}
	b.start()
	t.Cleanup(func() { b.r.close() })
	return b
}

func (b *bench) start() {
	if b.r != nil {
		b.r.close()
	}
	b.r = &reader{path: b.path, name: DefaultSource, out: b.sink, dec: NewDecoder("", nil, ""), buf: make([]byte, readSize)}
	if err := b.r.resume(b.sink.cursor); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) add(text string) {
	f, err := os.OpenFile(b.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		b.t.Fatal(err)
	}
	defer f.Close()
	f.WriteString(text)
}

func (b *bench) write(n int) { b.add(noteLines(b.n, n)); b.n += n }

func (b *bench) step() {
	b.t.Helper()
	if err := b.r.step(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) check(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func TestFollow(t *testing.T) {
	for _, c := range []struct {
		name string
		play func(b *bench)
		gap  bool
	}{
		{"plain", func(b *bench) { b.write(3); b.step(); b.write(4) }, false},
		{"partial line waits", func(b *bench) {
			b.write(2)
			line := noteLines(b.n, 1)
			b.n++
			b.add(line[:20])
			b.step()
			if b.sink.malformed != 0 || len(b.sink.log.events) != 2 {
				b.t.Errorf("%d events, %d malformed", len(b.sink.log.events), b.sink.malformed)
			}
			b.add(line[20:])
		}, false},
		{"restart", func(b *bench) { b.write(3); b.step(); b.write(3); b.start() }, false},
		{"renamed", func(b *bench) {
			b.write(3)
			b.step()
			b.write(3)
			b.check(os.Rename(b.path, b.path+".1"))
			b.write(3)
		}, false},
		{"renamed twice while stopped, one packed", func(b *bench) {
			b.write(3)
			b.step()
			b.write(3)
			text, err := os.ReadFile(b.path)
			b.check(err)
			var packed bytes.Buffer
			w := gzip.NewWriter(&packed)
			w.Write(text)
			w.Close()
			b.check(os.WriteFile(b.path+".2.gz", packed.Bytes(), 0o600))
			b.check(os.Remove(b.path))
			b.write(3)
			b.check(os.Rename(b.path, b.path+".1"))
			b.write(3)
			b.start()
		}, false},
		{"copied and truncated", func(b *bench) {
			b.write(3)
			b.step()
			b.write(3)
			text, err := os.ReadFile(b.path)
			b.check(err)
			b.check(os.WriteFile(b.path+".1", text, 0o600))
			b.check(os.Truncate(b.path, 0))
			b.write(20)
		}, false},
		{"gone while stopped", func(b *bench) {
			b.write(3)
			b.step()
			b.check(os.Remove(b.path))
			b.write(5)
			b.start()
		}, true},
		{"not there yet", func(b *bench) {
			b.step()
			if b.sink.down == nil {
				b.t.Error("not told")
			}
			b.write(2)
			b.step()
			if b.sink.down != nil {
				b.t.Errorf("still down: %v", b.sink.down)
			}
		}, false},
		{"a long line", func(b *bench) {
			b.write(1)
			b.add(strings.Repeat("x", 5<<20) + "\n")
			b.write(2)
			b.step()
			if b.sink.malformed == 0 {
				b.t.Error("not counted")
			}
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			c.play(b)
			b.step()
			b.step()
			seen, gaps := map[string]int{}, 0
			for _, e := range b.sink.log.events {
				if e.Kind == floor.SourceGap {
					gaps++
				} else {
					seen[e.Contact]++
				}
			}
			for i := range b.n {
				if n := seen[fmt.Sprintf("c%d", i)]; n != 1 {
					t.Errorf("line %d of %d was read %d times", i, b.n, n)
				}
			}
			if (gaps > 0) != c.gap {
				t.Errorf("%d gaps", gaps)
			}
		})
	}
}
