package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"farol/ingest/sim"
	"farol/metrics"
)

// metaConfig is one [[meta]].
type metaConfig struct {
	KPI       string       `toml:"kpi"`
	Variant   string       `toml:"variant"`
	Scope     any          `toml:"scope"` // any: the parser would pass over a text in silence
	Target    string       `toml:"target"`
	Window    string       `toml:"window"`
	Why       string       `toml:"why"`
	Owner     string       `toml:"owner"`
	From      string       `toml:"valid_from"`
	Until     string       `toml:"valid_until"`
	Threshold string       `toml:"threshold"`
	When      []whenConfig `toml:"when"`
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
		kind, id, err := p.scope(i, m.Scope)
		if err != nil {
			return err
		}
		text := metrics.MetaText{
			KPI: m.KPI, Variant: m.Variant, Target: m.Target, Window: m.Window, Why: m.Why, Owner: m.Owner,
			From: m.From, Until: m.Until, Threshold: m.Threshold, ScopeKind: kind, ScopeID: id,
		}
		if text.Window == "" {
			text.Window = metrics.WindowDay
		}
		for _, w := range m.When {
			text.When = append(text.When, metrics.WhenText(w))
		}
		spec, err := metrics.ParseMeta(text, out.site.Location())
		if err != nil {
			return p.fail("meta", i, faultyKey(err), err.Error(), "correct this [[meta]]")
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

// scope reads { queue = "vendas" }; nothing is the site.
func (p *parser) scope(i int, value any) (kind, id string, err error) {
	if value == nil {
		return "", "", nil
	}
	const cure = `write one, as in { queue = "vendas" }, or {} for the site`
	table, ok := value.(map[string]any)
	if !ok {
		return "", "", p.fail("meta", i, "scope", fmt.Sprintf("scope %q does not say what it names", fmt.Sprint(value)), cure)
	}
	if len(table) > 1 {
		return "", "", p.fail("meta", i, "scope", "a scope that names more than one thing", cure)
	}
	for kind, value := range table {
		if id, ok := value.(string); ok {
			return kind, id, nil
		}
		return "", "", p.fail("meta", i, "scope", fmt.Sprintf("scope %s = %v is not a text", kind, value), cure)
	}
	return "", "", nil
}

// faultyKey is the key of a [[meta]] that an error is about.
func faultyKey(err error) string {
	for _, k := range []struct {
		cause error
		key   string
	}{
		{metrics.ErrUnknownKPI, "kpi"},
		{metrics.ErrUnknownVariant, "variant"},
		{metrics.ErrMetaWindow, "window"},
		{metrics.ErrMetaScope, "scope"},
		{metrics.ErrMetaDates, "valid_until"},
		{metrics.ErrMetaLimit, "threshold"},
		{metrics.ErrMetaHours, "when"},
	} {
		if errors.Is(err, k.cause) {
			return k.key
		}
	}
	for _, k := range [][2]string{{"valid from", "valid_from"}, {"valid until", "valid_until"}, {"threshold", "threshold"}, {"day type", "when"}} {
		if strings.Contains(err.Error(), k[0]) {
			return k[1]
		}
	}
	return "target"
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
		for _, w := range goal.When {
			text.When = append(text.When, metrics.WhenText{Days: w.Days, From: w.From, To: w.To, Target: w.Target})
		}
		spec, err := metrics.ParseMeta(text, sim.Zone())
		if err != nil {
			return nil, fmt.Errorf("read the simulation's metas: %w", err)
		}
		specs = append(specs, spec)
	}
	return specs, nil
}
