package main

import (
	"errors"
	"fmt"
	"os"
	"sort"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"farol/floor"
)

func newDoctorCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Each source and the store: what was read, what was not understood, what is wrong",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return g.doctor(cmd) },
	}
}

// seen is what a source has told so far.
type seen struct {
	events  int
	last    time.Time
	unknown map[string]int
}

func (g *globals) doctor(cmd *cobra.Command) (err error) {
	o, err := g.open(false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	told := map[string]*seen{}
	err = o.db.Scan(cmd.Context(), 0, func(events []floor.Event) error {
		for i := range events {
			e := &events[i]
			s := told[e.Source]
			if s == nil {
				s = &seen{unknown: map[string]int{}}
				told[e.Source] = s
			}
			s.events++
			if e.At.After(s.last) && e.Kind != floor.Scheduled {
				s.last = e.At
			}
			if e.Kind == floor.Unknown {
				s.unknown[e.Reason]++
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read store %s: %w", o.path, err)
	}
	out := &sheet{head: []string{"source", "events", "last", "unknown", "verdict"}}
	for _, name := range o.sourceNames(told) {
		out.add(o.diagnose(name, told[name])...)
	}
	for _, d := range o.db.Damages() {
		out.add("store", "", "", "", fmt.Sprintf("events %d to %d cannot be read: run farol verify", d.First, d.Last))
	}
	if g.format == "json" {
		return writeJSON(cmd.OutOrStdout(), out.records())
	}
	return out.write(cmd.OutOrStdout(), g.format)
}

func (o *operation) sourceNames(told map[string]*seen) []string {
	names := map[string]bool{}
	for name := range told {
		names[name] = true
	}
	for _, s := range o.conf.sources {
		names[s.Name] = true
	}
	out := make([]string, 0, len(names))
	for name := range names {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

// diagnose is a source's line: what it told, and what its configuration lacks.
func (o *operation) diagnose(name string, s *seen) []string {
	if s == nil {
		s = &seen{}
	}
	last, unknown, verdict := "never", "", "ok"
	if !s.last.IsZero() {
		last = s.last.In(o.zone()).Format("2006-01-02 15:04:05")
	}
	for _, kind := range sorted(s.unknown) {
		unknown += fmt.Sprintf("%s:%d ", kind, s.unknown[kind])
	}
	for _, c := range o.conf.sources {
		if c.Name != name {
			continue
		}
		path := c.QueueLog + c.File
		if path == "" {
			continue
		}
		if f, err := os.Open(path); err != nil {
			verdict = fmt.Sprintf("cannot read %s: %v", path, cause(err))
		} else if err := f.Close(); err != nil {
			verdict = fmt.Sprintf("cannot close %s: %v", path, cause(err))
		}
	}
	return []string{name, strconv.Itoa(s.events), last, unknown, verdict}
}
