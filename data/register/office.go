package register

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"yardstick/data/release"
)

// Journal returns every decision, in order, and holds each to its hash. It does not read what the entries keep, as
// Verify does.
func (r *Register) Journal() ([]Entry, error) {
	entries, _, err := readJournal(r.journalPath())
	return entries, err
}

// Trial returns what an import would do, and changes nothing. A file that would be refused is a *finding.Error.
func (r *Register) Trial(ctx context.Context, in Import) (Receipt, error) {
	receipt := receiptOf(in)
	err := r.trying(ctx, func(entries []Entry, folder string) error {
		_, err := r.try(ctx, entries, in, folder, &receipt)
		return err
	})
	return receipt, err
}

// Difference returns what an import did: what it added and changed over the imports before it that were not withdrawn
// since. It is what the import said, and is worked out again where something was withdrawn, or the shipped record or
// the program is another.
func (r *Register) Difference(ctx context.Context, seq int) (Receipt, error) {
	entries, err := r.Journal()
	if err != nil {
		return Receipt{}, err
	}
	receipt, ok, err := r.keptReceipt(entries, seq)
	if ok || err != nil {
		return receipt, err
	}
	err = r.trying(ctx, func(entries []Entry, folder string) error {
		if seq < 1 || seq > len(entries) || !entries[seq-1].isImport() {
			return fmt.Errorf("there is no import %d", seq)
		}
		had := entries[seq-1]
		in, err := r.kept(had)
		if err != nil {
			return err
		}
		receipt = Receipt{Seq: seq, Upload: had.Upload, Recipe: had.Recipe, Embargo: had.Embargo, Draft: had.Draft}
		if _, err = r.try(ctx, effectiveBefore(entries, seq), in, folder, &receipt); err != nil {
			return err
		}
		return r.keepReceipt(entries, receipt)
	})
	return receipt, err
}

// Basis names what the difference of an import is worked out over: the decisions before it that stand. With the same
// shipped record and program, the difference is then the same.
func Basis(entries []Entry, seq int) string {
	return fmt.Sprint(seqs(effectiveBefore(entries, seq)))
}

// effectiveBefore returns the entries before one that decide what is published.
func effectiveBefore(entries []Entry, seq int) []Entry {
	return slices.DeleteFunc(effective(entries), func(e Entry) bool { return e.Seq >= seq })
}

// Shipped names the shipped record, and the program that reads it.
func (r *Register) Shipped() (string, error) {
	return r.builder(r.Record, release.OriginShipped, "").ID()
}

// settled returns the journal with the rows of every import made.
func (r *Register) settled(ctx context.Context) (all []Entry, err error) {
	err = r.locked(ctx, func(j *journal) error {
		all = j.entries
		return nil
	})
	return all, err
}

// Preview builds the release that publishing these imports beside what is published would give, in a home of its own,
// whatever their embargoes and approvals. The register and its home stay as they are.
func (r *Register) Preview(ctx context.Context, imports []int, home string) (release.Manifest, error) {
	entries, err := r.settled(ctx)
	if err != nil {
		return release.Manifest{}, err
	}
	chosen := previewed(entries, imports)
	for _, seq := range imports {
		if !slices.ContainsFunc(chosen, func(e Entry) bool { return e.Seq == seq }) {
			return release.Manifest{}, fmt.Errorf("there is no import %d to preview", seq)
		}
	}
	_, m, err := r.aside(ctx, entries, chosen, Entry{At: r.Now().UTC().Truncate(time.Second)}, home)
	return m, err
}

// previewed are the decisions that a preview rests on.
func previewed(entries []Entry, imports []int) []Entry {
	before := published(entries)
	return slices.DeleteFunc(effective(entries), func(e Entry) bool {
		return e.isImport() && !isPublished(e.Kind) ||
			e.Act != ActWithdraw && !before[e.Seq] && !slices.Contains(imports, e.Seq)
	})
}

// PreviewBasis names what a preview of imports rests on: with the same, it is the same release.
func (r *Register) PreviewBasis(entries []Entry, imports []int) string {
	return fmt.Sprint(imports, seqs(previewed(entries, imports)), announcements(entries), release.CurrentID(r.Home))
}

// aside builds the release of a publication in a home of its own. It returns the entry as it would be journalled, and
// leaves what the publication tells in that home's register.
func (r *Register) aside(
	ctx context.Context,
	entries, chosen []Entry,
	e Entry,
	home string,
) (Entry, release.Manifest, error) {
	other := Register{Home: home, Record: r.Record, Queries: r.Queries, Now: func() time.Time { return e.At }}
	if err := r.lend(&other, entries); err != nil {
		return e, release.Manifest{}, err
	}
	return other.stage(ctx, entries, chosen, e)
}

// lend links what a release rests on into the home of a register aside: the rows of imports, what each publication
// changed, and the current release, which the new one says its difference from. None of it is ever written again, so
// both may have the same file.
func (r *Register) lend(other *Register, entries []Entry) error {
	links := make(map[string]string)
	for _, e := range replaced(entries) {
		if e.Difference != "" {
			links[other.upload(e.Difference)] = r.upload(e.Difference)
		}
		if e.Rows != "" {
			links[release.RowsPath(other.rowsFolder(), e.Rows)] = release.RowsPath(r.rowsFolder(), e.Rows)
		}
	}
	releases := filepath.Join(other.Home, "releases")
	err := errors.Join(other.prepareFolders(), os.MkdirAll(releases, privateFolder))
	if current := release.CurrentID(r.Home); current != "" {
		files, failed := filepath.Glob(filepath.Join(r.Home, "releases", current+".*"))
		for _, file := range files {
			links[filepath.Join(releases, filepath.Base(file))] = file
		}
		err = errors.Join(err, failed, release.Point(other.Home, current))
	}
	for to, from := range links {
		err = errors.Join(err, link(from, to))
	}
	return err
}

// link gives a file a second name; one that is there already stays.
func link(from, to string) error {
	if err := os.Link(from, to); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
