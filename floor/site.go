package floor

import (
	"time"
)

// Site is the operation as configured: what is fixed while events come and go.
// The zero Site is usable: UTC, days from midnight, queues as they appear.
type Site struct {
	Name      string
	Zone      *time.Location
	Language  string        // "pt-BR", "pt-PT", "en"
	DayStarts time.Duration // after local midnight
	Queues    []QueueConfig
	Shifts    []Shift
	Agents    []AgentConfig
	Pauses    []PauseRule // before the default rules
	Holidays  []time.Time // local midnights
}

// QueueConfig is what a site says of a queue. Queues that are not configured
// exist too, as they appear in events, with the defaults of [Site.Queue].
type QueueConfig struct {
	ID           string // lower case
	Name         string
	Channel      Channel
	Threshold    time.Duration // T of the service level
	ShortAbandon time.Duration
	Wrapup       time.Duration // after-call work the telephone system grants; 0 none
	Teams        []string
}

// AgentConfig is what a site says of an agent.
type AgentConfig struct {
	Name      string
	Team      string
	Seat      string // "PA 14"
	Extension string // "2214"
}

// Shift is a named part of the day; End may pass midnight (End <= Start).
type Shift struct {
	Name       string
	Start, End time.Duration // after local midnight
	Planned    int           // people scheduled; 0 not said
}

// The defaults of a queue that nobody configured.
const (
	DefaultThreshold    = 20 * time.Second
	DefaultShortAbandon = 5 * time.Second
)

// Location is the site's zone, UTC when none is set.
func (s *Site) Location() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// Queue returns the configuration of a queue, or the defaults with id as name.
func (s *Site) Queue(id string) QueueConfig {
	for _, q := range s.Queues {
		if q.ID == id {
			return q.withDefaults()
		}
	}
	return QueueConfig{ID: id}.withDefaults()
}

func (q QueueConfig) withDefaults() QueueConfig {
	if q.Name == "" {
		q.Name = q.ID
	}
	if q.Channel == "" {
		q.Channel = Voice
	}
	if q.Threshold == 0 {
		q.Threshold = DefaultThreshold
	}
	if q.ShortAbandon == 0 {
		q.ShortAbandon = DefaultShortAbandon
	}
	return q
}

// DayStart is the instant the site's day that holds t began: local midnight
// plus DayStarts by the wall clock, whatever the clock did in between.
func (s *Site) DayStart(t time.Time) time.Time {
	local := t.In(s.Location())
	y, m, d := local.Date()
	start := s.clockAt(y, m, d)
	if start.After(t) {
		start = s.clockAt(y, m, d-1)
	}
	return start
}

// NextDay is the start of the site's day after the one that holds t: 23, 24 or
// 25 hours after DayStart.
func (s *Site) NextDay(t time.Time) time.Time {
	y, m, d := s.DayStart(t).In(s.Location()).Date()
	return s.clockAt(y, m, d+1)
}

// clockAt is the instant at which the site's clocks show its start of a day.
// Where they are put forward over that time, as Brazil's were at midnight, the
// day starts when they jump.
func (s *Site) clockAt(y int, m time.Month, d int) time.Time {
	h := int(s.DayStarts / time.Hour)
	minute := int(s.DayStarts % time.Hour / time.Minute)
	t := time.Date(y, m, d, h, minute, 0, 0, s.Location())
	wanted := time.Date(y, m, d, h, minute, 0, 0, time.UTC)
	ly, lm, ld := t.Date()
	shown := time.Date(ly, lm, ld, t.Hour(), t.Minute(), 0, 0, time.UTC)
	if gap := wanted.Sub(shown); gap > 0 {
		return t.Add(gap)
	}
	return t
}

// ShiftAt is the shift that holds t, with its instants; ok is false when the
// site has no shift there, and then the shift is the whole day.
func (s *Site) ShiftAt(t time.Time) (sh Shift, from, to time.Time, ok bool) {
	local := t.In(s.Location())
	y, m, d := local.Date()
	for _, sh := range s.Shifts {
		for back := 0; back <= 1; back++ {
			from := time.Date(y, m, d-back, 0, int(sh.Start/time.Minute), 0, 0, s.Location())
			end := sh.End
			if end <= sh.Start {
				end += 24 * time.Hour
			}
			to := time.Date(y, m, d-back, 0, int(end/time.Minute), 0, 0, s.Location())
			if !t.Before(from) && t.Before(to) {
				return sh, from, to, true
			}
		}
	}
	return Shift{}, s.DayStart(t), s.NextDay(t), false
}

// PauseRules are the site's own rules followed by the defaults.
func (s *Site) PauseRules() []PauseRule {
	return append(append([]PauseRule(nil), s.Pauses...), DefaultPauseRules()...)
}
