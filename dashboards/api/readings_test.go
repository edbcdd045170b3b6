package api

import (
	"bytes"
	"encoding/json"
	"testing"
)

// censored are the measures that the interface says are censored, from the results it gives.
func censored(t *testing.T) map[[2]string]bool {
	t.Helper()
	snapshot, err := shippedSnapshot()
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[[2]string]bool)
	for _, i := range snapshot.Inspections() {
		for _, r := range i.Results {
			if one := resultOf(snapshot, i, r); one.Censored != nil {
				out[[2]string{one.Programme, one.Measure}] = true
			}
		}
	}
	return out
}

// decoded is the data of an answer as a reader of the interface decodes it.
func decoded[T any](t *testing.T, address string) T {
	t.Helper()
	body, err := ask(t, address)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	var answer struct{ Data T }
	if err := json.Unmarshal(body.Content, &answer); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return answer.Data
}

// The standards of the 2018 framework that the public scrape read are censored: "Requires improvement" occurs in
// none of its 338 ratings. No summary that the interface gives rests on a result of theirs.
func TestNoSummaryOfCensoredMeasures(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds, of which a short run has few")
	}
	snapshot, err := shippedSnapshot()
	if err != nil {
		t.Fatal(err)
	}
	all := censored(t)
	if len(all) != 8 || !all[[2]string{"yj2018", "staff"}] || all[[2]string{"yj2018", "overall"}] {
		t.Errorf("%d censored measures: %v", len(all), all)
	}
	for key := range all {
		of := "programme=" + key[0] + "&measure=" + key[1]
		for _, group := range []string{"all", "nation", "region", "family&of=derby", "list&areas=derby,leeds,sheffield"} {
			for _, day := range []string{"", "&as_of=2020-06-30", "&as_of=2024-12-31"} {
				address := "/benchmarks?" + of + "&group=" + group + day
				if found := decoded[[]Benchmark](t, address); len(found) > 0 {
					t.Errorf("%s: %d benchmarks", address, len(found))
				}
				if answer, err := ask(t, address); err != nil ||
					!bytes.Contains(answer.Content, []byte(`"censored":{"programme":"yj2018"`)) {
					t.Errorf("%s does not say why: %v", address, err)
				}
			}
		}
		trends := decoded[Trends](t, "/trends?"+of)
		if len(trends.Measures)+len(trends.Standings) > 0 || len(trends.Censored) != 1 ||
			trends.Censored[0].Lower == nil {
			t.Errorf("trends of %s: %d measures, %d standings, %d reasons", of, len(trends.Measures),
				len(trends.Standings), len(trends.Censored))
		}
		shown := decoded[Map](t, "/map?"+of)
		for _, c := range shown.Classes {
			if c.Areas > 0 {
				t.Errorf("map of %s: %d areas in a class", of, c.Areas)
			}
		}
		for _, a := range shown.Areas {
			if a.Class != nil || a.Rating != nil && (a.Absence == nil || *a.Absence != "censored") {
				t.Errorf("map of %s: %+v", of, a)
			}
		}
		for _, r := range decoded[[]Result](t, "/results?"+of+"&limit=500") {
			if r.Standing != nil || r.Censored == nil || r.Rating == nil {
				t.Errorf("%s %s: standing %v, censored %v, rating %v", r.Inspection, r.Measure, r.Standing, r.Censored,
					r.Rating)
			}
		}
	}
	for _, theme := range snapshot.Themes() {
		for _, m := range decoded[Trends](t, "/trends?theme="+theme).Standings {
			if all[[2]string{"yj2018", m.EarlierMeasure}] || all[[2]string{"yj2018", m.LaterMeasure}] {
				t.Errorf("%s: %+v", theme, m)
			}
		}
	}
	// Two inspections whose standards of governance were both read: each is shown, and nothing is said of the two.
	compared := decoded[Comparison](t, "/compare?with=barnet-yj2018-2022&with=bexley-yj2018-2024")
	for _, theme := range compared.Themes {
		for _, r := range theme.Results {
			if all[[2]string{"yj2018", r.Measure}] &&
				(theme.Verdict != "not_comparable" || theme.Difference != nil || r.Standing != nil || r.Censored == nil) {
				t.Errorf("%s: %+v", theme.Theme, theme)
			}
		}
	}
}

// The bounds of a censored share hold the share of those read, and count each area once.
func TestCensoredBounds(t *testing.T) {
	staff := decoded[Trends](t, "/trends?programme=yj2018&measure=staff").Censored[0]
	if staff.Good > staff.Read || staff.Missing == 0 ||
		*staff.Lower != 100*float64(staff.Good)/float64(staff.Read+staff.Missing) ||
		*staff.Upper != 100*float64(staff.Good+staff.Missing)/float64(staff.Read+staff.Missing) {
		t.Errorf("%+v, %g to %g", staff, *staff.Lower, *staff.Upper)
	}
}
