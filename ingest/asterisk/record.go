package asterisk

import (
	"bytes"
	"time"

	"farol/floor"
	"farol/ingest"
)

// rec is a line whose first five fields are known.
type rec struct {
	start, end int // in the block
	n          int // separators noted, five or more
	bars       [maxBars]int
	sec        int64 // Unix time
	key        int64 // offset in the stream
	cut        bool  // the line was too long and goes on beyond end
}

// field is the i-th of the first five fields.
func (p *parser) field(r *rec, i int) []byte {
	if i == 0 {
		return p.data[r.start:r.bars[0]]
	}
	return p.data[r.bars[i-1]+1 : r.bars[i]]
}

// args counts the parameters; an event without any has one, empty.
func (r *rec) args() int { return r.n - 4 }

// arg is the i-th parameter, empty when there are not so many.
func (p *parser) arg(r *rec, i int) []byte {
	at := 4 + i
	if at >= r.n || r.bars[at] >= r.end {
		return nil
	}
	to := r.end
	if at+1 < r.n {
		to = r.bars[at+1]
	}
	return p.data[r.bars[at]+1 : to]
}

// params is all that follows the event's name, separators included.
func (p *parser) params(r *rec) []byte {
	return p.data[min(r.bars[4]+1, r.end):r.end]
}

// number is the i-th parameter; empty and negative ones are 0, ok turns false
// for what is no number.
func (p *parser) number(r *rec, i int, ok *bool) int64 { return number(p.arg(r, i), ok) }

func number(b []byte, ok *bool) int64 {
	if len(b) == 0 {
		return 0
	}
	negative := b[0] == '-'
	if negative {
		b = b[1:]
	}
	n, good := digits(b)
	if !good || n > 1e9 {
		*ok = false
		return 0
	}
	if negative { // a clock that was set back
		return 0
	}
	return n
}

func (p *parser) seconds(r *rec, i int, ok *bool) time.Duration {
	return time.Duration(p.number(r, i, ok)) * time.Second
}

// record dispatches on the event's name: the table of what Asterisk writes.
func (p *parser) record(r *rec) {
	p.latest = max(p.latest, r.sec)
	switch string(p.field(r, 4)) {
	case "ENTERQUEUE":
		p.enter(r)
	case "CONNECT":
		p.connect(r)
	case "COMPLETEAGENT":
		p.complete(r, floor.ByAgent)
	case "COMPLETECALLER":
		p.complete(r, floor.ByCustomer)
	case "ABANDON":
		p.left(r, floor.Abandoned, floor.ByCustomer)
	case "EXITWITHTIMEOUT":
		p.left(r, floor.LeftTimeout, floor.BySystem)
	case "EXITEMPTY":
		p.left(r, floor.LeftEmpty, floor.BySystem)
	case "EXITWITHKEY":
		p.key(r)
	case "WITHDRAW":
		p.left(r, floor.Withdrawn, floor.BySystem)
	case "BLINDTRANSFER", "TRANSFER":
		p.blind(r)
	case "ATTENDEDTRANSFER":
		p.attended(r)
	case "RINGNOANSWER":
		p.rang(r, floor.NotAnswered)
	case "RINGCANCELED":
		p.rang(r, floor.RingCancelled)
	case "AGENTDUMP":
		if !p.refuse(r, true) {
			p.stay(r, floor.Dumped)
		}
	default:
		p.agentRecord(r)
	}
}

// agentRecord goes on with what concerns agents and the machine.
func (p *parser) agentRecord(r *rec) {
	switch string(p.field(r, 4)) {
	case "PAUSE", "PAUSEALL":
		p.pause(r, floor.Paused)
	case "UNPAUSE", "UNPAUSEALL":
		p.pause(r, floor.Unpaused)
	case "ADDMEMBER":
		e := p.member(r, floor.MemberAdded)
		if string(p.arg(r, 0)) == "PAUSED" {
			paused := p.add(r, floor.Paused)
			paused.Queue, paused.Agent = p.queues.get(p.field(r, 2)), p.ifaces.get(p.field(r, 3))
			paused.Key.Offset++
		} else {
			e.Reason = p.reasons.get(p.params(r))
		}
	case "REMOVEMEMBER":
		p.member(r, floor.MemberRemoved)
	case "PENALTY":
		ok := true
		n := p.number(r, 0, &ok)
		if !p.refuse(r, ok) {
			p.member(r, floor.PenaltySet).N = int(n)
		}
	case "RINGINUSE":
		e := p.member(r, floor.SettingChanged)
		e.Subject, e.Text = "ringinuse", p.reasons.get(p.params(r))
	case "AGENTLOGIN", "AGENTCALLBACKLOGIN":
		p.pool(r, floor.AgentIn)
	case "AGENTLOGOFF", "AGENTCALLBACKLOGOFF":
		p.pool(r, floor.AgentOut)
	case "QUEUESTART":
		p.add(r, floor.SystemStarted)
	case "CONFIGRELOAD":
		p.add(r, floor.Reloaded)
	case "":
		p.fault("no event in the fifth field")
	default:
		e := p.stay(r, floor.Unknown)
		e.Reason = p.reasons.get(p.field(r, 4))
		e.Text = ingest.Clean(string(p.params(r)), textWidth)
		p.unknown = append(p.unknown, e.Reason)
	}
}

// add appends an event with what every event has.
func (p *parser) add(r *rec, k floor.Kind) *floor.Event {
	if r.sec != p.sec {
		p.sec, p.at = r.sec, time.Unix(r.sec, 0).UTC()
	}
	p.out = append(p.out, floor.Event{})
	e := &p.out[len(p.out)-1]
	e.Source, e.Key.ID, e.Key.Offset, e.At, e.Kind = p.source, p.stream, r.key, p.at, k
	return e
}

// stay adds an event of a contact in a queue.
func (p *parser) stay(r *rec, k floor.Kind) *floor.Event {
	e := p.add(r, k)
	e.Queue = p.queues.get(p.field(r, 2))
	e.Agent = p.agents.get(p.field(r, 3))
	e.Contact = p.contact(r.bars[0]+1, r.bars[1])
	return e
}

// contact is a call's id: any string that the originator chose.
func (p *parser) contact(from, to int) string {
	s := p.text[from:to]
	if s == "NONE" {
		return ""
	}
	for i := 0; i < len(s); i++ {
		if s[i]-0x21 > 0x5d {
			return ingest.Clean(s, contactWidth)
		}
	}
	if len(s) > contactWidth {
		return ingest.Clean(s, contactWidth)
	}
	return s
}

// refuse counts a record whose numbers are none, or that was cut before them.
func (p *parser) refuse(r *rec, ok bool) bool {
	if ok && !r.cut {
		return false
	}
	if !r.cut { // a cut line has been counted
		p.fault(ingest.Clean(string(p.field(r, 4)), 40) + ": no number where one belongs")
	}
	return true
}

// enter: url, number, position[, name]. The name is not kept.
func (p *parser) enter(r *rec) {
	ok := true
	position := p.number(r, 2, &ok)
	if p.refuse(r, ok) {
		return
	}
	e := p.stay(r, floor.Queued)
	e.Position = int(position)
	if number := p.arg(r, 1); len(number) > 0 {
		e.Customer = p.hasher.Hash(p.text[r.bars[5]+1 : r.bars[5]+1+len(number)])
	}
}

// connect: hold s, id of the member's channel, ring s.
func (p *parser) connect(r *rec) {
	ok := true
	hold, ring := p.seconds(r, 0, &ok), p.seconds(r, 2, &ok)
	if p.refuse(r, ok) {
		return
	}
	e := p.stay(r, floor.Answered)
	e.Wait, e.Ring = hold, ring
}

// complete: hold s, talk s, original position.
func (p *parser) complete(r *rec, by floor.Party) {
	ok := true
	hold, talk := p.seconds(r, 0, &ok), p.seconds(r, 1, &ok)
	if p.refuse(r, ok) {
		return
	}
	e := p.stay(r, floor.Completed)
	e.Wait, e.Talk, e.By = hold, talk, by
}

// left: position, original position, wait s[, a text].
func (p *parser) left(r *rec, k floor.Kind, by floor.Party) {
	ok := true
	position, wait := p.number(r, 0, &ok), p.seconds(r, 2, &ok)
	if p.refuse(r, ok) {
		return
	}
	e := p.stay(r, k)
	e.Position, e.Wait, e.By = int(position), wait, by
	if r.args() > 3 && k == floor.Withdrawn {
		e.Text = ingest.Clean(string(p.data[r.bars[7]+1:r.end]), textWidth)
	}
}

// key: key, position, original position, wait s.
func (p *parser) key(r *rec) {
	ok := true
	position, wait := p.number(r, 1, &ok), p.seconds(r, 3, &ok)
	if p.refuse(r, ok) {
		return
	}
	e := p.stay(r, floor.LeftKey)
	e.Reason, e.Position, e.Wait, e.By = p.reasons.get(p.arg(r, 0)), int(position), wait, floor.ByCustomer
}

// rang: ring ms.
func (p *parser) rang(r *rec, k floor.Kind) {
	ok := true
	ring := p.number(r, 0, &ok)
	if p.refuse(r, ok) {
		return
	}
	p.stay(r, k).Ring = time.Duration(ring) * time.Millisecond
}

// lastThree splits params before their last three, which are hold s, talk s and
// original position; what comes before may hold separators of its own.
func (p *parser) lastThree(r *rec, ok *bool) (before []byte, hold, talk time.Duration) {
	before = p.params(r)
	var n [3]int64
	for i := 2; i >= 0; i-- {
		at := bytes.LastIndexByte(before, '|')
		if at < 0 {
			*ok = false
			return nil, 0, 0
		}
		n[i] = number(before[at+1:], ok)
		before = before[:at]
	}
	return before, time.Duration(n[0]) * time.Second, time.Duration(n[1]) * time.Second
}

// blind: exten, context, hold s, talk s, original position.
func (p *parser) blind(r *rec) {
	ok := true
	target, hold, talk := p.lastThree(r, &ok)
	if p.refuse(r, ok) {
		return
	}
	e := p.stay(r, floor.Transferred)
	e.Wait, e.Talk, e.By = hold, talk, floor.ByTransfer
	exten := target
	if at := bytes.LastIndexByte(target, '|'); at >= 0 {
		exten = target[:at]
		e.Text = p.reasons.get(target[at+1:])
	}
	e.Reason = p.reasons.get(exten)
}

// attended: BRIDGE and an id, APP and an application, or LINK and two channels;
// then hold s, talk s, original position. A bridge's id names no target.
func (p *parser) attended(r *rec) {
	ok := true
	target, hold, talk := p.lastThree(r, &ok)
	if p.refuse(r, ok) {
		return
	}
	e := p.stay(r, floor.Transferred)
	e.Wait, e.Talk, e.By = hold, talk, floor.ByTransfer
	e.Text = ingest.Clean(string(target), textWidth)
	how, to, _ := bytes.Cut(target, []byte("|"))
	switch string(how) {
	case "APP":
		e.Reason = p.reasons.get(to)
	case "LINK":
		e.Reason = p.reasons.get(to[bytes.LastIndexByte(to, '|')+1:])
	}
}

// pause: a reason, which may hold separators; the queue is NONE for all queues.
func (p *parser) pause(r *rec, k floor.Kind) {
	e := p.add(r, k)
	e.Queue = p.queues.get(p.field(r, 2))
	e.Agent = p.agents.get(p.field(r, 3))
	e.Reason = p.reasons.get(p.params(r))
}

// member: events that name the agent by the interface. The call id is who acted
// (MANAGER, CLI, REALTIME or a channel) and no contact.
func (p *parser) member(r *rec, k floor.Kind) *floor.Event {
	e := p.add(r, k)
	e.Queue = p.queues.get(p.field(r, 2))
	e.Agent = p.ifaces.get(p.field(r, 3))
	return e
}

// pool: an agent of the agent pool logs in or out; the parameter is the channel.
func (p *parser) pool(r *rec, k floor.Kind) {
	e := p.add(r, k)
	e.Queue = p.queues.get(p.field(r, 2))
	e.Agent = p.ifaces.get(p.field(r, 3))
	e.Reason = ingest.Clean(string(p.arg(r, 0)), reasonWidth)
}
