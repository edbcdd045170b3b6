package e2e

import (
	"context"
	"errors"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

var bare = flag.Bool("bare", false, "run the README's commands in an empty Debian")

// TestBareMachine builds the smallest Debian there is, adds Go and this repository and nothing else, and runs there
// what the README says: its first command until a page is served, then the set-up of its second.
func TestBareMachine(t *testing.T) {
	switch {
	case !*bare:
		t.Skip("it downloads a whole Debian: make bare")
	case os.Getuid() != 0:
		t.Skip("only root can build the root directory of another system")
	}
	if _, err := exec.LookPath("debootstrap"); err != nil {
		t.Skip("apt-get install debootstrap")
	}
	root := bareRoot(t)
	commands := readmeCommands(t)
	begun := time.Now()

	const address = "127.0.0.1:18461"
	serving := inRoot(t, root, "ADDR="+address+" "+commands[0])
	serving.Cancel = func() error { return syscall.Kill(-serving.Process.Pid, syscall.SIGTERM) }
	said := &output{}
	serving.Stdout, serving.Stderr = said, said
	if err := serving.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- serving.Wait() }()
	for served := false; !served; {
		select {
		case err := <-exited:
			t.Fatalf("%s: %v: %s", commands[0], err, said)
		case <-time.After(time.Second):
		}
		response, err := http.Get("http://" + address + "/areas/leicester-city")
		if err != nil {
			continue
		}
		page, err := io.ReadAll(response.Body)
		if response.Body.Close(); err != nil || !strings.Contains(string(page), "Leicester City") {
			t.Fatalf("status %d, %v, a page of %d bytes", response.StatusCode, err, len(page))
		}
		served = true
	}
	t.Logf("from nothing to a page: %v", time.Since(begun).Round(time.Second))
	if err := serving.Cancel(); err != nil {
		t.Error(err)
	}
	<-exited

	begun = time.Now()
	if out, err := inRoot(t, root, commands[1]+
		" GO=true && chromium --version && node --version").CombinedOutput(); err != nil {
		t.Errorf("%s: %v: %s", commands[1], err, out)
	} else {
		t.Logf("set-up of the tests: %v: %s", time.Since(begun).Round(time.Second), out)
	}
	if out, err := inRoot(t, root, "git status --porcelain").CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("the commands change the repository: %v: %s", err, out)
	}
}

// readmeCommands returns the commands of the README's first block of code: to run the site, and to test it.
func readmeCommands(t *testing.T) [2]string {
	t.Helper()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```sh\n(.*?)\n```").FindSubmatch(readme)
	if block == nil {
		t.Fatal("the README has no commands")
	}
	lines := strings.Split(string(block[1]), "\n")
	if len(lines) != 2 {
		t.Fatalf("the README has %d commands, not 2", len(lines))
	}
	var commands [2]string
	for n, line := range lines {
		command, _, _ := strings.Cut(line, "#")
		commands[n] = strings.TrimSpace(command)
	}
	return commands
}

// bareRoot returns the root directory of a minimal Debian that has Go and the committed state of this repository
// besides.
func bareRoot(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	must := func(name string, args ...string) string {
		t.Helper()
		var errOut strings.Builder
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Stderr = &errOut
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s %q: %v: %s%s", name, args, err, out, errOut.String())
		}
		return strings.TrimSpace(string(out))
	}
	mirror, _, _ := strings.Cut(
		must("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Origin: Debian"), "\n")
	must("debootstrap", "--variant=minbase", "bookworm", root, mirror)
	goRoot := must("go", "env", "GOROOT")
	must("cp", "-a", goRoot, filepath.Join(root, "usr/local/go"))
	must("git", "clone", "-q", "--no-hardlinks", ".", filepath.Join(root, "yardstick"))
	for _, name := range []string{"/etc/resolv.conf", "/etc/hosts"} {
		must("cp", "-L", name, filepath.Join(root, name))
	}
	if file := os.Getenv("SSL_CERT_FILE"); file != "" { // a machine behind a proxy trusts what others do not
		must("cp", "-L", file, filepath.Join(root, "trusted.pem"))
	}
	proc := filepath.Join(root, "proc")
	must("mount", "-t", "proc", "proc", proc)
	t.Cleanup(func() {
		if out, err := exec.Command("umount", "--lazy", proc).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	return root
}

// inRoot returns a command of the shell in the repository of another root directory, with the network of this machine.
func inRoot(t *testing.T, root, command string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, "chroot", root, "/bin/sh", "-c", "cd /yardstick && "+command)
	cmd.Env = []string{"PATH=/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/",
		"LANG=C.UTF-8"}
	for _, name := range []string{"GOPROXY", "GOFLAGS", "GOTOOLCHAIN", "GONOSUMDB", "GOSUMDB", "http_proxy",
		"https_proxy", "no_proxy"} {
		if value, given := os.LookupEnv(name); given {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	if _, err := os.Stat(filepath.Join(root, "trusted.pem")); err == nil {
		cmd.Env = append(cmd.Env, "SSL_CERT_FILE=/trusted.pem", "NODE_EXTRA_CA_CERTS=/trusted.pem")
	} else if !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}
