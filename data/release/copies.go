package release

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// copyMode is the mode of copies: whoever keeps them decides who else reads them.
const copyMode = 0o600

// Copy copies the manifests and records of a release and of all before it into a folder, from which PutBack brings them
// back. Their databases can be made from them again. What the folder has already is not copied.
func Copy(home, id, folder string) error {
	seen := make(map[string]bool)
	for id != "" && !seen[id] {
		seen[id] = true
		m, err := readManifest(home, id)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // what was before it is not known
		}
		if err == nil {
			err = copyOne(home, m, folder)
		}
		if err != nil {
			return fmt.Errorf("copy release %.12s: %w", id, err)
		}
		id = m.Previous
	}
	return SyncDir(folder)
}

// copyOne copies one release, its record first. A record that is lost or damaged is not copied.
func copyOne(home string, m Manifest, folder string) error {
	text, err := os.ReadFile(manifestPath(home, m.ID))
	if err != nil {
		return err
	}
	manifest, record := filepath.Join(folder, m.ID+".json"), filepath.Join(folder, m.ID+".zip")
	if had, err := os.ReadFile(manifest); err == nil && bytes.Equal(had, text) {
		if _, err := os.Lstat(record); err == nil {
			return nil
		}
	}
	content, err := os.ReadFile(recordPath(home, m.ID))
	if err != nil || HashOf(content) != m.Record {
		return errors.Join(removed(record), removed(manifest))
	}
	return inOrder(func() error { return Replace(record, content, copyMode) },
		func() error { return Replace(manifest, text, copyMode) })
}

// PutBack brings manifests and records that a home has lost back from a folder of copies.
func PutBack(home, folder string) error {
	manifests, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return err
	}
	for _, path := range manifests {
		id := strings.TrimSuffix(filepath.Base(path), ".json")
		if exists(manifestPath(home, id)) && exists(recordPath(home, id)) {
			continue
		}
		if err := putBackOne(home, id, folder); err != nil {
			return fmt.Errorf("put back release %.12s: %w", id, err)
		}
	}
	return nil
}

func putBackOne(home, id, folder string) error {
	text, errText := os.ReadFile(filepath.Join(folder, id+".json"))
	content, errContent := os.ReadFile(filepath.Join(folder, id+".zip"))
	if err := errors.Join(errText, errContent); err != nil {
		return err
	}
	m, err := ParseManifest(id, text)
	if err != nil {
		return err
	}
	if HashOf(content) != m.Record {
		return errors.New("its record is damaged")
	}
	return inOrder(func() error { return publicDir(filepath.Join(home, "releases")) },
		func() error { return Replace(recordPath(home, id), content, publicFile) },
		func() error { return Replace(manifestPath(home, id), text, publicFile) },
		func() error { return SyncDir(filepath.Join(home, "releases")) })
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
