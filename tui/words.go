package tui

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"farol/metrics"
	"farol/tui/draw"
)

//go:embed locale
var localeFiles embed.FS

// Languages are those that every word exists in; the first is the default.
func Languages() []string { return []string{"pt-BR", "pt-PT", "en"} }

// words are one language's words, resolved once: no template is executed while
// a screen is drawn. They never change and are shared by all sessions.
type words struct {
	lang    string
	phrases map[string]phrase
	numbers numbers
	kpi     [metrics.KPICount][4]draw.Safe
}

// phrase is a message cut at its placeholders, for each plural form.
type phrase struct {
	plain draw.Safe // of a message with neither placeholders nor plurals
	forms [2][]part // for 1, for any other number
}

// part is a literal, or the value given for a name.
type part struct {
	text draw.Safe
	name string
}

// loadWords resolves a language: an unknown one is an error, so that a wrong
// configuration is told and not guessed around.
func loadWords(lang string) (*words, error) {
	if lang == "" {
		lang = Languages()[0]
	}
	for i, l := range Languages() {
		if l == lang {
			return wordTables()[i]()
		}
	}
	return nil, fmt.Errorf("language %q: known are %s", lang, strings.Join(Languages(), ", "))
}

// wordTables holds one lazy table a language; each is built on first use.
var wordTables = sync.OnceValue(func() []func() (*words, error) {
	out := make([]func() (*words, error), 0, len(Languages()))
	for _, l := range Languages() {
		out = append(out, sync.OnceValues(func() (*words, error) { return resolve(l) }))
	}
	return out
})

func resolve(lang string) (*words, error) {
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", lang, err)
	}
	bundle := i18n.NewBundle(tag)
	w := &words{lang: lang, phrases: map[string]phrase{}, numbers: numbersOf(lang)}
	dir := path.Join("locale", lang)
	names, err := fs.Glob(localeFiles, dir+"/*.toml")
	if err != nil {
		return nil, fmt.Errorf("list words of %s: %w", lang, err)
	}
	var all []*i18n.Message
	for _, name := range names {
		text, err := localeFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read words %s: %w", name, err)
		}
		ms, err := bundle.ParseMessageBytes(tag, text, toml.Unmarshal)
		if err != nil {
			return nil, fmt.Errorf("parse words %s: %w", name, err)
		}
		all = append(all, ms...)
	}
	loc := i18n.NewLocalizer(bundle, lang)
	for _, m := range all {
		if _, twice := w.phrases[m.ID]; twice {
			return nil, fmt.Errorf("words %s: %q is there twice", lang, m.ID)
		}
		p, err := compile(loc, m)
		if err != nil {
			return nil, fmt.Errorf("words %s: %q: %w", lang, m.ID, err)
		}
		w.phrases[m.ID] = p
	}
	w.kpiWords()
	return w, nil
}

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

// compile executes a message's templates once with marks for values, and keeps
// what lies between the marks.
func compile(loc *i18n.Localizer, m *i18n.Message) (phrase, error) {
	const mark = "\x00"
	data := map[string]string{}
	for _, text := range []string{m.One, m.Many, m.Other} {
		for _, hit := range placeholder.FindAllStringSubmatch(text, -1) {
			data[hit[1]] = mark + hit[1] + mark
		}
	}
	var p phrase
	for i, n := range []int{1, 2} {
		c := &i18n.LocalizeConfig{MessageID: m.ID, TemplateData: data}
		if m.One != "" {
			c.PluralCount = n
		}
		text, err := loc.Localize(c)
		if err != nil {
			return phrase{}, err
		}
		for j, piece := range strings.Split(text, mark) {
			switch {
			case j%2 == 1:
				p.forms[i] = append(p.forms[i], part{name: piece})
			case piece != "":
				p.forms[i] = append(p.forms[i], part{text: draw.Clean(piece)})
			}
		}
	}
	if m.One == "" && len(data) == 0 {
		p.plain = draw.Clean(m.Other)
	}
	return p, nil
}

// w is a word or a fixed phrase. A key that no locale file has shows itself;
// a test keeps that from happening.
func (v *view) w(key string) draw.Safe {
	p, ok := v.words.phrases[key]
	if !ok {
		return draw.Clean(key)
	}
	return p.plain
}

// has reports whether the language has a phrase of that key.
func (v *view) has(key string) bool {
	_, ok := v.words.phrases[key]
	return ok
}

// say fills a phrase's placeholders: pairs are name, value, name, value …
func (v *view) say(key string, pairs ...draw.Safe) draw.Safe {
	return v.fill(key, 1, pairs)
}

// plural is say with the form for n. None of the three languages is written with
// the singular for zero, though the tables of plurals give Portuguese one.
func (v *view) plural(key string, n int, pairs ...draw.Safe) draw.Safe {
	if n == 1 {
		return v.fill(key, 0, pairs)
	}
	return v.fill(key, 1, pairs)
}

func (v *view) fill(key string, form int, pairs []draw.Safe) draw.Safe {
	p, ok := v.words.phrases[key]
	if !ok {
		return draw.Clean(key)
	}
	start := v.text.Len()
	for _, piece := range p.forms[form] {
		if piece.name == "" {
			v.text.WriteString(string(piece.text))
			continue
		}
		for i := 0; i+1 < len(pairs); i += 2 {
			if string(pairs[i]) == piece.name {
				v.text.WriteString(string(pairs[i+1]))
				break
			}
		}
	}
	return draw.Safe(v.text.String()[start:])
}

// join puts pieces after one another.
func (v *view) join(pieces ...draw.Safe) draw.Safe {
	start := v.text.Len()
	for _, p := range pieces {
		v.text.WriteString(string(p))
	}
	return draw.Safe(v.text.String()[start:])
}
