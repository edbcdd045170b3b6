package score

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"yardstick/data/input"
)

var judgementColumns = []string{"inspection", "case", "question", "judgement"}

// file is a file of judgements.
type file struct {
	name   string // as given
	path   string // absolute, without links
	format string // .csv or .parquet
	size   int64  // bytes
}

// locate finds the files on disk.
func locate(names []string) ([]file, error) {
	if len(names) == 0 {
		return nil, errors.New("no file of judgements")
	}
	var files []file
	for _, name := range names {
		path, err := filepath.Abs(name)
		if err != nil {
			return nil, err
		}
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return nil, err
		}
		opened, err := input.Open(name) // the engine opens it itself
		if err != nil {
			return nil, err
		}
		info, err := opened.Stat()
		if err := errors.Join(err, opened.Close()); err != nil {
			return nil, err
		}
		f := file{name: name, path: path, format: strings.ToLower(filepath.Ext(name))}
		switch {
		case f.format != ".csv" && f.format != ".parquet":
			return nil, fmt.Errorf("%s is neither .csv nor .parquet by its name", name)
		case strings.ContainsAny(path, "*?["):
			return nil, fmt.Errorf("%s: a path with * ? or [ cannot be read: rename the file or its folder", name)
		}
		f.size = info.Size()
		files = append(files, f)
	}
	return files, nil
}

// choose makes the view judgement that of this file. It is false where its header is wrong.
func (e *engine) choose(ctx context.Context, f file, found *found) (bool, error) {
	if _, err := e.do(ctx, "score/choose_file.sql", f.path); err != nil {
		return false, err
	}
	if f.format == ".parquet" {
		if ok, err := e.parquetHeader(ctx, found); !ok || err != nil {
			return false, err
		}
		_, err := e.do(ctx, "score/parquet.sql")
		return true, err
	}
	header, err := csvHeader(f, found)
	if err != nil || header == nil {
		return false, err
	}
	if _, err := e.do(ctx, "score/choose_header.sql", header); err != nil {
		return false, err
	}
	_, err = e.do(ctx, "score/csv.sql")
	return true, err
}

// csvHeader reads the first row of a CSV file; nil where it is not that of a file of judgements.
func csvHeader(f file, found *found) ([]string, error) {
	const longest = 4096 // bytes; the header of a file of judgements has a tenth of a hundred
	content, err := input.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	begin, err := io.ReadAll(io.LimitReader(content, longest))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.name, err)
	}
	line, _, _ := bytes.Cut(bytes.TrimPrefix(begin, []byte("\ufeff")), []byte("\n"))
	switch {
	case len(begin) == 0:
		found.add(0, "", "", "empty", "is empty", "send the file again")
		return nil, nil
	case !utf8.Valid(line) || bytes.IndexByte(line, 0) >= 0:
		found.add(1, "", "", "encoding", "is not UTF-8", "save it as CSV UTF-8")
		return nil, nil
	}
	header, err := csv.NewReader(bytes.NewReader(line)).Read()
	if err != nil {
		found.add(1, "", "", "header_missing", "has no header that can be read",
			"begin the file with "+strings.Join(judgementColumns, ","))
		return nil, nil
	}
	if !found.header(header, judgementColumns) {
		return nil, nil
	}
	return header, nil
}

// parquetHeader holds the columns of a Parquet file to their names, and their types to text and whole numbers.
func (e *engine) parquetHeader(ctx context.Context, found *found) (bool, error) {
	var names []string
	err := e.columns(ctx, "score/parquet_header.sql", func(column *sql.ColumnType) {
		names = append(names, column.Name())
		kind := column.DatabaseTypeName()
		switch kind {
		case "VARCHAR", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT":
		default:
			found.add(1, column.Name(), kind, "type", "is neither text nor whole numbers",
				"write the column as text (a UTF-8 string)")
		}
	})
	if err != nil {
		return false, err
	}
	right := found.header(names, judgementColumns)
	return right && found.total == 0, nil
}

// columns gives the columns of an answer.
func (e *engine) columns(ctx context.Context, name string, column func(*sql.ColumnType)) error {
	return e.query(ctx, name, func(rows *sql.Rows) error {
		types, err := rows.ColumnTypes()
		for _, t := range types {
			column(t)
		}
		return err
	})
}
