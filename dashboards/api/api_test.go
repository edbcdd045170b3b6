package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"yardstick/analytics"
	"yardstick/analytics/duck/ducktest"
	"yardstick/dashboards/export"
	"yardstick/dashboards/i18n"
	"yardstick/data"
)

const (
	leicester = "leicester-city-fji-2016"
	rutland   = "leicestershire-and-rutland-cci-2012"
)

var released = analytics.Release{ID: strings.Repeat("a1", 32), Built: time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)}

var shippedSnapshot = sync.OnceValues(func() (*analytics.Snapshot, error) {
	reader, err := ducktest.Open(data.Record(), released)
	if err != nil {
		return nil, err
	}
	return analytics.Load(context.Background(), reader)
})

var languages = sync.OnceValues(func() (map[string]*i18n.Language, error) {
	all := make(map[string]*i18n.Language)
	for _, tag := range i18n.Languages() {
		language, err := i18n.Load(tag)
		if err != nil {
			return nil, err
		}
		all[tag] = language
	}
	return all, nil
})

// ask puts an address of the interface, under /api/v1, to the endpoint that answers it.
func ask(t testing.TB, address string) (Body, error) {
	t.Helper()
	snapshot, err := shippedSnapshot()
	if err != nil {
		t.Fatal(err)
	}
	spoken, err := languages()
	if err != nil {
		t.Fatal(err)
	}
	at, text, _ := strings.Cut(address, "?")
	query, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	r := Request{Snapshot: snapshot, Query: query, Languages: spoken}
	for _, e := range Endpoints() {
		if e.Path == at {
			return e.Answer(r)
		}
		if prefix, byID := strings.CutSuffix(e.Path, ":id"); byID && strings.HasPrefix(at, prefix) {
			r.ID = strings.TrimPrefix(at, prefix)
			return e.Answer(r)
		}
	}
	t.Fatalf("no endpoint at %s", at)
	return Body{}, nil
}

// answerTo is an answer in JSON, read into D.
func answerTo[D any](t testing.TB, address string) (d D, sources []Source) {
	t.Helper()
	body, err := ask(t, address)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	var all struct {
		Release Release
		Data    D
		Sources []Source
	}
	if err := json.Unmarshal(body.Content, &all); err != nil || body.Type != TypeJSON {
		t.Fatalf("%s: %v in %s", address, err, body.Type)
	}
	snapshot, err := shippedSnapshot()
	if err != nil {
		t.Fatal(err)
	}
	published := snapshot.Publications()[0].Published
	if all.Release.ID != released.ID || !all.Release.Date.Equal(published) {
		t.Errorf("%s: of release %+v", address, all.Release)
	}
	return all.Data, all.Sources
}

// table is an answer in CSV: its header, and its rows by column.
func table(t testing.TB, address string) (header []string, rows []map[string]string) {
	t.Helper()
	address += map[bool]string{true: "&", false: "?"}[strings.Contains(address, "?")] + "format=csv"
	body, err := ask(t, address)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	lines, err := csv.NewReader(bytes.NewReader(body.Content)).ReadAll()
	if err != nil || body.Type != "text/csv; charset=utf-8" || len(lines) == 0 {
		t.Fatalf("%s: %d lines in %s, %v", address, len(lines), body.Type, err)
	}
	for _, line := range lines[1:] {
		row := make(map[string]string)
		for n, cell := range line {
			row[lines[0][n]] = cell
		}
		rows = append(rows, row)
	}
	return lines[0], rows
}

// keys are the keys of a JSON value as paths, those of list items under [].
func keys(node any) []string {
	found := make(map[string]bool)
	var into func(at string, node any)
	into = func(at string, node any) {
		switch node := node.(type) {
		case map[string]any:
			for key, value := range node {
				found[at+key] = true
				into(at+key+".", value)
			}
		case []any:
			for _, item := range node {
				into(strings.TrimSuffix(at, ".")+"[].", item)
			}
		}
	}
	into("", node)
	return slices.Sorted(maps.Keys(found))
}

const (
	findingKeys = "area counted denominator inspection kind measure note numerator page percent period place position " +
		"printed programme section sources " +
		"status subject text text_cy unit value value_to"
	areaKeys = "aliases constituents constituents[].gss constituents[].name current id inspections latest " +
		"latest_known match name name_cy nation police_force predecessors region sources successors valid_from valid_to"
	inspectionKeys = "area cases fieldwork id programme published published_from published_to reinspection"
	resultKeys     = "area censored comment confidence inspection interval interval_basis measure note page percent " +
		"points points_max printed_benchmark programme published rating scale sources standing standing.better standing.n " +
		"standing.same standing.worse"
	benchmarkKeys = "as_of average average_bounds average_interval good_share group highest highest_areas inspection " +
		"kind levels lowest lowest_areas measure median median_level n name of programme q1 q3 scale sources undated unit " +
		"valued warning without"
	statisticKeys = "average basis end group highest highest_areas indicator lowest lowest_areas median n name of " +
		"published q1 q3 sources start unit without"
	compareKeys = "inspections inspections[].area inspections[].cases inspections[].fieldwork inspections[].id " +
		"inspections[].programme inspections[].published inspections[].published_from inspections[].published_to " +
		"inspections[].reinspection " +
		"reason_codes reasons themes themes[].difference themes[].results themes[].results[].censored " +
		"themes[].results[].inspection themes[].results[].interval themes[].results[].interval_basis " +
		"themes[].results[].measure themes[].results[].percent " +
		"themes[].results[].rating themes[].results[].scale themes[].results[].sources themes[].results[].standing " +
		"themes[].results[].standing.better themes[].results[].standing.n themes[].results[].standing.same " +
		"themes[].results[].standing.worse themes[].theme themes[].verdict verdict"
	trendKeys = "censored measures measures[].because measures[].group measures[].measure measures[].movement " +
		"measures[].movement.areas measures[].movement.down measures[].movement.median_years measures[].movement.moves " +
		"measures[].movement.moves[].area measures[].movement.moves[].direction measures[].movement.moves[].earlier " +
		"measures[].movement.moves[].later measures[].movement.moves[].years " +
		"measures[].movement.same measures[].movement.unordered measures[].movement.up measures[].name " +
		"measures[].programme measures[].scale measures[].warning measures[].years " +
		"measures[].years[].good measures[].years[].good_interval measures[].years[].good_percent " +
		"measures[].years[].highest measures[].years[].levels measures[].years[].levels[].areas " +
		"measures[].years[].levels[].level measures[].years[].lowest measures[].years[].median measures[].years[].n " +
		"measures[].years[].q1 measures[].years[].q3 measures[].years[].unit " +
		"measures[].years[].unknown measures[].years[].year standings standings[].area standings[].earlier " +
		"standings[].earlier_measure standings[].earlier_side standings[].later " +
		"standings[].later_measure standings[].later_side standings[].theme"
	mapAreaKeys = "absence across area class comment down inspection label name percent published rating region share " +
		"sources value"
	seriesKeys = "basis better gss indicator level name of others place points trend trend.adjusted_p trend.approximate " +
		"trend.because trend.change trend.change_interval trend.change_unit trend.direction trend.first trend.last " +
		"trend.method trend.p trend.tested unit"
	figureKeys = "at_least denominator end flag interval interval_kind note numerator period population sources start " +
		"value"
	difference = " themes[].difference.distinguishable themes[].difference.interval themes[].difference.value"
)

// under puts a path before each key of a list.
func under(at, list string) string { return at + strings.ReplaceAll(list, " ", " "+at) }

// predictions are the keys of a prediction under each criterion of a back-test.
func predictions(criteria, keys string) (out []string) {
	for criterion := range strings.FieldsSeq(criteria) {
		out = append(out, under("criteria."+criterion+".", keys))
	}
	return out
}

// The shapes that links, scripts and citations rely on: every key, and no other.
func TestShapes(t *testing.T) {
	if testing.Short() {
		t.Skip("it asks every question")
	}
	sourceKeys := "detail id licence original_url publisher title url"
	const criteria = "age_of_result custody first_time_entrants last_result reoffending reoffending_younger"
	deskKeys := "apart area expected_rank gaps inputs known last not_known probability rank rank_interval reasons " +
		"reasons_against reasons_for role " +
		under("last.", "earliest inspections latest missing") + " " + under("inputs.", criteria)
	chosenKeys := deskKeys
	deskKeys += " " + under("gaps[].", "absent criterion value")
	predictionKeys := "auc calibration expected_hits hits inspected_of_first inspections interval poor " +
		"probability_at_random verdict " +
		under("calibration[].", "from inspections interval poor share to")
	for criterion := range strings.FieldsSeq(criteria) {
		input := " " + under("inputs."+criterion+".",
			"above estimate far_above interval method period reliability sources value")
		deskKeys += input
		if criterion != "custody" { // which none of the chosen has
			chosenKeys += input
		}
	}
	for address, shape := range map[string]string{
		"/suggestions?q=leicester": "areas " + under("areas[].", "area former href name reason") + " status",
		"/map": "areas " + under("areas[].", mapAreaKeys) + " basis censored classes " +
			under("classes[].", "areas highest lowest word") + " end indicator measure programme scale start unit",
		"/areas?q=leicester": under("[].", areaKeys+
			" match.authority match.kind match.name match.share match.sure match.whole"),
		"/areas/leicester-city":                              areaKeys,
		"/inspections?area=brent":                            under("[].", inspectionKeys),
		"/findings?inspection=" + leicester + "&kind=reason": under("[].", findingKeys),
		"/inspections/" + rutland: inspectionKeys + " findings " + under("findings[].", findingKeys) + " results " +
			under("results[].", resultKeys) +
			" results[].printed_benchmark.average results[].printed_benchmark.highest results[].printed_benchmark.lowest " +
			"results[].printed_benchmark.sources warnings " +
			under("warnings[].", "column measure problem rule value"),
		"/results?programme=fji&area=leicester-city": under("[].",
			resultKeys),
		"/benchmarks?programme=cci&measure=safeguarding": under("[].",
			benchmarkKeys),
		"/benchmarks?programme=yj2018&measure=overall&group=region": under("[].",
			benchmarkKeys+" levels[].areas levels[].level good_share.bounds good_share.count good_share.interval good_share.n "+
				"good_share.percent"),
		"/benchmarks?programme=cci&measure=safeguarding&group=family&of=leicester-city&without=leicester-city": under("[].",
			benchmarkKeys),
		"/statistics?indicator=fte_rate_per_100k&group=region": under("[].", statisticKeys),
		"/funnel?indicator=children_cautioned_or_sentenced_rate_per_1000": "approximate areas limits phi target " +
			"tau_squared unknown " +
			under("areas[].", "adjusted_limits_95 adjusted_limits_99_8 adjusted_place approximate area cases interval "+
				"interval_kind limits_95 limits_99_8 numerator percent place ranks"),
		"/funnel?programme=cci&measure=safeguarding": "approximate areas limits " +
			"phi target tau_squared unknown",
		"/compare?with=" + leicester + "&with=" + rutland:                                      compareKeys,
		"/compare?with=" + rutland + "&with=bexley-cci-2012":                                   compareKeys + difference,
		"/compare?with=leicester-city-yj2018-2019&with=leicestershire-and-rutland-yj2018-2021": compareKeys,
		"/sources": under("[].", sourceKeys),
		"/target?places=4": "areas as_of certainty chosen criteria draws exclude_months first per_region places ranked " +
			"shifts strong unweighed weights " +
			under("weights.", criteria) + " " + under("shifts[].", "chosen criterion enters leaves weight") + " " +
			under("areas[].", deskKeys) + " " +
			under("chosen[].", chosenKeys) + " " +
			under("criteria[].", "between criterion indicator known mean method national national_published of "+
				"reliability weighed weight year_to_year"),
		"/target/backtest": "criteria days desk first from inspections to undated weights " + under("weights.", criteria) +
			" " +
			under("desk.", predictionKeys) + " " + under("criteria.", strings.ReplaceAll(criteria, "custody ", "")) + " " +
			strings.Join(predictions(strings.ReplaceAll(criteria, "custody ", ""), predictionKeys), " "),
		"/trends?programme=yj2018&measure=overall": trendKeys,
		"/trends?theme=protecting_children":        trendKeys,
		"/indicators?indicator=fte_rate_per_100k&area=birmingham": under("[].", seriesKeys) + " " +
			under("[].points[].", figureKeys) + " " + under("[].others[].", figureKeys),
		"/releases": under("[].", "added changes corrected origin position published release why withdrawn") + " " +
			under("[].changes[].", "act after before field inspection measure period place rows subject why"),
		"/release": "areas programmes programmes[].ends programmes[].inspections programmes[].programme " +
			"programmes[].results programmes[].sampling programmes[].starts sources",
	} {
		t.Run(address, func(t *testing.T) {
			body, err := ask(t, address)
			if err != nil {
				t.Fatal(err)
			}
			var all map[string]any
			if err := json.Unmarshal(body.Content, &all); err != nil {
				t.Fatal(err)
			}
			want := []string{"data", "release", "sources"}
			path, _, _ := strings.Cut(address, "?")
			if e, _, _ := Find(path); e.Paged {
				want = []string{"data", "page", "release", "sources"}
			}
			if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, want) {
				t.Errorf("the answer holds %q", got)
			}
			if diff := cmp.Diff([]string{"date", "id"}, keys(all["release"])); diff != "" {
				t.Errorf("release (-want +got):\n%s", diff)
			}
			got := keys(all["data"])
			wanted := strings.Fields(shape)
			slices.Sort(wanted)
			if diff := cmp.Diff(wanted, got); diff != "" {
				t.Errorf("data (-want +got):\n%s", diff)
			}
			sources, isList := all["sources"].([]any)
			if !isList {
				t.Fatalf("sources are %v", all["sources"])
			}
			cites := !strings.HasPrefix(address, "/sources") && !strings.HasPrefix(address, "/release")
			if cites != (len(sources) > 0) {
				t.Errorf("%d sources", len(sources))
			}
			for _, source := range sources {
				if diff := cmp.Diff(strings.Fields(sourceKeys), keys(source)); diff != "" {
					t.Errorf("source (-want +got):\n%s", diff)
				}
			}
			if again, err := ask(t, address); err != nil || !bytes.Equal(again.Content, body.Content) {
				t.Errorf("asked again it answers otherwise: %v", err)
			}
		})
	}
}

// What a list holds may be nothing, but it is a list; and every source that data name is among the answer's sources.
func TestListsAndSources(t *testing.T) {
	for _, address := range []string{"/areas", "/inspections", "/results",
		"/benchmarks?programme=cci&measure=safeguarding", "/benchmarks?programme=yj2018&measure=overall&group=region",
		"/benchmarks?programme=cci&measure=safeguarding&as_of=1990", "/areas?q=nothing+of+the+kind",
		"/inspections?from=3000", "/results?area=isle-of-wight&programme=cci",
		"/compare?with=" + leicester + "&with=" + rutland, "/inspections/" + rutland, "/areas/cardiff", "/release",
		"/releases", "/sources", "/map?indicator=fte_rate_per_100k", "/suggestions?q=cumb",
		"/trends?theme=overall", "/trends?programme=cci&measure=safeguarding&region=wales",
		"/indicators?area=leicester-city", "/indicators?indicator=population_10_17",
		"/indicators?area=powys&indicator=custody_rate_per_1000"} {
		body, err := ask(t, address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		var all map[string]any
		if err := json.Unmarshal(body.Content, &all); err != nil {
			t.Fatal(err)
		}
		if all["data"] == nil {
			t.Errorf("%s: no data", address)
		}
		cited := make(map[string]bool)
		for _, source := range all["sources"].([]any) {
			cited[source.(map[string]any)["id"].(string)] = true
		}
		var into func(at string, node any)
		into = func(at string, node any) {
			switch node := node.(type) {
			case map[string]any:
				for key, value := range node {
					if value == nil && slices.Contains([]string{"aliases", "constituents", "predecessors", "successors",
						"inspections", "sources", "results", "lowest_areas", "highest_areas", "levels", "reasons", "themes",
						"programmes", "measures", "standings", "moves", "others"}, key) {
						t.Errorf("%s: the list %s%s is null", address, at, key)
					}
					if value == "" {
						t.Errorf("%s: %s%s is empty text, not null", address, at, key)
					}
					if ids, isList := value.([]any); isList && key == "sources" {
						for _, id := range ids {
							if !cited[id.(string)] {
								t.Errorf("%s: %s names the source %v, which the answer leaves out", address, at, id)
							}
						}
					}
					into(at+key+".", value)
				}
			case []any:
				for _, item := range node {
					into(at, item)
				}
			}
		}
		into("", all["data"])
	}
}

// Every table has the columns that spreadsheets rely on, and a row for what JSON has an object for.
func TestTables(t *testing.T) {
	const results = "inspection,area,programme,published,cases,scale,measure,percent,lower,upper,interval_basis,comment," +
		"rating,points,points_max,printed_lowest,printed_highest,printed_average," +
		"better,same,worse,others,confidence,note,sources,censored"
	const trends = "programme,measure,scale,group,name,year,n,unknown,good,good_percent,good_lower,good_upper,unit," +
		"lowest,q1,median,q3,highest,levels"
	const figures = "indicator,unit,basis,place,name,level,gss,of,start,end,period,value,lower,upper,numerator," +
		"denominator,other_document,flag,note,sources,better,trend,trend_method,trend_because," +
		"interval_kind,at_least,population,trend_change,trend_change_lower,trend_change_upper,trend_change_unit,trend_p," +
		"trend_adjusted_p,trend_tested"
	const areas = "area,name,name_cy,nation,region,police_force,current,valid_from,valid_to,constituents,predecessors," +
		"successors,inspections,latest"
	const statistics = "indicator,unit,basis,start,end,group,name,without,lowest,lowest_areas,highest,highest_areas," +
		"average,median,q1,q3,published,n,of,sources"
	const funnel = "area,numerator,cases,percent,lower,upper,limit_95_lower,limit_95_upper,limit_99_8_lower," +
		"limit_99_8_upper,place,adjusted_place,rank_from,rank_to," +
		"adjusted_limit_95_lower,adjusted_limit_95_upper,adjusted_limit_99_8_lower,adjusted_limit_99_8_upper,interval_kind," +
		"approximate"
	const benchmarks = "programme,measure,scale,group,name,without,as_of,kind,unit,lowest,lowest_areas,highest," +
		"highest_areas,average,median,q1,q3,n,of,undated,inspection,sources"
	const findings = "inspection,area,programme,kind,position,measure,subject,counted,text,text_cy,numerator," +
		"denominator,percent,value,value_to," +
		"unit,place,period,printed,status,section,page,note,sources"
	for _, c := range []struct {
		address, header string
		rows            int
	}{
		{"/areas", areas, 171}, {"/areas/leicester-city", areas, 1}, {"/areas?q=nothing+of+the+kind", areas, 0},
		{"/inspections", "inspection,area,programme,reinspection,fieldwork,published,cases,sources,published_from," +
			"published_to", 228},
		{"/findings", findings, 277}, {"/findings?inspection=" + leicester + "&kind=reason", findings, 2}, {"/findings?area=brent", findings, 0},
		{"/inspections/" + rutland, results, 14}, {"/results", results, 850}, {"/results?programme=cci", results, 126}, {"/results?area=isle-of-wight&programme=fji", results, 0},
		{"/benchmarks?programme=cci&measure=safeguarding", benchmarks, 14}, {"/benchmarks?programme=cci&measure=safeguarding&as_of=1990", benchmarks, 0}, // the programme began in 2009
		{"/benchmarks?programme=cci&measure=safeguarding&group=list&areas=Leicestershire+and+Rutland,oxfordshire", benchmarks, 1},
		{"/statistics?indicator=children_cautioned_or_sentenced_rate_per_1000&period=2021-03-31&group=region", statistics, 10},
		{"/funnel?indicator=children_cautioned_or_sentenced_rate_per_1000&period=2021-03-31", funnel, 153}, {"/funnel?programme=fji&measure=reducing_reoffending", funnel, 0},
		{"/compare?with=" + leicester + "&with=" + rutland, "theme,verdict,inspection,measure,scale,rating,percent,lower,upper,interval_basis,better,same,worse,others,sources", 10},
		{"/trends?programme=yj2018&measure=overall", trends, 9}, {"/trends?theme=protecting_children&region=wales", trends, 2},
		{"/indicators?indicator=fte_rate_per_100k", figures, 1655}, {"/indicators?area=leicester-city&indicator=reoffending_rate_percent_15_17", figures, 9},
		{"/indicators?area=powys&indicator=custody_rate_per_1000", figures, 0},
		{"/suggestions?q=rutl", "area,name,href,reason,former", 1},
		{"/map?programme=cci", "area,name,region,label,across,down,class,absence,inspection,published,scale,rating,comment,percent,value,start,end,sources,share", 155},
		{"/sources", "source,title,url,detail,original_url,licence,publisher", len(mustSources(t))},
		{"/releases", "position,published,subject,act,inspection,measure,place,period,field,before,after,rows,why", 111},
		{"/release", "programme,starts,ends,sampling,inspections,results", 5},
	} {
		header, rows := table(t, c.address)
		if got := strings.Join(header, ","); got != c.header {
			t.Errorf("%s: columns\n%s, want\n%s", c.address, got, c.header)
		}
		if len(rows) != c.rows {
			t.Errorf("%s: %d rows, want %d", c.address, len(rows), c.rows)
		}
		for _, row := range rows {
			for column, cell := range row {
				if harmful(cell) {
					t.Errorf("%s: a spreadsheet would run %s %q", c.address, column, cell)
				}
				if strings.Contains(cell, "<nil>") || strings.Contains(cell, "0x") || strings.HasPrefix(cell, "&{") ||
					strings.HasPrefix(cell, "[") ||
					strings.HasPrefix(cell, "{") {
					t.Errorf("%s: %s holds %q", c.address, column, cell)
				}
			}
		}
	}
}

func mustSources(t *testing.T) []Source {
	t.Helper()
	all, _ := answerTo[[]Source](t, "/sources")
	return all
}

// harmful says whether a spreadsheet takes a cell for a formula, in half or full width.
func harmful(cell string) bool {
	first := []rune(cell + " ")[0]
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return false // a negative number
	}
	return strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
}

// recorded are the rows of every file of results in the shipped record, by column.
func recorded(t *testing.T) []map[string]string {
	t.Helper()
	names, err := fs.Glob(data.Record(), "results/*.csv")
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, name := range names {
		file, err := data.Record().Open(name)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(file).ReadAll()
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines[1:] {
			row := map[string]string{"programme": strings.TrimSuffix(path.Base(name), ".csv")}
			for n, cell := range line {
				row[lines[0][n]] = cell
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// What the interface says of every result is what the record says, cell by cell, in JSON and in CSV.
func TestResultsAreTheRecord(t *testing.T) {
	results, _ := answerTo[[]Result](t, "/results")
	inspections, _ := answerTo[[]Inspection](t, "/inspections")
	_, tabled := table(t, "/results")
	rows := recorded(t)
	if len(rows) != 850 || len(results) != 850 || len(inspections) != 228 || len(tabled) != 850 {
		t.Fatalf("%d rows recorded, %d results, %d inspections, %d rows in CSV", len(rows), len(results),
			len(inspections), len(tabled))
	}
	byKey, csvByKey, byInspection := make(map[string]Result), make(
		map[string]map[string]string), make(map[string]Inspection)
	for _, r := range results {
		byKey[r.Inspection+" "+r.Measure] = r
	}
	for _, row := range tabled {
		csvByKey[row["inspection"]+" "+row["measure"]] = row
	}
	for _, i := range inspections {
		byInspection[i.ID] = i
	}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	number := func(x *float64) string {
		if x == nil {
			return ""
		}
		return strconv.FormatFloat(*x, 'f', -1, 64)
	}
	whole := func(x *int) string {
		if x == nil {
			return ""
		}
		return strconv.Itoa(*x)
	}
	for _, row := range rows {
		key := row["inspection"] + " " + row["measure"]
		r, ok := byKey[key]
		i := byInspection[row["inspection"]]
		if !ok {
			t.Errorf("%s is left out", key)
			continue
		}
		said := map[string]string{
			"inspection": r.Inspection, "area": r.Area, "programme": r.Programme, "scale": r.Scale, "measure": r.Measure, "published": text(r.Published), "percent": number(r.Percent),
			"comment": text(
				r.Comment,
			), "rating": text(r.Rating), "points": whole(r.Points), "points_max": whole(r.PointsMax), "confidence": r.Confidence,
			"sources": strings.Join(r.Sources, ";"), "page": text(r.Page), "note": text(r.Note),
			"fieldwork": text(
				i.Fieldwork,
			), "cases": whole(i.Cases), "reinspection": map[bool]string{true: "yes", false: ""}[i.Reinspection],
		}
		want := maps.Clone(row)
		if want["reinspection"] == "no" {
			want["reinspection"] = ""
		}
		if diff := cmp.Diff(want, said); diff != "" {
			t.Errorf("%s (-record +JSON):\n%s", key, diff)
		}
		for _, column := range []string{"area", "programme", "published", "cases", "scale", "measure", "percent", "comment", "rating", "points", "points_max", "confidence", "sources", "note"} {
			if got := csvByKey[key][column]; got != export.Neutral(row[column]) && got != row[column] {
				t.Errorf("%s: %s is %q in CSV, %q in the record", key, column, got, row[column])
			}
		}
		if i.Area != row["area"] || i.Programme != row["programme"] || text(i.Published) != row["published"] {
			t.Errorf("%s: its inspection is %+v", key, i)
		}
	}
}

// London on the day of the notice of 13 June 2012, worked out by hand: eight areas held have a score dated to 2012 or
// before, of which Newham's is only known to be of 2012, and five more have no date. 44, 50, 62, 64, 65, 78 and 81
// remain: 444 in all, quartiles (50+62)/2 and (65+78)/2.
func TestBenchmarksByHand(t *testing.T) {
	found, sources := answerTo[[]Benchmark](t,
		"/benchmarks?programme=cci&measure=safeguarding&group=region&of=brent&as_of=2012-06-13")
	if len(found) != 1 || len(sources) == 0 {
		t.Fatalf("%d benchmarks with %d sources", len(found), len(sources))
	}
	number := func(x float64) *float64 { return &x }
	text := func(s string) *string { return &s }
	whole := func(n int) *int { return &n }
	want := Benchmark{
		Programme:    "cci",
		Measure:      "safeguarding",
		Scale:        "percent",
		Group:        "region",
		Name:         "London",
		AsOf:         text("2012-06-13"),
		Kind:         "computed",
		Unit:         text("percent"),
		Lowest:       number(44),
		LowestAreas:  []string{"greenwich"},
		Highest:      number(81),
		HighestAreas: []string{"bromley"},
		Average:      number(502.0 / 8),
		Median:       number(63),
		Q1:           number(56),
		Q3:           number(68.25),
		Levels:       []LevelCount{},
		N:            whole(8),
		Valued:       whole(8),
		Of:           whole(32),
		Undated:      whole(6),
	}
	if len(found[0].Sources) < 7 {
		t.Errorf("its sources are %q", found[0].Sources)
	}
	found[0].Sources = nil
	if b := found[0].Bounds; b == nil || b[0] != 502.0/32 || b[1] != (502.0+24*100)/32 {
		t.Errorf("the average of all 32 lies within %v", b)
	}
	if in := found[0].Interval; in == nil || in[0]+in[1] != 2*502.0/8 || in[0] < 50 || in[1] > 75 {
		t.Errorf("the interval of the average of all 32 is %v", in)
	}
	found[0].Bounds, found[0].Interval = nil, nil
	if diff := cmp.Diff(want, found[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	all, _ := answerTo[[]Benchmark](t, "/benchmarks?programme=cci&measure=safeguarding&as_of=2012-06-13")
	var published []string
	for _, b := range all {
		if b.Kind != "published" {
			continue
		}
		published = append(published, *b.Inspection)
		if *b.Inspection == rutland &&
			(*b.Lowest != 37 || *b.Highest != 91 || *b.Average != 68 || *b.AsOf != "2012-06-13" || b.N != nil || b.Of != nil || b.Median != nil) {
			t.Errorf("the notice of 13 June printed %+v", b)
		}
	}
	if len(all) < 2 || all[0].Kind != "computed" || !slices.Contains(published, rutland) ||
		slices.Contains(published, "bournemouth-and-poole-cci-2012") {
		t.Errorf("published by then: %q", published)
	}
	targeted, _ := answerTo[[]Benchmark](t, "/benchmarks?programme=fji&measure=reducing_reoffending")
	if len(targeted) != 2 {
		t.Fatalf("%d benchmarks of two scales", len(targeted))
	}
	for _, b := range targeted {
		if b.Warning == nil || b.Average != nil || b.Lowest != nil || b.MedianLevel == nil || len(b.Levels) != 4 {
			t.Errorf("of a targeted programme %+v", b)
		}
	}
}

func TestCompareByHand(t *testing.T) {
	across, _ := answerTo[Comparison](t, "/compare?with="+leicester+"&with="+rutland)
	if across.Verdict != analytics.SameTheme || len(across.Reasons) != len(across.ReasonCodes) ||
		len(across.Inspections) != 2 ||
		across.Inspections[0].ID != leicester {
		t.Errorf("verdict %s with %q of %+v", across.Verdict, across.ReasonCodes, across.Inspections)
	}
	want := []string{"different_programmes", "different_scales", "different_footprints", "targeted", "years_apart",
		"sample", "sample_unknown"}
	if diff := cmp.Diff(want, across.ReasonCodes); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
	for _, theme := range across.Themes {
		if theme.Difference != nil || theme.Verdict == analytics.LikeForLike {
			t.Errorf("%s across scales: %+v", theme.Theme, theme)
		}
		for _, r := range theme.Results {
			if (r.Interval != nil) != (r.Inspection == rutland && r.Percent != nil) {
				t.Errorf("%s of %s has interval %v", theme.Theme, r.Inspection, r.Interval)
			}
		}
	}
	alike, _ := answerTo[Comparison](t, "/compare?with="+rutland+"&with=bexley-cci-2012")
	if alike.Verdict != analytics.LikeForLike {
		t.Errorf("verdict %s", alike.Verdict)
	}
	differences := make(map[string]float64)
	for _, theme := range alike.Themes {
		if d := theme.Difference; d != nil {
			differences[theme.Theme] = d.Value
			if d.Interval != nil || d.Distinguishable != nil {
				t.Errorf("%s: chance is allowed for without a sample: %+v", theme.Theme, d)
			}
		}
	}
	if diff := cmp.Diff(map[string]float64{"protecting_children": 5, "protecting_the_public": 12, "reducing_reoffending": 5}, differences); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
	welsh, _ := answerTo[Comparison](t, "/compare?with="+leicester+"&with="+rutland+"&lang=cy")
	if !slices.Equal(welsh.ReasonCodes, across.ReasonCodes) || welsh.Reasons[0] == across.Reasons[0] ||
		welsh.Reasons[0] == "" {
		t.Errorf("in Welsh %q", welsh.Reasons)
	}
}

func TestFilters(t *testing.T) {
	ids := func(address string) []string {
		found, _ := answerTo[[]Inspection](t, address)
		var ids []string
		for _, i := range found {
			ids = append(ids, i.ID)
		}
		return ids
	}
	if diff := cmp.Diff([]string{leicester, "leicester-city-yj2018-2019", "leicester-city-yj2025"}, slices.Sorted(slices.Values(ids("/inspections?area=leicester-city")))); diff != "" {
		t.Errorf("of an area (-want +got):\n%s", diff)
	}
	if got := ids("/inspections?area=leicester-city&programme=fji"); !slices.Equal(got, []string{leicester}) {
		t.Errorf("of an area and programme %q", got)
	}
	// A date known to the month may lie on any of its days; one that is not known, on any day of the programme.
	for address, want := range map[string]bool{
		"/inspections?area=leicester-city&from=2019-11-30&to=2019-11-30": true, "/inspections?area=leicester-city&from=2019-12": false,
		"/inspections?area=leicester-city&to=2019-10-31": false, "/inspections?area=leicester-city&from=2019&to=2019": true,
		"/inspections?area=leicester-city&from=2020&to=2019": false,
	} {
		if got := slices.Contains(ids(address), "leicester-city-yj2018-2019"); got != want {
			t.Errorf("%s: November 2019 is in it: %t", address, got)
		}
	}
	for address, want := range map[string]bool{"/inspections?from=1000": true, "/inspections?from=2025-06&to=2025-06": true, "/inspections?to=2024": false} {
		if got := slices.Contains(ids(address), "leicester-city-yj2025"); got != want {
			t.Errorf("%s: an inspection of some day since 2025 is in it: %t", address, got)
		}
	}
	results, _ := answerTo[[]Result](t, "/results?measure=overall")
	programmes := make(map[string]bool)
	for _, r := range results {
		programmes[r.Programme] = true
		if r.Measure != "overall" {
			t.Errorf("of overall: %s", r.Measure)
		}
	}
	if len(programmes) != 2 {
		t.Errorf("overall is of %v", programmes)
	}
	areas, _ := answerTo[[]Area](t, "/areas?q=Rutland")
	if len(areas) == 0 || areas[0].ID != "leicestershire-and-rutland" {
		t.Errorf("Rutland is in %+v", areas)
	}
}

// Every mistake is named: what kind it is, in which parameter, and the value as it was given.
func TestErrors(t *testing.T) {
	long := strings.Repeat("x", 500)
	for _, c := range []struct{ address, field, kind, value string }{
		{"/areas?x=1", "x", "parameter", "q, limit, offset, format"}, {"/areas/leicester-city?q=a", "q", "parameter", "format"}, {"/results?Programme=cci", "Programme", "parameter",
			"programme, measure, area, areas, from, to, limit, offset, format"},
		{"/sources?a=1&b=2&c=3", "a", "parameter", "limit, offset, format"}, {"/areas?" + long + "=1", long[:60], "parameter", "q, limit, offset, format"},
		{"/areas?q=a&q=b", "q", "once", "q"}, {"/release?format=csv&format=json", "format", "once", "format"},
		{"/areas?format=xml", "format", "format", "xml"}, {"/areas?format=CSV", "format", "format", "CSV"}, {"/areas?format=" + long, "format", "format", long[:60]},
		{"/findings?kind=praise", "kind", "kind", "praise"},
		{"/inspections?from=2012-02-31", "from", "date", "2012-02-31"}, {"/inspections?to=tomorrow", "to", "date", "tomorrow"},
		{"/benchmarks", "programme", "required", ""}, {"/benchmarks?programme=cci", "measure", "required", ""}, {"/benchmarks?measure=safeguarding", "programme", "required", ""},
		{"/benchmarks?programme=cci&measure=safeguarding&group=families", "group", "group", "families"},
		{"/benchmarks?programme=cci&measure=safeguarding&group=family", "of", "required", ""}, {"/benchmarks?programme=cci&measure=safeguarding&group=family&of=cardiff", "group", "family", "cardiff"},
		{"/benchmarks?programme=cci&measure=safeguarding&group=list&areas=cardiff", "areas", "listed", ""}, {"/benchmarks?programme=cci&measure=safeguarding&without=cardiff", "of", "required", ""},
		{"/benchmarks?programme=cci&measure=safeguarding&of=brent&without=cardiff", "without", "without", "cardiff"},
		{"/statistics", "indicator", "required", ""}, {"/statistics?indicator=abc", "indicator", "indicator_of_areas", "abc"}, {"/statistics?indicator=fte_rate_per_100k&period=2020", "period", "period", "2020"},
		{"/funnel", "programme", "required", ""}, {"/funnel?programme=cci", "measure", "required", ""}, {"/funnel?indicator=fte_rate_per_100k&as_of=2020", "as_of", "without_indicator", ""},
		{"/benchmarks?programme=cci&measure=safeguarding&as_of=2012-13", "as_of", "date", "2012-13"},
		{"/trends", "theme", "required", ""}, {"/trends?theme=abc", "theme", "theme", "abc"}, {"/trends?programme=cci", "measure", "required", ""}, {"/trends?measure=overall", "theme", "required", ""},
		{"/trends?theme=overall&measure=overall", "programme", "required", ""}, {"/trends?theme=overall&programme=yj2018", "theme", "alone", ""}, {"/trends?theme=overall&region=england", "region", "region", "england"},
		{"/indicators", "indicator", "required", ""}, {"/indicators?indicator=" + long, "indicator", "indicator", long[:60]},
		{"/compare", "with", "count", ""}, {"/compare?with=" + rutland, "with", "count", ""}, {"/compare?with=" + rutland + "&with=" + rutland, "with", "repeat", rutland},
		{"/compare?with=a&with=b&with=c&with=d&with=e&with=f&with=g", "with", "count", ""},
		{"/compare?with=" + rutland + "&with=" + leicester + "&lang=fr", "lang", "language", "fr"},
	} {
		for range 5 {
			_, err := ask(t, c.address)
			var invalid *analytics.InvalidError
			if !errors.As(err, &invalid) {
				t.Errorf("%.60s: error %v", c.address, err)
				break
			}
			if want := (analytics.InvalidError{Field: c.field, Kind: c.kind, Value: c.value}); *invalid != want {
				t.Errorf("%.60s: %+v, want %+v", c.address, *invalid, want)
				break
			}
		}
	}
	for _, c := range []struct{ address, kind, id string }{
		{"/benchmarks?programme=cci&measure=safeguarding&group=list&areas=brent,Narnia", "area", "Narnia"},
		{"/areas/nowhere", "area", "nowhere"}, {"/areas/", "area", ""}, {"/inspections/nowhere-cci-2012", "inspection", "nowhere-cci-2012"}, {"/inspections?area=nowhere", "area", "nowhere"},
		{"/findings?inspection=nowhere-cci-2012", "inspection", "nowhere-cci-2012"},
		{"/inspections?programme=abc", "programme", "abc"}, {"/results?area=nowhere", "area", "nowhere"}, {"/results?programme=abc", "programme", "abc"},
		{"/results?programme=cci&measure=overall", "measure", "overall"}, {"/benchmarks?programme=abc&measure=overall", "programme", "abc"},
		{"/benchmarks?programme=cci&measure=overall", "measure", "overall"}, {"/benchmarks?programme=cci&measure=safeguarding&group=region&of=nowhere", "area", "nowhere"},
		{"/compare?with=" + rutland + "&with=nowhere", "inspection", "nowhere"},
		{"/trends?programme=abc&measure=overall", "programme", "abc"}, {"/trends?programme=cci&measure=overall", "measure", "overall"}, {"/indicators?area=nowhere", "area", "nowhere"},
	} {
		_, err := ask(t, c.address)
		var missing *analytics.NotFoundError
		if !errors.As(err, &missing) || missing.Kind != c.kind || missing.ID != c.id {
			t.Errorf("%s: error %v", c.address, err)
		}
	}
	// A filter that nothing can match is a mistake too, and no empty answer to another question.
	for _, address := range []string{"/results?measure=nothing_of_the_kind", "/benchmarks?programme=cci&measure=safeguarding&of=nowhere"} {
		if body, err := ask(t, address); err == nil {
			t.Errorf("%s is answered: %.200s", address, body.Content)
		}
	}
}

// Whatever is asked, the answer is one, or a mistake of the asker's.
func TestAnyQuery(t *testing.T) {
	values := []string{"", "cci", "fji", "yj2018", "sqs", "safeguarding", "overall", "reducing_reoffending", "region",
		"nation", "all", "leicester-city", "cardiff", "2012", "2012-06-13", leicester, rutland, "csv", "json", "xlsx",
		"parquet", "en", "cy", "<script>", "\x00", "\xff", "=1"}
	rapid.Check(t, func(r *rapid.T) {
		e := rapid.SampledFrom(Endpoints()).Draw(r, "endpoint")
		query := make(url.Values)
		for _, name := range append(e.query(), "other") {
			for range rapid.SampledFrom([]int{0, 0, 1, 1, 1, 2}).Draw(r, name) {
				query.Add(name, rapid.OneOf(rapid.SampledFrom(values), rapid.String()).Draw(r, "value"))
			}
		}
		snapshot, _ := shippedSnapshot()
		spoken, _ := languages()
		request := Request{
			Snapshot:  snapshot,
			ID:        rapid.OneOf(rapid.SampledFrom(values), rapid.String()).Draw(r, "id"),
			Query:     query,
			Languages: spoken,
		}
		body, err := e.Answer(request)
		var missing *analytics.NotFoundError
		var invalid *analytics.InvalidError
		switch {
		case errors.As(err, &missing), errors.As(err, &invalid):
		case err != nil:
			r.Fatalf("%s?%s: %v", e.Path, query.Encode(), err)
		case body.Type == TypeJSON && !json.Valid(body.Content), len(body.Content) == 0:
			r.Fatalf("%s?%s: %s of %d bytes", e.Path, query.Encode(), body.Type, len(body.Content))
		}
		again, errAgain := e.Answer(request)
		if !bytes.Equal(again.Content, body.Content) || fmt.Sprint(errAgain) != fmt.Sprint(err) {
			r.Fatalf("%s?%s: asked again it answers otherwise: %v, %v", e.Path, query.Encode(), err, errAgain)
		}
	})
}

// What the page of the press notice's area says of its years is counted here by hand: 22 services were rated overall
// in 2024 under the framework of 2018, 2 Outstanding, 13 Good, 6 Requires improvement and 1 Inadequate; 15 of 22 is
// 68.2%.
func TestTrendsByHand(t *testing.T) {
	got, sources := answerTo[Trends](t, "/trends?programme=yj2018&measure=overall")
	rated := make(map[string]int)
	for _, row := range recorded(t) {
		if row["programme"] == "yj2018" && row["measure"] == "overall" &&
			strings.HasPrefix(row["published"], "2024") {
			rated[row["rating"]]++
		}
	}
	for _, y := range got.Measures[0].Years {
		if y.Year == nil || *y.Year != 2024 {
			continue
		}
		held := make(map[string]int)
		for _, l := range y.Levels {
			if l.Areas > 0 {
				held[l.Level] = l.Areas
			}
		}
		if !maps.Equal(held, rated) || y.N != 24 || *y.Good != 16 || fmt.Sprintf("%.1f", *y.GoodPercent) != "66.7" ||
			y.GoodInterval[0] > 50 ||
			y.GoodInterval[1] < 80 {
			t.Errorf("2024: %v of %v", held, rated)
		}
	}
	if m := got.Measures[0].Movement; m.Areas != m.Up+m.Same+m.Down || len(m.Moves) != m.Areas+m.Unordered ||
		m.Areas == 0 {
		t.Errorf("movement %+v", m)
	}
	if len(sources) == 0 {
		t.Error("no sources")
	}
	if fji, _ := answerTo[Trends](t, "/trends?programme=fji&measure=reducing_reoffending"); fji.Measures[0].Warning == nil {
		t.Error("a targeted programme has no warning")
	} else if fji.Measures[0].Because != "too_short" || got.Measures[0].Because != "other_areas" {
		t.Errorf("tested for a trend, or refused for %q and %q", fji.Measures[0].Because, got.Measures[0].Because)
	}
}

// Leicester's reoffending is held at the level of its authority, one figure a year, and its area has no series of
// its own.
func TestIndicatorsByHand(t *testing.T) {
	got, _ := answerTo[[]Series](t, "/indicators?area=leicester-city&indicator=reoffending_rate_percent_15_17")
	if len(got) != 1 || got[0].Place != "leicester-city" || got[0].Name != "Leicester" ||
		got[0].Level != "authority" ||
		*got[0].GSS != "E06000016" ||
		*got[0].Of != "leicester-city" ||
		*got[0].Basis != "new" {
		t.Fatalf("%+v", got)
	}
	last := got[0].Points[len(got[0].Points)-1]
	// 40 of 107 is the smallest cohort that prints 37.38: its Wilson interval, worked out apart, is 28.8 to 46.8.
	if last.End != "2024-03-31" || last.Value != 37.38 || *last.Kind != "outer_limit" || *last.AtLeast != 107 ||
		len(got[0].Points) != 9 ||
		fmt.Sprintf("%.1f to %.1f", last.Interval[0], last.Interval[1]) != "28.8 to 46.8" {
		t.Errorf("%+v", last)
	}
	if trend := got[0].Tendency; *got[0].Better != "low" || *trend.Direction != "none" || *trend.Method != "spread" ||
		*trend.Tested < 100 ||
		*trend.Unit != "percentage_points" ||
		*trend.First != "2019-04-01" ||
		*trend.Last != "2024-03-31" ||
		trend.Because != nil {
		t.Errorf("%+v", trend)
	}
	both, _ := answerTo[[]Series](t, "/indicators?indicator=reoffending_rate_percent")
	bases := make(map[string]bool)
	for _, s := range both {
		for _, p := range s.Points {
			if s.Basis == nil {
				t.Errorf("%s: no basis at %s", s.Place, p.End)
			}
		}
		bases[s.Place+*s.Basis] = true
		if trend := s.Tendency; len(s.Points) < 5 &&
			(trend.Because == nil || trend.Direction != nil || trend.Method != nil || trend.First != nil || trend.Last != nil) {
			t.Errorf("%s, %d figures: %+v", s.Place, len(s.Points), trend)
		}
	}
	if !bases["england-and-walesold"] || !bases["england-and-walesnew"] {
		t.Errorf("bases %v", bases)
	}
}

// A place finds the area that serves it, and the answer says how; what is nowhere in England and Wales finds none.
func TestAreasByPlace(t *testing.T) {
	for query, want := range map[string]string{
		"Melton+Mowbray": "leicestershire-and-rutland town Melton Mowbray in Melton, sure",
		"le13+1aa":       "leicestershire-and-rutland postcode LE13 in Melton 1, sure",
		"Yr+Wyddgrug":    "flintshire town Yr Wyddgrug in Flintshire, sure",
		"Rutland":        "leicestershire-and-rutland constituent Rutland, sure",
		"Newport":        "newport own Newport",
		"Taunton+Deane":  "somerset former_authority Taunton Deane in Somerset, sure",
		"London":         "barking-and-dagenham region London",
		"EH1+1AA":        "",
		"zzzz":           "",
	} {
		body, err := ask(t, "/areas?q="+query)
		var answer struct {
			Data []struct {
				ID    string
				Match *struct {
					Kind, Name string
					Authority  *string
					Share      *float64
					Sure       bool
				}
			}
		}
		if err == nil {
			err = json.Unmarshal(body.Content, &answer)
		}
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		got := ""
		if len(answer.Data) > 0 {
			m := answer.Data[0].Match
			got = answer.Data[0].ID + " " + m.Kind + " " + m.Name
			if m.Authority != nil {
				got += " in " + *m.Authority
			}
			if m.Share != nil {
				got += fmt.Sprintf(" %v", *m.Share)
			}
			if m.Sure {
				got += ", sure"
			}
		}
		if got != want {
			t.Errorf("%s finds %q, want %q", query, got, want)
		}
	}
}
