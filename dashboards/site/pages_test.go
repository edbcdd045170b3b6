package site

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yardstick/analytics"
	"yardstick/dashboards/export"
	"yardstick/dashboards/export/datapackage"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/sitetest"
	"yardstick/dashboards/view"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// built is the view of a page at an address in English, as its template is given it, without what the renderer adds.
func built(t *testing.T, tag, address string) Page {
	t.Helper()
	return builtOn(t, sitetest.Shipped(t), tag, address)
}

func builtOn(t *testing.T, snapshot *analytics.Snapshot, tag, address string) Page {
	t.Helper()
	s, r := requested(t, tag, address)
	content, err := s.content(&r, Source{Snapshot: snapshot, Latest: snapshot.Release(), Files: files{snapshot}})
	if err != nil || r.words.Err() != nil {
		t.Fatalf("%s: %v, %v", address, err, r.words.Err())
	}
	return content
}

// site is what the requests of all tests are to.
var site = sync.OnceValues(func() (*Site, error) {
	return New(Config{Now: func() time.Time { return sitetest.Built }})
})

// requested is a site and the request for an address of it.
func requested(t *testing.T, tag, address string) (*Site, Request) {
	t.Helper()
	path, text, _ := strings.Cut(address, "?")
	query, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	s, err := site()
	if err != nil {
		t.Fatal(err)
	}
	route, id, ok := s.At(path)
	if !ok {
		t.Fatalf("%s is no page", address)
	}
	r, err := NewRequest(tag, route, id, query)
	if err != nil {
		t.Fatal(err)
	}
	return s, r
}

// files are the files of a release, written each time that they are asked for.
type files struct{ *analytics.Snapshot }

func (f files) Tables() []export.Table { return datapackage.Tables(f.Snapshot) }

func (f files) Size(name string) (int, error) {
	table, extension, _ := strings.Cut(name, ".")
	t, isTable := datapackage.Find(f.Tables(), table)
	format, isFormat := export.Find(extension)
	if !isTable || !isFormat {
		return 0, nil // the whole package, which no view here names
	}
	content, err := format.File(t, datapackage.Origin(f.Release()))
	return len(content), err
}

func viewAt[T any](t *testing.T, address string) T {
	t.Helper()
	content, ok := any(built(t, "en", address)).(*T)
	if !ok {
		t.Fatalf("%s is built from another view", address)
	}
	return *content
}

// The whole view of canonical visits, chart numbers included, as golden files: a change of what a page says shows as a
// change of one of them, to be read before it is kept (go test ./dashboards -run TestViews -update).
func TestViews(t *testing.T) {
	for name, address := range map[string]string{
		"home":                  "/",
		"revised_home":          "/",
		"areas_found":           "/areas?q=cumb",
		"areas":                 "/areas",
		"map":                   "/map",
		"map_cci":               "/map?programme=cci&measure=safeguarding",
		"map_indicator":         "/map?indicator=reoffending_rate_percent_15_17",
		"area":                  "/areas/leicester-city",
		"area_former":           "/areas/bournemouth-and-poole",
		"inspections":           "/inspections?programme=yj2025",
		"overview":              "/overview?show=yj2018&region=east-midlands&sort=overall&order=down",
		"tables":                "/tables?show=cci&of=safeguarding&of=risk_of_harm&areas=Bexley,Brent,Derby&from=2012",
		"tables_statistics":     "/tables?show=statistics&of=fte_rate_per_100k&areas=Leicester+City,Derby&from=2022",
		"overview_statistics":   "/overview?show=statistics&region=wales",
		"inspection_cci":        "/inspections/" + sitetest.Rutland,
		"inspection_fji":        "/inspections/" + sitetest.Leicester,
		"inspection_yj2018":     "/inspections/leicestershire-and-rutland-yj2018-2021",
		"compare":               sitetest.With(sitetest.Leicester, sitetest.Rutland),
		"compare_like_for_like": sitetest.With(sitetest.Rutland, "bexley-cci-2012"),
		"compare_none":          "/compare",
		"compare_one":           sitetest.With(sitetest.Rutland),
		"compare_adding":        sitetest.With(sitetest.Leicester, sitetest.Rutland) + "&q=leic",
		"benchmarks_cci_by_region": "/benchmarks?programme=cci&measure=safeguarding&group=region&" +
			"of=leicestershire-and-rutland&as_of=2012-06-13",
		"benchmarks_yj2018":      "/benchmarks?programme=yj2018&measure=overall&group=nation",
		"trends":                 "/trends?region=london",
		"trends_cci":             "/trends?programme=cci&measure=safeguarding",
		"trends_theme":           "/trends?theme=governance&region=south-east",
		"indicators":             "/indicators?indicator=reoffending_rate_percent",
		"indicators_area":        "/indicators?indicator=reoffending_rate_percent_15_17&area=leicester-city",
		"indicators_authorities": "/indicators?indicator=fte_rate_per_100k&area=leicestershire-and-rutland",
		"methodology":            "/methodology",
		"ratings":                "/ratings",
		"about":                  "/about",
		"explained":              "/explained",
		"releases":               "/releases",
		"target":                 "/target?places=4&exclude=24",
		"target_replayed":        "/target?as_of=2016-01-31",
		"revised_releases":       "/releases",
		"upcoming":               "/upcoming",
		"revised_upcoming":       "/upcoming",
		"revised_inspection":     "/inspections/" + sitetest.Leicester,
	} {
		t.Run(name, func(t *testing.T) {
			snapshot := sitetest.Shipped(t)
			if strings.HasPrefix(name, "revised_") {
				snapshot = sitetest.Revised(t)
			}
			page := builtOn(t, snapshot, "en", address)
			checkParts(t, page)
			checkNames(t, page)
			got := tree(t, page)
			file := filepath.Join("testdata", "views", name+".json")
			if *update {
				var text bytes.Buffer
				encoder := json.NewEncoder(&text)
				encoder.SetEscapeHTML(false)
				encoder.SetIndent("", "  ")
				if err := encoder.Encode(got); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, text.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want any
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the view of %s is not that of %s (-want +got):\n%s", address, file, diff)
			}
		})
	}
}

// checkNames wants no field of a page's view to hide one of the base, which the layout would show in its place.
func checkNames(t *testing.T, page Page) {
	t.Helper()
	base := reflect.TypeFor[view.Base]()
	for field := range reflect.TypeOf(page).Elem().Fields() {
		if _, hides := base.FieldByName(field.Name); hides && field.Type != base {
			t.Errorf("the field %s of %T hides that of the base", field.Name, page)
		}
	}
}

// checkParts wants every figure and table of a page's view among its Parts: what is missing there cannot be downloaded.
func checkParts(t *testing.T, page Page) {
	t.Helper()
	parts := page.Parts()
	want := make(map[any]string)
	var collect func(v reflect.Value)
	collect = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				collect(v.Elem())
			}
		case reflect.Slice:
			for n := range v.Len() {
				collect(v.Index(n))
			}
		case reflect.Struct:
			switch part := v.Addr().Interface().(type) {
			case *view.Table:
				if len(part.Columns) > 0 {
					want[part] = "table " + part.ID
				}
				return
			case *view.Figure:
				if part.ID != "" {
					want[part] = "figure " + part.ID
				}
			}
			for n := range v.NumField() {
				if v.Type().Field(n).IsExported() {
					collect(v.Field(n))
				}
			}
		}
	}
	collect(reflect.ValueOf(page))
	for _, f := range parts.Figures {
		delete(want, f)
	}
	for _, table := range parts.Tables {
		delete(want, table)
	}
	for _, missing := range want {
		t.Errorf("the %s is not among the parts of the page", missing)
	}
}

// tree is a view as golden files hold it: every field that is not empty; a row of a table on one line, and of a chart's
// options its rows and numbers.
func tree(t *testing.T, content any) any {
	t.Helper()
	text, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	var all any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return trimmed(t, all)
}

func trimmed(t *testing.T, node any) any {
	switch node := node.(type) {
	case []any:
		for n := range node {
			node[n] = trimmed(t, node[n])
		}
	case map[string]any:
		for key, value := range node {
			switch value {
			case nil, "", false, float64(0):
				delete(node, key)
				continue
			}
			switch key {
			case "Options":
				node[key] = drawing(t, value)
			case "Cells", "Columns":
				node[key] = line(t, value.([]any))
			default:
				node[key] = trimmed(t, value)
			}
		}
		return short(node)
	}
	return node
}

// line is a list of cells or columns on one line. The alignment of a cell is that of its column, and left out; its
// value is what its text shows (TestCellsHaveTheirValues).
func line(t *testing.T, items []any) string {
	var parts []string
	for _, item := range items {
		fields := item.(map[string]any)
		if _, cell := fields["Text"]; cell {
			for _, name := range []string{"Numeric", "Own", "Value", "Missing"} {
				delete(fields, name)
			}
		}
		parts = append(parts, fmt.Sprint(trimmed(t, fields)))
	}
	return strings.Join(parts, " | ")
}

// short is a node of nothing but plain values on one line, its text first.
func short(node map[string]any) any {
	text := ""
	for _, first := range []string{"Text", "Label", "Cells"} {
		if value, ok := node[first].(string); ok {
			text += value
		}
	}
	for _, name := range slices.Sorted(maps.Keys(node)) {
		switch value := node[name].(type) {
		case []any, map[string]any:
			return node
		case bool:
			text += " <" + strings.ToLower(name) + ">"
		default:
			if name != "Text" && name != "Label" && name != "Cells" {
				text += fmt.Sprintf(" <%s %v>", strings.ToLower(name), value)
			}
		}
	}
	return text
}

// drawing is what a chart draws: its rows, and the values of each series by name.
func drawing(t *testing.T, options any) any {
	t.Helper()
	text, err := base64.StdEncoding.DecodeString(options.(string))
	if err != nil {
		t.Fatal(err)
	}
	var chart struct {
		BaseOption struct {
			XAxis  []struct{ Data []string }
			YAxis  []struct{ Data []string }
			Series []struct {
				Name string
				Data []struct{ Value any }
			}
		}
	}
	if err := json.Unmarshal(text, &chart); err != nil {
		t.Fatal(err)
	}
	drawn := map[string]any{"rows": strings.Join(chart.BaseOption.YAxis[0].Data, " | ")}
	if columns := chart.BaseOption.XAxis[0].Data; len(chart.BaseOption.YAxis[0].Data) == 0 {
		drawn = map[string]any{"columns": strings.Join(columns, " | ")}
	}
	for _, one := range chart.BaseOption.Series {
		var values []any
		for _, point := range one.Data {
			values = append(values, point.Value)
		}
		numbers, err := json.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		drawn["series "+one.Name] = string(numbers)
	}
	return drawn
}

// texts are a table's rows as words, the small ones left out.
func texts(table view.Table) [][]string {
	var rows [][]string
	for _, row := range table.Rows {
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, cell.Text)
		}
		rows = append(rows, cells)
	}
	return rows
}

// The table that the press notice of 13 June 2012 printed, number for number and comment for comment.
func TestNotice(t *testing.T) {
	p := viewAt[inspectionView](t, "/inspections/"+sitetest.Rutland)
	own := "Leicestershire and Rutland"
	printed := "Wales and the English regions to date, as printed"
	cell := func(text string, own bool) view.Cell {
		number, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
		if err != nil {
			t.Fatal(err)
		}
		return view.Cell{Text: text, Value: &view.Value{Number: number, Unit: "%"}, Numeric: true, Own: own}
	}
	row := func(measure, about, lowest, highest, average, score string) view.Row {
		return view.Row{
			Cells: []view.Cell{
				{Text: measure, Small: about},
				cell(lowest, false),
				cell(highest, false),
				cell(average, false),
				cell(score, true),
				{Text: "MODERATE improvement required", Kind: "comment", Rating: "comment--moderate"},
			},
		}
	}
	want := &view.Table{
		ID: "notice", Notice: true, CSV: "/api/v1/inspections/" + sitetest.Rutland + "?format=csv",
		Caption: "Scores for Leicestershire and Rutland beside those of the areas inspected to date",
		Columns: []view.Column{
			{Label: "Measure"},
			{Label: "Lowest", Numeric: true, Group: printed},
			{Label: "Highest", Numeric: true, Group: printed},
			{
				Label:   "Average",
				Numeric: true,
				Group:   printed,
			},
			{Label: own, Numeric: true, Own: true},
			{Label: "Comment"},
		},
		Rows: []view.Row{
			row("Safeguarding", "action to protect the young person", "37%", "91%", "68%", "69%"),
			row("Risk of Harm to others", "action to protect the public", "36%", "86%", "62%", "63%"),
			row("Likelihood of Reoffending", "individual less likely to reoffend", "43%", "88%", "71%", "71%"),
		},
	}
	if diff := cmp.Diff(want, p.Notice); diff != "" {
		t.Errorf("the notice's table (-want +got):\n%s", diff)
	}
	if len(p.Figures) != 2 || len(p.Provided.Rows) != 14 {
		t.Errorf("%d figures and the sources of %d results", len(p.Figures), len(p.Provided.Rows))
	}
	groups := p.Notice.Groups()
	if diff := cmp.Diff([]view.ColumnGroup{{Span: 1}, {Label: printed, Span: 3}, {Span: 1}, {Span: 1}},
		groups); diff != "" {
		t.Errorf("its groups of columns (-want +got):\n%s", diff)
	}
}

// The comparison that the site was asked for first: never a difference, each in its own cohort, and every reason why.
func TestCompareAcrossProgrammes(t *testing.T) {
	p := viewAt[compareView](t, sitetest.With(sitetest.Leicester, sitetest.Rutland))
	if p.Verdict.Class != "same-theme" || p.Heading != "Leicester City 2016 and Leicestershire and Rutland 2012" {
		t.Errorf("verdict %q of %q", p.Verdict.Class, p.Heading)
	}
	for _, reason := range []string{"different programmes", "different scales", "no council in common",
		"chose areas causing concern", "4 years apart", "62 cases", "were read for Leicester City 2016"} {
		if all := strings.Join(p.Verdict.Reasons, "\n"); !strings.Contains(all, reason) {
			t.Errorf("no reason says %q:\n%s", reason, all)
		}
	}
	if len(p.Panels) != 2 || p.Panels[0].Figure == nil || p.Panels[1].Figure == nil {
		t.Fatalf("panels %+v", p.Panels)
	}
	if p.Panels[0].Title != "Leicester City 2016" || !p.Panels[0].Targeted ||
		p.Panels[1].Title != "Leicestershire and Rutland 2012" ||
		p.Panels[1].Targeted {
		t.Errorf("panels %q (targeted %t) and %q (targeted %t)", p.Panels[0].Title, p.Panels[0].Targeted,
			p.Panels[1].Title, p.Panels[1].Targeted)
	}
	// Two panels, two scales: the first has words and never a percentage of its own, the second percentages.
	if first := texts(p.Panels[0].Figure.Table); first[0][1] != "Satisfactory" {
		t.Errorf("the first panel says %q", first[0])
	}
	wantSecond := map[string]string{
		"Safeguarding":              "69%",
		"Risk of Harm to others":    "63%",
		"Likelihood of Reoffending": "71%",
	}
	for _, row := range texts(p.Panels[1].Figure.Table) {
		if want := wantSecond[row[0]]; want != "" && row[1] != want {
			t.Errorf("the second panel says %q, want %s", row, want)
		}
		delete(wantSecond, row[0])
	}
	if len(wantSecond) > 0 {
		t.Errorf("the second panel leaves out %v", wantSecond)
	}
	got := texts(*p.Themes)
	want := [][]string{
		{"Protecting children", "Satisfactory", "69%"},
		{"Protecting the public", "Satisfactory", "63%"},
		{"Reducing reoffending", "Satisfactory", "71%"},
		{"Sentence delivered", "Good", "not judged by this programme"},
		{"Governance", "Satisfactory", "not judged by this programme"},
		{"Interventions and provision", "Satisfactory", "77%"},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("themes (-want +got):\n%s", diff)
	}
	for _, row := range p.Themes.Rows {
		for _, cell := range row.Cells {
			if strings.Contains(strings.ToLower(cell.Text+cell.Small), "difference") {
				t.Errorf("a difference between two scales: %v", cell)
			}
		}
	}
	if p.Themes.CSV != "/api/v1/compare?format=csv&with="+sitetest.Leicester+"&with="+sitetest.Rutland {
		t.Errorf("its figures are at %s", p.Themes.CSV)
	}
	swapped := viewAt[compareView](t, sitetest.With(sitetest.Rutland, sitetest.Leicester))
	if swapped.Verdict.Class != p.Verdict.Class || swapped.Panels[0].Title != p.Panels[1].Title {
		t.Errorf("the other way round: %q, %q", swapped.Verdict.Class, swapped.Panels[0].Title)
	}
}

// Without a choice the page is the search and the comparison worth making first; with one inspection, what it is and
// what it may be set beside.
func TestCompareBeforeTwoAreChosen(t *testing.T) {
	p := viewAt[compareView](t, "/compare")
	if len(p.Panels) > 0 || p.HasCharts || p.Verdict != nil || p.Themes != nil || len(p.Choose.Chosen) > 0 ||
		len(p.Offers) != 1 {
		t.Errorf("%d panels, charts %t, verdict %v, %d chosen, %d groups of offers", len(p.Panels), p.HasCharts,
			p.Verdict, len(p.Choose.Chosen), len(p.Offers))
	}
	if offer := p.Offers[0].Offers[0]; offer.Href != sitetest.With(sitetest.Leicester, sitetest.Rutland) ||
		offer.Verdict != "Same themes, different scales" {
		t.Errorf("it offers %+v", offer)
	}
	p = viewAt[compareView](t, sitetest.With(sitetest.Rutland))
	if len(p.Panels) != 1 || p.Verdict != nil || len(p.Choose.Chosen) != 1 || p.Choose.Chosen[0].First != nil ||
		p.Choose.Chosen[0].Remove != "/compare" ||
		p.Data != "/api/v1/inspections/"+sitetest.Rutland {
		t.Errorf("of one: %d panels, %+v, data %s", len(p.Panels), p.Choose, p.Data)
	}
	here, err := sitetest.Shipped(t).Inspection(sitetest.Rutland)
	if err != nil {
		t.Fatal(err)
	}
	offered := make(map[string]bool)
	for n, group := range p.Offers {
		for _, offer := range group.Offers {
			with := strings.Split(strings.TrimPrefix(offer.Href, "/compare?with="), "&with=")
			other, err := sitetest.Shipped(t).Inspection(with[len(with)-1])
			if err != nil || len(with) != 2 || with[0] != sitetest.Rutland || offered[other.ID] {
				t.Errorf("an offer leads to %s: %v", offer.Href, err)
			}
			offered[other.ID] = true
			if alike := other.Programme == here.Programme; n == 0 && other.Area != here.Area ||
				n > 0 && (alike != (offer.Verdict == "Like for like") || offer.Verdict == "Not comparable") {
				t.Errorf("%s: %s is offered as %s", group.Heading, other.ID, offer.Verdict)
			}
		}
	}
	if !offered["leicestershire-and-rutland-yj2018-2021"] || !offered[sitetest.Leicester] || len(p.Offers) != 4 {
		t.Errorf("offered %v in %d groups", offered, len(p.Offers))
	}
}

// Every inspection chosen may be taken away or moved to the front, and the search adds to those chosen until they
// are six.
func TestCompareChoosing(t *testing.T) {
	p := viewAt[compareView](t, sitetest.With(sitetest.Leicester, sitetest.Rutland, "brent-cci-2011")+"&q=leicester")
	for n, want := range []struct{ remove, first string }{
		{sitetest.With(sitetest.Rutland, "brent-cci-2011"), ""},
		{sitetest.With(sitetest.Leicester, "brent-cci-2011"),
			sitetest.With(sitetest.Rutland, sitetest.Leicester, "brent-cci-2011")},
		{sitetest.With(sitetest.Leicester, sitetest.Rutland),
			sitetest.With("brent-cci-2011", sitetest.Leicester, sitetest.Rutland)},
	} {
		chosen := p.Choose.Chosen[n]
		first := ""
		if chosen.First != nil {
			first = chosen.First.Href
		}
		if chosen.Remove != want.remove || first != want.first || chosen.Series != n+1 {
			t.Errorf("%s: %+v, first %q", chosen.ID, chosen, first)
		}
	}
	if p.Verdict == nil || len(p.Panels) != 3 || p.Choose.Found == nil || len(p.Choose.Found.Areas) != 1 {
		t.Fatalf("while searching: verdict %v, %d panels, found %+v", p.Verdict, len(p.Panels), p.Choose.Found)
	}
	for _, one := range p.Choose.Found.Areas[0].Inspections {
		switch {
		case one.Name == "Leicester City 2016" && one.Add != "":
			t.Errorf("what is compared may be added again: %+v", one)
		case one.Name == "Leicester City 2019" &&
			one.Add != sitetest.With(sitetest.Leicester, sitetest.Rutland, "brent-cci-2011", "leicester-city-yj2018-2019"):
			t.Errorf("%s is added by %s", one.Name, one.Add)
		}
	}
	if many := viewAt[compareView](t, "/compare?q=e").Choose.Found; len(many.Areas) != mostFound {
		t.Errorf("%d areas are listed", len(many.Areas))
	}
	six := viewAt[compareView](
		t,
		sitetest.With(sitetest.Leicester, sitetest.Rutland, "leicester-city-yj2018-2019",
			"leicestershire-and-rutland-yj2018-2021", "brent-cci-2011", "bexley-cci-2012")+"&q=derby",
	)
	if six.Choose.Full == "" || six.Choose.Found != nil || len(six.Panels) != 6 {
		t.Errorf("of six: full %q, found %+v, %d panels", six.Choose.Full, six.Choose.Found, len(six.Panels))
	}
	ground := 0
	for _, reason := range six.Verdict.Reasons {
		if strings.Contains(reason, "no local authority in common") {
			ground++
		}
	}
	if ground != 1 || len(six.Verdict.Reasons) > 12 {
		t.Errorf("%d reasons, %d about ground apart", len(six.Verdict.Reasons), ground)
	}
	for _, panel := range six.Panels {
		if panel.Figure != nil && !panel.Figure.Folded {
			t.Errorf("the table of %s stands open beside five others", panel.Title)
		}
	}
}

// An area's page leads with the newest programme, and lists every inspection of it, the newest first.
// An inspection whose report's findings are in the record leads to them from its area's history, with their number, in
// both languages.
func TestAreaHistoryLeadsToFindings(t *testing.T) {
	for tag, want := range map[string]view.Link{
		"en": {Text: "233 findings of the report", Href: "/inspections/" + sitetest.Rutland + "#report"},
		"cy": {Text: "233 canfyddiad yn yr adroddiad", Href: "/cy/inspections/" + sitetest.Rutland + "#report"},
	} {
		page, ok := built(t, tag, "/areas/leicestershire-and-rutland").(*areaView)
		if !ok {
			t.Fatal("the area is built from another view")
		}
		var found []view.Link
		for _, row := range page.History.Table.Rows {
			if aside := row.Cells[1].Aside; aside != nil {
				found = append(found, *aside)
			}
		}
		if diff := cmp.Diff([]view.Link{want}, found); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tag, diff)
		}
	}
}

// A figure that a later release corrected says when and why, and leads to what it was. Nothing is said of a figure that
// was not corrected, nor of one whose note alone was.
func TestCorrectedFiguresSaySo(t *testing.T) {
	page, ok := builtOn(t, sitetest.Revised(t), "en", "/inspections/"+sitetest.Leicester).(*inspectionView)
	if !ok {
		t.Fatal("the inspection is built from another view")
	}
	got := make(map[string]view.Link)
	for _, row := range page.Figures[0].Table.Rows {
		if aside := row.Cells[1].Aside; aside != nil {
			got[row.Cells[0].Text] = *aside
		}
	}
	want := map[string]view.Link{say(t, "en", "measure.fji.reducing_reoffending"): {
		Text: "Corrected on 14 May 2026. Reason given: Synthetic: misread, <b>twice</b>.", Href: "#history",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	lewisham, ok := built(t, "en", "/inspections/lewisham-fji-2016").(*inspectionView) // whose note was corrected
	if !ok || lewisham.History == nil {
		t.Fatal("lewisham has no history")
	}
	for _, row := range lewisham.Figures[0].Table.Rows {
		if row.Cells[1].Aside != nil {
			t.Errorf("%s: %s", row.Cells[0].Text, row.Cells[1].Aside.Text)
		}
	}
}

// The page for people who are new to inspection is of 400 words at most, and has every programme with its years.
func TestExplainedIsShort(t *testing.T) {
	for _, tag := range []string{"en", "cy"} {
		page, ok := built(t, tag, "/explained").(*explainedView)
		if !ok {
			t.Fatal("the page is built from another view")
		}
		words := strings.Fields(page.Heading + " " + page.Finding)
		for _, s := range page.Sections {
			words = append(words, strings.Fields(s.Heading+" "+strings.Join(s.Paragraphs, " "))...)
		}
		for _, row := range page.Programmes.Rows {
			for _, cell := range row.Cells {
				words = append(words, strings.Fields(cell.Text)...)
			}
		}
		if len(words) > 400 {
			t.Errorf("%s: %d words", tag, len(words))
		}
		if rows := page.Programmes.Rows; len(rows) != 5 || !strings.Contains(rows[0].Cells[1].Text, "2009") ||
			!strings.Contains(rows[0].Cells[1].Text, "2012") || !strings.Contains(rows[4].Cells[1].Text, "2025") {
			t.Errorf("%s: %+v", tag, rows)
		}
	}
}

func TestAreaPage(t *testing.T) {
	p := viewAt[areaView](t, "/areas/leicester-city")
	var held []string
	for _, row := range p.History.Table.Rows {
		held = append(held, strings.TrimPrefix(row.Cells[0].Link, "/inspections/"))
	}
	if p.History.Options == nil || p.Latest == nil || p.Around != nil || !p.Latest.Folded {
		t.Fatal("its history, or its rating among the other areas, is not drawn")
	}
	want := []string{"leicester-city-yj2025", "leicester-city-yj2018-2019", sitetest.Leicester}
	if diff := cmp.Diff(want, held); diff != "" {
		t.Errorf("its inspections (-want +got):\n%s", diff)
	}
	if p.Heading != "Leicester City" || !p.HasCharts {
		t.Errorf("%q", p.Heading)
	}
	if !strings.Contains(p.Finding, "2025 framework") || !strings.Contains(p.Finding, "Requires improvement") {
		t.Errorf("finding %q", p.Finding)
	}
	if !strings.HasPrefix(p.Age, "Published between January 2025 and ") {
		t.Errorf("of a date that is not known it says %q", p.Age)
	}
	if want := "Requires improvement: The third of four. The work has to get better."; p.Meaning != want {
		t.Errorf("its rating means %q, want %q", p.Meaning, want)
	}
	cardiff := viewAt[areaView](t, "/areas/cardiff")
	if p.Lacking != "" || !strings.Contains(cardiff.Lacking, "no figure for Cardiff") {
		t.Errorf("of reoffending that is not published it says %q, and where it is %q", cardiff.Lacking, p.Lacking)
	}
	var groups []string
	for _, column := range p.Latest.Table.Columns[2:] {
		groups = append(groups, column.Label)
	}
	if diff := cmp.Diff([]string{"East Midlands", "Statistical neighbours", "England", "England and Wales"},
		groups); diff != "" {
		t.Errorf("around it (-want +got):\n%s", diff)
	}
	for _, link := range p.Compare {
		if !strings.HasPrefix(link.Href, "/compare?with=leicester-city-yj2025&with=") {
			t.Errorf("a comparison worth making at %s", link.Href)
		}
	}
	for _, row := range p.Latest.Table.Rows {
		for _, cell := range row.Cells[2:] {
			if strings.Contains(cell.Small, "155") || strings.Contains(cell.Small, "138") {
				t.Errorf("%q counts the area itself", cell.Small)
			}
		}
	}
	if len(p.Neighbours) != 10 || p.Neighbours[0].Text != "Luton" {
		t.Errorf("its neighbours are %v", p.Neighbours)
	}
	if rutland := viewAt[areaView](t, "/areas/leicestershire-and-rutland"); rutland.Age != "Last inspection: 2 December "+
		"2021, 5 years before this release. The service may have changed since." {
		t.Errorf("of 2021 in a release of 2026 it says %q", rutland.Age)
	}
	if former := viewAt[areaView](t, "/areas/bournemouth-and-poole"); len(former.After) == 0 ||
		former.After[0].Href != "/areas/dorset" ||
		len(former.Before) > 0 {
		t.Errorf("it was %v and became %v", former.Before, former.After)
	}
	wales := viewAt[areaView](t, "/areas/cardiff")
	if len(wales.Neighbours) > 0 {
		t.Errorf("a Welsh area has neighbours: %v", wales.Neighbours)
	}
	if !strings.Contains(wales.Finding, "undated") || wales.Latest == nil ||
		!strings.Contains(wales.Latest.Headline, "undated") {
		t.Errorf("%q: which is the latest is not known, and the chart does not name the one it is of: %+v",
			wales.Finding, wales.Latest)
	}
	if wales.Latest != nil {
		for n, column := range wales.Latest.Table.Columns {
			for _, other := range wales.Latest.Table.Columns[n+1:] {
				if column.Label == other.Label {
					t.Errorf("a Welsh area is set against %q twice", column.Label)
				}
			}
		}
	}
}

// The benchmark of an area's own day counts what was known to have been published by then and nothing later.
func TestBenchmarksPage(t *testing.T) {
	p := viewAt[benchmarksView](t,
		"/benchmarks?programme=cci&measure=safeguarding&group=region&of=leicestershire-and-rutland&as_of=2012-06-13")
	parts := p.Parts()
	asOf := parts.FieldOf("as_of")
	if len(p.Results) != 1 || p.Printed == nil || asOf == nil || asOf.Value != "2012-06-13" || len(p.Warnings) > 0 {
		t.Fatalf("%d figures, printed %v, as of %v, warnings %q", len(p.Results), p.Printed, asOf, p.Warnings)
	}
	rows := texts(p.Results[0].Table)
	if rows[0][0] != "England and Wales, other areas" {
		t.Errorf("the first row is of %s", rows[0][0])
	}
	// It is the only one of its region by that day: a region that is itself alone is nothing to be set against.
	for _, row := range rows[1:] {
		if strings.HasPrefix(row[0], "East Midlands") {
			t.Errorf("its own region is %q", row)
		}
	}
	today := viewAt[benchmarksView](t,
		"/benchmarks?programme=cci&measure=safeguarding&group=region&of=leicestershire-and-rutland")
	own := 0
	for n, row := range today.Results[0].Table.Rows {
		if row.Own {
			own++
			if name := texts(today.Results[0].Table)[n][0]; name != "East Midlands, other areas" {
				t.Errorf("the row marked is that of %s", name)
			}
		}
	}
	if own != 1 {
		t.Errorf("%d rows are marked", own)
	}
	for _, row := range texts(*p.Printed) {
		if strings.HasPrefix(row[0], "Leicestershire and Rutland") {
			if diff := cmp.Diff([]string{"Leicestershire and Rutland 2012", "37%", "68%", "91%"}, row[:4]); diff != "" {
				t.Errorf("printed (-want +got):\n%s", diff)
			}
		}
	}
	if targeted := viewAt[benchmarksView](t, "/benchmarks?programme=fji"); len(targeted.Warnings) != 1 {
		t.Errorf("of a targeted programme it warns %q", targeted.Warnings)
	}
	if early := viewAt[benchmarksView](t, "/benchmarks?programme=cci&as_of=1990"); len(early.Results) != 0 ||
		early.Finding != say(t, "en", "benchmarks.none") ||
		early.HasCharts {
		t.Errorf("before any inspection: %d figures, %q", len(early.Results), early.Finding)
	}
}

// An area is set against its neighbours and the areas of a list without itself, and what is said of it follows from
// its cases.
func TestBenchmarksOfAnArea(t *testing.T) {
	p := viewAt[benchmarksView](t,
		"/benchmarks?programme=cci&measure=safeguarding&group=family&of=leicestershire-and-rutland")
	if rows := texts(p.Results[0].Table); len(rows) != 2 ||
		rows[1][0] != "Statistical neighbours of Leicestershire and Rutland" {
		t.Errorf("%q", rows)
	}
	if want := say(t, "en", "benchmarks.own_same", "Area", "Leicestershire and Rutland", "Score", "69%", "Interval",
		"57% to 79%", "Average", "59.6%"); p.Finding != want {
		t.Errorf("finding %q, want %q", p.Finding, want)
	}
	if p.Chance == nil || len(p.Chance.Figures) > 0 {
		t.Errorf("of three areas with known cases: %+v", p.Chance)
	}
	p = viewAt[benchmarksView](
		t,
		"/benchmarks?programme=yj2018&measure=overall&group=list&areas=Leicester+City,+Derby+City,nottingham&"+
			"of=leicester-city",
	)
	rows := texts(p.Results[0].Table)
	if len(rows) != 2 || rows[1][0] != "The areas listed, other areas" ||
		!strings.HasPrefix(rows[1][7], "2 of 2") ||
		p.Chance != nil {
		t.Errorf("%q, chance %v", rows, p.Chance)
	}
	if !strings.Contains(p.Finding, "Leicester City has ") {
		t.Errorf("finding %q", p.Finding)
	}
}

// A statistic whose counts are known or can be worked out has a funnel. Where areas vary more than chance explains,
// the limits drawn allow for it, the page says so, and those of chance alone are a choice; one without counts has no
// funnel and says why.
func TestBenchmarksOfAStatistic(t *testing.T) {
	const counted = "/benchmarks?indicator=children_cautioned_or_sentenced_rate_per_1000&period=2022-03-31"
	p := viewAt[benchmarksView](t, counted+"&of=leicester-city")
	if parts := p.Parts(); p.Chance == nil || len(p.Chance.Figures) != 2 || len(p.Chance.Limits) != 2 ||
		p.Chance.Limits[0].Href != "" || parts.FieldOf("as_of") != nil {
		t.Fatalf("%+v", p.Chance)
	}
	funnel, ranked := p.Chance.Figures[0], p.Chance.Figures[1]
	if len(funnel.Table.Rows) != 153 || len(ranked.Table.Rows) != 153 {
		t.Errorf("%d areas in the funnel, %d ranked", len(funnel.Table.Rows), len(ranked.Table.Rows))
	}
	if !strings.Contains(funnel.Headline, "that allow for how much areas vary") ||
		!strings.Contains(funnel.Summary, "of chance alone, 88 areas") {
		t.Errorf("%q, %q", funnel.Headline, funnel.Summary)
	}
	if kind := ranked.Table.Rows[0].Cells[2].Small; kind != say(t, "en", "interval.byar") {
		t.Errorf("the interval of a rate is by %q", kind)
	}
	if asked := viewAt[benchmarksView](t, counted+
		"&limits=adjusted").Chance; asked.Figures[0].Headline != funnel.Headline {
		t.Errorf("asked for %q, without asking %q", asked.Figures[0].Headline, funnel.Headline)
	}
	plain := viewAt[benchmarksView](t, counted+"&limits=chance").Chance
	if plain.Limits[1].Href != "" || plain.Limits[0].Href == "" ||
		!strings.Contains(plain.Figures[0].Headline, "of chance alone") {
		t.Errorf("%+v, %q", plain.Limits, plain.Figures[0].Headline)
	}
	if p := viewAt[benchmarksView](t, "/benchmarks?indicator=fte_rate_per_100k"); p.Chance == nil ||
		len(p.Chance.Figures) != 2 ||
		!strings.Contains(p.Chance.Said, "approximate") {
		t.Errorf("first-time entrants: %+v", p.Chance)
	}
	if p := viewAt[benchmarksView](t, "/benchmarks?indicator=proven_offences_rate_per_1000"); p.Chance == nil ||
		len(p.Chance.Figures) != 2 ||
		!strings.HasSuffix(p.Chance.Said, say(t, "en", "chance.events")) {
		t.Errorf("offences: %+v", p.Chance)
	}
	if p := viewAt[benchmarksView](t, "/benchmarks?indicator=reoffending_rate_percent_15_17"); p.Chance == nil ||
		p.Chance.Said != say(t, "en", "chance.no_counts") || len(p.Chance.Figures) > 0 {
		t.Errorf("percentages without counts: %+v", p.Chance)
	}
	if p := viewAt[benchmarksView](t, "/benchmarks?indicator=population_10_17"); p.Chance != nil {
		t.Errorf("of a count of everybody: %+v", p.Chance)
	}
}

// Both scales of the joint inspections stand by themselves: "good" of 2013 is no "good" of 2014.
func TestTwoScalesOfOneProgramme(t *testing.T) {
	p := viewAt[benchmarksView](t, "/benchmarks?programme=fji&measure=reducing_reoffending")
	if len(p.Results) != 2 {
		t.Fatalf("%d figures", len(p.Results))
	}
	var headers [][]string
	for _, f := range p.Results {
		var labels []string
		for _, c := range f.Table.Columns[1 : len(f.Table.Columns)-1] {
			labels = append(labels, c.Label)
		}
		headers = append(headers, labels)
	}
	want := [][]string{{"Very good", "Good", "Unsatisfactory", "Poor", "Good or Very good", "Median level"},
		{"Good", "Satisfactory", "Unsatisfactory", "Poor", "Good", "Median level"}}
	if diff := cmp.Diff(want, headers); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// say is a message of the catalogues.
func say(t testing.TB, tag, key string, variables ...any) string {
	t.Helper()
	language, err := i18n.Load(tag)
	if err != nil {
		t.Fatal(err)
	}
	text, err := language.T(key, variables...)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A statistic of authorities and regions alone still says how many areas are called rising or falling, and where its
// regions go.
func TestIndicatorsCountTrends(t *testing.T) {
	for _, id := range []string{"reoffending_rate_percent_15_17", "fte_rate_per_100k"} {
		p := viewAt[indicatorsView](t, "/indicators?indicator="+id)
		if len(p.Counted) != 3 || p.Tendencies == nil || len(p.Tendencies.Rows) < 9 {
			t.Errorf("%s: %q, %+v", id, p.Counted, p.Tendencies)
		}
	}
}

// A table of years has a column of results that are not shown where some are, and none of noughts.
func TestTrendsHaveNoColumnOfNoughts(t *testing.T) {
	columns := 0
	for _, path := range []string{"/trends", "/trends?programme=cci&measure=safeguarding", "/trends?theme=governance"} {
		for _, section := range viewAt[trendsView](t, path).Sections {
			for _, f := range section.Figures {
				last := len(f.Table.Columns) - 1
				if f.Table.Columns[last].Label != say(t, "en", "trends.unknown") {
					continue
				}
				columns++
				if !slices.ContainsFunc(texts(f.Table), func(row []string) bool { return row[last] != "0" }) {
					t.Errorf("%s: the last column of %q is 0 in every row", path, f.Table.Caption)
				}
			}
		}
	}
	if columns == 0 {
		t.Error("no table has a column of results that are not shown")
	}
}

// The ground of an area is in the names that its councils go by, not in those of a list by first letters.
func TestAreasHavePlainNames(t *testing.T) {
	p := viewAt[areasView](t, "/areas")
	found := false
	for _, nation := range p.Nations {
		for _, region := range nation.Regions {
			for _, a := range slices.Concat(region.Areas, region.Former) {
				found = found || a.Ground == "Herefordshire, Telford and Wrekin, Shropshire and Worcestershire"
				for _, reversed := range []string{", County of", ", City of", "-upon-Hull"} {
					if strings.Contains(a.Name+a.Ground, reversed) {
						t.Errorf("%s: %s", a.Name, a.Ground)
					}
				}
			}
		}
	}
	if !found {
		t.Error("the councils of West Mercia are not named")
	}
}

// A comparison of many says in a line or two what was found. Those that one programme rated overall share one chart.
func TestCompareOfMany(t *testing.T) {
	york, wrexham, wokingham := "york-yj2018-2022", "wrexham-yj2018-2019", "wokingham-yj2018-2024"
	wiltshire, westminster, sussex := "wiltshire-yj2018-2024", "westminster-yj2018-2024", "west-sussex-yj2018-2022"
	for _, test := range []struct {
		name, finding string
		with          []string
		shared        bool
	}{
		{"two are scored alike", "None of the 3 scores is clearly different.",
			[]string{sitetest.Rutland, "northamptonshire-cci-2012"}, true},
		{"one is higher", "Outstanding: York 2022. Good: the other 5.",
			[]string{york, wrexham, wokingham, wiltshire, westminster, sussex}, true},
		{"all the same", "All 3 are rated Good.", []string{wrexham, wokingham, wiltshire}, true},
		{"two the same", "Good: Wrexham 2019 and Wokingham 2024.", []string{wrexham, wokingham}, true},
		{"some not rated overall", "Outstanding: York 2022. Good: Wrexham 2019. " +
			"No overall rating: Leicester City 2016 and Leicestershire and Rutland 2012.",
			[]string{sitetest.Leicester, york, sitetest.Rutland, wrexham}, false},
		{"two programmes of one scale", "Good: Wrexham 2019. " +
			"Requires improvement: Leicester City (undated, 2025 framework).", []string{wrexham, "leicester-city-yj2025"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := viewAt[compareView](t, sitetest.With(test.with...))
			if p.Finding != test.finding {
				t.Errorf("it finds %q, want %q", p.Finding, test.finding)
			}
			if (p.Together != nil) != test.shared {
				t.Fatalf("a chart that all share: %v, want %v", p.Together != nil, test.shared)
			}
			for _, panel := range p.Panels {
				if (panel.Found != "") != test.shared || panel.Figure == nil {
					t.Errorf("%s: found %q, with a figure: %v", panel.Title, panel.Found, panel.Figure != nil)
				}
			}
			if rows := len(test.with); test.shared && p.Together.ID == "overall" && len(p.Together.Table.Rows) != rows {
				t.Errorf("%d rows of %d inspections", len(p.Together.Table.Rows), rows)
			}
			if !p.Themes.Cards() {
				t.Error("the themes are no cards on a phone")
			}
		})
	}
}
