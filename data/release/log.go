package release

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// LogPath is where a home keeps the public log of its releases: a line for each, with when it was published, its id and
// the hash of its manifest. CheckpointPath is where the log's signed checkpoint is.
func LogPath(home string) string { return filepath.Join(home, "releases", "log") }

// CheckpointPath is where a home keeps the signed checkpoint of the public log.
func CheckpointPath(home string) string { return filepath.Join(home, "releases", "checkpoint") }

// TellLog writes the public log and its checkpoint.
func TellLog(home string, log, checkpoint []byte) error {
	return inOrder(
		func() error { return Replace(LogPath(home), log, publicFile) },
		func() error { return Replace(CheckpointPath(home), checkpoint, publicFile) },
		func() error { return SyncDir(filepath.Join(home, "releases")) },
	)
}

// PublicLog reads the public log of a home and its checkpoint. It fails with fs.ErrNotExist where nothing was
// published.
func PublicLog(home string) (log, checkpoint []byte, err error) {
	log, errLog := os.ReadFile(LogPath(home))
	checkpoint, errCheckpoint := os.ReadFile(CheckpointPath(home))
	return log, checkpoint, errors.Join(errLog, errCheckpoint)
}

// IsOfRegister says whether a release of a home was made by its register.
func IsOfRegister(home, id string) bool {
	m, err := readManifest(home, id)
	return err == nil && m.Origin == OriginRegister
}

// IsWhole says whether a release of a home has the database and the record that its manifest says.
func IsWhole(home, id string) bool {
	m, err := verified(home, id)
	if err == nil {
		_, err = Record(home, m)
	}
	return err == nil
}

// Discard removes the database of a release, to be made again.
func Discard(home, id string) error { return removed(Path(home, id)) }

// Bound returns the hash of what a manifest says of its release's content, after the database and the record were held
// to it where they are there. When the release was built, and what came before it, are left out.
func Bound(home, id string) (string, error) {
	m, err := readManifest(home, id)
	if err != nil {
		return "", err
	}
	if _, err := verified(home, id); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if _, err := Record(home, m); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return m.Bound()
}

// Bound returns the hash of what a manifest says of its release's content.
func (m Manifest) Bound() (string, error) {
	m.Built, m.Previous, m.Difference = time.Time{}, "", nil
	text, err := json.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("hash manifest of %s: %w", m.ID, err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}
