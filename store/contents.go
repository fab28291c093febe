package store

import (
	"encoding/binary"
	"strings"

	"farol/floor"
)

// contents checks the records of a file as a walker meets them: in order of
// their keys within each bucket.
type contents struct {
	r     *Report
	dec   *decoder
	buf   []floor.Event
	state writer
	found bool // the state record

	log, tail []run
	index     map[uint64][]indexEntry
	counted   map[string]uint64
}

// run is a block that was found good, or bad.
type run struct {
	first, span uint64
	days        map[int64]int
}

func newContents(r *Report) *contents {
	return &contents{r: r, dec: &decoder{names: &interner{}}, index: map[uint64][]indexEntry{}, counted: map[string]uint64{}}
}

func (c *contents) record(bucket string, key, value []byte) {
	c.r.Records++
	top, _, _ := strings.Cut(bucket, "/")
	if top == bucketQuarantine {
		return
	}
	if top == bucketLog || top == bucketTail {
		c.block(top, key, value)
		return
	}
	payload, ok := unseal(top, key, value)
	if !ok {
		c.r.fault("%s: record %x fails its checksum", bucket, key)
		return
	}
	c.counted[top]++
	switch {
	case bucket == bucketMeta && string(key) == "state":
		c.found = c.state.decodeState(string(payload))
	case bucket == bucketMeta && string(key) == "schema":
		if n := len(payload) - 4; n < 0 || string(payload[:n]) != schemaMagic || binary.BigEndian.Uint32(payload[n:]) > schemaVersion {
			c.r.fault("meta: schema %q is not one this version knows", payload)
		}
	case bucket == bucketDays:
		e, ok := decodeIndex(key, value)
		if !ok {
			c.r.fault("days: entry %x is malformed", key)
			return
		}
		c.index[e.first] = append(c.index[e.first], e)
	}
}

func (c *contents) block(bucket string, key, value []byte) {
	if len(key) != 8 {
		c.r.fault("%s: key %x is no number", bucket, key)
		return
	}
	first := seqOf(key)
	var err error
	if c.buf, err = c.dec.decode(bucket, first, string(value), c.buf[:0]); err != nil {
		c.r.fault("%s: record at %d: %v", bucket, first, err)
		return
	}
	b := run{first: first, span: spanOf(string(value)), days: map[int64]int{}}
	for i := range c.buf {
		b.days[dayOf(c.buf[i].At.Unix())]++
	}
	c.r.Events += len(c.buf)
	if bucket == bucketLog {
		c.r.Blocks++
		c.log = append(c.log, b)
	} else {
		c.tail = append(c.tail, b)
	}
}

// finish looks at what only all records together can show.
func (c *contents) finish() {
	if !c.found && len(c.log)+len(c.tail) > 0 {
		c.r.fault("meta: no state record")
	}
	c.r.Last = c.state.last
	next := uint64(1)
	gaps := c.state.gaps
	for _, b := range append(append([]run(nil), c.log...), c.tail...) {
		next = c.hole(next, b.first, gaps)
		if b.first < next {
			c.r.fault("events %d to %d are there twice", b.first, next-1)
		}
		next = max(next, b.first+b.span)
	}
	if c.found {
		c.hole(next, c.state.last+1, gaps)
		if next > c.state.last+1 {
			c.r.fault("events up to %d, but the last one was %d", next-1, c.state.last)
		}
	}
	for _, bucket := range countedBuckets() {
		if n, want := c.counted[bucket], *c.state.counts.of(bucket); c.found && n != want {
			c.r.fault("%s: %d good records of %d", bucket, n, want)
		}
	}
	c.indexed()
}

// hole reports the numbers from next to before first that are in no gap.
func (c *contents) hole(next, first uint64, gaps []gap) uint64 {
	for _, g := range gaps {
		if next >= first {
			return next
		}
		if g.last < next {
			continue
		}
		if g.first > next {
			c.lost(next, min(first, g.first)-1)
		}
		next = max(next, min(first, g.last+1))
	}
	if next < first {
		c.lost(next, first-1)
	}
	return max(next, first)
}

func (c *contents) lost(first, last uint64) {
	c.r.Lost += int(last - first + 1)
	c.r.fault("events %d to %d are not there", first, last)
}

// indexed compares the index of days with the blocks.
func (c *contents) indexed() {
	for _, b := range c.log {
		entries := c.index[b.first]
		delete(c.index, b.first)
		if len(entries) != len(b.days) {
			c.r.fault("days: block at %d has %d days, the index %d", b.first, len(b.days), len(entries))
			continue
		}
		for _, e := range entries {
			if b.days[e.day] != e.count || e.span != b.span {
				c.r.fault("days: block at %d: the index says %d events on day %d, the block %d", b.first, e.count, e.day, b.days[e.day])
			}
		}
	}
	for first := range c.index {
		c.r.fault("days: the index has a block at %d, the log has not", first)
	}
}
