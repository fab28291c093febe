package tui

import (
	tea "charm.land/bubbletea/v2"

	"farol/metrics"
	"farol/tui/draw"
)

// number is a figure on a screen: whose and which. It is what the lens defines
// and what the list of contacts is behind.
type number struct {
	ref    metrics.ScopeRef
	kpi    metrics.KPI
	meta   string // ID of the meta it stands by; empty: none
	own    bool   // it is of its own window, not the session's
	window metrics.Window
}

// in is the window the number is of.
func (n number) in(v *view) metrics.Window {
	if n.own {
		return n.window
	}
	return v.window
}

// windowOf is the window of a meta, where every scope has figures for it.
func windowOf(m *metrics.Meta) (w metrics.Window, ok bool) {
	switch m.Window {
	case "15m":
		return metrics.Last15m, true
	case "1h":
		return metrics.LastHour, true
	case "shift":
		return metrics.ThisShift, true
	case "day", "":
		return metrics.Today, true
	default:
		return 0, false
	}
}

func numberOf(ref metrics.ScopeRef, k metrics.KPI) number { return number{ref: ref, kpi: k} }

// measure is the number's value now, in a window.
func (n number) measure(v *view, in metrics.Window) metrics.Measure {
	w := v.snap.FiguresOf(n.ref)
	if w == nil || in >= metrics.WindowCount || n.kpi >= metrics.KPICount {
		return metrics.Measure{}
	}
	return w[in][n.kpi]
}

// target is the meta the number stands by; nil when there is none.
func (n number) target(v *view) *metrics.Meta {
	return v.meta(n.meta)
}

// where is whose number it is. The public wall says no name of a person.
func (n number) where(v *view) draw.Safe {
	if n.ref.Kind == metrics.AgentScope && v.public() {
		return v.w("agents.crumb")
	}
	return draw.Clean(n.ref.Name)
}

// lensScreen defines a number over the screen it stands on.
type lensScreen struct{ n number }

func (lensScreen) over()                   {}
func (lensScreen) place() place            { return placeLens }
func (lensScreen) crumb(v *view) draw.Safe { return v.w("lens.crumb") }
func (lensScreen) keys() []action {
	return []action{actBack, actOpen, actLens, actLeft, actRight, actDown, actUp, actCopy, actWindow}
}

func (s lensScreen) update(p press, v *view) (screen, tea.Cmd) {
	switch p.act {
	case actBack, actLens:
		return nil, nil
	case actOpen:
		return pushContacts(s, s.n, v)
	case actDown, actRight:
		s.n.kpi = s.turn(1)
	case actUp, actLeft:
		s.n.kpi = s.turn(-1)
	case actCopy:
		return s, v.copyLines(s.text(v))
	}
	return s, nil
}

// rewindow leaves the number's own window for the session's, when that is
// changed.
func (s lensScreen) rewindow(*view) (screen, tea.Cmd) {
	s.n.own = false
	return s, nil
}

// turn is the next formula of the same indicator.
func (s lensScreen) turn(step int) metrics.KPI {
	all := variantsOf(s.n.kpi)
	for i, k := range all {
		if k == s.n.kpi {
			return all[(i+step+len(all))%len(all)]
		}
	}
	return s.n.kpi
}

// variantsOf are the formulas of an indicator, in the catalogue's order.
func variantsOf(k metrics.KPI) []metrics.KPI {
	var out []metrics.KPI
	for o := range metrics.KPICount {
		if o.Info().ID == k.Info().ID {
			out = append(out, o)
		}
	}
	return out
}

// lensKey is where a formula's words are.
func lensKey(k metrics.KPI) string {
	i := k.Info()
	if i.Variant == "" {
		return "lens." + i.ID
	}
	return "lens." + i.ID + "_" + i.Variant
}

// lines are the definition, a line each.
func (s lensScreen) lines(v *view) []labelled {
	key := lensKey(s.n.kpi)
	m, window := s.n.measure(v, s.n.in(v)), v.lensWindow(s.n.in(v))
	if t := s.beyond(v); t != nil {
		m, window = t.Now, v.w("metas.windows."+t.Window)
	}
	out := []labelled{
		{v.w("lens.labels.value"), s.value(v, m)},
		{v.w("lens.labels.formula"), v.w(key + ".formula")},
		{v.w("lens.labels.n"), v.numAndDen(s.n.kpi, m)},
		{v.w("lens.labels.excludes"), v.w(key + ".excludes")},
		{v.w("lens.labels.care"), v.w(key + ".care")},
	}
	if s.n.kpi.Info().ID == "service_level" {
		out = append(out, labelled{v.w("lens.labels.threshold"), s.threshold(v)})
	}
	if t := s.n.target(v); t != nil {
		out = append(out, labelled{v.w("lens.labels.meta"), v.metaWords(t)})
	}
	return append(out,
		labelled{v.w("lens.labels.window"), window},
		labelled{v.w("lens.labels.age"), v.dataAge()},
		labelled{v.w("lens.labels.source"), v.sourceList()})
}

// beyond is the number's meta when that is of a window that is kept for no
// scope, a week or a month: then the figure is the meta's own.
func (s lensScreen) beyond(v *view) *metrics.Meta {
	t := s.n.target(v)
	if t == nil || s.n.own || t.KPI != s.n.kpi || v.window != metrics.Today {
		return nil
	}
	if _, kept := windowOf(t); kept {
		return nil
	}
	return t
}

func (s lensScreen) value(v *view, m metrics.Measure) draw.Safe {
	if !m.Known {
		return v.join(markNone, " ", v.w("lens.unknown"))
	}
	return v.figure(s.n.kpi, m)
}

// numAndDen is the fraction behind a figure: "127 ÷ 207".
func (v *view) numAndDen(k metrics.KPI, m metrics.Measure) draw.Safe {
	switch {
	case m.Den > 0 && k.Info().Unit == metrics.Seconds:
		return v.say("lens.sumof", "Num", v.decimal(m.Num, 0, false), "Den", v.decimal(m.Den, 0, false))
	case m.Den > 0 && m.Num > 0, m.Den > 0 && k.Info().Unit == metrics.Ratio:
		return v.say("lens.fraction", "Num", v.decimal(m.Num, 0, false), "Den", v.decimal(m.Den, 0, false))
	case m.Den > 0:
		return v.say("lens.n", "N", v.decimal(m.Den, 0, false))
	case m.Known:
		return v.w("lens.whole")
	default:
		return v.w("lens.empty")
	}
}

// threshold is the T of a service level: the queue's, or that queues differ.
func (s lensScreen) threshold(v *view) draw.Safe {
	if q := v.queue(s.n.ref.ID); q != nil && s.n.ref.Kind == metrics.QueueScope {
		return v.say("lens.t", "T", v.ago(q.Config.Threshold), "Short", v.ago(q.Config.ShortAbandon))
	}
	return v.w("lens.teach")
}

func (v *view) metaWords(m *metrics.Meta) draw.Safe {
	return v.join(v.target(m, false), " · ", v.w("metas.windows."+m.Window), " · ", v.mark(m.Status), " ", v.word(m.Status))
}

// lensWindow is a window with its ends.
func (v *view) lensWindow(w metrics.Window) draw.Safe {
	var from draw.Safe
	name := v.w("window.today")
	switch w {
	case metrics.Last15m:
		name = v.w("window.15m")
	case metrics.LastHour:
		name = v.w("window.1h")
	case metrics.ThisShift:
		name, from = v.w("window.shift"), v.hm(v.snap.Shift.From)
	default:
		from = v.hm(v.snap.Day)
	}
	if from == "" {
		return v.say("lens.until", "Name", name, "To", v.hms(v.snap.At))
	}
	return v.say("lens.between", "Name", name, "From", from, "To", v.hms(v.snap.At))
}

// dataAge is how old the newest fact behind the number is.
func (v *view) dataAge() draw.Safe {
	text, _ := v.freshness(false)
	return text
}

func (v *view) sourceList() draw.Safe {
	if len(v.snap.Sources) == 0 {
		return v.w("lens.nosource")
	}
	var out draw.Safe
	for i, s := range v.snap.Sources {
		if i > 0 {
			out = v.join(out, ", ")
		}
		out = v.join(out, draw.Clean(s.Name))
		if s.Kind != "" && s.Kind != s.Name {
			out = v.join(out, " (", draw.Clean(s.Kind), ")")
		}
	}
	return out
}

// text is the definition as it is copied.
func (s lensScreen) text(v *view) []string {
	out := []string{string(v.join(v.w(lensKey(s.n.kpi)+".name"), " · ", s.n.where(v)))}
	for _, l := range s.lines(v) {
		out = append(out, string(l.label)+": "+string(l.text))
	}
	return out
}
