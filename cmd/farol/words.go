package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"farol/tui"
)

//go:embed locale
var localeFiles embed.FS

// words are what the commands say to people, in one language. Ids, JSON, CSV
// and errors are the same in all: scripts match them.
type words struct{ loc *i18n.Localizer }

// checkLanguage refuses a language that farol does not speak.
func checkLanguage(name string) error {
	if name == "" || slices.Contains(tui.Languages(), name) {
		return nil
	}
	return fault(exitUsage, fmt.Errorf("unknown language %q", name), "use "+strings.Join(tui.Languages(), ", "))
}

// speak loads the words of a language of [tui.Languages].
func speak(lang string) (*words, error) {
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("read words of %q: %w", lang, err)
	}
	bundle := i18n.NewBundle(tag)
	names, err := fs.Glob(localeFiles, path.Join("locale", lang, "*.toml"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("read words of %q: there are none", lang)
	}
	for _, name := range names {
		text, err := localeFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read words %s: %w", name, err)
		}
		if _, err := bundle.ParseMessageBytes(tag, text, toml.Unmarshal); err != nil {
			return nil, fmt.Errorf("read words %s: %w", name, err)
		}
	}
	return &words{i18n.NewLocalizer(bundle, lang)}, nil
}

// say is a phrase with its blanks filled: pairs are name, value, name, value …
// A phrase that the language lacks shows its key; a test keeps that from happening.
func (w *words) say(key string, pairs ...any) string {
	return w.fill(&i18n.LocalizeConfig{MessageID: key}, pairs)
}

// plural is say with the form for n, which fills the blank N too. None of the
// three languages is written with the singular for zero, though the tables of
// plurals give Portuguese one.
func (w *words) plural(key string, n int, pairs ...any) string {
	form := 2
	if n == 1 {
		form = 1
	}
	return w.fill(&i18n.LocalizeConfig{MessageID: key, PluralCount: form}, append(pairs, "N", n))
}

func (w *words) fill(c *i18n.LocalizeConfig, pairs []any) string {
	data := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		data[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	c.TemplateData = data
	text, err := w.loc.Localize(c)
	if err != nil {
		return c.MessageID
	}
	return text
}

// languageOf is the flag's, else the configuration's, else the environment's
// when farol speaks it, else Brazil's.
func (g *globals) languageOf(configured string) string {
	switch {
	case g.lang != "":
		return g.lang
	case configured != "":
		return configured
	default:
		return languageOfEnv(os.Getenv)
	}
}

// languageOfEnv reads the variables that say which language messages are in, in
// the order of their weight.
func languageOfEnv(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := env(name)
		if value == "" {
			continue
		}
		place, _, _ := strings.Cut(value, ".")
		switch {
		case place == "pt_PT":
			return "pt-PT"
		case strings.HasPrefix(place, "en_") || place == "en":
			return "en"
		}
		break
	}
	return "pt-BR"
}

// words are those of the operation's language.
func (g *globals) words(o *operation) (*words, error) {
	return speak(g.languageOf(o.metrics.Site.Language))
}
