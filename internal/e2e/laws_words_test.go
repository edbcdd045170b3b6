package e2e

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"yardstick/analytics"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/templates"
	"yardstick/queries"
)

// message is a message of one catalogue: its forms by name, and the variables that any of them has.
type message struct {
	file      string
	forms     map[string]string
	variables []string
}

// catalogue reads the messages of a language, by key, as go-i18n does.
func catalogue(t *testing.T, tag string) map[string]message {
	t.Helper()
	bundle := goi18n.NewBundle(language.MustParse(tag))
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	all := make(map[string]message)
	folder := "dashboards/i18n/" + tag
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range files {
		text, err := os.ReadFile(path.Join(folder, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := bundle.ParseMessageFileBytes(text, tag+".toml")
		if err != nil {
			t.Fatalf("%s/%s: %v", folder, entry.Name(), err)
		}
		for _, m := range parsed.Messages {
			if other, twice := all[m.ID]; twice {
				t.Errorf("%s stands in %s and in %s", m.ID, other.file, entry.Name())
			}
			one := message{file: entry.Name(), forms: make(map[string]string)}
			for form, said := range map[string]string{"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many,
				"other": m.Other} {
				if said != "" {
					one.forms[form] = said
					one.variables = append(one.variables, variablesOf(t, m.ID, said)...)
				}
			}
			slices.Sort(one.variables)
			one.variables = slices.Compact(one.variables)
			all[m.ID] = one
		}
	}
	return all
}

// variablesOf are the variables of one form of a message.
func variablesOf(t *testing.T, key, text string) []string {
	t.Helper()
	tree := parse.New(key)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(text, "{{", "}}", make(map[string]*parse.Tree)); err != nil {
		t.Errorf("%s: %v", key, err)
		return nil
	}
	var names []string
	each(tree.Root, func(n parse.Node) {
		if field, ok := n.(*parse.FieldNode); ok {
			names = append(names, field.Ident[0])
		}
	})
	return names
}

// each visits every node under one.
func each(n parse.Node, visit func(parse.Node)) {
	visit(n)
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				each(c, visit)
			}
		}
	case *parse.ActionNode:
		each(n.Pipe, visit)
	case *parse.PipeNode:
		if n != nil {
			for _, c := range n.Cmds {
				each(c, visit)
			}
		}
	case *parse.CommandNode:
		for _, c := range n.Args {
			each(c, visit)
		}
	case *parse.IfNode:
		eachBranch(&n.BranchNode, visit)
	case *parse.WithNode:
		eachBranch(&n.BranchNode, visit)
	case *parse.RangeNode:
		eachBranch(&n.BranchNode, visit)
	case *parse.TemplateNode:
		each(n.Pipe, visit)
	}
}

func eachBranch(n *parse.BranchNode, visit func(parse.Node)) {
	each(n.Pipe, visit)
	each(n.List, visit)
	each(n.ElseList, visit)
}

// The languages say the same things: the same keys, in files of the same names, of the same variables.
func TestLawLanguagesAreEqual(t *testing.T) {
	first := i18n.Languages()[0]
	want := catalogue(t, first)
	for _, tag := range i18n.Languages()[1:] {
		got := catalogue(t, tag)
		for key, m := range want {
			other, ok := got[key]
			switch {
			case !ok:
				t.Errorf("%s is not said in %s", key, tag)
			case other.file != m.file:
				t.Errorf("%s stands in %s in %s, and in %s in %s", key, m.file, first, other.file, tag)
			case len(m.forms) > 1 != (len(other.forms) > 1):
				t.Errorf("%s has plural forms in one of %s and %s", key, first, tag)
			}
			// Words that join a list may depend on how the next one begins.
			had := slices.DeleteFunc(slices.Clone(other.variables),
				func(v string) bool { return key == "list.and" && v == "Vowel" })
			if ok && !slices.Equal(had, m.variables) {
				t.Errorf("%s has the variables %q in %s and %q in %s", key, m.variables, first, other.variables, tag)
			}
		}
		for key := range got {
			if _, ok := want[key]; !ok {
				t.Errorf("%s is said in %s alone", key, tag)
			}
		}
		same := 0
		for key, m := range want {
			if text := m.forms["other"]; len(text) > 20 && text == got[key].forms["other"] {
				same++
				t.Logf("%s is the same in %s and %s: %q", key, first, tag, text)
			}
		}
		if same > len(want)/50 {
			t.Errorf("%d messages of %s are those of %s: they are not translated", same, tag, first)
		}
	}
}

// A message with plural forms has every form that its language knows, by CLDR.
func TestLawPluralsAreWhole(t *testing.T) {
	names := map[plural.Form]string{
		plural.Zero:  "zero",
		plural.One:   "one",
		plural.Two:   "two",
		plural.Few:   "few",
		plural.Many:  "many",
		plural.Other: "other",
	}
	for _, tag := range i18n.Languages() {
		known := make(map[string]bool)
		for n := range 200 {
			known[names[plural.Cardinal.MatchPlural(language.MustParse(tag), n, 0, 0, 0, 0)]] = true
		}
		for key, m := range catalogue(t, tag) {
			if len(m.forms) == 1 && m.forms["other"] != "" {
				continue
			}
			if len(m.forms) != len(known) {
				t.Errorf("%s: %s has the forms %q, and the language %q", tag, key, slices.Sorted(maps.Keys(m.forms)),
					slices.Sorted(maps.Keys(known)))
			}
		}
	}
}

// asked matches a message that Go code or a template asks for by its whole key.
var asked = regexp.MustCompile(`(?:\bSay\(|\bT\(|\{\{-?\s*t\s|\(t\s)"([a-z0-9_.]+)"\s*[,)}"$\w.]`)

// quoted matches a string that could be a key, or the beginning of a key that code completes with an id.
var quoted = regexp.MustCompile(`"([a-z0-9_]+\.[a-z0-9_.]*)"`)

// Every message that is asked for by its whole key exists, and every message is asked for, by its key or by the
// beginning of it. Keys that end in an id are complete if TestLawEveryIdHasItsWords passes; what a message lacks
// otherwise, the page that asks for it reports.
func TestLawEveryMessageIsUsed(t *testing.T) {
	want := make(map[string]string) // key to a file that asks for it
	mentioned := make(map[string]bool)
	err := walk(func(name string, content []byte) error {
		if !strings.HasPrefix(name, "dashboards/") && !strings.HasPrefix(name, "internal/command/") &&
			!strings.HasPrefix(name, "internal/office/") ||
			strings.HasSuffix(name, "_test.go") || path.Ext(name) != ".go" && path.Ext(name) != ".gohtml" {
			return nil
		}
		for _, found := range asked.FindAllSubmatch(content, -1) {
			want[string(found[1])] = name
		}
		for _, found := range quoted.FindAllSubmatch(content, -1) {
			mentioned[string(found[1])] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(want) < 300 {
		t.Fatalf("%d messages are asked for by their whole key", len(want))
	}
	for _, tag := range i18n.Languages() {
		all := catalogue(t, tag)
		for key, file := range want {
			if _, ok := all[key]; !ok && !strings.HasSuffix(key, ".") {
				t.Errorf("%s: %s has no message %s", file, tag, key)
			}
		}
		for key, m := range all {
			if !mentionedInPart(mentioned, key) {
				t.Errorf("%s in %s/%s: nothing asks for it", key, tag, m.file)
			}
		}
	}
}

// mentionedInPart reports whether a key, or a beginning of it that ends in a dot or an underscore, is mentioned.
func mentionedInPart(mentioned map[string]bool, key string) bool {
	if mentioned[key] {
		return true
	}
	for n := range key {
		if (key[n] == '.' || key[n] == '_') && mentioned[key[:n+1]] {
			return true
		}
	}
	return false
}

// templateTrees are all templates by name: files by their base name, as html/template has them, and what they define.
func templateTrees(t *testing.T) map[string]*parse.Tree {
	t.Helper()
	trees := make(map[string]*parse.Tree)
	err := fs.WalkDir(templates.Files(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(templates.Files(), name)
		if err != nil {
			return err
		}
		tree := parse.New(name)
		tree.Mode = parse.SkipFuncCheck
		own := make(map[string]*parse.Tree)
		if _, err := tree.Parse(string(text), "{{", "}}", own); err != nil {
			return err
		}
		for defined, one := range own {
			key := name
			if defined != name {
				key = name + "#" + defined
			}
			trees[key] = one
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return trees
}

// Every file of a template is a page's, or reached from one; every template that is called is there; every page has
// one.
func TestLawEveryTemplateIsReached(t *testing.T) {
	trees := templateTrees(t)
	defined := make(map[string][]string) // what is defined, by name, where
	for key := range trees {
		file, name, isDefinition := strings.Cut(key, "#")
		if !isDefinition {
			name = path.Base(file)
		}
		defined[name] = append(defined[name], key)
	}
	var names []string
	for _, p := range pageNames(t) {
		names = append(names, "pages/"+p+".gohtml#content")
	}
	names = append(names, "pages/error.gohtml#content", "layout.gohtml", "embed.gohtml")
	reached := make(map[string]bool)
	for len(names) > 0 {
		key := names[0]
		names = names[1:]
		tree, ok := trees[key]
		if !ok {
			t.Errorf("%s is not there", key)
			continue
		}
		if reached[key] {
			continue
		}
		reached[key] = true
		each(tree.Root, func(n parse.Node) {
			call, ok := n.(*parse.TemplateNode)
			if !ok || call.Name == "content" {
				return
			}
			at := defined[call.Name]
			if len(at) != 1 {
				t.Errorf("%s calls %q, which is defined in %q", key, call.Name, at)
			}
			names = append(names, at...)
		})
	}
	for key, tree := range trees {
		_, _, isDefinition := strings.Cut(key, "#")
		empty := strings.TrimSpace(tree.Root.String()) == "" // what a file has beside its definitions
		if !reached[key] && (isDefinition || !empty) {
			t.Errorf("%s is reached from no page", key)
		}
	}
}

// route matches a line of the route table.
var route = regexp.MustCompile(`Name:\s*"([a-z_]+)"`)

// pageNames returns the names of the route table.
func pageNames(t *testing.T) []string {
	t.Helper()
	var names []string
	err := walk(func(file string, content []byte) error {
		if _, table, found := bytes.Cut(content, []byte("\nfunc routes() ")); found &&
			path.Dir(file) == "dashboards/site" {
			table, _, _ = bytes.Cut(table, []byte("\n}\n"))
			for _, found := range route.FindAllSubmatch(table, -1) {
				names = append(names, string(found[1]))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 8 {
		t.Fatalf("pages are called %q", names)
	}
	return names
}

// enumerations lists, by the Go type of their constants, the messages that each value needs; * is the value.
var enumerations = []struct {
	kind     string
	messages []string
	except   []string // values without words of their own
}{
	{"Absence", []string{"target.absent.*"}, nil},
	{"Act", []string{"revision.*"}, nil},
	{"Code", []string{"target.reason.*"}, []string{"absent"}},
	{"Confidence", []string{"confidence.*"}, nil},
	{"Criterion", []string{"criterion.*"}, nil},
	{"Direction", []string{"trends.direction.*"}, []string{"unknown"}},
	{"FunnelPlace", []string{"funnel.place.*"}, nil},
	{"GroupKind", []string{"benchmarks.group.*"}, nil},
	{"IntervalBasis", []string{"interval_basis.*"}, nil},
	{"MapAbsence", []string{"map.absence.*", "map.legend.*"}, nil},
	{"Origin", []string{"releases.origin_*"}, nil},
	{"Polarity", []string{"tendency.better.*"}, nil},
	{"ReasonCode", []string{"reason.*"}, []string{"caution"}},
	{"Role", []string{"target.role.*"}, nil},
	{"Sampling", []string{"sampling.*"}, nil},
	{"Side", []string{"trends.side.*"}, []string{"unknown"}},
	{"Skill", []string{"target.verdict.*"}, nil},
	{"Status", []string{"status.*"}, nil},
	{"TrendDirection", []string{"tendency.sentence.*", "tendency.word.*"}, nil},
	{"TrendMethod", []string{"tendency.method.*"}, nil},
	{"TrendRefusal", []string{"tendency.why.*"}, nil},
	{
		"Verdict",
		[]string{"verdict.*.label", "verdict.*.statement", "verdict.*.may", "verdict.*.may_not", "verdict.*.short"},
		nil,
	},
	{"Why", []string{"target.apart.why_*"}, nil},
}

// constant matches the declaration of a constant of a string type: its type and its value.
var constant = regexp.MustCompile(`(?m)^\s*(?:const )?\w+\s+(\w+)\s*=\s*"([a-z0-9_]+)"`)

// Every id that a page may show has words in both languages, rare values of the domain's constants among them.
func TestLawEveryIdHasItsWords(t *testing.T) {
	values := make(map[string][]string) // type to values
	err := walk(func(name string, content []byte) error {
		if path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go") &&
			(strings.HasPrefix(name, "analytics/") || strings.HasPrefix(name, "data/release/")) {
			for _, found := range constant.FindAllSubmatch(content, -1) {
				values[string(found[1])] = append(values[string(found[1])], string(found[2]))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, e := range enumerations {
		if len(values[e.kind]) < 2 {
			t.Errorf("the type %s has the values %q", e.kind, values[e.kind])
		}
		for _, value := range values[e.kind] {
			if slices.Contains(e.except, value) {
				continue
			}
			for _, message := range e.messages {
				keys = append(keys, strings.Replace(message, "*", value, 1))
			}
		}
	}
	for _, rule := range warningRules(t) {
		keys = append(keys, "warning."+rule)
	}
	keys = append(keys, recordKeys(record(t))...)
	for _, tag := range i18n.Languages() {
		all := catalogue(t, tag)
		for _, key := range keys {
			if _, ok := all[key]; !ok {
				t.Errorf("%s has no message %s", tag, key)
			}
		}
	}
}

// refusal matches where code makes an error of a reader's: its type and its kind.
var refusal = regexp.MustCompile(`\b(InvalidError|NotFoundError)\{[^{}]*?\bKind:\s*"([a-z_]+)"`)

// Every refusal that code can make has words in both languages: without them the answer would be a failure of the
// server's.
func TestLawEveryRefusalHasItsWords(t *testing.T) {
	sections := map[string]string{"InvalidError": "error.invalid.", "NotFoundError": "error.not_found."}
	made := make(map[string]string) // key to a file that needs it
	err := walk(func(name string, content []byte) error {
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		for _, found := range refusal.FindAllSubmatch(content, -1) {
			made[sections[string(found[1])]+string(found[2])] = name
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(made) < 30 {
		t.Fatalf("code makes %d kinds of refusals", len(made))
	}
	for _, tag := range i18n.Languages() {
		all := catalogue(t, tag)
		for key, file := range made {
			if _, ok := all[key]; !ok {
				t.Errorf("%s: %s has no message %s", file, tag, key)
			}
		}
	}
}

// recordKeys returns the messages that the shipped record needs.
func recordKeys(record *analytics.Snapshot) []string {
	var keys []string
	for _, s := range record.Scales() {
		keys = append(keys, "scale."+s.ID)
		for _, l := range s.Levels {
			keys = append(keys, "level."+s.ID+"."+l.ID, "map.mark."+l.ID)
		}
	}
	for _, p := range record.Programmes() {
		for _, part := range []string{"name", "short", "about"} {
			keys = append(keys, "programme."+p.ID+"."+part)
		}
		for _, m := range record.Measures(p.ID) {
			keys = append(keys, "measure."+p.ID+"."+m.ID)
			if m.Kind == analytics.KindHeadline {
				keys = append(keys, "measure."+p.ID+"."+m.ID+"_about")
			}
		}
	}
	for _, theme := range record.Themes() {
		keys = append(keys, "theme."+theme)
	}
	for _, i := range record.Inspections() {
		for _, r := range i.Results {
			if r.Comment != "" {
				keys = append(keys, "comment."+r.Comment)
			}
		}
	}
	for _, indicator := range record.Indicators() {
		keys = append(keys, "indicator."+indicator)
	}
	return keys
}

// warningRules returns the checks that may warn: each has words of its own, shown beside the figure.
func warningRules(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(queries.Files(), "checks/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, name := range files {
		text, err := fs.ReadFile(queries.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte("'warning'")) {
			rules = append(rules, strings.TrimSuffix(path.Base(name), ".sql"))
		}
	}
	if len(rules) < 5 {
		t.Errorf("%q may warn", rules)
	}
	return rules
}
