package e2e

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var updateClients = flag.Bool("update", false, "write the questions of clients/ from the interface's document")

// described is what clients need of the interface's document.
type described struct {
	Paths map[string]struct {
		Get struct {
			ID         string `json:"operationId"`
			Summary    string `json:"summary"`
			Parameters []struct {
				Name        string `json:"name"`
				In          string `json:"in"`
				Required    bool   `json:"required"`
				Description string `json:"description"`
			} `json:"parameters"`
			Responses map[string]struct {
				Content map[string]struct {
					Schema struct {
						Properties map[string]struct {
							Type string `json:"type"`
						} `json:"properties"`
					} `json:"schema"`
				} `json:"content"`
			} `json:"responses"`
		} `json:"get"`
	} `json:"paths"`
}

// TestClients keeps the questions of the clients to the interface's document, and runs each client's example against a
// server: it fails where a figure that it works out again is not the site's.
func TestClients(t *testing.T) {
	site := start(t, "serve", "--addr", "127.0.0.1:0", "--home", homeWithRelease(t))
	status, body := site.get(t, "/api/v1/openapi.json")
	if status != http.StatusOK {
		t.Fatalf("the document: status %d", status)
	}
	var document described
	if err := json.Unmarshal([]byte(body), &document); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"clients/python/yardstick/_questions.py": inPython(document),
		"clients/r/R/questions.R":                inR(document),
		"clients/r/NAMESPACE":                    namespace(document),
	} {
		if *updateClients {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("%s is not what the document says (%v): run this test with -update", file, err)
		}
	}
	t.Run("Python", func(t *testing.T) { inPythonRuns(t, site) })
	t.Run("R", func(t *testing.T) { inRRuns(t, site) })
}

func inPythonRuns(t *testing.T, site *running) {
	python := ""
	for _, name := range []string{"python3", "/usr/bin/python3"} { // the second where only the system's has pandas
		if exec.Command(name, "--version").Run() == nil {
			python = name
		}
		if exec.Command(name, "-c", "import pandas").Run() == nil {
			break
		}
	}
	if python == "" {
		t.Skip("there is no python3 on this machine")
	}
	folder, err := filepath.Abs("clients/python")
	if err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (string, error) {
		cmd := exec.CommandContext(t.Context(), python, args...)
		cmd.Env = append(os.Environ(), "PYTHONPATH="+folder, "PYTHONDONTWRITEBYTECODE=1")
		said, err := cmd.CombinedOutput()
		return string(said), err
	}
	said, err := run("clients/python/examples/average.py", site.url)
	if err != nil || !strings.Contains(said, "average ") {
		t.Errorf("the example: %v: %s", err, said)
	}
	t.Log(said)
	const wrong = `
import sys, yardstick
site = yardstick.Client(sys.argv[1])
try:
    site.area("leicster-city")
    sys.exit("no error")
except yardstick.Failure as error:
    assert error.status == 404 and error.code == "not_found" and error.nearest, vars(error)
rows = site.inspections(programme="cci")
assert len(rows) == len({row["id"] for row in rows}) > 0 and rows.sources is not None
assert len(site.results()) == site.ask("/results", {"limit": 1})["page"]["total"]
`
	if said, err := run("-c", wrong, site.url); err != nil {
		t.Errorf("errors and pages: %v: %s", err, said)
	}
}

func inRRuns(t *testing.T, site *running) {
	if exec.Command("Rscript", "-e", "library(jsonlite)").Run() != nil {
		t.Skip("there is no R with jsonlite on this machine: on Debian, apt-get install r-base-core r-cran-jsonlite")
	}
	library := t.TempDir()
	if said, err := exec.Command("R", "CMD", "INSTALL", "--library="+library, "clients/r").CombinedOutput(); err != nil {
		t.Fatalf("install: %v: %s", err, said)
	}
	cmd := exec.CommandContext(t.Context(), "Rscript", "clients/r/inst/examples/quartiles.R", site.url)
	cmd.Env = append(os.Environ(), "R_LIBS="+library)
	said, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(said), "quartiles ") {
		t.Errorf("the example: %v: %s", err, said)
	}
	t.Logf("%s", said)
}

// clientQuestion is a question as a client's function has it.
type clientQuestion struct {
	name, path, summary, kind string
	parameters                []clientParameter
}

type clientParameter struct {
	name, about string
	required    bool
}

// questionsOf are the questions of the document: kind is rows for a list with pages, table for one without, and ask for
// an answer of another shape. The clients turn pages themselves, and choose the format.
func questionsOf(d described) []clientQuestion {
	var all []clientQuestion
	for _, path := range slices.Sorted(maps.Keys(d.Paths)) {
		get := d.Paths[path].Get
		if get.ID == "openapi" {
			continue
		}
		q := clientQuestion{name: get.ID, path: path, summary: get.Summary, kind: "ask"}
		shape := get.Responses["200"].Content["application/json"].Schema.Properties
		if _, paged := shape["page"]; paged {
			q.kind = "rows"
		} else if shape["data"].Type == "array" {
			q.kind = "table"
		}
		for _, p := range get.Parameters {
			if p.Name == "format" || p.Name == "offset" || p.Name == "limit" && q.kind == "rows" {
				continue
			}
			q.parameters = append(q.parameters, clientParameter{p.Name, p.Description, p.Required})
		}
		slices.SortStableFunc(q.parameters, func(a, b clientParameter) int {
			switch {
			case a.required == b.required:
				return 0
			case a.required:
				return -1
			}
			return 1
		})
		all = append(all, q)
	}
	return all
}

const generated = "# Written from the interface's OpenAPI document by go test ./internal/e2e -run TestClients " +
	"-update.\n"

func inPython(d described) string {
	var out strings.Builder
	out.WriteString(generated + "\n\nclass Questions:\n")
	for n, q := range questionsOf(d) {
		if n > 0 {
			out.WriteString("\n")
		}
		signature, given := []string{"self"}, []string{}
		path := fmt.Sprintf("%q", q.path)
		for _, p := range q.parameters {
			name := p.name
			if slices.Contains([]string{"from", "with"}, name) {
				name += "_"
			}
			if p.required {
				signature = append(signature, name)
			} else {
				signature = append(signature, name+"=None")
			}
			if strings.Contains(q.path, "{"+p.name+"}") {
				path = fmt.Sprintf("%q + %s", strings.TrimSuffix(q.path, "{"+p.name+"}"), "_quoted("+name+")")
				continue
			}
			given = append(given, fmt.Sprintf("%q: %s", p.name, name))
		}
		fmt.Fprintf(&out, "    def %s(%s):\n        \"\"\"%s\n", q.name, strings.Join(signature, ", "), q.summary)
		for _, p := range q.parameters {
			fmt.Fprintf(&out, "\n        %s: %s", p.name, p.about)
		}
		method := map[string]string{"rows": "_rows", "table": "_table", "ask": "ask"}[q.kind]
		if len(q.parameters) > 0 {
			out.WriteString("\n")
		}
		fmt.Fprintf(&out, "        \"\"\"\n        return self.%s(%s, {%s})\n", method, path, strings.Join(given, ", "))
	}
	out.WriteString("\n\ndef _quoted(text):\n    from urllib.parse import quote\n\n    return quote(text, safe=\"\")\n")
	return out.String()
}

func inR(d described) string {
	var out strings.Builder
	out.WriteString(generated)
	for _, q := range questionsOf(d) {
		signature, given := []string{"client"}, []string{}
		path := fmt.Sprintf("%q", q.path)
		fmt.Fprintf(&out, "\n#' %s\n#' @param client what yardstick() returned\n", q.summary)
		for _, p := range q.parameters {
			fmt.Fprintf(&out, "#' @param %s %s\n", p.name, p.about)
			if p.required {
				signature = append(signature, p.name)
			} else {
				signature = append(signature, p.name+" = NULL")
			}
			if strings.Contains(q.path, "{"+p.name+"}") {
				path = fmt.Sprintf("paste0(%q, utils::URLencode(%s, reserved = TRUE))", strings.TrimSuffix(q.path, "{"+p.name+"}"),
					p.name)
				continue
			}
			given = append(given, p.name+" = "+p.name)
		}
		fmt.Fprintf(&out, "#' @export\nys_%s <- function(%s) {\n  ys_%s(client, %s, list(%s))\n}\n",
			q.name, strings.Join(signature, ", "), q.kind, path, strings.Join(given, ", "))
	}
	return out.String()
}

func namespace(d described) string {
	names := []string{"yardstick", "ys_ask"}
	for _, q := range questionsOf(d) {
		names = append(names, "ys_"+q.name)
	}
	slices.Sort(names)
	return generated + "export(" + strings.Join(names, ",\n       ") + ")\nS3method(print, yardstick)\n"
}
