package metrics

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"farol/floor"
)

// bankGroup is how expected.json tells the figures of a group of calls.
type bankGroup struct {
	Offered   int
	Answered  int
	Abandoned int `json:"abandoned_in_queue"`
	Left      int `json:"left_before_queue"`

	HangRate    float64 `json:"hang_rate_of_offered"`
	AbandonRate float64 `json:"abandon_rate_of_answered_plus_abandoned"`
	ASA         float64 `json:"asa_all_answered"`
	ASAWaited   float64 `json:"asa_answered_that_waited"`
	WaitAband   float64 `json:"mean_wait_abandoned"`
	AHT         float64 `json:"aht_answered"`
	SL20        float64 `json:"sl20_of_answered_and_abandoned"`
}

type bankTruth struct {
	All           bankGroup    `json:"without_phantom"`
	Waited        distribution `json:"queue_wait_of_those_who_waited"`
	WaitAnswered  distribution `json:"queue_wait_of_answered"`
	WaitAbandoned distribution `json:"queue_wait_of_abandoned"`
	Talk          distribution `json:"service_time_answered"`
	ServiceLevel  map[string]struct {
		Within   int     `json:"answered_within"`
		Strict   float64 `json:"of_answered_and_abandoned"`
		Answered float64 `json:"of_answered"`
		Later    float64 `json:"of_answered_and_abandoned_later"`
	} `json:"service_level"`
	ByType     map[string]bankGroup `json:"by_type_without_phantom"`
	ByPriority map[string]bankGroup `json:"by_priority_without_phantom"`
	ByDay      map[string]bankGroup `json:"by_day_without_phantom"`
	ByServer   map[string]struct {
		Calls int
		Talk  int `json:"talk_sum"`
		AHT   float64
	} `json:"by_server_answered"`
	HalfHours struct {
		N       int      `json:"intervals_with_calls"`
		Busiest [][2]any `json:"busiest"`
		Worst   [][2]any `json:"highest_abandon_rate_among_40_or_more_offered"`
	} `json:"half_hours_by_vru_entry"`
	Peaks map[string]struct {
		Most int    `json:"most_at_once"`
		At   string `json:"first_reached_at"`
	} `json:"live_peaks"`
	Snapshots map[string]struct {
		Waiting int
		Longest int `json:"longest_waiting_s"`
		Talking int
	} `json:"live_snapshots"`
}

func (g bankGroup) check(t *testing.T, what string, r Row) {
	t.Helper()
	if r.F == nil {
		t.Errorf("%s: no row", what)
		return
	}
	f := r.F
	for _, c := range []struct {
		k    KPI
		want int
	}{{Offered, g.Offered}, {Answered, g.Answered}, {Abandoned, g.Abandoned}, {LeftOther, g.Left}, {WaitingNow, 0}, {TalkingNow, 0}} {
		if int(f[c.k].Value) != c.want {
			t.Errorf("%s: %s = %v, want %d", what, c.k, f[c.k].Value, c.want)
		}
	}
	near(t, what+" abandon rate", f[AbandonRateOfEnded].Value, g.AbandonRate)
	near(t, what+" asa", f[WaitAvg].Value, g.ASA)
	near(t, what+" aht", f[AHT].Value, g.AHT)
	near(t, what+" wait of abandoned", f[WaitAbandoned].Value, g.WaitAband)
	near(t, what+" sl20", f[SLStrict].Value, g.SL20)
	near(t, what+" hang rate", (f[Abandoned].Value+f[LeftOther].Value)/f[Offered].Value, g.HangRate)
	if r.Samples != nil {
		waited := slices.Clone(r.Samples.Waits)
		waited = slices.DeleteFunc(waited, func(d time.Duration) bool { return d == 0 })
		mean, _ := Spread(waited)
		near(t, what+" asa of those that waited", mean.Seconds(), g.ASAWaited)
	}
}

func TestBankMonths(t *testing.T) {
	dir := dataDir(t)
	months := []string{"02", "03", "04", "09"}
	if underRace { // the others would tell it nothing new, slowly
		months = months[:1]
	}
	for _, month := range months {
		t.Run(month, func(t *testing.T) {
			t.Parallel()
			file := "anonymous-bank-1999-" + month + ".txt.gz"
			var want bankTruth
			truth(t, dir, file, &want)
			zone := bankZone(t)
			calls := readBank(t, filepath.Join(dir, file), zone)
			byType := newMemoryLog(bankEvents(calls, func(c *bankCall) string { return c.kind })...)
			m := time.Month(atoi(t, month))
			q := Query{From: time.Date(1999, m, 1, 0, 0, 0, 0, zone), To: time.Date(1999, m+1, 1, 0, 0, 0, 0, zone), Samples: true}
			checkBankRows(t, &want, calls, byType, q, zone)
			checkBankLive(t, &want, calls, zone)
		})
	}
}

func checkBankRows(t *testing.T, want *bankTruth, calls []bankCall, events *memoryLog, q Query, zone *time.Location) {
	cfg := Config{Site: floor.Site{Zone: zone}}
	total := report(t, cfg, events, q)[""]
	want.All.check(t, "all", total)
	want.WaitAnswered.check(t, "wait of answered", total.Samples.Waits)
	want.WaitAbandoned.check(t, "wait of abandoned", total.Samples.AbandonWaits)
	want.Talk.check(t, "talk", total.Samples.Talks)
	waited := slices.Concat(total.Samples.Waits, total.Samples.AbandonWaits)
	waited = slices.DeleteFunc(waited, func(d time.Duration) bool { return d == 0 })
	slices.Sort(waited)
	want.Waited.check(t, "those who waited", waited)

	q.Samples = true
	groups := func(by By, events *memoryLog, want map[string]bankGroup, key func(string) string) {
		t.Helper()
		q := q
		q.By = by
		rows := report(t, cfg, events, q)
		if len(rows) != len(want) {
			t.Errorf("%d rows by %s, want %d", len(rows), by, len(want))
		}
		for k, g := range want {
			g.check(t, by.String()+" "+k, rows[key(k)])
		}
	}
	same := func(k string) string { return k }
	groups(ByQueue, events, want.ByType, same)
	groups(ByQueue, newMemoryLog(bankEvents(calls, func(c *bankCall) string { return c.priority })...), want.ByPriority, same)
	groups(ByDay, events, want.ByDay, func(k string) string {
		d, err := time.ParseInLocation("2006-01-02", k, zone)
		if err != nil {
			t.Fatal(err)
		}
		return d.Format(time.RFC3339)
	})
	checkBankServers(t, want, cfg, events, q)
	checkBankHalfHours(t, want, cfg, events, q, zone)
	checkBankLevels(t, want, events, q, zone)
}

func checkBankServers(t *testing.T, want *bankTruth, cfg Config, events *memoryLog, q Query) {
	q.By = ByAgent
	rows := report(t, cfg, events, q)
	if len(rows) != len(want.ByServer) {
		t.Errorf("%d agents, want %d", len(rows), len(want.ByServer))
	}
	for name, w := range want.ByServer {
		f := rows[name].F
		if f == nil {
			t.Errorf("no row for %s", name)
			continue
		}
		if int(f[Handled].Value) != w.Calls || int(f[TalkAvg].Num) != w.Talk {
			t.Errorf("%s: %v calls, %v s, want %d, %d", name, f[Handled].Value, f[TalkAvg].Num, w.Calls, w.Talk)
		}
		near(t, name+" aht", f[AHT].Value, w.AHT)
	}
}

func checkBankLevels(t *testing.T, want *bankTruth, events *memoryLog, q Query, zone *time.Location) {
	for text, w := range want.ServiceLevel {
		limit := time.Duration(atoi(t, text)) * time.Second
		cfg := Config{Site: floor.Site{Zone: zone}}
		for _, kind := range []string{"PS", "PE", "IN", "NE", "NW", "TT"} {
			cfg.Site.Queues = append(cfg.Site.Queues, floor.QueueConfig{ID: kind, Threshold: limit})
		}
		f := report(t, cfg, events, q)[""].F
		if int(f[SLStrict].Num) != w.Within {
			t.Errorf("T=%s: %v within, want %d", text, f[SLStrict].Num, w.Within)
		}
		near(t, "T="+text+" strict", f[SLStrict].Value, w.Strict)
		near(t, "T="+text+" answered only", f[SLAnsweredOnly].Value, w.Answered)
		near(t, "T="+text+" abandoned within left out", f[SLExcludeAbandWithinT].Value, w.Later)
	}
}

func checkBankHalfHours(t *testing.T, want *bankTruth, cfg Config, events *memoryLog, q Query, zone *time.Location) {
	q.By, q.Step = ByInterval, 30*time.Minute
	rows := report(t, cfg, events, q)
	used := 0
	for _, r := range rows {
		if r.F[Offered].Value > 0 {
			used++
		}
	}
	if used != want.HalfHours.N {
		t.Errorf("%d half hours with calls, want %d", used, want.HalfHours.N)
	}
	key := func(text any) string {
		at, err := time.ParseInLocation("2006-01-02 15:04", text.(string), zone)
		if err != nil {
			t.Fatal(err)
		}
		return at.Format(time.RFC3339)
	}
	most := 0.0
	for _, b := range want.HalfHours.Busiest {
		f := rows[key(b[0])].F
		if f == nil || f[Offered].Value != b[1].(float64) {
			t.Errorf("half hour %v: %+v, want %v", b[0], rows[key(b[0])].F, b[1])
		}
		most = max(most, b[1].(float64))
	}
	for _, w := range want.HalfHours.Worst {
		if f := rows[key(w[0])].F; f == nil {
			t.Errorf("half hour %v: no row", w[0])
		} else {
			near(t, "abandon rate of "+w[0].(string), f[AbandonRateOfEnded].Value, w[1].(float64))
		}
	}
	for k, r := range rows {
		if r.F[Offered].Value > most {
			t.Errorf("half hour %s has %v offered, more than the busiest", k, r.F[Offered].Value)
		}
	}
}

// checkBankLive compares what was waiting and talking, at the snapshots and at
// the peaks. The file's queue and the file's service overlap by a second or two;
// an answer is one instant here, so waiting is compared with the answer where
// the queue ends, and talking with the answer where service begins.
func checkBankLive(t *testing.T, want *bankTruth, calls []bankCall, zone *time.Location) {
	cfg := Config{Site: floor.Site{Zone: zone}}
	kind := func(c *bankCall) string { return c.kind }
	talking := bankEvents(calls, kind)
	leaving := slices.Clone(calls)
	for i := range leaving {
		if c := &leaving[i]; !c.left.IsZero() && c.outcome == "AGENT" {
			c.begun = c.left
			if c.ended.Before(c.begun) {
				c.ended = c.begun
			}
		}
	}
	waiting := bankEvents(leaving, kind)
	for i, text := range slices.Sorted(maps.Keys(want.Snapshots)) {
		w := want.Snapshots[text]
		at, err := time.ParseInLocation("2006-01-02 15:04:05", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		l := liveAt(cfg, dayOf(waiting, at), at)
		if i == 0 { // the long way round must say the same
			l = asOf(t, cfg, dayOf(waiting, at), at).Total.Live
		}
		if l.Waiting != w.Waiting || int(l.Longest/time.Second) != w.Longest {
			t.Errorf("%s: %d waiting, longest %s, want %+v", text, l.Waiting, l.Longest, w)
		}
		if l := liveAt(cfg, dayOf(talking, at), at); l.Talking != w.Talking {
			t.Errorf("%s: %d talking, want %+v", text, l.Talking, w)
		}
	}
	for what, p := range want.Peaks {
		events := waiting
		if what == "talking" {
			events = talking
		}
		most, at := peakOf(cfg, events, what)
		if most != p.Most || at.In(zone).Format("2006-01-02 15:04:05") != p.At {
			t.Errorf("most %s: %d at %s, want %d at %s", what, most, at.In(zone).Format("2006-01-02 15:04:05"), p.Most, p.At)
		}
	}
}

// dayOf keeps the events of the day of at.
func dayOf(events []floor.Event, at time.Time) []floor.Event {
	y, m, d := at.Date()
	from := time.Date(y, m, d, 0, 0, 0, 0, at.Location())
	return slices.DeleteFunc(slices.Clone(events), func(e floor.Event) bool { return e.At.Before(from) || e.At.After(at) })
}

// liveAt is who waits and talks at an instant, without the day's judging.
func liveAt(cfg Config, events []floor.Event, at time.Time) LiveState {
	f := newFold(&cfg, noJudge{}, cfg.Site.DayStart(at), at.AddDate(1, 0, 0))
	for i := range events {
		f.apply(&events[i])
	}
	f.advance(at.UnixMilli())
	v := f.look(at.UnixMilli(), false, nil)
	return v.liveOf(f.site)
}

// peakOf folds second by second and keeps the first of the highest counts.
func peakOf(cfg Config, events []floor.Event, what string) (most int, when time.Time) {
	f := newFold(&cfg, noJudge{}, cfg.Site.DayStart(events[0].At), events[len(events)-1].At.AddDate(1, 0, 0))
	count := func(at time.Time) {
		f.settle()
		n := 0
		for _, q := range f.queues {
			if what == "waiting" {
				n += len(q.waitingOf)
			} else {
				n += int(q.talking)
			}
		}
		if n > most {
			most, when = n, at
		}
	}
	for i := range events {
		if i > 0 && !events[i].At.Equal(events[i-1].At) {
			count(events[i-1].At)
		}
		f.apply(&events[i])
	}
	return most, when
}
