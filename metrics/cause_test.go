package metrics

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"farol/floor"
)

// agentIn is a crew member of a queue, in a state since so long.
func (w *world) agentIn(name, queue string, state floor.State, since time.Duration) *Agent {
	a := &Agent{Name: name, Queues: []string{queue}, QueueName: w.queues[queue].Ref.Name, State: state, Since: w.at.Add(-since), Calls: 1}
	w.crew = append(w.crew, a)
	return a
}

func (w *world) paused(name, queue string, class floor.Pause, since, expected time.Duration) *Agent {
	a := w.agentIn(name, queue, floor.OnPause, since)
	a.Pause, a.Expected, a.Reason = floor.PauseRule{Class: class, Expected: expected}, expected, "pausa"
	return a
}

// busyQueue is Suporte at 61.4 % with a crew of 11: six in contacts, one in
// after-call work, and whatever a test adds.
func busyQueue() *world {
	w := newWorld(suporte)
	w.set(suporte, Offered, counted(48))
	w.set(suporte, Abandoned, counted(4))
	w.set(suporte, SLStrictNoShort, ratio(127, 207))
	w.set(suporte, SLStrict, ratio(127, 207))
	w.set(suporte, AHT, ratio(432*40, 40))
	w.set(suporte, WrapAvg, ratio(45*40, 40))
	w.set(suporte, WaitAvgAll, ratio(48*72, 48))
	w.set(suporte, Answered, counted(44))
	for i := range 6 {
		w.agentIn(fmt.Sprintf("Busy %d", i), "suporte", floor.Busy, time.Minute)
	}
	w.agentIn("Wrap", "suporte", floor.AfterCall, 20*time.Second)
	return w
}

// found are the causes of Suporte in the world as it is, for a failing of kpi.
func (w *world) found(t *testing.T, kpi KPI) []Cause {
	t.Helper()
	j := newJudge(w.site, nil, Policy{})
	j.today = w.site.DayStart(w.at)
	sc, ok := j.sceneOf(w.snapshot(), suporte, w)
	if !ok {
		t.Fatal("no scene of the queue")
	}
	return sc.causes([]family{familyOf(kpi)})
}

func causeOf(causes []Cause, kind CauseKind) *Cause {
	i := slices.IndexFunc(causes, func(c Cause) bool { return c.Kind == kind })
	if i < 0 {
		return nil
	}
	return &causes[i]
}

// TestCauses has, for each cause, facts in which it is there and facts, as near
// to them as can be, in which it is not.
func TestCauses(t *testing.T) {
	live := func(w *world, l LiveState) { q := w.queues["suporte"]; q.Live = l }
	for name, c := range map[string]struct {
		kpi   KPI
		kind  CauseKind
		facts func(*world)
		want  *Cause // nil: not there
	}{
		"two in training beyond their time": {SLStrict, CauseOut, func(w *world) {
			w.paused("Ana", "suporte", floor.PauseTraining, 18*time.Minute, 10*time.Minute)
			w.paused("Bruno", "suporte", floor.PauseTraining, 14*time.Minute, 10*time.Minute)
			w.paused("Carla", "suporte", floor.PauseMeal, 30*time.Minute, 20*time.Minute)
			w.paused("Diego", "suporte", floor.PausePersonal, 40*time.Minute, 0)
		}, &Cause{N: 2, Of: 11, Part: 2}},
		"one in training within its time": {SLStrict, CauseOut, func(w *world) {
			w.paused("Ana", "suporte", floor.PauseTraining, 5*time.Minute, 10*time.Minute)
		}, nil},
		"three in training within their time": {SLStrict, CauseOut, func(w *world) {
			for _, n := range []string{"Ana", "Bruno", "Caio"} {
				w.paused(n, "suporte", floor.PauseTraining, 5*time.Minute, 10*time.Minute)
			}
		}, &Cause{N: 3, Of: 10}},
		"four in legal pauses": {SLStrict, CauseOut, func(w *world) {
			for i, class := range []floor.Pause{floor.PauseRest, floor.PauseMeal, floor.PausePersonal, floor.PausePostAbuse} {
				w.paused(fmt.Sprint(i), "suporte", class, time.Hour, 10*time.Minute)
			}
		}, nil},
		"arrivals well above": {SLStrict, CauseArrivals, func(w *world) {
			w.queues["suporte"].Usual = &Usual{Weeks: 4, Offered: Measure{Value: 35, Num: 48, Known: true}}
		}, &Cause{N: 48, Of: 35}},
		"arrivals a little above": {SLStrict, CauseArrivals, func(w *world) {
			w.queues["suporte"].Usual = &Usual{Weeks: 4, Offered: Measure{Value: 400, Num: 480, Known: true}}
		}, nil},
		"arrivals above by chance": {SLStrict, CauseArrivals, func(w *world) {
			w.queues["suporte"].Usual = &Usual{Weeks: 4, Offered: Measure{Value: 3, Num: 5, Known: true}}
		}, nil},
		"arrivals with no like day": {SLStrict, CauseArrivals, func(w *world) {
			w.queues["suporte"].Usual = &Usual{Weeks: 0, Offered: Measure{Value: 35, Num: 70, Known: true}}
		}, nil},
		"nobody free": {SLStrict, CauseNobodyFree, func(w *world) {
			live(w, LiveState{Waiting: 4, NobodyFree: 6 * time.Minute})
		}, &Cause{N: 4, Dur: 6 * time.Minute}},
		"nobody free and nobody waiting": {SLStrict, CauseNobodyFree, func(w *world) {
			live(w, LiveState{NobodyFree: 6 * time.Minute})
		}, nil},
		"nobody free for a moment": {SLStrict, CauseNobodyFree, func(w *world) {
			live(w, LiveState{Waiting: 1, NobodyFree: 20 * time.Second})
		}, nil},
		"somebody free": {SLStrict, CauseNobodyFree, func(w *world) {
			live(w, LiveState{Waiting: 4, Free: 1})
		}, nil},
		"two very long contacts": {AHT, CauseLong, func(w *world) {
			w.agentIn("Elisa", "suporte", floor.Busy, 31*time.Minute)
			w.agentIn("Fábio", "suporte", floor.OnHold, 22*time.Minute)
		}, &Cause{N: 2, Of: 8, Dur: 20 * time.Minute}},
		"a contact of 19 minutes": {AHT, CauseLong, func(w *world) {
			w.agentIn("Elisa", "suporte", floor.Busy, 19*time.Minute)
		}, nil},
		"25 minutes where they usually take 12": {AHT, CauseLong, func(w *world) {
			w.set(suporte, AHT, ratio(700*40, 40))
			w.agentIn("Zé", "suporte", floor.Busy, 25*time.Minute)
		}, nil},
		"three chats at once": {AHT, CauseLong, func(w *world) {
			w.agentIn("Zé", "suporte", floor.Busy, 40*time.Minute).Calls = 3
		}, nil},
		"after-call work grew": {AHT, CauseWrap, func(w *world) {
			w.weeks, w.usuals[WrapAvg] = 4, ratio(40*40, 40)
			w.setIn(suporte, Window1h, WrapAvg, ratio(70*40, 40))
		}, &Cause{Dur: 70 * time.Second, Was: 40 * time.Second}},
		"after-call work grew since the morning": {AHT, CauseWrap, func(w *world) {
			w.set(suporte, WrapAvg, ratio(50*100, 100))
			w.setIn(suporte, Window1h, WrapAvg, ratio(80*40, 40))
		}, &Cause{Dur: 80 * time.Second, Was: 30 * time.Second}},
		"after-call work as ever": {AHT, CauseWrap, func(w *world) {
			w.weeks, w.usuals[WrapAvg] = 4, ratio(40*40, 40)
		}, nil},
		"after-call work of three contacts": {AHT, CauseWrap, func(w *world) {
			w.weeks, w.usuals[WrapAvg] = 4, ratio(40*40, 40)
			w.setIn(suporte, Window1h, WrapAvg, ratio(90*3, 3))
		}, nil},
		"nine waiting": {SLStrict, CauseQueue, func(w *world) {
			live(w, LiveState{Waiting: 9, Longest: 221 * time.Second})
		}, &Cause{N: 9, Dur: 221 * time.Second}},
		"one waiting for 5 seconds": {SLStrict, CauseQueue, func(w *world) {
			live(w, LiveState{Waiting: 1, Longest: 5 * time.Second})
		}, nil},
		"handle time grew": {SLStrict, CauseAHT, func(w *world) {
			w.weeks, w.usuals[AHT] = 4, ratio(360*40, 40)
		}, &Cause{Dur: 432 * time.Second, Was: 360 * time.Second}},
		"handle time as ever": {SLStrict, CauseAHT, func(w *world) {
			w.weeks, w.usuals[AHT] = 4, ratio(400*40, 40)
		}, nil},
		"handle time of a failing handle time": {AHT, CauseAHT, func(w *world) {
			w.weeks, w.usuals[AHT] = 4, ratio(360*40, 40)
		}, nil},
		"short of the plan": {SLStrict, CauseShort, func(w *world) {
			w.queues["suporte"].People.Planned = 9
		}, &Cause{N: 2, Of: 9}},
		"as planned": {SLStrict, CauseShort, func(w *world) {
			w.queues["suporte"].People.Planned = 7
		}, nil},
		"no plan": {SLStrict, CauseShort, func(*world) {}, nil},
		"rings not answered": {SLStrict, CauseNoAnswer, func(w *world) {
			w.set(suporte, NotAnsweredRings, counted(6))
			w.crew[0].W = &Windows{}
			w.crew[0].W[Last15m][NotAnsweredRings] = counted(6)
		}, &Cause{N: 6, Of: 1, Dur: 15 * time.Minute}},
		"rings not answered by people who have left": {SLStrict, CauseNoAnswer, func(w *world) {
			w.set(suporte, NotAnsweredRings, counted(6))
		}, nil},
		"two rings not answered": {SLStrict, CauseNoAnswer, func(w *world) {
			w.set(suporte, NotAnsweredRings, counted(2))
		}, nil},
		"fewer people than usual": {SLStrict, CauseLogged, func(w *world) {
			w.weeks, w.usuals[LoggedIn] = 4, counted(11*900)
		}, &Cause{N: 7, Of: 11}},
		"people as usual": {SLStrict, CauseLogged, func(w *world) {
			w.weeks, w.usuals[LoggedIn] = 4, counted(8*900)
		}, nil},
		"fewer than usual, as planned": {SLStrict, CauseLogged, func(w *world) {
			w.weeks, w.usuals[LoggedIn] = 4, counted(11*900)
			w.queues["suporte"].People.Planned = 7
		}, nil},
	} {
		w := busyQueue()
		c.facts(w)
		got := causeOf(w.found(t, c.kpi), c.kind)
		switch {
		case c.want == nil && got != nil:
			t.Errorf("%s: found %+v, which is not there", name, *got)
		case c.want != nil && got == nil:
			t.Errorf("%s: not found among %+v", name, w.found(t, c.kpi))
		case c.want != nil && (got.N != c.want.N || got.Of != c.want.Of || got.Part != c.want.Part || got.Dur != c.want.Dur && c.want.Dur != 0 || got.Was != c.want.Was):
			t.Errorf("%s: found %+v, want %+v", name, *got, *c.want)
		}
	}
}

func TestEveryCauseHasAFinder(t *testing.T) {
	for kind, f := range finders {
		if int(f.kind) != kind || f.find == nil {
			t.Errorf("cause %d has no finder of its own", kind)
		}
	}
	for fam := access; fam <= volume; fam++ {
		order := causesOrder(fam)
		if slices.Index(order, CauseQueue) != len(order)-1 {
			t.Errorf("family %d: how many wait is not the last cause: %v", fam, order)
		}
	}
}

// TestCausesAreInOrder: what costs most is first, how many wait is last, and
// there are never more than four.
func TestCausesAreInOrder(t *testing.T) {
	w := busyQueue()
	w.paused("Ana", "suporte", floor.PauseTraining, 18*time.Minute, 10*time.Minute)
	w.agentIn("Davi", "suporte", floor.Busy, 24*time.Minute)
	q := w.queues["suporte"]
	q.Usual = &Usual{Weeks: 4, Offered: Measure{Value: 35, Num: 48, Known: true}}
	q.Live = LiveState{Waiting: 9, Longest: 221 * time.Second, NobodyFree: 3 * time.Minute}
	q.People.Planned = 12
	var got []CauseKind
	for _, c := range w.found(t, SLStrict) {
		got = append(got, c.Kind)
	}
	if want := []CauseKind{CauseOut, CauseArrivals, CauseShort, CauseNobodyFree}; !slices.Equal(got, want) {
		t.Errorf("causes %v, want %v", got, want)
	}
	got = nil
	for _, c := range w.found(t, AHT) {
		got = append(got, c.Kind)
	}
	if want := []CauseKind{CauseLong, CauseQueue}; !slices.Equal(got, want) {
		t.Errorf("causes of a long handle time %v, want %v", got, want)
	}
}

func TestChanceOfMore(t *testing.T) {
	for _, c := range []struct {
		now, usual float64
		weeks      int
		low, high  float64
	}{
		{48, 35, 4, 0.02, 0.05},  // seen as a cause
		{5, 3, 4, 0.15, 0.35},    // could be anything
		{35, 35, 4, 0.4, 0.6},    // as usual
		{0, 35, 4, 1, 1},         // fewer
		{60, 35, 1, 0.001, 0.01}, // one week known is less sure than four
		{60, 35, 4, 0, 0.0005},
	} {
		if got := chanceOfMore(c.now, c.usual, c.weeks); got < c.low || got > c.high {
			t.Errorf("chance of %v or more where %v is usual over %d weeks = %v, want %v to %v", c.now, c.usual, c.weeks, got, c.low, c.high)
		}
	}
}
