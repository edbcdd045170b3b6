// Command image puts the static program into an image for containers, without an engine to build it: the same program
// gives the same digest.
package main

import (
	"archive/tar"
	"bytes"
	"encoding/pem"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// The user who runs the program, who may write to the home alone.
const (
	user = 65532
	home = "/var/lib/yardstick"
)

func main() {
	architecture := flag.String("arch", "amd64", "of the program")
	version := flag.String("version", "dev", "of the program")
	out := flag.String("out", "yardstick-image.tar", "file to write")
	flag.Parse()
	if err := run(os.Stdout, flag.Arg(0), *architecture, *version, *out); err != nil {
		fmt.Fprintln(os.Stderr, "image:", err)
		os.Exit(1)
	}
}

// run writes the image of a program to a file that engines load, and says its digest.
func run(said io.Writer, program, architecture, version, out string) error {
	content, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	image, err := build(content, architecture, version)
	if err != nil {
		return err
	}
	tag, err := name.NewTag("yardstick:" + version)
	if err != nil {
		return err
	}
	if err := tarball.WriteToFile(out, tag, image); err != nil {
		return err
	}
	digest, err := image.Digest()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(said, digest)
	return err
}

// build returns an image of one layer: the program, certificates of authorities, the user and the user's home.
func build(program []byte, architecture, version string) (v1.Image, error) {
	content, err := files(program)
	if err != nil {
		return nil, err
	}
	layer, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	})
	if err != nil {
		return nil, err
	}
	image, err := mutate.AppendLayers(empty.Image, layer)
	if err != nil {
		return nil, err
	}
	config, err := image.ConfigFile()
	if err != nil {
		return nil, err
	}
	config.Architecture, config.OS = architecture, "linux"
	config.Config = v1.Config{
		User:         fmt.Sprintf("%d:%d", user, user),
		Entrypoint:   []string{"/yardstick"},
		Cmd:          []string{"serve"},
		Env:          []string{"YARDSTICK_HOME=" + home, "YARDSTICK_ADDR=:8080"},
		ExposedPorts: map[string]struct{}{"8080/tcp": {}},
		Volumes:      map[string]struct{}{home: {}},
		Labels: map[string]string{
			"org.opencontainers.image.title":   "Yardstick",
			"org.opencontainers.image.version": version,
		},
	}
	return mutate.ConfigFile(image, config)
}

// files is the layer. Every time in it is the same.
func files(program []byte) ([]byte, error) {
	var certificates bytes.Buffer
	for root := range bundle.Roots() {
		if root.Constraint != nil {
			continue // trusted for some names or times only, which the file cannot say
		}
		if err := pem.Encode(&certificates, &pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate}); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, f := range []struct {
		name    string
		mode    int64
		owner   int
		content []byte
	}{
		{"etc/", 0o755, 0, nil},
		{"etc/passwd", 0o644, 0, fmt.Appendf(nil, "yardstick:x:%d:%d::%s:/\n", user, user, home)},
		{"etc/ssl/", 0o755, 0, nil},
		{"etc/ssl/certs/", 0o755, 0, nil},
		{"etc/ssl/certs/ca-certificates.crt", 0o644, 0, certificates.Bytes()},
		{"tmp/", 0o1777, 0, nil},
		{"var/", 0o755, 0, nil},
		{"var/lib/", 0o755, 0, nil},
		{home[1:] + "/", 0o750, user, nil},
		{"yardstick", 0o755, 0, program},
	} {
		header := &tar.Header{
			Name: f.name, Mode: f.mode, Uid: f.owner, Gid: f.owner, Size: int64(len(f.content)),
			ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR, Typeflag: tar.TypeReg,
		}
		if f.name[len(f.name)-1] == '/' {
			header.Typeflag = tar.TypeDir
		}
		if err := w.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := w.Write(f.content); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}
