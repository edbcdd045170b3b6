package register

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"yardstick/data/release"
)

// Redaction is a decision to erase what imports brought, for good: from the register, its journal and every release.
// The journal keeps the hashes of what was erased.
type Redaction struct {
	Import     int    // its number; or
	Inspection string // its id: every import that brought results of it, which must have brought nothing else
	By         string
	Why        string // is shown to the public; required
}

// Tombstone says that the texts of an entry were erased: the hash of its line as it was, which still chains the
// journal, and the SHA-256 of the line that stands there now.
type Tombstone struct {
	Seq  int    `json:"seq"`
	Hash string `json:"hash"`
	Line string `json:"line"`
}

// Redact withdraws imports, publishes the release without them where they are public, and erases them. Cut off at any
// moment, it is carried on by the next command that decides something, once the imports are not public any more. Where
// four eyes are required it waits, and publishing after its approval carries it out; nothing is then erased yet.
func (r *Register) Redact(ctx context.Context, d Redaction) (erased []int, err error) {
	waits := false
	if err := decided(d.By); err != nil {
		return nil, err
	}
	if strings.TrimSpace(d.Why) == "" {
		return nil, errors.New("a redaction needs its reason, without what is redacted: --why")
	}
	err = r.locked(ctx, func(j *journal) error {
		if erased, err = r.toRedact(j.entries, d); err != nil {
			return err
		}
		e, err := j.decide(Entry{By: d.By, Act: ActRedact, Why: d.Why, Imports: erased})
		waits = e.Draft
		return err
	})
	if err != nil || waits {
		return nil, err
	}
	_, err = r.Publish(ctx, Choice{By: d.By, Why: d.Why, Standing: true})
	if errors.Is(err, ErrNothing) {
		err = nil
	}
	return erased, err
}

// toRedact returns the imports that a redaction is about, with those that brought the same rows or the same file.
func (r *Register) toRedact(entries []Entry, d Redaction) ([]int, error) {
	erased := numbers(entries, ActErase)
	var found []Entry
	for _, e := range entries {
		if !e.isImport() || erased[e.Seq] {
			continue
		}
		if d.Inspection == "" {
			if e.Seq == d.Import {
				found = append(found, e)
			}
			continue
		}
		things, err := r.things(e)
		if err != nil {
			return nil, err
		}
		others := make(map[string]bool)
		has := false
		for t := range things {
			if has = has || t.inspection == d.Inspection; t.inspection != d.Inspection {
				others[t.inspection] = true
			}
		}
		if has && len(others) > 0 {
			return nil, fmt.Errorf("import %d has %d other inspections: redact %d, and import those again",
				e.Seq, len(others), e.Seq)
		}
		if has {
			found = append(found, e)
		}
	}
	if len(found) == 0 && d.Inspection != "" {
		return nil, fmt.Errorf("no import has results of %s: where it is in the shipped record, withdraw it, and take it "+
			"out of data/", d.Inspection)
	}
	if len(found) == 0 {
		return nil, moved("there is no import %d to redact", d.Import)
	}
	var all []int
	for _, e := range entries {
		if e.isImport() && !erased[e.Seq] && slices.ContainsFunc(found, func(f Entry) bool {
			return f.Upload == e.Upload || f.Rows != "" && f.Rows == e.Rows
		}) {
			all = append(all, e.Seq)
		}
	}
	return all, nil
}

// finish erases what was redacted and is not public any more. It is called under the register's lock.
func (r *Register) finish(j *journal) error {
	public, done := lastPublish(j.entries).Imports, numbers(j.entries, ActErase)
	for _, e := range j.entries {
		if inForce(e, approvals(j.entries)) == 0 {
			continue
		}
		todo := slices.DeleteFunc(slices.Clone(e.Imports), func(seq int) bool { return done[seq] })
		isPublic := func(seq int) bool { return slices.Contains(public, seq) }
		if e.Act != ActRedact || len(todo) == 0 || slices.ContainsFunc(todo, isPublic) {
			continue
		}
		erase := Entry{By: e.By, Act: ActErase, Imports: todo, Replaces: make(map[string]string)}
		if err := r.replacements(j.entries, &erase); err != nil {
			return err
		}
		if err := r.eraseReleases(j, e.By, release.Erasure{Rows: erase.Replaces}); err != nil {
			return err
		}
		if err := r.dropReceipts(); err != nil {
			return err
		}
		if _, err := j.decide(erase); err != nil {
			return err
		}
	}
	if err := r.erase(j.entries); err != nil {
		return fmt.Errorf("erase what was redacted: %w", err)
	}
	return j.read()
}

// eraseReleases takes something out of every release but the current one. Each manifest that changes is journalled
// first, so that a command that was cut off is done again, and no other change passes for it.
func (r *Register) eraseReleases(j *journal, by string, what release.Erasure) error {
	err := release.Erase(r.Home, what, func(id, bound string) error {
		if was := boundLast(j.entries, id); was == "" || was == bound { // nobody decided it, or this was decided
			return nil
		}
		_, err := j.decide(Entry{By: by, Act: ActRemake, Release: id, Manifest: bound})
		return err
	})
	if err == nil {
		err = release.Copy(r.Home, release.CurrentID(r.Home), r.copies())
	}
	if err == nil {
		err = r.writePublicLog(j.entries)
	}
	if err != nil {
		return fmt.Errorf("erase in releases: %w", err)
	}
	return nil
}

// replacements says what takes the place of everything that an erasure is about.
func (r *Register) replacements(entries []Entry, erase *Entry) error {
	withdrawals, err := r.withdrawalsBefore(replaced(entries), len(entries)+1)
	if err != nil {
		return err
	}
	withdrawals = slices.DeleteFunc(withdrawals, func(w withdrawal) bool {
		return !slices.Contains(erase.Imports, w.imported)
	})
	for _, e := range append(named(entries, erase.Imports), documentsOf(entries, erase.Imports)...) {
		erase.Replaces[e.Upload] = ""
		if e.Rows != "" {
			erase.Replaces[e.Rows] = ""
		}
		_, stone, err := e.tombstone()
		if err != nil {
			return err
		}
		erase.Tombstones = append(erase.Tombstones, stone)
	}
	publications := slices.DeleteFunc(replaced(entries), func(e Entry) bool { return e.Act != ActPublish })
	for n, e := range publications {
		lines, err := r.keptRevisions(e, "")
		if err != nil {
			return err
		}
		for at, cells := range lines {
			hideWithdrawn(cells, withdrawals, publications, n)
			lines[at] = cells[1:] // without the position
		}
		content, err := release.WriteCSV(lines)
		if err != nil {
			return err
		}
		if sum := release.HashOf(content); sum != e.Difference {
			if err := r.keep(sum, content); err != nil {
				return err
			}
			erase.Replaces[e.Difference] = sum
		}
	}
	return nil
}

// tombstone returns the line that takes an entry's place, without its texts.
func (e Entry) tombstone() ([]byte, Tombstone, error) {
	stone := e
	stone.File, stone.Why, stone.Erased = "", "", true
	line, err := json.Marshal(stone)
	return line, Tombstone{Seq: e.Seq, Hash: e.Hash, Line: release.HashOf(line)}, err
}

// replaced returns entries that name what took the place of what they kept.
func replaced(entries []Entry) []Entry {
	now := replacing(entries)
	out := slices.Clone(entries)
	for n, e := range out {
		out[n].Difference = latest(now, e.Difference)
		if sum, ok := now[e.Rows]; ok {
			out[n].Rows = sum
		}
	}
	return out
}

// latest follows a hash to what took its place.
func latest(now map[string]string, sum string) string {
	for next, ok := now[sum]; ok && next != sum; next, ok = now[sum] {
		sum = next
	}
	return sum
}

// replacing returns what took the place of what was erased, by hash; "" where nothing did.
func replacing(entries []Entry) map[string]string {
	out := make(map[string]string)
	for _, e := range entries {
		maps.Copy(out, e.Replaces)
	}
	return out
}

// erase removes what erasures name, and puts tombstones in the journal. It changes nothing that was erased before.
func (r *Register) erase(entries []Entry) error {
	erased := replacing(entries)
	if len(erased) == 0 {
		return nil
	}
	for sum := range erased {
		for _, path := range []string{r.upload(sum), release.RowsPath(r.rowsFolder(), sum)} {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	stones := make(map[int]bool)
	for _, e := range entries {
		for _, stone := range e.Tombstones {
			stones[stone.Seq] = true
		}
	}
	text, err := os.ReadFile(r.journalPath())
	if err != nil {
		return err
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	changed := false
	for _, e := range entries {
		if !stones[e.Seq] || e.Erased {
			continue
		}
		line, _, err := e.tombstone()
		if err != nil {
			return err
		}
		lines[e.Seq-1], changed = append(line, '\n'), true
	}
	if !changed {
		return nil
	}
	return errors.Join(replace(r.journalPath(), bytes.Join(lines, nil)), release.SyncDir(r.dir()))
}
