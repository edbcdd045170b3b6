package register

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"yardstick/data/finding"
	"yardstick/data/ingest"
	"yardstick/data/release"
)

// The findings here are synthetic: no report has them.
const reportHeader = "inspection,kind,position,text_en,text_cy,numerator,denominator,counted,section,source_url," +
	"source_title\n"

const ofDerby = reportHeader +
	"derby-cci-2012,recommendation,1,Plans name who does what,Mae cynlluniau'n enwi pwy sy'n gwneud beth,,,,Summary," +
	"https://example.test/derby,Derby notice (synthetic)\n" +
	"derby-cci-2012,strength,1,Reports were on time,Roedd adroddiadau'n brydlon,41,50,cases,Chapter 2," +
	"https://example.test/derby,Derby notice (synthetic)\n"

// heldFindings counts the findings of an inspection in a release.
func heldFindings(t *testing.T, r *Register, id, inspection string) (n int) {
	t.Helper()
	db, err := sql.Open("duckdb", release.Path(r.Home, id)+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), "select count(*) from finding where inspection = ?", inspection).
		Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestFindingsOfReports imports what a report says besides scores, corrects it, and withdraws it with its inspection.
func TestFindingsOfReports(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := openSmall(t)
	if _, err := r.Publish(t.Context(), Choice{By: "tester"}); !errors.Is(err, ErrNothing) {
		t.Fatal(err)
	}
	imports(t, r, "derby.csv", derby)
	first := imports(t, r, "findings.csv", ofDerby)
	if first.Kind != ingest.KindFindings || first.AddedRows != 2 || first.ChangedRows+first.Unchanged > 0 {
		t.Fatalf("%+v", first)
	}
	second := imports(t, r, "corrected.csv", strings.Replace(ofDerby, ",41,50,", ",42,50,", 1))
	if second.AddedRows != 0 || second.ChangedRows != 1 || second.Unchanged != 1 ||
		!strings.Contains(second.Changed[0].String(), `numerator "41" → "42"`) {
		t.Fatalf("%+v", second)
	}
	made, err := r.Publish(t.Context(), Choice{By: "tester"})
	if err != nil {
		t.Fatal(err)
	}
	if n := heldFindings(t, r, made.Release.ID, "derby-cci-2012"); n != 2 {
		t.Errorf("%d findings are published", n)
	}
	if d := made.Release.Difference["findings/cci.csv"]; d.Came != 2 {
		t.Errorf("the publication says of findings: %+v of %+v", d, made.Release.Difference)
	}
	if err := r.Withdraw(t.Context(), Withdrawal{Inspection: "derby-cci-2012", By: "tester",
		Why: "synthetic"}); err != nil {
		t.Fatal(err)
	}
	if made, err = r.Publish(t.Context(), Choice{By: "tester"}); err != nil {
		t.Fatal(err)
	}
	if n := heldFindings(t, r, made.Release.ID, "derby-cci-2012"); n != 0 {
		t.Errorf("%d findings are left of an inspection that was withdrawn", n)
	}
	if n := heldFindings(t, r, made.Release.ID, "alderbrook-cci-2010"); n == 0 {
		t.Error("the findings of another inspection went with it")
	}
}

// TestFindingsAreUnderTheEmbargoOfTheirInspection sends findings of results that are not public.
func TestFindingsAreUnderTheEmbargoOfTheirInspection(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := openSmall(t)
	embargo, err := ParseEmbargo("2027-06-13 00:01")
	if err != nil {
		t.Fatal(err)
	}
	take(t, r, Import{Content: []byte(derby), Embargo: &embargo})
	if receipt := imports(t, r, "findings.csv", ofDerby); receipt.Embargo == nil || len(receipt.Inherits) != 1 {
		t.Errorf("%+v", receipt)
	}
}

// TestFindingsThatCannotBe are refused by row and column.
func TestFindingsThatCannotBe(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := openSmall(t)
	imports(t, r, "derby.csv", derby)
	for _, c := range []struct{ old, new, want string }{
		{"derby-cci-2012,strength", "derby-cci-2013,strength", "a.csv:3:inspection: inspection_unknown"},
		{"strength,1", "praise,1", "a.csv:3:kind: findings_are_known"},
		{"strength,1", "strength,2", "a.csv:3:position: findings_are_known"},
		{"strength,1", "recommendation,1", "a.csv:3:position: row_duplicate"},
		{"41,50,cases", "51,50,cases", "a.csv:3:numerator: order"},
		{"41,50,cases", "41,60,cases", "a.csv:3:denominator: findings_add_up"},
		{"41,50,cases", "41,50,", "a.csv:3:counted: findings_add_up"},
		{"Reports were on time", "", "a.csv:3:text_en: required"},
	} {
		_, err := r.Import(t.Context(), Import{
			Name: "a.csv", Content: []byte(strings.Replace(ofDerby, c.old, c.new, 1)), By: "tester",
		})
		var refused *finding.Error
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s → %s: %v, want %s", c.old, c.new, err, c.want)
		}
	}
}
