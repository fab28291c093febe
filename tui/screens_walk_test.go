package tui

import (
	"strings"
	"testing"
)

// walk is a way through the console: a key, and what is on the screen after it.
type walk []struct{ key, has string }

// TestWalks presses keys one after another as a lead does, and looks at the
// screen after each.
func TestWalks(t *testing.T) {
	for name, w := range map[string]walk{
		"to the person and back": {
			{"1", "› fila Suporte "}, {"enter", "› Ana Souza "}, {"esc", "AGENTES DESTA FILA"}, {"esc", "RISCOS AGORA"}, {"-", "AGENTES DESTA FILA"},
		},
		"to a person by name": {
			{"a", "ordem: peso no risco"}, {"/", "/ filtro: _"}, {"j", "/ filtro: j_"}, {"o", "filtro: jo_"}, {"ã", "filtro: joã_"}, {"o", "filtro: joão_"},
			{"enter", "1–1 de 1"}, {"enter", "› João Conceição "}, {"esc", "filtro: joão"}, {"esc", "filtro: nenhum"}, {"esc", "RISCOS AGORA"},
		},
		"through the queues": {
			{"f", "ordem: risco"}, {"s", "ordem: nome"}, {"s", "ordem: nível de serviço"}, {"j", "(congelada)"}, {"enter", "AGENTES DESTA FILA"}, {"esc", "ordem: nível de serviço"},
		},
		"a target, its number, its contacts": {
			{"m", "erro gasto"}, {"right", "erro gasto"}, {"i", "i ou esc fecha"}, {"esc", "erro gasto"}, {"enter", "207 contatos"}, {"esc", "erro gasto"},
		},
		"a note in the log": {
			{"e", "seguindo"}, {"v", "mostra: ■ ▲ ="}, {"R", "nota:"}, {"o", "nota: o_"}, {"k", "nota: ok_"}, {"enter", "mostra: ■ ▲ ="},
		},
		"help over a page": {{"m", "erro gasto"}, {"?", "AJUDA — metas"}, {"esc", "erro gasto"}},
		"a command":        {{":", ":_"}, {"m", ":m_"}, {"esc", "RISCOS AGORA"}},
		"frozen":           {{"p", "congelado às"}, {"1", "congelado às"}, {"esc", "congelado às"}, {"esc", "ao vivo"}},
		"zoom of the wall": {{"z", "FILAS · hoje"}, {"esc", "RISCOS AGORA"}, {"tab", "RISCOS AGORA"}, {"z", "meta ≥ 80%"}, {"esc", "RISCOS AGORA"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := afternoon()
			a := open(t, s, 120, 40, Options{Contacts: behind(s), Author: "Helena", Record: new(recorder).record})
			so := ""
			for _, step := range w {
				so += " " + step.key
				f, err := Still(a, 120, 40, step.key)
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(f.String(), step.has) {
					t.Fatalf("after%s there is no %q:\n%s", so, step.has, f)
				}
			}
		})
	}
}

// What the public wall refuses it refuses with the reason.
func TestPublicWallRefusesWithTheReason(t *testing.T) {
	for _, c := range []struct{ keys, why string }{
		{"a", "só na sessão do supervisor"},
		{"1 enter", "só na sessão do supervisor"},
		{": a g e n t e space a n a enter", "supervisor"},
		{"R", "só na sessão do supervisor"},
	} {
		text := still(t, afternoon(), 120, 40, c.keys, Options{Profile: Wall}).String()
		if !strings.Contains(text, c.why) {
			t.Errorf("after %q: no %q in\n%s", c.keys, c.why, text)
		}
	}
}
