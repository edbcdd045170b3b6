package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"yardstick/data/finding"
	"yardstick/data/release"
)

// Register is the office's store of record in a home directory. Its methods may be called by several processes at once:
// each takes the register's lock for as long as it works.
type Register struct {
	Home    string
	Record  fs.FS            // the shipped record
	Queries fs.FS            // what builds and checks a release
	Now     func() time.Time // the clock
}

// Import is a file with what is decided about it.
type Import struct {
	Name    string // as it came, for findings
	Content []byte
	By      string
	Why     string
	Embargo *Embargo
	Draft   bool
}

// Receipt says what an import did. Seq is its number in the journal; 0 where the very file was imported before and
// nothing was to do.
type Receipt struct {
	Seq         int      `json:"seq"`
	Kind        Kind     `json:"kind"`
	Upload      string   `json:"upload"`
	Embargo     *Embargo `json:"embargo,omitempty"`
	Rows        int      `json:"rows"`    // of the file, below its header
	Added       []change `json:"added"`   // rows of the record, the first thousand
	Changed     []change `json:"changed"` // likewise
	AddedRows   int      `json:"added_rows"`
	ChangedRows int      `json:"changed_rows"`
	Unchanged   int      `json:"unchanged"`
	KeptOnly    bool     `json:"kept_only"` // judgements and questions: kept, and never part of a release

	Warnings []finding.Finding `json:"warnings,omitempty"` // of the file, which was taken all the same
}

// ErrNobody says that a decision was to be journalled without saying whose it is.
var ErrNobody = errors.New("nobody is named who decides this: --by")

// decided fails where nobody is named as deciding.
func decided(by string) error {
	if strings.TrimSpace(by) == "" {
		return ErrNobody
	}
	return nil
}

// UnexplainedError says that a file changes figures held before, and that no reason was given.
type UnexplainedError struct {
	Changed int // figures
	First   change
}

// Error names the first change.
func (e *UnexplainedError) Error() string {
	return fmt.Sprintf("the file corrects %d figures held before, which needs a reason that the public can read: --why\n  %s", e.Changed, e.First)
}

// ErrNothing says that there was nothing to do.
var ErrNothing = errors.New("nothing to publish")

func (r *Register) dir() string     { return filepath.Join(r.Home, "register") }
func (r *Register) journal() string { return filepath.Join(r.dir(), "journal.jsonl") }
func (r *Register) upload(sum string) string {
	return filepath.Join(r.dir(), "uploads", sum)
}

// Verify reads the whole journal, holds every entry to its hash and every upload to its name.
func (r *Register) Verify() ([]Entry, error) {
	entries, _, err := readJournal(r.journal())
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		for _, kept := range []string{e.Upload, e.Difference} {
			if kept == "" {
				continue
			}
			content, err := os.ReadFile(r.upload(kept))
			if err != nil {
				return nil, &JournalError{e.Seq, "its upload cannot be read: " + err.Error()}
			}
			if sum := sumOf(content); sum != kept {
				return nil, &JournalError{e.Seq, "its upload was changed: it hashes to " + sum}
			}
		}
	}
	return entries, nil
}

// locked does work under the register's lock, with the journal as it stands.
func (r *Register) locked(ctx context.Context, work func(entries []Entry, whole int64) error) error {
	if err := os.MkdirAll(filepath.Join(r.dir(), "uploads"), 0o755); err != nil {
		return fmt.Errorf("register: %w", err)
	}
	lock := flock.New(filepath.Join(r.dir(), "lock"))
	if _, err := lock.TryLockContext(ctx, 50*time.Millisecond); err != nil {
		return fmt.Errorf("register: another command is at work: %w", err)
	}
	defer lock.Unlock()
	entries, whole, err := readJournal(r.journal())
	if err != nil {
		return err
	}
	return work(entries, whole)
}

// decide appends a decision to the journal.
func (r *Register) decide(entries []Entry, whole int64, e Entry) (Entry, error) {
	e.Seq = len(entries) + 1
	if e.At.IsZero() {
		e.At = r.Now().UTC()
	}
	if len(entries) > 0 {
		e.Prev = entries[len(entries)-1].Hash
	}
	sum, err := e.sum()
	if err != nil {
		return Entry{}, err
	}
	e.Hash = sum
	return e, appendEntry(r.journal(), whole, e)
}

// Import takes a file whole or refuses it with a *finding.Error and changes nothing. The record it would give, over
// everything imported before, is held to every check.
func (r *Register) Import(ctx context.Context, in Import) (Receipt, error) {
	receipt := Receipt{Upload: sumOf(in.Content), Embargo: in.Embargo}
	if err := decided(in.By); err != nil {
		return receipt, err
	}
	err := r.locked(ctx, func(entries []Entry, whole int64) error {
		if had, ok := imported(entries, receipt.Upload); ok {
			receipt.Kind, receipt.KeptOnly = had.Kind, !laid(had.Kind)
			return r.tell(entries, had.Seq, &receipt)
		}
		if err := r.lay(ctx, entries, in, len(entries)+1, &receipt); err != nil {
			return err
		}
		if !receipt.KeptOnly && receipt.AddedRows == 0 && receipt.ChangedRows == 0 {
			return nil
		}
		act := ActImport
		if receipt.ChangedRows > 0 {
			act = ActCorrect
		}
		if act == ActCorrect && strings.TrimSpace(in.Why) == "" {
			return &UnexplainedError{receipt.ChangedRows, receipt.Changed[0]}
		}
		if err := r.keep(receipt.Upload, in.Content); err != nil {
			return err
		}
		e, err := r.decide(entries, whole, Entry{By: in.By, Act: act, Why: in.Why, Upload: receipt.Upload, File: filepath.Base(in.Name),
			Kind: receipt.Kind, Draft: in.Draft, Embargo: in.Embargo})
		receipt.Seq = e.Seq
		return err
	})
	return receipt, err
}

// Check says what an import would be refused for, or which warnings it would be taken with, and changes nothing.
func (r *Register) Check(ctx context.Context, in Import) ([]finding.Finding, error) {
	entries, _, err := readJournal(r.journal())
	if err != nil {
		return nil, err
	}
	var receipt Receipt
	err = r.lay(ctx, entries, in, len(entries)+1, &receipt)
	var refused *finding.Error
	if errors.As(err, &refused) {
		return refused.Findings, nil
	}
	return receipt.Warnings, err
}

// imported is the import of the very same file, if it stands and no inspection was withdrawn since.
func imported(entries []Entry, upload string) (Entry, bool) {
	for _, e := range slices.Backward(standing(entries)) {
		if !e.takes() {
			break
		}
		if e.Upload == upload {
			return e, true
		}
	}
	return Entry{}, false
}

// numbers are the imports that acts of one kind name.
func numbers(entries []Entry, act Act) map[int]bool {
	out := make(map[int]bool)
	for _, e := range entries {
		if e.Act == act {
			for _, seq := range e.Imports {
				out[seq] = true
			}
		}
	}
	return out
}

// standing is what makes the record: the imports that were not withdrawn, and the inspections that were, in the order
// they were decided.
func standing(entries []Entry) []Entry {
	withdrawn := numbers(entries, ActWithdraw)
	return slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
		return !(e.takes() && !withdrawn[e.Seq] || e.Act == ActWithdraw && e.Inspection != "")
	})
}

// published are the decisions of the newest release that still stand.
func published(entries []Entry) map[int]bool {
	out := make(map[int]bool)
	for _, seq := range lastPublish(entries).Imports {
		out[seq] = true
	}
	for seq := range numbers(entries, ActWithdraw) {
		delete(out, seq)
	}
	return out
}

// keep stores an upload under its hash, whole or not at all.
func (r *Register) keep(sum string, content []byte) error {
	path := r.upload(sum)
	if err := release.Replace(path, content); err != nil {
		return fmt.Errorf("keep upload: %w", err)
	}
	return release.SyncDir(filepath.Dir(path))
}

func sumOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
