package tui

import (
	"math"
	"strconv"
	"strings"
	"time"

	"farol/metrics"
	"farol/tui/draw"
)

// Formatting appends to the frame's own text buffer and returns pieces of it:
// a frame's phrases cost a handful of allocations, not one each. The pieces
// stay valid for ever (a strings.Builder never rewrites what it handed out).

// newText is the buffer of one frame.
func newText() *strings.Builder {
	b := &strings.Builder{}
	b.Grow(16 << 10)
	return b
}

// numbers is how a language writes them.
type numbers struct {
	decimal   string
	thousands string
	weekdays  [7]string // Sunday first, three letters
}

func numbersOf(lang string) numbers {
	pt := [7]string{"dom", "seg", "ter", "qua", "qui", "sex", "sáb"}
	switch lang {
	case "pt-PT":
		return numbers{",", " ", pt}
	case "en":
		return numbers{".", ",", [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}}
	default:
		return numbers{",", ".", pt}
	}
}

// wholeText is a width in which nothing is left out: of text that is searched.
const wholeText = 1 << 10

// Marks that stand for a value that is missing, and for nothing to say.
const (
	markNone = draw.Safe("◌")
	markDash = draw.Safe("—")
	minus    = "−"
)

// count is a whole number with the language's thousands.
func (v *view) count(n int) draw.Safe {
	start := v.text.Len()
	v.appendCount(int64(n))
	return draw.Safe(v.text.String()[start:])
}

func (v *view) appendCount(n int64) {
	if n < 0 {
		v.text.WriteString(minus)
		n = -n
	}
	var tmp [24]byte
	digits := strconv.AppendInt(tmp[:0], n, 10)
	if len(digits) < 5 && n < 10000 { // 1229 as written in tables; 41.220 from five digits
		v.text.Write(digits)
		return
	}
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			v.text.WriteString(v.words.numbers.thousands)
		}
		v.text.WriteByte(d)
	}
}

// decimal is x with the given decimals, the language's mark, and a sign when
// it is negative or when signed is set and it is positive.
func (v *view) decimal(x float64, decimals int, signed bool) draw.Safe {
	start := v.text.Len()
	v.appendDecimal(x, decimals, signed)
	return draw.Safe(v.text.String()[start:])
}

func (v *view) appendDecimal(x float64, decimals int, signed bool) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		v.text.WriteString(string(markNone))
		return
	}
	scale := math.Pow10(decimals)
	x = math.Round(x*scale) / scale // so that −0,04 is 0,0 without a sign
	switch {
	case x < 0:
		v.text.WriteString(minus)
	case signed && x > 0:
		v.text.WriteByte('+')
	}
	x = math.Abs(x)
	whole := math.Floor(x)
	v.appendCount(int64(whole))
	if decimals == 0 {
		return
	}
	v.text.WriteString(v.words.numbers.decimal)
	var tmp [24]byte
	frac := strconv.AppendInt(tmp[:0], int64(math.Round((x-whole)*scale)), 10)
	for i := len(frac); i < decimals; i++ {
		v.text.WriteByte('0')
	}
	v.text.Write(frac)
}

// span is a duration as m:ss, or h:mm:ss from an hour.
func (v *view) span(d time.Duration) draw.Safe {
	start := v.text.Len()
	v.appendSpan(d, false)
	return draw.Safe(v.text.String()[start:])
}

// spanPadded is span with two digits of minutes, for columns of timers.
func (v *view) spanPadded(d time.Duration) draw.Safe {
	start := v.text.Len()
	v.appendSpan(d, true)
	return draw.Safe(v.text.String()[start:])
}

func (v *view) appendSpan(d time.Duration, padded bool) {
	if d < 0 {
		v.text.WriteString(minus)
		d = -d
	}
	s := int64(d.Round(time.Second) / time.Second)
	var tmp [24]byte
	if s >= 3600 {
		v.text.Write(strconv.AppendInt(tmp[:0], s/3600, 10))
		v.text.WriteByte(':')
		s %= 3600
		padded = true
	}
	if padded && s < 600 {
		v.text.WriteByte('0')
	}
	v.text.Write(strconv.AppendInt(tmp[:0], s/60, 10))
	v.text.WriteByte(':')
	if s%60 < 10 {
		v.text.WriteByte('0')
	}
	v.text.Write(strconv.AppendInt(tmp[:0], s%60, 10))
}

// ago is a rounded duration in words: "2 s", "7 min", "1 h 05 min".
func (v *view) ago(d time.Duration) draw.Safe { return v.agoAs(d, "time.hours") }

// agoTight is ago for columns: hours leave out the last word, "1 h 05".
func (v *view) agoTight(d time.Duration) draw.Safe { return v.agoAs(d, "time.hourstight") }

func (v *view) agoAs(d time.Duration, hours string) draw.Safe {
	switch {
	case d < time.Minute:
		return v.say("time.seconds", "N", v.count(int(d/time.Second)))
	case d < time.Hour:
		return v.say("time.minutes", "N", v.count(int(d/time.Minute)))
	default:
		return v.say(hours, "H", v.count(int(d/time.Hour)), "M", v.two(int(d%time.Hour/time.Minute)))
	}
}

func (v *view) two(n int) draw.Safe {
	start := v.text.Len()
	v.appendTwo(n)
	return draw.Safe(v.text.String()[start:])
}

func (v *view) appendTwo(n int) {
	if n < 10 {
		v.text.WriteByte('0')
	}
	var tmp [8]byte
	v.text.Write(strconv.AppendInt(tmp[:0], int64(n), 10))
}

// hm is an instant as 14:32, hms as 14:32:07; both in the site's zone.
func (v *view) hm(t time.Time) draw.Safe {
	start := v.text.Len()
	v.appendClock(t, false)
	return draw.Safe(v.text.String()[start:])
}

func (v *view) hms(t time.Time) draw.Safe {
	start := v.text.Len()
	v.appendClock(t, true)
	return draw.Safe(v.text.String()[start:])
}

func (v *view) appendClock(t time.Time, seconds bool) {
	h, m, s := t.In(v.zone()).Clock()
	v.appendTwo(h)
	v.text.WriteByte(':')
	v.appendTwo(m)
	if seconds {
		v.text.WriteByte(':')
		v.appendTwo(s)
	}
}

// date is "seg 17/08".
func (v *view) date(t time.Time) draw.Safe {
	t = t.In(v.zone())
	_, m, d := t.Date()
	start := v.text.Len()
	v.text.WriteString(v.words.numbers.weekdays[t.Weekday()])
	v.text.WriteByte(' ')
	v.appendTwo(d)
	v.text.WriteByte('/')
	v.appendTwo(int(m))
	return draw.Safe(v.text.String()[start:])
}

func (v *view) zone() *time.Location {
	if v.snap == nil || v.snap.Site == nil {
		return time.UTC
	}
	return v.snap.Site.Location()
}

// figure is a measure in the unit of its KPI, with its sign: "61,4%", "9:05",
// "22". What is not known is ◌.
func (v *view) figure(k metrics.KPI, m metrics.Measure) draw.Safe {
	return v.inUnit(k.Info().Unit, m, true)
}

// bare is figure without the percent sign, for columns whose heading has it.
func (v *view) bare(k metrics.KPI, m metrics.Measure) draw.Safe {
	return v.inUnit(k.Info().Unit, m, false)
}

func (v *view) inUnit(u metrics.Unit, m metrics.Measure, sign bool) draw.Safe {
	if !m.Known {
		return markNone
	}
	start := v.text.Len()
	switch u {
	case metrics.Ratio:
		v.appendDecimal(m.Value*100, 1, false)
		if sign {
			v.text.WriteByte('%')
		}
	case metrics.Seconds:
		v.appendSpan(seconds(m.Value), false)
	case metrics.Count:
		v.appendCount(int64(math.Round(m.Value)))
	default:
		v.appendDecimal(m.Value, 1, false)
	}
	return draw.Safe(v.text.String()[start:])
}

// bound is a target's bound: "80%", "7,5%", "0:30".
func (v *view) bound(u metrics.Unit, x float64, sign bool) draw.Safe {
	if u != metrics.Ratio {
		return v.inUnit(u, metrics.Measure{Value: x, Known: !math.IsNaN(x)}, sign)
	}
	start := v.text.Len()
	decimals := 0
	if p := x * 100; math.Abs(p-math.Round(p)) > 0.04 {
		decimals = 1
	}
	v.appendDecimal(x*100, decimals, false)
	if sign {
		v.text.WriteByte('%')
	}
	return draw.Safe(v.text.String()[start:])
}

// target is "≥ 80%", "≤ 0:30", "75–88%". With tight set there is no space.
func (v *view) target(m *metrics.Meta, tight bool) draw.Safe {
	u := m.KPI.Info().Unit
	gap := draw.Safe(" ")
	if tight {
		gap = ""
	}
	switch m.Target.Op {
	case metrics.AtLeast:
		return v.join("≥", gap, v.bound(u, m.Target.Low, true))
	case metrics.AtMost:
		return v.join("≤", gap, v.bound(u, m.Target.High, true))
	default:
		return v.join(v.bound(u, m.Target.Low, false), "–", v.bound(u, m.Target.High, true))
	}
}

// distance is a slack or a change in the unit people say it in: "2,3 pp",
// "−1:05", "−3".
func (v *view) distance(k metrics.KPI, m metrics.Measure, signed bool) draw.Safe {
	if !m.Known {
		return markNone
	}
	switch k.Info().Unit {
	case metrics.Ratio:
		return v.say("number.points", "N", v.decimal(m.Value*100, 1, signed))
	case metrics.Seconds:
		start := v.text.Len()
		if signed && m.Value > 0 {
			v.text.WriteByte('+')
		}
		v.appendSpan(seconds(m.Value), false)
		return draw.Safe(v.text.String()[start:])
	default:
		return v.decimal(m.Value, 0, signed)
	}
}

// seconds is a figure in seconds as a duration.
func seconds(x float64) time.Duration { return time.Duration(x * float64(time.Second)) }

// lowerWord is what the source wrote, within a sentence.
func lowerWord(v *view, s string) draw.Safe { return draw.Clean(strings.ToLower(s)) }
