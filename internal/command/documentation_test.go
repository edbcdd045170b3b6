package command

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

var update = flag.Bool("update", false, "write docs/commands.md")

// docs/commands.md is written from the commands themselves.
func TestCommandsAreDocumented(t *testing.T) {
	var text strings.Builder
	text.WriteString("# Commands\n\nWritten by `go test ./internal/command -run Documented -update`.\n\n" +
		"Every flag is also an environment variable: `--as-of` is `YARDSTICK_AS_OF`. A flag wins. " +
		"Times without a zone are London's.\n\n" +
		"Exit codes: 0 success; 1 something is wrong with what was given, and is printed; 2 the program could not do its " +
		"work.\n")
	root := rootCommand("", io.Discard, io.Discard)
	for _, c := range root.Commands() {
		describe(&text, c)
	}
	const file = "../../docs/commands.md"
	if *update {
		if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(written) != text.String() {
		t.Errorf("%s is out of date: run this test with -update", file)
	}
}

// describe writes a command and the commands below it.
func describe(text *strings.Builder, c *cobra.Command) {
	if c.Hidden {
		return
	}
	if c.Runnable() {
		fmt.Fprintf(text, "\n## yardstick %s\n\n%s\n", strings.TrimPrefix(c.UseLine(), "yardstick "), c.Short+".")
		if c.Long != "" {
			fmt.Fprintf(text, "\n%s\n", c.Long)
		}
		rows := 0
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if rows++; rows == 1 {
				text.WriteString("\n| flag | default | meaning |\n|---|---|---|\n")
			}
			initial := f.DefValue
			if f.Name == "by" { // the name of whoever runs the program
				initial = "your name"
			}
			fmt.Fprintf(text, "| `--%s` | %s | %s |\n", f.Name, initial, strings.ReplaceAll(f.Usage, "|", "\\|"))
		})
	}
	for _, below := range c.Commands() {
		describe(text, below)
	}
}

// Flags, files and folders that the documentation mentions exist.
func TestDocumentationIsTrue(t *testing.T) {
	flags := map[string]bool{"help": true, "version": true, "update": true,
		"runner": true, "endpoint": true, "environment": true, "project": true, "region": true, "staging": true} // of Beam
	var collect func(*cobra.Command)
	collect = func(c *cobra.Command) {
		c.Flags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
		for _, below := range c.Commands() {
			collect(below)
		}
	}
	collect(rootCommand("", io.Discard, io.Discard))

	files, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, "../../README.md", "../../CONTRIBUTING.md")
	quoted := regexp.MustCompile("`[^`\n]+`")
	option := regexp.MustCompile(`--([a-z][a-z-]*)`)
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	folder := regexp.MustCompile(`^(analytics|dashboards|data|docs|internal|queries|static|\.ci)/[\w./*{},-]+$`)
	seen := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range option.FindAllStringSubmatch(string(content), -1) {
			if !flags[found[1]] {
				t.Errorf("%s: no command has the flag --%s", file, found[1])
			}
		}
		for _, found := range link.FindAllStringSubmatch(string(content), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), found[1])); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
		for _, code := range quoted.FindAllString(string(content), -1) {
			for _, name := range alternatives(strings.Trim(code, "`")) {
				if !folder.MatchString(name) {
					continue
				}
				seen++
				if there, err := filepath.Glob("../../" + name); err != nil || len(there) == 0 {
					t.Errorf("%s: there is no %s", file, name)
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("%d paths were looked up", seen)
	}
}

var placeholder = regexp.MustCompile(`<[a-z]+>`)

// alternatives returns the paths that one with braces and placeholders stands for: a/{b,c}/<name>.csv.
func alternatives(pattern string) []string {
	pattern = placeholder.ReplaceAllString(pattern, "*")
	before, rest, found := strings.Cut(pattern, "{")
	inside, after, closed := strings.Cut(rest, "}")
	if !found || !closed {
		return []string{pattern}
	}
	var out []string
	for part := range strings.SplitSeq(inside, ",") {
		out = append(out, alternatives(before+strings.TrimSpace(part)+after)...)
	}
	return out
}
