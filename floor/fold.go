package floor

import "strings"

// accents maps the letters of Portuguese (and its neighbours) to their base.
var accents = strings.NewReplacer(
	"á", "a", "à", "a", "â", "a", "ã", "a", "ä", "a", "å", "a",
	"é", "e", "è", "e", "ê", "e", "ë", "e",
	"í", "i", "ì", "i", "î", "i", "ï", "i",
	"ó", "o", "ò", "o", "ô", "o", "õ", "o", "ö", "o",
	"ú", "u", "ù", "u", "û", "u", "ü", "u",
	"ç", "c", "ñ", "n",
)

// Fold lowers s and drops the accents of Portuguese, for comparing what people
// type with what is written: "Ação" and "acao" are the same.
func Fold(s string) string {
	return accents.Replace(strings.ToLower(strings.TrimSpace(s)))
}
