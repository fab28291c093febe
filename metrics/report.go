package metrics

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"farol/floor"
)

// Report gives the figures of a range of time, grouped. Contacts belong to the
// interval in which they were offered, wherever they ended; people's time is
// cut at the range's ends. Rows with nothing in them are not given.
//
// Occupancy and the other figures of people's time are for the people of the
// scope, whichever queue they were working for. Percentiles are exact below ten
// minutes and within 1 % above, and exact always with Samples.
func Report(ctx context.Context, cfg Config, log Log, q Query) ([]Row, error) {
	if q.By > ByInterval {
		return nil, fmt.Errorf("report by %d: %w", q.By, ErrUnknownScope)
	}
	if q.Step <= 0 {
		q.Step = 15 * time.Minute
	}
	day := cfg.Site.DayStart(q.From)
	lo, hi := day.Add(-24*time.Hour), q.To.Add(24*time.Hour)
	if !q.AsOf.IsZero() && q.AsOf.Before(hi) {
		hi = q.AsOf.Add(time.Millisecond)
	}
	f := newFold(&cfg, noJudge{}, cfg.Site.DayStart(lo), q.To.Add(1000*time.Hour))
	f.report = &reporter{Query: q, from: q.From.UnixMilli(), to: q.To.UnixMilli(), groups: map[groupKey]*group{}}
	err := log.ScanRange(ctx, lo, hi, func(events []floor.Event) error {
		for i := range events {
			if e := &events[i]; e.Kind == floor.Scheduled || !e.At.Before(lo) && e.At.Before(hi) {
				f.apply(e)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("report from %s to %s: %w", q.From.Format(time.RFC3339), q.To.Format(time.RFC3339), err)
	}
	if !q.AsOf.IsZero() {
		f.advance(q.AsOf.UnixMilli())
	}
	f.settle()
	f.report.people(f, f.now)
	f.report.late(f)
	return f.report.rows(f), nil
}

// reporter groups marks for a report.
type reporter struct {
	Query
	from, to int64
	groups   map[groupKey]*group
}

// groupKey is a row: a number of what the report is by, or an interval's start.
type groupKey int64

type group struct {
	sheet
	time    peopleTime
	samples Samples
}

func (r *reporter) group(k groupKey) *group {
	g := r.groups[k]
	if g == nil {
		g = &group{}
		r.groups[k] = g
	}
	return g
}

// keys calls fn for each row that a mark belongs to.
func (r *reporter) keys(f *fold, m *mark, fn func(groupKey)) {
	switch r.By {
	case BySite:
		fn(0)
	case ByQueue:
		if m.queue != 0 { // some never came to a queue
			fn(groupKey(m.queue))
		}
	case ByHour, ByDay, ByInterval:
		fn(groupKey(r.begin(f, m.at)))
	default:
		f.scopesOf(m, func(sc *scope) {
			if k, ok := r.scopeKey(f, sc); ok {
				fn(k)
			}
		})
	}
}

// scopeKey numbers a scope, when it is of the kind that the report is by.
func (r *reporter) scopeKey(f *fold, sc *scope) (groupKey, bool) {
	switch {
	case r.By == BySite && sc.ref.Kind == SiteScope:
		return 0, true
	case r.By == ByQueue && sc.ref.Kind == QueueScope:
		return groupKey(f.queueNames.ids[sc.ref.ID]), true
	case r.By == ByAgent && sc.ref.Kind == AgentScope:
		return groupKey(f.agentNames.ids[sc.ref.ID]), true
	case r.By == ByTeam && sc.ref.Kind == TeamScope:
		return groupKey(slices.Index(f.teams, sc)), true
	case r.By == ByChannel && sc.ref.Kind == ChannelScope:
		return groupKey(slices.Index(f.channels[:], sc)), true
	default:
		return 0, false
	}
}

// begin is the start of the interval that holds ms: hours and shorter ones by
// the clocks of the site, counted from the start of the day.
func (r *reporter) begin(f *fold, ms int64) int64 {
	day := f.cfg.Site.DayStart(f.at(ms)).UnixMilli()
	if r.By == ByDay {
		return day
	}
	step := r.step()
	return day + (ms-day)/step*step
}

func (r *reporter) step() int64 {
	if r.By == ByHour {
		return 60 * minuteMS
	}
	return r.Step.Milliseconds()
}

func (r *reporter) wants(f *fold, m *mark) bool {
	return m.at >= r.from && m.at < r.to && (r.Queue == "" || f.queueNames.name(m.queue) == r.Queue)
}

func (r *reporter) count(f *fold, m *mark, sign int32) {
	if !r.wants(f, m) {
		return
	}
	r.keys(f, m, func(k groupKey) {
		g := r.group(k)
		g.add(m, sign)
		if r.Samples {
			g.samples.add(m, sign)
		}
	})
}

// late counts who still waits beyond T at the instant of the report.
func (r *reporter) late(f *fold) {
	for _, q := range f.queues {
		for _, n := range q.waitingOf {
			if s := &f.led.stays[n]; r.wants(f, &s.m) && s.waitOf(f.now, false) > q.lim.threshold {
				r.keys(f, &s.m, func(k groupKey) { r.group(k).sheet.late++ })
			}
		}
	}
}

// people adds people's time of the current day, up to an instant.
func (r *reporter) people(f *fold, until int64) {
	from, to := max(r.from, f.day), min(r.to, f.night, until)
	if from >= to {
		return
	}
	for _, a := range f.agents[1:] {
		a.settle(&f.rules)
		a.lapse(to, &f.rules)
		f.eachPlace(a, func(*scope) {})
		if r.Queue != "" && !slices.ContainsFunc(a.places, func(sc *scope) bool { return sc.ref.Kind == QueueScope && sc.ref.ID == r.Queue }) {
			continue
		}
		switch r.By {
		case ByHour, ByDay, ByInterval:
			for at := r.begin(f, from); at < to; {
				next := f.night
				if r.By != ByDay {
					next = at + r.step()
				}
				r.spend(groupKey(at), a, max(at, from), min(next, to))
				at = next
			}
		case ByAgent:
			r.spend(groupKey(a.desk.id), a, from, to)
		default:
			for _, sc := range a.places {
				if k, ok := r.scopeKey(f, sc); ok {
					r.spend(k, a, from, to)
				}
			}
		}
	}
}

func (r *reporter) spend(k groupKey, a *agentState, from, to int64) {
	p := timeOf(a.between(from, to))
	if len(a.plans) > 0 {
		p.plan = a.adherence(from, to)
	}
	if p != (peopleTime{}) {
		r.group(k).time.plus(&p)
	}
}

// rows are the groups in the order of their keys as text; intervals by time.
func (r *reporter) rows(f *fold) []Row {
	out := make([]Row, 0, len(r.groups))
	for k, g := range r.groups {
		if g.tally == (tally{}) && !g.time.known {
			continue
		}
		row := Row{By: r.By.String(), Key: r.name(f, k), From: f.at(r.from), To: f.at(r.to), F: new(Figures)}
		switch r.By {
		case ByHour, ByInterval:
			row.From, row.To = f.at(max(r.from, int64(k))), f.at(min(r.to, int64(k)+r.step()))
		case ByDay:
			row.From, row.To = f.at(max(r.from, int64(k))), f.at(min(r.to, f.cfg.Site.NextDay(f.at(int64(k))).UnixMilli()))
		default:
		}
		g.unsure = false
		row.F.fill(&g.sheet, &g.time)
		if r.Samples {
			g.samples.sort()
			g.samples.exact(row.F)
			row.Samples = &g.samples
		}
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b Row) int {
		if r.By >= ByHour {
			return a.From.Compare(b.From)
		}
		return cmp.Or(strings.Compare(a.Key, b.Key))
	})
	return out
}

func (r *reporter) name(f *fold, k groupKey) string {
	switch r.By {
	case ByQueue:
		return f.queueNames.name(uint32(k))
	case ByAgent:
		return f.agentNames.name(uint32(k))
	case ByTeam:
		return f.teams[k].ref.ID
	case ByChannel:
		return f.channels[k].ref.ID
	case ByHour, ByDay, ByInterval:
		return f.at(int64(k)).Format(time.RFC3339)
	default:
		return f.cfg.Site.Name
	}
}

// String is the grouping's name, as in the command.
func (b By) String() string {
	return [...]string{"site", "queue", "agent", "team", "channel", "hour", "day", "interval"}[b]
}

// noJudge judges nothing.
type noJudge struct{}

var _ judging = noJudge{}

func (noJudge) day(time.Time)          {}
func (noJudge) event(*floor.Event)     {}
func (noJudge) step(facts)             {}
func (noJudge) apply(*Snapshot, facts) {}
func (noJudge) save() []byte           { return nil }
func (noJudge) load([]byte) error      { return nil }
