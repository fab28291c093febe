package events

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"farol/floor"
)

// record is a line as JSON holds it.
type record struct {
	At       json.RawMessage `json:"at"`
	Kind     string          `json:"kind"`
	Source   string          `json:"source"`
	Key      string          `json:"key"`
	Offset   *int64          `json:"offset"`
	Queue    string          `json:"queue"`
	Agent    string          `json:"agent"`
	Contact  string          `json:"contact"`
	Channel  string          `json:"channel"`
	Wait     json.Number     `json:"wait"`
	Talk     json.Number     `json:"talk"`
	Hold     json.Number     `json:"hold"`
	Ring     json.Number     `json:"ring"`
	Wrap     json.Number     `json:"wrap"`
	Position int             `json:"position"`
	Reason   string          `json:"reason"`
	By       string          `json:"by"`
	Customer string          `json:"customer"`
	Subject  string          `json:"subject"`
	Text     string          `json:"text"`
	Author   string          `json:"author"`
	Score    *score          `json:"score"`
	Until    json.RawMessage `json:"until"`
	N        int             `json:"n"`
	Seq      json.RawMessage `json:"seq"`
}

type score struct {
	Scale string `json:"scale"`
	Mark  *int   `json:"mark"`
}

var parties = [...]string{
	floor.Nobody: "", floor.ByAgent: "agent", floor.ByCustomer: "customer", floor.BySystem: "system",
	floor.ByTransfer: "transfer", floor.ByBot: "bot",
}

// scales are the names and ranges of marks.
var scales = [...]struct {
	name     string
	low, top int
}{
	floor.NoScale: {"", 0, 0}, floor.NPS: {"nps", 0, 10}, floor.CSAT: {"csat", 1, 5},
	floor.Resolved: {"resolved", 0, 1}, floor.Converted: {"converted", 0, 1},
}

func parseParty(name string) (floor.Party, error) {
	for i, n := range parties {
		if n == name {
			return floor.Party(i), nil
		}
	}
	return 0, fmt.Errorf("by: %q is none of agent, customer, system, transfer, bot", short(name))
}

func parseScore(s *score) (floor.Score, error) {
	if s == nil {
		return floor.Score{}, nil
	}
	for i, sc := range scales {
		if i == 0 || sc.name != s.Scale {
			continue
		}
		if s.Mark == nil || *s.Mark < sc.low || *s.Mark > sc.top {
			return floor.Score{}, fmt.Errorf("score: a mark of %s is %d to %d", sc.name, sc.low, sc.top)
		}
		return floor.Score{Scale: floor.Scale(i), Mark: *s.Mark}, nil
	}
	return floor.Score{}, fmt.Errorf("score: %q is none of nps, csat, resolved, converted", short(s.Scale))
}

var errTime = errors.New("neither RFC 3339 with a zone nor seconds since 1970")

// parseTime reads a time of the years 1970 to 9999; null and absent are the
// zero time.
func parseTime(raw json.RawMessage) (time.Time, error) {
	text := string(raw)
	if text == "" || text == "null" {
		return time.Time{}, nil
	}
	if text[0] == '"' {
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return time.Time{}, errTime
		}
		if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
			if t = t.UTC(); t.Unix() < 0 || t.Year() > 9999 {
				return time.Time{}, errors.New("not within the years 1970 to 9999")
			}
			return t, nil
		}
		text = s
	}
	d, ok := seconds(text)
	if !ok {
		return time.Time{}, errTime
	}
	return time.Unix(0, int64(d)).UTC(), nil
}

// seconds reads a number of seconds exactly, to the nanosecond; ok is false for
// negative ones and for more than 292 years.
func seconds(text string) (time.Duration, bool) {
	whole, fraction, _ := strings.Cut(text, ".")
	if strings.ContainsAny(text, "eE+-") || len(fraction) > 9 {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || !(f >= 0 && f < math.MaxInt64/1e9) {
			return 0, false
		}
		return time.Duration(math.Round(f * 1e9)), true
	}
	s, err := strconv.ParseUint(whole, 10, 63)
	if err != nil || s >= uint64(math.MaxInt64/time.Second) {
		return 0, false
	}
	var ns uint64
	if fraction != "" {
		if ns, err = strconv.ParseUint(fraction+"000000000"[len(fraction):], 10, 63); err != nil {
			return 0, false
		}
	}
	return time.Duration(s*1e9 + ns), true
}

// appendSeconds is the inverse of seconds.
func appendSeconds(dst []byte, d time.Duration) []byte {
	dst = strconv.AppendInt(dst, int64(d/time.Second), 10)
	ns := int64(d % time.Second)
	if ns == 0 {
		return dst
	}
	digits := fmt.Sprintf("%09d", ns)
	dst = append(dst, '.')
	return append(dst, strings.TrimRight(digits, "0")...)
}

// short bounds a foreign name in an error.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
