package metrics

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"farol/floor"
)

// expect compares a figure, a state or a queue with what the script says.
func (s *play) expect(at time.Time, words []string) {
	snap := s.snapshot(at)
	switch words[0] {
	case "state":
		s.expectState(snap, words[1:])
	case "live":
		s.expectLive(snap, words[1], pairs(words[2:]))
	case "people":
		s.expectPeople(snap, words[1], pairs(words[2:]))
	default:
		s.expectFigure(snap, words)
	}
}

// snapshot is what was known at an instant from the lines so far.
func (s *play) snapshot(at time.Time) *Snapshot {
	cfg := &Config{Site: s.site}
	f := newFold(cfg, noJudge{}, cfg.Site.DayStart(s.events[0].At), cfg.Site.DayStart(at))
	f.ceiling = at.UnixMilli()
	for i := range s.events {
		if e := &s.events[i]; !e.At.After(at) || e.Kind == floor.Scheduled {
			f.apply(e)
		}
	}
	f.advance(at.UnixMilli())
	return f.look(f.now, false, nil).build()
}

func (s *play) expectState(snap *Snapshot, words []string) {
	for _, a := range snap.Agents {
		if a.Name != words[0] {
			continue
		}
		if a.State.String() != words[1] {
			s.fail("%s is %s", a.Name, a.State)
		}
		p := pairs(words[2:])
		if p["for"] != "" && a.InState != s.length(p["for"]) {
			s.fail("%s is %s for %s", a.Name, a.State, a.InState)
		}
		if p["reason"] != "" && a.Reason != p["reason"] {
			s.fail("%s is out for %q", a.Name, a.Reason)
		}
		if p["overdue"] != "" && fmt.Sprint(a.Overdue) != p["overdue"] {
			s.fail("overdue is %v", a.Overdue)
		}
		if p["calls"] != "" && strconv.Itoa(a.Calls) != p["calls"] {
			s.fail("%d calls", a.Calls)
		}
		return
	}
	s.fail("nobody is called %s", words[0])
}

func (s *play) liveOf(snap *Snapshot, scope string) (LiveState, People) {
	if scope == "site" {
		return snap.Total.Live, snap.People
	}
	for _, q := range snap.Queues {
		if q.Ref.ID == scope {
			return q.Live, q.People
		}
	}
	s.fail("no queue %s", scope)
	return LiveState{}, People{}
}

func (s *play) expectLive(snap *Snapshot, scope string, p map[string]string) {
	l, _ := s.liveOf(snap, scope)
	for word, got := range map[string]int{
		"waiting": l.Waiting, "talking": l.Talking, "lost": l.Lost, "savable": l.Salvageable, "over": l.Over, "free": l.Free,
		"longest": int(l.Longest / time.Second), "nobody_free": int(l.NobodyFree / time.Second),
	} {
		if want, said := p[word]; said && int(s.length(want)/time.Second) != got {
			s.fail("%s is %d", word, got)
		}
	}
}

func (s *play) expectPeople(snap *Snapshot, scope string, p map[string]string) {
	_, people := s.liveOf(snap, scope)
	for word, got := range map[string]int{
		"logged_in": people.LoggedIn, "busy": people.Busy, "wrapup": people.Wrapup, "free": people.Free, "out": people.Out,
		"neutral": people.Neutral, "training": people.Training, "overdue": people.Overdue, "planned": people.Planned,
	} {
		if want, said := p[word]; said && strconv.Itoa(got) != want {
			s.fail("%s is %d", word, got)
		}
	}
}

var scriptWindows = map[string]Window{"15m": Last15m, "1h": LastHour, "day": Today, "shift": ThisShift}

func (s *play) expectFigure(snap *Snapshot, words []string) {
	id, variant, _ := strings.Cut(words[0], "/")
	k, err := ParseKPI(id, variant)
	if err != nil {
		s.fail("%v", err)
	}
	ref := ScopeRef{Kind: QueueScope, ID: words[1]}
	if kind, name, ok := strings.Cut(words[1], ":"); ok {
		ref = ScopeRef{Kind: map[string]ScopeKind{"agent": AgentScope, "team": TeamScope, "channel": ChannelScope}[kind], ID: name}
	} else if words[1] == "site" {
		ref = ScopeRef{}
	}
	w, rest := Today, words[2:]
	if len(rest) > 1 {
		w, rest = scriptWindows[rest[0]], rest[1:]
	}
	all := snap.FiguresOf(ref)
	if all == nil {
		s.fail("no scope %s", words[1])
	}
	got := all[w][k]
	if rest[0] == "n/d" {
		if got.Known {
			s.fail("it is %v", got.Value)
		}
		return
	}
	want, tolerance := s.value(rest[0])
	if !got.Known || math.Abs(got.Value-want) > tolerance {
		s.fail("it is %+v", got)
	}
}

// value is a figure as written, and half a unit of its last digit.
func (s *play) value(text string) (want, tolerance float64) {
	scale, digits := 1.0, text
	if p, ok := strings.CutSuffix(text, "%"); ok {
		scale, digits = 0.01, p
	} else if strings.Contains(text, ":") {
		return s.length(text).Seconds(), 0.5
	} else {
		digits = strings.TrimSuffix(text, "s")
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		s.fail("not a figure: %q", text)
	}
	_, decimals, _ := strings.Cut(digits, ".")
	return v * scale, scale * 0.5000001 * math.Pow(10, -float64(len(decimals)))
}
