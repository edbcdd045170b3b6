package e2e

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"yardstick/data"
	"yardstick/data/release"
	"yardstick/queries"
)

// The laws check the whole repository against its design: what may import what, where SQL and words are, what is used.
// `go test -run Law ./internal/e2e` runs them alone.

const module = "yardstick"

// goFile is one file of Go, parsed.
type goFile struct {
	path string // from the root, with slashes
	tree *ast.File
	test bool
}

// dir is the folder of the file, and so its package.
func (f goFile) dir() string { return path.Dir(f.path) }

type parsed struct {
	files []goFile
	set   *token.FileSet
	err   error
}

var parseAll = sync.OnceValue(func() parsed {
	p := parsed{set: token.NewFileSet()}
	p.err = walk(func(name string, content []byte) error {
		if path.Ext(name) != ".go" {
			return nil
		}
		tree, err := parser.ParseFile(p.set, name, content, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		p.files = append(p.files, goFile{path: name, tree: tree, test: strings.HasSuffix(name, "_test.go")})
		return nil
	})
	return p
})

// walk visits every file of the repository that is written by hand, by its path from the root.
func walk(visit func(name string, content []byte) error) error {
	built := []string{".git", "bin", "dist", "var", "screenshots", "static/dist", "static/node_modules",
		".ci/node/node_modules"}
	return filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains(built, name):
			return filepath.SkipDir
		case !entry.Type().IsRegular() || name == ".git" || strings.HasSuffix(name, ".test") ||
			strings.HasSuffix(name, ".prof"):
			return nil
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return visit(name, content)
	})
}

// sources are the files of Go outside tests.
func sources(t *testing.T) ([]goFile, *token.FileSet) {
	t.Helper()
	p := parseAll()
	if p.err != nil {
		t.Fatal(p.err)
	}
	var out []goFile
	for _, f := range p.files {
		if !f.test {
			out = append(out, f)
		}
	}
	return out, p.set
}

// listed is a package as `go list` tells it, tests left out.
type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,Deps", "./...")
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// within says whether a package is another or lies below it.
func within(pkg, parent string) bool { return pkg == parent || strings.HasPrefix(pkg, parent+"/") }

func own(pkg string) bool { return within(pkg, module) }

// external says whether a package is neither ours nor the standard library's, whose paths begin without a dot.
func external(pkg string) bool {
	first, _, _ := strings.Cut(pkg, "/")
	return strings.Contains(first, ".")
}

// database says whether a package may know the database: the reader, the builder and the scorer.
func database(name string) bool {
	return slices.Contains([]string{"analytics/duck", "analytics/score", "data/release"}, name)
}

// officeStore has the office's own database, which no release comes from.
const officeStore = "internal/office/store"

// Arrows point one way: leaves, then the domain, then its adapters and the web, then the command line, which alone
// knows both.
func TestLawImports(t *testing.T) {
	leaves := []string{"analytics/stats", "queries", "static", "dashboards/i18n", "dashboards/templates", "data",
		"data/finding"}
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		if strings.HasSuffix(name, "test") {
			continue // a package of tests: the first case below keeps everything else from importing it
		}
		forbid := func(imported, why string) { t.Errorf("%s imports %s: %s", p.ImportPath, imported, why) }
		for _, i := range p.Imports {
			to := strings.TrimPrefix(i, module+"/")
			switch {
			case own(i) && strings.HasSuffix(to, "test"):
				forbid(i, "only tests may")
			case slices.Contains(leaves, name) && own(i):
				forbid(i, "a leaf imports nothing of ours")
			case name == "analytics" && (external(i) || own(i) && to != "analytics/stats"):
				forbid(i, "the domain is the standard library and its statistics alone")
			case within(to, "dashboards") && own(i) && !within(name, "dashboards") && name != "internal/command" &&
				!(name == "internal/office" && (to == "dashboards/i18n" || to == "dashboards/view")):
				forbid(i, "only the command line knows the web; the office speaks as the pages do")
			case within(to, "internal/office") && own(i) && name != "internal/office" && name != "internal/command":
				forbid(i, "the public site knows nothing of the office")
			case (within(i, "github.com/gofiber/fiber/v2") || within(i, "github.com/valyala/fasthttp")) &&
				name != "dashboards/server":
				forbid(i, "the web framework stays in one package")
			case within(i, "github.com/go-echarts/go-echarts/v2") && name != "dashboards/charts":
				forbid(i, "charts are made in one package")
			case within(i, "github.com/duckdb/duckdb-go/v2") && !database(name):
				forbid(i, "the database is behind the reader, the builder and the scorer")
			case i == "database/sql" && !database(name) && name != officeStore:
				forbid(i, "the database is behind the reader, the builder and the scorer")
			case within(i, "modernc.org/sqlite") && name != officeStore:
				forbid(i, "the office's own database is behind its store")
			case (to == "analytics/duck" || to == "analytics/score") && own(i) && name != "internal/command":
				forbid(i, "only the command line wires stores")
			case to == "internal/command" && own(i) && name != module:
				forbid(i, "only main runs the command line")
			}
		}
		for _, d := range p.Deps {
			if within(name, "dashboards") &&
				(d == "database/sql" || within(d, module+"/analytics/duck") || within(d, module+"/data") ||
					within(d, module+"/queries")) {
				t.Errorf("%s reaches %s: pages know the domain and no store", p.ImportPath, d)
			}
		}
	}
}

var statement = regexp.MustCompile(
	`(?is)^[\s(]*(select\s+\S|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|merge\s+into\s|with\s+(recursive\s+)?\w+\s+as\s*\(` +
		`|(create|drop|alter)\s+(or\s+replace\s+)?(temp(orary)?\s+)?(table|view|macro|schema|index|sequence|type|function)\b|pragma\s|attach\s+'|copy\s+\S+\s+(to|from)\s|export\s+database|from\s+\w+\s+select\b|explain\s)`,
)

// SQL stands in files, where it is named, commented and checked.
func TestLawNoSQLInGo(t *testing.T) {
	files, set := sources(t)
	for _, f := range files {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			if text, err := strconv.Unquote(literal.Value); err == nil && statement.MatchString(text) {
				t.Errorf("%s: SQL in Go: %.60q", set.Position(literal.Pos()), text)
			}
			return true
		})
	}
}

// Every file of SQL begins with a comment, and is of a stage of the build, or asked for by name.
func TestLawEveryQueryIsUsed(t *testing.T) {
	files, _ := sources(t)
	named := make(map[string]bool)
	var stages []string
	for _, f := range files {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					named[text] = true
				}
			case *ast.ValueSpec:
				if f.dir() == "data/release" && n.Names[0].Name == "stages" && len(n.Values) == 1 {
					stages = literals(n.Values[0])
				}
			}
			return true
		})
	}
	if len(stages) < 4 {
		t.Fatalf("data/release builds in the stages %q", stages)
	}
	count := 0
	err := fs.WalkDir(queries.Files(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		count++
		text, err := fs.ReadFile(queries.Files(), name)
		if err != nil {
			return err
		}
		if !bytes.HasPrefix(text, []byte("-- ")) {
			t.Errorf("queries/%s does not begin with a comment", name)
		}
		if !slices.Contains(stages, path.Dir(name)) && !named[name] {
			t.Errorf("queries/%s is asked by nobody", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range named {
		if path.Ext(name) == ".sql" && !strings.Contains(name, "*") && name != ".sql" {
			if _, err := fs.Stat(queries.Files(), name); err != nil {
				t.Errorf("%s is asked for and not there", name)
			}
		}
	}
	if count < 30 {
		t.Errorf("%d queries", count)
	}
	err = walk(func(name string, _ []byte) error {
		if path.Ext(name) == ".sql" && !strings.HasPrefix(name, "queries/") {
			t.Errorf("%s: SQL stands under queries/", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// literals are the strings of a list.
func literals(e ast.Expr) []string {
	list, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	var out []string
	for _, item := range list.Elts {
		if literal, ok := item.(*ast.BasicLit); ok {
			if text, err := strconv.Unquote(literal.Value); err == nil {
				out = append(out, text)
			}
		}
	}
	return out
}

// Every name that another package may use says what it is.
func TestLawEveryExportedNameIsDocumented(t *testing.T) {
	files, set := sources(t)
	packages := make(map[string]bool)
	for _, f := range files {
		packages[f.dir()] = packages[f.dir()] || f.tree.Doc != nil
		for _, d := range f.tree.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
					t.Errorf("%s: %s has no comment", set.Position(d.Pos()), d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch s := spec.(type) {
					case *ast.TypeSpec:
						if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
							t.Errorf("%s: %s has no comment", set.Position(s.Pos()), s.Name.Name)
						}
					case *ast.ValueSpec:
						for _, name := range s.Names {
							if name.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
								t.Errorf("%s: %s has no comment", set.Position(s.Pos()), name.Name)
							}
						}
					}
				}
			}
		}
	}
	for dir, documented := range packages {
		if !documented {
			t.Errorf("the package in %s has no comment", dir)
		}
	}
}

// exportedReceiver says whether a function is one of the package, or a method of a type that others can name.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	kind := d.Recv.List[0].Type
	if star, ok := kind.(*ast.StarExpr); ok {
		kind = star.X
	}
	if generic, ok := kind.(*ast.IndexExpr); ok {
		kind = generic.X
	}
	name, ok := kind.(*ast.Ident)
	return ok && name.IsExported()
}

// A doc.go that lists files lists files that are there.
func TestLawFoldersListTheirFiles(t *testing.T) {
	files, _ := sources(t)
	name := regexp.MustCompile(`\b[a-z]\w*\.go\b`)
	for _, f := range files {
		if filepath.Base(f.path) != "doc.go" || f.tree.Doc == nil {
			continue
		}
		for _, listed := range name.FindAllString(f.tree.Doc.Text(), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(f.path), listed)); err != nil {
				t.Errorf("%s lists %s, which is not there", f.path, listed)
			}
		}
	}
}

// A lock file without addresses installs from whichever registry a machine uses, and is checked by hash all the same.
func TestLawLockFiles(t *testing.T) {
	for _, file := range []string{"static/package-lock.json", ".ci/node/package-lock.json"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var lock struct {
			Packages map[string]struct {
				Version, Resolved, Integrity string
				InBundle                     bool // it comes inside another package, whose hash covers it
			}
		}
		if err := json.Unmarshal(text, &lock); err != nil {
			t.Fatal(err)
		}
		for name, p := range lock.Packages {
			if p.Resolved != "" {
				t.Errorf("%s: %s is resolved to %s", file, name, p.Resolved)
			}
			if name != "" && (p.Integrity == "" && !p.InBundle || p.Version == "") {
				t.Errorf("%s: %s has no version or no hash", file, name)
			}
		}
		if len(lock.Packages) < 4 {
			t.Errorf("%s: %d packages", file, len(lock.Packages))
		}
	}
}

// No file names a machine's own folders, or a registry that only some networks reach.
func TestLawNoMachineIsNamed(t *testing.T) {
	folders := regexp.MustCompile(`(^|[\s"'=(:,\x60])/(wo` + `rk|ro` + `ot|ho` + `me/\w+|tm` + `p/bash)\b/?`)
	hosts := []string{
		"proxy." + "golang.org",
		"sum." + "golang.org",
		"registry." + "npmjs.org",
		"deb." + "debian.org",
		"goproxy." + "io",
	}
	files := 0
	err := walk(func(name string, content []byte) error {
		files++
		for n, line := range strings.Split(string(content), "\n") {
			if found := folders.FindString(line); found != "" && path.Ext(name) != ".csv" {
				t.Errorf("%s:%d: names the folder %q", name, n+1, strings.TrimSpace(found))
			}
			for _, host := range hosts {
				if strings.Contains(line, host) {
					t.Errorf("%s:%d: names %s", name, n+1, host)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("%d files were read", files)
	}
}

// Every row of the shipped record passes every rule, that it names its source among them.
func TestLawRecordPasses(t *testing.T) {
	findings, err := release.Builder{
		Record:  data.Record(),
		Queries: queries.Files(),
		Now:     time.Now,
	}.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Refuses() {
			t.Error(f)
		}
	}
	if _, err := fs.Stat(queries.Files(), "checks/rows_are_sourced.sql"); err != nil {
		t.Errorf("sources are not checked: %v", err)
	}
}

// longestLine is how many columns a line of Go may have outside tests, a tab being one.
const longestLine = 120

// Lines of Go fit on a screen beside another.
func TestLawColumns(t *testing.T) {
	err := walk(func(name string, content []byte) error {
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		for n, line := range strings.Split(string(content), "\n") {
			if columns := utf8.RuneCountInString(line); columns > longestLine {
				t.Errorf("%s:%d: %d columns", name, n+1, columns)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
