package register

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yardstick/data/release"
	"yardstick/data/release/releasetest"
)

// historyLines returns the lines of a file of the history in the record of the current release.
func historyLines(t *testing.T, r *Register, name string) []string {
	t.Helper()
	m, err := release.Current(r.Home)
	if err != nil {
		t.Fatal(err)
	}
	record, err := release.Record(r.Home, m)
	if err != nil {
		t.Fatal(err)
	}
	text, err := fs.ReadFile(record, name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")[1:]
}

func publish(t *testing.T, r *Register, why string) Published {
	t.Helper()
	made, err := r.Publish(t.Context(), Choice{By: "tester", Why: why})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// TestReleasesTellWhatEachChanged takes an inspection through its life: it is published, corrected, taken back to
// what it was, and withdrawn; and an inspection of the shipped record is withdrawn and comes back.
func TestReleasesTellWhatEachChanged(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := openSmall(t)
	r.Record = releasetest.Record()
	day := 0
	r.Now = func() time.Time { return now.AddDate(0, 0, day) }
	next := func() { day++ }
	id := freeArea(t) + "-cci-2012"
	content := strings.Replace(derby, "Derby,", freeArea(t)+",", 1)
	correct := strings.Replace(content, ",66,", ",67,", 1)

	take(t, r, Import{Content: []byte(content), Why: "the notice of March"})
	first := publish(t, r, "March")
	next()
	receipt := take(t, r, Import{Content: []byte(correct), Why: "misread"})
	publish(t, r, "")
	next()
	withdraw(t, r, Withdrawal{Import: receipt.Seq, Why: "it was right before"})
	publish(t, r, "")
	next()
	withdraw(t, r, Withdrawal{Inspection: id, Why: "another service's"})
	withdraw(t, r, Withdrawal{Inspection: "elmstow-fji-2016", Why: "asked to by the service"})
	last := publish(t, r, "Two withdrawn")

	past := len(strings.Split(strings.TrimSpace(string(releasetest.Record()["history/revisions.csv"].Data)), "\n")) - 1
	got := historyLines(t, r, revisionsFile)[past:]
	want := []string{
		"4,result,added," + id + ",safeguarding,,,,,,1,the notice of March",
		"5,result,corrected," + id + ",safeguarding,,,percent,,,1,misread",
		"6,result,withdrawn," + id + ",safeguarding,,,percent,,,1,it was right before",
		"7,result,withdrawn," + id + ",safeguarding,,,,,,1,another service's",
		"7,result,withdrawn,elmstow-fji-2016,court_work_and_reports,,,,,,1,asked to by the service",
		"7,result,withdrawn,elmstow-fji-2016,protecting_children_and_young_people,,,,,,1,asked to by the service",
		"7,result,withdrawn,elmstow-fji-2016,protecting_the_public,,,,,,1,asked to by the service",
	}
	byText := cmp.Transformer("sorted", func(lines []string) map[string]bool {
		out := make(map[string]bool)
		for _, line := range lines {
			out[line] = true
		}
		return out
	})
	if diff := cmp.Diff(want, got, byText); diff != "" {
		t.Errorf("revisions -want +got:\n%s", diff)
	}
	releases := historyLines(t, r, releasesFile)
	if len(releases) != 7 {
		t.Fatalf("releases: %q", releases)
	}
	if want := "4," + first.Release.ID + ",2027-03-04T09:30:00Z,register,March"; releases[3] != want {
		t.Errorf("got %s\nwant %s", releases[3], want)
	}
	if want := "7,,2027-03-07T09:30:00Z,register,Two withdrawn"; releases[6] != want {
		t.Errorf("got %s\nwant %s", releases[6], want)
	}
	if diff := cmp.Diff(map[string]release.Difference{
		"results/cci.csv": {Left: 1}, "results/fji.csv": {Left: 3}, "SOURCES.csv": {Left: 1},
		releasesFile: {Came: 1, Changed: 1}, revisionsFile: {Came: 4},
	}, last.Release.Difference); diff != "" {
		t.Errorf("difference -want +got:\n%s", diff)
	}

	next()
	take(t, r, Import{Content: []byte(content), Why: "the service's after all"})
	publish(t, r, "")
	if all := historyLines(t, r, revisionsFile); all[len(all)-1] != "8,result,added,"+id+
		",safeguarding,,,,,,1,the service's after all" {
		t.Errorf("imported again: %s", all[len(all)-1])
	}
	if _, err := r.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func withdraw(t *testing.T, r *Register, w Withdrawal) {
	t.Helper()
	w.By = "tester"
	if err := r.Withdraw(t.Context(), w); err != nil {
		t.Fatal(err)
	}
}

func TestWithdrawalsThatCannotBe(t *testing.T) {
	r := openSmall(t)
	r.Record = releasetest.Record()
	for name, w := range map[string]Withdrawal{
		"no such import":      {Import: 1, By: "tester", Why: "x"},
		"no such inspection":  {Inspection: "nowhere-cci-1999", By: "tester", Why: "x"},
		"no reason":           {Inspection: "elmstow-fji-2016", By: "tester", Why: " "},
		"nobody":              {Inspection: "elmstow-fji-2016", Why: "x"},
		"neither of the two ": {By: "tester", Why: "x"},
	} {
		if err := r.Withdraw(t.Context(), w); err == nil {
			t.Errorf("%s: withdrawn", name)
		}
	}
	withdraw(t, r, Withdrawal{Inspection: "elmstow-fji-2016", Why: "x"})
	if err := r.Withdraw(t.Context(), Withdrawal{Inspection: "elmstow-fji-2016", By: "tester", Why: "again"}); err == nil {
		t.Error("withdrawn twice")
	}
	if entries, err := r.Verify(t.Context()); err != nil || len(entries) != 1 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

// A release of the same decisions that another shipped record makes different is a release of its own.
func TestPublishAfterTheShippedRecordChanged(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := openSmall(t)
	r.Record = releasetest.Record()
	take(t, r, Import{Content: []byte(strings.Replace(derby, "Derby,", freeArea(t)+",", 1))})
	first := publish(t, r, "")
	record := releasetest.Record()
	record["results/cci.csv"].Data = []byte(
		strings.Replace(string(record["results/cci.csv"].Data), ",69,moderate", ",68,moderate", 1))
	r.Record = record
	second := publish(t, r, "a newer record")
	if second.Release.ID == first.Release.ID || second.Previous != first.Release.ID || len(second.Came) != 0 {
		t.Errorf("%+v", second)
	}
	if _, err := r.Publish(t.Context(), Choice{By: "tester"}); !errors.Is(err, ErrNothing) {
		t.Errorf("once more: %v", err)
	}
}

// What a publication kept about its changes is held to its hash like an upload.
func TestVerifyReadsWhatPublicationsKept(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := openSmall(t)
	r.Record = releasetest.Record()
	take(t, r, Import{Content: []byte(strings.Replace(derby, "Derby,", freeArea(t)+",", 1))})
	publish(t, r, "")
	entries, err := r.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(r.upload(entries[1].Difference), []byte("result,added"), 0o644); err != nil {
		t.Fatal(err)
	}
	var broken *JournalError
	if _, err := r.Verify(t.Context()); !errors.As(err, &broken) || broken.Line != 2 {
		t.Errorf("%v", err)
	}
}
