package tui

import (
	"context"
	"strings"
	"testing"
	"time"

	"farol/floor"
	"farol/ingest/sim"
	"farol/metrics"
)

// dayLog is a day of events in memory, as the engine reads a log.
type dayLog []floor.Event

func (l dayLog) Last() uint64 { return uint64(len(l)) }

func (l dayLog) Scan(_ context.Context, after uint64, fn func([]floor.Event) error) error {
	return fn(l[after:])
}

func (l dayLog) ScanRange(ctx context.Context, _, _ time.Time, fn func([]floor.Event) error) error {
	return l.Scan(ctx, 0, fn)
}

func (l dayLog) Wait(ctx context.Context, _ uint64) error    { <-ctx.Done(); return ctx.Err() }
func (l dayLog) Checkpoint(string) (uint64, []byte, error)   { return 0, nil, nil }
func (l dayLog) SaveCheckpoint(string, uint64, []byte) error { return nil }

// simulatedMetas are the metas of the simulated operation.
func simulatedMetas(t testing.TB) []metrics.MetaSpec {
	t.Helper()
	var out []metrics.MetaSpec
	for _, g := range sim.Goals() {
		k, err := metrics.ParseKPI(g.KPI, g.Variant)
		if err != nil {
			t.Fatal(err)
		}
		target, err := metrics.ParseTarget(g.Target, k.Info().Unit)
		if err != nil {
			t.Fatal(err)
		}
		m := metrics.MetaSpec{KPI: k, Target: target, Window: g.Window, Why: g.Why, Owner: g.Owner}
		if g.Queue != "" {
			m.Scope = metrics.ScopeRef{Kind: metrics.QueueScope, ID: g.Queue}
		}
		out = append(out, m)
	}
	return out
}

// The wall of a simulated day, at quiet hours and at busy ones, fits its screen
// at every size, and the public one names nobody.
func TestWallOfASimulatedDay(t *testing.T) {
	site := sim.Site()
	day := time.Date(2026, 8, 17, 0, 0, 0, 0, site.Location())
	log := dayLog(sim.New(sim.Options{Seed: 1, Start: day}).Until(day.Add(15 * time.Hour)))
	for i := range log {
		log[i].Seq = uint64(i + 1)
	}
	cfg := metrics.Config{Site: site, Metas: simulatedMetas(t)}
	for _, hour := range []float64{0.1, 10.25, 14.53} {
		at := day.Add(time.Duration(hour * float64(time.Hour)))
		snap, err := metrics.AsOf(t.Context(), cfg, log, at)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []Profile{Lead, Wall} {
			for _, z := range sizes() {
				a := open(t, snap, z[0], z[1], Options{Profile: p, Clock: func() time.Time { return at }})
				f := a.Frame()
				exact(t, f, z[0], z[1])
				clean(t, f)
				if p == Lead {
					continue
				}
				text := f.String()
				for _, who := range snap.Agents {
					if strings.Contains(text, who.Name) {
						t.Errorf("%s at %dx%d names %s", at.Format("15:04"), z[0], z[1], who.Name)
					}
				}
			}
		}
		if hour > 9 && len(snap.Tiles) != 6 {
			t.Errorf("%s: %d tiles", at.Format("15:04"), len(snap.Tiles))
		}
	}
}
