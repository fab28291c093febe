package metrics

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// MetaText is a meta as a configuration file writes it, every value still text.
type MetaText struct {
	KPI, Variant       string
	ScopeKind, ScopeID string // "" and "" for the site
	Target             string
	Window             string
	Why, Owner         string
	From, Until        string // "2026-01-31" or RFC 3339; Until given as a day is inclusive
	Threshold          string // "45s"
	When               []WhenText
}

// WhenText is a [TargetWhen] as text. An empty target or threshold is the meta's own.
type WhenText struct {
	Days      []string // "weekday", "saturday", "monday", "before_holiday", …
	From, To  string   // "08:00"
	Target    string
	Threshold string
}

// ParseMeta reads a meta and validates it. Dates are in zone. The error is one
// line that says which part is wrong and why; the caller adds file and line.
func ParseMeta(text MetaText, zone *time.Location) (MetaSpec, error) {
	kpi, err := ParseKPI(text.KPI, text.Variant)
	if err != nil {
		return MetaSpec{}, fmt.Errorf("read meta: %w", err)
	}
	m := MetaSpec{KPI: kpi, Window: strings.TrimSpace(text.Window), Why: text.Why, Owner: text.Owner}
	m.Implied = strings.TrimSpace(text.Variant) == "" && len(kpi.Variants()) > 1
	if m.Scope, err = ParseScope(text.ScopeKind, text.ScopeID); err != nil {
		return MetaSpec{}, fmt.Errorf("read meta %s: %w", text.KPI, err)
	}
	if m.Target, err = ParseTarget(text.Target, kpi.Info().Unit); err != nil {
		return MetaSpec{}, fmt.Errorf("read meta %s: %w", text.KPI, err)
	}
	if m.Threshold, err = parseLimit(text.Threshold); err != nil {
		return MetaSpec{}, fmt.Errorf("read meta %s: %w", text.KPI, err)
	}
	if m.From, err = parseDate(text.From, zone, false); err != nil {
		return MetaSpec{}, fmt.Errorf("read meta %s: valid from: %w", text.KPI, err)
	}
	if m.Until, err = parseDate(text.Until, zone, true); err != nil {
		return MetaSpec{}, fmt.Errorf("read meta %s: valid until: %w", text.KPI, err)
	}
	for _, w := range text.When {
		when, err := m.parseWhen(w)
		if err != nil {
			return MetaSpec{}, fmt.Errorf("read meta %s: %w", text.KPI, err)
		}
		m.When = append(m.When, when)
	}
	// The words first: "unknown window" is clearer than an id with a hole in it.
	if !slices.Contains(MetaWindows(), m.Window) {
		return MetaSpec{}, fmt.Errorf("read meta %s: window %q: %w", text.KPI, text.Window, ErrMetaWindow)
	}
	return m, m.Validate()
}

func (m *MetaSpec) parseWhen(text WhenText) (w TargetWhen, err error) {
	if w.Days, err = ParseDayTypes(text.Days); err != nil {
		return w, err
	}
	if w.From, err = parseHour(text.From); err != nil {
		return w, err
	}
	if w.To, err = parseHour(text.To); err != nil {
		return w, err
	}
	w.Target = m.Target
	if text.Target != "" {
		if w.Target, err = ParseTarget(text.Target, m.KPI.Info().Unit); err != nil {
			return w, err
		}
	}
	w.Threshold, err = parseLimit(text.Threshold)
	return w, err
}

func parseLimit(text string) (time.Duration, error) {
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	s, err := parseSeconds(strings.TrimSpace(text))
	if err != nil {
		return 0, fmt.Errorf("read threshold %q: %w", text, err)
	}
	return time.Duration(s * float64(time.Second)), nil
}

// parseHour reads "08:00" and "24:00".
func parseHour(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	if text == "24:00" {
		return 24 * time.Hour, nil
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, fmt.Errorf("read hour %q: %w", text, ErrMetaHours)
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

// parseDate reads a day or an instant; the last day of a validity counts whole.
func parseDate(text string, zone *time.Location, last bool) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("read date %q: write it as 2026-01-31", text)
	}
	if last {
		t = t.AddDate(0, 0, 1)
	}
	return t, nil
}
