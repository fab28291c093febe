package metrics

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"farol/floor"
)

// The laws of the fold: what must be true of any operation. Each draws an
// operation at random and folds it in two ways that must agree to the byte.

// late delivers some events after others that happened later.
func (o *operation) late(t *rapid.T) {
	for range rapid.IntRange(0, 8).Draw(t, "late") {
		from := o.r.IntN(len(o.events))
		to := min(len(o.events)-1, from+o.r.IntN(40))
		e := o.events[from]
		o.events = slices.Insert(slices.Delete(o.events, from, from+1), to, e)
	}
}

func (o *operation) fold() *fold {
	first := slices.MinFunc(o.events, func(a, b floor.Event) int { return a.At.Compare(b.At) }).At
	return newFold(&o.cfg, newJudge(&o.cfg.Site, o.cfg.Metas, Policy{}), first, o.cfg.Site.DayStart(o.start))
}

// end is an instant after all is told, near or far.
func (o *operation) end(t *rapid.T) int64 {
	last := slices.MaxFunc(o.events, func(a, b floor.Event) int { return a.At.Compare(b.At) }).At
	return last.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 40, 900}).Draw(t, "after")) * time.Second).UnixMilli()
}

// snapshotAt is the judged snapshot at an instant.
func (f *fold) snapshotAt(ms int64) *Snapshot {
	f.advance(ms)
	return f.judged(f.look(max(ms, f.now), false, nil))
}

func (o *operation) straight(end int64) *fold {
	f := o.fold()
	for i := range o.events {
		f.apply(&o.events[i])
	}
	f.advance(end)
	return f
}

func same(t *rapid.T, what string, a, b *Snapshot) {
	t.Helper()
	if x, y := dump(a), dump(b); x != y {
		t.Fatalf("%s: %s", what, firstDifference(x, y))
	}
}

// However the log is cut into batches, and however often somebody looks, the
// snapshot is the same.
func TestLawBatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOperation(t)
		o.late(t)
		end := o.end(t)
		f := o.fold()
		for i := range o.events {
			if o.r.IntN(20) == 0 {
				if now := o.events[i].At.UnixMilli(); now > f.now && o.events[i].Kind != floor.Scheduled {
					f.snapshotAt(f.now + o.r.Int64N(now-f.now))
				}
			}
			if o.r.IntN(10) == 0 {
				f.settle()
			}
			f.apply(&o.events[i])
		}
		same(t, "looked at on the way", o.straight(end).snapshotAt(end), f.snapshotAt(end))
	})
}

// The order of the events of one second changes nothing.
func TestLawOrderWithinATick(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOperation(t)
		end := o.end(t)
		want := o.straight(end).snapshotAt(end)
		for from := 0; from < len(o.events); {
			to := from
			for to < len(o.events) && o.events[to].At.Equal(o.events[from].At) {
				to++
			}
			tick := o.events[from:to]
			o.r.Shuffle(len(tick), func(i, j int) { tick[i], tick[j] = tick[j], tick[i] })
			from = to
		}
		same(t, "shuffled", want, o.straight(end).snapshotAt(end))
	})
}

// A restart from a checkpoint at any point changes nothing.
func TestLawRestart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOperation(t)
		o.late(t)
		end := o.end(t)
		f := o.fold()
		stops := map[int]bool{}
		for range rapid.IntRange(1, 4).Draw(t, "restarts") {
			stops[o.r.IntN(len(o.events)+1)] = true
		}
		for i := 0; i <= len(o.events); i++ {
			if stops[i] {
				if o.r.IntN(2) == 0 {
					f.snapshotAt(f.now)
				}
				again, err := decodeFold(&o.cfg, newJudge(&o.cfg.Site, o.cfg.Metas, Policy{}), f.encode(), o.start)
				if err != nil {
					t.Fatal(err)
				}
				f = again
			}
			if i < len(o.events) {
				f.apply(&o.events[i])
			}
		}
		same(t, "restarted", o.straight(end).snapshotAt(end), f.snapshotAt(end))
	})
}

// Every contact is somewhere, and everybody is in one state; and the contacts
// behind a figure are as many as it says.
func TestLawConservation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOperation(t)
		o.late(t)
		f := o.fold()
		for i := range o.events {
			f.apply(&o.events[i])
			if o.r.IntN(150) == 0 {
				holds(t, f)
			}
		}
		f.advance(o.end(t))
		holds(t, f)
	})
}

func holds(t *rapid.T, f *fold) {
	v := f.look(f.now, false, nil)
	s := v.build()
	if p := s.People; p.LoggedIn != p.Busy+p.Wrapup+p.Free+p.Out {
		t.Fatalf("people: %+v", p)
	}
	in := 0
	for _, a := range s.Agents {
		if a.State != floor.Offline {
			in++
		}
	}
	if in != s.People.LoggedIn {
		t.Fatalf("%d agents not offline, %d logged in", in, s.People.LoggedIn)
	}
	scopes := []*Scope{s.Total}
	for _, q := range s.Queues {
		scopes = append(scopes, &q.Scope)
	}
	scopes = append(append(scopes, s.Teams...), s.Channels...)
	for _, a := range s.Agents {
		scopes = append(scopes, &Scope{Ref: a.Ref(), W: a.W})
	}
	for _, sc := range scopes {
		for w := range WindowCount {
			conserve(t, v, sc, w)
		}
	}
}

func conserve(t *rapid.T, v *view, sc *Scope, w Window) {
	f := &sc.W[w]
	val := func(k KPI) int { return int(f[k].Value) }
	lost := int(f[LostContacts].Num)
	if sum := val(Answered) + val(Abandoned) + val(LeftTimeout) + val(LeftOther) + lost + val(WaitingNow); sum != val(Offered) {
		t.Fatalf("%v window %d: %d offered, parts add to %d", sc.Ref, w, val(Offered), sum)
	}
	if cut := val(LostContacts) - lost; val(Answered) != val(Handled)+val(TalkingNow)+cut {
		t.Fatalf("%v window %d: %d answered, %d handled, %d talking, %d cut", sc.Ref, w, val(Answered), val(Handled), val(TalkingNow), cut)
	}
	for k := range KPICount {
		if k.ofPeople() {
			continue
		}
		list, err := v.list(ContactQuery{Scope: sc.Ref, Window: w, KPI: k}, func(s *stay) bool { return v.holds(w, floorDiv(s.m.at, secondMS)) })
		if err != nil {
			t.Fatal(err)
		}
		want := f[k].Den
		if k.Info().Unit == Count {
			want = f[k].Value
		}
		if float64(list.Total) != want {
			t.Fatalf("%v window %d: %s counts %v contacts, %d are behind it", sc.Ref, w, k, want, list.Total)
		}
	}
}

// A report of the day says what the snapshot says of it.
func TestLawReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOperation(t)
		o.late(t)
		log := newMemoryLog(o.events...)
		at := time.UnixMilli(o.end(t)).In(o.cfg.Site.Zone)
		s, err := AsOf(t.Context(), o.cfg, log, at)
		if err != nil {
			t.Fatal(err)
		}
		day := o.cfg.Site.DayStart(at)
		for _, by := range []By{BySite, ByQueue, ByTeam, ByChannel, ByAgent} {
			rows, err := Report(t.Context(), o.cfg, log, Query{From: day, To: o.cfg.Site.NextDay(at), AsOf: at, By: by})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				kind := map[By]ScopeKind{ByQueue: QueueScope, ByTeam: TeamScope, ByChannel: ChannelScope, ByAgent: AgentScope}[by]
				all := s.FiguresOf(ScopeRef{Kind: kind, ID: r.Key})
				if by == BySite {
					all = s.Total.W
				}
				if all == nil {
					t.Fatalf("%s %s is not in the snapshot", by, r.Key)
				}
				for k := range KPICount {
					if !k.ofPeople() && all[Today][k] != r.F[k] {
						t.Fatalf("%s %s: %s is %+v, reported as %+v", by, r.Key, k, all[Today][k], r.F[k])
					}
				}
			}
		}
	})
}
