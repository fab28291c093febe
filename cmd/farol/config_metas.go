package main

import (
	"fmt"
	"time"

	"farol/ingest/sim"
	"farol/metrics"
)

// metaConfig is one [[meta]].
type metaConfig struct {
	KPI       string            `toml:"kpi"`
	Variant   string            `toml:"variant"`
	Scope     map[string]string `toml:"scope"`
	Target    string            `toml:"target"`
	Window    string            `toml:"window"`
	Why       string            `toml:"why"`
	Owner     string            `toml:"owner"`
	From      string            `toml:"valid_from"`
	Until     string            `toml:"valid_until"`
	Threshold string            `toml:"threshold"`
	When      []whenConfig      `toml:"when"`
}

// whenConfig is another target for some days or hours.
type whenConfig struct {
	Days      []string `toml:"days"`
	From      string   `toml:"from"`
	To        string   `toml:"to"`
	Target    string   `toml:"target"`
	Threshold string   `toml:"threshold"`
}

func (p *parser) metas(out *config) error {
	seen := map[string]int{}
	for i, m := range p.doc.Metas {
		if len(m.Scope) > 1 {
			return p.fail("meta", i, "scope", "a scope that names more than one thing", `write one, as in { queue = "vendas" }`)
		}
		text := metrics.MetaText{
			KPI: m.KPI, Variant: m.Variant, Target: m.Target, Window: m.Window, Why: m.Why, Owner: m.Owner,
			From: m.From, Until: m.Until, Threshold: m.Threshold,
		}
		for kind, id := range m.Scope {
			text.ScopeKind, text.ScopeID = kind, id
		}
		if text.Window == "" {
			text.Window = metrics.WindowDay
		}
		for _, w := range m.When {
			text.When = append(text.When, metrics.WhenText(w))
		}
		spec, err := metrics.ParseMeta(text, out.site.Location())
		if err != nil {
			return p.fail("meta", i, "target", err.Error(), "correct this [[meta]]")
		}
		if first, dup := seen[spec.ID()]; dup {
			return p.fail("meta", i, "", fmt.Sprintf("the meta %s is already set at line %d", spec.ID(), p.at.find("meta", first, "")), "keep one of the two")
		}
		seen[spec.ID()] = i
		out.metas = append(out.metas, spec)
	}
	for _, id := range p.doc.Site.Presets {
		preset, err := metrics.PresetByID(id)
		if err != nil {
			return p.fail("site", 0, "presets", err.Error(), "see farol check --presets")
		}
		out.metas = append(out.metas, preset.Metas...)
	}
	return nil
}

// marketMetas are the targets of a site that set none: 80 % within T and 5 %
// abandoned, for the site and each queue by itself, as the market's custom is.
func marketMetas() ([]metrics.MetaSpec, error) {
	const why = "costume do mercado (80/20, 5 %), até a operação escrever as suas"
	texts := []metrics.MetaText{
		{KPI: "service_level", Variant: "strict_no_short", ScopeKind: "queue", Target: ">= 80%"},
		{KPI: "abandonment_rate", Variant: "no_short", ScopeKind: "queue", Target: "<= 5%"},
		{KPI: "service_level", Variant: "strict_no_short", ScopeKind: "site", Target: ">= 80%"},
		{KPI: "abandonment_rate", Variant: "no_short", ScopeKind: "site", Target: "<= 5%"},
	}
	specs := make([]metrics.MetaSpec, 0, len(texts))
	for _, t := range texts {
		t.Window, t.Why = metrics.WindowDay, why
		if t.ScopeKind == "queue" {
			t.ScopeID = metrics.EveryQueue
		}
		spec, err := metrics.ParseMeta(t, time.UTC)
		if err != nil {
			return nil, err
		}
		specs = append(specs, spec)
	}
	return specs, nil
}

// simMetas are the simulated operation's.
func simMetas() ([]metrics.MetaSpec, error) {
	var specs []metrics.MetaSpec
	for _, goal := range sim.Goals() {
		text := metrics.MetaText{
			KPI: goal.KPI, Variant: goal.Variant, Target: goal.Target, Window: goal.Window, Why: goal.Why, Owner: goal.Owner,
		}
		if goal.Queue != "" {
			text.ScopeKind, text.ScopeID = "queue", goal.Queue
		}
		spec, err := metrics.ParseMeta(text, sim.Zone())
		if err != nil {
			return nil, fmt.Errorf("read the simulation's metas: %w", err)
		}
		specs = append(specs, spec)
	}
	return specs, nil
}
