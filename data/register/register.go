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
		if e.Upload == "" {
			continue
		}
		content, err := os.ReadFile(r.upload(e.Upload))
		if err != nil {
			return nil, &JournalError{e.Seq, "its upload cannot be read: " + err.Error()}
		}
		if sum := sumOf(content); sum != e.Upload {
			return nil, &JournalError{e.Seq, "its upload was changed: it hashes to " + sum}
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
	e.Seq, e.At = len(entries)+1, r.Now().UTC()
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
		if err := r.keep(receipt.Upload, in.Content); err != nil {
			return err
		}
		e, err := r.decide(entries, whole, Entry{By: in.By, Act: ActImport, Why: in.Why, Upload: receipt.Upload, File: filepath.Base(in.Name),
			Kind: receipt.Kind, Draft: in.Draft, Embargo: in.Embargo})
		receipt.Seq = e.Seq
		return err
	})
	return receipt, err
}

// Check says what an import would be refused for, and changes nothing.
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
	return nil, err
}

// imported is the import of the very same file, if it stands.
func imported(entries []Entry, upload string) (Entry, bool) {
	withdrawn := withdrawals(entries)
	for _, e := range entries {
		if e.Act == ActImport && e.Upload == upload && !withdrawn[e.Seq] {
			return e, true
		}
	}
	return Entry{}, false
}

func withdrawals(entries []Entry) map[int]bool {
	out := make(map[int]bool)
	for _, e := range entries {
		if e.Act == ActWithdraw {
			for _, seq := range e.Imports {
				out[seq] = true
			}
		}
	}
	return out
}

// standing are the imports that were not withdrawn, in the order they came.
func standing(entries []Entry) []Entry {
	withdrawn := withdrawals(entries)
	return slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Act != ActImport || withdrawn[e.Seq] })
}

// published are the imports of the newest release that were not withdrawn since.
func published(entries []Entry) map[int]bool {
	out := make(map[int]bool)
	for _, e := range entries {
		if e.Act == ActPublish {
			clear(out)
			for _, seq := range e.Imports {
				out[seq] = true
			}
		}
	}
	for seq := range withdrawals(entries) {
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

// builder builds releases of a record in the register's home.
func (r *Register) builder(record fs.FS) release.Builder {
	return release.Builder{Home: r.Home, Record: record, Queries: r.Queries, Now: r.Now, Origin: release.OriginRegister}
}
