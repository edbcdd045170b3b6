package main

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/validate"
)

// An engine that loads the file, and a registry that it is pushed to, see the digest that is printed.
func TestSameProgramGivesTheSameBytesAndDigest(t *testing.T) {
	written := func(program, version string) (content []byte, digest string) {
		folder := t.TempDir()
		from, to := filepath.Join(folder, "program"), filepath.Join(folder, "image.tar")
		if err := os.WriteFile(from, []byte(program), 0o600); err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		if err := run(&said, from, "amd64", version, to); err != nil {
			t.Fatal(err)
		}
		image, err := tarball.ImageFromPath(to, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate.Image(image); err != nil {
			t.Error(err)
		}
		sum, err := image.Digest()
		if err != nil || said.String() != sum.String()+"\n" {
			t.Errorf("said %q, loaded as %s (%v)", said.String(), sum, err)
		}
		content, err = os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		return content, sum.String()
	}
	content, digest := written("a program", "v1")
	if again, digestAgain := written("a program", "v1"); !bytes.Equal(again, content) || digestAgain != digest {
		t.Errorf("%s, then %s", digest, digestAgain)
	}
	for _, other := range [][2]string{{"another program", "v1"}, {"a program", "v2"}} {
		if _, again := written(other[0], other[1]); again == digest {
			t.Errorf("%v has the same digest", other)
		}
	}
}

func TestProgramRunsAsSomebodyWhoOwnsTheHomeAlone(t *testing.T) {
	image, err := build([]byte("a program"), "arm64", "v1")
	if err != nil {
		t.Fatal(err)
	}
	config, err := image.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	if config.Config.User != "65532:65532" || config.Architecture != "arm64" {
		t.Errorf("user %s on %s", config.Config.User, config.Architecture)
	}
	content := mutate.Extract(image)
	defer content.Close()
	seen := make(map[string]bool)
	for r := tar.NewReader(content); ; {
		f, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		seen[f.Name] = true
		if owns := f.Name == "var/lib/yardstick"; owns != (f.Uid == user) || f.Mode&0o022 != 0 && f.Name != "tmp" {
			t.Errorf("%s: mode %o, owner %d", f.Name, f.Mode, f.Uid)
		}
	}
	if !seen["yardstick"] || !seen["etc/ssl/certs/ca-certificates.crt"] {
		t.Errorf("the image has %v", seen)
	}
}
