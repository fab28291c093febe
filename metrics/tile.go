package metrics

// tiles are the wall's headline figures of the site, in order: service level,
// abandonment, wait, handle time, waiting now, adherence.
func (j *judge) tiles(s *Snapshot) []Tile {
	if s.Total == nil || s.Total.W == nil {
		return nil
	}
	var site []*Meta
	for _, m := range s.Metas {
		if m.Scope.Kind == SiteScope {
			site = append(site, m)
		}
	}
	only := func(want KPI) func(KPI) bool { return func(k KPI) bool { return k == want } }
	return []Tile{
		j.tile(s, site, SLStrictNoShort, isServiceLevel),
		j.tile(s, site, AbandonRateNoShort, isAbandonRate),
		j.tile(s, site, WaitAvg, isWait),
		j.tile(s, site, AHT, only(AHT)),
		j.waitingTile(s, site),
		j.tile(s, site, Adherence, only(Adherence)),
	}
}

// tile shows the site's meta of a figure, and with none the day's figure
// itself under its default formula.
func (j *judge) tile(s *Snapshot, site []*Meta, k KPI, is func(KPI) bool) Tile {
	if m := headline(site, is); m != nil {
		return Tile{KPI: m.KPI, Status: m.Status, Now: m.Now, Meta: m, Trend: m.Trend, Spark: spark(m.Series, m.Now)}
	}
	t := Tile{KPI: k, Status: NoTarget, Now: s.Total.W[Today][k]}
	switch {
	case s.Fresh.Level == NoData, !t.Now.Known:
		t.Status = StatusNoData
	case s.Fresh.Level >= Old:
		t.Status = Stale
	}
	if track, ok := j.tracks[trackKey{kpi: k, window: WindowDay}]; ok {
		t.Trend = track.trend(s.At, nil)
		t.Spark = spark(track.series(), t.Now)
	}
	return t
}

// spark ends a series with the figure of now, so that its last bar is the
// number beside it.
func spark(series []Measure, now Measure) []Measure {
	return append(series[:len(series):len(series)], now)
}

func (j *judge) waitingTile(s *Snapshot, site []*Meta) Tile {
	t := j.tile(s, site, WaitingNow, func(k KPI) bool { return k == WaitingNow })
	if t.Meta == nil && s.Fresh.Level < Old {
		// A count that exists is known: nobody waiting is 0, not no data.
		t.Now = Measure{Value: float64(s.Total.Live.Waiting), Known: true}
		t.Status = NoTarget
	}
	t.Longest = s.Total.Live.Longest
	for _, q := range s.Queues {
		if q.Live.Waiting > t.WhereN {
			t.Where, t.WhereN = q.Ref.Name, q.Live.Waiting
		}
	}
	return t
}
