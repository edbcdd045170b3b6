package register

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"yardstick/data"
	"yardstick/data/finding"
	"yardstick/data/release"
	"yardstick/data/release/releasetest"
	"yardstick/queries"
)

var now = time.Date(2027, 3, 4, 9, 30, 0, 0, time.UTC)

// record returns the small made-up record, with the areas that tests import results of.
func record() fs.FS {
	return releasetest.Overlay(releasetest.Record(), txtar.Parse([]byte(`
-- +areas/areas.csv --
derby,Derby,,north,Northern,,,current,synthetic-areas
derbyshire,Derbyshire,,north,Northern,,,current,synthetic-areas
leeds,Leeds,,north,Northern,,,current,synthetic-areas
-- +areas/constituents.csv --
derby,X00000091,Derby,synthetic-areas
derbyshire,X00000092,Derbyshire,synthetic-areas
leeds,X00000093,Leeds,synthetic-areas
-- +areas/tiles.csv --
derby,DER,11,11,drawn
derbyshire,DBS,12,11,drawn
leeds,LEE,13,11,drawn
-- +findings/cci.csv --
alderbrook-cci-2010,recommendation,1,,,,Plan reviews,Cynllunio adolygiadau,,,,,,,,,,printed,Chapter 1,,synthetic-reports,
`)).Files)
}

// open returns a register in a new home, over the shipped record.
func open(t *testing.T) *Register {
	t.Helper()
	return &Register{
		Home:    t.TempDir(),
		Record:  data.Record(),
		Queries: queries.Files(),
		Now:     func() time.Time { return now },
	}
}

// openSmall returns a register over the small record, whose releases take half the time.
func openSmall(t *testing.T) *Register {
	r := open(t)
	r.Record = record()
	return r
}

const header = "area,programme,publication_date,cases_in_sample,measure,score_percent,comment,source_url,source_title\n"

// derby is a synthetic result: the figures are no inspector's.
const derby = header + "Derby,cci,2012-03-15,50,safeguarding,66,moderate,https://example.test/derby,Derby notice " +
	"(synthetic)\n"

func take(t *testing.T, r *Register, in Import) Receipt {
	t.Helper()
	in.Name, in.By = "derby.csv", "tester"
	receipt, err := r.Import(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

// state is every file of a home with its content, but for the lock.
func state(t *testing.T, home string) map[string]string {
	t.Helper()
	out := make(map[string]string)
	err := filepath.WalkDir(home, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "lock" {
			return err
		}
		content, err := os.ReadFile(path)
		out[path] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheSameFileTenTimesIsOneImport(t *testing.T) {
	if testing.Short() {
		t.Skip("it imports ten times")
	}
	r := openSmall(t)
	if got := take(t, r, Import{Content: []byte(derby)}); len(got.Added) != 1 || got.Seq != 1 {
		t.Fatalf("%+v", got)
	}
	for range 9 {
		if got := take(t, r, Import{Content: []byte(derby)}); got.Seq != 0 || got.Unchanged != 1 ||
			len(got.Added)+len(got.Changed) != 0 {
			t.Fatalf("%+v", got)
		}
	}
	entries, err := r.Verify(t.Context())
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
}

func TestAChangedFigureIsARevision(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	take(t, r, Import{Content: []byte(derby)})
	corrected := Import{Name: "derby.csv", By: "tester", Content: []byte(strings.Replace(derby, ",66,", ",67,", 1))}
	var unexplained *UnexplainedError
	if _, err := r.Import(t.Context(), corrected); !errors.As(err, &unexplained) ||
		!strings.Contains(err.Error(), `"66" → "67"`) {
		t.Errorf("without a reason: %v", err)
	}
	corrected.Why = "misread"
	receipt := take(t, r, corrected)
	if len(receipt.Changed) != 1 || len(receipt.Added) != 0 {
		t.Fatalf("%+v", receipt)
	}
	if said := receipt.Changed[0].String(); !strings.Contains(said, `score_percent "66" → "67"`) ||
		!strings.Contains(said, "derby-cci-2012 safeguarding") {
		t.Error(said)
	}
}

func TestARefusedFileChangesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	take(t, r, Import{Content: []byte(derby)})
	before := state(t, r.Home)
	for name, c := range map[string]struct{ content, want string }{
		"grammar":  {strings.Replace(derby, ",66,", ",169,", 1), "derby.csv:2:score_percent: percent"},
		"area":     {strings.Replace(derby, "Derby,", "Derbi,", 1), "derby.csv:2:area: area_unknown"},
		"band":     {strings.Replace(derby, "moderate", "drastic", 1), "derby.csv:2:comment: ratings_fit_bands"},
		"measure":  {strings.Replace(derby, "safeguarding", "safekeeping", 1), "derby.csv:2:measure: results_are_known"},
		"no bytes": {"", "derby.csv"},
	} {
		_, err := r.Import(t.Context(), Import{Name: "derby.csv", Content: []byte(c.content), By: "tester"})
		if _, ok := errors.AsType[*finding.Error](err); !ok {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	for path, content := range state(t, r.Home) {
		if before[path] != content {
			t.Errorf("%s was changed", path)
		}
	}
}

// TestEmbargoedDataIsNotInTheRelease holds the release with an embargoed import in the register to the release of a
// register that never had it: the same id, so the same content, and none of its words in the file's bytes.
func TestEmbargoedDataIsNotInTheRelease(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	embargo, err := ParseEmbargo("2027-03-04 09:31")
	if err != nil {
		t.Fatal(err)
	}
	never, holding := open(t), open(t)
	take(t, holding, Import{Content: []byte(derby), Embargo: &embargo})
	without, err := never.Publish(t.Context(), Choice{By: "tester"})
	if !errors.Is(err, ErrNothing) {
		t.Fatal(err)
	}
	for _, choice := range []Choice{{By: "tester"}, {By: "tester", Due: true}} {
		with, err := holding.Publish(t.Context(), choice)
		if err != nil && !errors.Is(err, ErrNothing) {
			t.Fatal(err)
		}
		if with.Release.ID != without.Release.ID {
			t.Error("an embargoed import changed the release")
		}
	}
	file, err := os.ReadFile(release.Path(holding.Home, without.Release.ID))
	if err != nil {
		t.Fatal(err)
	}
	for _, canary := range []string{"derby-notice-synthetic", "example.test"} {
		if bytes.Contains(file, []byte(canary)) {
			t.Errorf("%q is in the public file", canary)
		}
	}
	var refused *EmbargoedError
	if _, err := holding.Publish(t.Context(), Choice{By: "tester", Imports: []int{1}}); !errors.As(err, &refused) {
		t.Errorf("naming it gave %v", err)
	}
	holding.Now = func() time.Time { return embargo.Instant }
	due, err := holding.Publish(t.Context(), Choice{Due: true, By: "tester"})
	if err != nil || len(due.Came) != 1 || due.Release.ID == without.Release.ID {
		t.Errorf("at its moment: %+v, %v", due, err)
	}
}

func TestDraftsArePublishedOnceApproved(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	take(t, r, Import{Content: []byte(derby), Draft: true})
	if made, err := r.Publish(t.Context(), Choice{By: "tester"}); !errors.Is(err, ErrNothing) ||
		len(made.Imports) != 0 {
		t.Fatalf("%+v, %v", made, err)
	}
	var unapproved *UnapprovedError
	if _, err := r.Publish(t.Context(), Choice{Imports: []int{1}, By: "tester"}); !errors.As(err, &unapproved) {
		t.Errorf("named, and not approved: %v", err)
	}
	if err := r.Approve(t.Context(), 1, " Tester", ""); err == nil ||
		!strings.Contains(err.Error(), "somebody other") {
		t.Errorf("approved by who imported it: %v", err)
	}
	for range 2 { // the second time it is approved already
		if err := r.Approve(t.Context(), 1, "another", "read against the notice"); err != nil {
			t.Fatal(err)
		}
	}
	if made, err := r.Publish(t.Context(), Choice{By: "tester"}); err != nil || len(made.Came) != 1 {
		t.Fatalf("%+v, %v", made, err)
	}
	if _, err := r.Publish(t.Context(), Choice{Imports: []int{7}, By: "tester"}); err == nil {
		t.Error("an import that is not there was published")
	}
	if err := r.Approve(t.Context(), 7, "another", ""); err == nil {
		t.Error("an import that is not there was approved")
	}
	entries, err := r.Verify(t.Context())
	if err != nil || len(entries) != 3 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

func TestEveryDecisionIsSomebodys(t *testing.T) {
	r := open(t)
	take(t, r, Import{Content: []byte(derby)})
	for name, decide := range map[string]func() error{
		"import": func() error {
			_, err := r.Import(t.Context(), Import{Name: "derby.csv", Content: []byte(derby)})
			return err
		},
		"publish":  func() error { _, err := r.Publish(t.Context(), Choice{}); return err },
		"withdraw": func() error { return r.Withdraw(t.Context(), Withdrawal{Import: 1, Why: "wrong"}) },
		"approve":  func() error { return r.Approve(t.Context(), 1, " ", "") },
	} {
		if err := decide(); !errors.Is(err, ErrNobody) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestPublishMayBeTriedAgain cuts a publication off after its decision and before the pointer moved.
func TestPublishMayBeTriedAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	first, err := r.Publish(t.Context(), Choice{By: "tester"})
	if !errors.Is(err, ErrNothing) {
		t.Fatal(err)
	}
	take(t, r, Import{Content: []byte(derby)})
	second, err := r.Publish(t.Context(), Choice{By: "tester"})
	if err != nil {
		t.Fatal(err)
	}
	if err := release.Point(r.Home, first.Release.ID); err != nil {
		t.Fatal(err)
	}
	r.Now = func() time.Time { return now.Add(time.Hour) }
	again, err := r.Publish(t.Context(), Choice{By: "tester"})
	if err != nil || again.Release.ID != second.Release.ID {
		t.Fatalf("%+v, %v", again, err)
	}
	if _, err := r.Publish(t.Context(), Choice{By: "tester"}); !errors.Is(err, ErrNothing) {
		t.Errorf("a third time: %v", err)
	}
	entries, err := r.Verify(t.Context())
	if err != nil || len(entries) != 2 {
		t.Errorf("%d entries, %v: trying again is no decision", len(entries), err)
	}
	if current, err := release.Current(r.Home); err != nil || current.ID != second.Release.ID {
		t.Errorf("current is %s, %v", current.ID, err)
	}
}

// freeArea is an area of the tiny record without a core case inspection of 2012.
func freeArea(t *testing.T) string {
	t.Helper()
	taken := make(map[string]bool)
	for _, r := range rowsIn(t, releasetest.Record(), "results/cci.csv") {
		taken[r["inspection"]] = true
	}
	for _, r := range rowsIn(t, releasetest.Record(), "areas/areas.csv") {
		if !taken[r["area"]+"-cci-2012"] {
			return r["area"]
		}
	}
	t.Fatal("every area has one")
	return ""
}
