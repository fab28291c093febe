package metrics

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"farol/floor"
)

func specs(t testing.TB) []MetaSpec {
	return []MetaSpec{
		slMeta(t, "suporte"), queueMeta(t, "abandonment_rate", "", "suporte", "<= 5%", "day"),
		slMeta(t, "sac"), queueMeta(t, "aht", "", "sac", "<= 8:00", "day"),
		slMeta(t, ""), queueMeta(t, "occupancy", "", "", "75%..88%", "day"),
	}
}

// TestRiskIsAQueueAndItsSymptoms: one risk a queue with all its failing metas,
// worst first; a site's meta is explained by the queue's.
func TestRiskIsAQueueAndItsSymptoms(t *testing.T) {
	w := newWorld(suporte, sac)
	j := newJudge(w.site, specs(t), Policy{})
	w.set(suporte, SLStrictNoShort, ratio(614, 1000))
	w.set(suporte, AbandonRateNoShort, ratio(82, 1000))
	w.set(sac, SLStrictNoShort, ratio(889, 1000))
	w.set(sac, AHT, ratio(545*40, 40))
	w.set(siteRef, SLStrictNoShort, ratio(78, 100))
	w.set(siteRef, Occupancy, ratio(79, 100))
	w.run(j, 5*time.Minute)
	s := w.look(j)
	if len(s.Risks) != 2 || s.Risks[0].Scope != suporte || s.Risks[1].Scope != sac {
		t.Fatalf("risks %+v", s.Risks)
	}
	r := s.Risks[0]
	if r.Status != Critical || len(r.Metas) != 2 || r.Metas[0].KPI != SLStrictNoShort || r.For != 115*time.Second {
		t.Errorf("worst risk %+v with %d metas", r, len(r.Metas))
	}
	if s.Risks[1].Status != Attention || len(s.Risks[1].Metas) != 1 || s.Risks[1].Metas[0].KPI != AHT {
		t.Errorf("second risk %+v", s.Risks[1])
	}
	site := metaOf(t, s, "service_level.strict_no_short/site/day")
	if site.Status != Attention || site.Risk != 0 {
		t.Errorf("the site's meta: status %d, risk %d, want explained by 0", site.Status, site.Risk)
	}
	if s.Queues[0].Ref != suporte || s.Queues[0].Risk != 0 || s.Queues[1].Risk != 1 || s.Queues[0].Status != Critical {
		t.Errorf("queues: %+v", s.Queues)
	}
	if s.Queues[0].SLMeta == nil || s.Queues[0].AbandonMeta == nil || s.Queues[0].WaitMeta != nil || s.Queues[1].AHTMeta == nil {
		t.Errorf("headline metas of %+v", s.Queues[0])
	}
	if c := s.Counts; c != (MetaCounts{Total: 6, Critical: 2, Attention: 2, OK: 2}) {
		t.Errorf("counts %+v", c)
	}
}

// TestSiteIsARiskWhenNoQueueExplainsIt.
func TestSiteIsARiskWhenNoQueueExplainsIt(t *testing.T) {
	w := newWorld(suporte, sac)
	j := newJudge(w.site, specs(t), Policy{})
	w.set(suporte, SLStrictNoShort, ratio(81, 100))
	w.set(sac, SLStrictNoShort, ratio(81, 100))
	w.set(siteRef, SLStrictNoShort, ratio(78, 100))
	w.run(j, 5*time.Minute)
	s := w.look(j)
	if len(s.Risks) != 1 || s.Risks[0].Scope != siteRef || s.Metas[0].Risk != 0 {
		t.Fatalf("risks %+v", s.Risks)
	}
	w.set(sac, AHT, ratio(600*40, 40)) // fails for another reason: it does not explain
	w.run(j, 5*time.Minute)
	if s = w.look(j); len(s.Risks) != 2 {
		t.Errorf("a long handle time explained a service level: %+v", s.Risks)
	}
	w.set(suporte, SLStrictNoShort, ratio(78, 100))
	w.run(j, 5*time.Minute)
	if s = w.look(j); len(s.Risks) != 2 || slices.ContainsFunc(s.Risks, func(r *Risk) bool { return r.Scope == siteRef }) {
		t.Errorf("the site is still a risk beside the queue that explains it: %+v", s.Risks)
	}
}

func TestRiskIdentityAndAck(t *testing.T) {
	w := busyQueue()
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	level := func(met float64, d time.Duration) *Snapshot {
		w.set(suporte, SLStrictNoShort, ratio(met, 100))
		w.run(j, d)
		return w.look(j)
	}
	first := level(78, 5*time.Minute).Risks[0]
	ack := func(kind floor.Kind, id string, until time.Time) {
		j.event(&floor.Event{Kind: kind, At: w.at, Subject: id, Author: "Helena", Text: "vendo", Until: until})
	}
	ack(floor.RiskAcknowledged, first.ID, time.Time{})
	if r := level(78, time.Minute).Risks[0]; r.Ack == nil || r.ID != first.ID {
		t.Fatalf("after the ack: %+v", r)
	}
	if r := level(70, 4*time.Minute).Risks[0]; r.ID != first.ID || r.Status != Critical || r.Ack != nil {
		t.Errorf("worse than what was acknowledged: %+v", r)
	}
	ack(floor.RiskSnoozed, first.ID, w.at.Add(2*time.Minute))
	if r := level(70, time.Minute).Risks[0]; r.Ack == nil {
		t.Errorf("snoozed, and yet not held")
	}
	if r := level(70, 2*time.Minute).Risks[0]; r.Ack != nil {
		t.Errorf("held beyond the snooze: %+v", r.Ack)
	}
	ack(floor.RiskHandedOver, first.ID, time.Time{})
	if r := level(64, 4*time.Minute).Risks[0]; r.Ack != nil {
		t.Errorf("a step worse is still acknowledged: %+v", r.Ack)
	}
	if s := level(95, 5*time.Minute); len(s.Risks) != 0 {
		t.Fatalf("over: %+v", s.Risks)
	}
	if r := level(70, 5*time.Minute).Risks[0]; r.ID == first.ID || r.Ack != nil {
		t.Errorf("another risk has the first one's identity: %+v", r)
	}
}

// TestOrderOfAgents: weights, then neutral pauses, then the rest by queue and
// state, then who is not there: as the agents page is drawn.
func TestOrderOfAgents(t *testing.T) {
	w := busyQueue()
	w.refs = append(w.refs, sac)
	w.all[sac.path()] = &Figures{}
	w.queues["sac"] = &Queue{Scope: Scope{Ref: sac}, Config: w.site.Queue("sac")}
	w.crew = w.crew[:2]
	w.agentIn("Wanda", "sac", floor.Available, time.Minute)
	w.agentIn("Olga", "suporte", floor.Offline, time.Hour)
	w.paused("Érica", "sac", floor.PauseRest, time.Minute, 10*time.Minute)
	w.paused("Ana", "suporte", floor.PauseTraining, 18*time.Minute, 10*time.Minute)
	w.paused("Carla", "suporte", floor.PauseMeal, 18*time.Minute, 10*time.Minute)
	w.agentIn("Zoé", "suporte", floor.Available, time.Minute)
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.run(j, 5*time.Minute)
	var got []string
	for _, a := range w.look(j).Agents {
		got = append(got, a.Name)
	}
	if want := []string{"Ana", "Carla", "Érica", "Zoé", "Busy 0", "Busy 1", "Wanda", "Olga"}; !slices.Equal(got, want) {
		t.Errorf("agents in order %v, want %v", got, want)
	}
}

func TestQueuesInOrder(t *testing.T) {
	refs := []ScopeRef{{QueueScope, "z", "Zênite"}, {QueueScope, "a", "Água"}, {QueueScope, "b", "Bem"}, {QueueScope, "c", "Caso"}}
	w := newWorld(refs...)
	var all []MetaSpec
	for i, met := range []float64{60, 90, 78, 0} {
		all = append(all, slMeta(t, refs[i].ID))
		if met > 0 {
			w.set(refs[i], SLStrictNoShort, ratio(met, 100))
		}
	}
	j := newJudge(w.site, all, Policy{})
	w.run(j, 5*time.Minute)
	got := ""
	for _, q := range w.look(j).Queues {
		got += fmt.Sprintf("%s %d, ", q.Ref.ID, q.Status)
	}
	if want := fmt.Sprintf("z %d, b %d, a %d, c %d, ", Critical, Attention, OK, StatusNoData); got != want {
		t.Errorf("queues %s, want %s", got, want)
	}
}

// TestCausesOfBefore: when nothing explains a figure of the day any more, the
// risk still says what did when the alert was raised.
func TestCausesOfBefore(t *testing.T) {
	w := busyQueue()
	w.queues["suporte"].Live = LiveState{Waiting: 9, Longest: 221 * time.Second}
	j := newJudge(w.site, []MetaSpec{slMeta(t, "suporte")}, Policy{})
	w.run(j, 5*time.Minute)
	r := w.look(j).Risks[0]
	if causeOf(r.Causes, CauseQueue) == nil || r.Before != nil {
		t.Fatalf("while they wait: now %+v, before %+v", r.Causes, r.Before)
	}
	w.queues["suporte"].Live = LiveState{}
	for _, a := range w.crew {
		a.State, a.Since = floor.Available, w.at
	}
	w.run(j, 5*time.Minute)
	r = w.look(j).Risks[0]
	if len(r.Causes) != 0 || causeOf(r.Before, CauseQueue) == nil || !r.BeforeAt.Equal(monday.Add(3*time.Minute+gridStep)) {
		t.Errorf("afterwards: now %+v, before %+v at %v", r.Causes, r.Before, r.BeforeAt)
	}
}

// TestExplainedMetaIsNoSymptomOfTheSite: a site that is at risk for a reason of
// its own does not take on what its queues explain.
func TestExplainedMetaIsNoSymptomOfTheSite(t *testing.T) {
	w := newWorld(suporte, sac)
	j := newJudge(w.site, specs(t), Policy{})
	w.set(suporte, SLStrictNoShort, ratio(60, 100))
	w.set(siteRef, SLStrictNoShort, ratio(70, 100))
	w.set(siteRef, Occupancy, ratio(0.5*7200, 7200))
	w.run(j, 5*time.Minute)
	s := w.look(j)
	for i, r := range s.Risks {
		if r.Scope == siteRef && (len(r.Metas) != 1 || r.Metas[0].KPI != Occupancy || r.Metas[0].Risk != i) {
			t.Errorf("the site's risk has the symptoms %+v", r.Metas)
		}
		if r.Scope == suporte && metaOf(t, s, "service_level.strict_no_short/site/day").Risk != i {
			t.Errorf("the site's service level is not explained by the queue's")
		}
	}
	if len(s.Risks) != 2 {
		t.Errorf("%d risks, want the queue's and the site's", len(s.Risks))
	}
}
