package metrics

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The reasons for which a target is refused.
var (
	ErrTargetSyntax    = errors.New("not a target: write >= 80%, <= 30s, <= 8:00, 75%..88% or >= 50")
	ErrTargetUnit      = errors.New("wrong unit")
	ErrTargetRange     = errors.New("impossible")
	ErrTargetDirection = errors.New("asks for the wrong direction")
)

// ParseTarget reads a target written as people write it: an operator and a
// bound (">= 80%", "<= 30s", "<= 8:00", ">= 50"; ≥ and ≤ too) or a band
// ("75%..88%"). A decimal comma is a decimal point. Ratios take a percent
// sign, times take s, min, h, m:ss or h:mm:ss, the rest are bare numbers. The
// error wraps one of ErrTargetSyntax, ErrTargetUnit and ErrTargetRange.
func ParseTarget(text string, unit Unit) (Target, error) {
	t, err := parseTarget(strings.TrimSpace(text), unit)
	if err != nil {
		return Target{}, fmt.Errorf("read target %q: %w", text, err)
	}
	return t, nil
}

func parseTarget(text string, unit Unit) (Target, error) {
	if low, high, ok := cutBand(text); ok {
		return parseBand(low, high, unit)
	}
	op, rest, err := cutOp(text)
	if err != nil {
		return Target{}, err
	}
	bound, err := parseBound(rest, unit)
	if err != nil {
		return Target{}, err
	}
	if op == AtLeast {
		return Target{Op: AtLeast, Low: bound, High: math.NaN()}, nil
	}
	return Target{Op: AtMost, Low: math.NaN(), High: bound}, nil
}

func cutBand(text string) (low, high string, ok bool) {
	for _, sep := range []string{"..", "–", "—"} {
		if low, high, ok = strings.Cut(text, sep); ok {
			return strings.TrimSpace(low), strings.TrimSpace(high), true
		}
	}
	return "", "", false
}

func parseBand(lowText, highText string, unit Unit) (Target, error) {
	// "75..88%" is how people write it: the sign of the second serves both.
	if unit == Ratio && strings.HasSuffix(highText, "%") && !strings.HasSuffix(lowText, "%") {
		lowText += "%"
	}
	low, err := parseBound(lowText, unit)
	if err != nil {
		return Target{}, err
	}
	high, err := parseBound(highText, unit)
	if err != nil {
		return Target{}, err
	}
	if low >= high {
		return Target{}, fmt.Errorf("%w: the low bound is not below the high one", ErrTargetRange)
	}
	return Target{Op: Between, Low: low, High: high}, nil
}

func cutOp(text string) (Op, string, error) {
	for _, o := range []struct {
		sign string
		op   Op
	}{{">=", AtLeast}, {"≥", AtLeast}, {"<=", AtMost}, {"≤", AtMost}} {
		if rest, ok := strings.CutPrefix(text, o.sign); ok {
			return o.op, strings.TrimSpace(rest), nil
		}
	}
	return 0, "", ErrTargetSyntax
}

func parseBound(text string, unit Unit) (float64, error) {
	if text == "" {
		return 0, ErrTargetSyntax
	}
	switch unit {
	case Seconds:
		return parseSeconds(text)
	case Ratio:
		return parsePercent(text)
	case Points:
		v, err := parseNumber(text, unit)
		if err == nil && (v < -100 || v > 100) {
			return 0, fmt.Errorf("%w: points go from -100 to 100", ErrTargetRange)
		}
		return v, err
	case Count, PerHour:
		v, err := parseNumber(text, unit)
		if err == nil && v < 0 {
			return 0, fmt.Errorf("%w: below zero", ErrTargetRange)
		}
		return v, err
	default:
		return 0, fmt.Errorf("%w: unit %d is unknown", ErrTargetUnit, unit)
	}
}

func parsePercent(text string) (float64, error) {
	number, ok := strings.CutSuffix(text, "%")
	if !ok {
		return 0, fmt.Errorf("%w: a share needs a percent sign", ErrTargetUnit)
	}
	v, ok := plainNumber(strings.TrimSpace(number))
	switch {
	case !ok:
		return 0, ErrTargetSyntax
	case v < 0:
		return 0, fmt.Errorf("%w: below zero", ErrTargetRange)
	case v > 100:
		return 0, fmt.Errorf("%w: above 100%%", ErrTargetRange)
	}
	return v / 100, nil
}

func parseNumber(text string, unit Unit) (float64, error) {
	v, ok := plainNumber(text)
	if ok {
		return v, nil
	}
	if strings.HasSuffix(text, "%") {
		return 0, fmt.Errorf("%w: %s is not a share", ErrTargetUnit, unitNoun(unit))
	}
	if _, err := parseSeconds(text); err == nil {
		return 0, fmt.Errorf("%w: %s is not a time", ErrTargetUnit, unitNoun(unit))
	}
	return 0, ErrTargetSyntax
}

func unitNoun(u Unit) string {
	switch u {
	case Seconds:
		return "a time"
	case Ratio:
		return "a share"
	case Points:
		return "a score"
	case PerHour:
		return "a pace"
	default:
		return "a count"
	}
}

// plainNumber reads 80, 80.5 and 80,5; no exponents, infinities or spaces.
func plainNumber(text string) (float64, bool) {
	for i, r := range text {
		if (r < '0' || r > '9') && r != '.' && r != ',' && (r != '-' || i > 0) {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	return v, err == nil && !math.IsInf(v, 0)
}

func parseSeconds(text string) (float64, error) {
	if strings.HasPrefix(text, "-") {
		return 0, fmt.Errorf("%w: below zero", ErrTargetRange)
	}
	if strings.HasSuffix(text, "%") {
		return 0, fmt.Errorf("%w: a time is not a share", ErrTargetUnit)
	}
	if strings.Contains(text, ":") {
		return parseClock(text)
	}
	if _, ok := plainNumber(text); ok {
		return 0, fmt.Errorf("%w: a time needs one, as in 30s or 8:00", ErrTargetUnit)
	}
	text = strings.NewReplacer("min", "m", " ", "", ",", ".").Replace(text)
	d, err := time.ParseDuration(text)
	if err != nil || strings.ContainsAny(text, "nuµ+") {
		return 0, ErrTargetSyntax
	}
	if d > 366*24*time.Hour {
		return 0, fmt.Errorf("%w: longer than a year", ErrTargetRange)
	}
	return d.Seconds(), nil
}

func parseClock(text string) (float64, error) {
	parts := strings.Split(text, ":")
	if len(parts) > 3 {
		return 0, ErrTargetSyntax
	}
	total := 0
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 16)
		if err != nil {
			return 0, ErrTargetSyntax
		}
		if i > 0 && (v > 59 || len(p) != 2) {
			return 0, fmt.Errorf("%w: %q is not two digits below 60", ErrTargetSyntax, p)
		}
		total = total*60 + int(v)
	}
	return float64(total), nil
}

// Text is the target in its canonical form for the unit, which ParseTarget
// reads back: ">= 80%", "<= 8:00", "75%..88%".
func (t Target) Text(unit Unit) string {
	switch t.Op {
	case AtLeast:
		return ">= " + boundText(t.Low, unit)
	case AtMost:
		return "<= " + boundText(t.High, unit)
	default:
		return boundText(t.Low, unit) + ".." + boundText(t.High, unit)
	}
}

func boundText(v float64, unit Unit) string {
	switch unit {
	case Ratio:
		return decimal(v*100) + "%"
	case Seconds:
		whole := int(v)
		switch {
		case float64(whole) != v || whole < 60:
			return decimal(v) + "s"
		case whole < 3600:
			return fmt.Sprintf("%d:%02d", whole/60, whole%60)
		default:
			return fmt.Sprintf("%d:%02d:%02d", whole/3600, whole/60%60, whole%60)
		}
	default:
		return decimal(v)
	}
}

// decimal writes v to a millionth: 0.07*100 is not quite 7.
func decimal(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64)
}
