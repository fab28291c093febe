package events

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"farol/floor"
	"farol/ingest"
)

// DefaultSource is the source of lines that name none.
const DefaultSource = "events"

// Limits of what is stored, in terminal cells.
const (
	nameWidth = 80
	wordWidth = 120
	textWidth = 500
	keyWidth  = 512
)

// Decoder turns lines into events. It belongs to one goroutine.
type Decoder struct {
	source string
	hasher *ingest.Hasher
}

// NewDecoder makes a decoder: source is for lines that name none (empty is
// [DefaultSource]); secret and country are for customers' numbers, as in
// [ingest.NewHasher].
func NewDecoder(source string, secret []byte, country string) *Decoder {
	if source == "" {
		source = DefaultSource
	}
	return &Decoder{source: ingest.Clean(source, nameWidth), hasher: ingest.NewHasher(secret, country)}
}

// Decode reads one line. The error says why it is no event, in words that hold
// nothing of its free text.
func (d *Decoder) Decode(line []byte) (floor.Event, error) {
	line = bytes.TrimSpace(line)
	var r record
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return floor.Event{}, jsonError(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return floor.Event{}, errors.New("more than one value in the line")
	}
	e := floor.Event{
		Source: d.source, Position: r.Position, N: r.N,
		Queue:   ingest.Clean(strings.ToLower(ingest.Clean(r.Queue, nameWidth)), nameWidth),
		Agent:   ingest.Clean(r.Agent, nameWidth),
		Contact: ingest.Clean(r.Contact, wordWidth),
		Channel: floor.Channel(r.Channel),
		Reason:  ingest.Clean(r.Reason, wordWidth),
		Subject: ingest.Clean(r.Subject, wordWidth),
		Text:    ingest.Clean(r.Text, textWidth),
		Author:  ingest.Clean(r.Author, nameWidth),
	}
	if source := ingest.Clean(r.Source, nameWidth); source != "" {
		e.Source = source
	}
	for _, read := range []func(*record, *floor.Event) error{readKind, readTimes, readSpans, readRest, d.readCustomer} {
		if err := read(&r, &e); err != nil {
			return floor.Event{}, err
		}
	}
	if err := readKey(&r, &e, line); err != nil {
		return floor.Event{}, err
	}
	return e, nil
}

// jsonError is a decoder's error without the input's text.
func jsonError(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON at byte %d", syntax.Offset)
	case errors.As(err, &kind):
		return fmt.Errorf("%s: a %s does not belong there", short(kind.Field), kind.Value)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("not JSON: it ends too early")
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		return fmt.Errorf("unknown field %s", short(strings.TrimPrefix(err.Error(), "json: unknown field ")))
	default:
		return errors.New("not JSON")
	}
}

func readKind(r *record, e *floor.Event) error {
	kind, ok := floor.ParseKind(r.Kind)
	switch {
	case r.Kind == "":
		return errors.New("no kind")
	case !ok:
		if e.Text == "" {
			e.Text = e.Reason
		}
		e.Reason = ingest.Clean(r.Kind, wordWidth)
	}
	e.Kind = kind
	return nil
}

func readTimes(r *record, e *floor.Event) (err error) {
	if e.At, err = parseTime(r.At); err != nil {
		return fmt.Errorf("at: %w", err)
	}
	if e.At.IsZero() {
		return errors.New("no time: at is missing")
	}
	if e.Until, err = parseTime(r.Until); err != nil {
		return fmt.Errorf("until: %w", err)
	}
	return nil
}

func readSpans(r *record, e *floor.Event) error {
	for _, f := range []struct {
		name string
		text json.Number
		to   *time.Duration
	}{{"wait", r.Wait, &e.Wait}, {"talk", r.Talk, &e.Talk}, {"hold", r.Hold, &e.Hold}, {"ring", r.Ring, &e.Ring}, {"wrap", r.Wrap, &e.Wrap}} {
		if f.text == "" {
			continue
		}
		d, ok := seconds(string(f.text))
		if !ok {
			return fmt.Errorf("%s: not a number of seconds, 0 or more", f.name)
		}
		*f.to = d
	}
	return nil
}

func readRest(r *record, e *floor.Event) (err error) {
	if !e.Channel.Valid() {
		return fmt.Errorf("channel: %q is none that farol knows", short(r.Channel))
	}
	if e.Position < 0 {
		return errors.New("position: less than 0")
	}
	if e.By, err = parseParty(r.By); err != nil {
		return err
	}
	e.Score, err = parseScore(r.Score)
	return err
}

func (d *Decoder) readCustomer(r *record, e *floor.Event) error {
	switch {
	case ingest.Hashed(r.Customer):
		e.Customer = r.Customer
	case strings.HasPrefix(r.Customer, "h:"):
		return errors.New("customer: neither a number nor a whole hash")
	default:
		e.Customer = d.hasher.Hash(r.Customer)
	}
	return nil
}

func readKey(r *record, e *floor.Event, line []byte) error {
	switch {
	case r.Key == "" && r.Offset != nil:
		return errors.New("offset: without a key")
	case r.Key == "":
		sum := sha256.Sum256(line)
		e.Key = floor.KeyID("line/" + hex.EncodeToString(sum[:16]))
	case ingest.Clean(r.Key, keyWidth) != r.Key:
		return errors.New("key: too long, or with characters that cannot be seen")
	case r.Offset == nil:
		e.Key = floor.KeyID(r.Key)
	case *r.Offset < 0:
		return errors.New("offset: less than 0")
	default:
		e.Key = floor.KeyAt(r.Key, *r.Offset)
	}
	return nil
}
