package metrics

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// ErrUnknownPreset is the answer to an id that no preset has.
var ErrUnknownPreset = errors.New("no such preset")

// Evidence says how well a preset's rule is known.
type Evidence uint8

// Verified: its text was read; Known: general knowledge, not checked again;
// Unverified: do not rely on it without counsel.
const (
	Verified Evidence = iota
	Known
	Unverified
)

// Preset is a legal or regulatory target, off unless the site asks for it. It
// is an aid, not legal advice.
type Preset struct {
	ID         string
	Country    string // "BR", "PT"
	Rule       string // the norm, as it is cited
	Text       string // what it asks, in the words of its language
	Source     string // where that was read
	Evidence   Evidence
	Historical bool // no longer in force, or in force unverified
	Metas      []MetaSpec
}

// PresetByID finds a preset; its metas carry its id, so they stand beside the
// site's own.
func PresetByID(id string) (Preset, error) {
	all := Presets()
	i := slices.IndexFunc(all, func(p Preset) bool { return p.ID == id })
	if i < 0 {
		ids := make([]string, len(all))
		for k, p := range all {
			ids[k] = p.ID
		}
		return Preset{}, fmt.Errorf("preset %q: %w: %v", id, ErrUnknownPreset, ids)
	}
	return all[i], nil
}

// Presets are all that farol has, in order of country and year. Those on
// complaints and on what a survey tells need figures that calls do not give.
func Presets() []Preset {
	all := []Preset{portaria2014(), portaria2014Banks(), aneel363(), portugalQueue()}
	for i := range all {
		for k := range all[i].Metas {
			m := &all[i].Metas[k]
			m.Preset, m.Why = all[i].ID, all[i].Rule
		}
	}
	return all
}

func atMost(bound time.Duration) Target {
	return Target{Op: AtMost, Low: math.NaN(), High: bound.Seconds()}
}

func atLeast(share float64) Target { return Target{Op: AtLeast, Low: share, High: math.NaN()} }

// everyQueueWait asks that nobody waits longer than limit: the longest wait in
// each queue in the last 15 minutes, so that one bad minute does not colour
// the day.
func everyQueueWait(limit time.Duration, when ...TargetWhen) MetaSpec {
	return MetaSpec{
		KPI: WaitMax, Scope: ScopeRef{Kind: QueueScope, ID: EveryQueue}, Window: Window15m,
		Target: atMost(limit), When: when,
	}
}

func portaria2014() Preset {
	return Preset{
		ID: "br-portaria-2014-2008", Country: "BR", Rule: "Portaria MJ 2.014/2008",
		Text:       "tempo máximo para o contato direto com o atendente: 60 segundos",
		Source:     "contabeis.com.br/legislacao/53909/portaria-mj-2014-2008",
		Evidence:   Unverified, // the text was read, its force after October 2022 was not
		Historical: true,
		Metas:      []MetaSpec{everyQueueWait(time.Minute)},
	}
}

func portaria2014Banks() Preset {
	busy := TargetWhen{Days: Mondays | BeforeHolidays | AfterHolidays | FifthBusinessDay, Target: atMost(90 * time.Second)}
	return Preset{
		ID: "br-portaria-2014-2008-bancos", Country: "BR", Rule: "Portaria MJ 2.014/2008, serviços financeiros",
		Text: "tempo máximo para o contato direto com o atendente: 45 segundos; " +
			"90 segundos nas segundas-feiras, na véspera e no dia seguinte de feriados e no 5º dia útil do mês",
		Source:     "contabeis.com.br/legislacao/53909/portaria-mj-2014-2008",
		Evidence:   Unverified,
		Historical: true,
		Metas:      []MetaSpec{everyQueueWait(45*time.Second, busy)},
	}
}

func aneel363() Preset {
	return Preset{
		ID: "br-aneel-363-2009", Country: "BR", Rule: "Resolução Normativa ANEEL 363/2009",
		Text:       "75% das chamadas atendidas em até 30 segundos no mês; abandonadas em menos de 30 segundos não contam",
		Source:     "estadao.com.br/amp/economia/aneel-concessionaria-deve-atender-consumidor-em-30s; normasbrasil.com.br",
		Evidence:   Verified,
		Historical: true, // replaced by REN 1.000/2021, whose figures were not verified
		Metas: []MetaSpec{{
			KPI: SLExcludeAbandWithinT, Window: WindowMonth, Target: atLeast(0.75), Threshold: 30 * time.Second,
		}},
	}
}

func portugalQueue() Preset {
	return Preset{
		ID: "pt-dl134-2009", Country: "PT", Rule: "Decreto-Lei 134/2009",
		Text: "espera em linha até 60 segundos; se não for possível, deixar contacto e responder em 2 dias úteis",
		Source: "escritosdispersos.blogs.sapo.pt (texto do Decreto-Lei 134/2009); " +
			"distribuicaohoje.com (novo regime jurídico dos contact center)",
		Evidence: Verified,
		Metas:    []MetaSpec{everyQueueWait(time.Minute)},
	}
}
