package metrics

import (
	"math"
	"slices"
	"testing"
	"time"

	"farol/floor"
)

func kinds(s *Snapshot) []EntryKind {
	var out []EntryKind
	for _, e := range s.Log {
		out = append(out, e.Kind)
	}
	return out
}

// TestAlertEntrySaysEverything: an alert holds the figure before and at it, its
// causes, and what was going on.
func TestAlertEntrySaysEverything(t *testing.T) {
	w := busyQueue()
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.set(suporte, SLStrictNoShort, ratio(85, 100))
	w.run(j, 20*time.Minute)
	w.paused("Ana", "suporte", floor.PauseTraining, 18*time.Minute, 10*time.Minute)
	w.queues["suporte"].Live = LiveState{Waiting: 9, Longest: 221 * time.Second}
	w.set(suporte, SLStrictNoShort, ratio(60, 100))
	w.run(j, 3*time.Minute+gridStep)
	s := w.look(j)
	i := slices.IndexFunc(s.Log, func(e *Entry) bool { return e.Kind == EntryAlert })
	if i < 0 {
		t.Fatalf("no alert in %v", kinds(s))
	}
	e := s.Log[i]
	if e.Status != Critical || !e.Open || e.Scope != suporte || e.Meta.ID != slSuporte || e.Risk != s.Risks[0].ID {
		t.Errorf("entry %+v", e)
	}
	if e.From.Value != 0.85 || e.To.Value != 0.60 || math.Abs(e.Limit-0.65) > 1e-9 { // the last step passed
		t.Errorf("from %v to %v beyond %v", e.From.Value, e.To.Value, e.Limit)
	}
	if len(e.Before) != 3 || e.Before[0].Value != 0.85 {
		t.Errorf("before: %+v", e.Before)
	}
	if e.Live.Waiting != 9 || e.People.LoggedIn != 8 || causeOf(e.Causes, CauseOut) == nil {
		t.Errorf("live %+v, people %+v, causes %+v", e.Live, e.People, e.Causes)
	}
}

func TestSnapshotIsAskedForOnlyWhenSomethingChanges(t *testing.T) {
	w := busyQueue()
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.run(j, 2*time.Hour)
	if w.asked != 1 {
		t.Errorf("%d snapshots were built in 2 hours with one change of status", w.asked)
	}
}

func TestOverdueTrainingIsTold(t *testing.T) {
	w := busyQueue()
	j := newJudge(w.site, nil, Policy{})
	ana := w.paused("Ana", "suporte", floor.PauseTraining, 0, 10*time.Minute)
	w.paused("Carla", "suporte", floor.PauseMeal, 0, 10*time.Minute)
	w.run(j, 10*time.Minute)
	if s := w.look(j); len(s.Log) != 0 {
		t.Fatalf("told at its time: %v", kinds(s))
	}
	w.run(j, 6*time.Minute)
	s := w.look(j)
	if len(s.Log) != 1 || s.Log[0].Kind != EntryOverdue || s.Log[0].Agent != "Ana" || s.Log[0].Scope != suporte || !s.Log[0].Open {
		t.Fatalf("log %+v", s.Log)
	}
	ana.State, ana.Since = floor.Available, w.at
	w.run(j, gridStep)
	if e := w.look(j).Log[0]; e.Open || e.Lasted != 6*time.Minute {
		t.Errorf("after the end: open %v, lasted %v", e.Open, e.Lasted)
	}
}

func TestLongContactIsTold(t *testing.T) {
	w := busyQueue()
	j := newJudge(w.site, nil, Policy{})
	davi := w.agentIn("Davi", "suporte", floor.Busy, 0)
	for _, a := range w.crew[:6] { // the rest take contact after contact
		a.State = floor.Available
	}
	w.run(j, 24*time.Minute)
	s := w.look(j)
	if len(s.Log) != 1 || s.Log[0].Kind != EntryLong || s.Log[0].Agent != "Davi" || s.Log[0].At != monday.Add(20*time.Minute+gridStep) {
		t.Fatalf("log %+v", s.Log)
	}
	davi.State, davi.Since = floor.Available, w.at
	w.run(j, gridStep)
	if e := w.look(j).Log[0]; e.Open || e.Lasted != 24*time.Minute+gridStep {
		t.Errorf("after the end: open %v, lasted %v, want the contact's whole length", e.Open, e.Lasted)
	}
}

func TestShiftIsTold(t *testing.T) {
	w := busyQueue()
	w.site.Shifts = []floor.Shift{
		{Name: "manhã", Start: 6 * time.Hour, End: 12 * time.Hour, Planned: 5},
		{Name: "tarde", Start: 12 * time.Hour, End: 18 * time.Hour, Planned: 9},
	}
	j := newJudge(w.site, nil, Policy{})
	w.at = monday.Add(3*time.Hour + 30*time.Minute)
	w.run(j, 40*time.Minute)
	s := w.look(j)
	var shifts []*Entry
	for _, e := range s.Log {
		if e.Kind == EntryShift {
			shifts = append(shifts, e)
		}
	}
	if len(shifts) != 1 || shifts[0].Text != "tarde" || shifts[0].Measure.Value != 7 || shifts[0].Measure.Den != 9 {
		t.Errorf("shifts told: %+v", shifts)
	}
}

func TestWhatLeadsDoIsTold(t *testing.T) {
	w := busyQueue()
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.run(j, 5*time.Minute)
	risk := w.look(j).Risks[0]
	at := func(kind floor.Kind, subject, text string) {
		j.event(&floor.Event{Kind: kind, At: w.at, Author: "Helena", Subject: subject, Text: text, Queue: "suporte"})
		w.run(j, gridStep)
	}
	at(floor.Note, "", "2 do SAC ajudando")
	at(floor.ContextMark, "", "queda do sistema")
	at(floor.SettingChanged, "theme", "")
	at(floor.RiskAcknowledged, risk.ID, "já vi")
	at(floor.Answered, "", "")                                                                           // not of the judge
	j.event(&floor.Event{Kind: floor.Note, At: w.at.AddDate(0, 0, -1), Author: "Helena", Text: "ontem"}) // another day
	s := w.look(j)
	if got, want := kinds(s)[:4], []EntryKind{EntryAck, EntrySetting, EntryMark, EntryNote}; !slices.Equal(got, want) || len(s.Log) != 5 {
		t.Errorf("log %v, want %v and the alert", kinds(s), want)
	}
	if a := s.Risks[0].Ack; a == nil || a.Author != "Helena" || a.Note != "já vi" {
		t.Errorf("ack of the risk: %+v", a)
	}
	alert := s.Log[len(s.Log)-1]
	if alert.Kind != EntryAlert || alert.Ack == nil || alert.Ack.Author != "Helena" || s.LogDay.Acked != 1 || s.LogDay.Open != 1 {
		t.Errorf("ack of the entry: %+v, counts %+v", alert.Ack, s.LogDay)
	}
	if s.Log[3].Scope != (ScopeRef{QueueScope, "suporte", "suporte"}) || s.Log[3].Text != "2 do SAC ajudando" {
		t.Errorf("note %+v", s.Log[3])
	}
}

func TestLogIsBounded(t *testing.T) {
	w := newWorld(suporte)
	j := newJudge(w.site, nil, Policy{MaxLog: 50})
	w.run(j, gridStep)
	for i := range 200 {
		j.event(&floor.Event{Kind: floor.Note, At: w.at.Add(time.Duration(i) * time.Second), Author: "Helena", Text: "x"})
	}
	s := w.look(j)
	if len(s.Log) != 50 || s.LogDay.Total != 200 || !s.Log[0].At.Equal(w.at.Add(199*time.Second)) {
		t.Errorf("%d entries kept of %d, newest at %v", len(s.Log), s.LogDay.Total, s.Log[0].At)
	}
}

// TestShownLogIsNeverWritten: a snapshot's entries stay as they were when later
// ones close them.
func TestShownLogIsNeverWritten(t *testing.T) {
	w := busyQueue()
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.run(j, 5*time.Minute)
	before := w.look(j)
	again := w.look(j)
	if &before.Log[0] != &again.Log[0] {
		t.Error("an unchanged log was built twice")
	}
	w.set(suporte, SLStrictNoShort, ratio(95, 100))
	w.run(j, 5*time.Minute)
	if !before.Log[0].Open || before.Log[0].Lasted != 0 || len(before.Log) != 1 {
		t.Errorf("an older snapshot's entry changed: %+v", before.Log[0])
	}
}

func TestNewDayBeginsAfresh(t *testing.T) {
	w := busyQueue()
	w.at = time.Date(2026, 8, 17, 23, 40, 0, 0, time.UTC)
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.run(j, 19*time.Minute)
	before := w.look(j)
	id := before.Risks[0].ID
	w.run(j, 5*time.Minute)
	s := w.look(j)
	if len(s.Log) != 0 || s.LogDay.Total != 0 {
		t.Errorf("yesterday's log goes on: %v", kinds(s))
	}
	m := metaOf(t, s, slSuporte)
	if m.Status != Critical || !m.Since.IsZero() || len(s.Risks) != 1 || s.Risks[0].ID != id {
		t.Errorf("what was critical at midnight: status %d since %v, risks %+v", m.Status, m.Since, s.Risks)
	}
	if len(m.Series) > 2 {
		t.Errorf("%d points of a day 4 minutes old", len(m.Series))
	}
}

// TestAttentionThatGoesOnIsToldOnce: a figure that is critical within minutes of
// being in attention is one line, with how it stood before both.
func TestAttentionThatGoesOnIsToldOnce(t *testing.T) {
	w := busyQueue()
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.set(suporte, SLStrictNoShort, ratio(85, 100))
	w.run(j, 10*time.Minute)
	w.set(suporte, SLStrictNoShort, ratio(79, 100))
	w.run(j, 2*time.Minute)
	w.set(suporte, SLStrictNoShort, ratio(70, 100))
	w.run(j, 2*time.Minute)
	if s := w.look(j); len(s.Log) != 1 || s.Log[0].Status != Attention || s.LogDay.Attention != 1 {
		t.Fatalf("log %v, counts %+v", alerts(s), s.LogDay)
	}
	w.run(j, 2*time.Minute)
	s := w.look(j)
	if len(s.Log) != 1 || s.Log[0].Status != Critical || s.Log[0].From.Value != 0.85 || s.LogDay != (LogCounts{Critical: 1, Open: 1, Total: 1}) {
		t.Errorf("log %v, counts %+v", alerts(s), s.LogDay)
	}
}

// TestWrittenConversationIsNotLong: an hour on WhatsApp is the customer's hour.
func TestWrittenConversationIsNotLong(t *testing.T) {
	w := busyQueue()
	w.site.Queues = []floor.QueueConfig{{ID: "suporte", Channel: floor.WhatsApp}}
	j := newJudge(w.site, nil, Policy{})
	w.run(j, 2*time.Hour)
	if s := w.look(j); len(s.Log) != 0 {
		t.Errorf("log %v", kinds(s))
	}
	if c := causeOf(w.found(t, AHT), CauseLong); c != nil {
		t.Errorf("cause %+v", c)
	}
}
