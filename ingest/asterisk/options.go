package asterisk

import "cmp"

// DefaultSource is the name under which queue_log events are stored unless a
// site has more than one telephone system.
const DefaultSource = "queue_log"

// Options are what reading a queue_log needs to know of the site. The zero
// Options are usable, but hash customers with an empty secret.
type Options struct {
	Source  string   // floor.Event.Source; empty is DefaultSource
	Secret  []byte   // of the store, for customers' numbers
	Country string   // calling code of numbers without one; empty is ingest.DefaultCountry
	Members *Members // names of interfaces; may be nil
}

func (o Options) withDefaults() Options {
	o.Source = cmp.Or(o.Source, DefaultSource)
	return o
}
