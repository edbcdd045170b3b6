package register

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick/data/release"
)

// everyRelease is the ids of the releases that a home has had, the newest first.
func everyRelease(home string) []string {
	ids := []string{release.CurrentID(home)}
	for _, m := range release.Earlier(home) {
		ids = append(ids, m.ID)
	}
	return ids
}

// A home whose releases are lost has all of them again from its register, the first of the shipped record too.
func TestTheRegisterAloneRestoresEveryRelease(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r, content := small(t)
	if err := r.prepareFolders(); err != nil {
		t.Fatal(err)
	}
	shipped, err := r.builder(r.Record, release.OriginShipped, "").Build(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	take(t, r, Import{Content: content})
	publish(t, r, "first")
	take(t, r, Import{Content: []byte(strings.Replace(string(content), ",66,", ",67,", 1)), Why: "misread"})
	publish(t, r, "second")
	before := everyRelease(r.Home)
	if len(before) != 3 || before[2] != shipped.ID {
		t.Fatal(before)
	}
	journal, err := os.ReadFile(r.journalPath())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.RemoveAll(filepath.Join(r.Home, "releases")),
		os.Remove(filepath.Join(r.Home, "CURRENT"))); err != nil {
		t.Fatal(err)
	}
	made, err := r.Publish(t.Context(), Choice{By: "tester"})
	if !errors.Is(err, ErrNothing) || made.Release.ID != before[0] {
		t.Fatalf("%s, %v", made.Release.ID, err)
	}
	if got := everyRelease(r.Home); strings.Join(got, " ") != strings.Join(before, " ") {
		t.Errorf("releases %.8s, before %.8s", got, before)
	}
	for _, m := range release.Earlier(r.Home) {
		if _, err := r.builder(r.Record, release.OriginRegister, "").Again(t.Context(), m, t.TempDir()); err != nil {
			t.Error(err)
		}
	}
	if _, err := r.Verify(t.Context()); err != nil {
		t.Errorf("a faithful copy does not verify: %v", err)
	}
	if after, _ := os.ReadFile(r.journalPath()); string(after) != string(journal) {
		t.Errorf("restoring decided something:\n%s", strings.TrimPrefix(string(after), string(journal)))
	}
}

// A copy that was changed in the register is not put back as if it were the release.
func TestADamagedCopyIsNotPutBack(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r, content := small(t)
	take(t, r, Import{Content: content})
	made := publish(t, r, "first")
	if err := errors.Join(os.RemoveAll(filepath.Join(r.Home, "releases")),
		os.WriteFile(filepath.Join(r.copies(), made.Release.ID+".zip"), []byte("PK"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Publish(t.Context(), Choice{By: "tester"}); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("%v", err)
	}
}
