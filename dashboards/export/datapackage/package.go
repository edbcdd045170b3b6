package datapackage

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"iter"
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

// Files makes the files of a release's package one after another: each table as CSV, XLSX and Parquet, then what
// describes them, so that no more than one need be in memory. An error is the last that it gives.
func Files(release analytics.Release, tables []export.Table) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		contents := make(map[string]content)
		for _, t := range tables {
			for _, f := range export.Formats() {
				if f.Name == export.JSON {
					continue // which says no more than CSV, in ten times the space
				}
				made, err := f.File(t, Origin(release))
				if err != nil {
					yield(File{}, err)
					return
				}
				file := File{Path: pathOf(t, f), Content: made}
				contents[file.Path] = contentOf(file.Content)
				if !yield(file, nil) {
					return
				}
			}
		}
		for _, about := range []struct {
			path string
			make func() ([]byte, error)
		}{
			{DescriptorName, func() ([]byte, error) { return describe(release, tables, contents) }},
			{ReadmeName, func() ([]byte, error) { return readmeOf(release, tables) }},
			{export.CSV + "/" + MetadataName, func() ([]byte, error) { return Metadata(release, tables) }},
		} {
			content, err := about.make()
			if err != nil {
				err = fmt.Errorf("describe the package: %w", err)
			}
			if !yield(File{about.path, content}, err) || err != nil {
				return
			}
		}
	}
}

// pathOf is where a table is in the package: a folder for each format.
func pathOf(t export.Table, f export.Format) string { return f.Name + "/" + t.Name + "." + f.Name }

// Zip writes the package as one archive, whose entries have no times, and returns the bytes of each file by its path.
func Zip(out io.Writer, files iter.Seq2[File, error]) (map[string]int, error) {
	archive := zip.NewWriter(out)
	sizes, err := each(files, func(f File) error {
		entry, err := archive.Create(f.Path)
		if err == nil {
			_, err = entry.Write(f.Content)
		}
		return err
	})
	return sizes, errors.Join(err, archive.Close())
}

// each gives every file to a function, until that fails, and returns the bytes of each by its path.
func each(files iter.Seq2[File, error], put func(File) error) (map[string]int, error) {
	sizes := make(map[string]int)
	for f, err := range files {
		if err != nil {
			return nil, err
		}
		if err := put(f); err != nil {
			return nil, fmt.Errorf("write package: %s: %w", f.Path, err)
		}
		sizes[f.Path] = len(f.Content)
	}
	return sizes, nil
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

// Write puts the files into a vacant folder, all of them or none, and returns the bytes of each by its path.
func Write(dir string, files iter.Seq2[File, error]) (sizes map[string]int, err error) {
	err = Whole(dir, func(folder string) (err error) {
		sizes, err = each(files, func(f File) error {
			return writeFile(filepath.Join(folder, filepath.FromSlash(f.Path)), f.Content)
		})
		return err
	})
	return sizes, err
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
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// FileName is the name under which a file of a release is saved: it says what it is, and of which release.
func FileName(release analytics.Release, name, extension string) string {
	const shortID = 12
	return "yardstick-" + name + "-" + release.ID[:min(len(release.ID), shortID)] + "." + extension
}
