package tui

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"farol/floor"
	"farol/metrics"
)

// after is the text of a 120 by 40 screen of a lead after keys.
func after(t *testing.T, keys string) string {
	t.Helper()
	return still(t, afternoon(), 120, 40, keys, Options{Author: "Helena", Record: new(recorder).record}).String()
}

func TestKeysOnPages(t *testing.T) {
	for _, c := range []struct{ name, keys, has, hasNot string }{
		{"the person is two keys away", "1 enter", "TREINO há 18:20 — 8:20 além da hora", ""},
		{"esc comes back to the queue", "1 enter esc", "AGENTES DESTA FILA", "TREINO há"},
		{"n goes to the next risk", "1 n", "fila Financeiro", "fila Suporte"},
		{"N goes round to the last", "1 N", "fila Retenção", ""},
		{"n on a person goes to the next who weighs", "1 enter n", "Bruno Lima · PA 14", ""},
		{"a number opens its contacts", "1 right enter", "207 contatos", ""},
		{"down selects another agent", "1 down down enter", "Érica Nunes · PA", ""},
		{"tab reaches the callers", "1 tab enter", "9 contatos", ""},
		{"i defines the number in focus", "1 right right i", "taxa de abandono", ""},
		{"the lens goes through the formulas", "1 right i right", "╔═ nível de serviço, sem abandonos até T", ""},
		{"enter in the lens opens the contacts", "m i enter", "207 contatos", ""},
		{"z gives the panel the page", "1 z", "AGENTES DESTA FILA", "por quê"},
		{"a filter ignores accents", "a / j o a o", "João Conceição", "Ana Souza  "},
		{"no match offers the nearest", "a / j o a o space s i l v a", "parecidos: João Conceição", ""},
		{"enter takes the nearest", "a / j o a o space s i l v a enter", "1–1 de 1", ""},
		{"esc clears the filter", "a / j o a o esc", "de 65", "filtro: joao"},
		{"esc clears a filter that was left", "a / j o a o enter esc", "de 65", "filtro: joao"},
		{"s sorts by the next column", "a s", "ordem: nome", ""},
		{"space marks", "a space space", "2 marcados", ""},
		{"a number of a row opens its contacts", "a right enter", "contatos", ""},
		{"the order is held under the cursor", "a down", "(congelada)", ""},
		{"f lists the queues", "f down enter", "fila Financeiro", ""},
		{"queues sort", "f s s", "ordem: nível de serviço", ""},
		{"a number of a queue opens its contacts", "f right enter", "207 contatos", ""},
		{"metas open the queue", "m enter", "fila Suporte", ""},
		{"metas filter by queue", "m / r e t e n c a o", "Retenção", "Suporte  "},
		{"a target is asked for with what it is", "m E", "alvo de nível de serviço 80/20 · Suporte: >= 80%_", ""},
		{"a target of the wrong direction is refused", "m E ctrl+u < = 9 0 % enter", "direção errada", "de >= 80%"},
		{"a target is confirmed", "m E backspace backspace backspace 8 5 % enter", "de >= 80% para >= 85%?", ""},
		{"any other key goes back to the typing", "m E backspace backspace backspace 8 5 % enter n", ">= 85%_", ""},
		{"events show fewer levels", "e v v", "mostra: ■ ", ""},
		{"events filter", "e / f i n a n c", "abandono acima de 5%", "turno tarde"},
		{"events open the queue", "e enter", "fila Suporte", ""},
		{"the help names the page", "m ?", "AJUDA — metas", ""},
		{"the help closes with its own key", "m ? ?", "erro gasto", "AJUDA"},
		{"the help says why a key is off", "m ?", "não aqui", ""},
		{"commands go to a queue", ": f i l a space f i n enter", "fila Financeiro", ""},
		{"commands forgive a slip", ": f i l a space s u p r o t e enter", "fila Suporte", ""},
		{"commands go to an agent", ": a g e n t e space d a v i enter", "Davi Melo", ""},
		{"commands go to a place", ": m e t a s enter", "erro gasto", ""},
		{"an unknown command says what is known", ": x p t o enter", "não conheço o comando \"xpto\"", ""},
		{"tab completes a name", ": f i l a space f i n tab", ":fila Financeiro_", ""},
		{"typed letters are no keys", "a / m", "filtro: m_", "erro gasto"},
		{"y says sent, not copied", "a y", "enviado ao terminal", ""},
		{"the window stands by the page's name", "1 t", "fila Suporte (turno)", ""},
		{"R asks for a note", "1 R", "reconhecer Suporte, nota:", ""},
		{"R with no risk says so", ": f i l a space o u v enter R", "não está em risco", ""},
		{"q asks nothing off the wall", "a q", "agentes", "sair do farol"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := after(t, c.keys)
			if !strings.Contains(got, c.has) {
				t.Errorf("after %q there is no %q:\n%s", c.keys, c.has, got)
			}
			if c.hasNot != "" && strings.Contains(got, c.hasNot) {
				t.Errorf("after %q there is %q:\n%s", c.keys, c.hasNot, got)
			}
		})
	}
}

// The list behind a number says the very number that the figure has.
func TestContactsAreAsManyAsTheFigureSays(t *testing.T) {
	s := afternoon()
	for i, k := range []metrics.KPI{metrics.SLStrictNoShort, metrics.AbandonRateNoShort} {
		keys := "1 " + strings.Repeat("right ", i+1) + "enter"
		text := still(t, s, 120, 40, keys, Options{}).String()
		den := int(s.Queues[0].Figure(metrics.Today, k).Den)
		for _, want := range []string{strconv.Itoa(den) + " contatos", "÷ " + strconv.Itoa(den)} {
			if !strings.Contains(text, want) {
				t.Errorf("%v: no %q in\n%s", k, want, text[:400])
			}
		}
	}
}

// An answer that comes after the question changed is not taken.
func TestContactsTakeOnlyTheirOwnAnswer(t *testing.T) {
	v := testView(t, "pt-BR")
	v.now = fixtureNow()
	v.contacts = func(context.Context, metrics.ContactQuery) (metrics.ContactList, error) {
		return metrics.ContactList{Total: 3}, nil
	}
	under := openQueues()
	opened, cmd := pushContacts(under, numberOf(v.snap.Total.Ref, metrics.Offered), v)
	answer := cmd()
	s := opened.(stacked).top.(contactsScreen)
	v.window, v.now = metrics.LastHour, v.now.Add(time.Second)
	again, second := s.rewindow(v)
	stale, _ := again.(contactsScreen).listen(answer, v)
	if stale.(contactsScreen).loaded {
		t.Error("the answer for today was taken for the last hour")
	}
	fresh, _ := stale.(contactsScreen).listen(second(), v)
	if got := fresh.(contactsScreen); !got.loaded || got.total != 3 {
		t.Errorf("loaded %v, total %d, want the second answer", got.loaded, got.total)
	}
}

func TestContactsThatCannotBeReadSayWhy(t *testing.T) {
	fails := func(context.Context, metrics.ContactQuery) (metrics.ContactList, error) {
		return metrics.ContactList{}, errors.New("store is closed")
	}
	text := still(t, afternoon(), 120, 40, "1 right enter", Options{Contacts: fails}).String()
	if !strings.Contains(text, "não consegui ler os contatos: store is closed") {
		t.Errorf("no reason in\n%s", text)
	}
}

// recorder keeps what a session records.
type recorder struct{ events []floor.Event }

func (r *recorder) record(_ context.Context, e floor.Event) error {
	r.events = append(r.events, e)
	return nil
}

func TestDeedsAreRecordedWithTheirAuthor(t *testing.T) {
	for _, c := range []struct {
		keys string
		want floor.Event
	}{
		{"1 enter", floor.Event{Kind: floor.Viewed, Agent: "Ana Souza", Subject: "agent"}},
		{"1 R o k enter", floor.Event{Kind: floor.RiskAcknowledged, Queue: "suporte", Subject: "suporte", Text: "ok"}},
		{"1 R enter", floor.Event{Kind: floor.RiskAcknowledged, Queue: "suporte", Subject: "suporte"}},
		{"m E backspace backspace backspace 8 5 % enter enter", floor.Event{Kind: floor.MetaSet, Queue: "suporte", Subject: "service_level/strict_no_short/suporte/day/a", Text: ">= 85%"}},
		{"e R v o u enter", floor.Event{Kind: floor.RiskAcknowledged, Queue: "suporte", Subject: "suporte", Text: "vou"}},
	} {
		var r recorder
		still(t, afternoon(), 120, 40, c.keys, Options{Author: "Helena", Record: r.record})
		if len(r.events) != 1 {
			t.Errorf("%q recorded %d events, want 1", c.keys, len(r.events))
			continue
		}
		got := r.events[0]
		if got.Author != "Helena" || got.Source != consoleSource || !got.At.Equal(fixtureNow()) || got.Key.ID == "" {
			t.Errorf("%q: author %q, source %q, at %v, key %v", c.keys, got.Author, got.Source, got.At, got.Key)
		}
		got.Source, got.Key, got.At, got.Author = "", floor.Key{}, time.Time{}, ""
		if got != c.want {
			t.Errorf("%q recorded %+v, want %+v", c.keys, got, c.want)
		}
	}
}

func TestNoteOfAPersonIsNotARisk(t *testing.T) {
	var r recorder
	still(t, afternoon(), 120, 40, "1 enter R b e m enter", Options{Author: "Helena", Record: r.record})
	last := r.events[len(r.events)-1]
	if last.Kind != floor.Note || last.Agent != "Ana Souza" || last.Text != "bem" {
		t.Errorf("recorded %+v, want a note about Ana Souza", last)
	}
}

// Nothing is recorded from a public wall, nor where there is no recorder.
func TestPublicWallRecordsNothing(t *testing.T) {
	var r recorder
	for _, keys := range []string{"1 R enter", "e R o k enter", "m E enter enter", "f R enter", "m R enter"} {
		still(t, afternoon(), 120, 40, keys, Options{Profile: Wall, Record: r.record})
		if len(r.events) != 0 {
			t.Fatalf("%q recorded %+v", keys, r.events)
		}
	}
	text := still(t, afternoon(), 120, 40, "1 R", Options{}).String()
	if !strings.Contains(text, "nada se grava nesta sessão") {
		t.Error("a session that cannot record does not say so")
	}
}

func TestEmptyNoteIsNotRecorded(t *testing.T) {
	var r recorder
	still(t, afternoon(), 120, 40, "1 enter R enter", Options{Record: r.record})
	for _, e := range r.events {
		if e.Kind == floor.Note {
			t.Errorf("recorded %+v", e)
		}
	}
}

// Rows keep their order for ten seconds after the last key, and no longer.
func TestOrderIsHeldUnderTheCursor(t *testing.T) {
	s := afternoon()
	now := fixtureNow()
	a := open(t, s, 120, 40, Options{Clock: func() time.Time { return now }})
	first := func() string { return strings.Fields(strings.Split(a.Frame().String(), "\n")[4])[1] }
	keys(a, "a down up")
	next := *s
	next.Version = 2
	next.Agents = slices.Clone(s.Agents)
	slices.Reverse(next.Agents)
	a.Update(snapshotMsg{snap: &next})
	if got := first(); got != "Ana" {
		t.Errorf("held: the first row is %s, want Ana", got)
	}
	now = now.Add(holdOrder)
	a.Update(clockMsg{})
	text := a.Frame().String()
	if !strings.Contains(text, "► ") || strings.Contains(strings.Split(text, "\n")[4], "Ana") {
		t.Errorf("released: Ana is still the first row:\n%s", text)
	}
	keys(a, "enter")
	if !strings.Contains(a.Frame().String(), "Ana Souza · PA 14") {
		t.Error("the cursor is not on Ana any more")
	}
}

// A second y shows the text plainly, for terminals that drop what is sent.
func TestCopyAgainShowsThePlainText(t *testing.T) {
	a := open(t, afternoon(), 120, 40, Options{})
	keys(a, "a")
	_, cmd := a.Update(typed('y'))
	if got, ok := cmd().(CopyMsg); !ok || !strings.Contains(got.Text, "Ana Souza") {
		t.Fatalf("y sent %#v", got)
	}
	_, cmd = a.Update(typed('y'))
	a.settleCmd(cmd)
	text := a.Frame().String()
	if !strings.HasPrefix(text, "Ana Souza") || strings.Contains(text, "FAROL") {
		t.Errorf("the second y shows\n%s", text)
	}
	a.Update(typed('x'))
	if !strings.Contains(a.Frame().String(), "FAROL") {
		t.Error("no key leaves the plain page")
	}
}

func typed(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: r, Text: string(r)} }

// What is gone from the snapshot is said, and nothing panics.
func TestWhatIsGoneIsSaid(t *testing.T) {
	for _, keys := range []string{"1", "1 enter", "a", "m", "e", "f", "1 right enter", "m i", "m ?"} {
		s := afternoon()
		a := open(t, s, 120, 40, Options{Contacts: behind(s)})
		if _, err := Still(a, 120, 40, keys); err != nil {
			t.Fatal(err)
		}
		empty := &metrics.Snapshot{Version: 2, At: s.At, Day: s.Day, Site: s.Site, Total: s.Total}
		a.Update(snapshotMsg{snap: empty})
		exact(t, a.Frame(), 120, 40)
		if _, err := Still(a, 120, 40, "down enter i y s R n esc"); err != nil {
			t.Fatal(err)
		}
		exact(t, a.Frame(), 120, 40)
	}
}

// A thousand agents scroll, and only what is in view is drawn.
func TestAThousandAgents(t *testing.T) {
	s := afternoon()
	for i := range 935 {
		c := *s.Agents[i%65]
		c.Name = c.Name + " " + strconv.Itoa(i)
		s.Agents = append(s.Agents, &c)
	}
	f := still(t, s, 120, 40, "a G", Options{})
	exact(t, f, 120, 40)
	if !strings.Contains(f.String(), "de 1000") {
		t.Errorf("not the end of a thousand:\n%s", f.String())
	}
}

// A target that was changed is told by its meta's name, not by an identifier.
func TestChangedTargetIsToldByName(t *testing.T) {
	v := testView(t, "pt-BR")
	v.snap = afternoon()
	m := v.snap.Metas[0]
	got := v.entryWhat(&metrics.Entry{Kind: metrics.EntrySetting, Reason: m.ID, Text: ">= 85%"})
	if want := "alvo de nível de serviço 80/20: >= 85%"; string(got) != want {
		t.Errorf("told as %q, want %q", got, want)
	}
}

// A meta of the last hour is shown, defined and opened for the last hour, until
// another window is chosen.
func TestFigureIsOfTheWindowThatIsJudged(t *testing.T) {
	s := afternoon()
	q := s.Queues[0]
	q.SLMeta.Window = "1h"
	q.SLMeta.Now = known(.5)
	w := *q.W
	w[metrics.LastHour][metrics.SLStrictNoShort] = metrics.Measure{Value: .5, Num: 20, Den: 40, Known: true}
	q.W = &w
	for _, c := range []struct{ keys, want string }{
		{"1", "meta ≥ 80% · 1 h"},
		{"1 right i", "20 ÷ 40"},
		{"1 right enter", "40 contatos"},
		{"m i", "20 ÷ 40"},
		{"1 right i t t", "15 min, até"},
		{"1 t t t", "fila Suporte (1 h)"},
	} {
		if got := still(t, s, 120, 40, c.keys, Options{}).String(); !strings.Contains(got, c.want) {
			t.Errorf("after %q no %q:\n%s", c.keys, c.want, got)
		}
	}
}
