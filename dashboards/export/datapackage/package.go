package datapackage

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"yardstick/analytics"
	"yardstick/dashboards/export"
)

// DescriptorName is the file that describes all others.
const DescriptorName = "datapackage.json"

// File is one file of the package.
type File struct {
	Path    string // within the package, with slashes
	Content []byte
}

// Files are all files of a release's package: what describes it first, then each table as CSV, XLSX and Parquet. They
// are asked for as they are made elsewhere, so that what was written once is not written again.
func Files(
	release analytics.Release,
	tables []export.Table,
	made func(export.Table, export.Format) ([]byte, error),
) ([]File, error) {
	var files []File
	for _, t := range tables {
		for _, f := range export.Formats() {
			if f.Name == export.JSON {
				continue // which says no more than CSV, in ten times the space
			}
			content, err := made(t, f)
			if err != nil {
				return nil, err
			}
			files = append(files, File{Path: pathOf(t, f), Content: content})
		}
	}
	descriptor, err := describe(release, tables, files)
	if err != nil {
		return nil, fmt.Errorf("describe the package: %w", err)
	}
	metadata, err := Metadata(release, tables)
	if err != nil {
		return nil, fmt.Errorf("describe the package: %w", err)
	}
	people, err := readmeOf(release, tables)
	if err != nil {
		return nil, fmt.Errorf("describe the package: %w", err)
	}
	return append([]File{{DescriptorName, descriptor}, {ReadmeName, people},
		{export.CSV + "/" + MetadataName, metadata}}, files...), nil
}

// pathOf is where a table is in the package: a folder for each format.
func pathOf(t export.Table, f export.Format) string { return f.Name + "/" + t.Name + "." + f.Name }

// Zip is the package as one archive, whose entries have no times.
func Zip(files []File) ([]byte, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, f := range files {
		entry, err := archive.Create(f.Path)
		if err != nil {
			return nil, fmt.Errorf("zip %s: %w", f.Path, err)
		}
		if _, err := entry.Write(f.Content); err != nil {
			return nil, fmt.Errorf("zip %s: %w", f.Path, err)
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("zip: %w", err)
	}
	return out.Bytes(), nil
}

// ErrOccupied says that a folder to write into has something in it.
var ErrOccupied = errors.New("is not an empty folder")

// Vacant fails with ErrOccupied where a folder has something in it; one that is not there yet is vacant.
func Vacant(dir string) error {
	switch entries, err := os.ReadDir(dir); {
	case errors.Is(err, os.ErrNotExist):
	case err != nil:
		return fmt.Errorf("write package: %w", err)
	case len(entries) > 0:
		return fmt.Errorf("%s %w", dir, ErrOccupied)
	}
	return nil
}

// Write puts the files into a vacant folder: all of them, or none.
func Write(dir string, files []File) error {
	return Whole(dir, func(folder string) error {
		for _, f := range files {
			if err := writeFile(filepath.Join(folder, filepath.FromSlash(f.Path)), f.Content); err != nil {
				return fmt.Errorf("write package: %w", err)
			}
		}
		return nil
	})
}

// Whole fills a vacant folder by a function, whole or not at all: what that writes is beside the folder until it is
// done, and then moved.
func Whole(dir string, fill func(folder string) error) error {
	if err := Vacant(dir); err != nil {
		return err
	}
	dir = filepath.Clean(dir)
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("write folder: %w", err)
	}
	beside, err := os.MkdirTemp(filepath.Dir(dir), ".export-")
	if err != nil {
		return fmt.Errorf("write folder: %w", err)
	}
	defer os.RemoveAll(beside)
	if err := fill(beside); err != nil {
		return err
	}
	if err := os.Chmod(beside, 0o755); err != nil {
		return fmt.Errorf("write folder: %w", err)
	}
	// An empty folder gives way to the rename on some systems only.
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("write folder: %w", err)
	}
	if err := os.Rename(beside, dir); err != nil {
		return fmt.Errorf("write folder: %w", err)
	}
	return nil
}

func writeFile(path string, content []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, bytes.NewReader(content))
	return errors.Join(err, f.Sync(), f.Close())
}

// FileName is the name under which a file of a release is saved: it says what it is, and of which release.
func FileName(release analytics.Release, name, extension string) string {
	const shortID = 12
	return "yardstick-" + name + "-" + release.ID[:min(len(release.ID), shortID)] + "." + extension
}
