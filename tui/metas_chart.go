package tui

import (
	"time"

	"farol/metrics"
	"farol/tui/draw"
)

const seriesStep = 5 * time.Minute // of Meta.Series

// seriesFrom is when a meta's series of n points begins: it ends now.
func (v *view) seriesFrom(n int) time.Time {
	return v.snap.At.Truncate(seriesStep).Add(-time.Duration(max(0, n-1)) * seriesStep)
}

// drawMetaShare is a share over the day, in a band about its target.
func (v *view) drawMetaShare(f *draw.Frame, r draw.Rect, m *metrics.Meta, low metrics.Measure) {
	if low.Known {
		v.drawRatioLine(f, r, metrics.Series{From: v.seriesFrom(len(m.Series)), Step: seriesStep, Points: m.Series, Target: low}, &v.kept.share)
		return
	}
	v.drawMetaSeries(f, r, m)
}

// drawMetaSeries is any other figure over the day, from zero.
func (v *view) drawMetaSeries(f *draw.Frame, r draw.Rect, m *metrics.Meta) {
	points, from := began(metrics.Series{From: v.seriesFrom(len(m.Series)), Step: seriesStep, Points: m.Series})
	last := lastKnown(points)
	if !last.Known {
		f.TextIn(r, v.join(markNone, " ", v.w("queue.nochart")), inkNoData)
		return
	}
	bound := m.Target.High
	if m.Target.Op == metrics.AtLeast {
		bound = m.Target.Low
	}
	most := bound
	for _, p := range points {
		if p.Known {
			most = max(most, p.Value)
		}
	}
	if most <= 0 {
		most = 1
	}
	key := chartKey{
		sum: sum(points), blocks: v.blocks || v.ascii, words: v.words, from: from.Unix(), step: seriesStep, min: most, target: bound, kpi: m.KPI,
	}
	v.kept.any.Draw(f, r, key, func(f *draw.Frame) { v.seriesLine(m, points, from, bound, most).Draw(f, f.Bounds()) })
}

// seriesLine is a figure from zero to the most it reached, with its bound.
func (v *view) seriesLine(m *metrics.Meta, points []metrics.Measure, from time.Time, bound, most float64) draw.Line {
	u, last := m.KPI.Info().Unit, lastKnown(points)
	return draw.Line{
		Values: valuesOf(points), Scale: draw.Scale{Min: 0, Max: most}, Last: v.bare(m.KPI, last),
		Guides: []draw.Guide{{At: bound, Style: inkDim}}, Blocks: v.blocks || v.ascii, Style: inkText, LastStyle: inkText | draw.Bold,
		Axes: draw.Axes{
			Style: inkDim,
			Y:     []draw.Tick{{At: most, Text: v.bound(u, most, false)}, {At: bound, Text: v.bound(u, bound, false)}, {At: 0, Text: "0"}},
			X:     v.hours(from, seriesStep, len(points)),
		},
	}
}
