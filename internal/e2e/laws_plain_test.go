package e2e

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yardstick/dashboards/i18n"
)

// longest is how many words a sentence on a page may have: GOV.UK asks for 25 at most.
const longest = 25

// unplain maps words that readers do not use, or not in the sense that a draft gave them, to what to write instead.
var unplain = map[string]string{
	"held":              "we have",
	"ground":            "area",
	"grounds":           "areas",
	"stand":             "is, are",
	"stands":            "is",
	"stood":             "was",
	"standing":          "comparison with the others",
	"standings":         "comparisons with the others",
	"notice":            "press notice",
	"notices":           "press notices",
	"mind":              "caution",
	"minded":            "noted",
	"borne in mind":     "noted",
	"basis":             "method, series",
	"set against":       "compare with",
	"set beside":        "compare with",
	"told apart":        "clearly different",
	"be told":           "be said",
	"by chance":         "chance, at random",
	"take away":         "download, remove",
	"takes away":        "downloads, removes",
	"taken away":        "downloaded, removed",
	"take it away":      "download",
	"came in":           "was added",
	"came out of it":    "resulted",
	"go by":             "are called",
	"goes by":           "is called",
	"as of":             "on, at",
	"asked for again":   "requested again",
	"nought":            "zero",
	"whichever that is": "latest",
	"owned up to":       "known",
	"read it as":        "name the date",
}

// allowed lists the phrases that may have such a word: names of documents.
var allowed = []string{
	"press notice", "press notices", // what the inspectorate published beside a report
}

var (
	codeBlock = regexp.MustCompile("(?s)```.*?```|(?m:^    [^\n]*$)")
	codeSpan  = regexp.MustCompile("`[^`]*`")
	address   = regexp.MustCompile(`\]\([^)]*\)|https?://\S+`)
	action    = regexp.MustCompile(`\{\{[^}]*\}\}`)
	sentence  = regexp.MustCompile(`[.?!][)”"]*(\s+|$)`)
	letters   = regexp.MustCompile(`[\pL’'-]+|·`)
)

// dialect returns the words of a text that readers do not use, each with what to write instead.
func dialect(text string) []string {
	for _, skipped := range []*regexp.Regexp{codeBlock, codeSpan, address, action} {
		text = skipped.ReplaceAllString(text, " · ")
	}
	said := " " + strings.Join(letters.FindAllString(strings.ToLower(text), -1), " ") + " "
	for _, phrase := range allowed {
		said = strings.ReplaceAll(said, " "+phrase+" ", " · ")
	}
	var faults []string
	for _, word := range slices.Sorted(maps.Keys(unplain)) {
		if strings.Contains(said, " "+word+" ") {
			faults = append(faults, "“"+word+"”: write “"+unplain[word]+"”")
		}
	}
	return faults
}

// longSentences returns the sentences of a message that have too many words. A variable counts as one word.
func longSentences(text string) []string {
	var long []string
	for _, one := range sentence.Split(action.ReplaceAllString(text, "x"), -1) {
		if len(strings.Fields(one)) > longest {
			long = append(long, one)
		}
	}
	return long
}

// The words on pages are those of their readers, and sentences are short, in both languages.
func TestLawPagesArePlain(t *testing.T) {
	for _, tag := range i18n.Languages() {
		all := catalogue(t, tag)
		for _, key := range slices.Sorted(maps.Keys(all)) {
			m := all[key]
			for _, form := range slices.Sorted(maps.Keys(m.forms)) {
				if tag == "en" {
					for _, fault := range dialect(m.forms[form]) {
						t.Errorf("%s/%s: %s: %s", tag, m.file, key, fault)
					}
				}
				for _, long := range longSentences(m.forms[form]) {
					t.Errorf("%s/%s: %s: a sentence of more than %d words: %s", tag, m.file, key, longest, long)
				}
			}
		}
	}
}

// tag matches a tag of HTML, whose attributes are no words of a page.
var tag = regexp.MustCompile(`<[^>]*>`)

// The words of documents and templates are those of their readers.
func TestLawDocumentsArePlain(t *testing.T) {
	read := 0
	err := walk(func(name string, content []byte) error {
		text := string(content)
		switch folder := path.Dir(name); {
		case path.Ext(name) == ".md" && (folder == "." || folder == "docs" || folder == "docs/decisions"):
		case path.Ext(name) == ".gohtml":
			text = tag.ReplaceAllString(action.ReplaceAllString(text, " "), " ")
		default:
			return nil
		}
		read++
		for n, line := range strings.Split(codeBlock.ReplaceAllStringFunc(text, blank), "\n") {
			for _, fault := range dialect(line) {
				t.Errorf("%s:%d: %s", name, n+1, fault)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 60 {
		t.Errorf("%d documents and templates were read", read)
	}
}

// blank keeps the lines of a text and nothing on them.
func blank(text string) string { return strings.Repeat("\n", strings.Count(text, "\n")) }

func TestDialectIsFound(t *testing.T) {
	for text, want := range map[string]int{
		"We have 3 results.":                         0,
		"3 results are held.":                        1,
		"Held, as it stands, by chance":              3,
		"A household’s standard background":          0,
		"What the press notice printed":              0,
		"What the Notice printed":                    1,
		"Set `basis` to old":                         0,
		"{{.Standing}} of {{.Count}}":                0,
		"See [the file](held/notice.md) for details": 0,
		"What must be borne in mind":                 2,
		"```\nas of\n``` today":                      0,
		"one row answers every as-of":                0,
		"as `sources` of each":                       0,
		"    target --as of\nheld":                   1,
	} {
		if got := dialect(text); len(got) != want {
			t.Errorf("%q has the faults %q, want %d", text, got, want)
		}
	}
}

func TestLongSentencesAreFound(t *testing.T) {
	word := strings.Repeat("word ", longest)
	for text, want := range map[string]int{
		"":                          0,
		word + ".":                  0,
		word + "word.":              1,
		word + ". " + word:          0,
		word + "{{.Count}}":         1,
		"“" + word + "x.” Then":     1,
		word + "x. " + word + "1.5": 2,
	} {
		if got := longSentences(text); len(got) != want {
			t.Errorf("%q has the long sentences %q, want %d", text, got, want)
		}
	}
}
