package analytics_test

import (
	"encoding/csv"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yardstick/analytics"
	"yardstick/data"
)

func search(t *testing.T, s *analytics.Snapshot, query string) analytics.Search {
	t.Helper()
	found, err := s.Search(query)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// What people type to find their service, and the area that it leads to without another question. The areas are those
// of today's councils: Melton Mowbray is in Melton, Caernarfon in Gwynedd, Corby in North Northamptonshire.
func TestPlacesLeadToTheirArea(t *testing.T) {
	s := shipped(t)
	for area, queries := range map[string][]string{
		"leicestershire-and-rutland": {"Melton Mowbray", "MELTON  MOWBRAY", "melton-mowbray", "Oadby", "Loughborough",
			"Rutland", "LE13", "le13 1aa", "LE131AA", "LE2 4AB", "Melton Borough Council",
			"Oadby and Wigston Borough Council", "Ab Kettleby"},
		"leicester-city":            {"Leicester", "Leicester City Council", "Caerlŷr", "caerlyr", "Leicester YOT"},
		"gwynedd-and-ynys-mon":      {"Caernarfon", "Bangor", "LL55", "ll55 1aa", "Cyngor Gwynedd", "Holyhead", "Caergybi"},
		"flintshire":                {"Mold", "Yr Wyddgrug", "Wyddgrug", "Flintshire County Council"},
		"monmouthshire-and-torfaen": {"Y Fenni", "fenni", "Abergavenny"},
		"cwm-taf":                   {"Aberdare", "Aberdâr", "ABERDAR", "Pontypridd", "Pont-y-pridd"},
		"swansea":                   {"Abertawe", "Swansea"},
		"cardiff":                   {"Caerdydd", "Cardiff Council"},
		"wolverhampton":             {"Wolverhampton", "City of Wolverhampton Council"},
		"hertfordshire":             {"St Albans", "Saint Albans", "St. Alban's"},
		"northamptonshire":          {"Corby", "Northampton", "Wellingborough"},
		"somerset":                  {"Taunton Deane", "Somerset West and Taunton", "South Somerset"},
		"dorset":                    {"Bournemouth", "Weymouth and Portland", "Purbeck District Council"},
		"camden":                    {"Camden", "London Borough of Camden"},
		"greenwich":                 {"Royal Borough of Greenwich"},
		"york":                      {"York", "City of York Council"},
		"west-mercia":               {"Shrewsbury", "Amwythig", "Newport, Shropshire"},
		"north-yorkshire":           {"Richmond, North Yorkshire", "Harrogate"},
		"barnsley":                  {"Barnsley", "S70"},
		"nottinghamshire":           {"Notts", "Notts County Council"},
		"bedfordshire":              {"Beds", "central beds"},
		"north-lincolnshire":        {"N Lincs"},
		"durham":                    {"Co Durham"},
	} {
		for _, query := range queries {
			found := search(t, s, query)
			m, ok := found.Leads()
			if !ok || m.Area.ID != area {
				t.Errorf("%q leads to %q (%v), want %s", query, m.Area.ID, ok, area)
			}
		}
	}
}

// What may mean several areas leads to none, and the likeliest is listed first.
func TestPlacesThatMayBeSeveral(t *testing.T) {
	s := shipped(t)
	for query, want := range map[string][]string{
		"Newport":   {"newport", "isle-of-wight", "west-mercia", "essex"},
		"LE1":       {"leicester-city", "leicestershire-and-rutland"},
		"LE2":       {"leicester-city", "leicestershire-and-rutland"},
		"LE1 6ZG":   {"leicester-city", "leicestershire-and-rutland"},
		"EC1":       {"islington", "camden", "tower-hamlets-and-city-of-london"}, // all of EC1A to EC1Y
		"Ashford":   {"kent", "surrey"},
		"Stockton":  {"stockton-on-tees"}, // whose name goes on, before villages of the whole name
		"Chester":   {"cheshire", "flintshire"},
		"Cumbria":   {"cumberland", "westmorland-and-furness", "cumbria"}, // present areas first
		"Tyneside":  {"north-tyneside", "south-tyneside"},
		"St Helens": {"st-helens", "isle-of-wight"},

		"Aldham":           {"essex", "suffolk"},         // a village, and a parish of the same name
		"Newport, Nowhere": {"newport", "isle-of-wight"}, // the qualifier helps nobody
	} {
		found := search(t, s, query)
		var got []string
		for _, m := range found.Matches[:min(len(found.Matches), len(want))] {
			got = append(got, m.Area.ID)
		}
		if _, leads := found.Leads(); leads || !slices.Equal(got, want) {
			t.Errorf("%q: %v, leads %v, want %v", query, got, leads, want)
		}
	}
}

func TestKindsOfSearch(t *testing.T) {
	s := shipped(t)
	for query, want := range map[string]analytics.Search{
		"London":         {Kind: analytics.SearchRegion, Code: "London"},
		"Llundain":       {Kind: analytics.SearchRegion, Code: "Llundain"},
		"greater london": {Kind: analytics.SearchRegion, Code: "London"},
		"cymru":          {Kind: analytics.SearchRegion, Code: "Cymru"},
		"eh1 1aa":        {Kind: analytics.SearchOutside, Code: "EH1 1AA", Outside: analytics.OutsideScotland},
		"G1":             {Kind: analytics.SearchOutside, Code: "G1", Outside: analytics.OutsideScotland},
		"BT11AA":         {Kind: analytics.SearchOutside, Code: "BT1 1AA", Outside: analytics.OutsideNorthernIreland},
		"JE2 3AB":        {Kind: analytics.SearchOutside, Code: "JE2 3AB", Outside: analytics.OutsideIslands},
		"Edinburgh":      {Kind: analytics.SearchOutside, Code: "Edinburgh", Outside: analytics.OutsideScotland},
		"perth":          {Kind: analytics.SearchOutside, Code: "Perth", Outside: analytics.OutsideScotland},
		"Fife Council":   {Kind: analytics.SearchOutside, Code: "Fife", Outside: analytics.OutsideScotland},
		"belfast":        {Kind: analytics.SearchOutside, Code: "Belfast", Outside: analytics.OutsideNorthernIreland},
		"isle of man":    {Kind: analytics.SearchOutside, Code: "Douglas", Outside: analytics.OutsideIslands},
		"Bangor":         {Kind: analytics.SearchNames}, // in Gwynedd, and one in Northern Ireland
		"ZZ99 9ZZ":       {Kind: analytics.SearchNoPostcode, Code: "ZZ99 9ZZ"},
		"xq1":            {Kind: analytics.SearchNoPostcode, Code: "XQ1"},
		"LE24":           {Kind: analytics.SearchPostcode, Code: "LE2 4", Looked: "LE2 4"}, // no outcode has that name
		"gl50 1aa":       {Kind: analytics.SearchPostcode, Code: "GL50 1AA", Looked: "GL50"},
		"zzzz":           {Kind: analytics.SearchNames},
		"":               {Kind: analytics.SearchNames},
		"-":              {Kind: analytics.SearchNames},
	} {
		got := search(t, s, query)
		got.Matches, got.Near, got.Sure, got.Elsewhere = nil, nil, false, 0
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", query, diff)
		}
	}
	london := 0
	for _, a := range s.Areas() {
		if a.Current && a.Region == "london" {
			london++
		}
	}
	if got := search(t, s, "London").Of(analytics.NameRegion); got != london {
		t.Errorf("London has %d areas, want %d", got, london)
	}
	if got := search(t, s, "TD12"); got.Sure || got.Elsewhere < 0.5 || len(got.Matches) != 1 {
		t.Errorf("TD12, most of which is Scottish: %v elsewhere, sure %v", got.Elsewhere, got.Sure)
	}
}

// What nobody has the name of finds what is spelt nearest.
func TestNearestPlaces(t *testing.T) {
	s := shipped(t)
	for query, want := range map[string]string{
		"Loughbrough": "Loughborough", "melton mowbry": "Melton Mowbray", "Caernarvon": "Caernarfon",
		"Est Sussex": "East Sussex", "Bournmouth": "Bournemouth",
	} {
		found := search(t, s, query)
		if found.Sure || len(found.Matches) == 0 || found.Matches[0].Name != want || !found.Matches[0].Slip {
			t.Errorf("%q finds %v, want %s", query, found.Matches, want)
		}
	}
}

// rowsOf are the rows of a file of the shipped record, by the names of its columns.
func rowsOf(t *testing.T, name string) []map[string]string {
	t.Helper()
	file, err := fs.ReadFile(data.Record(), name)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(string(file))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := make(map[string]string)
		for n, column := range lines[0] {
			row[column] = line[n]
		}
		rows = append(rows, row)
	}
	return rows
}

// coveredBy are the present areas by the authorities they cover, from the record's own files.
func coveredBy(t *testing.T) map[string]string {
	present := make(map[string]bool)
	for _, r := range rowsOf(t, "areas/areas.csv") {
		present[r["area"]] = r["status"] == "current"
	}
	out := make(map[string]string)
	for _, r := range rowsOf(t, "areas/constituents.csv") {
		if present[r["area"]] {
			out[r["gss"]] = r["area"]
		}
	}
	return out
}

// Every town of the record is found by each of its names, and the area that covers its authority is among the first
// answers: those for the whole name.
func TestEveryTownFindsItsArea(t *testing.T) {
	if testing.Short() {
		t.Skip("it looks for every town")
	}
	s, covered := shipped(t), coveredBy(t)
	check := func(name, gss string) {
		found := search(t, s, name)
		if outside := strings.Trim(gss, "0123456789"); outside != "E" && outside != "W" {
			if found.Kind != analytics.SearchOutside && len(found.Matches) == 0 { // a place here may have the name too
				t.Errorf("%q, in %s, finds nothing", name, gss)
			}
			return
		}
		if !slices.ContainsFunc(found.Matches, func(m analytics.Match) bool { return m.Area.ID == covered[gss] }) {
			t.Errorf("%q does not find %s, which covers %s", name, covered[gss], gss)
		}
	}
	for _, r := range rowsOf(t, "localities/towns.csv") {
		check(r["name_en"], r["gss"])
		check(strings.ToUpper(r["name_en"]), r["gss"])
		if r["name_cy"] != "" {
			check(r["name_cy"], r["gss"])
		}
		for alias := range strings.SplitSeq(r["aliases"], ";") {
			if alias != "" {
				check(alias, r["gss"])
			}
		}
	}
}

// Two hundred outcodes spread over the list, and their sectors, find exactly the areas that cover their authorities,
// with
// the shares that the rows have, the biggest first.
func TestOutcodesFindTheirAreas(t *testing.T) {
	s, covered := shipped(t), coveredBy(t)
	want := make(map[string]map[string]float64)
	var codes []string
	for _, file := range []string{"localities/outcodes.csv", "localities/sectors.csv"} {
		for _, r := range rowsOf(t, file) {
			code := r["outcode"] + r["sector"]
			if want[code] == nil {
				want[code] = make(map[string]float64)
				codes = append(codes, code)
			}
			share, err := strconv.ParseFloat(r["share"], 64)
			if err != nil {
				t.Fatal(err)
			}
			want[code][covered[r["gss"]]] += share
		}
	}
	for n := 0; n < len(codes); n += len(codes) / 400 {
		code := codes[n]
		found := search(t, s, strings.ToLower(code))
		last := math.Inf(1)
		for _, m := range found.Matches {
			if math.Abs(m.Share-want[code][m.Area.ID]) > 1e-9 || m.Share > last {
				t.Errorf("%s: %s has %v of it, want %v", code, m.Area.ID, m.Share, want[code][m.Area.ID])
			}
			last = m.Share
		}
		if len(found.Matches) != len(want[code]) || found.Looked != code {
			t.Errorf("%s: %d areas of %q, want %d", code, len(found.Matches), found.Looked, len(want[code]))
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	s := shipped(b)
	for _, query := range []string{"LE2 4AB", "Melton Mowbray", "Newport", "Loughbrough", "nowhere at all"} {
		b.Run(query, func(b *testing.B) {
			if err := s.ReadLocalities(); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := s.Search(query); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
