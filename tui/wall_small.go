package tui

import (
	"farol/metrics"
	"farol/tui/draw"
)

// drawWallSmall is the wall of a phone or a tmux corner: what burns, and the
// totals.
func drawWallSmall(f *draw.Frame, r draw.Rect, v *view) {
	if v.silent() {
		var line draw.Rect
		line, r = r.Rows(1)
		f.TextIn(line, v.silentTitle(), inkAttention|draw.Bold)
	}
	foot, r := r.Rows(-3)
	r = drawSmallRisks(f, r, v)
	drawSmallMetas(f, r, v)
	p, live := v.snap.People, v.snap.Total.Live
	line, foot := foot.Rows(1)
	f.TextIn(line, v.say("wall.smallpeople", "Busy", v.count(p.Busy), "Wrap", v.count(p.Wrapup), "Free", v.count(p.Free), "Out", v.count(p.Out)), inkText)
	line, _ = foot.Rows(1)
	switch {
	case live.Waiting == 0:
		f.TextIn(line, v.w("wall.smallempty"), inkText)
	case v.stale():
		f.TextIn(line, v.say("wall.smallwaitingold", "N", v.count(live.Waiting)), inkDim)
	default:
		f.TextIn(line, v.say("wall.smallwaiting", "N", v.count(live.Waiting), "Dur", v.span(live.Longest), "Where", draw.Clean(live.LongestQueue)), inkText)
	}
}

// drawSmallRisks is a line a risk and returns the rows that are left.
func drawSmallRisks(f *draw.Frame, r draw.Rect, v *view) draw.Rect {
	if len(v.snap.Risks) == 0 && v.snap.Counts.Critical+v.snap.Counts.Attention == 0 {
		line, rest := r.Rows(1)
		f.TextIn(line, v.join("● ", v.w("states.calm")), inkText)
		return rest
	}
	for i, k := range v.snap.Risks {
		if r.H == 0 {
			break
		}
		var line draw.Rect
		line, r = r.Rows(1)
		l := runIn(f, line).put(v.count(i+1), inkText|draw.Bold).skip(1)
		smallLine(l, v, k.Status, k.Scope)
		if len(k.Metas) > 0 {
			l.put(v.metaNow(k.Metas[0], false), v.ink(k.Metas[0].Status)).to(l.x + 1).to(27)
		}
		if q := v.queue(k.Scope.ID); q != nil && k.Scope.Kind == metrics.QueueScope {
			l.put(v.say("wall.smallqueue", "N", v.count(q.Live.Waiting)), inkText)
		}
	}
	return r
}

// drawSmallMetas goes on with the metas in trouble that belong to no risk.
func drawSmallMetas(f *draw.Frame, r draw.Rect, v *view) {
	for _, m := range v.snap.Metas {
		if r.H == 0 {
			return
		}
		if m.Risk >= 0 || (m.Status != metrics.Attention && m.Status != metrics.Critical) {
			continue
		}
		var line draw.Rect
		line, r = r.Rows(1)
		l := runIn(f, line).skip(2)
		smallLine(l, v, m.Status, m.Scope)
		l.put(v.metaNow(m, false), v.ink(m.Status))
	}
}

func smallLine(l *run, v *view, s metrics.Status, where metrics.ScopeRef) {
	l.put(v.mark(s), v.ink(s)).skip(1).put(v.scopeIn(where, 11), v.ink(s)).to(16)
}
