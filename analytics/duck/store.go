package duck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"
	lru "github.com/hashicorp/golang-lru/v2"

	"yardstick/analytics"
	"yardstick/queries"
)

const (
	deadline = 60 * time.Second

	// keptBenchmarks is how many answers about benchmarks are kept: those of the pages asked for last.
	keptBenchmarks = 64
)

// Store is an open release. It is safe for concurrent use; Close it when no reader needs it any more.
type Store struct {
	db        *sql.DB
	connector *duckdb.Connector
	questions fs.FS
	release   analytics.Release
	deadline  time.Duration // of one question, once it has a connection
	asked     atomic.Int64
	kept      *lru.Cache[string, []analytics.Benchmark] // by question
}

var _ analytics.Reader = (*Store)(nil)

// Open opens the release file at path. questions holds the .sql files by folder and name (queries.Files).
func Open(path string, release analytics.Release, questions fs.FS) (*Store, error) {
	if at := strings.IndexAny(path, "?#%"); at >= 0 { // the engine takes what follows for options
		return nil, fmt.Errorf("open release %s: a path with %q cannot be opened: rename the folder", path,
			path[at:at+1])
	}
	connector, err := duckdb.NewConnector(path+"?"+queries.Options().Encode(), nil)
	if err != nil {
		return nil, fmt.Errorf("open release %s: %w", path, err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(runtime.NumCPU())
	if err := db.Ping(); err != nil {
		return nil, errors.Join(fmt.Errorf("open release %s: %w", path, err), db.Close(), connector.Close())
	}
	kept, err := lru.New[string, []analytics.Benchmark](keptBenchmarks)
	if err != nil {
		return nil, errors.Join(err, db.Close(), connector.Close())
	}
	return &Store{
		db:        db,
		connector: connector,
		questions: questions,
		release:   release,
		kept:      kept,
		deadline:  deadline,
	}, nil
}

// Close ends the store; questions asked after it fail.
func (s *Store) Close() error { return errors.Join(s.db.Close(), s.connector.Close()) }

// Release names what the store reads.
func (s *Store) Release() analytics.Release { return s.release }

// Asked is how many questions have been put to the database since it was opened.
func (s *Store) Asked() int64 { return s.asked.Load() }

// ask runs the question in file name and gives each row to scan, in the question's own order.
func ask[T any](ctx context.Context, s *Store, name string, scan func(*sql.Rows) (T, error), args ...any) ([]T, error) {
	text, err := fs.ReadFile(s.questions, name)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", name, err)
	}
	return collect(ctx, s, name, string(text), scan, args...)
}

// askEach runs the question in file name and gives each row to visit, in the question's own order, until that fails.
func askEach(ctx context.Context, s *Store, name string, visit func(*sql.Rows) error, args ...any) error {
	text, err := fs.ReadFile(s.questions, name)
	if err != nil {
		return fmt.Errorf("ask %s: %w", name, err)
	}
	return run(ctx, s, name, string(text), visit, args...)
}

// answer reads the table that the file of this name in queries/answers made when the release was built, in its order.
func answer[T any](ctx context.Context, s *Store, name string, scan func(*sql.Rows) (T, error)) ([]T, error) {
	return collect(ctx, s, "answers/"+name+".sql", fmt.Sprintf("from %q", name), scan)
}

func collect[T any](
	ctx context.Context,
	s *Store,
	name, text string,
	scan func(*sql.Rows) (T, error),
	args ...any,
) ([]T, error) {
	var answers []T
	err := run(ctx, s, name, text, func(rows *sql.Rows) error {
		answer, err := scan(rows)
		if err == nil {
			answers = append(answers, answer)
		}
		return err
	}, args...)
	if err != nil {
		return nil, err
	}
	return answers, nil
}

func run(ctx context.Context, s *Store, name, text string, visit func(*sql.Rows) error, args ...any) error {
	s.asked.Add(1)
	conn, err := s.db.Conn(ctx) // waiting for a connection is no part of the question's time
	if err != nil {
		return fmt.Errorf("ask %s: %w", name, err)
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(ctx, s.deadline)
	defer cancel()
	rows, err := conn.QueryContext(ctx, text, args...)
	if err != nil {
		return fmt.Errorf("ask %s: %w", name, err)
	}
	defer rows.Close()
	for row := 1; rows.Next(); row++ {
		if err := visit(rows); err != nil {
			return fmt.Errorf("ask %s, row %d: %w", name, row, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("ask %s: %w", name, err)
	}
	return nil
}

// date scans a partial date of the record; null is unknown.
type date struct{ to *analytics.PartialDate }

func (d date) Scan(value any) error {
	text, _ := value.(string)
	parsed, err := analytics.ParsePartialDate(text)
	*d.to = parsed
	return err
}

// text scans a string; null is empty.
type text struct{ to *string }

func (t text) Scan(value any) error {
	*t.to, _ = value.(string)
	return nil
}

// number scans an integer; null is zero. It is for counts, where zero and unknown are one.
type number struct{ to *int }

func (n number) Scan(value any) error {
	switch v := value.(type) {
	case nil:
	case int32:
		*n.to = int(v)
	case int64:
		*n.to = int(v)
	default:
		return fmt.Errorf("%T is not an integer", value)
	}
	return nil
}

// texts scans a list of strings; null is empty.
type texts struct{ to *[]string }

func (t texts) Scan(value any) error {
	items, _ := value.([]any)
	for _, item := range items {
		word, ok := item.(string)
		if !ok {
			return fmt.Errorf("%T in a list of text", item)
		}
		*t.to = append(*t.to, strings.Clone(word))
	}
	return nil
}

// structs scans a list of structs, giving the fields of each to add; null is empty.
type structs struct {
	add func(fields map[string]any) error
}

func (l structs) Scan(value any) error {
	items, _ := value.([]any)
	for _, item := range items {
		fields, ok := item.(map[string]any)
		if !ok {
			return fmt.Errorf("%T in a list of structs", item)
		}
		if err := l.add(fields); err != nil {
			return err
		}
	}
	return nil
}
