package register

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
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
	// Opens opens a release as the site does: one that does not open is not published (release.Builder).
	Opens func(ctx context.Context, file string, m release.Manifest) error
	User  string // who decides, as the system knows them; needed where four eyes are required
}

// Import is a file with what is decided about it.
type Import struct {
	Name    string // as it came, for findings
	Content []byte
	Recipe  []byte // by which it is read, where it is not in the import format; else nil
	By      string
	Why     string
	Embargo *Embargo
	Draft   bool
}

// ErrNobody says that a decision was to be journalled without saying whose it is.
var ErrNobody = errors.New("nobody is named who decides this: --by")

// MovedError says that what somebody would decide about is not there, or no more as it was: something else was decided.
type MovedError struct{ what string }

// Error says what is not there.
func (e *MovedError) Error() string { return e.what }

func moved(format string, values ...any) error { return &MovedError{fmt.Sprintf(format, values...)} }

// decided fails where nobody is named as deciding.
func decided(by string) error {
	if strings.TrimSpace(by) == "" {
		return ErrNobody
	}
	return nil
}

// UnexplainedError says that a file changes figures of the record, and that no reason was given.
type UnexplainedError struct {
	Changed int // figures
	First   change
}

// Error names the first change.
func (e *UnexplainedError) Error() string {
	return fmt.Sprintf(
		"the file corrects %d figures of the record, which needs a reason that the public can read: --why\n  %s",
		e.Changed, e.First)
}

// mostBack is how far the clock may stand before the journal's last entry: clocks are set right by small steps.
const mostBack = time.Minute

// ClockError says that the clock stands before the last decision, so that no embargo can be trusted to it.
type ClockError struct{ Now, Last time.Time }

// Error names both times.
func (e *ClockError) Error() string {
	return fmt.Sprintf("the clock says %s, which is before the last decision in the journal, at %s: set the clock right",
		e.Now.UTC().Format(time.RFC3339), e.Last.UTC().Format(time.RFC3339))
}

// ErrNothing says that there was nothing to do.
var ErrNothing = errors.New("nothing to publish")

func (r *Register) dir() string              { return filepath.Join(r.Home, "register") }
func (r *Register) journalPath() string      { return filepath.Join(r.dir(), "journal.jsonl") }
func (r *Register) uploads() string          { return filepath.Join(r.dir(), "uploads") }
func (r *Register) copies() string           { return filepath.Join(r.dir(), "releases") }
func (r *Register) upload(sum string) string { return filepath.Join(r.uploads(), sum) }

// Verify reads the whole journal, and holds every entry to its hash, the journal to its signed checkpoint, every upload
// to its name, and what is public to what was published.
func (r *Register) Verify(ctx context.Context) ([]Entry, error) {
	if err := r.guard(); err != nil {
		return nil, err
	}
	entries, _, err := readJournal(r.journalPath())
	if err != nil {
		return nil, err
	}
	if err := errors.Join(r.checkSigned(entries, false), r.checkPublicLog(ctx, entries)); err != nil {
		return nil, err
	}
	erased := replacing(entries)
	for _, e := range append(replaced(entries), entries...) {
		for kept, path := range map[string]string{
			e.Upload: r.upload(e.Upload), e.Recipe: r.upload(e.Recipe),
			e.Difference: r.upload(e.Difference), e.Rows: release.RowsPath(r.rowsFolder(), e.Rows),
		} {
			if kept == "" {
				continue
			}
			if _, isErased := erased[kept]; isErased {
				if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
					return nil, &JournalError{e.Seq, "what it keeps was erased, and is there: any command that decides removes it"}
				}
				continue
			}
			sum, err := release.HashFile(path)
			if err != nil {
				return nil, &JournalError{e.Seq, "what it keeps cannot be read: " + err.Error()}
			}
			if sum != kept {
				return nil, &JournalError{e.Seq, "what it keeps was changed: it hashes to " + sum}
			}
		}
	}
	return entries, nil
}

// locked does work under the register's lock, with the journal as it stands.
func (r *Register) locked(ctx context.Context, work func(j *journal) error) error {
	if err := errors.Join(r.guard(), r.prepareFolders()); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(r.dir(), "lock"), flock.SetPermissions(privateFile))
	if _, err := lock.TryLockContext(ctx, 50*time.Millisecond); err != nil {
		return fmt.Errorf("register: another command is at work: %w", err)
	}
	defer lock.Unlock()
	if err := r.sweep(); err != nil {
		return err
	}
	j := &journal{register: r}
	if err := j.read(); err != nil {
		return err
	}
	if err := errors.Join(r.mendCheckpoint(j.entries), r.checkSigned(j.entries, true),
		r.checkPublished(j.entries)); err != nil {
		return err
	}
	if err := r.restore(j.entries); err != nil {
		return err
	}
	if err := r.finish(j); err != nil {
		return err
	}
	j.entries = replaced(j.entries)
	if n := len(j.entries); n > 0 {
		if now, last := r.Now(), j.entries[n-1].At; now.Before(last.Add(-mostBack)) {
			return &ClockError{Now: now, Last: last}
		}
	}
	return work(j)
}

// journal is the journal of a register while a command has its lock.
type journal struct {
	register *Register
	entries  []Entry
	whole    int64 // bytes of the entries
}

// read reads the journal as it is on disk.
func (j *journal) read() (err error) {
	j.entries, j.whole, err = readJournal(j.register.journalPath())
	return err
}

// decide appends a decision to the journal.
func (j *journal) decide(e Entry) (Entry, error) {
	r := j.register
	e, err := r.underRules(j.entries, e)
	if err != nil {
		return Entry{}, err
	}
	e.Seq = len(j.entries) + 1
	if e.At.IsZero() {
		e.At = r.Now().UTC()
	}
	if len(j.entries) > 0 {
		last := j.entries[len(j.entries)-1]
		e.Prev = last.Hash
		if e.At.Before(last.At) {
			e.At = last.At
		}
	}
	line, hash, err := e.line()
	if err != nil {
		return Entry{}, err
	}
	e.Hash = hash
	if err := r.signNext(j.entries, e); err != nil {
		return Entry{}, fmt.Errorf("sign journal: %w", err)
	}
	if err := appendEntry(r.journalPath(), j.whole, line); err != nil {
		return Entry{}, err
	}
	j.entries, j.whole = append(slices.Clip(j.entries), e), j.whole+int64(len(line))+1
	return e, r.signedNext()
}

// Import imports a file whole or refuses it with a *finding.Error and changes nothing. The record it would give, with
// everything imported before, is held to every check.
func (r *Register) Import(ctx context.Context, in Import) (Receipt, error) {
	receipt := receiptOf(in)
	if err := decided(in.By); err != nil {
		return receipt, err
	}
	err := r.locked(ctx, func(j *journal) error {
		if had, ok := imported(j.entries, receipt.Upload, receipt.Recipe); ok {
			return r.repeat(ctx, j.entries, had, &receipt)
		}
		return r.inFolder(func(folder string) error {
			file, err := r.try(ctx, j.entries, in, folder, &receipt)
			if err != nil {
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
			if in.Recipe != nil {
				if err := r.keep(receipt.Recipe, in.Recipe); err != nil {
					return err
				}
			}
			if err := r.keepRows(file); err != nil {
				return err
			}
			e, err := j.decide(Entry{By: in.By, Act: act, Why: in.Why, Upload: receipt.Upload, Recipe: receipt.Recipe,
				File: filepath.Base(in.Name), Kind: receipt.Kind, Rows: file.Sum, Draft: receipt.Draft,
				Embargo: receipt.Embargo})
			receipt.Seq, receipt.Draft = e.Seq, e.Draft
			if err != nil {
				return err
			}
			return r.keepReceipt(j.entries, receipt)
		})
	})
	return receipt, err
}

// Check says what an import would be refused for, or which warnings it would be imported with, and decides nothing. It
// makes no register where there is none.
func (r *Register) Check(ctx context.Context, in Import) ([]finding.Finding, error) {
	var receipt Receipt
	err := r.trying(ctx, func(entries []Entry, folder string) error {
		_, err := r.try(ctx, entries, in, folder, &receipt)
		return err
	})
	if refused, ok := errors.AsType[*finding.Error](err); ok {
		return refused.Findings, nil
	}
	return receipt.Warnings, err
}

// trying does work that changes nothing in a folder of its own, with the journal as it stands, under the register's
// lock where there is a register.
func (r *Register) trying(ctx context.Context, work func(entries []Entry, folder string) error) error {
	if _, missing := os.Lstat(r.dir()); errors.Is(missing, fs.ErrNotExist) {
		return inFolder("", func(folder string) error { return work(nil, folder) })
	}
	return r.locked(ctx, func(j *journal) error {
		return r.inFolder(func(folder string) error { return work(j.entries, folder) })
	})
}

// try reads an import, merges it with everything imported before, and checks what that gives. The receipt then says
// what it added, changed and left, and its warnings. A refusal is a *finding.Error whose rows are those of the
// imported file.
func (r *Register) try(
	ctx context.Context,
	entries []Entry,
	in Import,
	folder string,
	receipt *Receipt,
) (normalised, error) {
	before := effective(entries)
	file, err := r.normalise(before, in, folder)
	if err != nil {
		return file, err
	}
	receipt.Warnings = file.Warnings
	receipt.Kind, receipt.Rows, receipt.Left, receipt.KeptOnly = file.Kind, file.Rows, file.Left, !isPublished(file.Kind)
	if receipt.KeptOnly {
		return file, nil
	}
	with := append(decisions(before), release.Decision{Kind: string(file.Kind), Rows: file.Sum})
	trial, err := r.builder(r.Record, release.OriginShipped, folder).Try(ctx, with)
	if err != nil {
		return file, err
	}
	receipt.AddedRows, receipt.ChangedRows, receipt.Unchanged = trial.Added, trial.Changed, trial.Unchanged
	for _, row := range trial.Rows {
		if row.Before == nil {
			receipt.Added = append(receipt.Added, changeOf(row))
		} else {
			receipt.Changed = append(receipt.Changed, changeOf(row))
		}
	}
	receipt.inherit(trial.Meets, before, pending(entries, r.Now()))
	found, err := judged(trial.Findings, len(with), in.Name)
	receipt.Warnings = append(receipt.Warnings, found...)
	return file, err
}

// pending says which imports are not free to be published: those under embargo, and drafts that nobody has approved.
func pending(entries []Entry, now time.Time) func(Entry) (embargoed, draft bool) {
	approved, lifted := approvals(entries), numbers(entries, ActLift)
	return func(e Entry) (embargoed, draft bool) {
		return !e.Embargo.Due(now) && !lifted[e.Seq], e.Draft && approved[e.Seq] == 0
	}
}

// inherit takes over what keeps the imports from publication that the file has rows in common with: the latest of their
// embargoes, and the need of an approval. Else a correction of what is not public would make it so.
func (r *Receipt) inherit(meets []int, before []Entry, pending func(Entry) (embargoed, draft bool)) {
	for _, position := range meets {
		e := before[position-1]
		embargoed, draft := pending(e)
		if !embargoed && !draft {
			continue
		}
		r.Inherits = append(r.Inherits, e.Seq)
		r.Draft = r.Draft || draft
		if embargoed && (r.Embargo == nil || r.Embargo.Instant.Before(e.Embargo.Instant)) {
			r.Embargo = e.Embargo
		}
	}
}

// judged turns what checks found into findings of the imported file, by its own rows and columns. Warnings about
// other rows are left out: they are of what was there before. It returns the warnings of a file that is not refused.
func judged(all []release.Located, newest int, name string) ([]finding.Finding, error) {
	var found []finding.Finding
	for _, one := range all {
		f := one.Finding
		if one.Position == newest {
			f.File, f.Line, f.Column = name, one.At, blamed(f.Column)
		} else if !f.Refuses() {
			continue
		}
		found = append(found, f)
	}
	if slices.ContainsFunc(found, finding.Finding.Refuses) {
		return nil, &finding.Error{Findings: found}
	}
	return found, nil
}

// repeat says of a file that was imported before what it gave then: all of it is unchanged.
func (r *Register) repeat(ctx context.Context, entries []Entry, had Entry, receipt *Receipt) error {
	receipt.Kind, receipt.KeptOnly = had.Kind, !isPublished(had.Kind)
	upTo := effective(entries)
	upTo = upTo[:slices.IndexFunc(upTo, func(e Entry) bool { return e.Seq == had.Seq })]
	in, err := r.kept(had)
	if err != nil {
		return err
	}
	return r.inFolder(func(folder string) error {
		file, err := r.normalise(upTo, in, folder)
		if err != nil || receipt.KeptOnly {
			receipt.Rows, receipt.Left = file.Rows, file.Left
			return err
		}
		receipt.Rows, receipt.Left = file.Rows, file.Left
		with := append(decisions(upTo), release.Decision{Kind: string(file.Kind), Rows: file.Sum})
		trial, err := r.builder(r.Record, release.OriginShipped, folder).TryUnchecked(ctx, with)
		receipt.Unchanged = trial.Added + trial.Changed + trial.Unchanged
		return err
	})
}

// imported returns the import of the very same file, read in the same way, if neither it nor, since, any inspection was
// withdrawn.
func imported(entries []Entry, upload, recipe string) (Entry, bool) {
	for _, e := range slices.Backward(effective(entries)) {
		if !e.isImport() {
			break
		}
		if e.Upload == upload && e.Recipe == recipe {
			return e, true
		}
	}
	return Entry{}, false
}

// withdrawnImports returns the imports that were withdrawn.
func withdrawnImports(entries []Entry) map[int]bool {
	out := numbers(entries, ActWithdraw)
	maps.Copy(out, numbers(entries, ActRedact))
	return out
}

// numbers are the imports that acts of one kind name, as far as they have taken effect.
func numbers(entries []Entry, act Act) map[int]bool {
	out, approved := make(map[int]bool), approvals(entries)
	for _, e := range entries {
		if e.Act == act && inForce(e, approved) > 0 {
			for _, seq := range e.Imports {
				out[seq] = true
			}
		}
	}
	return out
}

// effective returns what makes the record: the imports that were not withdrawn, and the inspections that were, in the
// order they were decided.
func effective(entries []Entry) []Entry {
	withdrawn, approved := withdrawnImports(entries), approvals(entries)
	return slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
		return !(e.isImport() && !withdrawn[e.Seq] || e.withdraws() && e.Inspection != "" && inForce(e, approved) > 0)
	})
}

// published are the decisions of the newest release that still stand.
func published(entries []Entry) map[int]bool {
	out := make(map[int]bool)
	for _, seq := range lastPublish(entries).Imports {
		out[seq] = true
	}
	for seq := range withdrawnImports(entries) {
		delete(out, seq)
	}
	return out
}

// keepRows stores the rows of an import under their hash.
func (r *Register) keepRows(file normalised) error {
	if file.Sum == "" {
		return nil
	}
	content, err := os.ReadFile(file.Path)
	if err != nil {
		return fmt.Errorf("keep rows: %w", err)
	}
	if err := errors.Join(replace(release.RowsPath(r.rowsFolder(), file.Sum), content),
		release.SyncDir(r.rowsFolder())); err != nil {
		return fmt.Errorf("keep rows: %w", err)
	}
	return release.SyncDir(r.dir())
}

// keep stores an upload under its hash, whole or not at all.
func (r *Register) keep(sum string, content []byte) error {
	path := r.upload(sum)
	if err := replace(path, content); err != nil {
		return fmt.Errorf("keep upload: %w", err)
	}
	return release.SyncDir(filepath.Dir(path))
}
