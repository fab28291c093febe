//go:build asterisk

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asteriskRoot is where .ci/asterisk installed the telephone system.
func asteriskRoot(t *testing.T) string {
	t.Helper()
	root := os.Getenv("FAROL_ASTERISK")
	if root == "" {
		t.Fatal("FAROL_ASTERISK is not set: run .ci/asterisk install DIR first")
	}
	return root
}

// pbx is a running Asterisk and a manager connection to drive it.
type pbx struct {
	t    *testing.T
	root string
	pid  int
	conn net.Conn
	in   *bufio.Reader
}

func startPBX(t *testing.T, root string) *pbx {
	t.Helper()
	out, err := exec.Command("../../.ci/asterisk", "start", root).Output()
	if err != nil {
		t.Fatalf("start asterisk: %v", err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatalf("start asterisk: pid %q: %v", out, err)
	}
	p := &pbx{t: t, root: root, pid: pid}
	t.Cleanup(func() { p.stop(syscall.SIGKILL) })
	p.connect()
	return p
}

// connect logs in once the queues are there: the port opens before the modules load.
func (p *pbx) connect() {
	p.t.Helper()
	eventually(p.t, 30*time.Second, "asterisk answers", func() bool {
		conn, err := net.DialTimeout("tcp", "127.0.0.1:5138", time.Second)
		if err != nil {
			return false
		}
		p.conn, p.in = conn, bufio.NewReader(conn)
		if !strings.Contains(p.ask("Action: Login\r\nUsername: test\r\nSecret: test\r\nEvents: off"), "accepted") ||
			!strings.Contains(p.ask("Action: QueueSummary"), "Success") {
			conn.Close()
			return false
		}
		return true
	})
}

// ask sends an action and returns its reply.
func (p *pbx) ask(action string) string {
	p.t.Helper()
	p.conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := fmt.Fprintf(p.conn, "%s\r\n\r\n", action); err != nil {
		return ""
	}
	for {
		var b strings.Builder
		for {
			line, err := p.in.ReadString('\n')
			if err != nil {
				return b.String()
			}
			if strings.TrimSpace(line) == "" {
				break
			}
			b.WriteString(line)
		}
		if strings.Contains(b.String(), "Response:") {
			return b.String()
		}
	}
}

// call lets a caller enter a queue; the channel's name identifies the caller.
func (p *pbx) call(queue string, n int) {
	p.t.Helper()
	reply := p.ask(fmt.Sprintf("Action: Originate\r\nChannel: Local/s@cliente/n\r\nContext: fila\r\nExten: %s\r\nPriority: 1\r\nCallerID: \"Cliente %d\" <55119900%05d>\r\nAsync: true", queue, n, n))
	if !strings.Contains(reply, "Success") {
		p.t.Fatalf("originate a call to %s: %s", queue, reply)
	}
}

func (p *pbx) stop(sig syscall.Signal) {
	if p.pid == 0 {
		return
	}
	syscall.Kill(p.pid, sig)
	pid := p.pid
	p.pid = 0
	eventually(p.t, 20*time.Second, "asterisk ends", func() bool { return syscall.Kill(pid, 0) != nil })
}

// eventually waits for a condition of another process, which no clock of ours drives.
func eventually(t *testing.T, limit time.Duration, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); <-tick.C {
		if ok() {
			return
		}
	}
	t.Fatalf("waited %s in vain: %s", limit, what)
}

// TestAsteriskLive follows a real Asterisk through pauses, a rotation of its
// log and a crash, and compares farol's figures with an independent count of
// the lines that the server wrote.
func TestAsteriskLive(t *testing.T) {
	root := asteriskRoot(t)
	logs := filepath.Join(root, "var/log/asterisk")
	for _, old := range queueLogs(t, logs) {
		if err := os.Remove(old); err != nil {
			t.Fatal(err)
		}
	}
	pbx := startPBX(t, root)
	bin, dir := buildFarol(t), t.TempDir()
	conf := filepath.Join(dir, "farol.toml")
	db := filepath.Join(dir, "farol.db")
	write(t, conf, fmt.Sprintf("[site]\nname = \"Teste\"\ntimezone = \"UTC\"\n[[source]]\nkind = \"asterisk\"\nqueue_log = %q\n", filepath.Join(logs, "queue_log")))
	farol := startText(t, bin, db, conf)

	for i := range 14 {
		pbx.call([]string{"vendas", "suporte"}[i%2], i)
	}
	pbx.ask("Action: QueuePause\r\nInterface: Local/1001@agente/n\r\nPaused: true\r\nReason: Pausa 10 (NR-17)")
	waitLines(t, logs, 12, "CONNECT", "ABANDON", "EXITWITHTIMEOUT")
	if err := os.Rename(filepath.Join(logs, "queue_log"), filepath.Join(logs, "queue_log.1")); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		pbx.call("suporte", 100+i)
	}
	pbx.ask("Action: Command\r\nCommand: logger reload")
	pbx.ask("Action: QueuePause\r\nInterface: Local/1001@agente/n\r\nPaused: false\r\nReason:")
	farol.kill(t) // the console dies too, in the middle
	for i := range 4 {
		pbx.call("vendas", 200+i)
	}
	waitLines(t, logs, 17, "CONNECT", "ABANDON", "EXITWITHTIMEOUT")
	for i := range 3 {
		pbx.call("suporte", 300+i)
	}
	waitLines(t, logs, 25, "ENTERQUEUE")
	pbx.stop(syscall.SIGKILL) // a crash: what is open is lost, not abandoned
	farol = startText(t, bin, db, conf)
	pbx = startPBX(t, root)
	for i := range 2 {
		pbx.call("vendas", 400+i)
	}
	waitLines(t, logs, 27, "ENTERQUEUE")
	pbx.stop(syscall.SIGTERM)

	want := countLines(t, logs)
	farol.waitForLines(t, want.lines)
	farol.stop(t)
	compare(t, bin, db, conf, want)
}

// tally is what an independent reading of queue_log says of a queue.
type tally struct{ offered, answered, abandoned, timeout, completed, wait, talk int }

type counted struct {
	lines  int
	queues map[string]*tally
}

func queueLogs(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "queue_log*"))
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(names)
	return names
}

func countLines(t *testing.T, dir string) counted {
	t.Helper()
	out := counted{queues: map[string]*tally{}}
	for _, name := range queueLogs(t, dir) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			f := strings.Split(line, "|")
			if len(f) < 5 {
				continue
			}
			out.lines++
			if f[2] == "NONE" {
				continue
			}
			q := out.queues[f[2]]
			if q == nil {
				q = &tally{}
				out.queues[f[2]] = q
			}
			switch f[4] {
			case "ENTERQUEUE":
				q.offered++
			case "CONNECT":
				q.answered++
				q.wait += number(f[5])
			case "COMPLETEAGENT", "COMPLETECALLER":
				q.completed++
				q.talk += number(f[6])
			case "ABANDON":
				q.abandoned++
			case "EXITWITHTIMEOUT":
				q.timeout++
			}
		}
	}
	return out
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func waitLines(t *testing.T, dir string, n int, events ...string) {
	t.Helper()
	eventually(t, 120*time.Second, fmt.Sprintf("%d lines of %v", n, events), func() bool {
		got := 0
		for _, name := range queueLogs(t, dir) {
			text, _ := os.ReadFile(name)
			for _, e := range events {
				got += strings.Count(string(text), "|"+e+"|")
			}
		}
		return got >= n
	})
}

// compare asks the real binary for its figures and holds them to the count.
func compare(t *testing.T, bin, db, conf string, want counted) {
	t.Helper()
	out, err := exec.Command(bin, "kpi", "--by", "queue", "--format", "json", "--db", db, "-c", conf,
		"--from", "2020-01-01T00:00:00Z", "--to", "2100-01-01T00:00:00Z").Output()
	if err != nil {
		t.Fatalf("farol kpi: %v\n%s", err, out)
	}
	var rows []struct {
		Key string
		KPI map[string]struct{ Value, Num, Den *float64 } `json:"kpi"`
	}
	if err := json.Unmarshal(out, &rows); err != nil {
		t.Fatalf("farol kpi: %v\n%s", err, out)
	}
	seen := map[string]bool{}
	for _, row := range rows {
		w := want.queues[row.Key]
		if w == nil {
			continue
		}
		seen[row.Key] = true
		check := func(id string, want int) {
			t.Helper()
			if v := row.KPI[id].Value; v == nil || int(*v) != want {
				t.Errorf("%s %s: farol says %v, the log %d", row.Key, id, v, want)
			}
		}
		check("offered", w.offered)
		check("answered", w.answered)
		check("abandoned", w.abandoned)
		check("left_timeout", w.timeout)
		if v := row.KPI["wait_avg"]; w.answered > 0 && (v.Num == nil || int(*v.Num) != w.wait) {
			t.Errorf("%s wait: farol sums %v s, the log %d s", row.Key, v.Num, w.wait)
		}
		if v := row.KPI["aht"]; w.completed > 0 && (v.Num == nil || int(*v.Num) != w.talk) {
			t.Errorf("%s talk: farol sums %v s, the log %d s", row.Key, v.Num, w.talk)
		}
	}
	for q := range want.queues {
		if !seen[q] {
			t.Errorf("queue %s is missing from farol's figures", q)
		}
	}
}
