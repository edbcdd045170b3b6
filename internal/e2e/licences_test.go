package e2e

import (
	"os/exec"
	"strings"
	"testing"
)

// The program prints a licence of every module that it is built from, in the version that it has, of Go, and of every
// script that it serves. A module that was added or updated since the notices were gathered is missing: make assets.
func TestLicencesAreComplete(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs the built assets")
	}
	code, said, errOut := told(t, "licences")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	listed, err := exec.Command("go", "list", "-deps", "-f",
		"{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	modules := make(map[string]bool)
	for line := range strings.Lines(string(listed)) {
		if line = strings.TrimSpace(line); line != "" {
			modules[line] = true
		}
	}
	if len(modules) < 40 {
		t.Fatalf("the program is built from %d modules", len(modules))
	}
	sections := make(map[string]string)
	for part := range strings.SplitSeq(said, "\n"+strings.Repeat("=", 72)+"\n") {
		sections[part[strings.LastIndexByte(strings.TrimRight(part, "\n"), '\n')+1:]] = part
	}
	for module := range modules {
		if _, ok := sections[module]; !ok {
			t.Errorf("no licence of %s is printed", module)
		}
	}
	for _, text := range []string{"Stichting DuckDB Foundation", "The Go Authors", "echarts", "govuk-frontend", "zrender",
		"Permission is hereby granted", "Mozilla Public License", "Apache License"} {
		if !strings.Contains(said, text) {
			t.Errorf("%q is not printed", text)
		}
	}
}
