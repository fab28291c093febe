package metrics

// advance moves the instant reached to t (ms), which changes what windows hold.
// It never goes back. Judging instants that are passed are judged, in order,
// each a second late, so that what happened within their second is in.
func (f *fold) advance(t int64) {
	t = min(t, f.ceiling)
	for f.live && f.grids+secondMS <= t {
		if f.grids >= f.night {
			f.moveTo(f.night) // which begins the grid of the next day
			continue
		}
		f.moveTo(f.grids)
		f.stepJudge()
		f.grids += gridStep.Milliseconds()
	}
	f.moveTo(t)
}

// stepJudge lets the judge move on at the present instant of the grid.
func (f *fold) stepJudge() {
	v := f.look(f.grids, true, nil)
	v.level = f.level(f.grids)
	f.judge.step(v)
}

func (f *fold) moveTo(t int64) {
	if t <= f.now {
		return
	}
	for t >= f.night {
		f.slide(f.night/secondMS - 1)
		f.rotate(t)
	}
	f.slide(floorDiv(t, secondMS))
	f.now = t
	if !f.live {
		f.grids = t - t%gridStep.Milliseconds() + gridStep.Milliseconds()
	}
}

// slide moves the windows to a second of the current day. What events told
// since the last settle is not in them, nor in what leaves them: a window is
// always the sum of the marks in it.
func (f *fold) slide(sec int64) {
	if sec <= f.sec {
		return
	}
	if !f.live {
		from := f.sec
		f.sec = sec
		f.enterBetween(from, sec)
		return
	}
	for f.sec < sec {
		f.sec++
		if f.sec*secondMS >= f.shiftEnd {
			f.changeShift()
		}
		f.leave(f.sec-900, Last15m)
		f.leave(f.sec-3600, LastHour)
		f.enter(f.sec)
	}
}

// head is the newest stay chained in a second; 0 when there is none.
func (f *fold) head(sec int64) int32 {
	i := sec - f.base
	if i < 0 || i >= int64(len(f.heads)) {
		return 0
	}
	return f.heads[i]
}

// leave takes out of a window what was offered in the second that left it.
func (f *fold) leave(sec int64, w Window) {
	for n := f.head(sec); n != 0; n = f.led.stays[n].next {
		m := &f.led.stays[n].m
		f.scopesOf(m, func(sc *scope) {
			sc.version++
			sc.w[w].add(m, -1)
		})
	}
}

// enter counts what events of the future said of the second that has come.
func (f *fold) enter(sec int64) {
	for n := f.head(sec); n != 0; n = f.led.stays[n].next {
		f.count(&f.led.stays[n].m, 1)
	}
}

func (f *fold) enterBetween(from, to int64) {
	for sec := max(from+1, f.base); sec <= to && sec-f.base < int64(len(f.heads)); sec++ {
		f.enter(sec)
	}
}

// chain puts stay n into the list of the second of its mark.
func (f *fold) chain(n int32) {
	s := &f.led.stays[n]
	i := floorDiv(s.m.at, secondMS) - f.base
	if i < 0 {
		f.strays++
	}
	if s.m.flags&markCounted == 0 || i < 0 || i >= 60*3600 {
		return
	}
	for i >= int64(len(f.heads)) {
		f.heads = append(f.heads, 0)
	}
	s.next, f.heads[i] = f.heads[i], n
	s.chained = i + 1
}

// unchain takes stay n out of its list.
func (f *fold) unchain(n int32) {
	s := &f.led.stays[n]
	if s.chained == 0 {
		return
	}
	at := &f.heads[s.chained-1]
	for *at != n {
		at = &f.led.stays[*at].next
	}
	*at = s.next
	s.next, s.chained = 0, 0
}

// settle brings all figures up to date with what events have told.
func (f *fold) settle() {
	for i := 0; i < len(f.led.dirty); i++ { // settling one may touch no other
		n := f.led.dirty[i]
		s := &f.led.stays[n]
		s.dirty = false
		m := f.led.markOf(n, f.queues[s.queue].lim)
		f.place(n)
		if m == s.m {
			continue
		}
		f.recast(&s.m, &m)
		if m.at != s.m.at || m.flags&markCounted != s.m.flags&markCounted {
			f.unchain(n)
			s.m = m
			f.chain(n)
		} else {
			s.m = m
		}
		f.link(n)
	}
	f.led.dirty = f.led.dirty[:0]
}

// place keeps the lists of who waits and the counts of who talks.
func (f *fold) place(n int32) {
	s := &f.led.stays[n]
	now := s.where()
	if s.ring || now == s.phase {
		return
	}
	q := f.queues[s.placedIn]
	switch s.phase {
	case inQueue:
		last := q.waitingOf[len(q.waitingOf)-1]
		q.waitingOf[s.place] = last
		f.led.stays[last].place = s.place
		q.waitingOf = q.waitingOf[:len(q.waitingOf)-1]
	case inTalk:
		q.talking--
	default:
	}
	q = f.queues[s.queue]
	s.placedIn = s.queue
	switch now {
	case inQueue:
		s.place = int32(len(q.waitingOf))
		q.waitingOf = append(q.waitingOf, n)
	case inTalk:
		q.talking++
	default:
	}
	s.phase = now
}

// link puts stay n into the lists of its customer and of its agent.
func (f *fold) link(n int32) {
	s := &f.led.stays[n]
	if f.live && s.customer != "" && !s.known {
		s.known = true
		s.prevOfCustomer, f.customers[s.customer] = f.customers[s.customer], n
	}
	if s.m.agent != s.linkedTo && s.m.agent != 0 {
		a := f.agents[s.m.agent]
		s.linkedTo = s.m.agent
		s.prevOfAgent, a.last = a.last, n
	}
}

// changeShift empties the shift's window and begins it anew at the present
// second.
func (f *fold) changeShift() {
	f.setShift(f.at(f.sec * secondMS))
	f.eachScope(func(sc *scope) {
		sc.w[ThisShift].clear()
		sc.version++
	})
	for sec := max(f.shift/secondMS, f.base); sec < f.sec; sec++ {
		for n := f.head(sec); n != 0; n = f.led.stays[n].next {
			m := &f.led.stays[n].m
			f.scopesOf(m, func(sc *scope) { sc.w[ThisShift].add(m, 1) })
		}
	}
}

// rotate closes the day and begins the next: the figures of the finished day go
// to the past, stays that nothing needs any more are let go, and what the new
// day's windows hold is counted from the stays that are kept.
//
// Days without any event before t are skipped when there are very many.
func (f *fold) rotate(t int64) {
	f.settle()
	if f.report != nil {
		f.report.people(f, f.night)
	} else {
		f.past.close(f)
	}
	next := f.night
	if t-next > longestGap {
		next = f.cfg.Site.DayStart(f.at(t - longestGap)).UnixMilli()
	}
	f.setDay(f.at(next))
	f.setShift(f.at(f.day))
	f.sec, f.now = f.day/secondMS, f.day
	for _, a := range f.agents[1:] {
		a.newDay(f.day, &f.rules)
		a.forget(f.horizon()*secondMS, &f.rules)
	}
	f.plansPassed()
	f.ringing = f.ringing[:0]
	if !f.live && f.day >= f.liveFrom {
		f.live = true
	}
	f.rechain()
	if f.live {
		f.grids = f.day + gridStep.Milliseconds()
		f.judge.day(f.at(f.day))
	}
}

// longestGap is how much of a time with no event is gone through day by day.
const longestGap = 40 * 24 * 3600 * secondMS

// horizon is the first second that any window of the day may still need.
func (f *fold) horizon() int64 {
	return min(f.day/secondMS-3600, f.shift/secondMS)
}

// rechain lets go of the stays that ended before the horizon and counts the
// others afresh.
func (f *fold) rechain() {
	f.base = f.horizon()
	from := min(f.base*secondMS, f.keepFrom)
	f.led.keep(func(s *stay) bool { return s.end == 0 || s.offeredAt() >= from || s.dirty })
	f.strays = 0
	f.recount()
}

// recount builds every figure of the current day from the stays.
func (f *fold) recount() {
	f.heads = f.heads[:0]
	f.eachScope(func(sc *scope) { sc.clear() })
	for _, q := range f.queues {
		q.waitingOf, q.talking = q.waitingOf[:0], 0
	}
	clear(f.customers)
	for _, a := range f.agents[1:] {
		a.last, a.handled = 0, a.handled[:0]
	}
	for i := 1; i < len(f.led.stays); i++ {
		s := &f.led.stays[i]
		s.phase, s.prevOfAgent, s.prevOfCustomer, s.linkedTo, s.known = inMenu, 0, 0, 0, false
		f.place(int32(i))
		if s.m.flags&markCounted == 0 {
			continue
		}
		f.chain(int32(i))
		if f.report == nil && (s.m.at >= f.day || f.live) { // a report keeps what it has counted
			f.recountOne(&s.m)
		}
		f.link(int32(i))
	}
}

// recountOne counts a mark in the day's windows, but not in the past, where it
// is already.
func (f *fold) recountOne(m *mark) {
	if m.at >= f.day {
		f.count(m, 1)
		return
	}
	sec := floorDiv(m.at, secondMS)
	for _, w := range [...]Window{Last15m, LastHour, ThisShift} {
		if f.holds(w, sec) {
			f.scopesOf(m, func(sc *scope) { sc.w[w].add(m, 1) })
		}
	}
}

// mostStrays is how many stays of days gone are kept before they are let go.
const mostStrays = 50_000

// sweep lets go of stays of days long gone that came late: a log may be read
// newest file first. It must not be called between events of one instant.
func (f *fold) sweep() {
	if f.strays < mostStrays {
		return
	}
	f.settle()
	from := min(f.base*secondMS, f.keepFrom)
	f.led.keep(func(s *stay) bool { return s.end == 0 || s.offeredAt() >= from })
	f.strays = 0
	f.recount()
}

// eachScope calls fn for every scope there is.
func (f *fold) eachScope(fn func(sc *scope)) {
	fn(f.site)
	for _, q := range f.queues {
		fn(q.scope)
	}
	for _, t := range f.teams {
		fn(t)
	}
	for _, c := range f.channels[1:] {
		fn(c)
	}
	for _, a := range f.agents[1:] {
		fn(a.scope)
	}
}
