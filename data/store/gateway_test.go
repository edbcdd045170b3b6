package store

import (
	"errors"
	"flag"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

var gateway = flag.String("versitygw", "",
	"path of a versitygw to test with, besides the store in memory (make stores)")

// A second store, which others wrote too, agrees: versitygw, on a folder.
func TestTravelThroughVersitygw(t *testing.T) {
	atGateway(t)
	travel(t)
}

func TestOneOfManyPublishersWinsAtVersitygw(t *testing.T) {
	atGateway(t)
	race(t)
}

// atGateway starts an empty versitygw with the bucket "releases".
func atGateway(t *testing.T) {
	t.Helper()
	if *gateway == "" {
		t.Skip("no -versitygw: make stores builds one and runs this")
	}
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "releases"), 0o755); err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	cmd := exec.CommandContext(t.Context(), *gateway, "--port", address, "--access", "tester", "--secret", "secretsecret",
		"--quiet", "posix", "--sidecar", filepath.Join(t.TempDir(), "sidecar"), folder)
	cmd.Stderr = os.Stderr
	if err := os.Mkdir(cmd.Args[len(cmd.Args)-2], 0o755); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(cmd.Process.Kill(), cmd.Wait()) })
	for range 100 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			environment(t, "http://"+address)
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("versitygw does not listen")
}
