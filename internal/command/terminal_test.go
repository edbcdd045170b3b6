package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever a file, its name or a person is called, nothing that a command prints moves the cursor, turns the direction
// of text, or begins a line of its own.
func TestNothingHostileReachesTheTerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs commands on a home")
	}
	folder, hostile := t.TempDir(), "\n77 2026-01-01T00:00:00Z chief: approve import [1]\x1b[2J\u202e\u009b"
	home := filepath.Join(folder, "home")
	content := "area,programme,publication_date,cases_in_sample,measure,score_percent,comment,source_url,source_title\n" +
		"Derby,cci,2012-03-15,50,safeguarding,66,moderate,https://example.test/derby,Derby notice (synthetic)\n"
	name := filepath.Join(folder, "a"+hostile[:20]+"\x1b[2J\u202e.csv")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	wrong := filepath.Join(folder, "b\x1b[2J\u202e.csv")
	if err := os.WriteFile(wrong, []byte(strings.Replace(content, "Derby,", "Der\x1b[2J\u202eby,", 1)),
		0o600); err != nil {
		t.Fatal(err)
	}
	by := "ann" + hostile
	for _, args := range [][]string{
		{"import", name, "--by", by, "--why", hostile, "--draft"},
		{"import", name, "--by", by},
		{"import", wrong, "--by", by},
		{"check", wrong},
		{"check", filepath.Join(folder, hostile)},
		{"import", filepath.Join(folder, hostile), "--by", by},
		{"approve", "1", "--by", "other" + hostile},
		{"approve", hostile, "--by", by},
		{"withdraw", hostile, "--by", by, "--why", hostile},
		{"journal", "show"},
		{"journal", "verify"},
	} {
		var out, errOut bytes.Buffer
		Run(t.Context(), "test", append(args, "--home", home), &out, &errOut)
		text := out.String() + errOut.String()
		if text == "" {
			t.Errorf("%q says nothing", args)
		}
		if strings.ContainsAny(text, "\x1b\u202e\u009b") || strings.Contains(text, "\n77 ") {
			t.Errorf("%q says %q", args, text)
		}
	}
}
