package site

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"yardstick/analytics"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/sitetest"
)

// No two pages of a language share a title or a description of themselves: every page that has an address without a
// query, every area and every inspection.
func TestTitlesAreUnique(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds every page")
	}
	snapshot := sitetest.Shipped(t)
	var paths []string
	for _, route := range routes() {
		prefix, byID := strings.CutSuffix(route.Path, ":id")
		switch {
		case !byID:
			paths = append(paths, route.Path)
		case route.Name == "area":
			for _, a := range snapshot.Areas() {
				paths = append(paths, prefix+a.ID)
			}
		default:
			for _, i := range snapshot.Inspections() {
				paths = append(paths, prefix+i.ID)
			}
		}
	}
	if len(paths) < 400 {
		t.Fatalf("%d pages", len(paths))
	}
	s, err := New(Config{Now: func() time.Time { return sitetest.Built }})
	if err != nil {
		t.Fatal(err)
	}
	source := Source{Snapshot: snapshot, Latest: snapshot.Release(), Files: sizeless{snapshot}}
	for _, tag := range i18n.Languages() {
		titles := make(map[string]string)
		for _, path := range paths {
			route, id, _ := s.At(path)
			r, err := NewRequest(tag, route, id, nil)
			if err != nil {
				t.Fatal(err)
			}
			page, err := s.content(&r, source)
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			base := page.Common()
			if other, taken := titles[base.Title]; taken || base.Title == "" || base.Description == "" {
				t.Errorf("%s: %s and %s share the title %q, described as %q", tag, path, other, base.Title, base.Description)
			}
			titles[base.Title] = path
		}
	}
}

// sizeless are the files of a release, of which nobody asks the size.
type sizeless struct{ *analytics.Snapshot }

func (f sizeless) Tables() []export.Table   { return datapackage.Tables(f.Snapshot) }
func (f sizeless) Size(string) (int, error) { return 1, nil }

// The page about the data explains every column that the data package describes, in its words.
func TestColumnsAreThoseOfThePackage(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	snapshot := sitetest.Shipped(t)
	tables := datapackage.Tables(snapshot)
	var descriptor []byte
	for f, err := range datapackage.Files(snapshot.Release(), tables) {
		if err != nil {
			t.Fatal(err)
		}
		if f.Path == datapackage.DescriptorName {
			descriptor = f.Content
		}
	}
	var described struct {
		Resources []struct {
			Name   string
			Schema struct {
				Fields []struct{ Name, Description string }
			}
		}
	}
	if err := json.Unmarshal(descriptor, &described); err != nil {
		t.Fatal(err)
	}
	want := make(map[string]string) // description by table and column
	for _, r := range described.Resources {
		for _, f := range r.Schema.Fields {
			want[strings.TrimSuffix(r.Name, "-csv")+" "+f.Name] = f.Description
		}
	}
	for _, tag := range i18n.Languages() {
		rows := built(t, tag, "/data").(*dataView).Columns.Rows
		got := make(map[string]bool)
		for _, row := range rows {
			name, meaning := row.Cells[1].Text+" "+row.Cells[0].Text, row.Cells[3]
			if want[name] == "" || !strings.HasPrefix(meaning.Text, want[name]) {
				t.Errorf("%s: %s is %q, and the package says %q", tag, name, meaning.Text, want[name])
			}
			if (meaning.Lang == "en") != (tag != "en") {
				t.Errorf("%s: %s is said to be in %q", tag, name, meaning.Lang)
			}
			got[name] = true
		}
		if len(got) != len(rows) || len(got) < 150 {
			t.Errorf("%s: %d columns in %d rows", tag, len(got), len(rows))
		}
	}
}

// Every word of every scale that results are on, and every comment, is explained with the programme it is of.
func TestRatingsExplainEveryWord(t *testing.T) {
	snapshot := sitetest.Shipped(t)
	page := viewAt[ratingsView](t, "/ratings")
	said := make(map[string][]string) // words by programme
	for _, p := range page.Programmes {
		for _, table := range p.Tables {
			for _, row := range table.Rows {
				said[p.ID] = append(said[p.ID], row.Cells[0].Text)
			}
		}
	}
	s, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	w := s.Words("en", snapshot)
	for _, i := range snapshot.Inspections() {
		for _, r := range i.Results {
			var words []string
			if r.Rating != "" {
				words = append(words, w.Level(r.Scale, r.Rating))
			}
			if r.Comment != "" {
				words = append(words, w.Say("comment."+r.Comment))
			}
			for _, word := range words {
				if !slices.Contains(said[i.Programme], word) {
					t.Fatalf("%s has %q, which the page does not explain among %q", i.ID, word, said[i.Programme])
				}
			}
		}
	}
	if got := len(page.Programmes); got != len(snapshot.Programmes()) {
		t.Errorf("%d programmes", got)
	}
}

// Terms are in the order of their language: in Welsh, capitals and digraphs do not scatter them.
func TestGlossaryIsInOrder(t *testing.T) {
	for tag, first := range map[string]string{"en": "Area", "cy": "Achos"} {
		terms := built(t, tag, "/glossary").(*glossaryView).Terms
		if len(terms) != len(glossary) || terms[0].Term != first {
			t.Errorf("%s: %d terms, the first being %q", tag, len(terms), terms[0].Term)
		}
	}
}

func TestParseContact(t *testing.T) {
	for text, want := range map[string]Contact{
		"":                              {},
		"help@yardstick.example":        {"mailto:help@yardstick.example", "help@yardstick.example"},
		"mailto:help@yardstick.example": {"mailto:help@yardstick.example", "help@yardstick.example"},
		"yardstick.example/contact":     {"https://yardstick.example/contact", "https://yardstick.example/contact"},
		"http://yardstick.example":      {"http://yardstick.example", "http://yardstick.example"},
	} {
		got, err := ParseContact(text)
		if err != nil || got != want {
			t.Errorf("%q is %+v, %v, want %+v", text, got, err, want)
		}
	}
	page := Contact{Href: "https://yardstick.example/contact"}
	if got := page.About("x", "y"); got != page.Href {
		t.Errorf("a message to a page goes to %q", got)
	}
}
