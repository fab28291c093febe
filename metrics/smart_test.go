package metrics

import (
	"fmt"
	"testing"
	"time"
)

func TestCheck(t *testing.T) {
	whole := slMeta(t, "suporte")
	whole.Implied = false
	with := func(change func(*MetaSpec)) MetaSpec {
		m := whole
		change(&m)
		return m
	}
	like := func(met, of int) *Snapshot {
		w := newWorld(suporte)
		for i := range of {
			day := DayMeasure{Day: monday.AddDate(0, 0, -7*(i+1)), Measure: ratio(70, 100)}
			if i < met {
				day.Measure = ratio(90, 100)
			}
			w.like = append(w.like, day)
		}
		w.set(suporte, SLStrictNoShort, ratio(90, 100))
		j := newJudge(w.site, []MetaSpec{whole, with(func(m *MetaSpec) { m.Scope.ID = EveryQueue }), with(func(m *MetaSpec) { m.Scope = ScopeRef{} })}, Policy{})
		w.run(j, time.Minute)
		s := w.look(j)
		s.Seq = 1
		return s
	}
	for name, c := range map[string]struct {
		spec MetaSpec
		s    *Snapshot
		want string
	}{
		"sound":            {whole, like(12, 20), ""},
		"every queue":      {with(func(m *MetaSpec) { m.Scope.ID = EveryQueue }), like(12, 20), ""},
		"implied":          {with(func(m *MetaSpec) { m.Implied = true }), like(12, 20), "S1 variant_implied"},
		"unseen":           {with(func(m *MetaSpec) { m.Scope.ID = "nenhuma" }), like(12, 20), "S1 scope_unseen, M1 no_source, A1 no_history 0/0"},
		"invalid":          {with(func(m *MetaSpec) { m.Target.Low = 2 }), like(12, 20), "M2 invalid"},
		"wrong direction":  {with(func(m *MetaSpec) { m.Target = Target{Op: AtMost, High: 0.5} }), like(12, 20), "M2 invalid"},
		"no figure":        {with(func(m *MetaSpec) { m.Scope = ScopeRef{} }), noHistory(like(1, 1)), "M1 no_source, A1 no_history 0/0"},
		"rarely":           {whole, like(3, 20), "A1 rarely_met 3/20"},
		"a fifth":          {whole, like(4, 20), ""},
		"always":           {whole, like(20, 20), "A1 always_met 20/20"},
		"few like days":    {whole, like(1, 3), "A1 no_history 1/3"},
		"no snapshot":      {whole, nil, "A1 no_history 0/0"},
		"no why, no owner": {with(func(m *MetaSpec) { m.Why, m.Owner = " ", "" }), like(12, 20), "R2 no_why, R2 no_owner"},
		"expired":          {with(func(m *MetaSpec) { m.Until = monday }), like(12, 20), "T2 expired"},
		"not yet":          {with(func(m *MetaSpec) { m.From = monday.AddDate(0, 1, 0) }), like(12, 20), "T1 not_yet"},
	} {
		got := ""
		letters := ""
		for _, f := range Check([]MetaSpec{c.spec}, c.s, monday.Add(time.Hour)) {
			if f.Meta != c.spec.ID() {
				t.Errorf("%s: finding of %q", name, f.Meta)
			}
			if len(letters) == 0 || letters[len(letters)-1] != byte(f.Aspect) {
				letters += string(rune(f.Aspect))
			}
			if f.Doubt == Sound {
				continue
			}
			if got != "" {
				got += ", "
			}
			got += fmt.Sprintf("%c%d %s", f.Aspect, f.Doubt, f.Reason)
			if f.Aspect == Attainable {
				got += fmt.Sprintf(" %d/%d", f.Met, f.Of)
			}
		}
		if got != c.want || letters != "SMART" {
			t.Errorf("%s: %q (%s), want %q", name, got, letters, c.want)
		}
	}
}

// noHistory takes away what is known of the site's own metas.
func noHistory(s *Snapshot) *Snapshot {
	for _, m := range s.Metas {
		m.History, m.Now = [2]int{}, Measure{}
	}
	return s
}

func TestCheckFindsTheSameMetaTwice(t *testing.T) {
	m := slMeta(t, "suporte")
	found := Check([]MetaSpec{m, m}, nil, monday)
	n := 0
	for _, f := range found {
		if f.Reason == ReasonTwice {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d findings of a doubled meta, want one, at the second", n)
	}
}
