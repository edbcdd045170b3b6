package register

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"yardstick/data/release"
)

// The register is for its owner alone: what is in it may be under embargo, or about children.
const (
	privateFolder = 0o700
	privateFile   = 0o600
)

// workFolder is where commands work on files that are not public: within the register, so that nobody else reads them,
// and whatever a killed command leaves is removed by the next.
func (r *Register) workFolder() string { return filepath.Join(r.dir(), "work") }

// FileError says that something in the register is not a file or folder of its own.
type FileError struct {
	Path string
	Mode fs.FileMode
}

// Error names the path and says what is there.
func (e *FileError) Error() string {
	what := "neither a file nor a folder"
	if e.Mode&fs.ModeSymlink != 0 {
		what = "a symbolic link, which the register does not follow"
	}
	return fmt.Sprintf("register: %s is %s: put the file itself there", e.Path, what)
}

// guard refuses a register with links in it, and takes the permissions away that others have. A register that is not
// there is left so.
func (r *Register) guard() error {
	err := filepath.WalkDir(r.dir(), func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // another command removed it
		}
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		want := fs.FileMode(privateFile)
		switch {
		case info.IsDir():
			want = privateFolder
		case !info.Mode().IsRegular():
			return &FileError{path, info.Mode()}
		}
		if info.Mode().Perm()&^want != 0 {
			if err := os.Chmod(path, want); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("take permissions of others away: %w", err)
			}
		}
		if path == r.workFolder() {
			return fs.SkipDir // of a command that is at work, which links to rows
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("register: %w", err)
	}
	return nil
}

// prepareFolders makes the folders of the register.
func (r *Register) prepareFolders() error {
	for _, folder := range []string{r.Home, r.dir(), r.uploads(), r.rowsFolder(), r.receipts(), r.copies(),
		r.workFolder()} {
		mode := fs.FileMode(privateFolder)
		if folder == r.Home {
			mode = 0o755
		}
		if err := os.MkdirAll(folder, mode); err != nil {
			return fmt.Errorf("register: %w", err)
		}
	}
	return nil
}

// sweep removes what killed commands left. It is called under the register's lock.
func (r *Register) sweep() error {
	for _, folder := range []string{r.workFolder(), r.uploads(), r.rowsFolder(), r.receipts(), r.copies(), r.dir()} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return fmt.Errorf("register: %w", err)
		}
		for _, entry := range entries {
			if folder == r.workFolder() || strings.HasPrefix(entry.Name(), release.HalfWritten) {
				if err := os.RemoveAll(filepath.Join(folder, entry.Name())); err != nil {
					return fmt.Errorf("register: %w", err)
				}
			}
		}
	}
	return nil
}

// replace writes a whole file of the register.
func replace(path string, content []byte) error { return release.Replace(path, content, privateFile) }

// inFolder does work with a folder of its own in the register, which is removed after. It is called under the
// register's lock.
func (r *Register) inFolder(work func(folder string) error) error {
	return inFolder(r.workFolder(), work)
}

// inFolder does work with a folder of its own within another, which is removed after.
func inFolder(parent string, work func(folder string) error) error {
	folder, err := os.MkdirTemp(parent, "import-")
	if err != nil {
		return err
	}
	return errors.Join(work(folder), os.RemoveAll(folder))
}
