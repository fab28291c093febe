package metrics

import (
	"fmt"
	"strings"
	"time"

	"farol/floor"
)

// DayTypes is a set of kinds of day. One day has several: a Monday is also a
// weekday, and may be the day after a holiday.
type DayTypes uint16

// The kinds of day. A holiday, whatever day it falls on, is neither a weekday
// nor a business day.
const (
	Weekdays DayTypes = 1 << iota
	Saturdays
	Sundays
	Holidays
	Mondays
	BeforeHolidays   // the day before a holiday
	AfterHolidays    // the day after a holiday
	FifthBusinessDay // of the month: pay day for many in Brazil
)

var dayTypeNames = []string{
	"weekday", "saturday", "sunday", "holiday", "monday", "before_holiday", "after_holiday", "fifth_business_day",
}

// ParseDayTypes reads names of kinds of day.
func ParseDayTypes(names []string) (DayTypes, error) {
	var set DayTypes
	for _, name := range names {
		found := false
		for i, n := range dayTypeNames {
			if n == strings.TrimSpace(name) {
				set |= 1 << i
				found = true
			}
		}
		if !found {
			return 0, fmt.Errorf("read day type %q: use %s", name, strings.Join(dayTypeNames, ", "))
		}
	}
	return set, nil
}

// TargetWhen is another target for some days or some hours.
type TargetWhen struct {
	Days      DayTypes      // 0: every day
	From, To  time.Duration // after local midnight; equal: the whole day; To may be past midnight (To < From)
	Target    Target
	Threshold time.Duration // 0: the meta's own
}

// dayTypesOf is every kind of day that the local day of t is.
func dayTypesOf(site *floor.Site, t time.Time) DayTypes {
	local := t.In(site.Location())
	y, m, d := local.Date()
	day := func(shift int) time.Time { return time.Date(y, m, d+shift, 12, 0, 0, 0, site.Location()) }
	var set DayTypes
	holiday := isHoliday(site, day(0))
	switch wd := local.Weekday(); {
	case holiday:
		set |= Holidays
	case wd == time.Saturday:
		set |= Saturdays
	case wd == time.Sunday:
		set |= Sundays
	default:
		set |= Weekdays
	}
	if local.Weekday() == time.Monday && !holiday {
		set |= Mondays
	}
	if isHoliday(site, day(1)) {
		set |= BeforeHolidays
	}
	if isHoliday(site, day(-1)) {
		set |= AfterHolidays
	}
	if isFifthBusinessDay(site, day(0)) {
		set |= FifthBusinessDay
	}
	return set
}

func isHoliday(site *floor.Site, t time.Time) bool {
	y, m, d := t.Date()
	for _, h := range site.Holidays {
		hy, hm, hd := h.In(site.Location()).Date()
		if hy == y && hm == m && hd == d {
			return true
		}
	}
	return false
}

// isFifthBusinessDay counts Mondays to Fridays that are no holidays.
func isFifthBusinessDay(site *floor.Site, t time.Time) bool {
	y, m, d := t.Date()
	if d > 20 || !isBusinessDay(site, t) {
		return false
	}
	n := 0
	for i := 1; i <= d; i++ {
		if isBusinessDay(site, time.Date(y, m, i, 12, 0, 0, 0, t.Location())) {
			n++
		}
	}
	return n == 5
}

func isBusinessDay(site *floor.Site, t time.Time) bool {
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && !isHoliday(site, t)
}

// at reports whether the rule applies at the local time t of a day of the types.
func (w TargetWhen) at(types DayTypes, t time.Time) bool {
	if w.Days != 0 && w.Days&types == 0 {
		return false
	}
	h, m, s := t.Clock()
	clock := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
	switch {
	case w.From == w.To:
		return true
	case w.From < w.To:
		return clock >= w.From && clock < w.To
	default:
		return clock >= w.From || clock < w.To
	}
}

// targetAt is the target and the T in force at t; types are those of t's day.
func (m *MetaSpec) targetAt(types DayTypes, t time.Time) (Target, time.Duration) {
	for _, w := range m.When {
		if w.at(types, t) {
			limit := w.Threshold
			if limit == 0 {
				limit = m.Threshold
			}
			return w.Target, limit
		}
	}
	return m.Target, m.Threshold
}
