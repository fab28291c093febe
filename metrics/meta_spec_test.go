package metrics

import (
	"errors"
	"strings"
	"testing"
	"time"

	"farol/floor"
)

func mustMeta(t testing.TB, text MetaText) MetaSpec {
	t.Helper()
	m, err := ParseMeta(text, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func slText() MetaText {
	return MetaText{
		KPI: "service_level", Variant: "strict_no_short", ScopeKind: "queue", ScopeID: "Vendas",
		Target: ">= 80%", Window: "day", Why: "contrato", Owner: "Helena",
	}
}

func TestParseMeta(t *testing.T) {
	text := slText()
	text.From, text.Until = "2026-01-01", "2026-12-31"
	text.When = []WhenText{{Days: []string{"saturday", "sunday"}, From: "08:00", To: "12:00", Target: ">= 70%"}, {Days: []string{"monday"}, Threshold: "45s"}}
	zone := time.FixedZone("-03", -3*3600)
	m, err := ParseMeta(text, zone)
	if err != nil {
		t.Fatal(err)
	}
	if want := "service_level.strict_no_short/queue:vendas/day"; m.ID() != want {
		t.Errorf("ID = %s, want %s", m.ID(), want)
	}
	if want := time.Date(2027, 1, 1, 0, 0, 0, 0, zone); !m.Until.Equal(want) {
		t.Errorf("valid until %v, want the end of the last day, %v", m.Until, want)
	}
	if m.When[0].Days != Saturdays|Sundays || m.When[0].From != 8*time.Hour || m.When[0].Target.Low != 0.7 {
		t.Errorf("first rule = %+v", m.When[0])
	}
	if m.When[1].Target.Low != 0.8 || m.When[1].Threshold != 45*time.Second {
		t.Errorf("second rule = %+v, want the meta's own target", m.When[1])
	}
}

func TestParseMetaRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*MetaText)
		want   error
	}{
		"kpi":              {func(m *MetaText) { m.KPI = "magic" }, ErrUnknownKPI},
		"variant":          {func(m *MetaText) { m.Variant = "magic" }, ErrUnknownVariant},
		"target":           {func(m *MetaText) { m.Target = ">= 120%" }, ErrTargetRange},
		"unit":             {func(m *MetaText) { m.Target = "<= 30s" }, ErrTargetUnit},
		"direction up":     {func(m *MetaText) { m.Target = "<= 80%" }, ErrTargetDirection},
		"direction down":   {func(m *MetaText) { m.KPI, m.Variant, m.Target = "wait_avg", "", ">= 30s" }, ErrTargetDirection},
		"window":           {func(m *MetaText) { m.Window = "2h" }, ErrMetaWindow},
		"no window":        {func(m *MetaText) { m.Window = "" }, ErrMetaWindow},
		"scope kind":       {func(m *MetaText) { m.ScopeKind = "galaxy" }, ErrMetaScope},
		"scope id":         {func(m *MetaText) { m.ScopeID = " " }, ErrMetaScope},
		"channel":          {func(m *MetaText) { m.ScopeKind, m.ScopeID = "channel", "pigeon" }, ErrMetaScope},
		"site with id":     {func(m *MetaText) { m.ScopeKind = "" }, ErrMetaScope},
		"dates":            {func(m *MetaText) { m.From, m.Until = "2026-02-01", "2026-01-01" }, ErrMetaDates},
		"date":             {func(m *MetaText) { m.From = "01/02/2026" }, nil},
		"threshold":        {func(m *MetaText) { m.Threshold = "2h" }, ErrMetaLimit},
		"threshold of AHT": {func(m *MetaText) { m.KPI, m.Variant, m.Target, m.Threshold = "aht", "", "<= 8:00", "20s" }, ErrMetaLimit},
		"hour":             {func(m *MetaText) { m.When = []WhenText{{From: "25:00"}} }, ErrMetaHours},
		"day type":         {func(m *MetaText) { m.When = []WhenText{{Days: []string{"funday"}}} }, nil},
		"target by day":    {func(m *MetaText) { m.When = []WhenText{{Target: "<= 10%"}} }, ErrTargetDirection},
	} {
		text := slText()
		c.change(&text)
		_, err := ParseMeta(text, time.UTC)
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error is not one line: %q", name, err)
		}
	}
}

func TestMetaIDKeepsMetasApart(t *testing.T) {
	seen := map[string]bool{}
	add := func(change func(*MetaText)) {
		text := slText()
		change(&text)
		m := mustMeta(t, text)
		if seen[m.ID()] {
			t.Errorf("two metas have the id %s", m.ID())
		}
		seen[m.ID()] = true
	}
	add(func(*MetaText) {})
	add(func(m *MetaText) { m.Variant = "strict" })
	add(func(m *MetaText) { m.Window = "15m" })
	add(func(m *MetaText) { m.ScopeID = "sac" })
	add(func(m *MetaText) { m.ScopeKind, m.ScopeID = "", "" })
	add(func(m *MetaText) { m.ScopeKind = "team" })
	add(func(m *MetaText) { m.Threshold = "45s" })
	text := slText()
	text.Target = ">= 75%"
	if id := mustMeta(t, text).ID(); !seen[id] {
		t.Errorf("another target made another meta, %s", id)
	}
}

func TestTargetByDayAndHour(t *testing.T) {
	zone, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		t.Skip(err)
	}
	site := &floor.Site{Zone: zone, Holidays: []time.Time{time.Date(2026, 9, 7, 0, 0, 0, 0, zone)}} // a Monday
	text := slText()
	text.When = []WhenText{
		{Days: []string{"holiday"}, Target: ">= 60%"},
		{Days: []string{"before_holiday", "after_holiday"}, Target: ">= 65%"},
		{Days: []string{"monday"}, Target: ">= 70%"},
		{Days: []string{"fifth_business_day"}, Target: ">= 71%"},
		{Days: []string{"saturday"}, Target: ">= 72%"},
		{Days: []string{"weekday"}, From: "22:00", To: "06:00", Target: ">= 50%"},
	}
	m := mustMeta(t, text)
	for _, c := range []struct {
		at   string
		want float64
	}{
		{"2026-09-07 10:00", 0.60}, // holiday, although a Monday
		{"2026-09-06 10:00", 0.65}, // Sunday before
		{"2026-09-08 10:00", 0.65}, // Tuesday after
		{"2026-09-14 10:00", 0.70}, // Monday
		{"2026-09-12 10:00", 0.72}, // Saturday
		{"2026-09-13 10:00", 0.80}, // Sunday
		{"2026-09-09 10:00", 0.80}, // Wednesday
		{"2026-09-09 21:59", 0.80},
		{"2026-09-09 22:00", 0.50},
		{"2026-09-10 05:59", 0.50},
		{"2026-09-10 06:00", 0.80},
		{"2026-10-07 10:00", 0.71}, // 1, 2, 5, 6, 7 of October
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.at, zone)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := m.targetAt(dayTypesOf(site, at), at); got.Low != c.want {
			t.Errorf("target at %s = %v, want %v", c.at, got.Low, c.want)
		}
	}
}
