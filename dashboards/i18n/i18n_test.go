package i18n

import (
	"slices"
	"strings"
	"testing"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"pgregory.net/rapid"
)

func load(t testing.TB, tag string) *Language {
	t.Helper()
	l, err := Load(tag)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// speaking is a language whose catalogue is the messages given.
func speaking(t *testing.T, tag string, messages ...*goi18n.Message) *Language {
	t.Helper()
	parsed := language.MustParse(tag)
	bundle := goi18n.NewBundle(parsed)
	if err := bundle.AddMessages(parsed, messages...); err != nil {
		t.Fatal(err)
	}
	return &Language{
		tag:       tag,
		plain:     map[string]string{},
		composed:  map[string]bool{},
		localizer: goi18n.NewLocalizer(bundle, tag),
		printer:   message.NewPrinter(parsed),
	}
}

func TestLanguages(t *testing.T) {
	if got := Languages(); !slices.Equal(got, []string{"en", "cy"}) {
		t.Errorf("languages %q", got)
	}
	for _, tag := range []string{"", "fr", "EN", "en-GB", "../en", "cy\x00"} {
		if _, err := Load(tag); err == nil {
			t.Errorf("%q was loaded", tag)
		}
	}
	for _, tag := range Languages() {
		l := load(t, tag)
		if l.Tag() != tag || !slices.IsSorted(l.Keys()) || len(l.Keys()) < 300 {
			t.Errorf("%s: tag %q with %d keys", tag, l.Tag(), len(l.Keys()))
		}
		for _, key := range l.Keys() {
			if !l.Has(key) {
				t.Errorf("%s: has no %s", tag, key)
			}
		}
		if l.Has("nothing.of.the.kind") || l.Has("") {
			t.Errorf("%s: has a key that it has not", tag)
		}
	}
}

// English has two plural forms and Welsh six, by number.
func TestPlurals(t *testing.T) {
	forms := &goi18n.Message{
		ID:    "x",
		Zero:  "{{.Count}} zero",
		One:   "{{.Count}} one",
		Two:   "{{.Count}} two",
		Few:   "{{.Count}} few",
		Many:  "{{.Count}} many",
		Other: "{{.Count}} other",
	}
	for tag, want := range map[string]map[int]string{
		"en": {0: "other", 1: "one", 2: "other", 3: "other", 6: "other", 11: "other", 21: "other", 101: "other"},
		"cy": {0: "zero", 1: "one", 2: "two", 3: "few", 4: "other", 5: "other", 6: "many", 7: "other", 11: "other",
			12: "other", 13: "other", 16: "other", 103: "other"},
	} {
		l := speaking(t, tag, forms)
		for count, form := range want {
			text, err := l.T("x", "Count", count)
			if got, _ := strings.CutPrefix(text, l.Number(float64(count), 0)+" "); err != nil || got != form {
				t.Errorf("%s: %d is said %q, %v; want the form %s", tag, count, text, err, form)
			}
		}
		if text, err := l.T("x", "Count", "1.5"); err != nil || text != "1.5 other" {
			t.Errorf("%s: 1.5 is said %q, %v", tag, text, err)
		}
		if text, err := l.T("x", "Count", -1); err != nil || text != "-1 one" {
			t.Errorf("%s: -1 is said %q, %v", tag, text, err)
		}
		if text, err := l.T("x", "Count", "many"); err == nil {
			t.Errorf("%s: a count of no number is said %q", tag, text)
		}
	}
}

// The words of the catalogues themselves: Welsh changes the first letter after a number.
func TestPluralsOfTheCatalogues(t *testing.T) {
	for tag, want := range map[string]map[int]string{
		"en": {0: "0 points", 1: "1 point", 2: "2 points", 3: "3 points", 6: "6 points", 11: "11 points"},
		"cy": {0: "0 pwynt", 1: "1 pwynt", 2: "2 bwynt", 3: "3 phwynt", 6: "6 phwynt", 11: "11 pwynt"},
	} {
		l := load(t, tag)
		for count, points := range want {
			if got, err := l.T("number.points", "Number", l.Number(float64(count), 0), "Count", count); err != nil ||
				got != points {
				t.Errorf("%s: %q, %v; want %q", tag, got, err, points)
			}
		}
	}
}

// Nothing is shown half said: what is not there, or not given, is an error that names the key.
func TestNothingIsHalfSaid(t *testing.T) {
	for _, tag := range Languages() {
		l := load(t, tag)
		for _, c := range []struct {
			name, key string
			variables []any
		}{
			{"no such key", "nothing.of.the.kind", nil},
			{"no such key, with variables", "nothing.of.the.kind", []any{"A", 1}},
			{"no key", "", nil},
			{"a section for a key", "number", nil},
			{"variable missing", "number.interval", []any{"Lower", 1}},
			{"every variable missing", "number.interval", nil},
			{"count missing", "number.areas", nil},
			{"odd variables", "number.interval", []any{"Lower", 1, "Upper"}},
			{"odd variables of a plain message", "nav.areas", []any{"Lower"}},
			{"a name that is no name", "number.interval", []any{1, "Lower", "Upper", 2}},
			{"a name of other case", "number.interval", []any{"lower", 1, "upper", 2}},
		} {
			text, err := l.T(c.key, c.variables...)
			if err == nil || text != "" || !strings.Contains(err.Error(), c.key) {
				t.Errorf("%s: %s: said %q, error %v", tag, c.name, text, err)
			}
		}
		if text, err := l.T("nav.areas", "Unused", 1); err != nil || text == "" {
			t.Errorf("%s: a variable too many: %q, %v", tag, text, err)
		}
	}
}

// A reader's own words are placed as they are, whatever they look like.
func TestValuesArePlacedAsTheyAre(t *testing.T) {
	for _, tag := range Languages() {
		l := load(t, tag)
		for _, value := range []string{"<no value>", "{{.Last}}", "{{", "%d", "$1", "\\", "</script>", "é", "\x00", ""} {
			for range 2 { // a template parsed once is kept
				text, err := l.T("list.and", "First", value, "Last", "z", "Vowel", false)
				if err != nil || !strings.HasPrefix(text, value+" ") || !strings.HasSuffix(text, " z") {
					t.Errorf("%s: %q is placed as %q, %v", tag, value, text, err)
				}
			}
		}
	}
}

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		x        float64
		decimals int
		want     string
	}{
		{0, 0, "0"}, {0, 1, "0"}, {69, 1, "69"}, {60.0, 1, "60"}, {61.52, 1, "61.5"}, {61.52, 0, "62"}, {68.625, 1, "68.6"},
		{99.96, 1, "100"},
		{38.25, 1, "38.3"}, {58.75, 1, "58.8"}, {0.5, 0, "1"}, {1.5, 0, "2"}, {2.5, 0, "3"}, {1234.5, 1, "1,234.5"},
		{1234567, 0, "1,234,567"},
		{-3.2, 1, "-3.2"}, {-2.5, 0, "-3"}, {-0.04, 1, "0"}, {-0.4, 0, "0"}, {100.0 / 3, 1, "33.3"},
	} {
		for _, tag := range Languages() {
			if got := load(t, tag).Number(c.x, c.decimals); got != c.want {
				t.Errorf("%s: %v to %d decimals is %q, want %q", tag, c.x, c.decimals, got, c.want)
			}
		}
	}
}

func TestList(t *testing.T) {
	for _, c := range []struct {
		tag   string
		items []string
		want  string
	}{
		{"en", nil, ""}, {"en", []string{"Leeds"}, "Leeds"}, {"en", []string{"Leeds", "York"}, "Leeds and York"},
		{"en", []string{"Leeds", "York", "Hull"}, "Leeds, York and Hull"},
		{"en", []string{"a", "b", "c", "d"}, "a, b, c and d"},
		{"en", []string{"a", ""}, "a and "}, {"en", []string{"{{.Last}}", "b"}, "{{.Last}} and b"},
		{"cy", nil, ""}, {"cy", []string{"Casnewydd"}, "Casnewydd"},
		{"cy", []string{"Casnewydd", "Powys"}, "Casnewydd a Phowys"},
		{"cy", []string{"Casnewydd", "Abertawe"}, "Casnewydd ac Abertawe"},
		{"cy", []string{"Gwynedd", "Ynys Môn"}, "Gwynedd ac Ynys Môn"}, {"cy", []string{"Leeds", "York"}, "Leeds a York"},
		{"cy", []string{"Leeds", "Wrecsam"}, "Leeds a Wrecsam"}, {"cy", []string{"Leeds", "Ôl"}, "Leeds ac Ôl"},
		{"cy", []string{"Abertawe 2022", "Caerdydd 2022"}, "Abertawe 2022 a Chaerdydd 2022"},
		{"cy", []string{"Gwent", "Torfaen"}, "Gwent a Thorfaen"}, {"cy", []string{"Leeds", "Croydon"}, "Leeds a Croydon"},
		{"cy", []string{"Da", "Chwilog"}, "Da a Chwilog"},
		{"cy", []string{"a", "b", "Islington"}, "a, b ac Islington"},
	} {
		if got, err := load(t, c.tag).List(c.items, func(item string) bool { return item == "Croydon" }); err != nil ||
			got != c.want {
			t.Errorf("%s: %q is joined as %q, %v; want %q", c.tag, c.items, got, err, c.want)
		}
	}
}

// Any list of any words can be joined, and holds each of them.
func TestListOfAnything(t *testing.T) {
	languages := []*Language{load(t, "en"), load(t, "cy")}
	rapid.Check(t, func(r *rapid.T) {
		items := rapid.SliceOf(rapid.String()).Draw(r, "items")
		for _, l := range languages {
			text, err := l.List(items, func(string) bool { return true })
			if err != nil {
				r.Fatal(err)
			}
			for _, item := range items {
				if !strings.Contains(text, item) {
					r.Fatalf("%s: %q is not in %q", l.Tag(), item, text)
				}
			}
		}
	})
}

// A language is used by many requests at once.
func TestConcurrentUse(t *testing.T) {
	l := load(t, "cy")
	done := make(chan error)
	for n := range 8 {
		go func() {
			var failed error
			for count := range 50 {
				if _, err := l.T("number.n_of_areas", "N", n, "Count", count); err != nil {
					failed = err
				}
				l.Number(float64(count)+0.5, 1)
			}
			done <- failed
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
