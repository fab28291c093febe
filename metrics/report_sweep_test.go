package metrics

import (
	"fmt"
	"testing"
	"time"

	"farol/floor"
)

// A day that is read after a later one makes the fold let go of its finished
// stays in the middle of it, and count afresh what the windows hold. A report of
// that day counted every stay that was kept a second time.
func TestReportCountsOnceWhenStaysAreLetGo(t *testing.T) {
	const contacts = 1<<16 + 1<<14
	start := time.Date(2026, 10, 24, 0, 0, 0, 0, time.UTC)
	events := []floor.Event{{Kind: floor.Note, At: start.Add(30 * time.Hour)}}
	for i := range contacts {
		at := start.Add(time.Duration(i) * 900 * time.Millisecond)
		id := fmt.Sprint("c", i)
		events = append(events,
			floor.Event{Kind: floor.Queued, At: at, Queue: "suporte", Contact: id},
			floor.Event{Kind: floor.Abandoned, At: at.Add(10 * time.Second), Queue: "suporte", Contact: id, Wait: 10 * time.Second})
	}
	rows, err := Report(t.Context(), Config{}, newMemoryLog(events...), Query{From: start, To: start.AddDate(0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	if got := rows[0].F[Offered].Value; got != contacts {
		t.Fatalf("%v offered, want %d", got, contacts)
	}
	// The same in the days that a snapshot knows.
	f := newFold(&Config{}, noJudge{}, start.Add(30*time.Hour), start.Add(24*time.Hour))
	for i := range events {
		f.apply(&events[i])
	}
	v := f.look(f.now, false, nil)
	if got := v.days(ScopeRef{}, Offered, 1); len(got) != 1 || got[0].Value != contacts {
		t.Errorf("the day before: %+v, want %d", got, contacts)
	}
	if len(f.led.stays) > contacts/2 {
		t.Errorf("%d stays of a finished day are kept", len(f.led.stays))
	}
}
