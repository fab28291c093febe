package metrics

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"farol/floor"
)

// The scripts of testdata/metrics are cases of counting that an analyst can
// read and write; testdata/metrics/README.md tells their words.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "testdata", "metrics", "*.txt"))
	if err != nil || len(files) < 15 {
		t.Fatalf("%d scripts: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			s := &play{t: t, day: noon}
			s.run(file)
		})
	}
}

// play is a script being run.
type play struct {
	t       *testing.T
	line    string
	site    floor.Site
	day     time.Time // noon of the day that times are of
	events  []floor.Event
	made    int // contacts made by "calls"
	expects int
}

func (s *play) run(file string) {
	f, err := os.Open(file)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		s.line = fmt.Sprintf("%s:%d: %s", filepath.Base(file), n, sc.Text())
		words := s.words(sc.Text())
		if len(words) > 0 {
			s.do(words[0], words[1:])
		}
	}
	if s.expects == 0 {
		s.t.Error("the script expects nothing")
	}
}

// words splits a line at blanks; quotes keep words together.
func (s *play) words(line string) []string {
	var out []string
	for line = strings.TrimSpace(line); line != "" && line[0] != '#'; line = strings.TrimSpace(line) {
		if line[0] == '"' {
			word, rest, ok := strings.Cut(line[1:], `"`)
			if !ok {
				s.fail("a quote is missing")
			}
			out, line = append(out, word), rest
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		out, line = append(out, word), rest
	}
	return out
}

func (s *play) fail(format string, args ...any) {
	s.t.Helper()
	s.t.Fatalf("%s\n\t%s", s.line, fmt.Sprintf(format, args...))
}

func (s *play) do(verb string, words []string) {
	switch verb {
	case "site":
		s.setSite(pairs(words))
	case "queue":
		p := pairs(words[1:])
		q := floor.QueueConfig{
			ID: words[0], Threshold: s.length(p["threshold"]), ShortAbandon: s.length(p["short"]), Wrapup: s.length(p["wrapup"]),
			Channel: floor.Channel(p["channel"]),
		}
		if p["team"] != "" {
			q.Teams = []string{p["team"]}
		}
		s.site.Queues = append(s.site.Queues, q)
	case "agent":
		s.site.Agents = append(s.site.Agents, floor.AgentConfig{Name: words[0], Team: pairs(words[1:])["team"]})
	case "shift":
		s.site.Shifts = append(s.site.Shifts, floor.Shift{Name: words[0], Start: s.clock(words[1]), End: s.clock(words[2])})
	case "day":
		d, err := time.ParseInLocation("2006-01-02 15:04", words[0]+" 12:00", s.site.Location())
		if err != nil {
			s.fail("%v", err)
		}
		s.day = d
	case "at":
		s.event(s.instant(words[0]), words[1], words[2:])
	case "expect":
		s.expects++
		s.expect(s.instant(words[1]), words[2:])
	default:
		s.fail("what is %q?", verb)
	}
}

func (s *play) setSite(p map[string]string) {
	if p["zone"] != "" {
		zone, err := time.LoadLocation(p["zone"])
		if err != nil {
			s.fail("%v", err)
		}
		s.site.Zone = zone
		y, m, d := s.day.Date()
		s.day = time.Date(y, m, d, 12, 0, 0, 0, zone)
	}
	if p["day_starts"] != "" {
		s.site.DayStarts = s.clock(p["day_starts"])
	}
}

func pairs(words []string) map[string]string {
	p := map[string]string{}
	for i := 0; i+1 < len(words); i += 2 {
		p[words[i]] = words[i+1]
	}
	return p
}

// clock is a time of day: 14:05 or 14:05:30.
func (s *play) clock(text string) time.Duration {
	parts := strings.Split(text, ":")
	d, unit := time.Duration(0), time.Hour
	for _, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil {
			s.fail("not a time of day: %q", text)
		}
		d += time.Duration(n) * unit
		unit /= 60
	}
	return d
}

// instant is a time of the script's day by the site's clocks; "04:30Z" and
// "+1/00:10" tell other zones and days.
func (s *play) instant(text string) time.Time {
	day := s.day
	if rest, ok := strings.CutPrefix(text, "+1/"); ok {
		day, text = day.AddDate(0, 0, 1), rest
	}
	zone := day.Location()
	if rest, ok := strings.CutSuffix(text, "Z"); ok {
		zone, text = time.UTC, rest
	}
	y, m, d := day.Date()
	c := s.clock(text)
	return time.Date(y, m, d, int(c/time.Hour), int(c%time.Hour/time.Minute), int(c%time.Minute/time.Second), 0, zone)
}

// length is a length of time: 12, 12s, 1:30.
func (s *play) length(text string) time.Duration {
	if text == "" {
		return 0
	}
	if min, sec, ok := strings.Cut(text, ":"); ok {
		return s.clock("0:" + min + ":" + sec)
	}
	n, err := strconv.ParseFloat(strings.TrimSuffix(text, "s"), 64)
	if err != nil {
		s.fail("not a length of time: %q", text)
	}
	return time.Duration(n * float64(time.Second))
}

func (s *play) event(at time.Time, name string, words []string) {
	if name == "calls" {
		s.calls(at, words)
		return
	}
	kind, ok := floor.ParseKind(name)
	if !ok {
		s.fail("no such kind: %q", name)
	}
	e := floor.Event{Kind: kind, At: at.UTC(), Source: "pbx", Key: floor.KeyAt("script", int64(len(s.events)))}
	next := func() string {
		if len(words) == 0 {
			s.fail("something is missing")
		}
		w := words[0]
		words = words[1:]
		return w
	}
	switch {
	case kind >= floor.Offered && kind <= floor.Dumped:
		e.Contact, e.Queue = next(), next()
		if len(words)%2 == 1 {
			e.Agent = next()
		}
	case kind >= floor.AgentIn && kind <= floor.Scheduled:
		e.Agent = next()
	}
	if e.Queue == "-" {
		e.Queue = ""
	}
	p := pairs(words)
	e.Wait, e.Talk, e.Hold, e.Ring, e.Wrap = s.length(p["wait"]), s.length(p["talk"]), s.length(p["hold"]), s.length(p["ring"]), s.length(p["wrap"])
	e.Reason, e.Customer = p["reason"], p["customer"]
	if p["queue"] != "" {
		e.Queue = p["queue"]
	}
	if p["until"] != "" {
		e.Until = s.instant(p["until"]).UTC()
	}
	s.add(e)
}

func (s *play) add(e floor.Event) {
	e.Seq = uint64(len(s.events) + 1)
	s.events = append(s.events, e)
}

// calls makes n calls at once: at 10:00 calls 68 suporte answered wait 10 talk 60 agent Ana.
func (s *play) calls(at time.Time, words []string) {
	n, err := strconv.Atoi(words[0])
	if err != nil {
		s.fail("how many calls is %q?", words[0])
	}
	kind, ok := floor.ParseKind(words[2])
	if !ok {
		s.fail("no such kind: %q", words[2])
	}
	p := pairs(words[3:])
	for range n {
		s.made++
		e := floor.Event{Source: "pbx", Kind: floor.Queued, At: at.UTC(), Queue: words[1], Contact: fmt.Sprintf("made%d", s.made)}
		s.add(e)
		e.Kind, e.Wait, e.Agent = kind, s.length(p["wait"]), p["agent"]
		e.At = e.At.Add(e.Wait)
		s.add(e)
		if kind == floor.Answered && p["talk"] != "" {
			e.Kind, e.Talk = floor.Completed, s.length(p["talk"])
			e.At = e.At.Add(e.Talk)
			s.add(e)
		}
	}
}
