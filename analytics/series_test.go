package analytics_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"yardstick/analytics"
	"yardstick/data/release/releasetest"
)

// told is a series in one line: place, basis, area it is of, and its points as end=value; what other documents give
// has a stroke before it.
func told(series []analytics.Series) []string {
	var out []string
	for _, s := range series {
		words := []string{string(s.Level), s.Place, s.Basis, "of", s.Of}
		for _, o := range s.Points {
			words = append(words, fmt.Sprintf("%s=%g%s", o.End.Format("2006-01"), o.Value, o.Flag))
		}
		for _, o := range s.Others {
			words = append(words, fmt.Sprintf("/%s=%g", o.End.Format("2006-01"), o.Value))
		}
		out = append(out, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
	return out
}

const published = `
-- +indicators/reoffending_rate_percent.csv --
carrow,authority,X00000001,2015-04-01,2016-03-31,y,41,,,,,new,,synthetic-reports,
carrow,authority,,2014-04-01,2015-03-31,y,42,,,,,new,,synthetic-reports,
carrow,authority,X00000001,2017-04-01,2018-03-31,y,43,,,,,new,anomalous,synthetic-reports,
dunmere,authority,,2015-04-01,2016-03-31,y,50,,,,,new,,synthetic-reports,
dunmere,authority,,2015-04-01,2016-03-31,y,51,,,,,new,,synthetic-notice,
dunmere,authority,,2016-04-01,2017-03-31,y,52,,,,,new,,synthetic-notice,
carrow-and-dunmere,area,,2015-10-01,2016-09-30,y,45,,,,,new,,synthetic-reports,
carrow-and-dunmere,area,,2016-01-01,2016-03-31,q,46,,,,,new,,synthetic-reports,
carrow-and-dunmere,area,,2016-04-01,2016-06-30,q,47,,,,,new,,synthetic-reports,
hollin,authority,X00000099,2015-04-01,2016-03-31,y,20,,,,,new,,synthetic-reports,
greyford,area,,2013-04-01,2014-03-31,y,21,,,,,new,,synthetic-reports,
`

func TestAreaSeries(t *testing.T) {
	overlay := txtar.Parse([]byte(published)).Files
	s := snapshot(t, releasetest.Overlay(releasetest.Record(), overlay))
	for area, want := range map[string][]string{
		// Two bases of one area are two series.
		"alderbrook": {"area alderbrook new of alderbrook 2016-03=40", "area alderbrook old of alderbrook 2015-09=36"},
		// A year to September, quarters and years to March never join. Carrow is held by code, one figure without it
		// included; Dunmere has none and is held by its name. The notice goes on longer, so its figure is the series'.
		"carrow-and-dunmere": {"area carrow-and-dunmere new of carrow-and-dunmere 2016-09=45",
			"area carrow-and-dunmere new of carrow-and-dunmere 2016-03=46 2016-06=47",
			"authority carrow new of carrow-and-dunmere 2015-03=42 2016-03=41 2018-03=43anomalous",
			"authority dunmere new of carrow-and-dunmere 2016-03=51 2017-03=52 /2016-03=50"},
		// A code that is no area's leaves the id; a predecessor's own figures come under its name.
		"hollin":  {"authority hollin new of hollin 2016-03=20", "area greyford new of greyford 2014-03=21"},
		"fennick": nil, "nowhere": nil,
	} {
		if diff := cmp.Diff(want, told(read(t, s, s.AreaSeries(area, "reoffending_rate_percent")))); diff != "" {
			t.Errorf("%s: -want +got:\n%s", area, diff)
		}
	}
	if got := s.AreaSeries("alderbrook", "nothing"); got != nil {
		t.Errorf("unknown indicator: %v", got)
	}
	want := []string{"region north of 2015-06=40000"}
	north := read(t, s, s.PlaceSeries(analytics.LevelRegion, "north", "population_10_17"))
	if diff := cmp.Diff(want, told(north)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	carrow := read(t, s, s.AreaSeries("carrow", "reoffending_rate_percent"))[0]
	if o, ok := carrow.Latest(); !ok || o.Value != 41 {
		t.Errorf("latest %v, %v: an anomalous figure is no latest one", o, ok)
	}
}

// Every authority that the shipped record publishes figures of is on some area's ground.
func TestEveryPublishedAuthorityIsOnAnAreasGround(t *testing.T) {
	s := shipped(t)
	held := make(map[string]bool)
	for _, a := range s.Areas() {
		for _, indicator := range s.Indicators() {
			for _, series := range s.AreaSeries(a.ID, indicator) {
				held[series.Place] = true
			}
		}
	}
	for _, indicator := range s.Indicators() {
		for _, o := range observations(t, s, indicator) {
			if o.Level == analytics.LevelAuthority && !held[o.Place] {
				t.Errorf("%s: %s %s is on no area's ground", indicator, o.Place, o.GSS)
				held[o.Place] = true
			}
		}
	}
}
