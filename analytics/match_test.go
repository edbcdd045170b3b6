package analytics_test

import (
	"slices"
	"testing"

	"yardstick/analytics"
)

// By which name an area answers, and how.
func TestMatches(t *testing.T) {
	s := shipped(t)
	for _, c := range []struct {
		query, area string
		kind        analytics.NameKind
		name        string
		whole, slip bool
	}{
		{"Rutland", "leicestershire-and-rutland", analytics.NameConstituent, "Rutland", true, false},
		{"caerdydd", "cardiff", analytics.NameWelsh, "Caerdydd", true, false},
		{"leicester city", "leicester-city", analytics.NameOwn, "Leicester City", true, false},
		{"city leic", "leicester-city", analytics.NameOwn, "Leicester City", false, false}, // its words in another order
		{"liecester cty", "leicester-city", analytics.NameOwn, "Leicester City", false, true},
		{"nottinhgam", "nottingham", analytics.NameOwn, "Nottingham", false, true}, // two letters swapped
		{"brimin", "birmingham", analytics.NameOwn, "Birmingham", false, true},     // swapped in the beginning of a name
		{"Cumbria", "cumbria", analytics.NameOwn, "Cumbria", true, false},
	} {
		t.Run(c.query, func(t *testing.T) {
			found := s.Matches(c.query)
			if len(found) == 0 {
				t.Fatal("nothing is found")
			}
			if m := found[0]; m.Area.ID != c.area || m.Kind != c.kind || m.Name != c.name || m.Whole != c.whole ||
				m.Slip != c.slip {
				t.Errorf("found %s by its %s name %q, whole %v, slip %v", m.Area.ID, m.Kind, m.Name, m.Whole, m.Slip)
			}
		})
	}
	if found := s.Matches(" "); len(found) > 0 {
		t.Errorf("nothing matches %d areas", len(found))
	}
}

// Those that took an area over answer to its name after the area itself, and so make the name ambiguous.
func TestAreaNamed(t *testing.T) {
	s := shipped(t)
	for query, want := range map[string]string{
		"Leicester": "leicester-city", "RUTLAND": "leicestershire-and-rutland", "Abertawe": "swansea", "Swansea": "swansea",
		"leicester-city": "leicester-city",
		"Cumbria":        "", "Leicest": "", "": "", "Leicster": "", "nowhere": "",
	} {
		area, ok := s.AreaNamed(query)
		if area.ID != want || ok != (want != "") {
			t.Errorf("%q names %q, want %q", query, area.ID, want)
		}
	}
	var ids []string
	for _, m := range s.Matches("cumbria") {
		ids = append(ids, m.Area.ID)
	}
	if len(ids) != 3 || ids[0] != "cumbria" || ids[1] != "cumberland" || ids[2] != "westmorland-and-furness" {
		t.Errorf("cumbria finds %v", ids)
	}
}

// One slip of the keyboard, wherever it is in a name of six letters or more, still finds the area: by the names of
// areas,
// and by a search for a place.
func TestOneSlipFinds(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	s := shipped(t)
	for _, a := range s.Areas() {
		if len(a.Name.EN) < 6 {
			continue
		}
		for _, name := range slips(a.Name.EN) {
			found := slices.ContainsFunc(s.Matches(name), func(m analytics.Match) bool { return m.Area.ID == a.ID })
			search, err := s.Search(name)
			searched := slices.ContainsFunc(search.Matches, func(m analytics.Match) bool { return m.Area.ID == a.ID })
			if elsewhere := len(search.Matches) > 0 && search.Matches[0].Whole; elsewhere {
				searched = true // the slip made another place's name: Wexham of Wrexham
			}
			if !found || !searched || err != nil {
				t.Errorf("%q finds %s: by name %v, by search %v, %v", name, a.ID, found, searched, err)
			}
		}
	}
}

// slips are a name with each inner letter left out, doubled, replaced or swapped with the next.
func slips(text string) []string {
	var out []string
	name := []rune(text)
	for at := 1; at < len(name)-1; at++ {
		before, after := string(name[:at]), string(name[at+1:])
		out = append(out, before+after, before+string(name[at])+string(name[at:]), before+"x"+after,
			before+string(name[at+1])+string(name[at])+string(name[at+2:]))
	}
	return out
}
