package analytics_test

import (
	"testing"

	"pgregory.net/rapid"

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
		"Leicester": "leicester-city", "RUTLAND": "leicestershire-and-rutland", "Abertawe": "swansea", "Swansea": "swansea", "leicester-city": "leicester-city",
		"Cumbria": "", "Leicest": "", "": "", "Leicster": "", "nowhere": "",
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

// One slip of the keyboard in a name of six letters or more still finds the area.
func TestOneSlipFinds(t *testing.T) {
	s := shipped(t)
	var areas []analytics.Area
	for _, a := range s.Areas() {
		if len(a.Name.EN) >= 6 {
			areas = append(areas, a)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.SampledFrom(areas).Draw(t, "area")
		name := []rune(a.Name.EN)
		at := rapid.IntRange(1, len(name)-2).Draw(t, "at")
		switch rapid.SampledFrom([]string{"left out", "doubled", "replaced", "swapped"}).Draw(t, "slip") {
		case "left out":
			name = append(name[:at:at], name[at+1:]...)
		case "doubled":
			name = append(name[:at:at], append([]rune{name[at]}, name[at:]...)...)
		case "replaced":
			name[at] = 'x'
		case "swapped":
			name[at], name[at+1] = name[at+1], name[at]
		}
		for _, m := range s.Matches(string(name)) {
			if m.Area.ID == a.ID {
				return
			}
		}
		t.Fatalf("%q does not find %s", string(name), a.ID)
	})
}
