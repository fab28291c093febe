package tui

import "testing"

func TestAKeyMeansOneThing(t *testing.T) {
	seen := map[string]action{}
	acts := map[action]bool{}
	for _, k := range keyTable() {
		if acts[k.act] {
			t.Errorf("action of %s is there twice", k.shown)
		}
		acts[k.act] = true
		for _, s := range k.strokes {
			if other, ok := seen[s]; ok {
				t.Errorf("%q is action %d and %d", s, other, k.act)
			}
			seen[s] = k.act
		}
	}
	for a := actNone + 1; a < actionCount; a++ {
		if !acts[a] {
			t.Errorf("action %d has no key", a)
		}
	}
}

// A key that changes something is a capital, so that a slip of the hand is not
// enough.
func TestKeysThatChangeSomethingAreCapitals(t *testing.T) {
	for _, k := range keyTable() {
		if k.changes && (k.shown[0] < 'A' || k.shown[0] > 'Z') {
			t.Errorf("%s changes something", k.shown)
		}
	}
}

func TestKeysAreDocumented(t *testing.T) {
	for _, lang := range Languages() {
		docs, err := Keys(lang)
		if err != nil {
			t.Fatal(err)
		}
		if len(docs) != len(keyTable()) {
			t.Errorf("%s: %d keys of %d", lang, len(docs), len(keyTable()))
		}
		for _, d := range docs {
			if d.Keys == "" || d.Group == "" || d.Does == "" {
				t.Errorf("%s: %+v", lang, d)
			}
		}
	}
}
