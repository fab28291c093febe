package metrics

import (
	"slices"
	"time"

	"farol/floor"
)

func (v *view) figures(ref ScopeRef, window string) *Figures {
	sc := v.find(ref)
	if sc == nil {
		return nil
	}
	switch window {
	case Window15m:
		return &v.windows(sc)[Last15m]
	case Window1h:
		return &v.windows(sc)[LastHour]
	case WindowDay:
		return &v.windows(sc)[Today]
	case WindowShift:
		return &v.windows(sc)[ThisShift]
	}
	from, ok := v.longWindow(window)
	if !ok {
		return nil
	}
	s, p := v.longSheet(sc, from)
	f := new(Figures)
	f.fill(s, p)
	return f
}

func (v *view) measure(ref ScopeRef, window string, k KPI) Measure {
	var w Window
	switch window {
	case Window15m:
		w = Last15m
	case Window1h:
		w = LastHour
	case WindowDay:
		w = Today
	case WindowShift:
		w = ThisShift
	default:
		sc := v.find(ref)
		from, ok := v.longWindow(window)
		if sc == nil || !ok {
			return Measure{}
		}
		s, p := v.longSheet(sc, from)
		if k.ofPeople() {
			return p.measure(k, s.handled)
		}
		return s.measure(k)
	}
	sc := v.find(ref)
	if sc == nil {
		return Measure{}
	}
	s := &sc.w[w]
	if k.ofPeople() {
		v.countPeople(v.t)
		return sc.people[w].measure(k, s.handled)
	}
	s.late = sc.late[w]
	if s.unsure && k >= WaitP50 && k <= WaitMax {
		v.findLongest(sc, w)
	}
	return s.measure(k)
}

// longWindow is where a window of several days begins: Monday, the first of
// the month, or 27 days before today.
func (v *view) longWindow(window string) (int64, bool) {
	y, m, d := v.at(v.day).Date()
	h, minute, _ := v.at(v.day).Clock()
	begin := func(y int, m time.Month, d int) (int64, bool) {
		return v.cfg.Site.DayStart(time.Date(y, m, d, h, minute, 0, 0, v.loc)).UnixMilli(), true
	}
	switch window {
	case WindowWeek:
		return begin(y, m, d-(int(v.at(v.day).Weekday())+6)%7)
	case WindowMonth:
		return begin(y, m, 1)
	case Window28d:
		return begin(y, m, d-27)
	default:
		return 0, false
	}
}

// longPart is the finished days of a window of several days, summed once.
type longPart struct {
	version uint64 // of the past, plus 1
	from    int64
	sheet   sheet
	time    peopleTime
}

// longSheet sums the finished days since from, and today.
func (v *view) longSheet(sc *scope, from int64) (*sheet, *peopleTime) {
	v.countPeople(v.t)
	if sc.w[Today].unsure {
		v.findLongest(sc, Today)
	}
	part := v.finished(sc, from)
	s, p := new(sheet), part.time
	s.merge(&part.sheet)
	s.merge(&sc.w[Today])
	s.late = sc.late[Today]
	p.plus(&sc.people[Today])
	return s, &p
}

// finished is the sum of the finished days since from.
func (v *view) finished(sc *scope, from int64) *longPart {
	for _, part := range sc.long {
		if part.from == from && part.version == v.past.version+1 {
			return part
		}
	}
	part := &longPart{version: v.past.version + 1, from: from}
	for _, d := range v.past.days {
		if ps := d.of(sc.ref); ps != nil && d.from >= from && d.from < v.day {
			part.sheet.merge(&ps.sheet)
			part.time.plus(&ps.time)
		}
	}
	sc.long = slices.DeleteFunc(sc.long, func(o *longPart) bool { return o.version != part.version })
	sc.long = append(sc.long, part)
	return part
}

func (v *view) within(ref ScopeRef, window string, k KPI, threshold time.Duration) Measure {
	sc := v.find(ref)
	if sc == nil {
		return Measure{}
	}
	var s *sheet
	from := int64(0)
	switch window {
	case Window15m:
		s, from = &sc.w[Last15m], v.sec-899
	case Window1h:
		s, from = &sc.w[LastHour], v.sec-3599
	case WindowDay:
		s, from = &sc.w[Today], v.day/secondMS
	case WindowShift:
		s, from = &sc.w[ThisShift], v.shift/secondMS
	default:
		begin, ok := v.longWindow(window)
		if !ok {
			return Measure{}
		}
		s, _ = v.longSheet(sc, begin)
		from = begin / secondMS
	}
	t := int(threshold / time.Second)
	late := v.lateBeyond(sc, from, millis(threshold.Milliseconds()))
	return s.tally.serviceLevel(k, s.waits.within(t), s.gaveUp.within(t), int(s.backWithin), late)
}

// lateBeyond counts who was offered to the scope since a second and now waits
// longer than limit.
func (v *view) lateBeyond(sc *scope, from int64, limit int32) int {
	n := 0
	v.eachWaiting(sc, func(s *stay) {
		if s.m.at >= from*secondMS && s.waitOf(v.t, false) > limit {
			n++
		}
	})
	return n
}

// eachWaiting calls fn for each stay that waits in a scope.
func (f *fold) eachWaiting(sc *scope, fn func(s *stay)) {
	for _, q := range f.queues {
		for _, n := range q.waitingOf {
			s := &f.led.stays[n]
			f.scopesOf(&s.m, func(in *scope) {
				if in == sc {
					fn(s)
				}
			})
		}
	}
}

func (v *view) series(ref ScopeRef, k KPI, from time.Time, step time.Duration, n int) []Measure {
	return v.intervals(ref, k, from, step, n, false)
}

func (v *view) cumulative(ref ScopeRef, k KPI, from time.Time, step time.Duration, n int) []Measure {
	return v.intervals(ref, k, from, step, n, true)
}

// intervals are KPI k of n intervals of today, by itself or since the day
// began.
func (v *view) intervals(ref ScopeRef, k KPI, from time.Time, step time.Duration, n int, running bool) []Measure {
	out := make([]Measure, n)
	sc := v.find(ref)
	if sc == nil || step < time.Second {
		return out
	}
	if sc.slots == nil && sc.ref.Kind == AgentScope || k >= WaitP50 && k <= WaitMax || step%(slotMS*time.Millisecond) != 0 ||
		(from.UnixMilli()-v.day)%slotMS != 0 {
		return v.walkIntervals(sc, k, from.UnixMilli(), step.Milliseconds(), running, out)
	}
	late := map[int]int{}
	v.eachWaiting(sc, func(s *stay) {
		if s.waitOf(v.t, false) > v.queues[s.queue].lim.threshold && s.m.at >= v.day {
			late[int((s.m.at-v.day)/slotMS)]++
		}
	})
	first := int((from.UnixMilli() - v.day) / slotMS)
	per := int(step.Milliseconds() / slotMS)
	var sum tally
	over := 0
	add := func(slot int) {
		if slot >= 0 && slot < len(sc.slots) {
			sum.merge(&sc.slots[slot])
		}
		over += late[slot]
	}
	if running {
		for slot := range max(first, 0) {
			add(slot)
		}
	}
	for i := range out {
		begin := first + i*per
		if v.day+int64(begin)*slotMS > v.t {
			break
		}
		if !running {
			sum, over = tally{}, 0
		}
		for slot := begin; slot < begin+per; slot++ {
			add(slot)
		}
		out[i] = sum.measure(k, over)
	}
	return out
}

// walkIntervals is intervals for what slots do not keep: agents and
// distributions. It goes through the stays themselves.
func (v *view) walkIntervals(sc *scope, k KPI, from, step int64, running bool, out []Measure) []Measure {
	s := new(sheet)
	if running {
		v.eachMark(sc, v.day/secondMS, from/secondMS, func(m *mark) { s.add(m, 1) })
	}
	for i := range out {
		begin := from + int64(i)*step
		if begin > v.t {
			break
		}
		if !running {
			s = new(sheet)
		}
		v.eachMark(sc, begin/secondMS, min((begin+step)/secondMS, v.sec+1), func(m *mark) { s.add(m, 1) })
		out[i] = s.measure(k)
	}
	return out
}

func (v *view) usual(ref ScopeRef, k KPI, from, to time.Time) (Measure, int) {
	var sum pastSum
	days := 0
	for _, d := range v.past.like(v.fold, v.day, 4) {
		ps := d.of(ref)
		if ps == nil {
			if d.of(v.site.ref) == nil {
				continue
			}
			days++ // the site was open, and this scope had nothing
			continue
		}
		days++
		s := ps.between(d, v.sameTime(d, from), v.sameTime(d, to))
		sum.plus(&s)
	}
	if days == 0 {
		return Measure{}, 0
	}
	m := sum.measure(k)
	if k.Info().Unit == Count && m.Known {
		m.Value /= float64(days)
		m.Den = float64(days)
	}
	return m, days
}

// sameTime is the instant of a past day at which its clocks showed what t
// shows; t after the end of today is as long after the end of that day.
func (v *view) sameTime(d *pastDay, t time.Time) int64 {
	if ms := t.UnixMilli(); ms >= v.night {
		return d.to + ms - v.night
	}
	local := t.In(v.loc)
	today, then := v.at(v.day), v.at(d.from)
	y, mo, day := then.Date()
	h, mi, s := local.Clock()
	if local.Day() != today.Day() { // after midnight of a day that starts later
		day++
	}
	return time.Date(y, mo, day, h, mi, s, 0, v.loc).UnixMilli()
}

func (v *view) likeDays(ref ScopeRef, k KPI, n int) []DayMeasure {
	return v.measures(ref, k, v.past.like(v.fold, v.day, 0), n)
}

func (v *view) days(ref ScopeRef, k KPI, n int) []DayMeasure {
	all := make([]*pastDay, 0, len(v.past.days))
	for i := len(v.past.days) - 1; i >= 0; i-- {
		if v.past.days[i].from < v.day {
			all = append(all, v.past.days[i])
		}
	}
	return v.measures(ref, k, all, n)
}

func (v *view) measures(ref ScopeRef, k KPI, days []*pastDay, n int) []DayMeasure {
	var out []DayMeasure
	for _, d := range days {
		if len(out) == n {
			break
		}
		if ps := d.of(ref); ps != nil {
			out = append(out, DayMeasure{Day: v.at(d.from), Measure: ps.measure(k)})
		}
	}
	return out
}

func (ps *pastScope) measure(k KPI) Measure {
	if k.ofPeople() {
		return ps.time.measure(k, ps.sheet.handled)
	}
	return ps.sheet.measure(k)
}

// agents calls fn for each agent that is logged in, in order of name.
func (v *view) agents(fn func(a *Agent)) {
	var one Agent
	for _, a := range v.agentsInOrder() {
		if a.now.state == floor.Offline {
			continue
		}
		one = Agent{}
		v.agentNow(a, &one)
		fn(&one)
	}
}

func (v *view) snapshot() *Snapshot {
	if v.snap == nil {
		v.snap = v.build()
	}
	return v.snap
}
