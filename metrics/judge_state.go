package metrics

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"maps"
	"slices"
	"time"
)

// judgeVersion is raised when the saved form changes: an older one is refused
// and the day is judged again from its events.
const judgeVersion = 1

// judgeImage is the judge's state as it is saved. Slices are in a fixed order,
// so that equal states make equal bytes.
type judgeImage struct {
	Version int
	Today   time.Time
	Stepped time.Time
	Shift   time.Time
	Metas   []metaImage
	Tracks  []trackImage
	Down    []downImage
	Targets []targetImage
	Acks    []acksImage
	Risks   []riskImage
	Lines   []logLine
	Carried []logLine
	Counts  LogCounts
}

type metaImage struct {
	ID                                                        string
	Level                                                     uint8
	Since, Raised                                             time.Time
	Blank, Short                                              bool
	Worsened                                                  int
	Glanced                                                   int64
	Seen                                                      Measure
	BeyondFor, FarFor, NearFor, InsideFor, BlankFor, WorseFor time.Duration
}

type trackImage struct {
	Ref     ScopeRef
	KPI     KPI
	Window  string
	Limit   time.Duration
	KeepDay bool
	Minute  int64
	Ring    []float64
	Day     []Measure
}

type downImage struct {
	Source string
	Since  time.Time
}

type targetImage struct {
	Meta   string
	Target Target
}

type acksImage struct {
	Risk     string
	Holdings []holding
}

type riskImage struct {
	Ref                             ScopeRef
	Began, Since, Worsened, FoundAt time.Time
	Level                           uint8
	Found                           []Cause
}

// save writes the state; the configuration is not in it.
func (j *judge) save() []byte {
	im := judgeImage{Version: judgeVersion, Today: j.today, Stepped: j.stepped, Shift: j.shift, Counts: j.log.counts}
	for _, m := range j.metas {
		im.Metas = append(im.Metas, metaImage{
			m.id, uint8(m.level), m.since, m.raised, m.blank, m.short, m.worsened, m.glanced, m.seen,
			m.beyondFor, m.farFor, m.nearFor, m.insideFor, m.blankFor, m.worseFor,
		})
	}
	for _, t := range j.order {
		k := t.key
		im.Tracks = append(im.Tracks, trackImage{k.ref, k.kpi, k.window, k.limit, t.keepDay, t.minute, t.ring[:], t.day})
	}
	for _, source := range slices.Sorted(maps.Keys(j.down)) {
		im.Down = append(im.Down, downImage{source, j.down[source]})
	}
	for _, id := range slices.Sorted(maps.Keys(j.targets)) {
		im.Targets = append(im.Targets, targetImage{id, j.targets[id]})
	}
	for _, id := range slices.Sorted(maps.Keys(j.acks)) {
		im.Acks = append(im.Acks, acksImage{id, j.acks[id]})
	}
	for _, key := range slices.Sorted(maps.Keys(j.risks)) {
		r := j.risks[key]
		im.Risks = append(im.Risks, riskImage{r.ref, r.began, r.since, r.worsened, r.foundAt, uint8(r.level), r.found})
	}
	for _, line := range j.log.lines {
		im.Lines = append(im.Lines, *line)
	}
	im.Carried = j.log.carried()
	var b bytes.Buffer
	// Encoding into memory fails only on types that gob cannot hold, which a
	// test would have found.
	if err := gob.NewEncoder(&b).Encode(im); err != nil {
		panic(fmt.Sprintf("encode the judge: %v", err))
	}
	return b.Bytes()
}

// load takes a saved state in place of the present one. Metas that the
// configuration no longer has are dropped; new ones begin as if nothing were
// known of them.
func (j *judge) load(data []byte) error {
	var im judgeImage
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&im); err != nil {
		return fmt.Errorf("read the judge's state: %w", err)
	}
	if im.Version != judgeVersion {
		return fmt.Errorf("read the judge's state: version %d, this is %d", im.Version, judgeVersion)
	}
	zone := j.site.Location()
	fresh := newJudge(j.site, j.specs, j.policy)
	*j = *fresh
	j.today, j.stepped, j.shift = im.Today.In(zone), im.Stepped.In(zone), im.Shift.In(zone)
	for _, m := range im.Metas {
		j.metas = append(j.metas, &metaState{
			id: m.ID, level: level(m.Level), since: local(m.Since, zone), raised: local(m.Raised, zone), blank: m.Blank,
			short: m.Short, worsened: m.Worsened, glanced: m.Glanced, seen: m.Seen, beyondFor: m.BeyondFor, farFor: m.FarFor, nearFor: m.NearFor,
			insideFor: m.InsideFor, blankFor: m.BlankFor, worseFor: m.WorseFor,
		})
	}
	for _, t := range im.Tracks {
		if len(t.Ring) != minutesKept {
			return fmt.Errorf("read the judge's state: %d minutes in a track", len(t.Ring))
		}
		track := j.trackOf(trackKey{ref: t.Ref, kpi: t.KPI, window: t.Window, limit: t.Limit}, t.KeepDay)
		track.minute, track.day = t.Minute, t.Day
		copy(track.ring[:], t.Ring)
		track.line = fit(track.points())
	}
	for _, d := range im.Down {
		j.down[d.Source] = d.Since
	}
	for _, t := range im.Targets {
		j.targets[t.Meta] = t.Target
	}
	for _, a := range im.Acks {
		j.acks[a.Risk] = a.Holdings
	}
	for _, r := range im.Risks {
		j.risks[r.Ref.path()] = &riskState{ref: r.Ref, began: r.Began, level: level(r.Level), since: r.Since, worsened: r.Worsened, found: r.Found, foundAt: r.FoundAt}
	}
	j.loadLog(im, zone)
	return nil
}

func (j *judge) loadLog(im judgeImage, zone *time.Location) {
	j.log.counts = im.Counts
	for i := range im.Carried {
		line := &im.Carried[i]
		j.log.opened[line.Key] = append(j.log.opened[line.Key], line)
	}
	for i := range im.Lines {
		line := &im.Lines[i]
		if e := &line.Entry; e.Meta != nil {
			e.Meta.Since = local(e.Meta.Since, zone)
		}
		for k := range line.Entry.Before {
			line.Entry.Before[k].At = local(line.Entry.Before[k].At, zone)
		}
		j.log.lines = append(j.log.lines, line)
		if line.Entry.Open {
			j.log.opened[line.Key] = append(j.log.opened[line.Key], line)
		}
	}
}

// local puts a saved instant back into the site's zone; the zero stays zero.
func local(t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.In(zone)
}
