package release

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// DecisionsFile lists, in a record, the decisions that are merged into its other files.
const DecisionsFile = "imports/decisions.csv"

// AnnouncementsFile lists, in a record, what readers were told of publications to come. The shipped record has none.
const AnnouncementsFile = "announcements/announcements.csv"

// Decision is one decision of the register that a record rests on: the rows of an import, or an inspection that was
// withdrawn.
type Decision struct {
	Kind       string // results, indicators, areas, scores or findings; empty for a withdrawal
	Rows       string // SHA-256 of the file of rows
	Inspection string // that was withdrawn
}

// Withdrawn returns the inspections that decisions withdraw.
func Withdrawn(decisions []Decision) []string {
	var all []string
	for _, d := range decisions {
		if d.Inspection != "" {
			all = append(all, d.Inspection)
		}
	}
	return all
}

// DecisionsCSV returns decisions as DecisionsFile lists them. Positions count from 1.
func DecisionsCSV(decisions []Decision) ([]byte, error) {
	lines := [][]string{Columns(DecisionsFile)}
	for n, d := range decisions {
		lines = append(lines, []string{strconv.Itoa(n + 1), d.Kind, d.Rows, d.Inspection})
	}
	return WriteCSV(lines)
}

// decisionsOf reads the decisions of a record; none where it has no file of them.
func decisionsOf(record fs.FS) ([]Decision, error) {
	lines, err := csvOf(record, DecisionsFile)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", DecisionsFile, err)
	}
	var decisions []Decision
	for _, cells := range lines[min(1, len(lines)):] {
		decisions = append(decisions, Decision{Kind: cells[1], Rows: cells[2], Inspection: cells[3]})
	}
	return decisions, nil
}

// RowsPath returns where a folder keeps a file of rows.
func RowsPath(folder, sum string) string { return filepath.Join(folder, sum+".parquet") }

// rowsFolder is where releases of a home keep the rows of the imports in them.
func rowsFolder(home string) string { return filepath.Join(home, "releases", "rows") }

// The kinds of import that have rows in a record, and the folders in which the queries look for them: rows by kind, the
// observations of other imports, and those that a trial is about.
const (
	kindObservations = "indicators"
	earlierFolder    = "earlier"
	scopeFolder      = "scope"
)

// rowKinds returns an empty file of rows for each folder of imports, so that a query finds its columns where no
// import has any.
func rowKinds() map[string]func(io.Writer) error {
	return map[string]func(io.Writer) error{
		"results":        writeNone[ResultRow],
		"areas":          writeNone[AreaRow],
		"scores":         writeNone[ScoreRow],
		"findings":       writeNone[FindingRow],
		kindObservations: writeNone[ObservationRow],
		earlierFolder:    writeNone[ObservationRow],
		scopeFolder:      writeNone[ObservationRow],
	}
}

func writeNone[T any](to io.Writer) error { return parquet.NewGenericWriter[T](to).Close() }

// scope says what a trial is about: the positions of decisions, and files of rows that are compared. The zero value is
// everything.
type scope struct {
	positions map[int]bool
	rows      []string
}

// writeInputs puts the files of rows that decisions name where the queries look for them: in the folder imports of a
// folder.
func (b Builder) writeInputs(folder string, decisions []Decision, about scope) error {
	for kind, none := range rowKinds() {
		if err := os.MkdirAll(filepath.Join(folder, "imports", kind), 0o755); err != nil {
			return err
		}
		if err := writeFile(filepath.Join(folder, "imports", kind, "0.parquet"), none); err != nil {
			return err
		}
	}
	if err := b.layOutAnnouncements(folder); err != nil {
		return err
	}
	link := func(sum, kind string, position int) error {
		path, err := b.rowsPath(sum)
		if err != nil {
			return err
		}
		return os.Symlink(path, filepath.Join(folder, "imports", kind, strconv.Itoa(position)+".parquet"))
	}
	for n, d := range decisions {
		if d.Rows == "" {
			continue
		}
		kind := d.Kind
		if kind == kindObservations && about.positions != nil && !about.positions[n+1] {
			kind = earlierFolder
		}
		if err := link(d.Rows, kind, n+1); err != nil {
			return err
		}
	}
	for n, sum := range about.rows {
		if err := link(sum, scopeFolder, n+1); err != nil {
			return err
		}
	}
	return nil
}

// layOutAnnouncements gives a record that announces nothing a file that says so, so that a query finds its columns.
func (b Builder) layOutAnnouncements(folder string) error {
	if has, err := optional(b.Record, AnnouncementsFile); err != nil || has != nil {
		return err
	}
	path := filepath.Join(folder, filepath.FromSlash(AnnouncementsFile))
	return errors.Join(os.MkdirAll(filepath.Dir(path), 0o755),
		os.WriteFile(path, []byte(strings.Join(Columns(AnnouncementsFile), ",")+"\n"), 0o644))
}

func writeFile(path string, write func(io.Writer) error) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(out), out.Close())
}

// rowsPath finds a file of rows, and fails where it is not the one of its name.
func (b Builder) rowsPath(sum string) (string, error) {
	var missing error
	for _, folder := range append(slices.Clone(b.Rows), rowsFolder(b.Home)) {
		path, err := filepath.Abs(RowsPath(folder, sum))
		if err != nil {
			return "", err
		}
		got, err := HashFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			missing = err
		case err != nil:
			return "", err
		case got != sum:
			return "", fmt.Errorf("rows of an import are damaged: %s hashes to %s", path, got)
		default:
			return path, nil
		}
	}
	return "", fmt.Errorf("rows of an import are missing: %w", missing)
}

// HashFile returns the SHA-256 of a file, hexadecimal.
func HashFile(path string) (string, error) {
	sum, _, err := hash(path)
	return sum, err
}

// keepRows copies the rows of a record's imports to where releases keep them, those that are not there yet.
func (b Builder) keepRows() error {
	decisions, err := decisionsOf(b.Record)
	if err != nil {
		return err
	}
	folder := rowsFolder(b.Home)
	for _, d := range decisions {
		if d.Rows == "" {
			continue
		}
		if sum, err := HashFile(RowsPath(folder, d.Rows)); err == nil && sum == d.Rows {
			continue
		}
		path, err := b.rowsPath(d.Rows)
		if err != nil {
			return err
		}
		if err := publicDir(folder); err != nil {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := errors.Join(Replace(RowsPath(folder, d.Rows), content, publicFile), SyncDir(folder)); err != nil {
			return err
		}
	}
	return nil
}

// RowChange is a row of a record that an import added or changed: its cells as the record's files have them. Before
// is nil where it was added.
type RowChange struct {
	File          string
	Before, After []string
}

// cellList scans a list of the engine's as cells; null is a blank cell.
type cellList []string

// Scan implements sql.Scanner.
func (c *cellList) Scan(value any) error {
	*c = nil
	values, _ := value.([]any)
	for _, value := range values {
		text, _ := value.(string)
		*c = append(*c, text)
	}
	return nil
}

var _ sql.Scanner = (*cellList)(nil)
