package metrics

import (
	"math"
	"time"

	"farol/floor"
)

// fold is the state of the floor after a sequence of events, at an instant. It
// is driven by apply, advance and settle, in one goroutine.
type fold struct {
	cfg    *Config
	loc    *time.Location
	judge  judging
	report *reporter           // instead of windows and days, when a report is made
	level  func(t int64) Level // of the sources, at an instant being judged

	queueNames, agentNames, sourceNames, reasonNames *names

	led        *ledger
	queues     []*queueState // by number; 0 is the nameless one
	agents     []*agentState // by number; nil at 0
	byName     []*agentState
	site       *scope
	teams      []*scope
	channels   [8]*scope // 0 is unused
	reasons    []pauseClass
	sources    []sourceState
	lastSource uint32

	now        int64 // ms: the instant reached
	ceiling    int64 // ms: no event moves the instant beyond it
	sec        int64 // the second up to which windows have moved
	day, night int64 // the site's day: from, to; ms
	shift      int64 // the shift's beginning, ms
	shiftEnd   int64
	liveFrom   int64 // days before it are folded with no sliding windows
	live       bool
	grids      int64 // the next instant of the judging grid

	keepFrom int64   // stays offered since are kept, however old; ms
	base     int64   // the second of heads[0]
	heads    []int32 // stays by the second in which they were offered
	strays   int     // stays of days gone that came since the last sweep

	customers map[string]int32 // newest stay of each customer of today
	ringing   []ringingDesk
	plans     []shiftPlan // of queues and the site; agents have their own

	past      past
	aliased   int // how many agents have an alias
	siteChart siteChart
	stirred   uint64 // rises with whatever changes people's time
	peopleA   int64  // the instant that people's time is worked out for
	peopleV   uint64
	rules     deskRules
	seq       uint64 // of the last event applied
	events    uint64
	skipped   uint64 // events that no figure could use
}

type agentState struct {
	*scope
	desk
	team   *scope
	config floor.AgentConfig
	last   int32 // newest of his stays, linked by prevOfAgent
	plans  []shiftPlan
	places []*scope // the scopes of which he is one of the people
	placed uint64   // version of the desk that places are of

	handled []queueCount // answered today, by queue
	parts   agentParts
	alias   string
}

type ringingDesk struct {
	agent uint32
	call  uint64
	tie   uint64
}

type sourceState struct {
	last   int64 // At of its newest event
	events uint64
	other  uint64 // of kinds that farol does not know
	up     bool
	since  int64
	down   string
}

// pauseClass is what a reason means.
type pauseClass struct{ rule floor.PauseRule }

// newFold makes the state before any event. Days before liveFrom are folded
// fast: their figures are kept by day and interval, but no window slides
// through them and nobody judges them.
func newFold(cfg *Config, j judging, start, liveFrom time.Time) *fold {
	f := &fold{
		cfg: cfg, loc: cfg.Site.Location(), judge: j,
		queueNames: newNames(), agentNames: newNames(), sourceNames: newNames(), reasonNames: newNames(),
		led: newLedger(), ceiling: math.MaxInt64, keepFrom: math.MaxInt64, customers: map[string]int32{},
		agents: []*agentState{nil}, liveFrom: liveFrom.UnixMilli(),
		level: func(int64) Level { return Live },
	}
	f.site = &scope{ref: ScopeRef{Kind: SiteScope, Name: cfg.Site.Name}}
	for i, c := range floor.Channels() {
		f.channels[i+1] = &scope{ref: ScopeRef{Kind: ChannelScope, ID: string(c), Name: string(c)}}
	}
	f.queues = append(f.queues, f.newQueue(""))
	for _, q := range cfg.Site.Queues {
		f.queue(q.ID)
	}
	for _, a := range cfg.Site.Agents {
		if a.Team != "" {
			f.teamScope(a.Team)
		}
		f.agent(a.Name)
	}
	f.reason("")
	f.source("")
	f.rules = deskRules{
		wrapup:   func(q uint32) int64 { return f.queues[q].wrapup },
		tellWrap: func(q uint32) int64 { return f.queues[q].wrapTold },
		neutral:  func(r uint32) bool { return f.reasons[r].rule.Class.Neutral() },
		state:    func(r uint32) (floor.State, bool) { return parseState(f.reasonNames.name(r)) },
	}
	f.begin(start)
	return f
}

// begin makes t the instant reached, with nothing counted yet.
func (f *fold) begin(t time.Time) {
	f.now, f.sec = t.UnixMilli(), t.Unix()
	f.setDay(t)
	f.setShift(t)
	f.live = f.day >= f.liveFrom
	f.rechain()
	if f.live {
		f.judge.day(f.at(f.day))
	}
	f.grids = f.day + gridStep.Milliseconds()
	for f.grids <= f.now {
		f.grids += (f.now - f.grids + gridStep.Milliseconds()) / gridStep.Milliseconds() * gridStep.Milliseconds()
	}
}

func (f *fold) setDay(t time.Time) {
	f.day = f.cfg.Site.DayStart(t).UnixMilli()
	f.night = f.cfg.Site.NextDay(t).UnixMilli()
}

func (f *fold) setShift(t time.Time) {
	_, from, to, _ := f.cfg.Site.ShiftAt(t)
	f.shift, f.shiftEnd = from.UnixMilli(), to.UnixMilli()
	if f.shiftEnd <= f.shift {
		f.shiftEnd = f.night
	}
	if !f.inShift(t) { // between shifts the window is the day, until one begins
		f.shiftEnd = f.nextShift(t)
	}
}

func (f *fold) inShift(t time.Time) bool {
	_, _, _, ok := f.cfg.Site.ShiftAt(t)
	return ok
}

// nextShift is the first minute after t, within the day, at which a shift
// begins; the end of the day when none does.
func (f *fold) nextShift(t time.Time) int64 {
	next := f.night
	y, m, d := t.In(f.loc).Date()
	for _, sh := range f.cfg.Site.Shifts {
		for day := d; day <= d+1; day++ {
			at := time.Date(y, m, day, 0, int(sh.Start/time.Minute), 0, 0, f.loc).UnixMilli()
			if at > t.UnixMilli() && at < next {
				next = at
			}
		}
	}
	return next
}

// at is an instant as people of the site read it.
func (f *fold) at(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).In(f.loc)
}

func parseState(name string) (floor.State, bool) {
	for s := floor.Offline; s <= floor.OnPause; s++ {
		if s.String() == name {
			return s, true
		}
	}
	return floor.Offline, false
}
