package e2e

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"yardstick/data/release"
)

// The users of this test, which need no entry in /etc/passwd: as the Debian package makes them, of one group.
const (
	officeUser = 61001
	serverUser = 61002
	bothGroup  = 61000
)

// The office imports and publishes as one user, and the server serves as another: it follows what is published, and can
// read nothing of the register, change no release and not move the pointer.
func TestTwoUsers(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can run programs as two other users")
	}
	if testing.Short() {
		t.Skip("it starts the program, which needs the built assets")
	}
	folder, err := os.MkdirTemp("", "yardstick-users-") // a test's own folder is closed to other users
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	binary, home := filepath.Join(folder, "yardstick"), filepath.Join(folder, "home")
	if err := errors.Join(os.Chmod(folder, 0o755), copyFile(os.Args[0], binary, 0o755)); err != nil {
		t.Fatal(err)
	}
	for name, mode := range map[string]os.FileMode{"": 0o750, "releases": 0o750, "register": 0o700} {
		path := filepath.Join(home, name)
		if err := errors.Join(os.MkdirAll(path, 0o700), os.Chmod(path, mode|os.ModeSetgid),
			os.Chown(path, officeUser, bothGroup)); err != nil {
			t.Fatal(err)
		}
	}
	as := func(user uint32, name string, args ...string) *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Dir = folder
		cmd.Env = append(os.Environ(), asProgram+"=1", "TMPDIR=/tmp", "HOME="+folder)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: user, Gid: bothGroup}}
		return cmd
	}
	run := func(args ...string) {
		t.Helper()
		office := append([]string{"-c", `umask 027; exec "$0" "$@"`, binary}, append(args, "--home", home)...)
		if said, err := as(officeUser, "sh", office...).CombinedOutput(); err != nil {
			t.Fatalf("%q: %v: %s", args, err, said)
		}
	}
	put := func(n int, note string) string {
		content, err := os.ReadFile(notice(t, t.TempDir(), n))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(folder, note+".csv")
		text := strings.ReplaceAll(string(content), "(synthetic)", note)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}

	run("prepare")
	said := &output{}
	server := as(serverUser, binary, "serve", "--addr", "127.0.0.1:0", "--home", home)
	server.Stdout, server.Stderr = said, said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Process.Signal(syscall.SIGTERM) // it may have ended
		server.Wait()
	})
	await := func(text string) {
		t.Helper()
		for deadline := time.Now().Add(time.Minute); !strings.Contains(said.String(), text); {
			if time.Now().After(deadline) {
				t.Fatalf("the server did not say %q: %s", text, said)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	await("url=")
	shown, secret := put(1, "canary-shown"), put(2, "canary-secret")
	for _, file := range []string{secret, shown} {
		args := []string{"import", file, "--by", "ann"}
		if file == secret {
			args = append(args, "--embargo", "2099-06-13 00:01")
		}
		run(args...)
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	run("publish", "--by", "ann")
	await("release=" + release.CurrentID(home))
	run("withdraw", "2", "--by", "ann", "--why", "a mistake")
	run("publish", "--by", "ann")
	await("msg=serving release=" + release.CurrentID(home))

	all, err := as(serverUser, "find", home, "-type", "f", "-readable", "-exec", "cat", "{}", "+").Output()
	if err == nil {
		t.Error("the server's user can look into every folder of the home")
	}
	if !strings.Contains(string(all), release.CurrentID(home)) || strings.Contains(string(all), "canary-secret") {
		t.Errorf("the server's user reads %d bytes of the home, the embargoed notice among them: %v", len(all),
			strings.Contains(string(all), "canary-secret"))
	}
	for what, script := range map[string]string{
		"read the journal":    `cat home/register/journal.jsonl`,
		"read the key":        `cat home/register/key`,
		"list the register":   `ls home/register`,
		"list its copies":     `ls home/register/releases`,
		"write a release":     `echo x > home/releases/x`,
		"change a release":    `echo x >> "$(ls home/releases/*.json | head -n 1)"`,
		"remove a release":    `rm -f home/releases/*.duckdb && ! ls home/releases/*.duckdb`,
		"move the pointer":    `echo x > home/CURRENT`,
		"replace the pointer": `rm -f home/CURRENT && ! ls home/CURRENT`,
		"make itself a home":  `mkdir home/other`,
	} {
		if said, err := as(serverUser, "sh", "-c", script).CombinedOutput(); err == nil {
			t.Errorf("the server's user can %s: %s", what, said)
		}
	}
}

func copyFile(from, to string, mode os.FileMode) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
