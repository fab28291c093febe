package metrics

import (
	"strings"
	"time"

	"farol/floor"
)

// event takes what leads do and what happens to sources into the day's log.
// Every other kind is the fold's. A meta that a lead has set holds from then
// on; events of other days may be given too, and then only that counts.
func (j *judge) event(e *floor.Event) {
	if e.Kind == floor.MetaSet {
		j.setMeta(e)
	}
	if !j.site.DayStart(e.At).Equal(j.today) && e.Kind != floor.SourceUp && e.Kind != floor.SourceDown {
		return
	}
	switch e.Kind {
	case floor.RiskAcknowledged, floor.RiskSnoozed, floor.RiskHandedOver:
		j.acknowledge(e)
	case floor.Note, floor.CorrectiveAction:
		j.log.add(logLine{Entry: j.entryOf(e, EntryNote)})
	case floor.ContextMark:
		j.log.add(logLine{Entry: j.entryOf(e, EntryMark)})
	case floor.MetaSet, floor.SettingChanged:
		j.log.add(logLine{Entry: j.entryOf(e, EntrySetting)})
	case floor.SourceDown, floor.SourceUp, floor.SourceGap, floor.SystemStarted:
		j.tellSource(e)
	default:
	}
}

// entryOf is the log's line of an event.
func (j *judge) entryOf(e *floor.Event, kind EntryKind) Entry {
	out := Entry{
		At: e.At, Kind: kind, Status: OK, Agent: e.Agent, Reason: e.Reason, Text: e.Text,
		Author: e.Author, Source: e.Source,
	}
	if e.Queue != "" {
		out.Scope = ScopeRef{Kind: QueueScope, ID: e.Queue, Name: j.site.Queue(e.Queue).Name}
	}
	if out.Reason == "" { // what it is about: a meta's id, a setting's name
		out.Reason = e.Subject
	}
	return out
}

// acknowledge keeps who took a risk on. Subject names the risk, Text is the
// note, Until the end of a snooze.
func (j *judge) acknowledge(e *floor.Event) {
	h := holding{Ack: Ack{Author: e.Author, At: e.At, Note: e.Text}}
	if e.Kind == floor.RiskSnoozed {
		h.Until = e.Until
	}
	j.acks[e.Subject] = append(j.acks[e.Subject], h)
	out := j.entryOf(e, EntryAck)
	out.Reason = e.Kind.String()
	if r := j.riskBy(e.Subject); r != nil {
		out.Scope = r.ref
	} else if key, _, ok := strings.Cut(e.Subject, "@"); ok && out.Scope.ID == "" {
		out.Scope = j.scopeByKey(key)
	}
	j.log.add(logLine{Entry: out, Risk: e.Subject})
}

func (j *judge) riskBy(id string) *riskState {
	for _, r := range j.risks {
		if r.id() == id {
			return r
		}
	}
	return nil
}

// scopeByKey reads "queue:vendas" back.
func (j *judge) scopeByKey(key string) ScopeRef {
	kind, id, _ := strings.Cut(key, ":")
	ref, err := ParseScope(kind, id)
	if err != nil {
		return ScopeRef{}
	}
	if ref.Kind == QueueScope {
		ref.Name = j.site.Queue(ref.ID).Name
	}
	return ref
}

// forgetAcks drops, at the start of a day, those of risks that are over.
func (j *judge) forgetAcks() {
	for id := range j.acks {
		if j.riskBy(id) == nil {
			delete(j.acks, id)
		}
	}
}

// setMeta takes a new target, in Text as a configuration writes it, for the
// meta in Subject. One that the meta could not have is left out; its line in
// the log stands, so nothing is silent.
func (j *judge) setMeta(e *floor.Event) {
	for _, spec := range j.specs {
		if spec.Scope.ID == EveryQueue {
			// The id of one queue's own meta is the common one with the queue's
			// in place of the star.
			before, after, _ := strings.Cut(spec.ID(), EveryQueue)
			id, ok := strings.CutPrefix(e.Subject, before)
			id, end := strings.CutSuffix(id, after)
			if !ok || !end {
				continue
			}
			spec.Scope.ID = id
		}
		j.setTarget(spec, spec.ID(), e)
	}
}

func (j *judge) setTarget(spec MetaSpec, id string, e *floor.Event) {
	if id != e.Subject {
		return
	}
	target, err := ParseTarget(e.Text, spec.KPI.Info().Unit)
	if err != nil {
		return
	}
	spec.Target = target
	if spec.Validate() == nil {
		j.targets[id] = target
	}
}

// tellSource follows a source that goes and comes back. While one is down,
// nothing is judged: the clock of every alert stands still.
func (j *judge) tellSource(e *floor.Event) {
	key := "source/" + e.Source
	out := j.entryOf(e, EntrySource)
	out.Scope = ScopeRef{}
	if out.Reason == "" {
		out.Reason = e.Kind.String()
	}
	switch e.Kind {
	case floor.SourceDown:
		if _, already := j.down[e.Source]; already {
			return
		}
		j.down[e.Source] = e.At
		j.addToday(logLine{Entry: out, Key: key}, e.At)
	case floor.SourceUp:
		since, was := j.down[e.Source]
		if !was {
			return // its first word is no news
		}
		delete(j.down, e.Source)
		j.log.end(key, e.At)
		out.Lasted = max(0, e.At.Sub(since))
		j.addToday(logLine{Entry: out}, e.At)
	default:
		j.addToday(logLine{Entry: out}, e.At)
	}
}

func (j *judge) addToday(line logLine, at time.Time) {
	if j.site.DayStart(at).Equal(j.today) {
		j.log.add(line)
	}
}
