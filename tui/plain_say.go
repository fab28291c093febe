package tui

import (
	"math"
	"strings"
	"time"

	"farol/metrics"
	"farol/tui/draw"
)

// spokenWidth is room for anything: a line that is read aloud is not cut.
const spokenWidth = 1 << 16

// tell finishes a line: whatever mark is left in it becomes a word or nothing,
// so that it can be read aloud.
func (s *spoken) tell(parts ...draw.Safe) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(string(p))
	}
	aloud := strings.NewReplacer(
		"%", string(s.v.w("plain.percent")), "≥ ", string(s.v.w("plain.atleast")), "≤ ", string(s.v.w("plain.atmost")),
		"÷", string(s.v.w("plain.over")), "×", string(s.v.w("plain.against")), "−", string(s.v.w("plain.minus")),
		"+", string(s.v.w("plain.plus")), " · ", ", ", " → ", string(s.v.w("plain.to")),
		"● ", "", "▲ ", "", "■ ", "", "≈ ", "", "◌ ", "", "↑ ", "", "↓ ", "", "→ ", "", "┄ ", "", "↵ ", "",
		"◌", string(s.v.w("plain.unknown")), "—", string(s.v.w("plain.nothing")),
	)
	return strings.Join(strings.Fields(aloud.Replace(b.String())), " ")
}

// figure is a measure as it is said: "61,4 por cento", "3 min 41 s".
func (s *spoken) figure(k metrics.KPI, m metrics.Measure) draw.Safe {
	if !m.Known {
		return s.v.w("plain.unknown")
	}
	if k.Info().Unit == metrics.Seconds {
		return s.span(time.Duration(m.Value * float64(time.Second)))
	}
	return s.v.figure(k, m)
}

// span is a duration as it is said.
func (s *spoken) span(d time.Duration) draw.Safe {
	v := &s.v
	d = d.Round(time.Second)
	h, m, sec := int(d/time.Hour), int(d%time.Hour/time.Minute), int(d%time.Minute/time.Second)
	switch {
	case h > 0:
		return v.say("plain.hours", "H", v.count(h), "M", v.count(m))
	case m > 0 && sec > 0:
		return v.say("plain.minsec", "M", v.count(m), "S", v.count(sec))
	case m > 0:
		return v.say("plain.min", "M", v.count(m))
	default:
		return v.say("plain.sec", "S", v.count(sec))
	}
}

// name is a KPI by its whole name.
func (s *spoken) name(k metrics.KPI) draw.Safe {
	if k.Info().ID == "service_level" {
		return s.v.w("metas.levelname")
	}
	return s.v.kpiName(k)
}

// target is what a meta asks for, as it is said: "meta 80".
func (s *spoken) target(m *metrics.Meta) draw.Safe {
	v := &s.v
	bound := func(x float64) draw.Safe {
		if m.KPI.Info().Unit == metrics.Seconds {
			return s.span(time.Duration(x * float64(time.Second)))
		}
		return v.bound(m.KPI.Info().Unit, x, false)
	}
	switch m.Target.Op {
	case metrics.AtLeast:
		return v.say("plain.target", "Bound", bound(m.Target.Low))
	case metrics.AtMost:
		return v.say("plain.targetmost", "Bound", bound(m.Target.High))
	default:
		return v.say("plain.targetband", "Low", bound(m.Target.Low), "High", bound(m.Target.High))
	}
}

// meta is a meta in a sentence: "nível de serviço 61,4 por cento, meta 80".
func (s *spoken) meta(m *metrics.Meta) draw.Safe {
	return s.v.join(s.name(m.KPI), " ", s.figure(m.KPI, m.Now), ", ", s.target(m))
}

// way is a trend in a word.
func (s *spoken) way(t metrics.Trend) draw.Safe {
	switch {
	case t.Way < 0:
		return s.v.w("plain.falling")
	case t.Way > 0:
		return s.v.w("plain.rising")
	default:
		return s.v.w("plain.steady")
	}
}

// sentence begins with a capital and ends with a full stop.
func (s *spoken) sentence(t draw.Safe) draw.Safe {
	for i, r := range t {
		if i > 0 {
			t = draw.Safe(strings.ToUpper(string(t[:i]))) + t[i:]
			break
		}
		if len(string(r)) == len(t) {
			break
		}
	}
	return s.v.join(t, ". ")
}

// summary is the state of the floor, then the risks.
func (s *spoken) summary() []string {
	v := &s.v
	c, live := v.snap.Counts, metrics.LiveState{}
	if v.snap.Total != nil {
		live = v.snap.Total.Live
	}
	line := v.say("plain.summary", "At", v.hms(v.snap.At),
		"Critical", v.plural("plain.critical", c.Critical, "N", v.count(c.Critical)),
		"Attention", v.plural("plain.attention", c.Attention, "N", v.count(c.Attention)),
		"OK", v.plural("plain.ok", c.OK, "N", v.count(c.OK)))
	if live.Waiting > 0 {
		line = v.join(line, " ", v.say("plain.waiting", "N", v.count(live.Waiting), "Longest", s.span(live.Longest), "Where", draw.Clean(live.LongestQueue)))
	} else {
		line = v.join(line, " ", v.w("plain.nobody"))
	}
	lines := []string{s.tell(line)}
	if l := s.freshness(metrics.Live, v.snap.Fresh.Level); l != "" {
		lines = append(lines, l)
	}
	return append(lines, s.risks()...)
}

// risks are a line each.
func (s *spoken) risks() []string {
	if len(s.v.snap.Risks) == 0 {
		return []string{s.tell(s.v.w("plain.norisk"))}
	}
	lines := make([]string, 0, len(s.v.snap.Risks))
	for i, r := range s.v.snap.Risks {
		lines = append(lines, s.risk(i, r))
	}
	return lines
}

func (s *spoken) risk(i int, r *metrics.Risk) string {
	v := &s.v
	line := v.say("plain.risk", "N", v.count(i+1), "Status", s.lower(v.word(r.Status)), "Name", draw.Clean(r.Scope.Name))
	for j, m := range r.Metas {
		if j < 2 {
			line = v.join(line, " ", s.sentence(s.meta(m)))
		}
	}
	line = v.join(line, " ", v.say("plain.since", "For", s.span(r.For), "Way", s.way(r.Trend)))
	if why := s.why(r); why != "" {
		line = v.join(line, " ", why)
	}
	if !v.public() && len(r.Who) > 0 {
		line = v.join(line, " ", v.say("plain.who", "Names", s.names(r.Who)))
	}
	if r.Ack != nil {
		line = v.join(line, " ", s.sentence(v.ackWords(r.Ack)))
	}
	return s.tell(line)
}

// why is a sentence with what explains a risk; empty when no fact does.
func (s *spoken) why(r *metrics.Risk) draw.Safe {
	v := &s.v
	switch {
	case len(r.Causes) > 0:
		return v.say("plain.why", "Causes", s.causes(r.Causes, false))
	case len(r.Before) > 0:
		return v.say("plain.whythen", "At", v.hm(r.BeforeAt), "Causes", s.causes(r.Before, true))
	default:
		return ""
	}
}

// causes are facts that hold or, when they are past, that held.
func (s *spoken) causes(cs []metrics.Cause, past bool) draw.Safe {
	var out draw.Safe
	for i, c := range cs {
		form := causeLong
		if past && c.Kind == metrics.CauseNobodyFree {
			form = causePast
		}
		if i > 0 {
			out = s.v.join(out, ", ")
		}
		out = s.v.join(out, s.v.cause(c, form))
	}
	return out
}

func (s *spoken) names(agents []*metrics.Agent) draw.Safe {
	var out draw.Safe
	for i, a := range agents {
		if i == 3 {
			break
		}
		if i > 0 {
			out = s.v.join(out, ", ")
		}
		out = s.v.join(out, draw.Clean(a.Name))
	}
	return out
}

func (s *spoken) lower(t draw.Safe) draw.Safe { return draw.Clean(strings.ToLower(string(t))) }

// freshness says that the source fell silent, or is back; empty for no change.
func (s *spoken) freshness(was, is metrics.Level) string {
	v := &s.v
	f := v.snap.Fresh
	switch {
	case is >= metrics.Old && was < metrics.Old && is != metrics.NoData:
		return s.tell(v.say("plain.silent", "At", v.hms(f.AsOf), "Age", s.span(f.Age)))
	case is == metrics.NoData && was != metrics.NoData:
		return s.tell(v.w("plain.nodata"))
	case is < metrics.Old && was >= metrics.Old:
		return s.tell(v.say("plain.back", "At", v.hms(v.snap.At)))
	default:
		return ""
	}
}

// entry is a line of the log, as it comes in.
func (s *spoken) entry(e *metrics.Entry) string {
	v := &s.v
	line := v.say("plain.entry", "At", v.hms(e.At), "Level", s.lower(v.entryWord(e)), "Where", v.scopeName(e.Scope), "What", v.entryWhat(e))
	if why := s.causes(e.Causes, false); why != "" {
		line = v.join(line, " ", v.say("plain.why", "Causes", why))
	}
	return s.tell(line)
}

// of is a share as the count it is, where there is one.
func (s *spoken) of(m metrics.Measure) draw.Safe {
	if !m.Known || m.Den <= 0 {
		return ""
	}
	return s.v.join(", ", s.v.say("queue.of", "Num", s.v.count(int(math.Round(m.Num))), "Den", s.v.count(int(math.Round(m.Den)))))
}
