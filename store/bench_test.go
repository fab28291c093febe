package store

import (
	"testing"

	"farol/floor"
)

func blocksOf(events []floor.Event) (out []block) {
	enc := newEncoder()
	for i := range events {
		if enc.cuts(&events[i]) {
			out = append(out, enc.finish(0))
		}
		enc.add(&events[i], 0)
	}
	return append(out, enc.finish(0))
}

func BenchmarkEncode(b *testing.B) {
	events := queueLog(200_000, 1)
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		size = 0
		for _, k := range blocksOf(events) {
			size += len(k.payload) + sumSize
		}
	}
	b.ReportMetric(float64(len(events)*b.N)/b.Elapsed().Seconds()/1e6, "Mev/s")
	b.ReportMetric(float64(size)/float64(len(events)), "B/event")
}

func BenchmarkDecode(b *testing.B) {
	events := queueLog(200_000, 1)
	blocks := blocksOf(events)
	values := make([]string, len(blocks))
	for i := range blocks {
		values[i] = string(blocks[i].value("log", seqKey(1)))
	}
	dec := &decoder{names: &interner{}}
	var buf []floor.Event
	b.ReportAllocs()
	for b.Loop() {
		for _, v := range values {
			var err error
			if buf, err = dec.decode("log", 1, v, buf[:0]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(events)*b.N)/b.Elapsed().Seconds()/1e6, "Mev/s")
}
