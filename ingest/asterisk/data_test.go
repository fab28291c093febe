package asterisk

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"farol/floor"
)

// dataDir is where the real logs lie; they are no part of the repository.
func dataDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("FAROL_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	if _, err := os.Stat(filepath.Join(dir, "expected.json")); err != nil {
		t.Skip("no real data here: set FAROL_DATA")
	}
	return dir
}

// truth is what a separate program counted in the log.
type truth struct {
	Lines   int            `json:"lines"`
	Events  map[string]int `json:"events"`
	First   int64          `json:"first"`
	Last    int64          `json:"last"`
	ByQueue map[string]struct {
		Entered      int            `json:"entered"`
		Connected    int            `json:"connected"`
		Abandoned    int            `json:"abandoned"`
		OtherExits   int            `json:"other_exits"`
		RingNoAnswer int            `json:"ring_no_answer"`
		ByMember     map[string]int `json:"answered_by_member"`
		Within20     int            `json:"answered_within_20s"`
		Transferred  int            `json:"transferred"`
		Hold         sums           `json:"hold_before_connect"`
		Abandon      sums           `json:"wait_of_abandoned"`
		Talk         sums           `json:"talk"`
	} `json:"by_queue"`
}

type sums struct {
	N   int           `json:"n"`
	Sum time.Duration `json:"sum"` // seconds
}

func (s *sums) add(d time.Duration) { s.N++; s.Sum += d / time.Second }

func TestRealLog(t *testing.T) {
	dir := dataDir(t)
	const name = "queue_log-asterisk-22.txt"
	raw, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]struct {
		Truth json.RawMessage `json:"truth"`
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	var want truth
	if err := json.Unmarshal(all[name].Truth, &want); err != nil {
		t.Fatal(err)
	}
	log := newMemLog()
	rep, err := Import(t.Context(), log, []string{filepath.Join(dir, name)}, ImportOptions{Options: Options{Secret: []byte("k")}})
	if err != nil {
		t.Fatal(err)
	}
	if rep.Lines != want.Lines || rep.Events != want.Lines || len(rep.Faults) != 0 || len(rep.Unknown) != 0 {
		t.Errorf("report %+v, want %d lines", rep, want.Lines)
	}
	if first, last := log.events[0].At.Unix(), log.events[len(log.events)-1].At.Unix(); first != want.First || last != want.Last {
		t.Errorf("from %d to %d, want %d to %d", first, last, want.First, want.Last)
	}
	for queue, w := range want.ByQueue {
		count := map[floor.Kind]int{}
		members := map[string]int{}
		var hold, abandon, talk sums
		within := 0
		for _, e := range log.events {
			if e.Queue != queue {
				continue
			}
			count[e.Kind]++
			switch e.Kind {
			case floor.Answered:
				members[e.Agent]++
				hold.add(e.Wait)
				if e.Wait <= 20*time.Second {
					within++
				}
			case floor.Abandoned:
				abandon.add(e.Wait)
			case floor.Completed:
				talk.add(e.Talk)
			case floor.Queued:
				if e.Contact == "" || e.Customer == "" || e.Position == 0 {
					t.Errorf("incomplete: %+v", e)
				}
			}
		}
		got := [...]int{count[floor.Queued], count[floor.Answered], count[floor.Abandoned], count[floor.LeftTimeout], count[floor.NotAnswered], count[floor.Transferred], within}
		if exp := [...]int{w.Entered, w.Connected, w.Abandoned, w.OtherExits, w.RingNoAnswer, w.Transferred, w.Within20}; got != exp {
			t.Errorf("%s: entered, connected, abandoned, timeouts, not answered, transferred, within 20 s: %v, want %v", queue, got, exp)
		}
		if hold != w.Hold || abandon != w.Abandon || talk != w.Talk {
			t.Errorf("%s: hold %v abandon %v talk %v, want %v %v %v", queue, hold, abandon, talk, w.Hold, w.Abandon, w.Talk)
		}
		for member, n := range w.ByMember {
			if members[member] != n {
				t.Errorf("%s: %s answered %d, want %d", queue, member, members[member], n)
			}
		}
		if len(members) != len(w.ByMember) {
			t.Errorf("%s: members %v, want %v", queue, members, w.ByMember)
		}
	}
	kinds := map[string]int{}
	for _, e := range log.events {
		kinds[e.Kind.String()]++
	}
	if got := kinds["paused"]; got != want.Events["PAUSE"]+want.Events["PAUSEALL"] {
		t.Errorf("%d pauses", got)
	}
	if got := kinds["unpaused"]; got != want.Events["UNPAUSE"]+want.Events["UNPAUSEALL"] {
		t.Errorf("%d ends of pauses", got)
	}
}
