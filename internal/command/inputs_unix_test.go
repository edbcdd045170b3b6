//go:build unix

package command

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Whatever a command reads, a pipe, a device, a folder or a socket in its place is refused by name at once.
func TestCommandsReadFilesAlone(t *testing.T) {
	folder := t.TempDir()
	pipe, socket := filepath.Join(folder, "pipe.csv"), filepath.Join(folder, "socket.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	questions := filepath.Join(folder, "questions.csv")
	content := "question,criterion,section,headlines\nq1,criterion_1_1,section_1,safeguarding\n"
	if err := os.WriteFile(questions, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	for _, args := range [][]string{
		{"check"},
		{"import", "--home", home, "--by", "tester"},
		{"import", questions, "--home", home, "--by", "tester", "--recipe"},
		{"check", questions, "--recipe"},
		{"score", "--questions", questions},
		{"score", questions, "--questions"},
		{"journal", "verify", "--home", home, "--checkpoint"},
	} {
		for name, want := range map[string]string{
			pipe: "named pipe", "/dev/zero": "device", folder: "folder", socket: "socket",
		} {
			var out, errOut bytes.Buffer
			done := make(chan int, 1)
			go func() { done <- Run(t.Context(), "test", append(args[:len(args):len(args)], name), &out, &errOut) }()
			select {
			case code := <-done:
				if said := out.String() + errOut.String(); code == 0 || !strings.Contains(said, want) ||
					!strings.Contains(said, name) {
					t.Errorf("%q %s: %d, %s", args, name, code, said)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("%q %s: is read without end", args, name)
			}
		}
	}
}
