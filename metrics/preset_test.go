package metrics

import (
	"errors"
	"testing"
	"time"

	"farol/floor"
)

func TestPresetsAreValidMetas(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Presets() {
		if p.Rule == "" || p.Text == "" || p.Source == "" || p.Country == "" || len(p.Metas) == 0 {
			t.Errorf("preset %q does not say what it is: %+v", p.ID, p)
		}
		for _, m := range p.Metas {
			if err := m.Validate(); err != nil {
				t.Errorf("preset %s: %v", p.ID, err)
			}
			if m.Preset != p.ID || m.Why == "" {
				t.Errorf("preset %s: meta %s does not carry it", p.ID, m.ID())
			}
			if seen[m.ID()] {
				t.Errorf("two metas of presets have the id %s", m.ID())
			}
			seen[m.ID()] = true
		}
		got, err := PresetByID(p.ID)
		if err != nil || got.ID != p.ID {
			t.Errorf("PresetByID(%q) = %v, %v", p.ID, got.ID, err)
		}
	}
	if _, err := PresetByID("pt"); !errors.Is(err, ErrUnknownPreset) {
		t.Errorf("PresetByID of a name nobody has: %v", err)
	}
}

func TestBankPresetByDay(t *testing.T) {
	p, err := PresetByID("br-portaria-2014-2008-bancos")
	if err != nil {
		t.Fatal(err)
	}
	site := &floor.Site{Holidays: []time.Time{time.Date(2026, 4, 21, 0, 0, 0, 0, time.UTC)}} // a Tuesday
	for day, want := range map[int]float64{
		7:  90, // 1, 2, 3, 6 and 7 of April: the fifth business day
		8:  45,
		13: 90, // Monday
		20: 90, // eve
		22: 90, // the day after
		23: 45,
	} {
		at := time.Date(2026, 4, day, 10, 0, 0, 0, time.UTC)
		if got, _ := p.Metas[0].targetAt(dayTypesOf(site, at), at); got.High != want {
			t.Errorf("on %s: %v s, want %v", at.Format(time.DateOnly), got.High, want)
		}
	}
}
