package register

import (
	"cmp"
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

	"yardstick/data/release"
)

// Choice says which imports to publish: those named, or (Due) those whose embargo has lapsed, or, where nothing is
// said, every import that is neither an unapproved draft nor under embargo. Those published before stay published.
type Choice struct {
	Imports []int
	Due     bool
	By      string
	Why     string // is shown to the public

	Standing bool // none besides those published before
}

// EmbargoedError says that an import was named whose embargo has not lapsed.
type EmbargoedError struct {
	Import  int
	Embargo Embargo
}

// Error names the import and the moment.
func (e *EmbargoedError) Error() string {
	return fmt.Sprintf("import %d is under embargo until %s", e.Import, e.Embargo)
}

// UnapprovedError says that a draft was named that nobody has approved.
type UnapprovedError struct{ Import int }

// Error names the import.
func (e *UnapprovedError) Error() string {
	return fmt.Sprintf("import %d is a draft: somebody other than who imported it approves it first", e.Import)
}

// Published says what a release is made of.
type Published struct {
	Release  release.Manifest `json:"release"`
	Imports  []int            `json:"imports"`
	Came     []int            `json:"came"`     // imports that the release before did not have
	Left     []int            `json:"left"`     // imports that it had, withdrawn since
	Previous string           `json:"previous"` // its id; empty for the first
}

// Publish makes a release of the shipped record and the chosen imports, whole, and points to it. It may be tried
// again after it was cut off at any moment: what was decided is carried out, and nothing is decided twice.
// ErrNothing where the choice adds nothing and the release stands.
func (r *Register) Publish(ctx context.Context, choice Choice) (Published, error) {
	var out Published
	if err := decided(choice.By); err != nil {
		return out, err
	}
	err := r.locked(ctx, func(j *journal) error {
		chosen, err := r.choose(j.entries, choice)
		if err != nil {
			return err
		}
		last := lastPublish(j.entries)
		out = Published{Previous: release.CurrentID(r.Home), Imports: seqs(chosen)}
		out.Came, out.Left = without(out.Imports, last.Imports), without(last.Imports, out.Imports)
		announced := announcements(j.entries)
		if last.Act == "" && len(chosen)+len(announced) == 0 {
			return r.ensureShipped(ctx, r.builder(r.Record, release.OriginShipped, ""), &out)
		}
		if last.Act != "" && slices.Equal(last.Imports, out.Imports) && slices.Equal(last.Announcements, announced) {
			same, err := r.decidedBefore(ctx, j, last, &out)
			if same || err != nil {
				return err
			}
		}
		e := Entry{At: r.Now().UTC().Truncate(time.Second), By: choice.By, Why: choice.Why}
		e, out.Release, err = r.stage(ctx, j.entries, chosen, e)
		if err != nil {
			return err
		}
		return r.decideRelease(j, e, out.Release)
	})
	if err == nil || errors.Is(err, ErrNothing) { // what was redacted, and is not public any more, is erased
		err = errors.Join(err, r.locked(ctx, func(*journal) error { return nil }))
	}
	return out, err
}

// stage builds the release of a publication that nobody has decided yet, and returns its entry as it would be
// journalled. What the release changes is kept.
func (r *Register) stage(ctx context.Context, entries, chosen []Entry, e Entry) (Entry, release.Manifest, error) {
	differences, changed, err := r.difference(ctx, entries, named(entries, lastPublish(entries).Imports), chosen)
	if err != nil {
		return e, release.Manifest{}, err
	}
	e.Seq, e.Act, e.Imports, e.Difference = len(entries)+1, ActPublish, seqs(chosen), release.HashOf(differences)
	e.Previous, e.Announcements = release.CurrentID(r.Home), announcements(entries)
	if err := r.keep(e.Difference, differences); err != nil {
		return e, release.Manifest{}, err
	}
	m, err := r.prepare(ctx, entries, e, changed)
	e.Release = m.ID
	return e, m, err
}

// decideRelease decides a publication whose release is built, and carries it out.
func (r *Register) decideRelease(j *journal, e Entry, m release.Manifest) (err error) {
	if e.Manifest, err = m.Bound(); err != nil {
		return err
	}
	if e, err = j.decide(e); err != nil {
		return err
	}
	return r.show(j, e.Release)
}

// leaveOut takes out of the files of earlier releases what was withdrawn and is not published any more. The register
// keeps it.
func (r *Register) leaveOut(j *journal) error {
	last := lastPublish(j.entries)
	what := release.Erasure{Rows: make(map[string]string)}
	err := r.inFolder(func(folder string) error {
		trim := r.rowsWithoutIn(folder)
		current, err := trim.sums(j.entries, last)
		if err != nil {
			return err
		}
		still := slices.Collect(maps.Values(current))
		for _, e := range j.entries {
			if e.Act != ActPublish {
				continue
			}
			then, err := trim.sums(j.entries, e)
			if err != nil {
				return err
			}
			for seq, sum := range then {
				if sum != "" && !slices.Contains(still, sum) {
					what.Rows[sum] = current[seq]
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	what.Inspections = release.Withdrawn(decisions(named(j.entries, last.Imports)))
	if len(what.Rows)+len(what.Inspections) == 0 {
		return nil
	}
	return r.eraseReleases(j, j.entries[len(j.entries)-1].By, what)
}

// show makes a release that was decided the current one, after the register has its copy and the public log its line.
func (r *Register) show(j *journal, id string) error {
	if err := release.Copy(r.Home, id, r.copies()); err != nil {
		return err
	}
	if err := r.writePublicLog(j.entries); err != nil {
		return err
	}
	if err := release.Point(r.Home, id); err != nil {
		return err
	}
	return r.leaveOut(j)
}

// restore brings back manifests and records of releases that the home has lost, and points to the one that was
// published last where the home points to none. Its database is made by whoever needs it first.
func (r *Register) restore(entries []Entry) error {
	if err := release.PutBack(r.Home, r.copies()); err != nil {
		return err
	}
	last := lastPublish(entries).Release
	if _, ok := release.Known(r.Home, last); ok && release.CurrentID(r.Home) == "" {
		return release.Point(r.Home, last)
	}
	return nil
}

// decidedBefore makes sure of the newest publication: a command that was cut off after deciding it is carried out, and
// a release that is not the one that was published is made again. It is false where this program would make another
// release of the same decisions, because it or the shipped record changed.
func (r *Register) decidedBefore(ctx context.Context, j *journal, last Entry, out *Published) (bool, error) {
	wasWhole := release.IsWhole(r.Home, last.Release)
	m, err := r.prepare(ctx, j.entries, last, nil)
	if err != nil || m.ID != last.Release {
		return false, err
	}
	published := boundLast(j.entries, m.ID)
	bound, err := r.builder(r.Record, release.OriginRegister, "").Bound(ctx, m.ID)
	if wasWhole && (err != nil || bound != published) { // it is another than was published
		if err := release.Discard(r.Home, m.ID); err != nil {
			return false, err
		}
		if m, err = r.prepare(ctx, j.entries, last, nil); err != nil {
			return false, err
		}
		bound, err = m.Bound()
	}
	if err != nil {
		return false, err
	}
	if bound != published { // an earlier program published it
		if _, err := j.decide(Entry{By: last.By, Act: ActRemake, Release: m.ID, Manifest: bound}); err != nil {
			return false, err
		}
	}
	if err := r.show(j, m.ID); err != nil {
		return false, err
	}
	out.Release = m
	if out.Previous == m.ID {
		return true, ErrNothing
	}
	return true, nil
}

// boundLast returns the hash of the manifest that a release had when it was published or made again last.
func boundLast(entries []Entry, id string) string {
	now := replacing(entries)
	for _, e := range slices.Backward(entries) {
		if (e.Act == ActPublish || e.Act == ActRemake) && e.Release == id {
			return latest(now, e.Manifest)
		}
	}
	return ""
}

// ensureShipped makes sure that the home points to the shipped record's release, where nothing else was ever decided.
func (r *Register) ensureShipped(ctx context.Context, b release.Builder, out *Published) (err error) {
	if out.Release, _, err = b.Ensure(ctx); err != nil {
		return err
	}
	return ErrNothing
}

// LastPublished returns the release that the register of a home published last; empty where there is no register, or it
// published nothing. It fails where the journal cannot be read, which it may be by its owner alone.
func LastPublished(home string) (string, error) {
	r := &Register{Home: home}
	if _, err := os.Lstat(r.dir()); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	entries, _, err := readJournal(r.journalPath())
	return lastPublish(entries).Release, err
}

func lastPublish(entries []Entry) Entry {
	for _, e := range slices.Backward(entries) {
		if e.Act == ActPublish {
			return e
		}
	}
	return Entry{}
}

// choose is what the release to make is made of, in the order it was decided.
func (r *Register) choose(entries []Entry, choice Choice) ([]Entry, error) {
	before, pending := published(entries), pending(entries, r.Now())
	var chosen []Entry
	for _, e := range effective(entries) {
		named := slices.Contains(choice.Imports, e.Seq)
		embargoed, draft := pending(e)
		switch {
		case named && !isPublished(e.Kind):
			return nil, fmt.Errorf("import %d holds %s, which are never part of a release", e.Seq, e.Kind)
		case !isPublished(e.Kind):
			continue
		case !e.isImport() || before[e.Seq]:
			chosen = append(chosen, e)
		case named && embargoed:
			return nil, &EmbargoedError{e.Seq, *e.Embargo}
		case named && draft:
			return nil, &UnapprovedError{e.Seq}
		case named || len(choice.Imports) == 0 && !choice.Standing && !embargoed && !draft &&
			(!choice.Due || e.Embargo != nil):
			chosen = append(chosen, e)
		}
	}
	for _, seq := range choice.Imports {
		if !slices.ContainsFunc(chosen, func(e Entry) bool { return e.Seq == seq && e.isImport() }) {
			return nil, moved("there is no import %d to publish", seq)
		}
	}
	return chosen, nil
}

func seqs(entries []Entry) []int {
	var out []int
	for _, e := range entries {
		out = append(out, e.Seq)
	}
	return out
}

// named are the entries with these numbers.
func named(entries []Entry, numbers []int) []Entry {
	var out []Entry
	for _, seq := range numbers {
		out = append(out, entries[seq-1])
	}
	return out
}

// without are the numbers of a that b has not.
func without(a, b []int) []int {
	return slices.DeleteFunc(slices.Clone(a), func(seq int) bool { return slices.Contains(b, seq) })
}

// prepare builds the release of a publication, which may not be journalled yet, and does not point to it. changed
// counts in what its imports differ from those published before.
func (r *Register) prepare(
	ctx context.Context,
	entries []Entry,
	publication Entry,
	changed map[string]release.Difference,
) (m release.Manifest, err error) {
	before := slices.DeleteFunc(slices.Clone(entries),
		func(e Entry) bool { return e.Act != ActPublish || e.Seq >= publication.Seq })
	err = r.inFolder(func(work string) error {
		folder := filepath.Join(work, "record")
		if err := os.CopyFS(folder, r.Record); err != nil {
			return fmt.Errorf("write record: %w", err)
		}
		if err := r.writeHistory(folder, entries, append(before, publication)); err != nil {
			return err
		}
		if err := writeAnnouncements(folder, entries, publication); err != nil {
			return err
		}
		list, err := r.rowsWithoutIn(work).without(decisions(named(entries, publication.Imports)))
		if err != nil {
			return err
		}
		if _, err := release.WithoutInspections(folder, release.Withdrawn(list)); err != nil {
			return err
		}
		if err := writeDecisions(folder, list); err != nil {
			return err
		}
		builder := r.builder(os.DirFS(folder), release.OriginRegister, work)
		builder.Folder, builder.Imported = folder, changed
		m, err = builder.Prepare(ctx)
		return err
	})
	return m, err
}

func writeDecisions(folder string, decisions []release.Decision) error {
	content, err := release.DecisionsCSV(decisions)
	if err != nil {
		return err
	}
	path := filepath.Join(folder, filepath.FromSlash(release.DecisionsFile))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}

// builder builds releases of a record in the register's home. Rows of imports are in the register, or in a folder.
func (r *Register) builder(record fs.FS, origin release.Origin, folder string) release.Builder {
	return release.Builder{
		Home:    r.Home,
		Record:  record,
		Queries: r.Queries,
		Now:     r.Now,
		Origin:  origin,
		Opens:   r.Opens,
		Rows:    []string{r.rowsFolder(), folder},
		Work:    cmp.Or(folder, r.workFolder()),
	}
}

// Approve lets a draft take effect: an import, or a decision that needs two people. Nobody approves what they decided
// themselves.
func (r *Register) Approve(ctx context.Context, seq int, by, why string) error {
	if err := decided(by); err != nil {
		return err
	}
	return r.locked(ctx, func(j *journal) error {
		withdrawn := withdrawnImports(j.entries)
		at := slices.IndexFunc(j.entries, func(e Entry) bool {
			return e.Seq == seq && (e.isImport() && !withdrawn[seq] || !e.isImport() && e.Draft)
		})
		if at < 0 {
			return moved("there is no import %d to approve, and no other decision that waits for it", seq)
		}
		e := j.entries[at]
		if !e.Draft {
			return moved("import %d is no draft: it needs no approval", seq)
		}
		if approvals(j.entries)[seq] > 0 {
			return nil
		}
		if err := r.another(by, e); err != nil {
			return err
		}
		_, err := j.decide(Entry{By: by, Act: ActApprove, Why: why, Imports: []int{seq}, Approves: e.content()})
		return err
	})
}

// another fails where who decides is who decided an entry: by the names they gave, and, where four eyes are required,
// as the system knows them.
func (r *Register) another(by string, e Entry) error {
	required, err := r.FourEyes()
	switch {
	case err != nil:
		return err
	case required && (e.User == "" || r.User == "" || e.User == r.User):
		return &SameUserError{User: e.User, Seq: e.Seq}
	case !required && strings.EqualFold(strings.TrimSpace(by), strings.TrimSpace(e.By)):
		return &SameUserError{By: by, Seq: e.Seq}
	}
	return nil
}

// Lift ends the embargo of an import before its time, for a reason. Nobody lifts the embargo of what they imported.
func (r *Register) Lift(ctx context.Context, seq int, by, why string) error {
	if err := decided(by); err != nil {
		return err
	}
	if strings.TrimSpace(why) == "" {
		return errors.New("lifting an embargo early needs its reason: --why")
	}
	return r.locked(ctx, func(j *journal) error {
		imports := effective(j.entries)
		at := slices.IndexFunc(imports, func(e Entry) bool { return e.Seq == seq && e.isImport() })
		if at < 0 {
			return moved("there is no import %d", seq)
		}
		if embargoed, _ := pending(j.entries, r.Now())(imports[at]); !embargoed {
			return moved("import %d is under no embargo", seq)
		}
		if err := r.another(by, imports[at]); err != nil {
			return fmt.Errorf("an embargo is lifted by somebody other than who imported the file: %w", err)
		}
		_, err := j.decide(Entry{By: by, Act: ActLift, Why: why, Imports: []int{seq}})
		return err
	})
}
