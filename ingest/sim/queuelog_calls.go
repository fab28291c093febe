package sim

import "strconv"

// The habits of the generated log. A once is one in how many.
const (
	logRingLimit = 12  // seconds a phone rings in vain
	logQueueTime = 300 // seconds after which a queue gives a call back

	onceMissed      = 34     // rings
	onceTransferred = 40     // conversations
	onceKey         = 200    // calls: would press a key when they have waited enough
	oncePause       = 60     // conversations are followed by a pause
	onceUnknown     = 60_000 // calls come with a line of an event that is not Asterisk's
)

// logStep is what is due.
type logStep uint8

const (
	logAnswer   logStep = iota // the call is answered
	logRingFail                // its phone rang in vain
	logLeave                   // its customer or its queue has enough
	logTalkEnd                 // the conversation ends
	logIdle                    // the agent has finished the wrap-up
	logUnpause                 // the agent comes back
)

type callState uint8

const (
	callGone callState = iota
	callWaiting
	callRinging
	callTalking
)

// logCall is a call in the generated log. Slots are used again: life tells one
// use from the next, turn one ring of a call from the next.
type logCall struct {
	id         [24]byte
	idLen      uint8
	state      callState
	queue      uint8
	key        bool // leaves by a key
	leaves     bool // a logLeave is due
	position   uint16
	life, turn uint16
	agent      int32
	entered    int32
	rang       int32
	hold       int32
	patience   int32
}

func (c *logCall) ID() []byte { return c.id[:c.idLen] }

// logAgent is an agent of the generated log.
type logAgent struct {
	name  string
	queue uint8
}

// logQueue is a queue of it: who waits, oldest first, and who is free, longest
// first. Calls that left are taken off the line when it is reached.
type logQueue struct {
	name    string
	line    fifo // call | life<<32
	idle    fifo
	waiting int // and ringing
}

func (l *logFloor) do(d due) {
	switch d.step {
	case logIdle:
		l.wrapped(d.who)
		return
	case logUnpause:
		l.unpause(d.who)
		return
	case logLeave:
		if c := &l.calls[d.who]; c.life == d.turn && (c.state == callWaiting || c.state == callRinging) {
			l.leave(d.who, c)
		}
		return
	}
	c := &l.calls[d.who]
	if c.turn != d.turn || c.state == callGone {
		return
	}
	switch d.step {
	case logAnswer:
		l.answer(d.who, c)
	case logRingFail:
		l.ringFail(d.who, c)
	case logTalkEnd:
		l.talkEnd(d.who, c)
	}
}

// enter is a new call.
func (l *logFloor) enter() {
	n := l.newCall()
	c := &l.calls[n]
	q := int(l.which[l.random.next()>>52])
	queue := &l.queues[q]
	queue.waiting++
	l.serial += 4
	id := append(c.id[:0], l.stamp[:]...)
	id = strconv.AppendInt(append(id, '.'), l.serial, 10)
	c.idLen, c.state, c.queue, c.leaves = uint8(len(id)), callWaiting, uint8(q), false
	c.entered, c.position = l.now, uint16(queue.waiting)
	c.patience, c.key = int32(l.tables.patience.draw(&l.random)), l.random.once(onceKey)
	if !l.begin(c.ID(), queue.name, "NONE") {
		return
	}
	l.buf = append(l.buf, "ENTERQUEUE||"...)
	l.caller()
	l.numbers(int(c.position))
	l.truth.Calls++
	l.truth.Queues[q].Entered++
	if l.random.once(onceUnknown) && l.begin(c.ID(), queue.name, "NONE") {
		l.buf = append(l.buf, "META|campanha|natal|2026\n"...)
		l.truth.Unknown++
	}
	queue.line.push(uint64(n) | uint64(c.life)<<32)
	l.match(queue)
	if c.state == callWaiting {
		l.leaveLater(n, c)
	}
}

func (l *logFloor) newCall() int32 {
	if n := len(l.spare); n > 0 {
		i := l.spare[n-1]
		l.spare = l.spare[:n-1]
		return i
	}
	l.calls = append(l.calls, logCall{})
	return int32(len(l.calls) - 1)
}

func (l *logFloor) free(n int32, c *logCall) {
	c.state = callGone
	c.life++
	c.turn++
	l.spare = append(l.spare, n)
}

// caller writes a mobile number of Pernambuco and a bar; there are two million.
func (l *logFloor) caller() {
	l.buf = append(l.buf, "+55819"...)
	x := l.random.next() % 2_000_000
	var digits [8]byte
	x += 88_000_000
	for i := 7; i >= 0; i-- {
		digits[i] = byte('0' + x%10)
		x /= 10
	}
	l.buf = append(append(l.buf, digits[:]...), '|')
}

// leaveLater plans how a call that waits will end if nobody takes it.
func (l *logFloor) leaveLater(n int32, c *logCall) {
	if c.leaves {
		return
	}
	c.leaves = true
	l.later(int(min(c.patience, logQueueTime)-(l.now-c.entered)), logLeave, c.life, n)
}

// match gives calls that wait to agents who are free.
func (l *logFloor) match(q *logQueue) {
	for q.idle.size > 0 && q.line.size > 0 {
		x := q.line.pop()
		n := int32(uint32(x))
		if c := &l.calls[n]; c.life == uint16(x>>32) && c.state == callWaiting {
			l.ring(n, c, int32(q.idle.pop()))
		}
	}
}

func (l *logFloor) ring(n int32, c *logCall, agent int32) {
	c.state, c.agent, c.rang = callRinging, agent, l.now
	c.turn++
	if l.random.once(onceMissed) {
		l.later(logRingLimit, logRingFail, c.turn, n)
		l.leaveLater(n, c)
		return
	}
	seconds := l.tables.ring.draw(&l.random)
	l.later(seconds, logAnswer, c.turn, n)
	if c.patience < l.now-c.entered+int32(seconds) {
		l.leaveLater(n, c)
	}
}

func (l *logFloor) answer(n int32, c *logCall) {
	q, a := &l.queues[c.queue], &l.agents[c.agent]
	if !l.begin(c.ID(), q.name, a.name) {
		return
	}
	hold := int(l.now - c.entered)
	l.buf = append(l.buf, "CONNECT|"...)
	l.buf = strconv.AppendInt(l.buf, int64(hold), 10)
	l.buf = append(append(append(l.buf, '|'), l.stamp[:]...), '.')
	l.buf = strconv.AppendInt(l.buf, l.serial+2, 10)
	l.buf = append(l.buf, '|')
	l.numbers(int(l.now - c.rang))
	l.truth.Queues[c.queue].connect(hold)
	l.truth.Agents[c.agent].Answered++
	q.waiting--
	c.state, c.hold, c.rang = callTalking, int32(hold), l.now
	c.turn++
	l.later(l.tables.talk.draw(&l.random), logTalkEnd, c.turn, n)
}

func (l *logFloor) ringFail(n int32, c *logCall) {
	q, a := &l.queues[c.queue], &l.agents[c.agent]
	if !l.begin(c.ID(), q.name, a.name) {
		return
	}
	l.buf = append(l.buf, "RINGNOANSWER|"...)
	l.numbers(logRingLimit * 1000)
	l.truth.Queues[c.queue].NotAnswered++
	missed := c.agent
	c.state = callWaiting
	c.turn++
	q.line.back(uint64(n) | uint64(c.life)<<32)
	l.match(q) // before the one who missed it is free again
	q.idle.push(uint64(missed))
	l.match(q)
}

// leave ends a call that nobody took.
func (l *logFloor) leave(n int32, c *logCall) {
	q, truth := &l.queues[c.queue], &l.truth.Queues[c.queue]
	wait := int(l.now - c.entered)
	patient := c.patience >= logQueueTime
	if patient && c.state == callRinging { // the queue's limit waits for the ring
		l.later(2, logLeave, c.life, n)
		return
	}
	agent := int32(-1)
	if c.state == callRinging {
		agent = c.agent
		if !l.begin(c.ID(), q.name, l.agents[agent].name) {
			return
		}
		l.buf = append(l.buf, "RINGCANCELED|"...)
		l.numbers(int(l.now-c.rang)*1000 + int(l.random.next()%1000))
	}
	if !l.begin(c.ID(), q.name, "NONE") {
		return
	}
	position := max(1, min(int(c.position), q.waiting))
	switch {
	case patient:
		l.buf = append(l.buf, "EXITWITHTIMEOUT|"...)
		truth.Timeouts++
	case c.key && agent < 0:
		l.buf = append(l.buf, "EXITWITHKEY|9|"...)
		truth.Keys++
	default:
		l.buf = append(l.buf, "ABANDON|"...)
		truth.abandon(wait)
	}
	l.numbers(position, int(c.position), wait)
	q.waiting--
	l.free(n, c)
	if agent >= 0 {
		q.idle.push(uint64(agent))
		l.match(q)
	}
}

func (l *logFloor) talkEnd(n int32, c *logCall) {
	q, truth := &l.queues[c.queue], &l.truth.Queues[c.queue]
	if !l.begin(c.ID(), q.name, l.agents[c.agent].name) {
		return
	}
	talk := int(l.now - c.rang)
	switch x := l.random.next(); {
	case x%onceTransferred == 0:
		l.buf = append(l.buf, "BLINDTRANSFER|600|ramais|"...)
		truth.Transferred++
	case x>>32%5 < 3:
		l.buf = append(l.buf, "COMPLETECALLER|"...)
	default:
		l.buf = append(l.buf, "COMPLETEAGENT|"...)
	}
	l.numbers(int(c.hold), talk, int(c.position))
	truth.TalkSum += int64(talk)
	l.truth.Agents[c.agent].TalkSum += int64(talk)
	l.later(l.tables.wrap.draw(&l.random), logIdle, 0, c.agent)
	l.free(n, c)
}

// wrapped is an agent who has finished, and now and then takes a pause.
func (l *logFloor) wrapped(agent int32) {
	a := &l.agents[agent]
	if l.random.once(oncePause) {
		reason := []string{"NR-17", "Lanche", "Banheiro", "Treinamento"}[l.random.next()%4]
		l.line("NONE", "NONE", a.name, "PAUSEALL|"+reason+"\n")
		l.line("NONE", l.queues[a.queue].name, a.name, "PAUSE|"+reason+"\n")
		l.later(l.tables.pause.draw(&l.random), logUnpause, 0, agent)
		return
	}
	l.ready(agent)
}

func (l *logFloor) unpause(agent int32) {
	a := &l.agents[agent]
	l.line("NONE", "NONE", a.name, "UNPAUSEALL|\n")
	l.line("NONE", l.queues[a.queue].name, a.name, "UNPAUSE|\n")
	l.ready(agent)
}

func (l *logFloor) ready(agent int32) {
	q := &l.queues[l.agents[agent].queue]
	q.idle.push(uint64(agent))
	l.match(q)
}
