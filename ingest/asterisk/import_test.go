package asterisk

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"farol/floor"
)

func write(t testing.TB, dir, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func gzipped(t testing.TB, parts ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, p := range parts {
		w := gzip.NewWriter(&b)
		w.Write(p)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// mustImport imports and checks that the log holds lines 0 to want-1 once each.
func mustImport(t *testing.T, log *memLog, want int, files ...string) Report {
	t.Helper()
	rep, err := Import(t.Context(), log, files, ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	wantLines(t, log, want)
	return rep
}

func wantLines(t *testing.T, log *memLog, want int) {
	t.Helper()
	got := log.contacts()
	seen := map[string]int{}
	for _, c := range got {
		seen[c]++
	}
	for i := range want {
		if n := seen[fmt.Sprintf("c%d", i)]; n != 1 {
			t.Fatalf("line %d is in the log %d times", i, n)
		}
	}
	if len(got) != want {
		t.Fatalf("%d events, want %d", len(got), want)
	}
}

func TestImportKnowsACopyUnderAnyName(t *testing.T) {
	dir := t.TempDir()
	text := logLines(0, 20_000)
	half := bytes.LastIndexByte(text[:len(text)/2], '\n') + 1
	log := newMemLog()
	mustImport(t, log, 20_000, write(t, dir, "queue_log", text))
	for name, data := range map[string][]byte{
		"queue_log.1":       text,
		"queue_log.2":       text[:half],
		"queue_log.3":       text[:half+7], // in the middle of a line
		"queue_log.4.gz":    gzipped(t, text),
		"queue_log-members": gzipped(t, text[:half], text[half:]),
	} {
		before := log.appends
		rep := mustImport(t, log, 20_000, write(t, dir, name, data))
		if rep.Added != 0 || log.dropped != 0 || log.appends != before {
			t.Errorf("%s: added %d, told again %d, appends %d", name, rep.Added, log.dropped, log.appends-before)
		}
	}
	longer := write(t, dir, "longer.gz", gzipped(t, text, logLines(20_000, 5000)))
	if rep := mustImport(t, log, 25_000, longer); rep.Added != 5000 || log.dropped != 0 || rep.Files[0].Known != 20_000 {
		t.Errorf("longer copy: %+v, told again %d", rep, log.dropped)
	}
}

func TestImportSortsFilesByTheirFirstTime(t *testing.T) {
	dir := t.TempDir()
	newer := write(t, dir, "queue_log", logLines(6000, 3000))
	middle := write(t, dir, "queue_log.9", logLines(3000, 3000))
	oldest := write(t, dir, "queue_log.gz", gzipped(t, logLines(0, 3000)))
	log := newMemLog()
	mustImport(t, log, 9000, newer, oldest, middle)
	for i, c := range log.contacts() {
		if c != fmt.Sprintf("c%d", i) {
			t.Fatalf("event %d is %s", i, c)
		}
	}
}

// Two rotations in one second leave two files that begin with the same line.
func TestImportTellsFilesWithOneFirstLineApart(t *testing.T) {
	dir := t.TempDir()
	first := []byte("1795321538|NONE|NONE|NONE|CONFIGRELOAD|\n")
	a := write(t, dir, "a", append(bytes.Clone(first), logLines(0, 9000)...))
	b := write(t, dir, "b", append(bytes.Clone(first), logLines(9000, 50)...))
	c := write(t, dir, "c", append(bytes.Clone(first), logLines(9050, 9000)...))
	log := newMemLog()
	for round := range 2 {
		for _, path := range []string{a, b, c} {
			if _, err := Import(t.Context(), log, []string{path}, ImportOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		if got := len(log.contacts()); got != 18_050+3 || log.dropped != 0 {
			t.Fatalf("round %d: %d events, %d told again", round, got, log.dropped)
		}
	}
}

func TestImportIsResumableAfterAnyCut(t *testing.T) {
	dir := t.TempDir()
	const lines = 40_000
	path := write(t, dir, "queue_log", logLines(0, lines))
	log := newMemLog()
	for cut := 1; ; cut++ {
		began := log.appends
		log.fail = func(n int) error {
			if n-began > 1 { // one transaction a run
				return errCut
			}
			return nil
		}
		_, err := Import(t.Context(), log, []string{path}, ImportOptions{commit: 3000})
		if err == nil {
			if cut < 5 {
				t.Errorf("only %d runs", cut)
			}
			break
		}
		if !errors.Is(err, errCut) || cut > 20 {
			t.Fatal(err)
		}
	}
	wantLines(t, log, lines)
	if log.dropped != 0 {
		t.Errorf("%d events told again", log.dropped)
	}
}

func TestImportWaitsWhileTheLogIsFull(t *testing.T) {
	path := write(t, t.TempDir(), "queue_log", logLines(0, 10))
	synctest.Test(t, func(t *testing.T) {
		log := newMemLog()
		log.fail = func(n int) error {
			if n < 4 {
				return errFull{}
			}
			return nil
		}
		var told []error
		_, err := Import(t.Context(), log, []string{path}, ImportOptions{OnStore: func(err error) { told = append(told, err) }})
		if err != nil {
			t.Fatal(err)
		}
		wantLines(t, log, 10)
		if len(told) != 4 || told[3] != nil {
			t.Errorf("told %v", told)
		}
	})
}

func TestImportRefusesWhatIsNoLogBeforeWriting(t *testing.T) {
	dir := t.TempDir()
	good := write(t, dir, "queue_log", logLines(0, 10))
	for name, data := range map[string][]byte{
		"text":      []byte("Dear Sir,\nI am no log.\n"),
		"csv":       []byte("a;b;c\n1;2;3\n"),
		"columns":   bytes.Repeat([]byte("1795321538|a|b|c|d|e\n"), 2000),
		"binary":    {0xff, 0xd8, 0xff, 0xe0, 0, 1, 2, 3, 10, 11},
		"zip":       []byte("PK\x03\x04xxxxxxxxxxxx"),
		"xz":        []byte("\xfd7zXZ\x00xxxx"),
		"zeros":     make([]byte, 4096),
		"directory": nil,
	} {
		path := filepath.Join(dir, name)
		if name == "directory" {
			os.Mkdir(path, 0o700)
		} else {
			write(t, dir, name, data)
		}
		log := newMemLog()
		_, err := Import(t.Context(), log, []string{good, path}, ImportOptions{})
		if !errors.Is(err, ErrNotQueueLog) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: error %v", name, err)
		}
		if log.appends != 0 {
			t.Errorf("%s: something was written", name)
		}
	}
	log := newMemLog()
	if _, err := Import(t.Context(), log, []string{good, filepath.Join(dir, "none")}, ImportOptions{}); !errors.Is(err, os.ErrNotExist) || log.appends != 0 {
		t.Errorf("missing file: %v", err)
	}
	mustImport(t, log, 10, good, write(t, dir, "empty", nil))
}

func TestImportCountsWhatIsNoEvent(t *testing.T) {
	dir := t.TempDir()
	text := append(logLines(0, 5000), "rubbish\n1795321620|x|vendas|A|MYEVENT|a|b\n"...)
	text = append(text, logLines(5000, 5000)...)
	text = append(text, "1795321718|1.2|vendas|Ana|CONNECT|six|x|2\nno line feed"...)
	path := write(t, dir, "queue_log", text)
	log := newMemLog()
	rep, err := Import(t.Context(), log, []string{path}, ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	f := rep.Files[0]
	if f.Faults != 2 || rep.Unknown["MYEVENT"] != 1 || rep.Lines != 10_003 || rep.Events != 10_001 || rep.Added != 10_001 || !f.Partial {
		t.Errorf("report %+v", rep)
	}
	want := []string{path + ":5001: fewer than five fields", path + ":10003: CONNECT: no number where one belongs"}
	if strings.Join(f.Samples, "\n") != strings.Join(want, "\n") {
		t.Errorf("samples %q, want %q", f.Samples, want)
	}
}

func TestImportOfADamagedGzipGoesAsFarAsItGoes(t *testing.T) {
	dir := t.TempDir()
	data := gzipped(t, logLines(0, 20_000))
	log := newMemLog()
	_, err := Import(t.Context(), log, []string{write(t, dir, "queue_log.1.gz", data[:len(data)/2])}, ImportOptions{})
	if err == nil || !strings.Contains(err.Error(), "queue_log.1.gz") {
		t.Fatalf("error %v", err)
	}
	if n := len(log.contacts()); n < 1000 {
		t.Errorf("%d events of the readable half", n)
	}
	mustImport(t, log, 20_000, write(t, dir, "queue_log.1.gz", data))
	if log.dropped != 0 {
		t.Errorf("%d events told again", log.dropped)
	}
}

func TestImportReadsBzip2(t *testing.T) {
	// bzip2 of two lines; the standard library cannot write one.
	packed, err := base64.StdEncoding.DecodeString(bzip2Fixture)
	if err != nil {
		t.Fatal(err)
	}
	log := newMemLog()
	rep, err := Import(t.Context(), log, []string{write(t, t.TempDir(), "queue_log.2.bz2", packed)}, ImportOptions{})
	if err != nil || rep.Added != 2 {
		t.Fatalf("added %d, error %v", rep.Added, err)
	}
}

func TestImportEndsWithItsContext(t *testing.T) {
	path := write(t, t.TempDir(), "queue_log", logLines(0, 30_000))
	log := newMemLog()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Import(ctx, log, []string{path}, ImportOptions{commit: 3000, Progress: func(Progress) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	mustImport(t, log, 30_000, path)
	if log.dropped != 0 {
		t.Errorf("%d events told again", log.dropped)
	}
}

func TestProgressReachesTheEnd(t *testing.T) {
	dir := t.TempDir()
	a, b := write(t, dir, "a", logLines(0, 20_000)), write(t, dir, "b", logLines(20_000, 10))
	var last Progress
	_, err := Import(t.Context(), newMemLog(), []string{a, b}, ImportOptions{commit: 3000, Progress: func(p Progress) {
		if p.Done < last.Done || p.Lines < last.Lines || p.Done > p.Total {
			t.Errorf("after %+v: %+v", last, p)
		}
		last = p
	}})
	if err != nil {
		t.Fatal(err)
	}
	if last.Done != last.Total || last.Lines != 20_010 || last.Events != 20_010 {
		t.Errorf("last %+v", last)
	}
}

// discard is a log that keeps nothing.
type discard struct{}

func (discard) Append(bs []floor.Batch) (n int, err error) {
	for _, b := range bs {
		n += len(b.Events)
	}
	return n, nil
}
func (discard) Cursor(string) ([]byte, error) { return nil, nil }

func BenchmarkImport(b *testing.B) {
	block := day(1 << 20)
	lines := bytes.Count(block, []byte("\n")) * 200
	path := write(b, b.TempDir(), "queue_log", bytes.Repeat(block, 200))
	b.SetBytes(int64(len(block)) * 200)
	for b.Loop() {
		if _, err := Import(b.Context(), discard{}, []string{path}, ImportOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mlines/s")
}

const bzip2Fixture = `QlpoOTFBWSZTWTfSWngAAALOgAAQe6Avpb4AAAQgAEDKaRtNRoB6nqeoUAA0DJkSMigothRQwuAw8+0xEiCfXdibgxYF6xqs4SZ4qepQ/i7kinChIG+ktPA=`
