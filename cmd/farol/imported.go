package main

import (
	"fmt"
	"io"
	"sort"
	"time"
)

// imported is what an import did, as `--format json` prints it.
type imported struct {
	Lines   int            `json:"lines"`
	Events  int            `json:"events"`
	New     int            `json:"new"` // of the events, not stored before
	Unknown map[string]int `json:"unknown"`
	Files   []importedFile `json:"files"`
	began   time.Time
}

// importedFile is what became of one file.
type importedFile struct {
	Name      string   `json:"name"`
	Lines     int      `json:"lines"`
	Known     int      `json:"known"` // lines that an earlier run had read
	Events    int      `json:"events"`
	Malformed int      `json:"malformed"`
	Samples   []string `json:"samples"` // of the malformed, with why
	Partial   bool     `json:"partial"` // it ends inside a line, which was left
}

// faults are the records that were no events.
func (r *imported) faults() (n faultNote) {
	for _, f := range r.Files {
		n.Count += uint64(f.Malformed)
		n.Samples = append(n.Samples, f.Samples...)
	}
	return n
}

// printImport says what an import did: everything that was no event is told.
func (g *globals) printImport(w io.Writer, o *operation, r *imported) error {
	if g.format != "table" {
		return g.listImport(w, r)
	}
	say, err := g.words(o)
	if err != nil {
		return err
	}
	known := 0
	for _, f := range r.Files {
		known += f.Known
	}
	line := func(indent, text string) { fmt.Fprintln(w, indent+text) }
	line("", say.say("import.done", "Lines", say.plural("import.lines", r.Lines), "Took", time.Since(r.began).Round(time.Millisecond),
		"Events", say.plural("import.events", r.Events), "New", r.New))
	if known > 0 {
		line("", say.plural("import.known", known))
	}
	for _, f := range r.Files {
		for _, s := range f.Samples {
			line("  ", say.say("import.malformed", "Why", s))
		}
		if more := f.Malformed - len(f.Samples); more > 0 {
			line("  ", say.plural("import.more", more, "File", f.Name))
		}
		if f.Partial {
			line("  ", say.say("import.partial", "File", f.Name))
		}
	}
	for _, name := range sorted(r.Unknown) {
		line("  ", say.say("import.unknown", "Kind", name, "N", r.Unknown[name]))
	}
	return nil
}

func (g *globals) listImport(w io.Writer, r *imported) error {
	if g.format == "json" {
		if r.Files == nil {
			r.Files = []importedFile{}
		}
		for i := range r.Files {
			if r.Files[i].Samples == nil {
				r.Files[i].Samples = []string{}
			}
		}
		if r.Unknown == nil {
			r.Unknown = map[string]int{}
		}
		return writeJSON(w, r)
	}
	s := &sheet{head: []string{"file", "lines", "known", "events", "malformed", "partial"}}
	for _, f := range r.Files {
		s.add(f.Name, fmt.Sprint(f.Lines), fmt.Sprint(f.Known), fmt.Sprint(f.Events), fmt.Sprint(f.Malformed), fmt.Sprint(f.Partial))
	}
	return s.write(w, g.format)
}

func sorted(m map[string]int) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
