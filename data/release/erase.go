package release

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Erasure is what to take out of releases.
type Erasure struct {
	Rows        map[string]string // of imports, by their SHA-256: what stands there now, or ""
	Inspections []string          // by their ids: what the shipped record says of them
}

// Erase takes rows of imports, and inspections, out of every release of a home but the current one, which has none of
// them: out of the record kept with it, with what its history says of them and the current one's does not. Databases of
// those releases are removed, since they can be made again. What was erased before is left as it is. Before a release
// is changed, its id and the hash that Manifest.Bound will have are told.
func Erase(home string, e Erasure, tell func(id, bound string) error) error {
	current := CurrentID(home)
	now, err := readManifest(home, current)
	if errors.Is(err, fs.ErrNotExist) || current == "" {
		return nil
	}
	if err != nil {
		return err
	}
	newest, err := Record(home, now)
	if err != nil {
		return err
	}
	history, err := revisionsIn(newest)
	if err != nil {
		return err
	}
	for _, m := range (Builder{Home: home}).before(current) {
		if err := eraseIn(home, m, e, history, tell); err != nil {
			return fmt.Errorf("erase in release %.12s: %w", m.ID, err)
		}
	}
	for sum := range e.Rows {
		if err := removed(RowsPath(rowsFolder(home), sum)); err != nil {
			return err
		}
	}
	return nil
}

// revisionsIn returns the lines of a record's history by what they are about.
func revisionsIn(record fs.FS) (map[string][][]string, error) {
	lines, err := csvOf(record, revisionsFile)
	out := make(map[string][][]string)
	for _, cells := range lines {
		out[aboutOf(cells)] = append(out[aboutOf(cells)], cells)
	}
	return out, err
}

const revisionsFile = "history/revisions.csv"

// aboutOf returns what a line of the history is about, whatever the release.
func aboutOf(cells []string) string {
	return strings.Join(slices.Concat(cells[1:2], cells[3:8]), "\x00")
}

// eraseIn rewrites the record of one release, where there is anything to erase.
func eraseIn(
	home string,
	m Manifest,
	e Erasure,
	history map[string][][]string,
	tell func(id, bound string) error,
) error {
	record, err := Record(home, m)
	if err != nil { // nothing can be made of it again
		return errors.Join(removed(recordPath(home, m.ID)), removed(Path(home, m.ID)))
	}
	work, err := os.MkdirTemp(home, "building-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	folder, packed := filepath.Join(work, "record"), filepath.Join(work, "record.zip")
	changed, err := e.from(record, folder, history)
	if err != nil || !changed {
		return err
	}
	if m.Files, err = pack(os.DirFS(folder), packed); err != nil {
		return err
	}
	if m.Record, _, err = hash(packed); err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	bound, err := m.Bound()
	if err != nil {
		return err
	}
	return inOrder(func() error { return tell(m.ID, bound) }, func() error { return removed(Path(home, m.ID)) },
		func() error { return os.Chmod(packed, publicFile) },
		func() error { return os.Rename(packed, recordPath(home, m.ID)) },
		func() error { return Replace(manifestPath(home, m.ID), append(manifest, '\n'), publicFile) },
		func() error { return SyncDir(filepath.Join(home, "releases")) })
}

// from writes a record into a folder without what is erased. It says whether the record had any of it.
func (e Erasure) from(record fs.FS, folder string, newest map[string][][]string) (changed bool, err error) {
	decisions, errDecisions := decisionsOf(record)
	lines, errLines := csvOf(record, revisionsFile)
	if err := errors.Join(errDecisions, errLines); err != nil {
		return false, err
	}
	var kept []Decision
	for _, d := range decisions {
		now, erased := e.Rows[d.Rows]
		changed = changed || erased
		switch {
		case !erased:
			kept = append(kept, d)
		case now != "":
			d.Rows = now
			kept = append(kept, d)
		}
	}
	for n, cells := range lines {
		if n > 0 {
			changed = hideOlder(cells, newest[aboutOf(cells)]) || changed
		}
	}
	list, errList := DecisionsCSV(kept)
	history, errHistory := WriteCSV(lines)
	if err := errors.Join(errList, errHistory, os.CopyFS(folder, record)); err != nil {
		return false, err
	}
	if len(decisions) > 0 {
		err = rewrite(folder, DecisionsFile, list)
	}
	fewer, errFewer := WithoutInspections(folder, e.Inspections)
	return changed || fewer, errors.Join(err, rewrite(folder, revisionsFile, history), errFewer)
}

// WithoutInspections takes every line of inspections out of the files of a record in a folder: their results, what was
// printed for other areas, findings, and the documents that nothing else cites. It says whether there were any.
func WithoutInspections(folder string, inspections []string) (changed bool, err error) {
	if len(inspections) == 0 {
		return false, nil
	}
	documents := make(map[string]bool) // that the lines cited
	for _, pattern := range []string{"results/*.csv", "findings/*.csv", "benchmarks/published.csv"} {
		paths, err := filepath.Glob(filepath.Join(folder, filepath.FromSlash(pattern)))
		if err != nil {
			return changed, err
		}
		for _, path := range paths {
			fewer, err := leaveOut(folder, path, "inspection", inspections, documents)
			if err != nil {
				return changed, err
			}
			changed = changed || fewer
		}
	}
	if !changed {
		return false, nil
	}
	cited, err := citedIn(folder)
	if err != nil {
		return changed, err
	}
	maps.DeleteFunc(documents, func(id string, _ bool) bool { return cited[id] })
	_, err = leaveOut(folder, filepath.Join(folder, sourcesFile), "source", slices.Collect(maps.Keys(documents)), nil)
	return changed, err
}

// sourcesFile lists the documents of a record.
const sourcesFile = "SOURCES.csv"

// leaveOut rewrites a file of a record without the lines whose column is one of some values, and notes the documents
// that those lines cite. It says whether there were any.
func leaveOut(folder, path, column string, values []string, documents map[string]bool) (bool, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return false, err
	}
	var left []byte
	start := int64(0)
	err = eachLine(content, func(header, cells []string, end int64) {
		at := slices.Index(header, column)
		if cells == nil || at < 0 || !slices.Contains(values, cells[at]) {
			left = append(left, content[start:end]...)
		} else if sources := slices.Index(header, "sources"); sources >= 0 {
			for id := range strings.SplitSeq(cells[sources], ";") {
				documents[id] = true
			}
		}
		start = end
	})
	if err != nil {
		return false, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	if len(left) == len(content) {
		return false, nil
	}
	name, err := filepath.Rel(folder, path)
	return true, errors.Join(err, rewrite(folder, name, left))
}

// citedIn returns the documents that the files of a record cite.
func citedIn(folder string) (map[string]bool, error) {
	cited := make(map[string]bool)
	paths, err := filepath.Glob(filepath.Join(folder, "*", "*.csv"))
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		err = eachLine(content, func(header, cells []string, _ int64) {
			if at := slices.Index(header, "sources"); at >= 0 && cells != nil {
				for id := range strings.SplitSeq(cells[at], ";") {
					cited[id] = true
				}
			}
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
	}
	return cited, nil
}

// eachLine gives the lines of a CSV file with its header and where each ends; the header itself has no cells.
func eachLine(content []byte, line func(header, cells []string, end int64)) error {
	reader := csv.NewReader(bytes.NewReader(content))
	header, err := reader.Read()
	if err != nil {
		return err
	}
	line(header, nil, reader.InputOffset())
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		line(header, cells, reader.InputOffset())
	}
}

// hideOlder takes out of a line of an earlier history what the newest one does not say. It says whether it did.
func hideOlder(cells []string, newest [][]string) bool {
	hidden := func(line []string) bool { return line[8] == "" && line[9] == "" }
	changed := false
	if cells[7] != "" && !hidden(cells) && slices.ContainsFunc(newest, hidden) {
		cells[8], cells[9], changed = "", "", true
	}
	if cells[11] != "" && !slices.ContainsFunc(newest, func(line []string) bool { return line[11] == cells[11] }) {
		cells[11], changed = "", true
	}
	return changed
}

func rewrite(folder, name string, content []byte) error {
	path := filepath.Join(folder, filepath.FromSlash(name))
	return errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), removed(path), os.WriteFile(path, content, 0o600))
}

func removed(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
