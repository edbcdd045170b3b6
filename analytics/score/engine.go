package score

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strconv"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// engine is a database in memory that spills to a folder of its own and can read the given files, and nothing else.
type engine struct {
	db        *sql.DB
	connector *duckdb.Connector
	queries   fs.FS
	spill     string
}

// open starts an engine for these files, whose paths are absolute. Close it.
func (s Scorer) open(ctx context.Context, files []string) (*engine, error) {
	spill, err := os.MkdirTemp(s.Spill, "yardstick-score-")
	if err != nil {
		return nil, fmt.Errorf("open engine: %w", err)
	}
	options := url.Values{
		"memory_limit":                 {s.Memory},
		"threads":                      {strconv.Itoa(s.threads())},
		"temp_directory":               {spill},
		"enable_external_file_cache":   {"false"}, // every file is read once
		"autoinstall_known_extensions": {"false"},
		"autoload_known_extensions":    {"false"},
		"allow_community_extensions":   {"false"},
	}
	connector, err := duckdb.NewConnector("?"+options.Encode(), nil)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open engine: %w", err), os.RemoveAll(spill))
	}
	e := &engine{db: sql.OpenDB(connector), connector: connector, queries: s.Queries, spill: spill}
	e.db.SetMaxOpenConns(1) // variables and temporary views are those of one connection
	if _, err := e.do(ctx, "score/allow_files.sql", files); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	if _, err := e.do(ctx, "score/confine.sql"); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

// Close ends the engine and takes its spill away.
func (e *engine) Close() error {
	return errors.Join(e.db.Close(), e.connector.Close(), os.RemoveAll(e.spill))
}

// do runs a file of queries/ that answers nothing, and counts the rows it made.
func (e *engine) do(ctx context.Context, name string, args ...any) (int64, error) {
	text, err := fs.ReadFile(e.queries, name)
	if err != nil {
		return 0, fmt.Errorf("run %s: %w", name, err)
	}
	result, err := e.db.ExecContext(ctx, string(text), args...)
	if err != nil {
		return 0, fmt.Errorf("run %s: %w", name, err)
	}
	return result.RowsAffected()
}

// query runs a file of queries/ and gives its answer to read.
func (e *engine) query(ctx context.Context, name string, read func(*sql.Rows) error) error {
	text, err := fs.ReadFile(e.queries, name)
	if err != nil {
		return fmt.Errorf("ask %s: %w", name, err)
	}
	rows, err := e.db.QueryContext(ctx, string(text))
	if err != nil {
		return fmt.Errorf("ask %s: %w", name, err)
	}
	defer rows.Close()
	if err := errors.Join(read(rows), rows.Err()); err != nil {
		return fmt.Errorf("ask %s: %w", name, err)
	}
	return nil
}

// ask runs a file of queries/ and gives each row of its answer to row.
func (e *engine) ask(ctx context.Context, name string, row func(*sql.Rows) error) error {
	return e.query(ctx, name, func(rows *sql.Rows) error {
		for rows.Next() {
			if err := row(rows); err != nil {
				return err
			}
		}
		return nil
	})
}

// ubigint scans a number that is never null, without the detour through text that a plain uint64 takes.
type ubigint uint64

// Scan takes a UBIGINT.
func (to *ubigint) Scan(value any) error {
	number, ok := value.(uint64)
	if !ok {
		return fmt.Errorf("%T is not a UBIGINT", value)
	}
	*to = ubigint(number)
	return nil
}
