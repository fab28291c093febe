package asterisk

import "fmt"

const (
	maxSamples = 20 // faults told with their line, a file
	maxNames   = 50 // unknown events and reasons told by name, a report
)

// Progress is how far an import has come.
type Progress struct {
	File        string
	Done, Total int64 // bytes of the files as they lie on disk
	Lines       int
	Events      int
}

// FileReport is what became of one file.
type FileReport struct {
	Name    string
	Stream  string   // its fingerprint
	Lines   int      // read now
	Known   int      // lines skipped, for an earlier run has read them
	Events  int      // found in the lines read now
	Faults  int      // lines that were no events
	Samples []string // "file:line: reason" of the first of them
	Partial bool     // the file ends in a line without a line feed, which was not read
}

// Report is what an import did.
type Report struct {
	Files   []FileReport
	Lines   int
	Events  int
	Added   int            // of the events, not known to the log before
	Faults  map[string]int // by reason
	Unknown map[string]int // events farol has no kind for, by name
}

// count adds one to a name's count and keeps the number of names bounded.
func count(m map[string]int, name string) {
	if _, ok := m[name]; !ok && len(m) >= maxNames {
		name = "…"
	}
	m[name]++
}

// add takes the outcome of one block of the file.
func (r *Report) add(f *FileReport, j *job) {
	for _, fault := range j.faults {
		if len(f.Samples) < maxSamples {
			f.Samples = append(f.Samples, fmt.Sprintf("%s:%d: %s", f.Name, f.Known+f.Lines+fault.Line, fault.Reason))
		}
		count(r.Faults, fault.Reason)
	}
	for _, name := range j.unknown {
		count(r.Unknown, name)
	}
	f.Lines += j.lines
	f.Events += len(j.events)
	f.Faults += len(j.faults)
	r.Lines += j.lines
	r.Events += len(j.events)
}
