package register

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yardstick/data/release"
)

// under runs a register as another user of the system.
func (r *Register) under(user string) *Register {
	other := *r
	other.User = user
	return &other
}

// Where the home requires four eyes, nothing that one person decided takes effect, whatever name they give.
func TestFourEyes(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r, content := small(t)
	if err := os.WriteFile(filepath.Join(r.Home, SettingsFile), []byte("# The office's rules.\nfour_eyes: required\n"),
		0o644); err != nil {
		t.Fatal(err)
	}
	ann, bob := r.under("1001 ann"), r.under("1002 bob")
	nothing := func(what string) {
		t.Helper()
		if made, err := ann.Publish(t.Context(), Choice{By: "ann"}); !errors.Is(err, ErrNothing) {
			t.Errorf("%s: published %v, %v", what, made.Came, err)
		}
	}
	approve := func(seq int, came, left int) {
		t.Helper()
		var same *SameUserError
		for _, name := range []string{"ann", "bob", "\u0430nn"} {
			if err := ann.Approve(t.Context(), seq, name, ""); !errors.As(err, &same) {
				t.Errorf("ann approves %d as %s: %v", seq, name, err)
			}
		}
		if err := bob.Approve(t.Context(), seq, "ann", ""); err != nil {
			t.Fatal(err)
		}
		made, err := ann.Publish(t.Context(), Choice{By: "ann"})
		if err != nil || len(made.Came) != came || len(made.Left) != left {
			t.Errorf("after approval of %d: came %v, left %v, %v", seq, made.Came, made.Left, err)
		}
	}
	if _, err := r.Import(t.Context(), Import{Name: "x.csv", Content: content, By: "ann"}); err == nil {
		t.Error("imported by nobody that the system knows")
	}
	receipt := take(t, ann, Import{Content: content})
	if !receipt.Draft {
		t.Error("an import is no draft")
	}
	nothing("an import")
	approve(receipt.Seq, 1, 0)
	entries, err := ann.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if e := entries[1]; e.Act != ActApprove || e.Approves != receipt.Upload || e.User != "1002 bob" {
		t.Errorf("the approval is %+v", e)
	}

	withdraw(t, ann, Withdrawal{Inspection: "elmstow-fji-2016", Why: "asked to"})
	nothing("a withdrawal of an inspection")
	entries, _ = ann.Verify(t.Context())
	approve(len(entries), 1, 0)
	withdraw(t, ann, Withdrawal{Import: receipt.Seq, Why: "wrong"})
	nothing("a withdrawal of an import")
	entries, _ = ann.Verify(t.Context())
	approve(len(entries), 0, 1)

	embargo, err := ParseEmbargo("2027-06-13 00:01")
	if err != nil {
		t.Fatal(err)
	}
	again := take(t, ann, Import{Content: []byte(strings.Replace(string(content), ",66,", ",67,", 1)), Embargo: &embargo})
	if err := bob.Approve(t.Context(), again.Seq, "bob", ""); err != nil {
		t.Fatal(err)
	}
	if err := bob.Lift(t.Context(), again.Seq, "bob", "printed early"); err != nil {
		t.Fatal(err)
	}
	nothing("an embargo that was lifted")
	entries, _ = ann.Verify(t.Context())
	if err := bob.Approve(t.Context(), len(entries), "x", ""); err == nil {
		t.Error("bob approves what he lifted")
	}
	if err := ann.Approve(t.Context(), len(entries), "ann", ""); err != nil {
		t.Fatal(err)
	}
	if made, err := ann.Publish(t.Context(), Choice{By: "ann"}); err != nil || len(made.Came) != 1 {
		t.Errorf("lifted by two: %v, %v", made.Came, err)
	}

	if _, err := ann.Redact(t.Context(), Redaction{Import: again.Seq, By: "ann", Why: "names a child"}); err != nil {
		t.Fatal(err)
	}
	nothing("a redaction")
	if _, err := os.Stat(r.upload(again.Upload)); err != nil {
		t.Errorf("erased by one: %v", err)
	}
	entries, _ = ann.Verify(t.Context())
	approve(len(entries), 0, 1)
	if _, err := os.Stat(r.upload(again.Upload)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("not erased: %v", err)
	}
	if _, err := ann.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := release.Current(r.Home); err != nil {
		t.Error(err)
	}
}

// Settings that are not understood stop every decision: none may be taken as if nothing were required.
func TestSettingsAreUnderstood(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	for text, want := range map[string]string{
		"four_eyes: requierd\n": "settings:1", "four_eyes required\n": "settings:1", "\nfour-eyes: required\n": "settings:2",
		"four_eyes: off\n": "", "": "",
	} {
		r, content := small(t)
		if err := os.WriteFile(filepath.Join(r.Home, SettingsFile), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := r.Import(t.Context(), Import{Name: "x.csv", Content: content, By: "ann"})
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
