package main

import (
	"farol/ingest"
	"farol/ingest/asterisk"
	"farol/ingest/events"
	"farol/ingest/sim"
)

// feed makes the configured sources.
func (o *operation) feed() error {
	key, err := o.secret()
	if err != nil {
		return err
	}
	for _, s := range o.conf.sources {
		o.sources = append(o.sources, o.source(s, key))
	}
	return nil
}

func (o *operation) source(s sourceConfig, key []byte) ingest.Source {
	switch s.Kind {
	case "asterisk":
		return &asterisk.Follow{
			Path: s.QueueLog, Options: asterisk.Options{Source: s.Name, Secret: key, Country: o.conf.country},
		}
	case "events":
		return &events.Follow{Path: s.File, Source: s.Name, Secret: key, Country: o.conf.country}
	default: // the configuration lets no other kind through
		return &sim.Source{Seed: s.Seed, Clock: o.clock, Speed: 1}
	}
}
