package metrics

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"farol/floor"
)

// busyDay makes the events of a large operation, as a queue_log tells them: 12
// queues, 240 agents, about ten calls in three seconds, waits with a heavy tail.
func busyDay(start time.Time, calls int) ([]floor.Event, floor.Site) {
	r := rand.New(rand.NewPCG(1, 2))
	site := floor.Site{Zone: time.UTC}
	for q := range 12 {
		site.Queues = append(site.Queues, floor.QueueConfig{ID: fmt.Sprintf("fila%d", q), Teams: []string{fmt.Sprintf("turno%d", q%3)}})
	}
	var agents []string
	for a := range 240 {
		agents = append(agents, fmt.Sprintf("Atendente %d", a))
	}
	var out []floor.Event
	add := func(e floor.Event) {
		e.Source = "queue_log"
		e.At = e.At.Truncate(time.Second)
		out = append(out, e)
	}
	for i, a := range agents {
		add(floor.Event{Kind: floor.MemberAdded, At: start, Queue: site.Queues[i%12].ID, Agent: a})
		add(floor.Event{Kind: floor.MemberAdded, At: start, Queue: site.Queues[(i+1)%12].ID, Agent: a})
	}
	at := start
	for c := range calls {
		at = at.Add(time.Duration(r.ExpFloat64() * 828 * float64(time.Millisecond)))
		q := site.Queues[r.IntN(12)].ID
		id := fmt.Sprintf("%d.%d", at.Unix(), c)
		e := floor.Event{Kind: floor.Queued, At: at, Queue: q, Contact: id}
		add(e)
		wait := time.Duration(r.ExpFloat64()*40) * time.Second
		e.Wait = wait
		if r.IntN(10) == 0 {
			e.Kind, e.At = floor.Abandoned, at.Add(wait)
			add(e)
			continue
		}
		e.Kind, e.At, e.Agent = floor.Answered, at.Add(wait), agents[r.IntN(240)]
		add(e)
		talk := time.Duration(10+r.ExpFloat64()*180) * time.Second
		e.Kind, e.At, e.Talk = floor.Completed, at.Add(wait+talk), talk
		add(e)
		if r.IntN(20) == 0 {
			add(floor.Event{Kind: floor.Paused, At: e.At, Queue: q, Agent: e.Agent, Reason: "NR-17"})
			add(floor.Event{Kind: floor.Unpaused, At: e.At.Add(time.Minute), Queue: q, Agent: e.Agent})
		}
	}
	sortEvents(out)
	for i := range out {
		out[i].Seq, out[i].Key = uint64(i+1), floor.KeyAt("f", int64(i))
	}
	return out, site
}

// benchFold folds two days. The collector rests meanwhile: what it would do is
// to look through the events of the benchmark itself.
func benchFold(b *testing.B, liveFrom time.Time, judge func(*Config) judging) {
	events, site := busyDay(noon.Add(-10*time.Hour), 200_000)
	cfg := Config{Site: site}
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	b.ResetTimer()
	var f *fold
	for b.Loop() {
		f = newFold(&cfg, judge(&cfg), cfg.Site.DayStart(events[0].At), liveFrom)
		for i := range events {
			f.apply(&events[i])
		}
		f.settle()
	}
	b.ReportMetric(float64(len(events))*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mev/s")
	b.ReportMetric(float64(f.windowBytes())/1e6, "MB-windows")
	b.ReportMetric(float64(len(f.led.stays)), "stays")
}

// BenchmarkFold is history: days whose windows nobody will see.
func BenchmarkFold(b *testing.B) {
	benchFold(b, noon.AddDate(1, 0, 0), func(*Config) judging { return noJudge{} })
}

// BenchmarkFoldLive slides every window through the day, with nobody judging.
func BenchmarkFoldLive(b *testing.B) {
	benchFold(b, noon.AddDate(-1, 0, 0), func(*Config) judging { return noJudge{} })
}

func benchView(b *testing.B) *view {
	events, site := busyDay(noon.Add(-10*time.Hour), 40_000)
	cfg := &Config{Site: site}
	f := newFold(cfg, noJudge{}, cfg.Site.DayStart(events[0].At), noon.AddDate(-1, 0, 0))
	for i := range events {
		f.apply(&events[i])
	}
	return f.look(f.now, false, nil)
}

// BenchmarkPercentiles is p50, p80, p90, p95 and p99 of every queue in every window.
func BenchmarkPercentiles(b *testing.B) {
	v := benchView(b)
	for b.Loop() {
		for _, q := range v.queues[1:] {
			for w := range q.w {
				for _, k := range [...]KPI{WaitP50, WaitP80, WaitP90, WaitP95, WaitP99} {
					q.w[w].measure(k)
				}
			}
		}
	}
}

// BenchmarkSnapshot is a whole snapshot one second after the one before, with
// an event in between.
func BenchmarkSnapshot(b *testing.B) {
	v := benchView(b)
	f := v.fold
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		e := floor.Event{
			Kind: floor.Queued, At: f.at(f.now + 1000), Queue: "fila3", Contact: fmt.Sprint("extra", n), Source: "queue_log",
		}
		f.apply(&e)
		f.look(f.now, false, nil).build()
	}
}

func BenchmarkCheckpoint(b *testing.B) {
	v := benchView(b)
	var data []byte
	for b.Loop() {
		data = v.encode()
	}
	b.ReportMetric(float64(len(data))/1e6, "MB")
}

func BenchmarkRestore(b *testing.B) {
	v := benchView(b)
	data := v.encode()
	runtime.GC()
	for b.Loop() {
		if _, err := decodeFold(v.cfg, noJudge{}, data, v.at(v.t)); err != nil {
			b.Fatal(err)
		}
	}
}

// windowBytes is the memory of all windows and intervals.
func (f *fold) windowBytes() int {
	n := 0
	pages := func(h *hist) {
		for _, p := range h.pages {
			n += 8
			if p != nil {
				n += 4 * (pageBins + 1)
			}
		}
	}
	f.eachScope(func(sc *scope) {
		n += 700 + len(sc.slots)*136 + len(sc.waiting)*4
		for w := range sc.w {
			n += 300
			pages(&sc.w[w].waits)
			pages(&sc.w[w].gaveUp)
		}
	})
	return n
}
