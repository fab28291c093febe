package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
)

// peer is another program that reads the log.
type peer struct {
	name  string
	args  []string
	once  bool // too slow to run more than once
	times timings
	out   string // of the last run
	lack  string // why it cannot run; empty: it can
}

// kpiPass computes with awk what an import computes, in one pass: counts,
// waiting and talking times, service level and the histogram of waits of every
// queue, answers and talk of every agent.
const kpiPass = `
$5 == "ENTERQUEUE" { entered[$3]++; next }
$5 == "CONNECT" { connected[$3]++; hold[$3] += $6; if ($6 <= 20) within[$3]++; wait[$3, $6]++; answered[$4]++; next }
$5 == "COMPLETECALLER" || $5 == "COMPLETEAGENT" { talk[$3] += $7; talked[$4] += $7; next }
$5 == "BLINDTRANSFER" { talk[$3] += $9; talked[$4] += $9; next }
$5 == "ABANDON" { abandoned[$3]++; if ($8 <= 5) brief[$3]++; next }
$5 == "EXITWITHTIMEOUT" { timeouts[$3]++; next }
{ other[$5]++ }
END {
	for (q in entered) {
		split("0.5 0.9 0.95 0.99", share, " "); line = ""
		for (i = 1; i <= 4; i++) {
			seen = 0
			for (w = 0; w < 4096 && seen < share[i] * connected[q]; w++) seen += wait[q, w]
			line = line " " w - 1
		}
		print q, entered[q], connected[q], abandoned[q], timeouts[q] + 0, hold[q], talk[q], within[q] line
	}
	for (a in answered) print "agent", answered[a], talked[a], a
}`

// awkName is the awk that is measured: mawk is the fastest of them.
func awkName() string {
	if _, err := exec.LookPath("mawk"); err == nil {
		return "mawk"
	}
	return "awk"
}

func (b *bench) readers() []*peer {
	awk := awkName()
	return []*peer{
		find("wc -l", "wc", "-l", b.log),
		find(awk+", the same figures", awk, "-F", "|", kpiPass, b.log),
		slow(find("goaccess", "goaccess", b.log, "--log-format=%x|%^|%v|%h|%U|%^", "--datetime-format=%s", "--date-format=%s",
			"--time-format=%s", "--no-ip-validation", "-o", b.work+"/goaccess.json", "--no-global-config")),
	}
}

func slow(p *peer) *peer {
	p.once = true
	return p
}

func find(name, program string, args ...string) *peer {
	p := &peer{name: name, args: append([]string{program}, args...)}
	if _, err := exec.LookPath(program); err != nil {
		p.lack = program + " is not installed"
	}
	return p
}

// run times the peer once, with the file in memory.
func (p *peer) run(ctx context.Context) error {
	if p.lack != "" || p.once && len(p.times) > 0 {
		return nil
	}
	var out strings.Builder
	cmd := exec.CommandContext(ctx, p.args[0], p.args[1:]...)
	cmd.Stdout, cmd.Stderr = &out, io.Discard
	began := time.Now()
	if err := cmd.Run(); err != nil {
		p.lack = fmt.Sprintf("%s failed: %v", p.args[0], err)
		return nil
	}
	p.times = append(p.times, time.Since(began))
	p.out = out.String()
	return nil
}
