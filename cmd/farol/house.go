package main

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"farol/store"
)

// How often the running operation looks after its store.
const (
	houseEvery = 30 * time.Second
	trimEvery  = 6 * time.Hour
)

// keepHouse writes down what was no event, and drops what is older than the
// site keeps, for as long as the operation runs.
func (l *live) keepHouse() error {
	tick := time.NewTicker(houseEvery)
	defer tick.Stop()
	kept := map[string]uint64{}
	var trimmed time.Time
	for {
		if err := l.trimIfDue(&trimmed); err != nil {
			return err
		}
		select {
		case <-l.ctx.Done():
			return l.keepFaults(kept)
		case <-tick.C:
			if err := l.keepFaults(kept); err != nil {
				return err
			}
		}
	}
}

// trimIfDue applies the site's retention now and then. A disk that is full is
// told by the worker; here it only means later.
func (l *live) trimIfDue(last *time.Time) error {
	age := l.conf.retain.events
	if age == 0 || time.Since(*last) < trimEvery {
		return nil
	}
	*last = time.Now()
	_, err := l.db.Trim(l.metrics.Site.DayStart(l.clock().Add(-age)))
	return l.bear(err)
}

// bear lets the operation go on with what housekeeping could not do, and says it,
// unless the disk itself fails. Trouble that may pass is told by the worker.
func (l *live) bear(err error) error {
	if err == nil || passing(err) {
		return nil
	}
	if errors.Is(err, store.ErrIO) {
		return err
	}
	l.trouble.mu.Lock()
	defer l.trouble.mu.Unlock()
	l.trouble.text = err.Error()
	return nil
}

// keepFaults stores how many records of each source were no events since it was
// stored last.
func (l *live) keepFaults(kept map[string]uint64) error {
	for _, s := range l.worker.Status() {
		news := s.Malformed - kept[s.Name]
		if news == 0 {
			continue
		}
		err := addFaults(l.db, s.Name, faultNote{Count: news, Samples: []string{s.LastMalformed}})
		if err != nil {
			return l.bear(err) // the next round writes it
		}
		kept[s.Name] = s.Malformed
	}
	return nil
}

// passing reports whether err is trouble that may pass, as a full disk does.
func passing(err error) bool {
	var t interface{ Temporary() bool }
	return errors.As(err, &t) && t.Temporary()
}

// trouble is what is wrong with the store for the time being, for who looks at
// the screen and for who reads standard error.
type trouble struct {
	mu   sync.Mutex
	text string
	tell io.Writer // nil: the screen alone says it
	say  *words
}

// storeTrouble takes what the worker says of the store: an error that it waits
// out, or nil when that is over.
func (o *operation) storeTrouble(err error) {
	t := &o.trouble
	t.mu.Lock()
	defer t.mu.Unlock()
	was := t.text
	t.text = ""
	if err != nil {
		t.text = err.Error()
		if t.say != nil {
			t.text = t.say.say("store.full", "Path", o.path)
		}
	}
	if t.tell == nil || (was == "") == (t.text == "") {
		return
	}
	if err != nil {
		complain(t.tell, fmt.Errorf("%w; nothing is lost and nothing acknowledged: free some space", err))
		return
	}
	complain(t.tell, fmt.Errorf("store %s has room again: going on", o.path))
}

// troubled is the text for the screen, empty when all is well.
func (o *operation) troubled() string {
	o.trouble.mu.Lock()
	defer o.trouble.mu.Unlock()
	if n := o.lost(); o.trouble.text == "" && n > 0 && o.trouble.say != nil {
		return o.trouble.say.plural("store.damaged", n)
	}
	return o.trouble.text
}
