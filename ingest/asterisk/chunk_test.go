package asterisk

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"testing"
	"testing/iotest"

	"farol/floor"
)

// readAll is the events of what r has behind c, and where it stopped.
func readAll(t *testing.T, r io.Reader, c chain) (events []floor.Event, faults int, end chain) {
	t.Helper()
	p := newParser(Options{Source: "queue_log"})
	p.stream = "s"
	ch := newChunker(r, c)
	buf := make([]byte, chunkSize)
	for {
		b, err := ch.next(buf)
		if errors.Is(err, io.EOF) {
			return events, faults, ch.chain
		}
		if err != nil {
			t.Fatal(err)
		}
		events = p.parse(b.data, b.base, events)
		faults += len(p.faults)
	}
}

// A reader that stops anywhere and goes on from its cursor sees what one that
// read at once sees, and comes to the same checksums.
func FuzzChunks(f *testing.F) {
	f.Add([]byte("1795321620|NONE|NONE|NONE|QUEUESTART|\n1795321718|1.2|v|A|CONNECT|6|x|2\n"), 20, 0)
	f.Add([]byte("1795319867|NONE|vendas|A|PAUSE|x\n1795319867|NONE|vendas|A|PAUSE|"), 40, 300)
	f.Add([]byte("\x00\x00\x00\x001795321620|NONE|NONE|NONE|QUEUESTART|\nx"), 2, 0)
	f.Add([]byte("1795321620|NONE|NONE|NONE|QUEUESTART|\n"), 38, 70)
	f.Fuzz(func(t *testing.T, data []byte, cut, times int) {
		// Long lines and holes are made of the data: the fuzzer would need too
		// long to come to 256 KiB.
		if times = abs(times) % 400; times > 0 && len(data) > 0 {
			data = append(data, bytes.Repeat(append([]byte{data[0], data[len(data)-1]}, "xxxxxxxxxx"...), times*100)...)
			data = append(data, "\n1795321620|NONE|NONE|NONE|QUEUESTART|\n"...)
		}
		cut = abs(cut) % (len(data) + 1)
		whole, faults, end := readAll(t, bytes.NewReader(data), chain{})
		first, n1, middle := readAll(t, bytes.NewReader(data[:cut]), chain{})
		second, n2, again := readAll(t, iotest.HalfReader(bytes.NewReader(data[middle.off:])), middle)
		both := append(first, second...)
		if !reflect.DeepEqual(whole, both) && len(whole)+len(both) > 0 {
			t.Fatalf("cut at %d: %+v\nwhole: %+v", cut, both, whole)
		}
		if n1+n2 < faults {
			t.Fatalf("cut at %d: %d faults and %d, whole %d", cut, n1, n2, faults)
		}
		if again.off != end.off || again.sum() != end.sum() || !bytes.Equal(again.checks, end.checks) {
			t.Fatalf("cut at %d: chain %+v, whole %+v", cut, again, end)
		}
		var direct chain
		direct.add(data[:end.off])
		if direct.sum() != end.sum() || !bytes.Equal(direct.checks, end.checks) {
			t.Fatalf("chain %+v, of the bytes %+v", end, direct)
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}

func TestDiffer(t *testing.T) {
	var a, b chain
	text := bytes.Repeat([]byte("abcdefgh"), 1000)
	a.add(text)
	other := bytes.Clone(text)
	other[700] = 'x'
	b.add(other)
	for _, c := range []struct {
		x, y []byte
		want int64
	}{
		{a.checks, a.checks, 0},
		{a.checks, b.checks, 1024},
		{a.checks, prefix(b.checks, 512), 0},
		{a.checks, prefix(b.checks, 1023), 0},
		{a.checks, prefix(b.checks, 1024), 1024},
		{a.checks, nil, 0},
	} {
		if got := differ(c.x, c.y); got != c.want {
			t.Errorf("differ = %d, want %d", got, c.want)
		}
	}
}

func TestFingerprint(t *testing.T) {
	line := []byte("1795321620|NONE|NONE|NONE|QUEUESTART|")
	want, _, _, _ := fingerprint(bytes.NewReader(append(bytes.Clone(line), "\nmore"...)))
	long := bytes.Repeat([]byte("x"), maxLine)
	for _, c := range []struct {
		name string
		text []byte
		same bool
		ok   bool
	}{
		{"alone", append(bytes.Clone(line), '\n'), true, true},
		{"behind a hole", append(make([]byte, 1<<20), append(bytes.Clone(line), '\n')...), true, true},
		{"other line", []byte("1795321621|NONE|NONE|NONE|QUEUESTART|\n"), false, true},
		{"no line feed", line, false, false},
		{"nothing", nil, false, false},
		{"only a hole", make([]byte, 1<<20), false, false},
		{"a long line, not ended", long, false, true},
		{"nearly", long[1:], false, false},
	} {
		got, _, ok, err := fingerprint(bytes.NewReader(c.text))
		if err != nil || ok != c.ok || (got == want) != c.same {
			t.Errorf("%s: %s %v %v", c.name, got, ok, err)
		}
	}
	a, _, _, _ := fingerprint(bytes.NewReader(long))
	b, _, _, _ := fingerprint(bytes.NewReader(append(bytes.Clone(long), "yyy\n"...)))
	if a != b {
		t.Error("a long line's name changes when it goes on")
	}
}
