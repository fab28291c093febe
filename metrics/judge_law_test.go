package metrics

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"farol/floor"

	"pgregory.net/rapid"
)

// script is a random stretch of a day: what the figures are from when on, and
// the events among them.
type script struct {
	legs   []scriptLeg
	events []floor.Event
}

type scriptLeg struct {
	from      time.Duration
	sl        Measure
	aht       Measure
	waiting   int
	training  bool // Ana is in a training that ends after 10 minutes
	level     Level
	siteLevel Measure
}

func drawScript(t *rapid.T) script {
	var s script
	at := time.Duration(0)
	for range rapid.IntRange(2, 4).Draw(t, "legs") {
		s.legs = append(s.legs, scriptLeg{
			from:      at,
			sl:        ratio(float64(rapid.IntRange(55, 100).Draw(t, "met")), float64(rapid.SampledFrom([]int{0, 5, 100}).Draw(t, "den"))),
			aht:       ratio(float64(rapid.IntRange(300, 900).Draw(t, "aht")*40), 40),
			waiting:   rapid.IntRange(0, 9).Draw(t, "waiting"),
			training:  rapid.Bool().Draw(t, "training"),
			level:     rapid.SampledFrom([]Level{Live, Live, Live, Old}).Draw(t, "level"),
			siteLevel: ratio(float64(rapid.IntRange(55, 100).Draw(t, "site met")), 100),
		})
		at += time.Duration(rapid.IntRange(1, 60).Draw(t, "steps")) * gridStep
	}
	kinds := []floor.Kind{floor.Note, floor.SourceDown, floor.SourceUp, floor.RiskAcknowledged, floor.ContextMark, floor.MetaSet}
	for i := range rapid.IntRange(0, 6).Draw(t, "events") {
		when := monday.Add(time.Duration(rapid.IntRange(1, int(at/time.Second)).Draw(t, "second")) * time.Second)
		s.events = append(s.events, floor.Event{
			Seq: uint64(i), Source: "leads", At: when, Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Author: "Helena",
			Subject: rapid.SampledFrom([]string{slSuporte, "queue:suporte@20260817T080300Z"}).Draw(t, "subject"), Text: ">= 75%",
		})
	}
	return s
}

func (s *script) judge() (*world, *judge) {
	w := busyQueue()
	w.set(siteRef, SLStrictNoShort, ratio(90, 100))
	j := newJudge(w.site, []MetaSpec{
		slMetaRapid(),
		{KPI: AHT, Scope: suporte, Target: atMost(8 * time.Minute), Window: Window1h, Why: "x", Owner: "y"},
		{KPI: SLStrictNoShort, Scope: siteRef, Target: atLeast(0.8), Window: WindowDay, Why: "x", Owner: "y"},
		{KPI: Occupancy, Scope: siteRef, Target: Target{Between, 0.75, 0.88}, Window: WindowDay, Why: "x", Owner: "y"},
	}, Policy{})
	return w, j
}

// set puts the world where the script has it.
func (s *script) set(w *world) {
	since := w.at.Sub(monday)
	for _, leg := range s.legs {
		if leg.from > since {
			continue
		}
		w.set(suporte, SLStrictNoShort, leg.sl)
		w.set(suporte, AHT, leg.aht)
		w.set(siteRef, SLStrictNoShort, leg.siteLevel)
		w.set(siteRef, Occupancy, ratio(leg.siteLevel.Value*7200, 7200))
		w.queues["suporte"].Live = LiveState{Waiting: leg.waiting, Longest: time.Duration(leg.waiting) * time.Minute}
		w.level = leg.level
		w.crew = w.crew[:7]
		if leg.training {
			a := w.paused("Ana", "suporte", floor.PauseTraining, 0, 10*time.Minute)
			a.Since = monday.Add(leg.from)
		}
	}
}

// end is when the script is over.
func (s *script) end() time.Time { return monday.Add(s.legs[len(s.legs)-1].from + 7*time.Minute) }

// play runs the script, calling next at each grid instant, which moves the judge
// on and returns it, and returns the last snapshot as text.
func (s *script) play(next func(j *judge, w *world) *judge) string {
	w, j := s.judge()
	events := s.events
	for w.at.Before(s.end()) {
		w.at = w.at.Add(gridStep)
		s.set(w)
		for i := range events {
			if e := &events[i]; e.At.After(w.at.Add(-gridStep)) && !e.At.After(w.at) {
				j.event(e)
			}
		}
		j = next(j, w)
	}
	return dumpJudged(w.look(j))
}

// dumpJudged is the judge's part of a snapshot as text.
func dumpJudged(s *Snapshot) string {
	var queues []string
	for _, q := range s.Queues {
		queues = append(queues, fmt.Sprintf("%s %d %d %v", q.Ref.ID, q.Status, q.Risk, q.Trend))
	}
	for _, m := range s.Metas {
		m.Target = Target{m.Target.Op, zeroNaN(m.Target.Low), zeroNaN(m.Target.High)}
	}
	for _, e := range s.Log {
		if e.Meta != nil {
			m := *e.Meta
			m.Target = Target{m.Target.Op, zeroNaN(m.Target.Low), zeroNaN(m.Target.High)}
			e.Meta = &m
		}
	}
	text, err := json.MarshalIndent(map[string]any{
		"metas": s.Metas, "counts": s.Counts, "risks": s.Risks, "log": s.Log, "day": s.LogDay, "tiles": s.Tiles, "queues": queues,
		"agents": s.Agents,
	}, "", " ")
	if err != nil {
		panic(err)
	}
	return string(text)
}

func zeroNaN(v float64) float64 {
	if math.IsNaN(v) {
		return -1
	}
	return v
}

// TestJudgeLaws: what the judge says at the end of a stretch of grid instants
// depends on nothing but the facts and the events. Not on being saved and loaded
// at any of them (a restart), not on being looked at between or at them, and not
// on whether it judged a snapshot at each or caught up without any.
func TestJudgeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScript(t)
		want := s.play(func(j *judge, w *world) *judge { j.step(w); return j })
		every, n := rapid.IntRange(5, 60).Draw(t, "every"), 0
		for law, next := range map[string]func(j *judge, w *world) *judge{
			"restarted": func(j *judge, w *world) *judge {
				j.step(w)
				if n++; n%every != 0 {
					return j
				}
				_, fresh := s.judge()
				if err := fresh.load(j.save()); err != nil {
					t.Fatal(err)
				}
				return fresh
			},
			"looked at": func(j *judge, w *world) *judge {
				j.step(w)
				if n++; n%every == 0 {
					w.look(j)
					w.at = w.at.Add(1300 * time.Millisecond)
					w.look(j)
					w.at = w.at.Add(-1300 * time.Millisecond)
				}
				return j
			},
			"judged with snapshots": func(j *judge, w *world) *judge {
				w.look(j)
				return j
			},
		} {
			if got := s.play(next); got != want {
				t.Fatalf("%s:\n%s\nwant:\n%s", law, got, want)
			}
		}
	})
}

// TestEventsOfATickInAnyOrder: the log does not depend on the order in which
// the events of one tick are learnt.
func TestEventsOfATickInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var events []floor.Event
		for i := range rapid.IntRange(2, 8).Draw(t, "events") {
			kind := rapid.SampledFrom([]floor.Kind{floor.Note, floor.ContextMark, floor.RiskAcknowledged, floor.SettingChanged, floor.SourceGap}).Draw(t, "kind")
			events = append(events, floor.Event{
				Source: "leads", Kind: kind, At: monday.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "second")) * time.Second),
				Author: fmt.Sprint("author ", i), Text: "x", Subject: "queue:suporte@20260817T080300Z",
			})
		}
		play := func(events []floor.Event) string {
			w := busyQueue()
			j := newJudge(w.site, []MetaSpec{slMetaRapid()}, Policy{})
			w.run(j, gridStep)
			for i := range events {
				j.event(&events[i])
			}
			w.run(j, 10*time.Minute)
			return dumpJudged(w.look(j))
		}
		want := play(events)
		if got := play(rapid.Permutation(events).Draw(t, "order")); got != want {
			t.Fatalf("in another order:\n%s\nwant:\n%s", got, want)
		}
	})
}

func TestLoadRefuses(t *testing.T) {
	w := busyQueue()
	j := newJudge(w.site, nil, Policy{})
	for name, data := range map[string][]byte{"nothing": nil, "noise": []byte("not a state"), "half": j.save()[:40]} {
		if err := j.load(data); err == nil {
			t.Errorf("%s was loaded", name)
		}
	}
}

func TestSaveIsTheSameTwice(t *testing.T) {
	w := busyQueue()
	j := newJudge(w.site, []MetaSpec{slMetaRapid()}, Policy{})
	for _, source := range []string{"b", "a", "c"} {
		j.event(&floor.Event{Kind: floor.SourceDown, Source: source, At: w.at})
	}
	w.run(j, gridStep)
	if a, b := j.save(), j.save(); !reflect.DeepEqual(a, b) {
		t.Error("the same state was saved as different bytes")
	}
}
