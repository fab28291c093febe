package sim

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"
)

// recount reads a log the obvious way.
type recount struct {
	t      *testing.T
	truth  Truth
	queues map[string]*QueueTruth
	agents map[string]*AgentTruth
	waits  map[string][]int
	inHand map[string]string // agent to call
	open   map[string]bool
	last   int64
}

func (r *recount) queue(name string) *QueueTruth {
	if r.queues[name] == nil {
		r.queues[name] = &QueueTruth{Queue: name}
	}
	return r.queues[name]
}

func (r *recount) agent(name string) *AgentTruth {
	if r.agents[name] == nil {
		r.agents[name] = &AgentTruth{Agent: name}
	}
	return r.agents[name]
}

func (r *recount) read(log string) {
	r.queues, r.agents, r.waits = map[string]*QueueTruth{}, map[string]*AgentTruth{}, map[string][]int{}
	r.inHand, r.open = map[string]string{}, map[string]bool{}
	for _, line := range strings.Split(strings.TrimSuffix(log, "\n"), "\n") {
		r.line(line, strings.Split(line, "|"))
	}
	for name, q := range r.queues {
		w := r.waits[name]
		sort.Ints(w)
		for share, at := range map[float64]*int{.5: &q.P50, .9: &q.P90, .95: &q.P95, .99: &q.P99, 1: &q.Max} {
			if len(w) > 0 {
				*at = w[max(0, int(float64(len(w))*share+.9999999)-1)]
			}
		}
	}
}

func (r *recount) line(line string, f []string) {
	number := func(i int) int {
		n, err := strconv.Atoi(f[i])
		if err != nil {
			r.t.Fatalf("%s: column %d: %v", line, i, err)
		}
		return n
	}
	epoch := int64(number(0))
	if epoch < r.last {
		r.t.Fatalf("%s: after %d", line, r.last)
	}
	r.last = epoch
	r.truth.Lines++
	call, queue, agent := f[1], f[2], f[3]
	switch f[4] {
	case "ENTERQUEUE":
		r.truth.Calls++
		r.open[call] = true
		r.queue(queue).Entered++
		if len(f[6]) != 14 || number(7) < 1 {
			r.t.Fatalf("%s: caller or position", line)
		}
	case "CONNECT":
		if r.inHand[agent] != "" || !r.open[call] {
			r.t.Fatalf("%s: agent has %q, call open %t", line, r.inHand[agent], r.open[call])
		}
		r.inHand[agent] = call
		r.queue(queue).connect(number(5))
		r.waits[queue] = append(r.waits[queue], number(5))
		r.agent(agent).Answered++
	case "COMPLETECALLER", "COMPLETEAGENT", "BLINDTRANSFER":
		if r.inHand[agent] != call {
			r.t.Fatalf("%s: agent has %q", line, r.inHand[agent])
		}
		delete(r.inHand, agent)
		talk := number(len(f) - 2)
		r.queue(queue).TalkSum += int64(talk)
		r.agent(agent).TalkSum += int64(talk)
		if f[4] == "BLINDTRANSFER" {
			r.queue(queue).Transferred++
		}
	case "ABANDON":
		r.queue(queue).abandon(number(7))
	case "EXITWITHTIMEOUT":
		r.queue(queue).Timeouts++
	case "EXITWITHKEY":
		r.queue(queue).Keys++
	case "RINGNOANSWER":
		r.queue(queue).NotAnswered++
	case "RINGCANCELED", "PAUSE", "PAUSEALL", "UNPAUSE", "UNPAUSEALL", "ADDMEMBER", "QUEUESTART", "CONFIGRELOAD":
	case "META":
		r.truth.Unknown++
	default:
		r.t.Fatalf("%s: what event is that", line)
	}
}

func TestTruthIsWhatAReaderFinds(t *testing.T) {
	for _, lines := range []int64{1, 100, 241, 400_000} {
		var log bytes.Buffer
		truth, err := WriteQueueLog(&log, LogOptions{Lines: lines, Seed: 11})
		if err != nil {
			t.Fatal(err)
		}
		if n := int64(bytes.Count(log.Bytes(), []byte("\n"))); n != lines || truth.Lines != n || truth.Bytes != int64(log.Len()) {
			t.Fatalf("%d lines of %d bytes, truth says %d of %d, asked for %d", n, log.Len(), truth.Lines, truth.Bytes, lines)
		}
		r := &recount{t: t}
		r.read(log.String())
		if r.truth.Calls != truth.Calls || r.truth.Unknown != truth.Unknown {
			t.Fatalf("%d calls and %d unknown, truth %d and %d", r.truth.Calls, r.truth.Unknown, truth.Calls, truth.Unknown)
		}
		for _, q := range truth.Queues {
			got := r.queue(q.Queue)
			got.waits = q.waits
			if *got != q {
				t.Fatalf("queue %s read as\n%+v, truth\n%+v", q.Queue, *got, q)
			}
		}
		for _, a := range truth.Agents {
			if got := r.agent(a.Agent); *got != a {
				t.Fatalf("agent read as %+v, truth %+v", *got, a)
			}
		}
	}
}

func TestLogIsBelievable(t *testing.T) {
	truth, err := WriteQueueLog(io.Discard, LogOptions{Lines: 1_000_000, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	within(t, "bytes a line", float64(truth.Bytes)/float64(truth.Lines), 66, 78)
	within(t, "lines a call", float64(truth.Lines)/float64(truth.Calls), 2.9, 3.4)
	within(t, "days", truth.Last.Sub(truth.First).Hours()/24, 2.5, 3.5)
	for _, q := range truth.Queues {
		within(t, q.Queue+" connected", ratio(int(q.Connected), int(q.Entered)), .8, .99)
		within(t, q.Queue+" within 20 s", ratio(int(q.ConnectedWithin[1]), int(q.Entered)), .6, .97)
		within(t, q.Queue+" abandoned", ratio(int(q.Abandoned), int(q.Entered)), .01, .15)
		within(t, q.Queue+" p99", float64(q.P99), 20, 300)
	}
}

func TestSameOptionsSameLog(t *testing.T) {
	write := func(seed uint64) []byte {
		var b bytes.Buffer
		if _, err := WriteQueueLog(&b, LogOptions{Lines: 50_000, Seed: seed, Start: time.Unix(1795321538, 0)}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if !slices.Equal(write(1), write(1)) {
		t.Fatal("one seed wrote two logs")
	}
	if slices.Equal(write(1), write(2)) {
		t.Fatal("two seeds wrote one log")
	}
}

// full is a disk with no room after some bytes.
type full struct{ room int }

var errFull = errors.New("no space left")

func (f *full) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestLogSaysThatTheDiskIsFull(t *testing.T) {
	_, err := WriteQueueLog(&full{room: 3 << 20}, LogOptions{Lines: 10_000_000, Seed: 1})
	if !errors.Is(err, errFull) {
		t.Fatalf("error is %v", err)
	}
	if _, err := WriteQueueLog(io.Discard, LogOptions{}); err == nil {
		t.Fatal("a log of no lines was written")
	}
}

func BenchmarkWriteQueueLog(b *testing.B) {
	const lines = 1_000_000
	for b.Loop() {
		if _, err := WriteQueueLog(io.Discard, LogOptions{Lines: lines, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(lines*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mlines/s")
}
