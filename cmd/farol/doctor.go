package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"farol/floor"
)

func newDoctorCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Each source and the store: what was read, what was not understood, what is wrong",
		Long: "doctor tells of each source how many events it gave and when the last, how many records were of a\n" +
			"kind that farol does not know (kept) or were no event at all (counted and left out), and whether it\n" +
			"can be read. A source that cannot be reached is exit code 69.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := g.examined()
			if err != nil {
				return err
			}
			return errors.Join(g.doctor(cmd, o), o.close())
		},
	}
}

// examined is the configured operation, with its store when there is one; with
// neither there is nothing to examine.
func (g *globals) examined() (*operation, error) {
	path, err := g.storePath()
	if err != nil {
		return nil, err
	}
	if stored(path) || g.configPath() == "" {
		return g.open(false)
	}
	return g.unopened()
}

// patient is one source as doctor found it.
type patient struct {
	Source    string         `json:"source"`
	Kind      string         `json:"kind,omitempty"` // of a configured one
	Events    int            `json:"events"`
	Last      string         `json:"last,omitempty"`
	Unknown   map[string]int `json:"unknown"`
	Malformed uint64         `json:"malformed"`
	Samples   []string       `json:"malformed_samples"`
	OK        bool           `json:"ok"`
	Fault     string         `json:"fault,omitempty"`
	at        time.Time
}

// diagnosis is what doctor found.
type diagnosis struct {
	Sources []*patient `json:"sources"`
	Damaged []string   `json:"damaged"` // events of the store that cannot be read
}

func (g *globals) doctor(cmd *cobra.Command, o *operation) error {
	d, err := o.diagnose(cmd.Context())
	if err != nil {
		return err
	}
	if err := g.printDiagnosis(cmd.OutOrStdout(), o, d); err != nil {
		return err
	}
	sick := 0
	for _, p := range d.Sources {
		if !p.OK {
			sick++
		}
	}
	if sick > 0 {
		return fault(exitUnavailable, fmt.Errorf("doctor: %d of %d sources cannot be read", sick, len(d.Sources)), "see the verdicts above")
	}
	return nil
}

// diagnose looks at the store, then at each configured source.
func (o *operation) diagnose(ctx context.Context) (*diagnosis, error) {
	all := map[string]*patient{}
	of := func(name string) *patient {
		if all[name] == nil {
			all[name] = &patient{Source: name, Unknown: map[string]int{}, Samples: []string{}, OK: true}
		}
		return all[name]
	}
	d := &diagnosis{Damaged: []string{}}
	if o.db != nil {
		if err := o.history(ctx, of); err != nil {
			return nil, fmt.Errorf("read store %s: %w", o.path, err)
		}
		for _, bad := range o.db.Damages() {
			d.Damaged = append(d.Damaged, fmt.Sprintf("events %d to %d", bad.First, bad.Last))
		}
	}
	for _, s := range o.conf.sources {
		p := of(s.Name)
		p.Kind = s.Kind
		if path := s.QueueLog + s.File; path != "" {
			if err := readable(path); err != nil {
				p.OK, p.Fault = false, fmt.Sprintf("%s: %v", path, cause(err))
			}
		}
	}
	for _, p := range all {
		if !p.at.IsZero() {
			p.Last = p.at.In(o.zone()).Format(time.RFC3339)
		}
		d.Sources = append(d.Sources, p)
	}
	sort.Slice(d.Sources, func(i, j int) bool { return d.Sources[i].Source < d.Sources[j].Source })
	return d, nil
}

// history is what the store knows of each source.
func (o *operation) history(ctx context.Context, of func(string) *patient) error {
	err := o.db.Scan(ctx, 0, func(events []floor.Event) error {
		for i := range events {
			e := &events[i]
			p := of(e.Source)
			p.Events++
			if e.At.After(p.at) && happens(e.Kind) {
				p.at = e.At
			}
			if e.Kind == floor.Unknown {
				p.Unknown[e.Reason]++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	names, err := faultySources(o.db)
	if err != nil {
		return err
	}
	for _, name := range names {
		note, err := faultsOf(o.db, name)
		if err != nil {
			return err
		}
		p := of(name)
		p.Malformed, p.Samples = note.Count, note.Samples
	}
	return nil
}

func readable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return f.Close()
}

func (g *globals) printDiagnosis(w io.Writer, o *operation, d *diagnosis) error {
	if g.format == "json" {
		return writeJSON(w, d)
	}
	say, err := g.words(o)
	if err != nil {
		return err
	}
	out := &sheet{head: []string{"source", "events", "last", "unknown", "malformed", "verdict"}}
	verdict := func(p *patient) string {
		if p.OK {
			return "ok"
		}
		return "cannot read " + p.Fault
	}
	if g.format == "table" {
		for i, key := range out.head {
			out.head[i] = say.say("doctor." + key)
		}
		verdict = say.verdict
	}
	for _, p := range d.Sources {
		var unknown []string
		for _, kind := range sorted(p.Unknown) {
			unknown = append(unknown, fmt.Sprintf("%s:%d", kind, p.Unknown[kind]))
		}
		last := ""
		if !p.at.IsZero() {
			last = p.at.In(o.zone()).Format("2006-01-02 15:04:05")
		}
		out.add(p.Source, fmt.Sprint(p.Events), last, strings.Join(unknown, " "), fmt.Sprint(p.Malformed), verdict(p))
	}
	if err := out.write(w, g.format); err != nil || g.format != "table" {
		return err
	}
	for _, p := range d.Sources {
		for _, s := range p.Samples {
			fmt.Fprintln(w, "  "+say.say("import.malformed", "Why", s))
		}
	}
	for _, bad := range d.Damaged {
		fmt.Fprintln(w, "  "+say.say("doctor.damaged", "What", bad))
	}
	return nil
}

// verdict is what is wrong with a source, in a few words.
func (w *words) verdict(p *patient) string {
	switch {
	case !p.OK:
		return w.say("doctor.unreadable", "Fault", p.Fault)
	case p.Events == 0:
		return w.say("doctor.silent")
	default:
		return w.say("doctor.ok")
	}
}
