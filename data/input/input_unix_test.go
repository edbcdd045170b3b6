//go:build unix

package input

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"yardstick/data/finding"
)

// What is not a file, or is too large for one, is refused by name before it is read.
func TestOnlyFilesAreRead(t *testing.T) {
	const most = 1 << 20
	folder := t.TempDir()
	socket := filepath.Join(folder, "socket.csv")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	pipe, large := filepath.Join(folder, "pipe.csv"), filepath.Join(folder, "large.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(large)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(file.Truncate(most+1), file.Close()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"/dev/zero": "is a device", "/dev/null": "is a device", pipe: "is a named pipe", folder: "is a folder",
		socket: "is a socket", large: "file_size",
	} {
		done := make(chan error, 1)
		go func() {
			_, err := Load(name, most)
			done <- err
		}()
		select {
		case err := <-done:
			var refused *finding.Error
			if !errors.As(err, &refused) || !strings.Contains(err.Error(), name+":0:") || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", name, err)
			}
		case <-time.After(5 * time.Second):
			t.Errorf("%s: is read without end", name)
		}
	}
	link := filepath.Join(folder, "link.csv")
	content := []byte("area,programme\n")
	if err := errors.Join(os.WriteFile(large, content, 0o600), os.Symlink(large, link)); err != nil {
		t.Fatal(err)
	}
	if got, err := Load(link, most); err != nil || string(got) != string(content) {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := Load(filepath.Join(folder, "missing.csv"), most); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing: %v", err)
	}
}
