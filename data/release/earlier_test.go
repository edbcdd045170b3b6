package release_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"yardstick/analytics"
	"yardstick/analytics/duck"
	"yardstick/data/release"
	"yardstick/data/release/releasetest"
	"yardstick/queries"
)

// The releases before the current one are known by the releases after them, the newest first; what was never current
// is none.
func TestEarlier(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	home := t.TempDir()
	if all := release.Earlier(home); len(all) != 0 {
		t.Errorf("an empty home has %d", len(all))
	}
	var made []string
	for _, note := range []string{"first", "second", "third"} {
		made = append(
			made,
			mustBuild(t,
				builder(home, changed(t, "history/releases.csv", "Synthetic:", "Synthetic "+note+":"), firstDay)).ID,
		)
	}
	if _, err := builder(home, changed(t, "history/releases.csv", "Synthetic:", "Synthetic never current:"),
		firstDay).Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range release.Earlier(home) {
		got = append(got, m.ID)
	}
	if diff := cmp.Diff([]string{made[1], made[0]}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := os.Remove(home + "/releases/" + made[1] + ".json"); err != nil {
		t.Fatal(err)
	}
	if all := release.Earlier(home); len(all) != 0 {
		t.Errorf("behind a manifest that is gone, %d are known", len(all))
	}
}

// An earlier release that is made again says what it said, but for what the current one has no more.
func TestAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds releases")
	}
	home := t.TempDir()
	first := mustBuild(t, builder(home, releasetest.Record(), firstDay))
	same := again(t, home, first)
	want := opened(t, release.Path(home, first.ID), first)
	if diff := cmp.Diff(ids(want), ids(same)); diff != "" {
		t.Errorf("nothing was withdrawn (-want +got):\n%s", diff)
	}
	gone := want.Inspections()[0]
	record := releasetest.Record()
	for name, file := range record {
		if !strings.HasPrefix(name, "results/") && name != "benchmarks/published.csv" {
			continue
		}
		var kept []string
		for _, line := range strings.SplitAfter(string(file.Data), "\n") {
			if !strings.HasPrefix(line, gone.ID+",") {
				kept = append(kept, line)
			}
		}
		record[name] = &fstest.MapFile{Data: []byte(strings.Join(kept, ""))}
	}
	before := files(t, home)
	mustBuild(t, builder(home, record, firstDay))
	after := files(t, home)
	without := again(t, home, first)
	var missing *analytics.NotFoundError
	if _, err := without.Inspection(gone.ID); !errors.As(err, &missing) {
		t.Errorf("%s is shown again: %v", gone.ID, err)
	}
	if n := len(without.Inspections()); n != len(want.Inspections())-1 {
		t.Errorf("%d inspections of %d are left", n, len(want.Inspections()))
	}
	if diff := cmp.Diff(after, files(t, home)); diff != "" || len(before) == len(after) {
		t.Errorf("the home changed:\n%s", diff)
	}
	damaged := home + "/releases/" + first.ID + ".zip"
	if err := os.WriteFile(damaged, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := builder(home, nil, firstDay).Again(t.Context(), first, t.TempDir()); err == nil {
		t.Error("a damaged record is taken")
	}
}

func again(t *testing.T, home string, m release.Manifest) *analytics.Snapshot {
	t.Helper()
	file, err := builder(home, nil, firstDay).Again(t.Context(), m, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return opened(t, file, m)
}

func opened(t *testing.T, file string, m release.Manifest) *analytics.Snapshot {
	t.Helper()
	store, err := duck.Open(file, analytics.Release{ID: m.ID, Built: m.Built}, queries.Files())
	if err != nil {
		t.Fatal(err)
	}
	s, err := analytics.Load(context.Background(), store)
	if err := errors.Join(err, store.Close()); err != nil {
		t.Fatal(err)
	}
	return s
}

// ids are the inspections of a release, each with how many results it has.
func ids(s *analytics.Snapshot) map[string]int {
	out := make(map[string]int)
	for _, i := range s.Inspections() {
		out[i.ID] = len(i.Results)
	}
	return out
}
