package asterisk

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"farol/floor"
	"farol/ingest"
)

// tellLog tells of each contact that became durable.
type tellLog struct {
	*memLog
	contacts chan string
}

func (l tellLog) Append(batches []floor.Batch) (int, error) {
	n, err := l.memLog.Append(batches)
	for _, b := range batches {
		for _, e := range b.Events {
			if e.Contact != "" {
				l.contacts <- e.Contact
			}
		}
	}
	return n, err
}

// A line is durable soon after it was written, with no poll to find it.
func TestFollowIsWokenByAWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "queue_log")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	log := tellLog{newMemLog(), make(chan string, 100)}
	w := ingest.NewWorker(log, &Follow{Path: path, Poll: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()

	want := func(contact string) {
		t.Helper()
		select {
		case got := <-log.contacts:
			if got != contact {
				t.Fatalf("got %s, want %s", got, contact)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s was not read: %+v", contact, w.Status())
		}
	}
	// The first line is found by the first look or by the watch, whichever was
	// there first.
	file.Write(logLines(0, 1))
	want("c0")
	file.Write(logLines(1, 2))
	want("c1")
	want("c2")
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	file.Write(logLines(3, 1))
	next, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close()
	next.Write(logLines(4, 1))
	want("c3")
	want("c4")
	cancel()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	st := w.Status()[0]
	if !st.Up || st.Kind != "queue_log" || st.Malformed != 0 || log.dropped != 0 {
		t.Errorf("status %+v, %d told again", st, log.dropped)
	}
}
