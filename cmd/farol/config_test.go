package main

import (
	"strings"
	"testing"
	"time"

	"farol/metrics"
)

const goodConfig = `
[site]
name = "Operação Recife"
timezone = "America/Recife"
language = "pt-BR"
holidays = ["2026-12-25"]
retention = "30d"
presets = ["pt-dl134-2009"]

[[source]]
kind = "asterisk"
queue_log = "queue_log"

[[queue]]
id = "Vendas"
name = "Vendas"
threshold = "30s"
teams = ["manhã"]

[[shift]]
name = "tarde"
start = "12:00"
end = "18:00"
planned = 67

[[pause]]
match = "Café"
class = "rest"
expected = "10m"

[[meta]]
kpi = "service_level"
variant = "strict_no_short"
scope = { queue = "vendas" }
target = ">= 80%"
window = "day"
why = "contrato"
owner = "Helena"
when = [{ days = ["monday"], target = ">= 75%" }]

[[queue]]
id = "suporte"
short_abandon = "0s"

[[meta]]
kpi = "aht"
scope = { queue = "Vendas" }
target = "<= 6:00"
[[meta.when]]
from = "18:00"
to = "22:00"
target = "<= 7:00"
`

func TestConfigReads(t *testing.T) {
	c, err := parseConfig("/etc/farol/farol.toml", goodConfig)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.site.Queue("vendas"); got.Threshold != 30*time.Second || got.ShortAbandon != 5*time.Second {
		t.Errorf("queue vendas: %+v", got)
	}
	if c.sources[0].QueueLog != "/etc/farol/queue_log" {
		t.Errorf("a relative path is %q: it should be relative to the file", c.sources[0].QueueLog)
	}
	if c.sources[0].Name != "queue_log" {
		t.Errorf("the source is called %q: imported and followed history must be one source", c.sources[0].Name)
	}
	if got := c.site.Queue("suporte"); got.ShortAbandon >= time.Millisecond {
		t.Errorf("short_abandon = 0s became %s", got.ShortAbandon)
	}
	if m := c.metas[1]; m.Scope.ID != "vendas" || len(m.When) != 1 {
		t.Errorf("a meta with [[meta.when]]: %+v", m)
	}
	if c.retain.events != 30*24*time.Hour {
		t.Errorf("retention %s", c.retain.events)
	}
	if len(c.metas) < 3 || c.metas[0].KPI != metrics.SLStrictNoShort || len(c.metas[0].When) != 1 {
		t.Errorf("metas: %+v", c.metas)
	}
	if r := c.site.PauseRules()[0]; r.Match != "cafe" || !r.Class.Neutral() {
		t.Errorf("pause rule: %+v", r)
	}
}

// TestConfigRefuses: every mistake is refused with the line it stands on.
func TestConfigRefuses(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		line string
		says string
	}{
		"unknown key":        {"[site]\nnane = \"x\"\n", ":2:", "did you mean name?"},
		"unknown table":      {"[site]\nname=\"x\"\n[[fila]]\nid=\"a\"\n", ":3:", `unknown key "fila`},
		"syntax":             {"[site\n", ":1:", ""},
		"duplicate queue":    {"[[queue]]\nid=\"a\"\n[[queue]]\nid=\"A\"\n", ":4:", "already configured at line 2"},
		"queue without id":   {"[[queue]]\nname=\"a\"\n", ":1:", "without id"},
		"channel":            {"[[queue]]\nid=\"a\"\nchannel=\"fax\"\n", ":3:", "unknown channel"},
		"threshold":          {"[[queue]]\nid=\"a\"\nthreshold=\"20\"\n", ":3:", "not a time"},
		"timezone":           {"[site]\ntimezone=\"Recife\"\n", ":2:", "unknown timezone"},
		"language":           {"[site]\nlanguage=\"es\"\n", ":2:", "unknown language"},
		"impossible target":  {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 180%\"\n", ":3:", ""},
		"wrong direction":    {"[[meta]]\nkpi=\"service_level\"\ntarget=\"<= 80%\"\n", ":3:", ""},
		"unknown kpi":        {"[[meta]]\nkpi=\"sla\"\ntarget=\">= 80%\"\n", ":2:", "no such indicator"},
		"unknown variant":    {"[[meta]]\nkpi=\"service_level\"\nvariant=\"x\"\ntarget=\">= 80%\"\n", ":3:", "no such formula"},
		"unknown window":     {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 80%\"\nwindow=\"fortnight\"\n", ":4:", "use 15m, 1h, shift"},
		"unknown scope":      {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 80%\"\nscope={galaxy=\"x\"}\n", ":4:", "unknown scope"},
		"scope as a text":    {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 80%\"\nscope=\"vendas\"\n", ":4:", `write one, as in { queue = "vendas" }`},
		"scope of a number":  {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 80%\"\nscope={queue=1}\n", ":4:", "not a text"},
		"validity":           {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 80%\"\nvalid_from=\"soon\"\n", ":4:", "2026-01-31"},
		"validity upside":    {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 80%\"\nvalid_from=\"2026-02-01\"\nvalid_until=\"2026-01-01\"\n", ":5:", "not after"},
		"day of when":        {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 80%\"\nwhen=[{days=[\"moonday\"],target=\">= 10%\"}]\n", ":4:", "moonday"},
		"limit of a meta":    {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 80%\"\nthreshold=\"x\"\n", ":4:", "threshold"},
		"no target":          {"[[meta]]\nkpi=\"service_level\"\n", ":1:", "not a target"},
		"same meta twice":    {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 80%\"\n[[meta]]\nkpi=\"service_level\"\ntarget=\">= 90%\"\n", ":4:", "already set at line 1"},
		"two scopes":         {"[[meta]]\nkpi=\"service_level\"\nscope={queue=\"a\",team=\"b\"}\ntarget=\">= 80%\"\n", ":3:", "more than one"},
		"preset":             {"[site]\npresets=[\"sac\"]\n", ":2:", "no such preset"},
		"source kind":        {"[[source]]\nkind=\"cisco\"\n", ":2:", "unknown kind"},
		"source without":     {"[[source]]\nkind=\"asterisk\"\n", ":1:", "without queue_log"},
		"same source twice":  {"[[source]]\nkind=\"sim\"\n[[source]]\nkind=\"sim\"\n", ":3:", "two sources"},
		"holiday":            {"[site]\nholidays=[\"25/12/2026\"]\n", ":2:", "not a date"},
		"wrong type":         {"[site]\nname=3\n", ":2:", "write a value of type string"},
		"wrong type later":   {"[[queue]]\nid=\"a\"\n[[queue]]\nid=4\n", ":4:", "queue.id is of type int64"},
		"key twice":          {"[site]\nname=\"a\"\nname=\"b\"\n", ":3:", "already been defined"},
		"no time at all":     {"[[queue]]\nid=\"a\"\nthreshold=\"0s\"\n", ":3:", "a second or more"},
		"time of days":       {"[[queue]]\nid=\"a\"\nwrapup=\"48h\"\n", ":3:", "not a time"},
		"country":            {"[site]\ncountry=\"BR\"\n", ":2:", "calling code"},
		"day_starts":         {"[site]\nday_starts=\"25:00\"\n", ":2:", "not a time of day"},
		"retention":          {"[site]\nretention=\"1 month\"\n", ":2:", `write it like "30d"`},
		"agent without":      {"[[agent]]\nteam=\"a\"\n", ":1:", "without name"},
		"agent twice":        {"[[agent]]\nname=\"Ana\"\n[[agent]]\nname=\"Ana\"\n", ":4:", "twice"},
		"shift without end":  {"[[shift]]\nname=\"a\"\nstart=\"08:00\"\n", ":1:", "without end"},
		"planned":            {"[[shift]]\nname=\"a\"\nstart=\"08:00\"\nend=\"09:00\"\nplanned=-1\n", ":5:", "0 or more"},
		"pause of all":       {"[[pause]]\nclass=\"rest\"\n", ":1:", "every pause"},
		"class of pause":     {"[[pause]]\nmatch=\"x\"\nclass=\"fun\"\n", ":3:", "unknown class"},
		"events without":     {"[[source]]\nkind=\"events\"\n", ":1:", "without file"},
		"secret that is not": {"[[source]]\nkind=\"asterisk\"\nqueue_log=\"q\"\nsecret_file=\"nothing\"\n", ":4:", "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parseConfig("farol.toml", tc.text)
			if err == nil {
				t.Fatal("it was read")
			}
			if !strings.Contains(err.Error(), "farol.toml"+tc.line) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("got %q, want line %q and %q", err, tc.line, tc.says)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %q", err)
			}
		})
	}
}
