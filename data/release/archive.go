package release

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a file of a record as a release was built from it: its rows, and the SHA-256 of its bytes.
type File struct {
	Rows   int    `json:"rows"`
	SHA256 string `json:"sha256"`
}

func recordPath(home, id string) string { return filepath.Join(home, "releases", id+".zip") }

// pack keeps a record whole in a file at path: what a release can be built from again, by any later program. The same
// record gives the same bytes.
func pack(record fs.FS, path string) (files map[string]File, err error) {
	out, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("pack record: %w", err)
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	archive := zip.NewWriter(out)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed)
	})
	files = make(map[string]File)
	err = eachFile(record, func(name string, content []byte) error {
		files[name] = File{Rows: max(bytes.Count(content, []byte("\n"))-1, 0), SHA256: HashOf(content)}
		w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		_, err = w.Write(content)
		return err
	})
	if err := errors.Join(err, archive.Close(), out.Sync()); err != nil {
		return nil, fmt.Errorf("pack record: %w", err)
	}
	return files, nil
}

// eachFile gives every file of a record by name, in order.
func eachFile(record fs.FS, file func(name string, content []byte) error) error {
	return fs.WalkDir(record, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(record, name)
		if err != nil {
			return err
		}
		return file(name, content)
	})
}

// Record is the record that a release of a home was built from, after its bytes were compared with the manifest.
func Record(home string, m Manifest) (fs.FS, error) {
	content, err := os.ReadFile(recordPath(home, m.ID))
	if err != nil {
		return nil, fmt.Errorf("read record of release %s: %w", m.ID, err)
	}
	if HashOf(content) != m.Record {
		return nil, fmt.Errorf("read record of release %s: its archive is damaged", m.ID)
	}
	return unpack(content, m.ID)
}

// openRecord returns the record kept with a release whose manifest does not say what its bytes are.
func openRecord(home, id string) (fs.FS, error) {
	content, err := os.ReadFile(recordPath(home, id))
	if err != nil {
		return nil, fmt.Errorf("read record of release %s: %w", id, err)
	}
	return unpack(content, id)
}

func unpack(content []byte, id string) (fs.FS, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, fmt.Errorf("read record of release %s: %w", id, err)
	}
	return archive, nil
}

// optional is a file of a record; nil where the record has none of this name.
func optional(record fs.FS, name string) ([]byte, error) {
	content, err := fs.ReadFile(record, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return content, err
}

// csvOf returns the lines of a CSV file of a record with its header; none where the record has no file of this name.
func csvOf(record fs.FS, name string) ([][]string, error) {
	content, err := optional(record, name)
	if err != nil {
		return nil, err
	}
	return readCSV(content)
}

func readCSV(content []byte) ([][]string, error) {
	return csv.NewReader(bytes.NewReader(content)).ReadAll()
}

// WriteCSV returns lines as a CSV file.
func WriteCSV(lines [][]string) ([]byte, error) {
	var text bytes.Buffer
	err := csv.NewWriter(&text).WriteAll(lines)
	return text.Bytes(), err
}

// HashOf returns the SHA-256 of a text, hexadecimal.
func HashOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
