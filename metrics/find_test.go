package metrics

import (
	"errors"
	"testing"
	"time"

	"farol/floor"
)

func TestFiguresOf(t *testing.T) {
	site, queue, agent := &Windows{}, &Windows{}, &Windows{}
	s := &Snapshot{
		Total:  &Scope{W: site},
		Queues: []*Queue{{Scope: Scope{Ref: ScopeRef{Kind: QueueScope, ID: "a"}, W: queue}}},
		Agents: []*Agent{{Name: "Ana", W: agent}},
	}
	for _, c := range []struct {
		ref  ScopeRef
		want *Windows
	}{
		{ScopeRef{}, site},
		{ScopeRef{Kind: QueueScope, ID: "a"}, queue},
		{ScopeRef{Kind: QueueScope, ID: "b"}, nil},
		{ScopeRef{Kind: TeamScope, ID: "a"}, nil},
		{s.Agents[0].Ref(), agent},
	} {
		if got := s.FiguresOf(c.ref); got != c.want {
			t.Errorf("FiguresOf(%v) = %p, want %p", c.ref, got, c.want)
		}
	}
}

func TestBeyondNeverInALegalPause(t *testing.T) {
	for _, c := range []struct {
		class floor.Pause
		want  time.Duration
	}{
		{floor.PauseTraining, 8 * time.Minute},
		{floor.PauseRest, 0},
		{floor.PauseMeal, 0},
		{floor.PausePersonal, 0},
		{floor.PausePostAbuse, 0},
	} {
		a := &Agent{State: floor.OnPause, Pause: floor.PauseRule{Class: c.class}, InState: 18 * time.Minute, Expected: 10 * time.Minute}
		if got := a.Beyond(); got != c.want {
			t.Errorf("Beyond in pause %d = %v, want %v", c.class, got, c.want)
		}
	}
}

func TestTargetFor(t *testing.T) {
	for _, c := range []struct {
		k    KPI
		text string
		want error
	}{
		{SLStrictNoShort, ">= 85%", nil},
		{SLStrictNoShort, "<= 85%", ErrTargetDirection},
		{AbandonRate, "<= 5%", nil},
		{AbandonRate, ">= 5%", ErrTargetDirection},
		{AHT, "<= 8:00", nil},
		{AHT, "oito", ErrTargetSyntax},
		{Occupancy, "75%..88%", nil},
	} {
		if _, err := c.k.TargetFor(c.text); !errors.Is(err, c.want) {
			t.Errorf("%v.TargetFor(%q) = %v, want %v", c.k, c.text, err, c.want)
		}
	}
}
