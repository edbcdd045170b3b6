package browsertest

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"yardstick/dashboards/accessibility"
)

var update = flag.Bool("update", false, "write what is found to the accessibility statement")

// tools are what pages are held to, each as the lock file of npm has it.
var tools = []string{"axe-core", "html-validate", "lighthouse"}

// findings are what the checks looked at and found. It is safe for concurrent use.
type findings struct {
	stated accessibility.Statement

	mu       sync.Mutex
	checks   []*check
	rules    map[string]bool
	failures map[accessibility.Failure]bool
}

// check is what one check has looked at.
type check struct {
	id        string
	languages map[string]bool
	widths    map[int]bool
	pages     map[string]bool
}

func newFindings(t *testing.T) *findings {
	t.Helper()
	stated, err := accessibility.Read()
	if err != nil {
		t.Fatal(err)
	}
	f := &findings{stated: stated, rules: make(map[string]bool), failures: make(map[accessibility.Failure]bool)}
	for _, id := range []string{checkRules, checkReflow, checkText, checkKeyboard, checkFocus, checkColours, checkMotion} {
		f.checks = append(f.checks, &check{
			id:        id,
			languages: make(map[string]bool),
			widths:    make(map[int]bool),
			pages:     make(map[string]bool),
		})
	}
	return f
}

// looked says that a check has looked at a page.
func (f *findings) looked(id string, v visit) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.checks {
		if c.id == id {
			c.languages[v.language], c.widths[v.width], c.pages[v.path] = true, true, true
		}
	}
}

// tried says which rules of axe-core applied to a page.
func (f *findings) tried(rules []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, rule := range rules {
		f.rules[rule] = true
	}
}

// fault fails the test, unless the statement owns up to it.
func (f *findings) fault(t *testing.T, check, rule string, v visit, format string, values ...any) {
	t.Helper()
	failure := accessibility.Failure{Kind: v.kind(), Check: check, Rule: rule, Language: v.language}
	f.mu.Lock()
	f.failures[failure] = true
	f.mu.Unlock()
	say := t.Errorf
	if slices.Contains(f.stated.Failures, failure) {
		say = t.Logf
	}
	say("%s at %d wide, %s: "+format, append([]any{v.address(), v.width, check}, values...)...)
}

// hold compares what was found with what the site states, or writes it there.
func (f *findings) hold(t *testing.T) {
	t.Helper()
	if run := flag.Lookup("test.run").Value.String(); strings.Contains(run, "/") {
		t.Logf("only a part was looked at: the statement is not held to it")
		return
	}
	found := f.statement(t)
	if *update {
		text, err := json.MarshalIndent(found, "", "  ")
		if err == nil {
			err = os.WriteFile(filepath.Join("..", "accessibility", accessibility.File), append(text, '\n'), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	found.Checked, found.Browser = f.stated.Checked, f.stated.Browser // of when and where it was last written
	if diff := cmp.Diff(f.stated, found); diff != "" {
		t.Errorf(
			"the accessibility statement is not what was found (-stated +found); go test ./dashboards/browsertest -run "+
				"TestAccessibility -update writes it:\n%s",
			diff,
		)
	}
}

func (f *findings) statement(t *testing.T) accessibility.Statement {
	t.Helper()
	s := accessibility.Statement{
		Checked:  time.Now().Format(time.DateOnly),
		Browser:  browserVersion(t),
		Rules:    len(f.rules),
		Failures: []accessibility.Failure{},
	}
	for _, name := range tools {
		s.Tools = append(s.Tools, accessibility.Tool{Name: name, Version: installed(t, name)})
	}
	for _, p := range oneOfEach() {
		s.Kinds = append(s.Kinds, p.kind())
	}
	for _, c := range f.checks {
		s.Checks = append(s.Checks, accessibility.Check{ID: c.id, Languages: keys(languages, c.languages),
			Widths: keys(slices.Concat(windowWidths, widths[1:]), c.widths), Pages: len(c.pages)})
	}
	for failure := range f.failures {
		s.Failures = append(s.Failures, failure)
	}
	slices.SortFunc(s.Failures, func(a, b accessibility.Failure) int {
		return strings.Compare(a.Kind+" "+a.Check+" "+a.Rule+" "+a.Language,
			b.Kind+" "+b.Check+" "+b.Rule+" "+b.Language)
	})
	return s
}

// keys are those of a list that a set has, in the order of the list.
func keys[K comparable](list []K, set map[K]bool) []K {
	return slices.DeleteFunc(slices.Clone(list), func(k K) bool { return !set[k] })
}

// installed is the version of a package of npm.
func installed(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../static/node_modules/" + name + "/package.json")
	if err != nil {
		t.Fatalf("%s is not installed (make assets installs it): %v", name, err)
	}
	var described struct{ Version string }
	if err := json.Unmarshal(text, &described); err != nil {
		t.Fatal(err)
	}
	return described.Version
}

// browserVersion is the browser's name and major version.
func browserVersion(t *testing.T) string {
	t.Helper()
	_, product, _, _, _, err := cdpbrowser.GetVersion().Do(
		cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser))
	if err != nil {
		t.Fatal(err)
	}
	name, version, _ := strings.Cut(strings.TrimPrefix(product, "Headless"), "/")
	major, _, _ := strings.Cut(version, ".")
	return name + " " + major
}
