package register

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"yardstick/data/release"
)

// A document is a decision like others: signed, kept under its hash, approved by somebody else, and found out where it
// was changed.
func TestADocumentIsADecision(t *testing.T) {
	r := openSmall(t)
	e, err := r.Keep(t.Context(), Document{Act: ActNotice, Name: "notice/kent", Content: []byte("{}"), By: "edith",
		Why: "first draft", Draft: true})
	if err != nil || e.Seq != 1 || e.Upload != release.HashOf([]byte("{}")) {
		t.Fatalf("%+v, %v", e, err)
	}
	if err := r.Approve(t.Context(), 1, "Edith", ""); err == nil {
		t.Error("who worded it approved it")
	}
	if err := r.Approve(t.Context(), 1, "ada", ""); err != nil {
		t.Fatal(err)
	}
	entries, err := r.Verify(t.Context())
	if err != nil || Approved(entries)[1] != 2 || !strings.Contains(entries[0].String(), "notice notice/kent, sha256") {
		t.Fatalf("%v, %v", entries, err)
	}
	if text, err := r.Document(entries[0]); err != nil || string(text) != "{}" {
		t.Errorf("%q, %v", text, err)
	}
	checkpoint, err := r.Checkpoint()
	if err != nil || !strings.HasPrefix(checkpoint, journalLog+"\n2\n") {
		t.Errorf("%q, %v", checkpoint, err)
	}
	if err := os.WriteFile(r.upload(e.Upload), []byte("{ }"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Document(entries[0]); err == nil {
		t.Error("a document that was changed is shown")
	}
	if _, err := r.Verify(t.Context()); err == nil {
		t.Error("a document that was changed is not found out")
	}
}

func TestDocumentsThatAreNoneAreRefused(t *testing.T) {
	r := openSmall(t)
	for name, d := range map[string]Document{
		"nobody's":     {Act: ActPlan, Name: "plan/2027", Content: []byte("{}")},
		"another act":  {Act: ActPublish, Name: "x", Content: []byte("{}"), By: "ann"},
		"no content":   {Act: ActPlan, Name: "plan/2027", By: "ann"},
		"no such name": {Act: ActPlan, Name: "../plan", Content: []byte("{}"), By: "ann"},
	} {
		if _, err := r.Keep(t.Context(), d); err == nil {
			t.Errorf("%s: it was kept", name)
		}
	}
	if entries, err := r.Journal(); err != nil || len(entries) != 0 {
		t.Errorf("%v, %v", entries, err)
	}
}

// What quotes an import is erased with it.
func TestDocumentsAreErasedWithWhatTheyQuote(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r, content := small(t)
	receipt := take(t, r, Import{Content: content})
	quoting := Document{Act: ActNotice, Name: "notice/x", Content: []byte("a child's name"), By: "ann",
		Why: "about a child", Imports: []int{receipt.Seq}}
	e, err := r.Keep(t.Context(), quoting)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Redact(t.Context(), Redaction{Import: receipt.Seq, By: "ann", Why: "asked to"}); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(r.receipts()); err != nil || len(left) > 0 {
		t.Errorf("what imports changed is still kept: %v, %v", left, err)
	}
	if _, err := r.Keep(t.Context(), quoting); err == nil {
		t.Error("a document quotes what was redacted")
	}
	entries, err := r.Verify(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(entries, func(one Entry) bool { return one.Seq == e.Seq })
	if !entries[at].Erased || entries[at].File+entries[at].Why != "" {
		t.Errorf("%+v", entries[at])
	}
	if _, err := r.Document(entries[at]); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the text is still there: %v", err)
	}
}
