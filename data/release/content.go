package release

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	"yardstick/queries"
)

// contentOf returns the SHA-256 of what a database says: its definitions, and the rows of each table whatever their
// order. Two databases made of the same record have one hash, though the engine writes them in other bytes.
func contentOf(ctx context.Context, files fs.FS, path string) (hash string, err error) {
	db, closeDB, err := readOnly(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, closeDB()) }()
	sum := sha256.New()
	var tables []string
	err = eachRow(ctx, files, db, "content/Definitions.sql", func(rows *sql.Rows) error {
		var kind, name, definition string
		err := rows.Scan(&kind, &name, &definition)
		if kind == "table" {
			tables = append(tables, name)
		}
		fmt.Fprintf(sum, "%q %q %q\n", kind, name, definition)
		return err
	})
	if err != nil {
		return "", err
	}
	text, err := fs.ReadFile(files, "content/RowHashes.sql")
	if err != nil {
		return "", err
	}
	for _, table := range tables {
		query := strings.ReplaceAll(string(text), "$table", strings.ReplaceAll(table, `"`, `""`))
		rows, err := rowsHash(ctx, db, query)
		if err != nil {
			return "", fmt.Errorf("hash rows of %s: %w", table, err)
		}
		fmt.Fprintf(sum, "%q %s\n", table, rows)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// rowsHash returns the SHA-256 of the hashes that a query answers, in hexadecimal and in order.
func rowsHash(ctx context.Context, db *sql.DB, query string) (hash string, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var hashes [][sha256.Size]byte
	for rows.Next() {
		var one sql.RawBytes
		if err := rows.Scan(&one); err != nil {
			return "", err
		}
		hashes = append(hashes, [sha256.Size]byte(one))
	}
	if err := rows.Err(); err != nil {
		return "", err
	}
	slices.SortFunc(hashes, func(a, b [sha256.Size]byte) int { return bytes.Compare(a[:], b[:]) })
	sum := sha256.New()
	for _, one := range hashes {
		fmt.Fprintf(sum, "%x", one)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// readOnly opens a database that somebody may have exchanged: it reads no other file, and writes none.
func readOnly(path string) (*sql.DB, func() error, error) {
	connector, err := duckdb.NewConnector(path+"?"+queries.Options().Encode(), nil)
	if err != nil {
		return nil, nil, fmt.Errorf("open release: %w", err)
	}
	db := sql.OpenDB(connector)
	return db, func() error { return errors.Join(db.Close(), connector.Close()) }, nil
}
