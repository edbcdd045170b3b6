package release

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"time"
)

// Manifest says what a release is: its id (Builder.ID), when it was first built, from what record and by what program,
// the SHA-256 and size in bytes of its file, its rows by table, and in what its record differs from that of the release
// before it.
type Manifest struct {
	ID      string           `json:"id"`
	Built   time.Time        `json:"built"`
	Origin  Origin           `json:"origin"`
	Program string           `json:"program"` // Builder.Program
	SHA256  string           `json:"sha256"`
	Size    int64            `json:"size"`
	Content string           `json:"content,omitempty"` // SHA-256 of what the file says, whatever its bytes
	Rows    map[string]int64 `json:"rows"`
	Record  string           `json:"record"` // SHA-256 of the archive of the record
	Files   map[string]File  `json:"files"`  // of the record
	Sources int              `json:"sources"`
	// the id of the release before; empty for a home's first
	Previous   string                `json:"previous,omitempty"`
	Difference map[string]Difference `json:"difference,omitempty"` // by file of the record, where any
}

// Origin says what record a release was built from.
type Origin string

// A release is of the record that the program ships, or of what the office's register says is published.
const (
	OriginShipped  Origin = "shipped"
	OriginRegister Origin = "register"
)

// ErrNone says that a home holds no release yet.
var ErrNone = errors.New("no release in this home")

var idPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Path is where a home keeps the database of the release with this id.
func Path(home, id string) string { return filepath.Join(home, "releases", id+".duckdb") }

func manifestPath(home, id string) string { return filepath.Join(home, "releases", id+".json") }

// Current is the manifest of the release that a home points to, after its bytes were compared with its name. ErrNone
// where there is no release.
func Current(home string) (Manifest, error) {
	id, err := pointed(home)
	if err != nil {
		return Manifest{}, err
	}
	return verified(home, id)
}

// verified is the manifest of a release whose file is whole.
func verified(home, id string) (Manifest, error) {
	m, err := readManifest(home, id)
	if err != nil {
		return Manifest{}, err
	}
	got, _, err := hash(Path(home, id))
	if err != nil {
		return Manifest{}, err
	}
	if got != m.SHA256 {
		return Manifest{}, fmt.Errorf("release %s is damaged: its file hashes to %s, not %s", id, got, m.SHA256)
	}
	return m, nil
}

func readManifest(home, id string) (Manifest, error) {
	text, err := os.ReadFile(manifestPath(home, id))
	if err != nil {
		return Manifest{}, fmt.Errorf("read manifest: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return Manifest{}, fmt.Errorf("read manifest of %s: %w", id, err)
	}
	if m.ID != id {
		return Manifest{}, fmt.Errorf("read manifest of %s: it is of %s", id, m.ID)
	}
	return m, nil
}

// place moves a sealed file and its record to their place among the releases, with the manifest, as long as the file
// opens there. A crash at any moment leaves it whole or to be built again: a file without its manifest, or one that is
// not its manifest's, is not a release.
func place(home, file, record string, m Manifest, opens func() error) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	releases := filepath.Join(home, "releases")
	err = inOrder(func() error { return errors.Join(os.Chmod(file, publicFile), os.Chmod(record, publicFile)) },
		func() error { return os.Rename(file, Path(home, m.ID)) })
	if err == nil {
		if err := opens(); err != nil {
			return errors.Join(err, os.Remove(Path(home, m.ID)))
		}
		err = inOrder(func() error { return os.Rename(record, recordPath(home, m.ID)) },
			func() error { return Replace(manifestPath(home, m.ID), append(text, '\n'), publicFile) },
			func() error { return SyncDir(releases) })
	}
	if err != nil {
		return fmt.Errorf("place release %s: %w", m.ID, err)
	}
	return nil
}

// Point makes a release the current one: a crash leaves the old one current, or the new one.
func Point(home, id string) error {
	return inOrder(func() error { return Replace(filepath.Join(home, "CURRENT"), []byte(id+"\n"), publicFile) },
		func() error { return SyncDir(home) })
}

func inOrder(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// HalfWritten is how the name of a file begins that Replace has not yet put in its place.
const HalfWritten = ".new-"

// public is the mode of releases: the server that reads them may be another user than the one who publishes.
const (
	publicFolder = 0o755
	publicFile   = 0o644
)

// publicDir makes a folder that everybody may read, whatever the umask.
func publicDir(path string) error {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() && info.Mode().Perm()&publicFolder == publicFolder {
		return nil
	}
	return errors.Join(os.MkdirAll(path, publicFolder), os.Chmod(path, publicFolder))
}

// Replace writes a whole file beside path, with a mode that no umask changes, forces it to disk, and renames it into
// place.
func Replace(path string, content []byte, mode os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), HalfWritten)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Chmod(mode), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// SyncDir forces what a folder lists to disk, so that a rename in it outlives a crash.
func SyncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// engineVersion names the DuckDB driver this program was built with; empty where the program cannot tell.
func engineVersion() string {
	info, _ := debug.ReadBuildInfo()
	if info == nil {
		return ""
	}
	for _, dep := range info.Deps {
		if dep.Path == "github.com/duckdb/duckdb-go/v2" {
			return dep.Version
		}
	}
	return ""
}

// CurrentID is the id that a home points to, unverified: cheap enough to ask many times a second. Empty where there is
// none.
func CurrentID(home string) string {
	id, err := pointed(home)
	if err != nil {
		return ""
	}
	return id
}

// pointed is the id that a home points to. ErrNone where it points to none.
func pointed(home string) (string, error) {
	pointer, err := os.ReadFile(filepath.Join(home, "CURRENT"))
	if errors.Is(err, os.ErrNotExist) {
		return "", ErrNone
	}
	if err != nil {
		return "", fmt.Errorf("read pointer: %w", err)
	}
	id := strings.TrimSpace(string(pointer))
	if !idPattern.MatchString(id) {
		return "", fmt.Errorf("read pointer: %q is no release id", id)
	}
	return id, nil
}
