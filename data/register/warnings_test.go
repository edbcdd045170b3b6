package register

import (
	"strings"
	"testing"

	"yardstick/data/finding"
	"yardstick/data/release"
	"yardstick/data/release/releasetest"
)

// A file with warnings alone is taken, and its receipt has them by the file's own row and column; those of the rows
// that were there before are not its own.
func TestWarningsDoNotRefuse(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	content := strings.Replace(derby, "66,moderate", "74,minimum", 1) // the word of the next band, which is inferred
	want := `derby.csv:2:comment: warning: ratings_fit_bands: "minimum" does not go with 74.0 percent`
	found, err := r.Check(t.Context(), Import{Name: "derby.csv", Content: []byte(content)})
	if err != nil || len(found) != 1 || found[0].Severity != finding.SeverityWarning ||
		!strings.HasPrefix(found[0].String(), want) {
		t.Fatalf("checked: %v, %v; want %s", found, err, want)
	}
	receipt := take(t, r, Import{Content: []byte(content)})
	if receipt.Seq != 1 || len(receipt.Warnings) != 1 || !strings.HasPrefix(receipt.Warnings[0].String(), want) {
		t.Errorf("imported: %+v", receipt)
	}
	if receipt := take(t, r, Import{Content: []byte(strings.Replace(derby, "66", "67", 1)), Why: "misread"}); len(
		receipt.Warnings) != 0 {
		t.Errorf("a file without any has those of another: %v", receipt.Warnings)
	}
}

// A printed benchmark, a scale and the month of fieldwork are found in the columns that an import has for them.
func TestFindingsAreToldByTheColumnsOfTheFile(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	const header = "area,programme,fieldwork_month,publication_date,measure,score_percent,rating,benchmark_lowest," +
		"source_url,source_title\n"
	for name, c := range map[string]struct{ row, want string }{
		"benchmark": {"Derby,cci,,2012-03-15,safeguarding,66,,40",
			"derby.csv:2:benchmark_lowest: warning: benchmarks_bound_results"},
		"area":  {"Wessex,cci,2012-09,2012-11-15,safeguarding,66,,", "derby.csv:2:fieldwork_month: areas_existed"},
		"scale": {"Derby,fji,,2018-03-15,protecting_the_public,,good,", "derby.csv:2:publication_date: scales_are_in_use"},
		"word":  {"Derby,fji,,2013-03-15,protecting_the_public,,satisfactory,", "derby.csv:2:rating: results_are_known"},
	} {
		content := header + c.row + ",https://example.test/derby,Derby notice (synthetic)\n"
		found, err := open(t).Check(t.Context(), Import{Name: "derby.csv", Content: []byte(content)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		said := ""
		for _, f := range found {
			said += f.String() + "\n"
		}
		if !strings.Contains(said, c.want) {
			t.Errorf("%s: %q, want %s", name, said, c.want)
		}
	}
}

// The scale of a new result is the one that its programme used at the time.
func TestScaleOfANewResult(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	record := releasetest.Record()
	record["reference/programme_scales.csv"].Data = []byte(
		"programme,scale,starts,ends,points_max,status\nfji,fji,2014,2017,,seen\n" +
			"cci,percent,2009-04,2012,,seen\nfji,fji2013,2012-09,2013,,seen\nyj2025,yj,2025,,,seen\n",
	)
	for name, c := range map[string]struct{ programme, published, fieldwork, want string }{
		"a day":                     {"fji", "2013-05-02", "", "fji2013"},
		"the last day":              {"fji", "2013-12-31", "", "fji2013"},
		"the first day":             {"fji", "2014-01-01", "2013-11", "fji"},
		"a year":                    {"fji", "2013", "", "fji2013"},
		"fieldwork alone":           {"fji", "", "2013-11", "fji2013"},
		"no date":                   {"fji", "", "", "fji"},
		"before any":                {"fji", "2011", "", "fji"},
		"after all":                 {"fji", "2018-03-15", "", "fji"},
		"an end that is open":       {"yj2025", "2031", "", "yj"},
		"a programme without scale": {"sqs", "2014", "", "sqs"},
	} {
		r := open(t)
		r.Record = record
		content := "area,programme,fieldwork_month,publication_date,measure,rating,source_url\n" + freeArea(
			t) + "," + c.programme + "," +
			c.fieldwork + "," + c.published + ",overall,good,https://example.test/a\n"
		err := inFolder("", func(folder string) error {
			file, err := r.normalise(nil, Import{Name: "a.csv", Content: []byte(content)}, folder)
			if err != nil {
				return err
			}
			trial, err := r.builder(r.Record, release.OriginShipped, folder).Try(t.Context(),
				[]release.Decision{{Kind: string(file.Kind), Rows: file.Sum}})
			if err == nil && trial.Rows[0].After[2] != c.want {
				t.Errorf("%s: %q, want %q", name, trial.Rows[0].After[2], c.want)
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What reads as if it were about one child is said on import, by file, row and column.
func TestPersonalDataIsSaidOnImport(t *testing.T) {
	r := open(t)
	content := strings.Replace(derby, "Derby notice (synthetic)", "Letter about J.S. (15)", 1)
	want := `derby.csv:2:source_title: warning: personal: `
	receipt := take(t, r, Import{Content: []byte(content)})
	if receipt.Seq != 1 || len(receipt.Warnings) != 1 || !strings.HasPrefix(receipt.Warnings[0].String(), want) {
		t.Errorf("%+v", receipt.Warnings)
	}
}
