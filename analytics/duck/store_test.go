package duck

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"yardstick/analytics"
	"yardstick/data/release/releasetest"
	"yardstick/queries"
)

// A release cannot be written, and the engine reaches nothing but the release, whatever it is asked. Each statement
// must fail for the reason given, not because it is misspelt.
func TestHardened(t *testing.T) {
	s := built(t, releasetest.Record())
	aside := filepath.Join(t.TempDir(), "aside")
	for _, c := range []struct{ name, statement, want string }{
		{"insert", "insert into theme values ('x', 9, 9)", "read-only"},
		{"update", "update result_row set percent = 100", "read-only"},
		{"delete", "delete from result_row", "read-only"},
		{"drop", "drop table result_row", "read-only"},
		{"create", "create table mine (x integer)", "read-only"},
		{"copy to a file", "copy theme to '" + aside + "'", "disabled"},
		{"export", "export database '" + aside + "'", "disabled"},
		{"read a file as CSV", "select * from read_csv('/etc/passwd')", "disabled"},
		{"read a file as text", "select * from read_text('/etc/passwd')", "disabled"},
		{"read a file by its name", "select * from '/etc/passwd'", "does not exist"},
		{"list files", "select * from glob('/etc/*')", "disabled"},
		{"attach another database", "attach '" + aside + "'", "disabled"},
		{"install an extension", "install httpfs", "disabled"},
		{"load an extension", "load '" + aside + "'", "disabled"},
		{"fetch an address", "select * from read_csv('https://example.org/x.csv')", "disabled"},
		{"allow access", "set enable_external_access = true", "locked"},
		{"unlock the configuration", "set lock_configuration = false", "locked"},
		{"take more memory", "set memory_limit = '8GB'", "locked"},
		{"take more threads", "set threads = 8", "locked"},
		{"spill elsewhere", "set temp_directory = '" + aside + "'", "locked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := s.db.ExecContext(t.Context(), c.statement)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
	if _, err := os.Stat(aside); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was written aside: %v", err)
	}
	if themes, err := s.themes(t.Context()); err != nil || len(themes) != 4 {
		t.Errorf("afterwards %v, %v", themes, err)
	}
}

func TestOpenFails(t *testing.T) {
	notADatabase := filepath.Join(t.TempDir(), "x.duckdb")
	if err := os.WriteFile(notADatabase, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(t.TempDir(), "missing.duckdb")
	for _, path := range []string{notADatabase, missing} {
		s, err := Open(path, analytics.Release{}, queries.Files())
		if err == nil {
			s.Close()
			t.Fatalf("%s opened", path)
		}
		if !strings.Contains(err.Error(), "open release "+path) {
			t.Errorf("error %v does not name the file", err)
		}
	}
	if _, err := os.Stat(missing); !errors.Is(err, os.ErrNotExist) {
		t.Error("opening a missing release made one")
	}
}

// The engine takes what follows a ?, # or % in a path for options: such a path is refused in words.
func TestOpenRefusesPaths(t *testing.T) {
	for _, name := range []string{"a?b", "a#b", "a%b"} {
		path := filepath.Join(t.TempDir(), name, "x.duckdb")
		if _, err := Open(path, analytics.Release{}, queries.Files()); err == nil ||
			!strings.Contains(err.Error(), "rename the folder") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The time that a question waits for a connection is no part of its own.
func TestDeadlineBeginsWithConnection(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits until deadlines have passed")
	}
	s := built(t, releasetest.Record())
	s.db.SetMaxOpenConns(1)
	s.deadline = 2 * time.Second
	busy, err := s.db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(s.deadline+time.Second/2, func() { busy.Close() })
	if _, err := s.themes(t.Context()); err != nil {
		t.Errorf("after waiting for a connection: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if busy, err = s.db.Conn(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	if _, err := s.themes(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a client that gave up: %v", err)
	}
}

func TestClosed(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits until deadlines have passed")
	}
	s := built(t, releasetest.Record())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Contents(t.Context()); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("contents: error %v, want that the store is closed", err)
	}
	if _, err := s.Benchmarks(t.Context(), analytics.BenchmarkQuestion{}); err == nil ||
		!strings.Contains(err.Error(), "closed") {
		t.Errorf("benchmarks: error %v, want that the store is closed", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
}

// asking opens the small record with a question of our own.
func asking(t *testing.T, question string) *Store {
	s := built(t, releasetest.Record())
	s.questions = fstest.MapFS{"own/Words.sql": {Data: []byte(question)}}
	return s
}

// words asks our own question, whose rows have one word each.
func words(ctx context.Context, s *Store) ([]string, error) {
	return ask(ctx, s, "own/Words.sql", func(rows *sql.Rows) (word string, err error) { return word, rows.Scan(&word) })
}

// A question under way stops when its asker goes away.
func TestCancelledUnderWay(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits until deadlines have passed")
	}
	s := asking(t, "select (sum(a.range * b.range) % 7)::varchar from range(10000000) a, range(10000000) b")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	_, err := words(ctx, s)
	if took := time.Since(start); took > deadline/2 {
		t.Errorf("it took %v to stop", took)
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want that of the context", err)
	}
	s.questions = queries.Files()
	if themes, err := s.themes(t.Context()); err != nil || len(themes) != 4 {
		t.Errorf("the next question got %v, %v", themes, err)
	}
}

// A question that does not fit the release says which it is, and on which row it broke.
func TestQuestionsThatDoNotFit(t *testing.T) {
	for _, c := range []struct{ name, question, want string }{
		{"no such table", "select x from nowhere", "ask own/Words.sql: "},
		{"an answer that is null", "select unnest(['a', null])", "ask own/Words.sql, row 2: "},
		{"too many columns", "select 'a', 'b'", "ask own/Words.sql, row 1: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := words(t.Context(), asking(t, c.question)); err == nil ||
				!strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q in it", err, c.want)
			}
		})
	}
	s := asking(t, "select 1")
	if _, err := s.towns(t.Context()); err == nil || !strings.Contains(err.Error(), "ask localities/Towns.sql") {
		t.Errorf("a question without its file: error %v", err)
	}
}

func TestAsked(t *testing.T) {
	s := built(t, releasetest.Record())
	if _, err := analytics.Load(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if got := s.Asked(); got != 31 { // 30 sets; inspections ask for their results apart
		t.Errorf("%d questions put to load a snapshot, want 31", got)
	}
}
