package register

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yardstick/data/finding"
	"yardstick/data/release"
)

// A trial says what an import then does, and leaves the home as it was.
func TestTrialChangesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := openSmall(t)
	take(t, r, Import{Content: []byte(derby)})
	before := state(t, r.Home)
	second := []byte(header + "Derby,cci,2012-03-15,50,safeguarding,67,moderate,https://example.test/derby,Derby notice " +
		"(synthetic)\n")
	in := Import{Name: "derby.csv", Content: second, By: "tester", Why: "misread", Draft: true}
	tried, err := r.Trial(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, state(t, r.Home)); diff != "" {
		t.Errorf("a trial changed the home:\n%s", diff)
	}
	taken, err := r.Import(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	tried.Seq = taken.Seq
	if got, want := asJSON(t, tried), asJSON(t, taken); got != want || taken.ChangedRows != 1 {
		t.Errorf("tried: %s\ntaken: %s", got, want)
	}
	differs := func(how string) {
		t.Helper()
		again, err := r.Difference(t.Context(), taken.Seq)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := asJSON(t, again), asJSON(t, taken); got != want {
			t.Errorf("%s: %s\ntaken: %s", how, got, want)
		}
	}
	kept, err := os.ReadFile(r.receiptPath(taken.Seq))
	if err != nil {
		t.Fatal(err)
	}
	differs("as it was kept")
	for how, content := range map[string][]byte{"damaged": kept[:len(kept)/2],
		"over something else": bytes.Replace(kept, []byte(`"basis":"`), []byte(`"basis":"x`), 1)} {
		if err := os.WriteFile(r.receiptPath(taken.Seq), content, privateFile); err != nil {
			t.Fatal(err)
		}
		differs(how)
		if again, err := os.ReadFile(r.receiptPath(taken.Seq)); err != nil || !bytes.Equal(again, kept) {
			t.Errorf("%s: it is not kept again: %v", how, err)
		}
	}
	var refused *finding.Error
	if _, err := r.Trial(t.Context(), Import{Name: "x.csv",
		Content: []byte(header + "Nowhere,cci,2012,5,safeguarding,6,moderate,https://example.test/,T\n")}); !errors.As(err,
		&refused) {
		t.Errorf("an unknown area: %v", err)
	}
	if _, err := r.Difference(t.Context(), 9); err == nil {
		t.Error("an import that is not there has a difference")
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A preview has what is under embargo, in a home of its own, and nothing of it reaches the register's home.
func TestPreviewIsAside(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := openSmall(t)
	if _, err := r.Publish(t.Context(), Choice{By: "tester"}); !errors.Is(err, ErrNothing) {
		t.Fatal(err)
	}
	embargo, err := ParseEmbargo("2027-06-13 00:01")
	if err != nil {
		t.Fatal(err)
	}
	secret := take(t, r, Import{Content: []byte(derby), Embargo: &embargo, Draft: true})
	before, aside := state(t, r.Home), t.TempDir()
	m, err := r.Preview(t.Context(), []int{secret.Seq}, aside)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, state(t, r.Home)); diff != "" {
		t.Errorf("a preview changed the home:\n%s", diff)
	}
	kept, err := release.Record(aside, m)
	if err != nil {
		t.Fatal(err)
	}
	if kept == nil || m.Origin != release.OriginRegister {
		t.Errorf("the preview is of %s", m.Origin)
	}
	if _, err := os.Stat(release.Path(aside, m.ID)); err != nil {
		t.Error(err)
	}
	if _, err := r.Preview(t.Context(), []int{9}, t.TempDir()); err == nil {
		t.Error("an import that is not there has a preview")
	}
	rows, err := os.ReadFile(filepath.Join(aside, "releases", m.ID+".duckdb"))
	if err != nil || !bytes.Contains(rows, []byte("Derby notice (synthetic)")) {
		t.Errorf("the preview does not have the draft's source: %v", err)
	}
	r.Now = func() time.Time { return embargo.Instant }
	if err := r.Approve(t.Context(), secret.Seq, "second", ""); err != nil {
		t.Fatal(err)
	}
	if out, err := r.Publish(t.Context(), Choice{Imports: []int{secret.Seq}, By: "second"}); err != nil ||
		len(out.Came) != 1 {
		t.Fatalf("%+v, %v", out, err)
	}
}

// A choice of none carries a withdrawal out and takes nothing along.
func TestPublishNone(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	one := take(t, r, Import{Content: []byte(derby)})
	if _, err := r.Publish(t.Context(), Choice{Imports: []int{one.Seq}, By: "tester"}); err != nil {
		t.Fatal(err)
	}
	other := take(t, r, Import{Content: bytes.Replace([]byte(derby), []byte("Derby,"), []byte("Leeds,"), 1)})
	withdraw(t, r, Withdrawal{Import: one.Seq, By: "second", Why: "the wrong file"})
	out, err := r.Publish(t.Context(), Choice{Standing: true, By: "second"})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Imports) != 0 || len(out.Left) != 1 || other.Seq == 0 {
		t.Errorf("%+v", out)
	}
}

// A publication that is built ahead is the one that is made at its moment: not before, and not once something else was
// decided.
func TestPublishAhead(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r := open(t)
	if _, err := r.Publish(t.Context(), Choice{By: "tester"}); !errors.Is(err, ErrNothing) {
		t.Fatal(err)
	}
	embargo, err := ParseEmbargo("2027-06-13 00:01")
	if err != nil {
		t.Fatal(err)
	}
	secret := take(t, r, Import{Content: []byte(derby), Embargo: &embargo})
	choice := Choice{Imports: []int{secret.Seq}, By: "second", Why: "its moment"}
	before := state(t, r.Home)
	stale, err := r.Ahead(t.Context(), choice, embargo.Instant, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, state(t, r.Home)); diff != "" {
		t.Errorf("building ahead changed the home:\n%s", diff)
	}
	if _, err := r.PublishAhead(t.Context(), stale); err == nil {
		t.Error("it was published before its moment")
	}
	if _, err := r.Ahead(t.Context(), choice, embargo.Instant.Add(-time.Second), t.TempDir()); err == nil {
		t.Error("it was built for a moment before its embargo ends")
	}
	keeps := Document{Act: ActComment, Name: "comment/1", Content: []byte("{}"), By: "third", Imports: []int{secret.Seq}}
	if _, err := r.Keep(t.Context(), keeps); err != nil {
		t.Fatal(err)
	}
	if fresh, err := r.Fresh(stale); !fresh || err != nil {
		t.Errorf("after a comment it is fresh: %v, %v", fresh, err)
	}
	other := take(t, r, Import{Content: bytes.Replace([]byte(derby), []byte("Derby,"), []byte("Leeds,"), 1)})
	if fresh, err := r.Fresh(stale); fresh || err != nil {
		t.Errorf("after import %d it is fresh: %v, %v", other.Seq, fresh, err)
	}
	built, err := r.Ahead(t.Context(), choice, embargo.Instant, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Keep(t.Context(), keeps); err != nil {
		t.Fatal(err)
	}
	r.Now = func() time.Time { return embargo.Instant.Add(300 * time.Millisecond) }
	if _, err := r.PublishAhead(t.Context(), stale); !errors.Is(err, ErrStale) {
		t.Errorf("a stale one: %v", err)
	}
	out, err := r.PublishAhead(t.Context(), built)
	if err != nil || len(out.Came) != 1 || out.Previous == "" {
		t.Fatalf("%+v, %v", out, err)
	}
	m, err := release.Current(r.Home)
	if err != nil || m.ID != out.Release.ID || m.Previous != out.Previous || !m.Built.Equal(embargo.Instant) ||
		m.Difference["results/cci.csv"].Came+m.Difference["results/cci.csv"].Changed == 0 {
		t.Errorf("%+v, %v", m, err)
	}
	entries, err := r.Verify(t.Context())
	if err != nil || len(entries) != 5 || !entries[4].At.Equal(embargo.Instant) || entries[4].By != "second" {
		t.Errorf("%+v, %v", entries, err)
	}
	if _, err := r.Publish(t.Context(), Choice{Imports: []int{secret.Seq}, By: "second"}); !errors.Is(err, ErrNothing) {
		t.Errorf("published as usual it is another release: %v", err)
	}
}
