package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"farol/ingest"
	"farol/store"
)

const (
	faultPrefix  = "faults/" // of the roll-ups, before the source's name
	faultSamples = 5
)

// faultNote is what the store remembers of a source's records that were no
// events: they were counted and left out, and farol doctor shows it.
type faultNote struct {
	Count   uint64   `json:"count"`
	Samples []string `json:"samples"` // the last few, with why
}

// addFaults adds to what the store remembers of a source.
func addFaults(db *store.DB, source string, more faultNote) error {
	note, err := faultsOf(db, source)
	if err != nil {
		return err
	}
	note.Count += more.Count
	for _, s := range more.Samples {
		if s = ingest.Clean(s, 200); s != "" {
			note.Samples = append(note.Samples, s)
		}
	}
	note.Samples = note.Samples[max(0, len(note.Samples)-faultSamples):]
	data, err := json.Marshal(note)
	if err != nil {
		return fmt.Errorf("write faults of %s: %w", source, err)
	}
	return db.SaveRollup(faultPrefix+source, data)
}

func faultsOf(db *store.DB, source string) (note faultNote, err error) {
	data, err := db.Rollup(faultPrefix + source)
	if err != nil || data == nil {
		return note, err
	}
	if err := json.Unmarshal(data, &note); err != nil {
		return note, fmt.Errorf("read faults of %s: %w", source, err)
	}
	return note, nil
}

// faultySources are the sources that the store remembers faults of.
func faultySources(db *store.DB) ([]string, error) {
	var names []string
	err := db.Rollups(faultPrefix, func(key string, _ []byte) error {
		names = append(names, strings.TrimPrefix(key, faultPrefix))
		return nil
	})
	return names, err
}
