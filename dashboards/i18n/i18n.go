// Package i18n holds the words of Yardstick in English and Welsh: one catalogue a language, in files by subject, with
// the same keys. Plural forms are CLDR's, by go-i18n. Numbers and lists follow the language. The package knows nothing
// of the domain: words for its ids are under keys such as "measure.cci.safeguarding".
package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

//go:embed en/*.toml cy/*.toml
var catalogues embed.FS

// Languages are the tags of the languages spoken, the first being the one used where a reader asks for none.
func Languages() []string { return []string{"en", "cy"} }

// Language speaks one language. It is immutable and safe for concurrent use.
type Language struct {
	tag       string
	plain     map[string]string    // messages without variables or plural forms
	composed  map[string]bool      // every other message
	filled    map[string][]segment // those of them that need only their variables filled in
	localizer *goi18n.Localizer
	printer   *message.Printer
}

// Load reads the catalogue of one language. An unknown language or a broken file is an error.
func Load(tag string) (*Language, error) {
	if !slices.Contains(Languages(), tag) {
		return nil, fmt.Errorf("no language %q", tag)
	}
	parsed, err := language.Parse(tag)
	if err != nil {
		return nil, fmt.Errorf("load language %q: %w", tag, err)
	}
	bundle := goi18n.NewBundle(parsed)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	l := &Language{
		tag:      tag,
		plain:    make(map[string]string),
		composed: make(map[string]bool),
		filled:   make(map[string][]segment),
		printer:  message.NewPrinter(parsed),
	}
	names, err := fs.Glob(catalogues, tag+"/*.toml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := l.load(bundle, name); err != nil {
			return nil, fmt.Errorf("load language %q: %w", tag, err)
		}
	}
	l.localizer = goi18n.NewLocalizer(bundle, tag)
	return l, nil
}

func (l *Language) load(bundle *goi18n.Bundle, name string) error {
	text, err := catalogues.ReadFile(name)
	if err != nil {
		return err
	}
	file, err := bundle.ParseMessageFileBytes(text, l.tag+".toml")
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, m := range file.Messages {
		if _, twice := l.plain[m.ID]; twice || l.composed[m.ID] {
			return fmt.Errorf("%s: %s is defined twice", name, m.ID)
		}
		forms := m.Zero + m.One + m.Two + m.Few + m.Many
		segments, fillable := segmentsOf(m.Other)
		switch {
		case forms == "" && !strings.Contains(m.Other, "{{"):
			l.plain[m.ID] = m.Other
		case forms == "" && fillable:
			l.filled[m.ID] = segments
			l.composed[m.ID] = true
		default:
			l.composed[m.ID] = true
		}
	}
	return nil
}

// Tag is the language's tag, "en" or "cy", as in addresses and the lang attribute.
func (l *Language) Tag() string { return l.tag }

// Keys are the keys of every message, sorted.
func (l *Language) Keys() []string {
	keys := make([]string, 0, len(l.plain)+len(l.composed))
	for key := range l.plain {
		keys = append(keys, key)
	}
	for key := range l.composed {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Has says whether there is a message under key.
func (l *Language) Has(key string) bool {
	_, ok := l.plain[key]
	return ok || l.composed[key]
}

// T is the message under key. Variables come as pairs of a name and a value; the integer called Count chooses the
// plural form. A key without a message, or a variable without a value, is an error: nothing is shown half said.
func (l *Language) T(key string, variables ...any) (string, error) {
	if text, ok := l.plain[key]; ok && len(variables) == 0 {
		return text, nil
	}
	if len(variables)%2 != 0 {
		return "", fmt.Errorf("message %s: a variable has no value", key)
	}
	for i := 0; i < len(variables); i += 2 {
		if _, ok := variables[i].(string); !ok {
			return "", fmt.Errorf("message %s: %v is no name of a variable", key, variables[i])
		}
	}
	text, err := l.compose(key, variables)
	if err != nil {
		return "", fmt.Errorf("message %s in %s: %w", key, l.tag, err)
	}
	return text, nil
}

// compose makes a message of its variables, which are pairs of a name and a value.
func (l *Language) compose(key string, variables []any) (string, error) {
	if segments, ok := l.filled[key]; ok {
		return fill(segments, variables)
	}
	config := goi18n.LocalizeConfig{MessageID: key, TemplateParser: &template.TextParser{Option: "missingkey=error"}}
	data := make(map[string]any, len(variables)/2)
	for i := 0; i < len(variables); i += 2 {
		data[variables[i].(string)] = variables[i+1]
	}
	if count, ok := data["Count"]; ok {
		config.PluralCount = count
	}
	config.TemplateData = data
	return l.localizer.Localize(&config)
}

// Number is x with at most this many decimals, halves rounded away from zero, grouped as the language groups them.
func (l *Language) Number(x float64, decimals int) string {
	x = math.Round(x*math.Pow10(decimals))/math.Pow10(decimals) + 0 // which makes a plain zero of one with a minus
	return l.printer.Sprint(number.Decimal(x, number.MaxFractionDigits(decimals)))
}

// List joins items as a sentence does: "a, b and c"; the catalogue may say "and" otherwise before a vowel, and with the
// aspirate mutation that it causes in Welsh. foreign says which items are names that are not Welsh, and so keep their
// first letter; nil for none.
func (l *Language) List(items []string, foreign func(item string) bool) (string, error) {
	switch len(items) {
	case 0:
		return "", nil
	case 1:
		return items[0], nil
	}
	last := items[len(items)-1]
	first := strings.Join(items[:len(items)-1], ", ")
	vowel := startsWithVowel(last)
	if l.Tag() == "cy" && (foreign == nil || !foreign(last)) {
		last = aspirated(last)
	}
	return l.T("list.and", "First", first, "Last", last, "Vowel", vowel)
}

// aspirated is a Welsh word after "a" (and), "â" (with) or "na" (than): c, p and t become ch, ph and th, unless they
// are part of one of those letters already.
func aspirated(word string) string {
	letters := []rune(word)
	if len(letters) < 2 || !strings.ContainsRune("cptCPT", letters[0]) || letters[1] == 'h' || letters[1] == 'H' {
		return word
	}
	return string(letters[0]) + "h" + string(letters[1:])
}

// startsWithVowel says whether a word begins with a vowel as Welsh hears it: y is one before a consonant ("Ynys"), not
// before a vowel ("York"); w at the beginning of a name is none.
func startsWithVowel(word string) bool {
	const vowels = "aeiouâêîôû"
	letters := []rune(strings.ToLower(word))
	switch {
	case len(letters) == 0:
		return false
	case letters[0] == 'y' || letters[0] == 'ŷ':
		return len(letters) > 1 && !strings.ContainsRune(vowels, letters[1])
	}
	return strings.ContainsRune(vowels, letters[0])
}
