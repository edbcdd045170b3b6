package release

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// LogPath is where a home keeps the public log of its releases: a line for each, with when it was published, its id and
// the hash of its manifest. CheckpointPath is where the log's signed checkpoint is.
func LogPath(home string) string { return filepath.Join(home, "releases", "log") }

// CheckpointPath is where a home keeps the signed checkpoint of the public log.
func CheckpointPath(home string) string { return filepath.Join(home, "releases", "checkpoint") }

// WriteLog writes the public log and its checkpoint.
func WriteLog(home string, log, checkpoint []byte) error {
	return inOrder(func() error { return Replace(LogPath(home), log, publicFile) },
		func() error { return Replace(CheckpointPath(home), checkpoint, publicFile) },
		func() error { return SyncDir(filepath.Join(home, "releases")) })
}

// PublicLog reads the public log of a home and its checkpoint. It fails with fs.ErrNotExist where nothing was
// published.
func PublicLog(home string) (log, checkpoint []byte, err error) {
	log, errLog := os.ReadFile(LogPath(home))
	checkpoint, errCheckpoint := os.ReadFile(CheckpointPath(home))
	return log, checkpoint, errors.Join(errLog, errCheckpoint)
}

// lastInLog returns the release that the public log of a home has last; empty where there is no log.
func lastInLog(home string) string {
	log, err := os.ReadFile(LogPath(home))
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(log)), "\n")
	if cells := strings.Fields(lines[len(lines)-1]); len(cells) == 3 {
		return cells[1]
	}
	return ""
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

// Bound returns the hash of what a manifest says of its release's content, after the database and the record were
// compared with it where they are there.
func (b Builder) Bound(ctx context.Context, id string) (string, error) {
	m, err := readManifest(b.Home, id)
	if err != nil {
		return "", err
	}
	switch _, err := verified(b.Home, id); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return "", err
	case m.Content != "": // a manifest without it is of an earlier program, and bound to the file's bytes
		content, err := contentOf(ctx, b.Queries, Path(b.Home, id))
		if err != nil {
			return "", err
		}
		if content != m.Content {
			return "", fmt.Errorf("release %s: its database does not say what its manifest does", id)
		}
	}
	if _, err := Record(b.Home, m); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return m.Bound()
}

// Bound returns the hash of what a manifest says of its release's content. When the release was built, what came before
// it, and the bytes in which the engine happened to write it, are left out.
func (m Manifest) Bound() (string, error) {
	m.Built, m.Previous, m.Difference = time.Time{}, "", nil
	if m.Content != "" {
		m.SHA256, m.Size = "", 0
	}
	text, err := json.Marshal(m)
	if err != nil {
		return "", fmt.Errorf("hash manifest of %s: %w", m.ID, err)
	}
	return HashOf(text), nil
}
