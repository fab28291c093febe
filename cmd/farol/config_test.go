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
	if c.retain.events != 30*24*time.Hour {
		t.Errorf("retention %s", c.retain.events)
	}
	if len(c.metas) < 2 || c.metas[0].KPI != metrics.SLStrictNoShort || len(c.metas[0].When) != 1 {
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
		"unknown key":       {"[site]\nnane = \"x\"\n", ":2:", "did you mean name?"},
		"unknown table":     {"[site]\nname=\"x\"\n[[fila]]\nid=\"a\"\n", ":3:", `unknown key "fila`},
		"syntax":            {"[site\n", ":1:", ""},
		"duplicate queue":   {"[[queue]]\nid=\"a\"\n[[queue]]\nid=\"A\"\n", ":4:", "already configured at line 2"},
		"queue without id":  {"[[queue]]\nname=\"a\"\n", ":1:", "without id"},
		"channel":           {"[[queue]]\nid=\"a\"\nchannel=\"fax\"\n", ":3:", "unknown channel"},
		"threshold":         {"[[queue]]\nid=\"a\"\nthreshold=\"20\"\n", ":3:", "not a time"},
		"timezone":          {"[site]\ntimezone=\"Recife\"\n", ":2:", "unknown timezone"},
		"language":          {"[site]\nlanguage=\"es\"\n", ":2:", "unknown language"},
		"impossible target": {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 180%\"\n", ":3:", ""},
		"wrong direction":   {"[[meta]]\nkpi=\"service_level\"\ntarget=\"<= 80%\"\n", ":3:", ""},
		"unknown kpi":       {"[[meta]]\nkpi=\"sla\"\ntarget=\">= 80%\"\n", ":3:", "no such indicator"},
		"same meta twice":   {"[[meta]]\nkpi=\"service_level\"\ntarget=\">= 80%\"\n[[meta]]\nkpi=\"service_level\"\ntarget=\">= 90%\"\n", ":4:", "already set at line 1"},
		"two scopes":        {"[[meta]]\nkpi=\"service_level\"\nscope={queue=\"a\",team=\"b\"}\ntarget=\">= 80%\"\n", ":3:", "more than one"},
		"preset":            {"[site]\npresets=[\"sac\"]\n", ":2:", "no such preset"},
		"source kind":       {"[[source]]\nkind=\"cisco\"\n", ":2:", "unknown kind"},
		"source without":    {"[[source]]\nkind=\"asterisk\"\n", ":1:", "without queue_log"},
		"same source twice": {"[[source]]\nkind=\"sim\"\n[[source]]\nkind=\"sim\"\n", ":3:", "two sources"},
		"holiday":           {"[site]\nholidays=[\"25/12/2026\"]\n", ":2:", "not a date"},
		"wrong type":        {"[site]\nname=3\n", "", ""},
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
