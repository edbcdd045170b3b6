package release

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
	"golang.org/x/sync/errgroup"

	"yardstick/analytics"
	"yardstick/data/finding"
)

// Builder builds releases into a home directory.
type Builder struct {
	Home    string
	Record  fs.FS            // the files that layout lists
	Folder  string           // of the record on disk, if it is there; else it is copied to where the engine can read it
	Rows    []string         // folders of the rows of imports that the record names, besides that of the home's releases
	Work    string           // folder to work in, in the home's file system; the home and the system's where empty
	Queries fs.FS            // macros, schema, load, views, checks (queries.Files)
	Now     func() time.Time // the clock
	Origin  Origin           // what the record is, for the manifest; the zero value is the shipped one

	// Published returns the release that the home's register published last, empty for none: nothing older is served.
	// Nil where there is no register to ask.
	Published func() (string, error)

	// Opens opens a release as the site does, and fails where the site could not serve it. A release that does not open is
	// never made, never current and never served. Nil opens nothing, for what neither serves nor publishes.
	Opens func(ctx context.Context, file string, m Manifest) error

	// Imported counts, by file of the record, in what the imports differ from those of the release before.
	Imported map[string]Difference

	newest string // the database of the current release, where what it has no more is left out
}

// stages are the folders of queries/ that make a release, in order; within one, files run by name. Answers are worked
// out from a record that the checks have passed.
var stages = []string{"macros", "schema", "load", "imports", "views", "series", "checks", "answers"}

// keeping are the files that follow the stage of imports and keep what it merged.
func keeping() []string { return []string{"keep/observations.sql", "keep/documents.sql"} }

// runner is a transaction or a connection.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Build builds a release, makes it current and returns its manifest. A record that breaks a rule is refused with a
// *finding.Error and leaves the home as it was. Building what is there already, whole, changes nothing but the pointer.
func (b Builder) Build(ctx context.Context) (Manifest, error) {
	m, err := b.Prepare(ctx)
	if err != nil {
		return Manifest{}, err
	}
	return m, Point(b.Home, m.ID)
}

// Prepare builds a release as Build does and leaves it to Point to make it current.
func (b Builder) Prepare(ctx context.Context) (Manifest, error) {
	id, err := b.ID()
	if err != nil {
		return Manifest{}, err
	}
	if m, err := verified(b.Home, id); err == nil {
		return m, b.opens(ctx, Path(b.Home, id), m)
	}
	if err := publicDir(filepath.Join(b.Home, "releases")); err != nil {
		return Manifest{}, fmt.Errorf("prepare home: %w", err)
	}
	if err := b.sweep(); err != nil {
		return Manifest{}, fmt.Errorf("prepare home: %w", err)
	}
	work, err := os.MkdirTemp(cmp.Or(b.Work, b.Home), "building-")
	if err != nil {
		return Manifest{}, fmt.Errorf("prepare home: %w", err)
	}
	defer os.RemoveAll(work)

	file := filepath.Join(work, "release.duckdb")
	rows, _, err := b.fill(ctx, work, file)
	if err != nil {
		return Manifest{}, err
	}
	sum, size, err := seal(file)
	if err != nil {
		return Manifest{}, err
	}
	if err := b.keepRows(); err != nil {
		return Manifest{}, fmt.Errorf("keep rows of imports: %w", err)
	}
	m := Manifest{
		ID:      id,
		Built:   b.Now().UTC().Truncate(time.Second),
		Origin:  cmp.Or(b.Origin, OriginShipped),
		SHA256:  sum,
		Size:    size,
		Rows:    rows,
		Sources: int(rows["source"]),
	}
	record := filepath.Join(work, "record.zip")
	var content string
	var both errgroup.Group
	both.Go(func() error { return b.describe(&m, record) })
	both.Go(func() (err error) {
		content, err = contentOf(ctx, b.Queries, file)
		return err
	})
	if err := both.Wait(); err != nil {
		return Manifest{}, err
	}
	m.Content = content
	opens := func() error { return b.opens(ctx, Path(b.Home, id), m) }
	if err := place(b.Home, file, record, m, opens); err != nil {
		return Manifest{}, err
	}
	return m, nil
}

func (b Builder) opens(ctx context.Context, file string, m Manifest) error {
	if b.Opens == nil {
		return nil
	}
	if err := b.Opens(ctx, file, m); err != nil {
		return fmt.Errorf("release %.12s cannot be served: %w", m.ID, err)
	}
	return nil
}

// describe packs the record that a release was built from, and says in its manifest what that is and in what it differs
// from the record of the release that the home points to.
func (b Builder) describe(m *Manifest, record string) (err error) {
	if m.Program, err = b.Program(); err != nil {
		return err
	}
	if m.Files, err = pack(b.Record, record); err != nil {
		return err
	}
	if m.Record, _, err = hash(record); err != nil {
		return err
	}
	if was, err := readManifest(b.Home, m.ID); err == nil { // built again
		m.Built, m.Previous, m.Difference = was.Built, was.Previous, was.Difference
		return nil
	}
	before := CurrentID(b.Home)
	if before == m.ID { // built again, and its manifest is lost
		before = previousIn(b.Record)
	}
	previous, err := readManifest(b.Home, before)
	if err != nil {
		return nil // the first
	}
	then, err := Record(b.Home, previous)
	if err != nil {
		return nil // damaged: there is nothing to compare with
	}
	if then, err = b.beside(then, filepath.Dir(record)); err != nil {
		return err
	}
	if m.Difference, err = Compare(then, b.Record); err != nil {
		return err
	}
	m.Previous = previous.ID
	for file, d := range b.Imported {
		sum := m.Difference[file]
		m.Difference[file] = Difference{sum.Came + d.Came, sum.Changed + d.Changed, sum.Left + d.Left}
	}
	return nil
}

// beside returns the record of the release before without the inspections that this one withdraws, in a folder: what
// was withdrawn is counted among what the imports differ in, and is in the record of neither.
func (b Builder) beside(then fs.FS, work string) (fs.FS, error) {
	decisions, err := decisionsOf(b.Record)
	withdrawn := Withdrawn(decisions)
	if err != nil || len(withdrawn) == 0 {
		return then, err
	}
	folder := filepath.Join(work, "before")
	if err := os.CopyFS(folder, then); err != nil {
		return nil, err
	}
	_, err = WithoutInspections(folder, withdrawn)
	return os.DirFS(folder), err
}

// previousIn returns the id of the release before the one that a record is of, as its history has it; empty for none.
func previousIn(record fs.FS) string {
	lines, err := csvOf(record, "history/releases.csv")
	if err != nil || len(lines) < 3 {
		return ""
	}
	return lines[len(lines)-2][1]
}

// sweep removes what builds left behind that were cut off long ago; one under way is younger.
func (b Builder) sweep() error {
	const longest = time.Hour
	left, err := filepath.Glob(filepath.Join(b.Home, "building-*"))
	if err != nil {
		return err
	}
	for _, path := range left {
		info, err := os.Stat(path)
		if err != nil || b.Now().Sub(info.ModTime()) < longest {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

// Check builds a release aside, to find what is wrong with a record, and keeps nothing. A record without fault gives
// no findings and no error; one that would be refused gives at least one finding that Refuses.
func (b Builder) Check(ctx context.Context) ([]finding.Finding, error) {
	work, err := os.MkdirTemp("", "yardstick-check-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	_, warnings, err := b.fill(ctx, work, "") // in memory, and in work where that is too small
	if refused, ok := errors.AsType[*finding.Error](err); ok {
		return refused.Findings, nil
	}
	return warnings, err
}

// fill makes the database at file from the record, counts its rows by table, and gives the warnings it holds.
func (b Builder) fill(ctx context.Context, work, file string) (map[string]int64, []finding.Finding, error) {
	findings, err := checkLayout(b.Record)
	if err != nil {
		return nil, nil, err
	}
	if len(findings) > 0 {
		return nil, nil, &finding.Error{Findings: findings}
	}
	folder, err := b.onDisk(work)
	if err != nil {
		return nil, nil, err
	}
	decisions, err := decisionsOf(b.Record)
	if err != nil {
		return nil, nil, err
	}
	inputs := filepath.Join(work, "inputs")
	if err := b.writeInputs(inputs, decisions, scope{}); err != nil {
		return nil, nil, err
	}
	db, closeDB, err := create(file, work, folder, inputs)
	if err != nil {
		return nil, nil, err
	}
	if b.newest != "" {
		err = b.attachNewest(ctx, db)
	}
	var rows map[string]int64
	var warnings []finding.Finding
	if err == nil {
		rows, warnings, err = b.run(ctx, db, len(decisions) > 0)
	}
	return rows, warnings, errors.Join(err, closeDB())
}

// onDisk returns the folder of the record, which is copied into a folder where it is not on disk.
func (b Builder) onDisk(work string) (string, error) {
	if at := strings.IndexAny(work, ",?#%"); at >= 0 { // the engine takes what follows for another folder, or for options
		return "", fmt.Errorf("build release in %s: a path with %q cannot be used: rename the folder", work,
			work[at:at+1])
	}
	if b.Folder != "" {
		return b.Folder, nil
	}
	folder := filepath.Join(work, "record")
	if err := os.CopyFS(folder, b.Record); err != nil {
		return "", fmt.Errorf("copy record: %w", err)
	}
	return folder, nil
}

// create opens a new database whose file names are read from some folders; without a file it is in memory. What does
// not fit there goes to the folder work.
func create(file, work string, folders ...string) (*sql.DB, func() error, error) {
	options := url.Values{
		"threads":                      {"1"}, // one thread keeps rows in order and bytes the same
		"file_search_path":             {strings.Join(folders, ",")},
		"temp_directory":               {filepath.Join(work, "spill")},
		"autoinstall_known_extensions": {"false"},
		"autoload_known_extensions":    {"false"},
		"allow_community_extensions":   {"false"},
	}
	connector, err := duckdb.NewConnector(file+"?"+options.Encode(), nil)
	if err != nil {
		return nil, nil, fmt.Errorf("create release: %w", err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(1)
	return db, func() error { return errors.Join(db.Close(), connector.Close()) }, nil
}

// run builds the tables and views in one transaction, which writes the file once, and holds them to every check.
func (b Builder) run(ctx context.Context, db *sql.DB, merging bool) (map[string]int64, []finding.Finding, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("build release: %w", err)
	}
	defer tx.Rollback() // nothing is left to undo once it is committed
	var rows map[string]int64
	var warnings []finding.Finding
	for _, stage := range stages {
		switch stage {
		case "imports":
			err = b.merge(ctx, tx, merging)
		case "checks":
			if warnings, err = b.runChecks(ctx, tx); err != nil {
				break
			}
			if rows, err = b.count(ctx, tx); err == nil {
				err = withinLimits(rows)
			}
		default:
			err = b.steps(ctx, tx, stage)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, nil, fmt.Errorf("build release: %w", err)
	}
	return rows, warnings, nil
}

// merge adds what was imported, if anything was, and leaves out what the release before has no more.
func (b Builder) merge(ctx context.Context, in runner, merging bool) error {
	var steps []string
	if merging {
		steps = append([]string{"imports"}, keeping()...)
	}
	if b.newest != "" {
		steps = append(steps, "release/leave_out.sql")
	}
	return b.steps(ctx, in, steps...)
}

// steps runs files of queries/, and every file of folders of it by name, in order.
func (b Builder) steps(ctx context.Context, in runner, steps ...string) error {
	for _, step := range steps {
		names := []string{step}
		if path.Ext(step) != ".sql" {
			var err error
			if names, err = fs.Glob(b.Queries, step+"/*.sql"); err != nil {
				return err
			}
		}
		if err := b.runAll(ctx, in, names...); err != nil {
			return err
		}
	}
	return nil
}

// runAll runs files of queries/ that answer nothing.
func (b Builder) runAll(ctx context.Context, in runner, names ...string) error {
	for _, name := range names {
		text, err := fs.ReadFile(b.Queries, name)
		if err != nil {
			return err
		}
		if _, err := in.ExecContext(ctx, string(text)); err != nil {
			return unreadable(name, err)
		}
	}
	return nil
}

// withinLimits refuses a record with more rows than a release may have.
func withinLimits(rows map[string]int64) error {
	var refused finding.Error
	for _, limit := range []struct {
		table, folder string
		most          int64
	}{{"observation", "indicators", analytics.MostObservations}, {"result_row", "results", analytics.MostResults}} {
		if n := rows[limit.table]; n > limit.most {
			refused.Findings = append(refused.Findings, finding.Finding{File: limit.folder, Rule: "rows_limit",
				Problem: fmt.Sprintf("the record would have %d rows, and a release has at most %d", n, limit.most),
				Fix:     "withdraw an import that is not needed, or leave the last one out"})
		}
	}
	if len(refused.Findings) > 0 {
		return &refused
	}
	return nil
}

// count is the number of rows of each table, by queries/release/RowCounts.sql.
func (b Builder) count(ctx context.Context, in runner) (map[string]int64, error) {
	counts := make(map[string]int64)
	err := eachRow(ctx, b.Queries, in, "release/RowCounts.sql", func(rows *sql.Rows) error {
		var name string
		var n int64
		err := rows.Scan(&name, &n)
		counts[name] = n
		return err
	})
	return counts, err
}

func eachRow(ctx context.Context, queries fs.FS, in runner, name string, row func(*sql.Rows) error, args ...any) error {
	text, err := fs.ReadFile(queries, name)
	if err != nil {
		return err
	}
	rows, err := in.QueryContext(ctx, string(text), args...)
	if err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return fmt.Errorf("run %s: %w", name, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	return nil
}

// seal forces a closed file to disk and hashes it.
func seal(file string) (sum string, size int64, err error) {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return "", 0, fmt.Errorf("seal release: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return "", 0, fmt.Errorf("seal release: %w", err)
	}
	return hash(file)
}

// hash is the SHA-256 of a file, hexadecimal, and its size in bytes.
func hash(file string) (string, int64, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", 0, fmt.Errorf("hash release: %w", err)
	}
	defer f.Close()
	sum := sha256.New()
	size, err := io.Copy(sum, f)
	if err != nil {
		return "", 0, fmt.Errorf("hash release: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), size, nil
}

// ID names a release by its content: the SHA-256 of everything it is computed from, which is the record, the queries
// that build it, and the engine. (The engine's file format leaves unused bytes undefined, so the file's own hash, which
// the manifest holds, tells whether a file is whole, not what it says.)
func (b Builder) ID() (string, error) {
	sum := sha256.New()
	if err := hashFiles(sum, b.Record, func(string) bool { return true }); err != nil {
		return "", err
	}
	if err := b.hashProgram(sum); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// Program names what turns a record into a release: the SHA-256 of the queries that build it, and the engine.
func (b Builder) Program() (string, error) {
	sum := sha256.New()
	if err := b.hashProgram(sum); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func (b Builder) hashProgram(sum io.Writer) error {
	shapes := func(name string) bool {
		shaping := slices.Concat(stages, keeping(), []string{keepWarning}) // its warnings are content too
		return slices.Contains(shaping, path.Dir(name)) || slices.Contains(shaping, name)
	}
	if err := hashFiles(sum, b.Queries, shapes); err != nil {
		return err
	}
	_, err := fmt.Fprintln(sum, engineVersion())
	return err
}

// hashFiles adds the files that are wanted to sum, by name, each with its length so that none runs into the next.
func hashFiles(sum io.Writer, files fs.FS, wanted func(name string) bool) error {
	err := eachFile(files, func(name string, content []byte) error {
		if !wanted(name) {
			return nil
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(content))
		_, err := sum.Write(content)
		return err
	})
	if err != nil {
		return fmt.Errorf("read record: %w", err)
	}
	return nil
}
