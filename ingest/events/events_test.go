package events

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"farol/floor"
	"farol/ingest"

	"pgregory.net/rapid"
)

func decode(t *testing.T, line string) (floor.Event, error) {
	t.Helper()
	return NewDecoder("", []byte("k"), "").Decode([]byte(line))
}

func TestDecode(t *testing.T) {
	at := time.Date(2026, 11, 22, 14, 5, 0, 0, time.UTC)
	for _, c := range []struct {
		line string
		want floor.Event
	}{
		{`{"at":"2026-11-22T11:05:00-03:00","kind":"queued","key":"k","queue":"Vendas","contact":"c","customer":"81 99999-0001","position":2}`,
			floor.Event{Kind: floor.Queued, At: at, Key: floor.KeyID("k"), Queue: "vendas", Contact: "c", Position: 2, Customer: ingest.Hash([]byte("k"), "+5581999990001")}},
		{`{"at":1795356300,"kind":"answered","key":"f","offset":0,"source":"pbx","wait":8,"ring":2.25,"agent":"João"}`,
			floor.Event{Kind: floor.Answered, At: at, Source: "pbx", Key: floor.KeyAt("f", 0), Agent: "João", Wait: 8 * time.Second, Ring: 2250 * time.Millisecond}},
		{`{"at":"1795356300.5","kind":"survey_answered","key":"k","score":{"scale":"nps","mark":0},"seq":17}`,
			floor.Event{Kind: floor.SurveyAnswered, At: at.Add(time.Second / 2), Key: floor.KeyID("k"), Score: floor.Score{Scale: floor.NPS}}},
		{`{"at":1795356300,"kind":"scheduled","key":"k","until":1795359900,"n":3,"by":"system","channel":"chat"}`,
			floor.Event{Kind: floor.Scheduled, At: at, Key: floor.KeyID("k"), Until: at.Add(time.Hour), N: 3, By: floor.BySystem, Channel: floor.Chat}},
		{`{"at":1795356300,"kind":"teleported","key":"k","reason":"why"}`,
			floor.Event{Kind: floor.Unknown, At: at, Key: floor.KeyID("k"), Reason: "teleported", Text: "why"}},
		{`{"at":1795356300,"kind":"note","key":"k","text":"\u001b[31mred\u001b[0m \u202eabc"}`,
			floor.Event{Kind: floor.Note, At: at, Key: floor.KeyID("k"), Text: "red abc"}},
	} {
		got, err := decode(t, c.line)
		if c.want.Source == "" {
			c.want.Source = DefaultSource
		}
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %+v, %v\nwant %+v", c.line, got, err, c.want)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	const good = `"at":1795356300,"kind":"note"`
	for _, c := range []struct{ line, want string }{
		{`hello`, "not JSON at byte 1"},
		{`{` + good, "not JSON: it ends too early"},
		{`[1]`, ": a array does not belong there"},
		{`{` + good + `} {}`, "more than one value in the line"},
		{`{"at":1795356300}`, "no kind"},
		{`{"kind":"note"}`, "no time: at is missing"},
		{`{"kind":"note","at":"yesterday"}`, "at: neither RFC 3339 with a zone nor seconds since 1970"},
		{`{"kind":"note","at":"2026-11-22T14:05:00"}`, "at: neither RFC 3339 with a zone nor seconds since 1970"},
		{`{"kind":"note","at":-5}`, "at: neither RFC 3339 with a zone nor seconds since 1970"},
		{`{"kind":"note","at":"0001-01-01T00:00:00Z"}`, "at: not within the years 1970 to 9999"},
		{`{` + good + `,"surprise":1}`, `unknown field "surprise"`},
		{`{` + good + `,"wait":-1}`, "wait: not a number of seconds, 0 or more"},
		{`{` + good + `,"talk":1e300}`, "talk: not a number of seconds, 0 or more"},
		{`{` + good + `,"agent":7}`, "agent: a number does not belong there"},
		{`{` + good + `,"channel":"fax"}`, `channel: "fax" is none that farol knows`},
		{`{` + good + `,"by":"ghost"}`, `by: "ghost" is none of agent, customer, system, transfer, bot`},
		{`{` + good + `,"position":-1}`, "position: less than 0"},
		{`{` + good + `,"offset":3}`, "offset: without a key"},
		{`{` + good + `,"key":"k","offset":-3}`, "offset: less than 0"},
		{`{` + good + `,"key":"a\u0007"}`, "key: too long, or with characters that cannot be seen"},
		{`{` + good + `,"customer":"h:12"}`, "customer: neither a number nor a whole hash"},
		{`{` + good + `,"score":{"scale":"nps","mark":11}}`, "score: a mark of nps is 0 to 10"},
		{`{` + good + `,"score":{"scale":"nps"}}`, "score: a mark of nps is 0 to 10"},
		{`{` + good + `,"score":{"scale":"stars","mark":1}}`, `score: "stars" is none of nps, csat, resolved, converted`},
	} {
		if _, err := decode(t, c.line); err == nil || err.Error() != c.want {
			t.Errorf("%s: error %v, want %s", c.line, err, c.want)
		}
	}
}

func TestLinesWithoutAKeyAreKnownByTheirBytes(t *testing.T) {
	a, _ := decode(t, `{"at":1795356300,"kind":"note","text":"a"}`)
	b, _ := decode(t, `{"at":1795356300,"kind":"note","text":"b"}`)
	again, _ := decode(t, "  {\"at\":1795356300,\"kind\":\"note\",\"text\":\"a\"}\r\n")
	if a.Key == b.Key || a.Key != again.Key || a.Key.Positional() {
		t.Errorf("keys %v %v %v", a.Key, b.Key, again.Key)
	}
}

// clean draws a text as the door leaves it.
func clean(width int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string { return ingest.Clean(rapid.String().Draw(t, "text"), width) })
}

func drawEvent(t *rapid.T) floor.Event {
	span := rapid.Custom(func(t *rapid.T) time.Duration {
		return time.Duration(rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 1<<62)).Draw(t, "span"))
	})
	moment := rapid.Custom(func(t *rapid.T) time.Time {
		return time.Unix(rapid.Int64Range(1, 250_000_000_000).Draw(t, "sec"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC()
	})
	e := floor.Event{
		Source: clean(nameWidth).Filter(func(s string) bool { return s != "" }).Draw(t, "source"), At: moment.Draw(t, "at"),
		Kind:  floor.Kind(rapid.Uint8().Filter(func(k uint8) bool { return floor.Kind(k).Valid() }).Draw(t, "kind")),
		Queue: ingest.Clean(strings.ToLower(clean(nameWidth).Draw(t, "queue")), nameWidth), Agent: clean(nameWidth).Draw(t, "agent"), Contact: clean(wordWidth).Draw(t, "contact"),
		Channel: rapid.SampledFrom(append(floor.Channels(), "")).Draw(t, "channel"),
		Wait:    span.Draw(t, "wait"), Talk: span.Draw(t, "talk"), Hold: span.Draw(t, "hold"), Ring: span.Draw(t, "ring"), Wrap: span.Draw(t, "wrap"),
		Position: rapid.IntRange(0, 1<<40).Draw(t, "position"), Reason: clean(wordWidth).Draw(t, "reason"),
		By: floor.Party(rapid.IntRange(0, int(floor.ByBot)).Draw(t, "by")), Subject: clean(wordWidth).Draw(t, "subject"),
		Text: clean(textWidth).Draw(t, "text"), Author: clean(nameWidth).Draw(t, "author"), N: rapid.Int().Draw(t, "n"),
	}
	key := clean(keyWidth).Filter(func(s string) bool { return s != "" }).Draw(t, "key")
	e.Key = floor.KeyID(key)
	if rapid.Bool().Draw(t, "positional") {
		e.Key = floor.KeyAt(key, rapid.Int64Range(0, 1<<62).Draw(t, "offset"))
	}
	if rapid.Bool().Draw(t, "scored") {
		scale := rapid.IntRange(1, len(scales)-1).Draw(t, "scale")
		e.Score = floor.Score{Scale: floor.Scale(scale), Mark: rapid.IntRange(scales[scale].low, scales[scale].top).Draw(t, "mark")}
	}
	if rapid.Bool().Draw(t, "until") {
		e.Until = moment.Draw(t, "until")
	}
	if rapid.Bool().Draw(t, "customer") {
		e.Customer = ingest.Hash([]byte("k"), rapid.StringMatching(`[0-9]{3,13}`).Draw(t, "number"))
	}
	return e
}

func TestRoundTrip(t *testing.T) {
	d := NewDecoder("other", []byte("x"), "")
	rapid.Check(t, func(t *rapid.T) {
		e := drawEvent(t)
		line := Encode(&e)
		if bytes.ContainsAny(line, "\n\r") {
			t.Fatalf("more than one line: %q", line)
		}
		got, err := d.Decode(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if !reflect.DeepEqual(got, e) {
			t.Fatalf("%s:\n got %+v\nwant %+v", line, got, e)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		`{"at":1795356300,"kind":"note","text":"a"}`,
		`{"at":"2026-11-22T14:05:00Z","kind":"survey_answered","score":{"scale":"nps","mark":9},"key":"k","offset":3}`,
		`{"at":1.5,"kind":"x","wait":0.000000001,"customer":"+55"}`, `{}`, `null`, `[]`, `{"at":null}`,
	} {
		f.Add([]byte(s))
	}
	d := NewDecoder("", []byte("k"), "")
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := d.Decode(line)
		if err != nil {
			return
		}
		if e.At.IsZero() || e.Key.ID == "" || e.Source == "" {
			t.Fatalf("%q: incomplete: %+v", line, e)
		}
		for _, s := range []string{e.Queue, e.Agent, e.Contact, e.Reason, e.Subject, e.Text, e.Author, e.Source} {
			if ingest.Clean(s, 1000) != s {
				t.Fatalf("%q: holds %q", line, s)
			}
		}
		if e.Wait < 0 || e.Talk < 0 || e.Hold < 0 || e.Ring < 0 || e.Wrap < 0 || !e.Kind.Valid() || !e.Channel.Valid() {
			t.Fatalf("%q: out of range: %+v", line, e)
		}
		again, err := d.Decode(Encode(&e))
		if err != nil || !reflect.DeepEqual(again, e) {
			t.Fatalf("%q: %+v then %+v, %v", line, e, again, err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	d := NewDecoder("", []byte("k"), "")
	line := []byte(`{"at":"2026-11-22T14:05:00Z","kind":"answered","source":"pbx","key":"f","offset":120,"queue":"vendas","contact":"c-1","agent":"Ana Souza","wait":8,"ring":2}`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Decode(line); err != nil {
			b.Fatal(err)
		}
	}
}
