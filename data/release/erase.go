package release

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Erase takes rows of imports, by their SHA-256, out of every release of a home but the current one, which has none of
// them: out of the record kept with it, with what its history says of them and the current one's does not. Databases of
// those releases are removed, since they can be made again. What was erased before is left as it is. It
// returns the ids of the releases that it changed.
func Erase(home string, rows map[string]string) (changed []string, err error) {
	current := CurrentID(home)
	now, err := readManifest(home, current)
	if errors.Is(err, fs.ErrNotExist) || current == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	newest, err := Record(home, now)
	if err != nil {
		return nil, err
	}
	history, err := toldIn(newest)
	if err != nil {
		return nil, err
	}
	for _, m := range (Builder{Home: home}).before(current) {
		did, err := eraseIn(home, m, rows, history)
		if err != nil {
			return nil, fmt.Errorf("erase in release %.12s: %w", m.ID, err)
		}
		if did {
			changed = append(changed, m.ID)
		}
	}
	for sum := range rows {
		if err := os.Remove(RowsPath(rowsFolder(home), sum)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return changed, nil
}

// toldIn returns the lines of a record's history by what they are about.
func toldIn(record fs.FS) (map[string][][]string, error) {
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

func csvOf(record fs.FS, name string) ([][]string, error) {
	content, err := optional(record, name)
	if err != nil || content == nil {
		return nil, err
	}
	return csv.NewReader(bytes.NewReader(content)).ReadAll()
}

// eraseIn rewrites the record of one release. It says whether there was anything to erase.
func eraseIn(home string, m Manifest, rows map[string]string, history map[string][][]string) (changed bool, err error) {
	record, err := Record(home, m)
	if err != nil { // nothing can be made of it again
		return false, errors.Join(removed(recordPath(home, m.ID)), removed(Path(home, m.ID)))
	}
	decisions, err := decisionsOf(record)
	if err != nil {
		return false, err
	}
	kept := slices.DeleteFunc(slices.Clone(decisions), func(d Decision) bool {
		_, gone := rows[d.Rows]
		return gone
	})
	lines, err := csvOf(record, revisionsFile)
	if err != nil {
		return false, err
	}
	changed = len(kept) != len(decisions)
	for n, cells := range lines {
		if n > 0 {
			changed = blank(cells, history[aboutOf(cells)]) || changed
		}
	}
	if !changed {
		return false, nil
	}
	work, err := os.MkdirTemp(home, "building-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(work)
	folder, packed := filepath.Join(work, "record"), filepath.Join(work, "record.zip")
	list, errList := DecisionsCSV(kept)
	var text bytes.Buffer
	if err := errors.Join(errList, csv.NewWriter(&text).WriteAll(lines), os.CopyFS(folder, record),
		rewrite(folder, DecisionsFile, list), rewrite(folder, revisionsFile, text.Bytes())); err != nil {
		return false, err
	}
	if m.Files, err = pack(os.DirFS(folder), packed); err != nil {
		return false, err
	}
	if m.Record, _, err = hash(packed); err != nil {
		return false, err
	}
	manifest, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return false, err
	}
	return true, inOrder(
		func() error { return removed(Path(home, m.ID)) },
		func() error { return os.Chmod(packed, publicFile) },
		func() error { return os.Rename(packed, recordPath(home, m.ID)) },
		func() error { return Replace(manifestPath(home, m.ID), append(manifest, '\n'), publicFile) },
		func() error { return SyncDir(filepath.Join(home, "releases")) },
	)
}

// blank takes out of a line of an earlier history what the newest one does not say. It says whether it did.
func blank(cells []string, newest [][]string) bool {
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
