package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"
)

// console is a program watched at a terminal: farol, or one of those that people
// know to be quick.
type console struct {
	name     string
	program  string
	args     []string
	ready    []string // one of what it shows when it is complete
	list     string   // key to a list with a cursor; empty: it shows one
	down, up string   // keys that move the cursor

	first    timings // from exec to the complete screen
	keys     timings // from a key to the first byte of its effect
	worst    timings // p99 of the keys of each sitting
	missed   int
	cpu      []float64 // share of a core, untouched
	bytes    []float64 // a second, untouched
	resident int64
	lack     string // why it could not be watched
}

// sittings is how often each console is watched, in turn.
const sittings = 3

// measureLocal is goal 11: farol at a local terminal beside htop and top, in
// the same run.
func (b *bench) measureLocal(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	arrows := func(c console) *console {
		c.down, c.up = "\x1b[B", "\x1b[A"
		return &c
	}
	farol := &console{name: "farol demo", program: self, args: []string{"demo", "--at", "14:30"}, ready: []string{"Agendamento"}, list: "a", down: "j", up: "k"}
	all := []*console{farol}
	if b.peers {
		all = append(all,
			arrows(console{name: "htop", program: "htop", args: []string{"-d", "10"}, ready: []string{"PID"}}),
			arrows(console{name: "top", program: "top", args: []string{"-d", "1"}, ready: []string{"PID"}}))
	}
	length := max(time.Duration(b.seconds)*time.Second/2, time.Second)
	for i := range min(b.runs, sittings) {
		b.say("consoles at a terminal, sitting %d, %s each", i+1, 2*length)
		for _, c := range all {
			if c.lack != "" {
				continue
			}
			if _, err := exec.LookPath(c.program); err != nil {
				c.lack = c.program + " is not installed"
			} else if err := c.watch(ctx, length); err != nil {
				c.lack = err.Error()
			}
		}
	}
	for _, c := range all {
		if c.lack != "" {
			b.results.absent(11, "beside "+c.name, c.lack)
		}
	}
	b.compareConsoles(farol, all[1:])
	return nil
}

// watch sits the program down, leaves it alone for a time, then presses keys.
func (c *console) watch(ctx context.Context, length time.Duration) error {
	s, err := sit(ctx, nil, c.program, c.args...)
	if err != nil {
		return err
	}
	defer s.end()
	took, err := s.shows(30*time.Second, c.ready...)
	if err != nil {
		return err
	}
	c.first = append(c.first, took)
	pause(ctx, 3*time.Second)
	before, err := s.processor()
	if err != nil {
		return err
	}
	sent, _ := s.state()
	began := time.Now()
	pause(ctx, length)
	after, err := s.processor()
	if err != nil {
		return err
	}
	total, _ := s.state()
	seconds := time.Since(began).Seconds()
	c.cpu = append(c.cpu, (after-before).Seconds()/seconds)
	c.bytes = append(c.bytes, float64(total-sent)/seconds)
	c.resident = s.resident()
	if c.list != "" {
		if _, ok := s.press(c.list, time.Second); !ok {
			return fmt.Errorf("press %s: nothing happened", c.list)
		}
	}
	var keys timings
	for i := 0; time.Since(began) < 2*length && ctx.Err() == nil; i++ {
		key := c.down
		if i/8%2 == 1 {
			key = c.up
		}
		if late, ok := s.press(key, 400*time.Millisecond); ok {
			keys = append(keys, late)
		} else {
			c.missed++
		}
		pause(ctx, time.Duration(53+i*37%90)*time.Millisecond)
	}
	if len(keys) > 0 {
		c.keys, c.worst = append(c.keys, keys...), append(c.worst, keys.at(.99))
	}
	return ctx.Err()
}

// middle is the median of some figures; 0 without any.
func middle(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(x))[len(x)/2]
}

func (b *bench) compareConsoles(farol *console, peers []*console) {
	if len(farol.keys) == 0 {
		b.results.absent(11, "farol at a terminal", "no key had an effect")
		return
	}
	describe := func(c *console) string {
		return fmt.Sprintf("%s p50 %s, p99 %s", c.name, brief(c.keys.median()), brief(c.worst.median()))
	}
	cpu, sent := middle(farol.cpu), middle(farol.bytes)
	for _, p := range peers {
		if len(p.keys) == 0 {
			continue
		}
		if p.name != "htop" {
			b.results.plain("the same, "+p.name, fmt.Sprintf("p50 %s, p99 %s, %.1f %% CPU, %.0f B/s, %.1f MB",
				brief(p.keys.median()), brief(p.worst.median()), 100*middle(p.cpu), middle(p.bytes), float64(p.resident)/1e6))
			continue
		}
		b.results.atMost(11, "key to frame, p99", describe(farol), describe(p), over(farol.worst.median(), p.worst.median()), "x", 1)
		b.results.atMost(11, "CPU, untouched", fmt.Sprintf("%.2f %%", 100*cpu), fmt.Sprintf("%s %.2f %%", p.name, 100*middle(p.cpu)), cpu/max(middle(p.cpu), .0001), "x", 1)
		b.results.atMost(11, "bytes a second, untouched", fmt.Sprintf("%.0f B", sent), fmt.Sprintf("%s %.0f B", p.name, middle(p.bytes)), sent/max(middle(p.bytes), 1), "x", .25)
	}
	b.results.plain("keys without effect in 0.4 s", fmt.Sprint(farol.missed))
	b.results.plain("memory of farol demo", fmt.Sprintf("%.1f MB", float64(farol.resident)/1e6))
	b.results.atMost(0, "farol demo, exec to the complete wall", brief(farol.first.least()), "", farol.first.least().Seconds(), " s", 2)
}

// pause waits, or until the context ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
