package store

import (
	"fmt"

	"farol/floor"

	"go.etcd.io/bbolt"
)

const (
	// tailRecords and tailBytes are how far the tail grows before it is sealed.
	tailRecords = 512
	tailBytes   = 128 << 10
	// keepBelow: when sealing leaves a last block smaller than this, it stays in
	// the tail as one record, so that blocks of the log are full.
	keepBelow = blockSize * 3 / 4
)

// tailWriter puts events into the tail and the log within a transaction,
// keeping the writer's figures of them.
type tailWriter struct {
	*writer
	tx  *bbolt.Tx
	enc *encoder
}

// add appends one small record with the runs' events, and seals the tail when it
// has grown.
func (t *tailWriter) add(first uint64, runs [][]floor.Event) error {
	for _, b := range encodePart(t.enc, runs, false) {
		if err := t.putRecord(first, &b); err != nil {
			return err
		}
		first += uint64(b.count)
	}
	if t.records < tailRecords && t.bytes < tailBytes {
		return nil
	}
	return t.seal(true)
}

func (t *tailWriter) putRecord(first uint64, b *block) error {
	bucket := t.tx.Bucket([]byte(bucketTail))
	bucket.FillPercent = 1
	key := seqKey(first)
	value := b.value(bucketTail, key)
	t.records++
	t.bytes += len(value)
	return bucket.Put(key, value)
}

// sealAll moves the whole tail into the log.
func (t *tailWriter) sealAll() error { return t.seal(false) }

func (t *tailWriter) seal(keep bool) error {
	if t.records == 0 {
		return nil
	}
	events, err := t.events()
	if err != nil {
		return err
	}
	if err := t.tx.DeleteBucket([]byte(bucketTail)); err != nil {
		return err
	}
	if _, err := t.tx.CreateBucket([]byte(bucketTail)); err != nil {
		return err
	}
	t.records, t.bytes = 0, 0
	for len(events) > 0 {
		run := contiguous(events)
		blocks := encodeRuns(t.enc, [][]floor.Event{run})
		if last := len(blocks) - 1; keep && len(run) == len(events) && len(blocks[last].payload) < keepBelow {
			left := blocks[last]
			if err := t.putRecord(run[len(run)-left.count].Seq, &left); err != nil {
				return err
			}
			blocks = blocks[:last]
		}
		if err := t.putBlocks(run[0].Seq, blocks); err != nil {
			return err
		}
		events = events[len(run):]
	}
	return nil
}

// events decodes the tail. A record that fails its checksum is moved to the
// quarantine: its numbers stay a hole that readers report.
func (t *tailWriter) events() ([]floor.Event, error) {
	dec := &decoder{names: &interner{}}
	var out []floor.Event
	c := t.tx.Bucket([]byte(bucketTail)).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		var err error
		if len(k) == 8 {
			out, err = dec.decode(bucketTail, seqOf(k), string(v), out)
		} else {
			err = errBlock
		}
		if err != nil {
			if err := quarantine(t.tx, bucketTail, k, v); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// quarantine keeps bytes that are not what was written, for whoever may read
// more out of them than this program dares.
func quarantine(tx *bbolt.Tx, bucket string, key, value []byte) error {
	name := fmt.Appendf(nil, "%s/%x", bucket, key)
	return tx.Bucket([]byte(bucketQuarantine)).Put(name, append([]byte{'='}, value...))
}

// contiguous is the longest start of events whose numbers follow one another.
func contiguous(events []floor.Event) []floor.Event {
	n := 1
	for n < len(events) && events[n].Seq == events[n-1].Seq+1 {
		n++
	}
	return events[:n]
}

// putBlocks appends blocks to the log and to the index of days.
func (t *tailWriter) putBlocks(first uint64, blocks []block) error {
	for i := range blocks {
		if err := t.putBlock(t.tx, first, &blocks[i]); err != nil {
			return err
		}
		first += blocks[i].span
	}
	return nil
}

func (w *writer) putBlock(tx *bbolt.Tx, first uint64, b *block) error {
	log := tx.Bucket([]byte(bucketLog))
	log.FillPercent = 1
	key := seqKey(first)
	if err := log.Put(key, b.value(bucketLog, key)); err != nil {
		return err
	}
	days := tx.Bucket([]byte(bucketDays))
	days.FillPercent = 1
	for _, d := range b.days {
		key := indexKey(d.day, first)
		if err := w.put(tx, bucketDays, key, encodeIndex(b, d.count)); err != nil {
			return err
		}
	}
	return nil
}
