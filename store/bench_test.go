//go:build linux

package store

import (
	"os"
	"path/filepath"
	"testing"

	"farol/floor"

	"golang.org/x/sys/unix"
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
	start := cpuTime()
	for b.Loop() {
		size = 0
		for _, k := range blocksOf(events) {
			size += len(k.payload) + sumSize
		}
	}
	perSecond(b, len(events), start)
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
	start := cpuTime()
	for b.Loop() {
		for _, v := range values {
			var err error
			if buf, err = dec.decode("log", 1, v, buf[:0]); err != nil {
				b.Fatal(err)
			}
		}
	}
	perSecond(b, len(events), start)
}

// BenchmarkImport stores events as an import does: two goroutines prepare, one
// commits in order, 50,000 a transaction, all of it synced.
func BenchmarkImport(b *testing.B) {
	events := queueLog(1_000_000, 1)
	const batch = 50_000
	start := cpuTime()
	for b.Loop() {
		b.StopTimer()
		db := open(b, filepath.Join(b.TempDir(), "farol.db"))
		b.StartTimer()
		order := make(chan chan *Prepared, 2)
		go func() {
			defer close(order)
			for i := 0; i < len(events); i += batch {
				p := make(chan *Prepared, 1)
				part := floor.Batch{Source: "queue_log", Events: events[i : i+batch], Cursor: []byte("x")}
				go func() { p <- Prepare(part) }()
				order <- p
			}
		}()
		for p := range order {
			if _, err := db.AppendPrepared(<-p); err != nil {
				b.Fatal(err)
			}
		}
		if db.Last() != uint64(len(events)) {
			b.Fatalf("%d events", db.Last())
		}
		b.StopTimer()
		st, err := db.Stats()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(st.Bytes)/float64(st.Events), "fileB/event")
		_ = db.Close()
		b.StartTimer()
	}
	perSecond(b, len(events), start)
}

// BenchmarkAppendBulk is the same through Append, 50,000 events a call.
func BenchmarkAppendBulk(b *testing.B) {
	events := queueLog(1_000_000, 1)
	start := cpuTime()
	for b.Loop() {
		b.StopTimer()
		db := open(b, filepath.Join(b.TempDir(), "farol.db"))
		b.StartTimer()
		for i := 0; i < len(events); i += 50_000 {
			if _, err := db.Append([]floor.Batch{{Source: "queue_log", Events: events[i : i+50_000]}}); err != nil {
				b.Fatal(err)
			}
		}
		b.StopTimer()
		_ = db.Close()
		b.StartTimer()
	}
	perSecond(b, len(events), start)
}

// cpuTime is the CPU's time of this process, in nanoseconds: on a machine that
// does other things beside, the clock on the wall says little.
func cpuTime() int64 {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &ts); err != nil {
		return 0
	}
	return ts.Nano()
}

func perSecond(b *testing.B, n int, start int64) {
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds()/1e6, "Mev/s")
	b.ReportMetric(float64(n*b.N)/float64(cpuTime()-start)*1e3, "Mev/cpu-s")
}

// BenchmarkScan reads a store of a million events through, decoding beside the
// caller.
func BenchmarkScan(b *testing.B) {
	db := fresh(b)
	events := queueLog(1_000_000, 1)
	appendAll(b, db, floor.Batch{Source: "queue_log", Events: events})
	n := len(events)
	events = nil
	start := cpuTime()
	for b.Loop() {
		got := 0
		if err := db.Scan(b.Context(), 0, func(evs []floor.Event) error { got += len(evs); return nil }); err != nil || got != n {
			b.Fatalf("%d events, %v", got, err)
		}
	}
	perSecond(b, n, start)
}

// BenchmarkAppendOne is a live event: one commit each. The disk's own figure for
// a synced write of as many bytes is beside it.
func BenchmarkAppendOne(b *testing.B) {
	db := fresh(b)
	events := queueLog(100_000, 1)
	i := 0
	for b.Loop() {
		appendAll(b, db, floor.Batch{Source: "queue_log", Events: events[i : i+1], Cursor: []byte("x")})
		i++
	}
}

func BenchmarkRawSync(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "raw"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	line := make([]byte, 100)
	for b.Loop() {
		if _, err := f.Write(line); err != nil {
			b.Fatal(err)
		}
		if err := unix.Fdatasync(int(f.Fd())); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScanCold reads a store of three million events that is not in the
// page cache, with its opening. Compare with BenchmarkReadCold: the same file by
// plain reads.
func BenchmarkScanCold(b *testing.B) {
	path, n := coldStore(b)
	for b.Loop() {
		b.StopTimer()
		dropCache(b, path)
		b.StartTimer()
		db, err := Open(path, Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		got := 0
		if err := db.Scan(b.Context(), 0, func(evs []floor.Event) error { got += len(evs); return nil }); err != nil || got != n {
			b.Fatalf("%d events, %v", got, err)
		}
		_ = db.Close()
	}
}

func BenchmarkReadCold(b *testing.B) {
	path, _ := coldStore(b)
	for b.Loop() {
		b.StopTimer()
		dropCache(b, path)
		b.StartTimer()
		if _, err := os.ReadFile(path); err != nil {
			b.Fatal(err)
		}
	}
}

func coldStore(b *testing.B) (path string, events int) {
	db := fresh(b)
	for i := range 3 {
		part := queueLog(1_000_000, 1)
		for j := range part {
			part[j].Key.Offset += int64(i) << 40
		}
		appendAll(b, db, floor.Batch{Source: "queue_log", Events: part})
	}
	_ = db.Close()
	return db.Path(), 3_000_000
}

// dropCache takes a file that nobody has open out of the page cache.
func dropCache(b *testing.B, path string) {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := unix.Fdatasync(int(f.Fd())); err != nil {
		b.Fatal(err)
	}
	if err := unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED); err != nil {
		b.Fatal(err)
	}
}
