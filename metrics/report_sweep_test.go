package metrics

import (
	"fmt"
	"testing"
	"time"

	"farol/floor"
)

// A busy day makes the fold let go of finished stays in the middle of it, and
// count afresh what the windows hold. A report of that day counted every stay
// that was kept a second time.
func TestReportCountsOnceWhenStaysAreLetGo(t *testing.T) {
	const contacts = 1<<16 + 1<<14
	start := time.Date(2026, 10, 24, 0, 0, 0, 0, time.UTC)
	var events []floor.Event
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
}
