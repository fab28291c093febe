package metrics

import (
	"fmt"
	"math"
	"testing"
	"time"

	"farol/floor"
)

// weeks makes n weeks of a queue that takes, each Monday, calls[i] calls at ten
// in the morning of the i-th, a fifth of them abandoned after a minute.
func weeks(zone *time.Location, calls []int) []floor.Event {
	var out []floor.Event
	for i, n := range calls {
		at := time.Date(2026, 3, 2+7*i, 10, 0, 0, 0, zone)
		for c := range n {
			e := floor.Event{
				Source: "t", Kind: floor.Queued, Queue: "suporte", Contact: fmt.Sprintf("%d-%d", i, c), At: at.Add(time.Duration(c) * time.Second),
			}
			out = append(out, e)
			if c%5 == 0 {
				e.Kind, e.Wait = floor.Abandoned, time.Minute
				e.At = e.At.Add(e.Wait)
				out = append(out, e)
				continue
			}
			e.Kind, e.Agent, e.Wait = floor.Answered, "Ana", 10*time.Second
			e.At = e.At.Add(e.Wait)
			out = append(out, e)
			e.Kind, e.Talk = floor.Completed, 100*time.Second
			e.At = e.At.Add(e.Talk)
			out = append(out, e)
		}
	}
	sortEvents(out)
	for i := range out {
		out[i].Seq = uint64(i + 1)
	}
	return out
}

// Lisbon's clocks go forward on 29 March 2026: ten o'clock is ten o'clock in all
// of the weeks.
func TestUsualIsByTheClocks(t *testing.T) {
	lisbon, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	cfg := Config{Site: floor.Site{Zone: lisbon}}
	events := weeks(lisbon, []int{10, 20, 30, 40, 50, 5})
	at := time.Date(2026, 4, 6, 10, 10, 0, 0, lisbon)
	s := asOf(t, cfg, events, at)
	u := s.Queues[0].Usual
	if u == nil || u.Weeks != 4 {
		t.Fatalf("usual: %+v", u)
	}
	for what, c := range map[string]struct{ got, want float64 }{
		"offered in 15 minutes": {u.Offered.Value, 35 * 10. / 15}, // ten of the fifteen minutes are after ten
		"really":                {u.Offered.Num, 5},
		"by now":                {u.ByNow.Value, 35 * 10. / 15},
		"rest of the day":       {u.RestOfDay.Value, 35 * 5. / 15},
		"aht":                   {u.AHT.Value, 100},
		"service level":         {u.SL.Value, 0.8},
	} {
		if math.Abs(c.got-c.want) > 0.01 {
			t.Errorf("%s: %v, want %v", what, c.got, c.want)
		}
	}
	if got := s.Queues[0].Chart.Arrivals; len(got.Usual) != len(got.Points) || got.Points[0].Value != 5 || got.Usual[0].Value != 35 {
		t.Errorf("arrivals beside the usual: %+v", got)
	}
}

func TestFinishedDays(t *testing.T) {
	cfg := &Config{}
	events := weeks(time.UTC, []int{10, 20, 30})
	f := newFold(cfg, noJudge{}, events[0].At, events[len(events)-1].At)
	for i := range events {
		f.apply(&events[i])
	}
	f.advance(time.Date(2026, 3, 17, 12, 0, 0, 0, time.UTC).UnixMilli()) // a Tuesday
	check := func(f *fold) {
		t.Helper()
		v := f.look(f.now, false, nil)
		suporte, ana := ScopeRef{Kind: QueueScope, ID: "suporte"}, ScopeRef{Kind: AgentScope, ID: "Ana"}
		if got := v.likeDays(suporte, Offered, 9); len(got) != 0 {
			t.Errorf("Tuesdays: %+v", got)
		}
		days := v.days(suporte, Offered, 2)
		if len(days) != 2 || days[0].Value != 30 || days[1].Value != 20 || days[0].Day.Day() != 16 {
			t.Errorf("days: %+v", days)
		}
		if got := v.days(ana, Handled, 9); len(got) != 3 || got[0].Value != 24 || got[2].Value != 8 {
			t.Errorf("Ana's days: %+v", got)
		}
		if got := v.days(suporte, WaitP90, 1); got[0].Value != 10 {
			t.Errorf("p90 of a day: %+v", got)
		}
		for window, want := range map[string]float64{WindowWeek: 30, WindowMonth: 60, Window28d: 60, WindowDay: 0} {
			if all := v.figures(suporte, window); all[Offered].Value != want {
				t.Errorf("%s: %v offered, want %v", window, all[Offered].Value, want)
			}
		}
		if got := v.figures(suporte, WindowWeek)[LoggedIn]; !got.Known {
			t.Error("nobody was logged in this week")
		}
		if got := v.build().Agents[0].Days; len(got) != 3 || got[2].Handled != 24 || got[2].AHT.Value != 100 || got[2].SL.Value != 1 {
			t.Errorf("days on the agent's page: %+v", got)
		}
	}
	check(f)
	again, err := decodeFold(cfg, noJudge{}, f.encode(), f.at(f.now))
	if err != nil {
		t.Fatal(err)
	}
	check(again)
	// An event of a finished day that comes late goes to that day.
	before := f.past.version
	late := floor.Event{Source: "t", Kind: floor.Abandoned, Queue: "suporte", Contact: "late", Wait: time.Minute, At: events[0].At.Add(time.Hour)}
	f.apply(&late)
	v := f.look(f.now, false, nil)
	if got := v.days(ScopeRef{Kind: QueueScope, ID: "suporte"}, Offered, 9); got[2].Value != 11 || v.pastVersion() == before {
		t.Errorf("after a late event: %+v", got)
	}
}

func TestAnotherThreshold(t *testing.T) {
	f := newFold(&Config{}, noJudge{}, noon, noon.Add(-24*time.Hour))
	for _, e := range examples() {
		f.apply(&e)
	}
	f.advance(noon.Add(5 * time.Minute).UnixMilli())
	v := f.look(f.now, false, nil)
	suporte := ScopeRef{Kind: QueueScope, ID: "suporte"}
	for threshold, want := range map[time.Duration]float64{5 * time.Second: 0, 10 * time.Second: 68. / 92, 45 * time.Second: 80. / 92} {
		if got := v.within(suporte, WindowDay, SLStrictNoShort, threshold); math.Abs(got.Value-want) > 1e-9 {
			t.Errorf("within %s: %+v, want %v", threshold, got, want)
		}
	}
	if got := v.within(suporte, WindowDay, SLRemovedInT, 15*time.Second); got.Num != 68+14 || got.Den != 103 {
		t.Errorf("removed within 15 s: %+v", got)
	}
}

// What the charts show is what the stays say.
func TestCharts(t *testing.T) {
	events, site := busyDay(noon.Add(-4*time.Hour), 12_000)
	cfg := &Config{Site: site}
	f := newFold(cfg, noJudge{}, events[0].At, noon.Add(-24*time.Hour))
	for i := range events {
		if !events[i].At.After(noon.Add(-2 * time.Hour)) {
			f.apply(&events[i])
		}
	}
	f.advance(noon.Add(-2 * time.Hour).UnixMilli())
	v := f.look(f.now, false, nil)
	s := v.build()
	offered := 0.0
	for _, p := range s.Charts.Arrivals.Points {
		offered += p.Value
	}
	if want := s.Total.W[Today][Offered].Value; offered != want {
		t.Errorf("arrivals add to %v, want %v", offered, want)
	}
	w := s.Charts.Waiting
	if len(w.Points) != 40 || !w.From.Add(39*time.Minute).Equal(s.At) {
		t.Fatalf("waiting: %d points from %s", len(w.Points), w.From)
	}
	for i, p := range w.Points {
		at := w.From.Add(time.Duration(i) * time.Minute).UnixMilli()
		want := 0
		for k := range f.led.stays {
			st := &f.led.stays[k]
			left := max(st.answered, st.ended)
			if st.answered != 0 {
				left = st.answered
			}
			if st.queued != 0 && st.queued <= at && (left == 0 || left > at) {
				want++
			}
		}
		if int(p.Value) != want {
			t.Errorf("waiting at minute %d: %v, want %d", i, p.Value, want)
		}
	}
	for slot := range 12 {
		sum := 0.0
		for _, line := range s.Charts.States {
			sum += line.Points[slot].Value
		}
		if known := s.Charts.States[0].Points[slot].Known; known && math.Abs(sum-1) > 1e-9 || !known && slot < 11 {
			t.Errorf("shares of slot %d add to %v", slot, sum)
		}
	}
	running := v.cumulative(ScopeRef{}, SLStrict, s.Day, 5*time.Minute, v.slotOf(v.t)+1)
	if got, want := running[len(running)-1], s.Total.W[Today][SLStrict]; got != want {
		t.Errorf("the running figure ends at %+v, the day's is %+v", got, want)
	}
}
