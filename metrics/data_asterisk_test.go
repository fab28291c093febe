package metrics

import (
	"bufio"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"farol/floor"
)

// readQueueLog is the least that turns a queue_log into events for this test;
// the real reader is elsewhere and is tested with the same figures.
func readQueueLog(t *testing.T, path string) []floor.Event {
	t.Helper()
	kinds := map[string]floor.Kind{
		"ENTERQUEUE": floor.Queued, "CONNECT": floor.Answered, "COMPLETEAGENT": floor.Completed, "COMPLETECALLER": floor.Completed,
		"ABANDON": floor.Abandoned, "EXITWITHTIMEOUT": floor.LeftTimeout, "RINGNOANSWER": floor.NotAnswered,
		"RINGCANCELED": floor.RingCancelled, "PAUSE": floor.Paused, "UNPAUSE": floor.Unpaused, "PAUSEALL": floor.Paused,
		"UNPAUSEALL": floor.Unpaused, "ADDMEMBER": floor.MemberAdded, "REMOVEMEMBER": floor.MemberRemoved, "CONFIGRELOAD": floor.Reloaded,
	}
	none := func(s string) string {
		if s == "NONE" {
			return ""
		}
		return s
	}
	var out []floor.Event
	sc := bufio.NewScanner(open(t, path))
	for n := int64(0); sc.Scan(); n++ {
		f := strings.Split(sc.Text(), "|")
		epoch, err := strconv.ParseInt(f[0], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		sec := func(i int) time.Duration { return time.Duration(atoi(t, f[i])) * time.Second }
		e := floor.Event{
			Source: "queue_log", Key: floor.KeyAt("f", n), At: time.Unix(epoch, 0).UTC(), Kind: kinds[f[4]],
			Contact: none(f[1]), Queue: none(f[2]), Agent: none(f[3]),
		}
		switch f[4] {
		case "CONNECT":
			e.Wait, e.Ring = sec(5), sec(7)
		case "COMPLETEAGENT", "COMPLETECALLER":
			e.Wait, e.Talk = sec(5), sec(6)
		case "ABANDON", "EXITWITHTIMEOUT":
			e.Wait = sec(7)
		case "PAUSE", "PAUSEALL":
			e.Reason = f[5]
		case "ADDMEMBER", "REMOVEMEMBER":
			e.Contact = ""
		}
		out = append(out, e)
	}
	return out
}

func TestAsteriskQueueLog(t *testing.T) {
	dir := dataDir(t)
	const file = "queue_log-asterisk-22.txt"
	var want struct {
		First, Last int64
		ByQueue     map[string]struct {
			Entered, Connected, Abandoned, Transferred int

			Other    int            `json:"other_exits"`
			Open     int            `json:"entered_with_no_end_in_the_file"`
			Rings    int            `json:"ring_no_answer"`
			Hold     distribution   `json:"hold_before_connect"`
			GaveUp   distribution   `json:"wait_of_abandoned"`
			Talk     distribution   `json:"talk"`
			Within20 int            `json:"answered_within_20s"`
			ByMember map[string]int `json:"answered_by_member"`
		} `json:"by_queue"`
	}
	truth(t, dir, file, &want)
	events := readQueueLog(t, filepath.Join(dir, file))
	q := Query{From: time.Unix(want.First, 0), To: time.Unix(want.Last+1, 0), By: ByQueue, Samples: true}
	log := newMemoryLog(events...)
	rows := report(t, Config{}, log, q)
	if len(rows) != len(want.ByQueue) {
		t.Errorf("%d queues, want %d", len(rows), len(want.ByQueue))
	}
	for name, w := range want.ByQueue {
		r := rows[name]
		if r.F == nil {
			t.Errorf("no row for %s", name)
			continue
		}
		for k, n := range map[KPI]int{
			Offered: w.Entered, Answered: w.Connected, Abandoned: w.Abandoned, LeftTimeout: w.Other, Transfers: w.Transferred,
			NotAnsweredRings: w.Rings, WaitingNow: w.Open, Handled: w.Connected, TalkingNow: 0, LeftOther: 0, LostContacts: 0,
		} {
			if int(r.F[k].Value) != n {
				t.Errorf("%s: %s = %v, want %d", name, k, r.F[k].Value, n)
			}
		}
		if int(r.F[SLAnsweredOnly].Num) != w.Within20 {
			t.Errorf("%s: %v within 20 s, want %d", name, r.F[SLAnsweredOnly].Num, w.Within20)
		}
		w.Hold.check(t, name+" hold", r.Samples.Waits)
		w.GaveUp.check(t, name+" wait of abandoned", r.Samples.AbandonWaits)
		w.Talk.check(t, name+" talk", r.Samples.Talks)
		agents := report(t, Config{}, log, Query{From: q.From, To: q.To, By: ByAgent, Queue: name})
		for agent, n := range w.ByMember {
			if f := agents[agent].F; f == nil || int(f[Answered].Value) != n {
				t.Errorf("%s: %s answered %v, want %d", name, agent, f, n)
			}
		}
	}
	checkLastSnapshot(t, events, time.Unix(want.Last, 0))
}

// checkLastSnapshot holds the snapshot at the file's end to its conservation.
func checkLastSnapshot(t *testing.T, events []floor.Event, at time.Time) {
	s := asOf(t, Config{}, events, at)
	for _, q := range s.Queues {
		f := q.W[Today]
		sum := f[Answered].Value + f[Abandoned].Value + f[LeftTimeout].Value + f[LeftOther].Value + f[LostContacts].Num + f[WaitingNow].Value
		if sum != f[Offered].Value {
			t.Errorf("%s: %v offered, parts add to %v", q.Ref.ID, f[Offered].Value, sum)
		}
	}
	if p := s.People; p.LoggedIn != p.Busy+p.Wrapup+p.Free+p.Out {
		t.Errorf("people do not add up: %+v", p)
	}
}
