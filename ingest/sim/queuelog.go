package sim

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"time"
)

// LogOptions says what queue_log to write.
type LogOptions struct {
	Lines  int64 // exactly so many; ten million are thirty days of 240 agents
	Seed   uint64
	Start  time.Time // of the first second; 2026-10-24 00:00 UTC when zero
	Queues int       // 12 when 0, at most 255
	Agents int       // 240 when 0, shared out evenly
}

// callsPerAgent is the density of the log, a day.
const callsPerAgent = 436.0

// WriteQueueLog writes an Asterisk queue_log of a believable operation that
// never closes: calls of all queues interleaved, in order of time, each
// answered by an agent who is free, with people who lose patience, phones that
// nobody takes and pauses. The same options write the same bytes. It returns
// the exact truth of what it wrote; on an error of w it returns that.
//
// It is meant to be faster than what it measures: each second takes what is due
// from a wheel of buckets, and random variates come from tables.
func WriteQueueLog(w io.Writer, o LogOptions) (*Truth, error) {
	if o.Lines < 1 || o.Queues < 0 || o.Queues > 255 || o.Agents < 0 {
		return nil, fmt.Errorf("write queue_log: %d lines of %d queues and %d agents", o.Lines, o.Queues, o.Agents)
	}
	l := newLogFloor(o)
	out := newPipe(w)
	for l.truth.Lines < o.Lines && out.ok() {
		l.second()
		if len(l.buf) >= pipeSize {
			l.truth.Bytes += int64(len(l.buf))
			l.buf = out.send(l.buf)
		}
	}
	l.truth.Bytes += int64(len(l.buf))
	out.send(l.buf)
	if err := out.close(); err != nil {
		return nil, fmt.Errorf("write queue_log: %w", err)
	}
	l.truth.Last = time.Unix(l.start+int64(l.now)-1, 0).UTC()
	for i := range l.truth.Queues {
		l.truth.Queues[i].finish()
	}
	return l.truth, nil
}

// logFloor is the state of the generator.
type logFloor struct {
	random quick
	tables *tables
	wheel  [wheelSize][]due
	calls  []logCall
	spare  []int32
	queues []logQueue
	agents []logAgent
	truth  *Truth
	limit  int64 // lines
	buf    []byte

	start  int64 // Unix seconds
	now    int32 // seconds since
	stamp  [10]byte
	serial int64

	which  [4096]uint8      // the queues in proportion to their calls
	rate   float64          // calls a second, at the mean of the day
	curve  [24 * 60]float64 // of arrivals, by minute; the mean is 1
	minute int32            // that quiet is for
	quiet  float64          // probability that nobody calls in a second of it
}

// wheelSize bounds every delay, in seconds.
const wheelSize = 4096

// due is something to do to a call or an agent; turn tells an old one.
type due struct {
	step logStep
	turn uint16
	who  int32
}

func newLogFloor(o LogOptions) *logFloor {
	if o.Queues == 0 {
		o.Queues = 12
	}
	if o.Agents == 0 {
		o.Agents = 240
	}
	if o.Start.IsZero() {
		o.Start = time.Date(2026, 10, 24, 0, 0, 0, 0, time.UTC)
	}
	l := &logFloor{
		random: quick{mix(o.Seed + 0x5851f42d4c957f2d)}, tables: newTables(), start: o.Start.Unix(), limit: o.Lines, minute: -1,
		truth: &Truth{First: o.Start.UTC().Truncate(time.Second)}, rate: callsPerAgent * float64(o.Agents) / (24 * 60 * 60),
		buf: make([]byte, 0, pipeSize+pipeSize/4),
	}
	l.setCurve()
	l.setStamp()
	for q := range o.Queues {
		l.queues = append(l.queues, logQueue{name: logQueueName(q)})
		l.truth.Queues = append(l.truth.Queues, QueueTruth{Queue: logQueueName(q)})
	}
	l.line("NONE", "NONE", "NONE", "QUEUESTART|\n")
	namer := newNamer()
	which := shares(o.Queues)
	for i := range l.which {
		l.which[i] = which(float64(i) / float64(len(l.which)))
	}
	for a := range o.Agents {
		agent := logAgent{queue: which((float64(a) + .5) / float64(o.Agents)), name: namer.next()}
		l.agents = append(l.agents, agent)
		l.truth.Agents = append(l.truth.Agents, AgentTruth{Agent: agent.name})
		l.line("MANAGER", l.queues[agent.queue].name, agent.name, "ADDMEMBER|\n")
		l.queues[agent.queue].idle.push(uint64(a))
	}
	return l
}

// shares cuts the line from 0 to 1 between queues of unlike size, the first
// three times the last.
func shares(queues int) func(float64) uint8 {
	ends, sum := make([]float64, queues), 0.0
	for q := range ends {
		sum += 3 - 2*float64(q)/float64(max(queues-1, 1))
		ends[q] = sum
	}
	return func(x float64) uint8 {
		q := 0
		for q < queues-1 && ends[q] <= x*sum {
			q++
		}
		return uint8(q)
	}
}

// setCurve spreads the day's calls over its minutes: the two humps of business
// hours, an evening, and a night that does not sleep.
func (l *logFloor) setCurve() {
	sum := 0.0
	for i := range l.curve {
		h := float64(i) / 60
		l.curve[i] = .42 + 1.05*hump(h, 10.4, 1.9) + hump(h, 15.2, 2.3) + .45*hump(h, 19.8, 2)
		sum += l.curve[i]
	}
	for i := range l.curve {
		l.curve[i] *= float64(len(l.curve)) / sum
	}
}

// logQueueName names the n-th queue.
func logQueueName(n int) string {
	names := []string{
		"suporte", "financeiro", "retencao", "sac", "vendas", "agendamento", "ouvidoria", "cobranca",
		"segunda-via", "cancelamento", "empresas", "pos-venda",
	}
	if n < len(names) {
		return names[n]
	}
	return "fila-" + strconv.Itoa(n+1)
}

// second writes all lines of one second and goes to the next.
func (l *logFloor) second() {
	l.setStamp()
	if l.now > 0 && l.now%(24*60*60) == 0 {
		l.line("NONE", "NONE", "NONE", "CONFIGRELOAD|\n")
	}
	if minute := l.now / 60; minute != l.minute {
		l.minute = minute
		l.quiet = math.Exp(-l.rate * l.curve[minute%int32(len(l.curve))])
	}
	bucket := &l.wheel[l.now%wheelSize]
	for _, d := range *bucket {
		l.do(d)
	}
	*bucket = (*bucket)[:0]
	for n := l.random.poisson(l.quiet); n > 0; n-- {
		l.enter()
	}
	l.now++
}

// later plans a step at least a second and less than a turn of the wheel ahead.
func (l *logFloor) later(seconds int, step logStep, turn uint16, who int32) {
	at := (l.now + int32(min(max(seconds, 1), wheelSize-1))) % wheelSize
	l.wheel[at] = append(l.wheel[at], due{step, turn, who})
}

func (l *logFloor) setStamp() { strconv.AppendInt(l.stamp[:0], l.start+int64(l.now), 10) }

// begin writes the first four columns of a line. It is false when the log is
// full: then nothing is written and nothing may be counted.
func (l *logFloor) begin(call []byte, queue, agent string) bool {
	if l.truth.Lines == l.limit {
		return false
	}
	l.truth.Lines++
	b := append(l.buf, l.stamp[:]...)
	b = append(b, '|')
	b = append(b, call...)
	b = append(b, '|')
	b = append(b, queue...)
	b = append(b, '|')
	b = append(b, agent...)
	l.buf = append(b, '|')
	return true
}

// line writes a rare line; rest ends it.
func (l *logFloor) line(call, queue, agent, rest string) bool {
	if !l.begin([]byte(call), queue, agent) {
		return false
	}
	l.buf = append(l.buf, rest...)
	return true
}

// numbers ends a line with numbers between bars.
func (l *logFloor) numbers(numbers ...int) {
	for i, n := range numbers {
		if i > 0 {
			l.buf = append(l.buf, '|')
		}
		l.buf = strconv.AppendInt(l.buf, int64(n), 10)
	}
	l.buf = append(l.buf, '\n')
}
