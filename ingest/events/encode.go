package events

import (
	"encoding/json"
	"strconv"
	"time"

	"farol/floor"
)

// Encode writes an event as one line, without its line feed, in a form that
// Decode reads back to the same event. Seq is written when it is set, and is
// not read back.
func Encode(e *floor.Event) []byte { return Append(nil, e) }

// Append is Encode at the end of dst.
func Append(dst []byte, e *floor.Event) []byte {
	w := writer{dst: append(dst, '{')}
	w.time("at", e.At)
	w.text("kind", e.Kind.String())
	w.text("source", e.Source)
	w.text("key", e.Key.ID)
	if e.Key.Positional() && e.Key.ID != "" {
		w.number("offset", e.Key.Offset)
	}
	w.text("queue", e.Queue)
	w.text("agent", e.Agent)
	w.text("contact", e.Contact)
	w.text("channel", string(e.Channel))
	w.span("wait", e.Wait)
	w.span("talk", e.Talk)
	w.span("hold", e.Hold)
	w.span("ring", e.Ring)
	w.span("wrap", e.Wrap)
	w.count("position", e.Position)
	w.text("reason", e.Reason)
	if int(e.By) < len(parties) {
		w.text("by", parties[e.By])
	}
	w.text("customer", e.Customer)
	w.text("subject", e.Subject)
	w.text("text", e.Text)
	w.text("author", e.Author)
	if s := int(e.Score.Scale); s > 0 && s < len(scales) {
		w.name("score")
		w.dst = append(w.dst, `{"scale":"`+scales[s].name+`","mark":`...)
		w.dst = strconv.AppendInt(w.dst, int64(e.Score.Mark), 10)
		w.dst = append(w.dst, '}')
	}
	w.time("until", e.Until)
	w.count("n", e.N)
	if e.Seq > 0 {
		w.name("seq")
		w.dst = strconv.AppendUint(w.dst, e.Seq, 10)
	}
	return append(w.dst, '}')
}

// writer appends fields; empty ones are left out.
type writer struct {
	dst  []byte
	more bool
}

func (w *writer) name(name string) {
	if w.more {
		w.dst = append(w.dst, ',')
	}
	w.more = true
	w.dst = append(w.dst, '"')
	w.dst = append(w.dst, name...)
	w.dst = append(w.dst, `":`...)
}

func (w *writer) text(name, s string) {
	if s == "" {
		return
	}
	w.name(name)
	quoted, err := json.Marshal(s)
	if err != nil {
		panic(err) // no string fails
	}
	w.dst = append(w.dst, quoted...)
}

func (w *writer) time(name string, t time.Time) {
	if t.IsZero() {
		return
	}
	w.name(name)
	w.dst = append(w.dst, '"')
	w.dst = t.UTC().AppendFormat(w.dst, time.RFC3339Nano)
	w.dst = append(w.dst, '"')
}

func (w *writer) span(name string, d time.Duration) {
	if d > 0 {
		w.name(name)
		w.dst = appendSeconds(w.dst, d)
	}
}

func (w *writer) number(name string, n int64) {
	w.name(name)
	w.dst = strconv.AppendInt(w.dst, n, 10)
}

func (w *writer) count(name string, n int) {
	if n != 0 {
		w.number(name, int64(n))
	}
}
