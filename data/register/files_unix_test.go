//go:build unix

package register

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"yardstick/data/release/releasetest"
)

// small opens a register over the small synthetic record, with a file to import.
func small(t *testing.T) (*Register, []byte) {
	t.Helper()
	r := openSmall(t)
	r.Record = releasetest.Record()
	return r, []byte(strings.Replace(derby, "Derby,", freeArea(t)+",", 1))
}

// modes are the permissions of everything in a folder, which is there.
func modes(t *testing.T, folder string) map[string]fs.FileMode {
	t.Helper()
	out := make(map[string]fs.FileMode)
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		out[path] = info.Mode()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The register is for its owner alone, and releases are for everybody, whatever the umask.
func TestTheRegisterIsForItsOwnerAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	for _, mask := range []int{0, 0o077} {
		r, content := small(t)
		old := syscall.Umask(mask)
		take(t, r, Import{Content: content})
		publish(t, r, "")
		syscall.Umask(old)
		private := func() {
			t.Helper()
			for path, mode := range modes(t, r.dir()) {
				if mode.Perm()&0o077 != 0 {
					t.Errorf("umask %03o: %s is %v", mask, path, mode)
				}
			}
		}
		private()
		public := modes(t, filepath.Join(r.Home, "releases"))
		public["CURRENT"] = modes(t, filepath.Join(r.Home, "CURRENT"))[filepath.Join(r.Home, "CURRENT")]
		for path, mode := range public {
			if want := fs.FileMode(0o444); mode.Perm()&want != want || mode.IsDir() && mode.Perm()&0o111 != 0o111 {
				t.Errorf("umask %03o: %s is %v, which another user cannot read", mask, path, mode)
			}
		}
		for path, mode := range modes(t, r.dir()) { // as earlier programs left them
			if err := os.Chmod(path, mode.Perm()|0o055); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := r.Verify(t.Context()); err != nil {
			t.Fatal(err)
		}
		private()
	}
}

// What is worked on is inside the register, and what a killed command left there is removed by the next.
func TestWorkIsInTheRegister(t *testing.T) {
	if testing.Short() {
		t.Skip("it publishes releases")
	}
	r, content := small(t)
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	take(t, r, Import{Content: content})
	publish(t, r, "")
	left := filepath.Join(r.dir(), "work", "left")
	if err := os.MkdirAll(left, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left, "rows"), []byte("canary"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Check(t.Context(), Import{Name: "x.csv", Content: content}); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(filepath.Dir(left)); err != nil || len(entries) != 0 {
		t.Errorf("left: %v, %v", entries, err)
	}
}

// A link in the register is followed by nothing, to read or to write.
func TestLinksInTheRegisterAreRefused(t *testing.T) {
	r, content := small(t)
	receipt := take(t, r, Import{Content: content})
	for _, path := range []string{r.journalPath(), r.upload(receipt.Upload), filepath.Join(r.dir(), "lock"),
		r.rowsFolder()} {
		aside := filepath.Join(t.TempDir(), "aside")
		if err := os.Rename(path, aside); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(aside, path); err != nil {
			t.Fatal(err)
		}
		was, _ := os.ReadFile(aside)
		_, errVerify := r.Verify(t.Context())
		_, errCheck := r.Check(t.Context(), Import{Name: "x.csv", Content: content})
		other := Import{Name: "y.csv", By: "tester", Why: "y",
			Content: []byte(strings.Replace(string(content), ",66,", ",67,", 1))}
		_, errImport := r.Import(t.Context(), other)
		for _, err := range []error{errVerify, errCheck, errImport} {
			if err == nil || !strings.Contains(err.Error(), path) {
				t.Errorf("%s: %v", path, err)
			}
		}
		if is, _ := os.ReadFile(aside); string(is) != string(was) {
			t.Errorf("%s was written through", path)
		}
		if err := errors.Join(os.Remove(path), os.Rename(aside, path)); err != nil {
			t.Fatal(err)
		}
	}
}
