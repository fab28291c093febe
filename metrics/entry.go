package metrics

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// dayLog is what was told of a day, bounded; the counts keep the totals.
type dayLog struct {
	limit  int
	lines  []*logLine            // oldest first
	opened map[string][]*logLine // by key; some may be of an earlier day, or beyond the limit
	counts LogCounts             // Open and Acked are counted when shown
	shown  []*Entry              // newest first, shared by snapshots; nil when out of date
}

// logLine is an entry with what is needed to end it.
type logLine struct {
	Entry Entry
	Key   string    // what closes it; empty for what has no end
	Risk  string    // the risk that was open then
	Ended time.Time // zero while open
}

// clear begins a day. What is open is not told again because of midnight.
func (l *dayLog) clear() {
	l.lines, l.counts, l.shown = nil, LogCounts{}, nil
	if l.opened == nil {
		l.opened = map[string][]*logLine{}
	}
}

// carried are the open lines that are no longer in the list, by key.
func (l *dayLog) carried() []logLine {
	var out []logLine
	for _, key := range slices.Sorted(maps.Keys(l.opened)) {
		for _, line := range l.opened[key] {
			if !slices.Contains(l.lines, line) {
				out = append(out, *line)
			}
		}
	}
	return out
}

// add puts a line where its instant belongs, so that the log does not depend on
// the order in which events of one tick were learnt.
func (l *dayLog) add(line logLine) {
	line.Entry.Open = line.Key != "" && line.Ended.IsZero()
	i, _ := slices.BinarySearchFunc(l.lines, &line, compareLines)
	l.lines = slices.Insert(l.lines, i, &line)
	if line.Entry.Open {
		l.opened[line.Key] = append(l.opened[line.Key], &line)
	}
	if len(l.lines) > l.limit {
		l.lines = slices.Delete(l.lines, 0, len(l.lines)-l.limit)
	}
	l.counts.Total++
	if line.Entry.Kind == EntryAlert {
		switch line.Entry.Status {
		case Critical, Missed:
			l.counts.Critical++
		default:
			l.counts.Attention++
		}
	}
	l.shown = nil
}

func compareLines(a, b *logLine) int {
	metaID := func(e *Entry) string {
		if e.Meta == nil {
			return ""
		}
		return e.Meta.ID
	}
	x, y := &a.Entry, &b.Entry
	return cmp.Or(
		x.At.Compare(y.At), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Status, y.Status),
		strings.Compare(x.Scope.path(), y.Scope.path()), strings.Compare(metaID(x), metaID(y)),
		strings.Compare(x.Agent, y.Agent), strings.Compare(x.Source, y.Source), strings.Compare(x.Author, y.Author),
		strings.Compare(x.Reason, y.Reason), strings.Compare(x.Text, y.Text),
	)
}

// takeBack removes the attention of a key that was told after since: what went
// on to be critical within minutes is one thing to read, not two.
func (l *dayLog) takeBack(key string, since time.Time) (e Entry, ok bool) {
	for i, line := range slices.Backward(l.lines) {
		if line.Key != key || line.Entry.Status != Attention || !line.Entry.Open || line.Entry.At.Before(since) {
			continue
		}
		l.lines = slices.Delete(l.lines, i, i+1)
		l.opened[key] = slices.DeleteFunc(l.opened[key], func(o *logLine) bool { return o == line })
		l.counts.Total--
		l.counts.Attention--
		l.shown = nil
		return line.Entry, true
	}
	return Entry{}, false
}

// end closes the open lines of a key and reports whether there were any. A long
// contact lasted from its own beginning, all else from when it was told.
func (l *dayLog) end(key string, at time.Time) bool {
	lines := l.opened[key]
	for _, line := range lines {
		line.Entry.Open, line.Ended = false, at
		line.Entry.Lasted = max(0, at.Sub(line.Entry.At))
		if line.Entry.Kind == EntryLong {
			line.Entry.Lasted += wholeSeconds(line.Entry.Measure.Value)
		}
		l.shown = nil
	}
	delete(l.opened, key)
	return len(lines) > 0
}

// open reports whether a line of the key is open.
func (l *dayLog) open(key string) bool { return len(l.opened[key]) > 0 }

// endOthers closes the open lines about agents that are not in keep.
func (l *dayLog) endOthers(keep map[string]bool, at time.Time) {
	for key, lines := range l.opened {
		about := lines[0].Entry.Kind == EntryOverdue || lines[0].Entry.Kind == EntryLong
		if about && !keep[key] {
			l.end(key, at)
		}
	}
}

// show is the log newest first, with who acknowledged what; it is the same
// slice until something changes, and is never written to again.
func (l *dayLog) show(acks map[string][]holding, zone *time.Location) ([]*Entry, LogCounts) {
	if l.shown == nil {
		l.shown = make([]*Entry, 0, len(l.lines))
		l.counts.Open, l.counts.Acked = 0, 0
		for _, line := range slices.Backward(l.lines) {
			e := line.Entry
			e.At = e.At.In(zone)
			e.Risk = line.Risk
			if e.Kind == EntryAlert {
				e.Ack = line.acked(acks[line.Risk])
			}
			if e.Open && e.Kind == EntryAlert {
				l.counts.Open++
				if e.Ack != nil {
					l.counts.Acked++
				}
			}
			l.shown = append(l.shown, &e)
		}
	}
	return l.shown, l.counts
}

// acked is the newest acknowledgement given while the line was open.
func (line *logLine) acked(acks []holding) *Ack {
	var newest *Ack
	for i := range acks {
		a := &acks[i].Ack
		if a.At.Before(line.Entry.At) || !line.Ended.IsZero() && a.At.After(line.Ended) {
			continue
		}
		if newest == nil || a.At.After(newest.At) {
			newest = a
		}
	}
	return newest
}
