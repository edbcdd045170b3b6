package register

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"os"
	"path"
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

// mostTold is how many corrections of one indicator are told cell by cell; more are counted.
const mostTold = 500

// revision is a line of history/revisions.csv without its position, which depends on what was released before.
type revision struct {
	subject, act, inspection, measure, place, period, field, before, after string
	rows                                                                   int
	why                                                                    string
}

func (v revision) cells() []string {
	return []string{v.subject, v.act, v.inspection, v.measure, v.place, v.period, v.field, v.before, v.after, strconv.Itoa(v.rows), v.why}
}

// difference is what publishing one set of decisions after another changes, as lines of history/revisions.csv without
// their position.
func (r *Register) difference(entries, before, after []Entry) ([]byte, error) {
	was, err := r.over(before)
	if err != nil {
		return nil, err
	}
	is, err := r.over(after)
	if err != nil {
		return nil, err
	}
	dirs := [2]string{}
	for n, f := range []*files{was, is} {
		if dirs[n], err = os.MkdirTemp("", "yardstick-record-"); err != nil {
			return nil, err
		}
		defer os.RemoveAll(dirs[n])
		if err := f.write(dirs[n]); err != nil {
			return nil, err
		}
	}
	changes, err := release.Compare(os.DirFS(dirs[0]), os.DirFS(dirs[1]))
	if err != nil {
		return nil, err
	}
	var told []revision
	for _, c := range changes {
		told = append(told, revisionsOf(c, reason(entries, was, is, c))...)
	}
	return linesOf(summed(told))
}

// reason is why a row changed, in the words of the decision that changed it: the withdrawal of what stood there, or the
// import of what stands there now.
func reason(entries []Entry, was, is *files, c release.Change) string {
	if c.Before != nil {
		seq, _, _ := was.origin(c.File, c.Before.Number)
		for _, e := range slices.Backward(entries) {
			if e.Act == ActWithdraw && (slices.Contains(e.Imports, seq) || e.Inspection != "" && c.After == nil && e.Inspection == c.Before.Cells[0]) {
				return e.Why
			}
		}
	}
	if c.After != nil {
		if seq, _, ok := is.origin(c.File, c.After.Number); ok {
			return entries[seq-1].Why
		}
	}
	return ""
}

// revisionsOf tells one changed row: what came and left by its key, a correction by each cell. Sources and reference data
// are told with the figures that rest on them.
func revisionsOf(c release.Change, why string) []revision {
	columns := release.Columns(c.File)
	v, known := subjectOf(c.File, columns, cmp.Or(c.After, c.Before).Cells)
	if !known {
		return nil
	}
	v.why, v.rows = why, 1
	if v.field != "" { // a list that belongs to an area
		v.before, v.after = listed(c.Before, columns, v.field), listed(c.After, columns, v.field)
		v.act = "corrected"
		return []revision{v}
	}
	switch {
	case c.Before == nil:
		v.act = "added"
		return []revision{v}
	case c.After == nil:
		v.act = "withdrawn"
		return []revision{v}
	}
	var all []revision
	for n, cell := range c.After.Cells {
		if cell != c.Before.Cells[n] {
			v.act, v.field, v.before, v.after = "corrected", columns[n], c.Before.Cells[n], cell
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
	case file == printedFile:
		return revision{subject: "benchmark", inspection: cell("inspection"), measure: cell("measure")}, true
	case folder == "indicators/":
		return revision{subject: "observation", measure: strings.TrimSuffix(name, ".csv"), place: cell("place"), period: cell("period_start")}, true
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

func listed(line *release.Line, columns []string, field string) string {
	if line == nil {
		return ""
	}
	return line.Cells[slices.Index(columns, field)]
}

// summed counts observations that came or left together, and corrections of one indicator beyond what anybody reads.
func summed(told []revision) []revision {
	corrected := make(map[string]int)
	for _, v := range told {
		if v.subject == "observation" && v.act == "corrected" {
			corrected[v.measure]++
		}
	}
	var out []revision
	at := make(map[revision]int)
	for _, v := range told {
		if v.subject != "observation" || v.act == "corrected" && corrected[v.measure] <= mostTold {
			out = append(out, v)
			continue
		}
		group := revision{subject: v.subject, act: v.act, measure: v.measure, why: v.why}
		place, ok := at[group]
		if !ok {
			place = len(out)
			at[group], out = place, append(out, group)
		}
		out[place].rows++
	}
	for n, v := range out {
		if v.act == "corrected" && v.field == "" && v.rows == 1 {
			out[n].field = "value"
		}
	}
	return out
}

func linesOf(told []revision) ([]byte, error) {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	for _, v := range told {
		if err := w.Write(v.cells()); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return text.Bytes(), w.Error()
}

// history lays over the record what it says of its own past: the shipped releases and, among them by time, every
// publication in order. The last of them is the one being made, whose id is not known to itself.
func (r *Register) history(f *files, publications []Entry) error {
	var releases [][]string
	told := make(map[string][][]string) // by the position of the release while its place is not known
	if err := f.each(releasesFile, func(cells []string) { releases = append(releases, cells) }); err != nil {
		return err
	}
	if err := f.each(revisionsFile, func(cells []string) { told[cells[0]] = append(told[cells[0]], cells) }); err != nil {
		return err
	}
	if n := len(releases); n > 0 && len(publications) > 0 && releases[n-1][1] == "" {
		releases[n-1][1] = publications[0].Previous
	}
	for n, e := range publications {
		id, name := e.Release, "publication "+strconv.Itoa(e.Seq)
		if n == len(publications)-1 {
			id = ""
		}
		releases = append(releases, []string{name, id, e.At.UTC().Format(time.RFC3339), string(release.OriginRegister), e.Why})
		var err error
		if told[name], err = r.toldBy(e, name); err != nil {
			return err
		}
	}
	slices.SortStableFunc(releases, func(a, b []string) int { return cmp.Compare(a[2], b[2]) })
	var revisions [][]string
	for n, cells := range releases {
		for _, v := range told[cells[0]] {
			revisions = append(revisions, append([]string{strconv.Itoa(n + 1)}, v[1:]...))
		}
		cells[0] = strconv.Itoa(n + 1)
	}
	f.rewrite(releasesFile, releases)
	f.rewrite(revisionsFile, revisions)
	return nil
}

// toldBy are the revisions that a publication kept.
func (r *Register) toldBy(e Entry, name string) ([][]string, error) {
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
