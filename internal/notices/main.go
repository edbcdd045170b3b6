// Command notices writes the licences and notices of all modules that the program is built from, and of Go itself, to
// its output. `make assets` keeps them in static/dist, from which the program prints them.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// legal are the names of files that a licence asks to be passed on.
var legal = regexp.MustCompile(`(?i)^(licen[cs]es?|copying|copyright|notice|patents|authors)([._-].*)?$`)

// module is a module as the go command describes it.
type module struct {
	Path, Version, Dir string
	Main               bool
}

func main() {
	log.SetFlags(0)
	if err := write(os.Stdout); err != nil {
		log.Fatal("notices: ", err)
	}
}

// write writes the notices of each module by its path, and fails where a module has none.
func write(out io.Writer) error {
	root, err := tell("env", "GOROOT")
	if err != nil {
		return err
	}
	version, err := tell("env", "GOVERSION")
	if err != nil {
		return err
	}
	used := map[string]module{"": {Path: "Go", Version: strings.TrimSpace(string(version)),
		Dir: strings.TrimSpace(string(root))}}
	listed, err := tell("list", "-deps", "-json=Module", ".")
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(listed))
	for {
		var of struct{ Module *module }
		err := decoder.Decode(&of)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("read list of packages: %w", err)
		}
		if of.Module != nil && !of.Module.Main {
			used[of.Module.Path] = *of.Module
		}
	}
	var paths []string
	for path := range used {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		if err := writeOne(out, used[path]); err != nil {
			return err
		}
	}
	return nil
}

// tell returns what the go command says.
func tell(args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Stderr = os.Stderr
	said, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w", args[0], err)
	}
	return said, nil
}

func writeOne(out io.Writer, m module) error {
	files, err := os.ReadDir(m.Dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s %s\n%s\n", m.Path, m.Version, strings.Repeat("=", 72))
	found := false
	for _, file := range files {
		if file.IsDir() || !legal.MatchString(file.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(m.Dir, file.Name()))
		if err != nil {
			return err
		}
		found = true
		fmt.Fprintf(out, "\n%s\n", strings.TrimSpace(string(text)))
	}
	if !found {
		return fmt.Errorf("%s has no licence in %s", m.Path, m.Dir)
	}
	_, err = fmt.Fprint(out, "\n\n")
	return err
}
