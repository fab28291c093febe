package store

import (
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"farol/floor"

	"pgregory.net/rapid"
)

// texts favours what real fields look like, and what almost does.
func texts() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.Just(""),
		rapid.SampledFrom([]string{
			"suporte", "vendas", "Ana Souza", "Fábio Costa", "1795321545.14", "1795321545.015", "c12", "c012", "0", "00.1",
			"recife-1795321545.3", "1.2.3", ".5", "5.", "999999999999999999.999999999999999999", "1000000000000000000",
			"h:00112233445566778899aabbccddeeff:71", "h:00112233445566778899AABBCCDDEEFF:71", "h:00112233445566778899aabbccddeeff:7", "\x00", "\xff\xfe",
		}),
		rapid.StringMatching(`[a-z]{0,3}[0-9]{0,20}(\.[0-9]{0,20})?`),
		rapid.String(),
	)
}

func times() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		sec := rapid.OneOf(
			rapid.Int64Range(1795321000, 1795321100),
			rapid.Int64Range(-62135596800, 253402300799),
			rapid.Int64(),
		).Draw(t, "sec")
		ns := rapid.OneOf(rapid.Just(int64(0)), rapid.Map(rapid.Int64Range(0, 999), func(ms int64) int64 { return ms * 1e6 }),
			rapid.Int64Range(0, 999999999)).Draw(t, "ns")
		return time.Unix(sec, ns).UTC()
	})
}

func spans() *rapid.Generator[time.Duration] {
	return rapid.OneOf(
		rapid.Just(time.Duration(0)),
		rapid.Map(rapid.Int64Range(0, 5000), func(s int64) time.Duration { return time.Duration(s) * time.Second }),
		rapid.Map(rapid.Int64Range(0, 5000), func(s int64) time.Duration { return time.Duration(s) * time.Millisecond }),
		rapid.Map(rapid.Int64(), func(n int64) time.Duration { return time.Duration(n) }),
	)
}

func events() *rapid.Generator[floor.Event] {
	return rapid.Custom(func(t *rapid.T) floor.Event {
		ev := floor.Event{
			Source: texts().Draw(t, "source"),
			Key: floor.Key{ID: texts().Draw(t, "key"), Offset: rapid.OneOf(rapid.Just(int64(-1)), rapid.Int64Range(0, 1e6),
				rapid.Int64(), rapid.Just(int64(math.MaxInt64))).Draw(t, "offset")},
			At: times().Draw(t, "at"), Kind: floor.Kind(rapid.Uint8().Draw(t, "kind")),
			Queue: texts().Draw(t, "queue"), Contact: texts().Draw(t, "contact"),
			Wait: spans().Draw(t, "wait"), Talk: spans().Draw(t, "talk"),
			By: floor.Party(rapid.Uint8().Draw(t, "by")),
		}
		if rapid.Bool().Draw(t, "more") {
			ev.Agent, ev.Channel = texts().Draw(t, "agent"), floor.Channel(texts().Draw(t, "channel"))
			ev.Hold, ev.Ring, ev.Wrap = spans().Draw(t, "hold"), spans().Draw(t, "ring"), spans().Draw(t, "wrap")
			ev.Position, ev.N = rapid.Int().Draw(t, "position"), rapid.Int().Draw(t, "n")
			ev.Reason, ev.Customer = texts().Draw(t, "reason"), texts().Draw(t, "customer")
			ev.Subject, ev.Text, ev.Author = texts().Draw(t, "subject"), texts().Draw(t, "text"), texts().Draw(t, "author")
			ev.Score = floor.Score{Scale: floor.Scale(rapid.Uint8().Draw(t, "scale")), Mark: rapid.Int().Draw(t, "mark")}
			ev.Until = rapid.OneOf(rapid.Just(time.Time{}), times()).Draw(t, "until")
		}
		return ev
	})
}

func TestAnyEventComesBackExactly(t *testing.T) {
	enc, dec := newEncoder(), &decoder{names: &interner{}}
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOfN(events(), 1, 40).Draw(t, "events")
		sparse := rapid.Bool().Draw(t, "sparse")
		first := rapid.Uint64Range(1, 1<<50).Draw(t, "first")
		seq, span := uint64(0), uint64(0)
		enc.sparse = sparse
		for i := range in {
			if sparse {
				seq += rapid.Uint64Range(0, 300).Draw(t, "gap")
			}
			in[i].Seq = first + seq
			enc.add(&in[i], seq)
			seq++
		}
		if sparse {
			span = seq + 5
		}
		b := enc.finish(span)
		enc.sparse = false
		key := seqKey(first)
		value := string(b.value("log", key))
		got, err := dec.decode("log", first, value, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, in) {
			for i := range in {
				if !reflect.DeepEqual(got[i], in[i]) {
					t.Fatalf("event %d:\n in %+v\nout %+v", i, in[i], got[i])
				}
			}
		}
		flipped := []byte(value)
		flipped[rapid.IntRange(0, len(flipped)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := dec.decode("log", first, string(flipped), nil); err == nil {
			t.Fatal("a flipped bit was not noticed")
		}
		if _, err := dec.decode("log", first+1, value, nil); err == nil {
			t.Fatal("a block under another key was not noticed")
		}
	})
}

func TestNumbersInContacts(t *testing.T) {
	for _, c := range []struct {
		in     string
		ok     bool
		prefix string
	}{
		{"1795321545.14", true, ""},
		{"recife-1795321545.3", true, "recife-"},
		{"c12", true, "c"},
		{"c012", true, "c0"},
		{"12.05", true, "12.0"},
		{"", false, ""},
		{"abc", false, ""},
		{"12.", false, ""},
		{"a-prefix-much-too-long-to-be-one-12", false, ""},
	} {
		n, ok := parseNumber(c.in)
		if ok != c.ok || n.prefix != c.prefix {
			t.Errorf("parseNumber(%q) = %+v, %v", c.in, n, ok)
		}
		if ok && string(appendNumber(nil, n)) != c.in {
			t.Errorf("%q came back as %q", c.in, appendNumber(nil, n))
		}
	}
}

func FuzzDecode(f *testing.F) {
	enc := newEncoder()
	for n := range 3 {
		for i, ev := range queueLog(50*n+1, 1) {
			enc.add(&ev, uint64(i))
		}
		f.Add(enc.finish(0).payload)
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		dec := &decoder{names: &interner{}}
		got, err := dec.records(7, string(payload), nil)
		if err != nil {
			return
		}
		enc := newEncoder()
		enc.sparse = true
		for i := range got {
			enc.add(&got[i], got[i].Seq-7)
		}
		again, err := dec.records(7, string(enc.finish(1<<62).payload), nil)
		if err != nil || len(again) != len(got) {
			t.Fatalf("%d events, then %d: %v", len(got), len(again), err)
		}
		for i := range got {
			if fmt.Sprintf("%#v", again[i]) != fmt.Sprintf("%#v", got[i]) {
				t.Fatalf("event %d: %#v, then %#v", i, got[i], again[i])
			}
		}
	})
}
