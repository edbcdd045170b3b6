package analytics_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"yardstick/analytics"
	"yardstick/data/release/releasetest"
)

func ids(areas []analytics.Area) []string {
	out := make([]string, len(areas))
	for n, a := range areas {
		out[n] = a.ID
	}
	return out
}

// findAreas are the areas that answer to a query by a name of theirs; all of them for an empty one.
func findAreas(s *analytics.Snapshot, query string) []analytics.Area {
	if strings.TrimSpace(query) == "" {
		return s.Areas()
	}
	var out []analytics.Area
	for _, m := range s.Matches(query) {
		out = append(out, m.Area)
	}
	return out
}

// What readers type, and the area they mean, which must come first.
func TestFindAreasFirst(t *testing.T) {
	s := shipped(t)
	for _, c := range []struct{ query, want string }{
		{"Rutland", "leicestershire-and-rutland"}, // a constituent authority
		{"Leicestershire & Rutland", "leicestershire-and-rutland"},
		{"leicestershire and rutland", "leicestershire-and-rutland"},
		{"LEICESTERSHIRE", "leicestershire-and-rutland"}, // an alias
		{"leicestershire-and-rutland", "leicestershire-and-rutland"},
		{"Leicester", "leicester-city"}, // an alias, before names that begin with it
		{"  leicester   city ", "leicester-city"},
		{"Leicster", "leicester-city"}, // a letter left out
		{"Liecester", "leicester-city"},
		{"Caerdydd", "cardiff"},
		{"Cardif", "cardiff"},
		{"Gwynedd ac Ynys Môn", "gwynedd-and-ynys-mon"},
		{"ynys mon", "gwynedd-and-ynys-mon"}, // the beginning of a later word, without its circumflex
		{"YNYS MÔN", "gwynedd-and-ynys-mon"},
		{"Abertawe", "swansea"}, // not Western Bay, which is former
		{"Swansea", "swansea"},
		{"St. Helens", "st-helens"},
		{"Blackburn-with-Darwen", "blackburn-with-darwen"},
	} {
		t.Run(c.query, func(t *testing.T) {
			got := ids(findAreas(s, c.query))
			if len(got) == 0 || got[0] != c.want {
				t.Errorf("found %v, want %s first", got, c.want)
			}
		})
	}
}

// The order of what is found, on few enough areas to list it whole.
func TestFindAreasOrder(t *testing.T) {
	s := small(t)
	all := ids(s.Areas())
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"", all},
		{" \t", all},
		{"-", nil}, // nothing to look for is not the same as asking for everything
		{"...", nil},
		// a whole name before a beginning, before a later word; former after current of the same standing
		{"carrow", []string{"carrow-and-dunmere", "carrow"}}, // both by a whole name, the first as a constituent
		{"dunmere", []string{"carrow-and-dunmere", "dunmere"}},
		{"ivel", []string{"ivelside", "ivel"}},
		{"riv", []string{"glanafon"}},
		{"greyford", []string{"greyford", "hollin"}}, // a whole name, of a former area; then a later word
		{"grey", []string{"greyford", "hollin"}},     // the beginning of a name; then of a later word
		{"river", []string{"glanafon"}},              // by two names, listed once
		{"twr", []string{"glanafon"}},                // Tŵr
		{"TŴR", []string{"glanafon"}},                //
		{"carrow & dunmere", []string{"carrow-and-dunmere"}},
		{"mere", []string{"carrow-and-dunmere", "dunmere"}}, // any part of a name
		{"alderbrok", []string{"alderbrook"}},               // one slip
		{"alerbrok", []string{"alderbrook"}},                // two in eight letters
		{"fenick", []string{"fennick"}},
		{"zzzz", nil},
	} {
		t.Run(c.query, func(t *testing.T) {
			got := ids(findAreas(s, c.query))
			if len(got) == 0 {
				got = nil
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// A whole name wins, former or not, over the beginning of a current area's name, though that area's id comes first.
func TestFindAreasFormerByItsWholeName(t *testing.T) {
	s := snapshot(t, releasetest.Overlay(releasetest.Record(), []txtar.File{{Name: "+areas/areas.csv",
		Data: []byte("a-bridge,Greyford Bridge,,north,,,,current,synthetic-areas\n")}}))
	if diff := cmp.Diff([]string{"greyford", "a-bridge", "hollin"}, ids(findAreas(s, "Greyford"))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// However long or strange a query is, it is answered at once.
func TestFindAreasStrange(t *testing.T) {
	s := shipped(t)
	for name, query := range map[string]string{
		"10 kB of a letter":           strings.Repeat("a", 10_000),
		"10 kB of a name":             strings.Repeat("leicester ", 1_000),
		"10 kB of ampersands":         strings.Repeat("&", 10_000),
		"10 kB of spaces, then one":   strings.Repeat(" ", 10_000) + "x",
		"a circumflex across the cut": strings.Repeat("a", 63) + "ŵ",
		"bytes that are no text":      "\xff\xfe\x00",
		"markup":                      `<script>alert("leicester")</script>`,
		"SQL":                         `'; drop table area; --`,
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			found := findAreas(s, query)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			if len(found) == len(s.Areas()) && !strings.HasPrefix(query, " ") {
				t.Errorf("found every area")
			}
		})
	}
}

// Every area is found by each of its names, and first, or beside areas of the same name, by its own.
func TestEveryNameFindsItsArea(t *testing.T) {
	s := shipped(t)
	for _, a := range s.Areas() {
		names := append([]string{a.ID, a.Name.EN, a.Name.CY}, a.Aliases...)
		for _, c := range a.Constituents {
			names = append(names, c.Name)
		}
		for _, name := range names {
			if name != "" && !slices.Contains(ids(findAreas(s, name)), a.ID) {
				t.Errorf("%q does not find %s", name, a.ID)
			}
		}
		if first := findAreas(s, a.ID)[0]; a.Current && first.ID != a.ID {
			t.Errorf("%s finds %s first", a.ID, first.ID)
		}
	}
}

func TestFindAreasProperties(t *testing.T) {
	s := shipped(t)
	known := make(map[string]bool)
	var names []string
	for _, a := range s.Areas() {
		known[a.ID] = true
		names = append(names, a.Name.EN)
	}
	t.Run("areas of the record, each once", rapid.MakeCheck(func(t *rapid.T) {
		query := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z &'-]{0,20}`)).Draw(t, "query")
		seen := make(map[string]bool)
		for _, id := range ids(findAreas(s, query)) {
			if seen[id] || !known[id] {
				t.Fatalf("%q finds %s, seen %v", query, id, seen[id])
			}
			seen[id] = true
		}
	}))
	t.Run("a part of a name finds it", rapid.MakeCheck(func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "name")
		words := strings.Fields(strings.NewReplacer("(", " ", ")", " ", ",", " ").Replace(name))
		part := rapid.SampledFrom(words).Draw(t, "word")
		for _, a := range findAreas(s, part) {
			if a.Name.EN == name {
				return
			}
		}
		t.Fatalf("%q does not find %q", part, name)
	}))
	t.Run("case and spaces do not matter", rapid.MakeCheck(func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "name")
		if diff := cmp.Diff(ids(findAreas(s, name)), ids(findAreas(s, "  "+strings.ToUpper(name)+" "))); diff != "" {
			t.Fatal(diff)
		}
	}))
}

func TestNotFound(t *testing.T) {
	s := small(t)
	_, area := s.Area("alderbrok")
	_, areaByName := s.Area("Carrow")
	_, nobody := s.Area("zzzzzzzzzzzz")
	_, programme := s.Programme("yj2017")
	_, measure := s.Measure("fji", "safeguarding")
	_, measureOfNone := s.Measure("sqs", "safeguarding")
	_, year := s.Inspection("elmstow-cci-2013")
	_, slip := s.Inspection("alderbrok-cci-2010")
	_, noYear := s.Inspection("fennick-fji")
	for _, c := range []struct {
		name string
		err  error
		want analytics.NotFoundError
	}{
		{"an area, misspelt", area, analytics.NotFoundError{Kind: "area", ID: "alderbrok", Nearest: []string{"alderbrook"}}},
		{"an area, by name", areaByName, analytics.NotFoundError{Kind: "area", ID: "Carrow",
			Nearest: []string{"carrow-and-dunmere", "carrow"}}},
		{"no area at all", nobody, analytics.NotFoundError{Kind: "area", ID: "zzzzzzzzzzzz"}},
		{"a programme", programme, analytics.NotFoundError{Kind: "programme", ID: "yj2017",
			Nearest: []string{"cci", "fji", "sqs", "yj2018"}}},
		{"a measure of another programme", measure,
			analytics.NotFoundError{Kind: "measure", ID: "safeguarding", Nearest: []string{
				"protecting_children_and_young_people", "protecting_the_public", "governance_and_partnerships",
				"court_work_and_reports"}}},
		{"a measure of a programme without any", measureOfNone, analytics.NotFoundError{Kind: "measure", ID: "safeguarding"}},
		{"an inspection of another year", year, analytics.NotFoundError{Kind: "inspection", ID: "elmstow-cci-2013",
			Nearest: []string{"elmstow-fji-2016", "elmstow-cci-2012"}}},
		{"an inspection, misspelt", slip, analytics.NotFoundError{Kind: "inspection", ID: "alderbrok-cci-2010",
			Nearest: []string{"alderbrook-yj2018-2019", "alderbrook-cci-2012", "alderbrook-cci-2010"}}},
		{"an inspection without its year", noYear, analytics.NotFoundError{Kind: "inspection", ID: "fennick-fji",
			Nearest: []string{"fennick-fji-2016", "fennick-cci"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got *analytics.NotFoundError
			if !errors.As(c.err, &got) {
				t.Fatalf("error %v", c.err)
			}
			if len(got.Nearest) == 0 {
				got.Nearest = nil
			}
			if diff := cmp.Diff(c.want, *got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	if got, want := area.Error(), `no area "alderbrok"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Suggestions are few, and of the record, whatever was asked for.
func TestSuggestionsAreFew(t *testing.T) {
	s := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z-]{0,30}`)).Draw(t, "id")
		var missing *analytics.NotFoundError
		if _, err := s.Area(id); errors.As(err, &missing) {
			for _, near := range missing.Nearest {
				if _, err := s.Area(near); err != nil || len(missing.Nearest) > 5 {
					t.Fatalf("%q: suggested %v", id, missing.Nearest)
				}
			}
		}
		if _, err := s.Inspection(id); errors.As(err, &missing) {
			for _, near := range missing.Nearest {
				if _, err := s.Inspection(near); err != nil || len(missing.Nearest) > 6 {
					t.Fatalf("%q: suggested %v", id, missing.Nearest)
				}
			}
		}
	})
}
