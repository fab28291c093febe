package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"farol/floor"
	"farol/metrics"
)

// config is farol.toml as read and checked.
type config struct {
	path    string
	site    floor.Site
	metas   []metrics.MetaSpec
	sources []sourceConfig
	retain  retention
	country string // calling code of numbers without one
}

// retention says how long events are kept; 0 is for ever.
type retention struct{ events time.Duration }

// sourceConfig is one [[source]].
type sourceConfig struct {
	Kind     string `toml:"kind"`
	Name     string `toml:"name"`
	AMI      string `toml:"ami"`
	User     string `toml:"user"`
	Secret   string `toml:"secret_file"`
	QueueLog string `toml:"queue_log"`
	File     string `toml:"file"`
	Seed     uint64 `toml:"seed"`
}

// file is the TOML document. Everything a person writes is text, so that a
// mistake can be answered with the line it stands on.
type file struct {
	Site struct {
		Name      string   `toml:"name"`
		Timezone  string   `toml:"timezone"`
		Language  string   `toml:"language"`
		DayStarts string   `toml:"day_starts"`
		Country   string   `toml:"country"`
		Holidays  []string `toml:"holidays"`
		Presets   []string `toml:"presets"`
		Retention string   `toml:"retention"`
	} `toml:"site"`
	Sources []sourceConfig `toml:"source"`
	Queues  []struct {
		ID           string   `toml:"id"`
		Name         string   `toml:"name"`
		Channel      string   `toml:"channel"`
		Threshold    string   `toml:"threshold"`
		ShortAbandon string   `toml:"short_abandon"`
		Wrapup       string   `toml:"wrapup"`
		Teams        []string `toml:"teams"`
	} `toml:"queue"`
	Agents []struct {
		Name      string `toml:"name"`
		Team      string `toml:"team"`
		Seat      string `toml:"seat"`
		Extension string `toml:"extension"`
	} `toml:"agent"`
	Shifts []struct {
		Name    string `toml:"name"`
		Start   string `toml:"start"`
		End     string `toml:"end"`
		Planned int    `toml:"planned"`
	} `toml:"shift"`
	Pauses []struct {
		Match    string `toml:"match"`
		Class    string `toml:"class"`
		Expected string `toml:"expected"`
	} `toml:"pause"`
	Metas []metaConfig `toml:"meta"`
}

// configFault is a mistake in the file, at a line, with its cure.
type configFault struct {
	path string
	line int
	what string
	cure string
}

func (f *configFault) Error() string {
	if f.line == 0 {
		return fmt.Sprintf("read config %s: %s; %s", f.path, f.what, f.cure)
	}
	return fmt.Sprintf("read config %s:%d: %s; %s", f.path, f.line, f.what, f.cure)
}

// loadConfig reads and checks a whole farol.toml. Any mistake refuses the file:
// a config is never half applied. The error carries exit code 78.
func loadConfig(path string) (*config, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fault(exitConfig, fmt.Errorf("read config %s: %w", path, cause(err)), "give -c the path of a farol.toml, or none for the demonstration")
	}
	c, err := parseConfig(path, string(text))
	if err != nil {
		return nil, fault(exitConfig, err, "")
	}
	return c, nil
}

// parseConfig is loadConfig on text; path is for messages and for the relative
// paths inside the file.
func parseConfig(path, text string) (*config, error) {
	p := &parser{path: path, at: locate(text)}
	md, err := toml.Decode(text, &p.doc)
	var syntax toml.ParseError
	if errors.As(err, &syntax) {
		line := syntax.Position.Line
		if strings.Contains(syntax.Message, `got '\n'`) {
			line-- // the parser counts the line feed that it tripped over
		}
		what := strings.TrimSuffix(syntax.Message, ".")
		return nil, &configFault{path, line, strings.ToLower(what[:1]) + what[1:], "correct the line"}
	}
	if err != nil {
		return nil, wrongType(path, err)
	}
	for _, key := range md.Undecoded() {
		if strings.HasPrefix(key.String(), "meta.scope.") {
			continue // read by its own function
		}
		return nil, &configFault{
			path, p.at.line(key), fmt.Sprintf("unknown key %q", key.String()), nearest(key) + "see the keys in docs/config.md",
		}
	}
	out := &config{path: path, country: p.doc.Site.Country, sources: p.doc.Sources}
	for _, step := range []func(*config) error{p.site, p.queues, p.people, p.shifts, p.pauses, p.feeds, p.metas} {
		if err := step(out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// typeFault is how the TOML parser tells of a value of another type.
var typeFault = regexp.MustCompile(`line (\d+) \(last key "([^"]*)"\): incompatible types: TOML value has type (\w+); destination has type (\w+)`)

func wrongType(path string, err error) error {
	m := typeFault.FindStringSubmatch(err.Error())
	if m == nil {
		return &configFault{path, 0, err.Error(), "correct the type of the value"}
	}
	line, _ := strconv.Atoi(m[1]) // digits, by the pattern
	return &configFault{path, line, fmt.Sprintf("%s is of type %s", m[2], m[3]), "write a value of type " + m[4]}
}

// parser turns the document into a config, step by step.
type parser struct {
	path string
	doc  file
	at   places
}

// fail builds the error for the n-th table of a kind and one of its keys.
func (p *parser) fail(table string, n int, key, what, cure string) error {
	return &configFault{p.path, p.at.find(table, n, key), what, cure}
}

func (p *parser) duration(table string, n int, key, text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 || d > 24*time.Hour {
		return 0, p.fail(table, n, key, fmt.Sprintf("%s %q is not a time", key, text), `write it like "20s", "1m30s" or "0s"`)
	}
	return d, nil
}

func (p *parser) clock(table string, n int, key, text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, p.fail(table, n, key, fmt.Sprintf("%s %q is not a time of day", key, text), `write it like "08:00"`)
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

func (p *parser) site(out *config) error {
	s := p.doc.Site
	out.site.Name = s.Name
	if s.Name == "" {
		out.site.Name = "farol"
	}
	zone := time.Local
	if s.Timezone != "" {
		z, err := time.LoadLocation(s.Timezone)
		if err != nil {
			return p.fail("site", 0, "timezone", fmt.Sprintf("unknown timezone %q", s.Timezone), `write an IANA name such as "America/Recife" or "Europe/Lisbon"`)
		}
		zone = z
	}
	out.site.Zone = zone
	switch s.Language {
	case "", "pt-BR", "pt-PT", "en":
		out.site.Language = s.Language
	default:
		return p.fail("site", 0, "language", fmt.Sprintf("unknown language %q", s.Language), `use "pt-BR", "pt-PT" or "en"`)
	}
	if strings.Trim(out.country, "0123456789") != "" || len(out.country) > 3 {
		return p.fail("site", 0, "country", fmt.Sprintf("country %q is not a calling code", s.Country), `write it like "55" or "351"`)
	}
	if out.country == "" {
		out.country = "55"
		if out.site.Language == "pt-PT" {
			out.country = "351"
		}
	}
	var err error
	if out.site.DayStarts, err = p.clock("site", 0, "day_starts", s.DayStarts); err != nil {
		return err
	}
	for _, h := range s.Holidays {
		t, err := time.ParseInLocation("2006-01-02", h, zone)
		if err != nil {
			return p.fail("site", 0, "holidays", fmt.Sprintf("holiday %q is not a date", h), `write dates like "2026-12-25"`)
		}
		out.site.Holidays = append(out.site.Holidays, t)
	}
	if s.Retention != "" {
		days, err := parseDays(s.Retention)
		if err != nil {
			return p.fail("site", 0, "retention", fmt.Sprintf("retention %q is not a number of days", s.Retention), `write it like "30d"`)
		}
		out.retain.events = days
	}
	return nil
}

// parseDays reads "30d".
func parseDays(text string) (time.Duration, error) {
	var n int
	if _, err := fmt.Sscanf(text, "%dd", &n); err != nil || n <= 0 || fmt.Sprintf("%dd", n) != text {
		return 0, fmt.Errorf("parse days %q", text)
	}
	return time.Duration(n) * 24 * time.Hour, nil
}

func (p *parser) queues(out *config) error {
	seen := map[string]int{}
	for i, q := range p.doc.Queues {
		id := strings.ToLower(strings.TrimSpace(q.ID))
		if id == "" {
			return p.fail("queue", i, "id", "a queue without id", "give it the id that the telephone system uses")
		}
		if first, dup := seen[id]; dup {
			return p.fail("queue", i, "id", fmt.Sprintf("queue %q is already configured at line %d", id, p.at.find("queue", first, "id")), "keep one of the two")
		}
		seen[id] = i
		ch := floor.Channel(q.Channel)
		if !ch.Valid() {
			return p.fail("queue", i, "channel", fmt.Sprintf("unknown channel %q", q.Channel), "use voice, whatsapp, chat, email, social, messaging or ticket")
		}
		conf := floor.QueueConfig{ID: id, Name: q.Name, Channel: ch, Teams: q.Teams}
		var err error
		if conf.Threshold, err = p.duration("queue", i, "threshold", q.Threshold); err != nil {
			return err
		}
		if q.Threshold != "" && conf.Threshold < time.Second {
			return p.fail("queue", i, "threshold", fmt.Sprintf("threshold %q: nobody is answered within it", q.Threshold), `write one of a second or more, as in "20s"`)
		}
		if conf.ShortAbandon, err = p.duration("queue", i, "short_abandon", q.ShortAbandon); err != nil {
			return err
		}
		if q.ShortAbandon != "" {
			// Zero means the default below; no time at all is the shortest there is.
			conf.ShortAbandon = max(conf.ShortAbandon, time.Nanosecond)
		}
		if conf.Wrapup, err = p.duration("queue", i, "wrapup", q.Wrapup); err != nil {
			return err
		}
		out.site.Queues = append(out.site.Queues, conf)
	}
	return nil
}
