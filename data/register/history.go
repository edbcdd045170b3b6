package register

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"yardstick/data/release"
)

const (
	releasesFile  = "history/releases.csv"
	revisionsFile = "history/revisions.csv"
)

// mostCells is how many corrections of one indicator are listed cell by cell; more are counted.
const mostCells = 500

// revision is a line of history/revisions.csv without its position, which depends on what was released before.
type revision struct {
	subject, act, inspection, measure, place, period, field, before, after string
	rows                                                                   int
	why                                                                    string
}

func (v revision) cells() []string {
	return []string{v.subject, v.act, v.inspection, v.measure, v.place, v.period, v.field, v.before, v.after,
		strconv.Itoa(v.rows), v.why}
}

// difference returns what publishing one set of decisions after another changes, as lines of history/revisions.csv
// without their position, and counted by file of the record.
func (r *Register) difference(
	ctx context.Context,
	entries, before, after []Entry,
) (lines []byte, counts map[string]release.Difference, err error) {
	counts = make(map[string]release.Difference)
	var revisions []revision
	changes, err := r.builder(r.Record, release.OriginShipped, "").Revise(ctx, decisions(before), decisions(after),
		mostCells)
	if err != nil {
		return nil, nil, err
	}
	withdrawals, err := r.withdrawalsBefore(entries, len(entries)+1)
	if err != nil {
		return nil, nil, err
	}
	left := without(seqs(before), seqs(after))
	withdrawals = slices.DeleteFunc(withdrawals, func(t withdrawal) bool {
		if t.imported == 0 {
			return slices.Contains(seqs(before), t.decision)
		}
		return !slices.Contains(left, t.imported)
	})
	for _, c := range changes {
		revisions = append(revisions, revisionsOf(c, reason(entries, before, after, c), withdrawals)...)
		d := counts[c.File]
		switch {
		case c.Came:
			d.Came += c.Rows
		case c.Left:
			d.Left += c.Rows
		default:
			d.Changed += c.Rows
		}
		counts[c.File] = d
	}
	var all [][]string
	for _, v := range summed(revisions) {
		all = append(all, v.cells())
	}
	lines, err = release.WriteCSV(all)
	return lines, counts, err
}

// reason returns why a row changed, in the words of the decision that changed it: the withdrawal of what was there,
// or the import of what is there now.
func reason(entries, before, after []Entry, c release.Revision) string {
	if !c.Came {
		seq := 0
		if c.Was > 0 {
			seq = before[c.Was-1].Seq
		}
		for _, e := range slices.Backward(entries) {
			if e.withdraws() && inForce(e, approvals(entries)) > 0 &&
				(slices.Contains(e.Imports, seq) || e.Inspection != "" && c.Left && len(c.Before) > 0 &&
					e.Inspection == c.Before[0]) {
				return e.Why
			}
		}
	}
	if !c.Left && c.Is > 0 {
		return after[c.Is-1].Why
	}
	return ""
}

// revisionsOf returns one changed row as revisions: what came and left by its key, a correction by each cell.
// Sources are listed with the figures that rest on them. Observations that came or left together are one revision.
// Of what was withdrawn no cell is listed: only that it was withdrawn.
func revisionsOf(c release.Revision, why string, withdrawals []withdrawal) []revision {
	act := "corrected"
	switch {
	case c.Came:
		act = "added"
	case c.Left:
		act = "withdrawn"
	}
	cells := c.After
	if cells == nil {
		cells = c.Before
	}
	if cells == nil || strings.HasPrefix(c.File, "indicators/") && act != "corrected" {
		indicator := strings.TrimSuffix(path.Base(c.File), ".csv")
		return []revision{{subject: "observation", act: act, measure: indicator, rows: c.Rows, why: why}}
	}
	columns := release.Columns(c.File)
	v, known := subjectOf(c.File, columns, cells)
	if !known {
		return nil
	}
	v.why, v.rows, v.act = why, 1, act
	back := slices.IndexFunc(withdrawals, func(t withdrawal) bool { return t.has(v) })
	if back >= 0 && !c.Came {
		v.why, v.act = withdrawals[back].why, "withdrawn"
	}
	if v.field != "" { // a list that belongs to an area
		if v.act != "withdrawn" || back < 0 {
			v.before, v.after = listed(c.Before, columns, v.field), listed(c.After, columns, v.field)
			v.act = "corrected"
		}
		return []revision{v}
	}
	if act != "corrected" {
		return []revision{v}
	}
	var all []revision
	for n, cell := range c.After {
		if cell != c.Before[n] {
			v.field = columns[n]
			if back < 0 {
				v.before, v.after = c.Before[n], cell
			}
			all = append(all, v)
		}
	}
	return all
}

// subjectOf says what a row of a file is about. field is set where the row is an entry of a list that an area has.
func subjectOf(file string, columns, cells []string) (v revision, known bool) {
	cell := func(column string) string { return cells[slices.Index(columns, column)] }
	switch folder, name := path.Split(file); {
	case folder == "results/":
		return revision{subject: "result", inspection: cell("inspection"), measure: cell("measure")}, true
	case folder == "findings/":
		return revision{subject: "finding", inspection: cell("inspection"), measure: cell("kind")}, true
	case file == "benchmarks/published.csv":
		return revision{subject: "benchmark", inspection: cell("inspection"), measure: cell("measure")}, true
	case folder == "indicators/":
		indicator := strings.TrimSuffix(name, ".csv")
		return revision{subject: "observation", measure: indicator, place: cell("place"), period: cell("period_start")}, true
	case file == "areas/areas.csv":
		return revision{subject: "area", place: cell("area")}, true
	case file == "areas/aliases.csv":
		return revision{subject: "area", place: cell("area"), field: "alias"}, true
	case file == "areas/constituents.csv":
		return revision{subject: "area", place: cell("area"), field: "name"}, true
	case file == "areas/successions.csv":
		return revision{subject: "area", place: cell("successor"), field: "predecessor"}, true
	}
	return revision{}, false
}

func listed(cells, columns []string, field string) string {
	if cells == nil {
		return ""
	}
	return cells[slices.Index(columns, field)]
}

// summed adds up observations, and findings of one inspection and kind, that came or left together for one reason, and
// corrections that are counted.
func summed(revisions []revision) []revision {
	var out []revision
	at := make(map[revision]int)
	for _, v := range revisions {
		if v.subject != "observation" && v.subject != "finding" || v.field != "" {
			out = append(out, v)
			continue
		}
		group := v
		group.rows = 0
		place, ok := at[group]
		if !ok {
			place = len(out)
			at[group], out = place, append(out, group)
		}
		out[place].rows += v.rows
	}
	for n, v := range out {
		if v.act == "corrected" && v.field == "" && v.rows == 1 {
			out[n].field = "value"
		}
	}
	return out
}

// writeHistory writes into a record's folder what it says of its own past: the shipped releases and, among them by
// time, every publication in order. The last of them is the one being made, whose id is not known to itself.
func (r *Register) writeHistory(folder string, entries, publications []Entry) error {
	withdrawals, err := r.withdrawalsBefore(entries, publications[len(publications)-1].Seq)
	if err != nil {
		return err
	}
	releases, errReleases := readLines(r.Record, releasesFile)
	shipped, errRevisions := readLines(r.Record, revisionsFile)
	if err := errors.Join(errReleases, errRevisions); err != nil {
		return err
	}
	byRelease := make(map[string][][]string) // by the position of the release while its place is not known
	for _, cells := range shipped[1:] {
		for _, t := range withdrawals {
			if t.imported == 0 && t.has(aboutLine(cells)) {
				cells[8], cells[9] = "", ""
			}
		}
		byRelease[cells[0]] = append(byRelease[cells[0]], cells)
	}
	releases = releases[1:]
	if n := len(releases); n > 0 && len(publications) > 0 && releases[n-1][1] == "" {
		releases[n-1][1] = publications[0].Previous
	}
	for n, e := range publications {
		id, name := e.Release, "publication "+strconv.Itoa(e.Seq)
		if n == len(publications)-1 {
			id = ""
		}
		releases = append(releases,
			[]string{name, id, e.At.UTC().Format(time.RFC3339), string(release.OriginRegister), e.Why})
		if byRelease[name], err = r.keptRevisions(e, name); err != nil {
			return err
		}
		for _, cells := range byRelease[name] {
			hideWithdrawn(cells, withdrawals, publications, n)
		}
	}
	slices.SortStableFunc(releases, func(a, b []string) int { return cmp.Compare(a[2], b[2]) })
	var revisions [][]string
	for n, cells := range releases {
		for _, v := range byRelease[cells[0]] {
			revisions = append(revisions, append([]string{strconv.Itoa(n + 1)}, v[1:]...))
		}
		cells[0] = strconv.Itoa(n + 1)
	}
	return errors.Join(writeLines(folder, releasesFile, releases), writeLines(folder, revisionsFile, revisions))
}

// aboutLine returns what a line of history/revisions.csv is about.
func aboutLine(cells []string) revision {
	return revision{subject: cells[1], inspection: cells[3], measure: cells[4], place: cells[5], period: cells[6]}
}

// hideWithdrawn blanks what was withdrawn in a line of a publication: the cells before and after, and the reason of an
// import that is redacted.
func hideWithdrawn(cells []string, withdrawals []withdrawal, publications []Entry, n int) {
	for _, t := range withdrawals {
		if !t.hides(publications, n) {
			continue
		}
		if t.has(aboutLine(cells)) {
			cells[8], cells[9] = "", ""
		}
		if t.text != "" && cells[11] == t.text {
			cells[11] = ""
		}
	}
}

// writeLines writes a file of a record, with its header.
func writeLines(folder, name string, lines [][]string) error {
	content, err := release.WriteCSV(append([][]string{release.Columns(name)}, lines...))
	if err != nil {
		return err
	}
	path := filepath.Join(folder, filepath.FromSlash(name))
	return errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, content, 0o644))
}

// keptRevisions returns the revisions that a publication kept.
func (r *Register) keptRevisions(e Entry, name string) ([][]string, error) {
	content, err := os.ReadFile(r.upload(e.Difference))
	if err != nil {
		return nil, fmt.Errorf("read what entry %d changed: %w", e.Seq, err)
	}
	lines, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read what entry %d changed: %w", e.Seq, err)
	}
	rows := make([][]string, len(lines))
	for n, cells := range lines {
		rows[n] = append([]string{name}, cells...)
	}
	return rows, nil
}
