package browsertest

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"yardstick/dashboards/export"
)

// TestNoEnglishIsLeft fails where words of a Welsh page are those of the English one. Proper names, titles of sources
// and notes of the record are the same in both, and are taken from the record.
func TestNoEnglishIsLeft(t *testing.T) {
	const longest = 12 // letters and all that may be alike by chance: "Methodology" would not be, "2016" is
	same := sameInBoth()
	for _, p := range sitePages {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			v := visit{p, "cy", widths[0]}
			english := make(map[string]bool)
			for _, x := range observed(t, v.in("en")).Texts {
				english[x.Text] = true
			}
			reported := make(map[string]bool)
			for _, x := range observed(t, v).Texts {
				if utf8.RuneCountInString(x.Text) <= longest || !english[x.Text] || reported[x.Text] ||
					p.kind() == "api" && forPrograms(x) || strings.HasPrefix(x.Text, "/") || // an address

					!hasLetters(same.Replace(x.Text)) {
					continue
				}
				reported[x.Text] = true
				t.Errorf("%s says in English: %q, in %s", v.address(), x.Text, x.Where)
			}
		})
	}
}

// shownAddress is how much of an address pages show.
const shownAddress = 60

// sameInBoth takes out of a text what is the same in every language.
func sameInBoth() *strings.Replacer {
	names := []string{"Yardstick", "kB", "MB", "n=", "English", "Cymraeg", snapshot.Release().ID}
	for _, f := range export.Formats() {
		names = append(names, f.Label)
	}
	for _, a := range snapshot.Areas() {
		names = append(names, a.Name.EN, a.Name.CY, a.PoliceForce)
		names = append(names, a.Aliases...)
		for _, c := range a.Constituents {
			names = append(names, c.Name)
		}
	}
	for _, p := range snapshot.Places() {
		names = append(names, p.Name.CY)
	}
	for _, s := range snapshot.Sources() {
		bare := strings.TrimPrefix(strings.TrimPrefix(s.URL, "https://"), "http://")
		site, _, _ := strings.Cut(bare, "/")
		names = append(names, s.ID, s.Licence, s.Title, s.Detail, s.URL, s.OriginalURL, bare,
			strings.TrimPrefix(bare, "www."), strings.TrimPrefix(site, "www."))
		if short := strings.TrimPrefix(bare, "www."); len(short) > shownAddress {
			names = append(names, short[:shownAddress]+"…")
		}
	}
	for _, i := range snapshot.Inspections() {
		for _, r := range i.Results {
			names = append(names, r.Note)
		}
	}
	for _, f := range snapshot.Findings() { // places in a report are named as the report names them
		names = append(names, f.Section, f.Page)
	}
	for _, p := range snapshot.Publications() { // reasons are in the words of whoever decided
		names = append(names, p.Why)
		for _, r := range snapshot.Revisions(p.Position) {
			names = append(names, r.Before, r.After, r.Why)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) }) // a replacer takes the first that fits
	var pairs []string
	for _, name := range names {
		if name = strings.Join(strings.Fields(name), " "); name != "" {
			pairs = append(pairs, name, "")
		}
	}
	return strings.NewReplacer(pairs...)
}

// code is names that programs know, such as east-midlands or rank_interval, one or several with commas between.
var code = regexp.MustCompile(`^[a-z0-9_-]+(, [a-z0-9_-]+)*$`)

// forPrograms says whether a text of the interface's page is typed rather than read: a request, its address, a name.
func forPrograms(x text) bool {
	typed := strings.HasPrefix(x.Text, "curl ") || strings.HasPrefix(strings.TrimPrefix(x.Text, "GET "), "/api/v1/")
	return typed || strings.HasPrefix(x.Where, "code") || code.MatchString(x.Text)
}

func hasLetters(text string) bool { return strings.IndexFunc(text, unicode.IsLetter) >= 0 }

// TestLanguageLinks follows the link of each page to the other language, there and back.
func TestLanguageLinks(t *testing.T) {
	isPage := func(v visit) bool {
		return v.wantStatus() == http.StatusOK &&
			!v.framed
	} // an address without one has none elsewhere
	each(t, isPage, func(t *testing.T, v visit) {
		other := v.in(map[string]string{"en": "cy", "cy": "en"}[v.language])
		switches := observed(t, v).Switches
		if len(switches) != 1 {
			t.Fatalf("%s has %d links to the other language, want 1", v.address(), len(switches))
		}
		link := switches[0]
		if !sameAddress(t, link.Href, other.address()) {
			t.Errorf("%s: the link to the other language leads to %s, want %s", v.address(), link.Href, other.address())
		}
		if link.Lang != other.language || link.HrefLang != other.language {
			t.Errorf("%s: the link to the other language says it is in %q and leads to %q, want %q", v.address(),
				link.Lang, link.HrefLang, other.language)
		}
	})
}

// sameAddress compares addresses but for the order of differently named parameters and how they are escaped.
func sameAddress(t *testing.T, a, b string) bool {
	t.Helper()
	x, err := url.Parse(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := url.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return x.Host == y.Host && x.Path == y.Path && x.Query().Encode() == y.Query().Encode()
}
