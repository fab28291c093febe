package metrics

import (
	"bufio"
	"fmt"
	"math"
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

// expect compares a figure, a state or a queue with what the script says.
func (s *play) expect(at time.Time, words []string) {
	snap := s.snapshot(at)
	switch words[0] {
	case "state":
		s.expectState(snap, words[1:])
	case "live":
		s.expectLive(snap, words[1], pairs(words[2:]))
	case "people":
		s.expectPeople(snap, words[1], pairs(words[2:]))
	default:
		s.expectFigure(snap, words)
	}
}

// snapshot is what was known at an instant from the lines so far.
func (s *play) snapshot(at time.Time) *Snapshot {
	cfg := &Config{Site: s.site}
	f := newFold(cfg, noJudge{}, cfg.Site.DayStart(s.events[0].At), cfg.Site.DayStart(at))
	f.ceiling = at.UnixMilli()
	for i := range s.events {
		if e := &s.events[i]; !e.At.After(at) || e.Kind == floor.Scheduled {
			f.apply(e)
		}
	}
	f.advance(at.UnixMilli())
	return f.look(f.now, false, nil).build()
}

func (s *play) expectState(snap *Snapshot, words []string) {
	for _, a := range snap.Agents {
		if a.Name != words[0] {
			continue
		}
		if a.State.String() != words[1] {
			s.fail("%s is %s", a.Name, a.State)
		}
		p := pairs(words[2:])
		if p["for"] != "" && a.InState != s.length(p["for"]) {
			s.fail("%s is %s for %s", a.Name, a.State, a.InState)
		}
		if p["reason"] != "" && a.Reason != p["reason"] {
			s.fail("%s is out for %q", a.Name, a.Reason)
		}
		if p["overdue"] != "" && fmt.Sprint(a.Overdue) != p["overdue"] {
			s.fail("overdue is %v", a.Overdue)
		}
		if p["calls"] != "" && strconv.Itoa(a.Calls) != p["calls"] {
			s.fail("%d calls", a.Calls)
		}
		return
	}
	s.fail("nobody is called %s", words[0])
}

func (s *play) liveOf(snap *Snapshot, scope string) (LiveState, People) {
	if scope == "site" {
		return snap.Total.Live, snap.People
	}
	for _, q := range snap.Queues {
		if q.Ref.ID == scope {
			return q.Live, q.People
		}
	}
	s.fail("no queue %s", scope)
	return LiveState{}, People{}
}

func (s *play) expectLive(snap *Snapshot, scope string, p map[string]string) {
	l, _ := s.liveOf(snap, scope)
	for word, got := range map[string]int{
		"waiting": l.Waiting, "talking": l.Talking, "lost": l.Lost, "savable": l.Salvageable, "over": l.Over, "free": l.Free,
		"longest": int(l.Longest / time.Second), "nobody_free": int(l.NobodyFree / time.Second),
	} {
		if want, said := p[word]; said && int(s.length(want)/time.Second) != got {
			s.fail("%s is %d", word, got)
		}
	}
}

func (s *play) expectPeople(snap *Snapshot, scope string, p map[string]string) {
	_, people := s.liveOf(snap, scope)
	for word, got := range map[string]int{
		"logged_in": people.LoggedIn, "busy": people.Busy, "wrapup": people.Wrapup, "free": people.Free, "out": people.Out,
		"neutral": people.Neutral, "training": people.Training, "overdue": people.Overdue, "planned": people.Planned,
	} {
		if want, said := p[word]; said && strconv.Itoa(got) != want {
			s.fail("%s is %d", word, got)
		}
	}
}

var scriptWindows = map[string]Window{"15m": Last15m, "1h": LastHour, "day": Today, "shift": ThisShift}

func (s *play) expectFigure(snap *Snapshot, words []string) {
	id, variant, _ := strings.Cut(words[0], "/")
	k, err := ParseKPI(id, variant)
	if err != nil {
		s.fail("%v", err)
	}
	ref := ScopeRef{Kind: QueueScope, ID: words[1]}
	if kind, name, ok := strings.Cut(words[1], ":"); ok {
		ref = ScopeRef{Kind: map[string]ScopeKind{"agent": AgentScope, "team": TeamScope, "channel": ChannelScope}[kind], ID: name}
	} else if words[1] == "site" {
		ref = ScopeRef{}
	}
	w, rest := Today, words[2:]
	if len(rest) > 1 {
		w, rest = scriptWindows[rest[0]], rest[1:]
	}
	all := snap.FiguresOf(ref)
	if all == nil {
		s.fail("no scope %s", words[1])
	}
	got := all[w][k]
	if rest[0] == "n/d" {
		if got.Known {
			s.fail("it is %v", got.Value)
		}
		return
	}
	want, tolerance := s.value(rest[0])
	if !got.Known || math.Abs(got.Value-want) > tolerance {
		s.fail("it is %+v", got)
	}
}

// value is a figure as written, and half a unit of its last digit.
func (s *play) value(text string) (want, tolerance float64) {
	scale, digits := 1.0, text
	if p, ok := strings.CutSuffix(text, "%"); ok {
		scale, digits = 0.01, p
	} else if strings.Contains(text, ":") {
		return s.length(text).Seconds(), 0.5
	} else {
		digits = strings.TrimSuffix(text, "s")
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		s.fail("not a figure: %q", text)
	}
	_, decimals, _ := strings.Cut(digits, ".")
	return v * scale, scale * 0.5000001 * math.Pow(10, -float64(len(decimals)))
}
