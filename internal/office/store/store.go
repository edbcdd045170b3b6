// Package store keeps what the office's pages need beside the register: people and how they sign in, sessions, files
// that were sent and not yet taken, and what was seen and done. It is one SQLite file. No decision is kept here alone:
// those are in the register's journal.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// ErrNone says that there is nothing of what was asked for.
var ErrNone = errors.New("not in the office's database")

// Store is the office's database.
type Store struct {
	db      *sql.DB
	queries map[string]string
	now     func() time.Time
}

// Open opens the database in a folder, which only its owner can read, and makes it first where there is none.
func Open(ctx context.Context, folder string, queries fs.FS, now func() time.Time) (*Store, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("office: %w", err)
	}
	path := filepath.Join(folder, "office.db")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err == nil {
		err = errors.Join(file.Chmod(0o600), file.Close())
	}
	if err != nil {
		return nil, fmt.Errorf("office: %w", err)
	}
	db, err := sql.Open("sqlite", "file:"+path+
		"?_pragma=journal_mode(wal)&_pragma=busy_timeout(5000)&_pragma=foreign_keys(on)&_pragma=secure_delete(on)")
	if err != nil {
		return nil, fmt.Errorf("office: %w", err)
	}
	db.SetMaxOpenConns(1) // statements wait their turn here, in order, and not for a lock that they may not get in time
	s := &Store{db: db, queries: make(map[string]string), now: now}
	names, err := fs.Glob(queries, "office/*.sql")
	for _, name := range names {
		text, failed := fs.ReadFile(queries, name)
		err = errors.Join(err, failed)
		s.queries[name] = string(text)
	}
	if err == nil {
		err = s.do(ctx, "office/schema.sql")
	}
	if err != nil {
		return nil, fmt.Errorf("office: %w", errors.Join(err, db.Close()))
	}
	return s, nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// stamp is a moment as the database keeps it: of one length, so that later moments sort after earlier ones.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// moment reads what stamp wrote; the zero time of an empty text.
func moment(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// do runs a statement that answers nothing.
func (s *Store) do(ctx context.Context, query string, args ...any) error {
	if _, err := s.db.ExecContext(ctx, s.queries[query], args...); err != nil {
		return fmt.Errorf("%s: %w", query, err)
	}
	return nil
}

// one reads the one value that a statement answers; ErrNone where it answers none.
func one[T any](ctx context.Context, s *Store, query string, args ...any) (value T, err error) {
	err = s.db.QueryRowContext(ctx, s.queries[query], args...).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return value, ErrNone
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", query, err)
	}
	return value, err
}

// all reads the rows that a statement answers.
func all[T any](ctx context.Context, s *Store, read func(scan func(...any) error) (T, error), query string,
	args ...any) ([]T, error) {
	rows, err := s.db.QueryContext(ctx, s.queries[query], args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", query, err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		value, err := read(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", query, err)
		}
		out = append(out, value)
	}
	return out, rows.Err()
}
