package api

import (
	"errors"
	"slices"
	"testing"

	"yardstick/analytics"
)

// The overview says of an area what the map of the same measure says of it.
func TestOverviewSaysWhatTheMapSays(t *testing.T) {
	shown := make(map[string]OverviewCell)
	for _, cell := range decoded[[]OverviewCell](t, "/overview?show=yj2025&limit=5000") {
		if cell.Measure != nil && *cell.Measure == "overall" {
			shown[cell.Area] = cell
		}
	}
	m := decoded[Map](t, "/map?programme=yj2025&measure=overall")
	if len(m.Areas) == 0 || len(shown) != len(m.Areas) {
		t.Fatalf("%d areas in the overview and %d on the map", len(shown), len(m.Areas))
	}
	value := func(p *string) string {
		if p == nil {
			return ""
		}
		return *p
	}
	for _, a := range m.Areas {
		cell := shown[a.Area]
		if value(cell.Rating) != value(a.Rating) || value(cell.Absence) != value(a.Absence) ||
			value(cell.Inspection) != value(a.Inspection) {
			t.Errorf("%s: %+v in the overview, %+v on the map", a.Area, cell, a)
		}
	}
}

func TestOverviewOfARegion(t *testing.T) {
	for _, cell := range decoded[[]OverviewCell](t, "/overview?show=statistics&region=wales&limit=5000") {
		if cell.Region != "wales" || cell.Indicator == nil || cell.Programme != nil {
			t.Fatalf("not a statistic of Wales: %+v", cell)
		}
		if (cell.Beside == nil) != (cell.Nation == nil) || (cell.Nation == nil) != (cell.Set == nil) {
			t.Errorf("%s of %s is set beside half of a figure: %+v", *cell.Indicator, cell.Area, cell)
		}
	}
}

func TestOverviewRefusesWhatItCannotShow(t *testing.T) {
	for address, field := range map[string]string{
		"/overview?show=sqs": "show", "/overview?show=nothing": "show", "/overview?region=mars": "region",
	} {
		_, err := ask(t, address)
		if invalid := new(analytics.InvalidError); !errors.As(err, &invalid) || invalid.Field != field {
			t.Errorf("%s: %v, want an error of %s", address, err, field)
		}
	}
}

// Results can be asked for by a list of areas, by id or name, and by the days that they may have been published on.
func TestResultsOfAListAndAPeriod(t *testing.T) {
	var areas []string
	for _, r := range decoded[[]Result](t, "/results?programme=cci&measure=safeguarding&areas=Bexley,cambridgeshire&"+
		"from=2012&to=2012") {
		areas = append(areas, r.Area)
	}
	slices.Sort(areas)
	if !slices.Equal(areas, []string{"bexley", "cambridgeshire"}) {
		t.Errorf("results of %v", areas)
	}
	if none := decoded[[]Result](t, "/results?programme=cci&areas=bexley&from=2013"); len(none) > 0 {
		t.Errorf("%d results after the programme ended", len(none))
	}
	_, err := ask(t, "/results?areas=Atlantis")
	if missing := new(analytics.NotFoundError); !errors.As(err, &missing) {
		t.Errorf("an unknown area: %v", err)
	}
}
