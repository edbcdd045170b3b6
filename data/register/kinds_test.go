package register

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick/data/finding"
	"yardstick/data/ingest"
	"yardstick/data/release"
)

// All files here are synthetic: no inspector, statistician or council said any of it.
const (
	newAreas = "area,name_en,name_cy,region,police_force,valid_from,status,aliases,constituents,predecessors,source_url," +
		"source_title\n" +
		"north-mercia,North Mercia,Gogledd Mersia,West Midlands,West Mercia,2027-04-01,current,Mercia North YJS;NM," +
		"E06000019;E06000020,Western Bay,https://example.test/mercia,Mercia order (synthetic)\n" +
		"derby,,,,,,,Derby Synthetic,,,https://example.test/mercia,\n"
	ofNewArea = "area,programme,publication_date,measure,rating,source_url\nGogledd Mersia,yj2025,2028-03-15,overall," +
		"good,https://example.test/nm\n"
	judgements = "inspection,case,question,judgement\nleicestershire-and-rutland-cci-2012,C001,1.1.1," +
		"sufficient\nleicestershire-and-rutland-cci-2012,C001,1.1.2,insufficient\n"
	questions  = "question,criterion,section,headlines\n1.1.1,criterion_1_1,section_1,safeguarding\n"
	indicators = "area,indicator,period_start,period_end,value,basis,level,source_url\n" +
		"derby,reoffending_rate_percent,2011-01-01,2011-12-31,31.4,old,,https://example.test/series\n" +
		"derby,reoffending_rate_percent,2011-01-01,2011-12-31,33.4,new,,https://example.test/series\n" +
		"Dwyrain Canolbarth Lloegr,fte_count,2031-01-01,2031-12-31,900,,region,https://example.test/series\n" +
		"Devon & Cornwall,fte_count,2031-01-01,2031-12-31,90,,police_force,https://example.test/series\n" +
		"Derby,fte_count,2031-01-01,2031-12-31,9,,authority,https://example.test/series\n" +
		"Cymru,fte_count,2031-01-01,2031-12-31,99,,nation,https://example.test/series\n" +
		"Derby,fte_count,2031-01-01,2031-12-31,8,,,https://example.test/series\n"
	scores = "inspection,measure,numerator,denominator,score_percent,lower,upper\nbrent-cci-2011,criterion_1_1,41,61," +
		"67.21311475409836,54.7,77.7\n"
)

func imports(t *testing.T, r *Register, name, content string) Receipt {
	t.Helper()
	receipt, err := r.Import(t.Context(), Import{Name: name, Content: []byte(content), By: "tester", Why: "synthetic"})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return receipt
}

// TestEveryKindIsImportedOnce imports a file of each kind, then the very file, then the same rows as another file.
func TestEveryKindIsImportedOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	for _, c := range []struct {
		kind    Kind
		content string
		added   int
	}{
		{ingest.KindAreas, newAreas, 7}, // an area, two aliases, two authorities, what it follows, an alias
		{ingest.KindResults, ofNewArea, 1},
		{ingest.KindIndicators, indicators, 7},
		{ingest.KindScores, scores, 1},
	} {
		content := c.content
		first := imports(t, r, "a.csv", content)
		if first.Kind != c.kind || first.AddedRows != c.added || first.ChangedRows > 0 || first.Seq == 0 ||
			len(first.Added) != c.added {
			t.Errorf("%s: %+v", c.kind, first)
		}
		for _, again := range []string{content, content, strings.ReplaceAll(content, "\n", "\r\n")} {
			if got := imports(t, r, "b.csv", again); got.Seq != 0 || got.AddedRows+got.ChangedRows > 0 ||
				got.Unchanged < c.added {
				t.Errorf("%s again: %+v", c.kind, got)
			}
		}
	}
	if entries, err := r.Verify(t.Context()); err != nil || len(entries) != 4 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	if _, err := r.Publish(t.Context(), Choice{By: "tester"}); err != nil {
		t.Error(err)
	}
}

// TestABlankCellOfAnAreaErasesNothing imports a row of blanks and one name for an area of the record.
func TestABlankCellOfAnAreaErasesNothing(t *testing.T) {
	r := open(t)
	got := imports(
		t,
		r,
		"a.csv",
		"area,name_cy,status,source_url,source_title\nCaerdydd,Caerdydd (synthetig),,https://example.test/c,Synthetic\n",
	)
	if got.ChangedRows != 1 || got.AddedRows+got.Unchanged != 0 {
		t.Fatalf("%+v", got)
	}
	changed := got.Changed[0]
	for n, column := range changed.Columns {
		before, after := changed.Before[n], changed.After[n]
		switch column {
		case "name_cy":
			if after != "Caerdydd (synthetig)" {
				t.Error(after)
			}
		case "sources":
			if after != before+";synthetic" {
				t.Error(after)
			}
		default:
			if after != before {
				t.Errorf("%s: %q was %q", column, after, before)
			}
		}
	}
	if said := changed.String(); !strings.Contains(said, `name_cy "Caerdydd" → "Caerdydd (synthetig)"`) {
		t.Error(said)
	}
}

// TestJudgementsAreKeptAndNeverPublished imports judgements and questions, which no record and no release may hold.
func TestJudgementsAreKeptAndNeverPublished(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r, never := open(t), open(t)
	for kind, content := range map[Kind]string{ingest.KindJudgements: judgements, ingest.KindQuestions: questions} {
		for try := range 3 {
			got := imports(t, r, string(kind)+".csv", content)
			if got.Kind != kind || !got.KeptOnly || got.AddedRows+got.ChangedRows+got.Unchanged > 0 ||
				(got.Seq > 0) != (try == 0) ||
				got.Rows != strings.Count(content, "\n")-1 {
				t.Errorf("%s, try %d: %+v", kind, try, got)
			}
		}
		kept, err := os.ReadFile(filepath.Join(r.Home, "register", "uploads", release.HashOf([]byte(content))))
		if err != nil || string(kept) != content {
			t.Errorf("%s: kept %q, %v", kind, kept, err)
		}
	}
	if entries, err := r.Verify(t.Context()); err != nil || len(entries) != 2 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	if _, err := r.Publish(t.Context(), Choice{By: "tester", Imports: []int{1}}); err == nil ||
		!strings.Contains(err.Error(), "never part of a release") {
		t.Errorf("named: %v", err)
	}
	with, err := r.Publish(t.Context(), Choice{By: "tester"})
	if !errors.Is(err, ErrNothing) {
		t.Fatal(err)
	}
	without, err := never.Publish(t.Context(), Choice{By: "tester"})
	if !errors.Is(err, ErrNothing) || with.Release.ID != without.Release.ID || len(with.Imports) > 0 {
		t.Errorf("%+v, and without them %+v, %v", with, without, err)
	}
	file, err := os.ReadFile(release.Path(r.Home, with.Release.ID))
	if err != nil || bytes.Contains(file, []byte("C001")) {
		t.Errorf("a case is in the release, or %v", err)
	}
}

// TestWhatTheRecordDoesNotKnowIsRefused names the row and the column of the file that was sent.
func TestWhatTheRecordDoesNotKnowIsRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	for _, c := range []struct{ content, old, new, want string }{
		{indicators, ",old,", ",,", "a.csv:2:basis: series_stay_apart"},
		{indicators, ",99,,", ",99,new,", "a.csv:7:basis: series_stay_apart"},
		{indicators, "Devon & Cornwall", "Mercia Police", "a.csv:5:area: area_unknown"},
		{indicators, ",region,", ",planet,", "a.csv:4:level: level"},
		{indicators, "fte_count,2031-01-01,2031-12-31,900", "happiness,2031-01-01,2031-12-31,900",
			"a.csv:4:indicator: observations_are_possible"},
		{newAreas, "E06000020", "E06999999", "a.csv:2:constituents: authority_unknown"},
		{newAreas, "West Midlands", "Mercia", "a.csv:2:region: area_unknown"},
		{newAreas, "Western Bay,", "Camelot,", "a.csv:2:predecessors: area_unknown"},
		{judgements, "rutland-cci-2012,C001,1.1.2", "rutland-cci-2013,C001,1.1.2", "a.csv:3:inspection: inspection_unknown"},
		{judgements, "1.1.2,insufficient", "1.1.1,insufficient", "a.csv:3:question: row_duplicate"},
		{scores, "criterion_1_1", "criterion_9_9", "a.csv:2:measure: results_are_known"},
	} {
		if !strings.Contains(c.content, c.old) {
			t.Fatalf("nothing to replace: %s", c.old)
		}
		_, err := r.Import(t.Context(),
			Import{Name: "a.csv", Content: []byte(strings.Replace(c.content, c.old, c.new, 1)), By: "tester"})
		var refused *finding.Error
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s → %s: %v, want %s", c.old, c.new, err, c.want)
		}
	}
	if entries, err := r.Verify(t.Context()); err != nil || len(entries) > 0 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

// TestADocumentRevisedAwayLeavesTheList corrects the address of a document that one row named: the row has the new
// one, and nothing is listed that no row names.
func TestADocumentRevisedAwayLeavesTheList(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	imports(t, r, "a.csv", derby)
	receipt := imports(t, r, "b.csv", strings.Replace(derby, "example.test/derby", "example.test/derby-2012", 1))
	if receipt.ChangedRows != 1 || !strings.Contains(receipt.Changed[0].String(), "sources ") {
		t.Fatalf("%+v", receipt)
	}
	if again := imports(t, r, "c.csv", strings.Replace(derby, "example.test/derby", "example.test/derby-2012",
		1)); again.Seq != 0 {
		t.Errorf("%+v", again)
	}
}

// TestTwoDocumentsMayPrintTwoFigures imports two figures of one place and period from two documents, and again, and
// revises one.
func TestTwoDocumentsMayPrintTwoFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	two := "area,indicator,period_start,period_end,value,source_url\nderby,fte_count,2031-01-01,2031-12-31,8," +
		"https://example.test/a\n" +
		"derby,fte_count,2031-01-01,2031-12-31,9,https://example.test/b\n"
	if got := imports(t, r, "a.csv", two); got.AddedRows != 2 {
		t.Fatalf("%+v", got)
	}
	if got := imports(t, r, "b.csv", strings.ReplaceAll(two, "\n", "\r\n")); got.AddedRows+got.ChangedRows > 0 ||
		got.Unchanged != 2 {
		t.Fatalf("%+v", got)
	}
	got := imports(t, r, "c.csv", strings.Replace(two, ",9,", ",10,", 1))
	if got.ChangedRows != 1 || got.Unchanged != 1 || !strings.Contains(got.Changed[0].String(), `value "9" → "10"`) {
		t.Fatalf("%+v", got)
	}
}

// TestAPublishedPercentageStaysAsPublished imports scores that were not rounded over one that was.
func TestAPublishedPercentageStaysAsPublished(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	head := "inspection,measure,score_percent\nleicestershire-and-rutland-cci-2012,safeguarding,"
	if got := imports(t, r, "a.csv", head+"68.85245901639344\n"); got.Unchanged != 1 || got.Seq != 0 {
		t.Errorf("%+v", got)
	}
	got := imports(t, r, "b.csv", head+"70.49180327868852\n")
	if got.ChangedRows != 1 ||
		!strings.Contains(got.Changed[0].String(), `score_percent "69" → "70.49180327868852"`) {
		t.Errorf("%+v", got)
	}
}
