package tui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"

	"farol/floor"
	"farol/metrics"
)

// spokenAfter is what a reader hears after typing lines.
func spokenAfter(t *testing.T, p Plain, lines ...string) string {
	t.Helper()
	var out bytes.Buffer
	p.Out, p.Clock = &out, fixtureNow
	p.In = strings.NewReader(strings.Join(lines, "\n") + "\n")
	if p.Source == nil {
		p.Source = fixed{afternoon()}
	}
	if err := p.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPlainGolden(t *testing.T) {
	for _, lang := range Languages() {
		got := spokenAfter(t, Plain{Language: lang}, "fila sup", "agente ana", "metas suporte", "eventos", "filas", "ajuda", "xpto")
		golden(t, "plain-"+lang+".txt", strings.TrimSuffix(got, "\n"))
	}
}

func TestPlainSummary(t *testing.T) {
	got := spokenAfter(t, Plain{})
	for _, want := range []string{
		"14:32:07 2 metas críticas, 5 em atenção, 31 normais. 22 na fila, maior espera 3 min 41 s, Suporte.",
		"risco 1, crítico: Suporte. Nível de serviço 61,4 por cento, meta 80.",
		"Motivo: 4 de 11 fora, 2 em treino além da hora",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// No mark stands without its word, and nothing moves a cursor.
func TestPlainHasNoGlyphs(t *testing.T) {
	for _, lang := range Languages() {
		got := spokenAfter(t, Plain{Language: lang}, "fila suporte", "filas", "agente ana", "agente carla", "metas", "eventos", "riscos", "ajuda")
		for _, r := range got {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" \n.,:;()?-/'\"_·–", r) {
				continue
			}
			t.Fatalf("%s: %q in\n%s", lang, r, got)
		}
	}
}

func TestPlainHostileNames(t *testing.T) {
	for _, text := range hostileTexts() {
		s := afternoon()
		poison(reflect.ValueOf(s), text, map[uintptr]bool{})
		got := spokenAfter(t, Plain{Source: fixed{s}}, "filas", "metas", "eventos", "fila "+text, "agente "+text, text)
		for _, r := range got {
			if r != '\n' && (!unicode.IsPrint(r) || unicode.Is(unicode.M, r)) {
				t.Fatalf("%U after %q", r, text)
			}
		}
	}
}

func TestPlainPublicNamesNobody(t *testing.T) {
	s := afternoon()
	got := spokenAfter(t, Plain{Source: fixed{s}, Profile: Wall}, "agente ana", "agentes", "fila suporte", "eventos", "riscos", "metas")
	for _, a := range s.Agents {
		if strings.Contains(got, a.Name) {
			t.Errorf("named %s in\n%s", a.Name, got)
		}
	}
	if !strings.Contains(got, "não aparece na parede pública") {
		t.Error("it is not said why")
	}
}

func TestPlainRecordsALookAtAPerson(t *testing.T) {
	var r recorder
	spokenAfter(t, Plain{Record: r.record, Author: "Helena"}, "agente davi")
	if len(r.events) != 1 || r.events[0].Kind != floor.Viewed || r.events[0].Agent != "Davi Melo" || r.events[0].Author != "Helena" {
		t.Errorf("recorded %+v", r.events)
	}
	fails := func(context.Context, floor.Event) error { return errors.New("disk full") }
	got := spokenAfter(t, Plain{Record: fails}, "agente davi")
	if strings.Contains(got, "Davi Melo, fila") || !strings.Contains(got, "não consegui gravar: disk full") {
		t.Errorf("a look that could not be recorded was answered:\n%s", got)
	}
}

// sequence is a source that gives one snapshot after another and then ends.
type sequence struct{ list []*metrics.Snapshot }

func (s *sequence) Get() *metrics.Snapshot { return s.list[0] }

func (s *sequence) Next(_ context.Context, seen uint64) (*metrics.Snapshot, error) {
	for _, n := range s.list {
		if n.Version > seen {
			return n, nil
		}
	}
	return nil, io.EOF
}

// A change is one line, once.
func TestPlainTellsEachChangeOnce(t *testing.T) {
	first, second, third := afternoon(), afternoon(), afternoon()
	first.Log = first.Log[1:]
	second.Version, third.Version = 2, 3
	third.Fresh = metrics.Freshness{Level: metrics.Silent, Age: 47 * time.Second, AsOf: at(14, 31, 20)}
	var out bytes.Buffer
	p := Plain{Source: &sequence{[]*metrics.Snapshot{first, second, third}}, Out: &out, Clock: fixtureNow}
	if err := p.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	said := lines[len(lines)-2:]
	if want := "14:31:40 crítico, Suporte: NS abaixo de 65 por cento"; !strings.HasPrefix(said[0], want) || strings.Count(out.String(), want) != 1 {
		t.Errorf("the new entry was told as %q", said[0])
	}
	if want := "A fonte calou: os números são das 14:31:20, há 47 s."; said[1] != want {
		t.Errorf("the silence was told as %q, want %q", said[1], want)
	}
}

func TestPlainWaitsForTheHistory(t *testing.T) {
	loading := &metrics.Snapshot{Version: 1, Site: &floor.Site{}, Loading: &metrics.Progress{Done: 1, Total: 2}}
	ready := afternoon()
	ready.Version = 2
	var out bytes.Buffer
	p := Plain{Source: &sequence{[]*metrics.Snapshot{loading, ready}}, Out: &out, Clock: fixtureNow}
	if err := p.Once(context.Background()); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "14:32:07 2 metas críticas") {
		t.Errorf("said %q", out.String())
	}
	p.Source = &sequence{[]*metrics.Snapshot{loading}}
	if err := p.Once(context.Background()); !errors.Is(err, io.EOF) {
		t.Errorf("a source that ends while loading gives %v", err)
	}
}

// broken is a terminal that is gone.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestPlainSaysThatItCannotWrite(t *testing.T) {
	p := Plain{Source: fixed{afternoon()}, Out: broken{}, Clock: fixtureNow}
	if err := p.Run(context.Background()); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("Run = %v, want the closed pipe", err)
	}
}

func TestPlainEndsWithQuitAndContext(t *testing.T) {
	got := spokenAfter(t, Plain{}, "sair", "riscos")
	if strings.Count(got, "risco 1") != 1 {
		t.Errorf("answered after goodbye:\n%s", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := (Plain{Source: fixed{afternoon()}, Out: io.Discard, Clock: fixtureNow}).Run(ctx); err != nil {
		t.Errorf("Run with its context done = %v", err)
	}
}

func TestPlainDropsTheRestOfALongLine(t *testing.T) {
	got := spokenAfter(t, Plain{}, strings.Repeat("x", 100_000), "filas")
	if n := len(got); n > 6000 || !strings.Contains(got, "Suporte, crítico: nível de serviço") {
		t.Errorf("%d bytes:\n%.500s", n, got)
	}
}
