package register

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"yardstick/data/release"
)

// Document is a decision that is made in words, and not about figures: the text of a press notice, an area that is
// chosen for inspection, what a service answers. The register keeps what it says under its hash.
type Document struct {
	Act     Act    // one of documentActs
	Name    string // what it is about, such as notice/kent-yj2025-2027
	Content []byte
	By      string
	Why     string
	Imports []int // whose figures it quotes: it is erased with them
	Draft   bool  // it waits for somebody else to approve it
}

// Keep journals a document.
func (r *Register) Keep(ctx context.Context, d Document) (Entry, error) {
	if err := decided(d.By); err != nil {
		return Entry{}, err
	}
	if !d.Act.document() {
		return Entry{}, fmt.Errorf("%s is no decision by a document", d.Act)
	}
	if !fs.ValidPath(d.Name) || len(d.Content) == 0 {
		return Entry{}, errors.New("a document needs a name and a content")
	}
	var kept Entry
	err := r.locked(ctx, func(j *journal) error {
		withdrawn := withdrawnImports(j.entries)
		if slices.ContainsFunc(d.Imports, func(seq int) bool { return withdrawn[seq] }) {
			return moved("what the document quotes was withdrawn")
		}
		sum := release.HashOf(d.Content)
		if err := r.keep(sum, d.Content); err != nil {
			return err
		}
		var err error
		kept, err = j.decide(Entry{By: d.By, Act: d.Act, Why: d.Why, Upload: sum, File: path.Clean(d.Name),
			Imports: d.Imports, Draft: d.Draft})
		return err
	})
	return kept, err
}

// Document returns what a document says; an error that is fs.ErrNotExist where it was erased.
func (r *Register) Document(e Entry) ([]byte, error) {
	if !e.Act.document() {
		return nil, fmt.Errorf("decision %d is no document", e.Seq)
	}
	content, err := os.ReadFile(r.upload(e.Upload))
	if err == nil && release.HashOf(content) != e.Upload {
		err = &JournalError{e.Seq, "what it keeps was changed"}
	}
	return content, err
}

// documentActs are the acts whose entries keep a document.
var documentActs = []Act{ActNotice, ActPlan, ActReply, ActOutcome, ActComment, ActAccept, ActSchedule, ActUnschedule,
	ActAccompany}

func (a Act) document() bool { return slices.Contains(documentActs, a) }

// Approved returns by number which entries somebody else approved, and by which entry.
func Approved(entries []Entry) map[int]int { return approvals(entries) }

// documentsOf are the documents that quote an import.
func documentsOf(entries []Entry, imports []int) []Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
		return !e.Act.document() ||
			!slices.ContainsFunc(e.Imports, func(seq int) bool { return slices.Contains(imports, seq) })
	})
}

// Checkpoint returns the newest checkpoint of the journal as the office's key signed it; empty before there is one.
func (r *Register) Checkpoint() (string, error) {
	text, err := os.ReadFile(r.checkpointPath())
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(text)), err
}
