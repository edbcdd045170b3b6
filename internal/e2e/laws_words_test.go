package e2e

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"yardstick/analytics"
	"yardstick/analytics/fake"
	"yardstick/analytics/stats"
	"yardstick/analytics/target"
	"yardstick/dashboards/accessibility"
	"yardstick/dashboards/api"
	"yardstick/dashboards/export/datapackage"
	"yardstick/dashboards/i18n"
	"yardstick/dashboards/templates"
	"yardstick/dashboards/view"
	"yardstick/data"
	"yardstick/data/release"
	"yardstick/queries"
)

// A saying is a place where a message is asked for: its key, with * for what is only known when the program runs, and
// the variables it is given (nil where they cannot be told).
type saying struct {
	at        string
	key       string
	variables []string
}

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
			for form, said := range map[string]string{"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other} {
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
			had := slices.DeleteFunc(slices.Clone(other.variables), func(v string) bool { return key == "list.and" && v == "Vowel" })
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
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
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
				t.Errorf("%s: %s has the forms %q, and the language %q", tag, key, slices.Sorted(maps.Keys(m.forms)), slices.Sorted(maps.Keys(known)))
			}
		}
	}
}

// Every message is asked for somewhere, every message asked for is there, and it is given every variable it has.
func TestLawEveryMessageIsUsed(t *testing.T) {
	sayings := append(saidInGo(t), saidInTemplates(t)...)
	families := families(t)
	used := make(map[string]string)
	for _, s := range sayings {
		if !strings.Contains(s.key, "*") {
			used[s.key] = s.at
			continue
		}
		keys, known := families[s.key]
		if !known {
			t.Errorf("%s: no family of messages is called %s: add it to this law", s.at, s.key)
		}
		for _, key := range keys {
			used[key] = s.at
		}
	}
	for _, tag := range i18n.Languages() {
		all := catalogue(t, tag)
		for key, at := range used {
			if _, ok := all[key]; !ok {
				t.Errorf("%s: %s is not said in %s", at, key, tag)
			}
		}
		for key, m := range all {
			if used[key] == "" {
				t.Errorf("%s in %s/%s is never asked for", key, tag, m.file)
			}
		}
		for _, s := range sayings {
			m, ok := all[s.key]
			if !ok || s.variables == nil {
				continue
			}
			for _, name := range m.variables {
				if !slices.Contains(s.variables, name) {
					t.Errorf("%s: %s in %s needs %s, and is given %q", s.at, s.key, tag, name, s.variables)
				}
			}
			if len(m.forms) > 1 && !slices.Contains(s.variables, "Count") {
				t.Errorf("%s: %s has plural forms and is given no Count", s.at, s.key)
			}
		}
	}
	for name := range families {
		if !slices.ContainsFunc(sayings, func(s saying) bool { return s.key == name }) {
			t.Errorf("the family %s is asked for nowhere: take it out of this law", name)
		}
	}
}

// saidInGo are the calls of Say and T outside tests.
func saidInGo(t *testing.T) []saying {
	t.Helper()
	files, set := sources(t)
	var out []saying
	for _, f := range files {
		if !within(f.dir(), "dashboards") {
			continue
		}
		for _, d := range f.tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			local := localsOf(fn.Body)
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) == 0 {
					return true
				}
				called, ok := call.Fun.(*ast.SelectorExpr)
				if !ok || called.Sel.Name != "Say" && called.Sel.Name != "T" {
					return true
				}
				at := set.Position(call.Pos())
				for _, key := range keysOf(call.Args[0], local, 0) {
					if key == "*" {
						if fn.Name.Name != "Say" { // which only passes its key on
							t.Errorf("%s: which message this asks for cannot be told", at)
						}
						continue
					}
					out = append(out, saying{at: fmt.Sprintf("%s:%d", f.path, at.Line), key: key, variables: given(call)})
				}
				return true
			})
		}
	}
	return out
}

// given are the names of the variables of a call, nil where they are passed on as a whole.
func given(call *ast.CallExpr) []string {
	if call.Ellipsis != token.NoPos {
		return nil
	}
	names := []string{}
	for n := 1; n < len(call.Args); n += 2 {
		if literal, ok := call.Args[n].(*ast.BasicLit); ok {
			if name, err := strconv.Unquote(literal.Value); err == nil {
				names = append(names, name)
			}
		}
	}
	return names
}

// localsOf are what the names of a function's body stand for, as far as that is written there.
func localsOf(body *ast.BlockStmt) map[string][]ast.Expr {
	local := make(map[string][]ast.Expr)
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if len(n.Lhs) == len(n.Rhs) {
				for i, target := range n.Lhs {
					if name, ok := target.(*ast.Ident); ok {
						local[name.Name] = append(local[name.Name], n.Rhs[i])
					}
				}
			}
		case *ast.RangeStmt:
			name, named := n.Value.(*ast.Ident)
			list, listed := n.X.(*ast.CompositeLit)
			if named && listed {
				local[name.Name] = append(local[name.Name], list.Elts...)
			}
		}
		return true
	})
	return local
}

var stars = regexp.MustCompile(`\*+`)

// keysOf are the keys that an expression may be, with * for each part that is not written down.
func keysOf(e ast.Expr, local map[string][]ast.Expr, depth int) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil {
			return []string{text}
		}
	case *ast.ParenExpr:
		return keysOf(e.X, local, depth)
	case *ast.BinaryExpr:
		var out []string
		for _, left := range keysOf(e.X, local, depth) {
			for _, right := range keysOf(e.Y, local, depth) {
				out = append(out, stars.ReplaceAllString(left+right, "*"))
			}
		}
		return out
	case *ast.Ident:
		if depth < 3 && len(local[e.Name]) > 0 {
			var out []string
			for _, value := range local[e.Name] {
				out = append(out, keysOf(value, local, depth+1)...)
			}
			return out
		}
	}
	return []string{"*"}
}

// saidInTemplates are the calls of t in templates.
func saidInTemplates(t *testing.T) []saying {
	t.Helper()
	var out []saying
	for name, tree := range templateTrees(t) {
		each(tree.Root, func(n parse.Node) {
			call, ok := n.(*parse.CommandNode)
			if !ok || len(call.Args) < 2 {
				return
			}
			if function, ok := call.Args[0].(*parse.IdentifierNode); !ok || function.Ident != "t" {
				return
			}
			s := saying{at: tree.ParseName + " (" + name + ")", variables: []string{}}
			switch key := call.Args[1].(type) {
			case *parse.StringNode:
				s.key = key.Text
			case *parse.PipeNode:
				for _, part := range key.Cmds[0].Args[1:] {
					if text, ok := part.(*parse.StringNode); ok {
						s.key += text.Text
					} else {
						s.key += "*"
					}
				}
			default:
				t.Errorf("%s: which message %s asks for cannot be told", s.at, call)
			}
			for i := 2; i < len(call.Args); i += 2 {
				if text, ok := call.Args[i].(*parse.StringNode); ok {
					s.variables = append(s.variables, text.Text)
				}
			}
			out = append(out, s)
		})
	}
	return out
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

// Every file of a template is a page's, or reached from one; every template that is called is there; every page has one.
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

// pageNames are the names of the route table.
func pageNames(t *testing.T) []string {
	t.Helper()
	files, _ := sources(t)
	var names []string
	for _, f := range files {
		if f.dir() != "dashboards/site" {
			continue
		}
		for _, d := range f.tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); !ok || fn.Name.Name != "routes" {
				continue
			}
			ast.Inspect(d, func(n ast.Node) bool {
				if row, ok := n.(*ast.CompositeLit); ok {
					names = append(names, field(row, "Name")...)
				}
				return true
			})
		}
	}
	if len(names) < 8 {
		t.Fatalf("pages are called %q", names)
	}
	return names
}

// field is the text of a field of a composite literal, if it is written there.
func field(e ast.Expr, name string) []string {
	literal, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, item := range literal.Elts {
		pair, ok := item.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if key, ok := pair.Key.(*ast.Ident); ok && key.Name == name {
			if value, ok := pair.Value.(*ast.BasicLit); ok {
				if text, err := strconv.Unquote(value.Value); err == nil {
					return []string{text}
				}
			}
		}
	}
	return nil
}

// families are the messages whose keys are made of ids: what each * may be, from the record, from the domain's
// constants and from the errors that the code makes.
func families(t *testing.T) map[string][]string {
	t.Helper()
	reader, err := fake.Open(data.Record(), analytics.Release{})
	if err != nil {
		t.Fatal(err)
	}
	record, err := analytics.Load(context.Background(), reader)
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string][]string)
	add := func(family string, parts ...string) {
		key := family
		for _, part := range parts {
			key = strings.Replace(key, "*", part, 1)
		}
		if !slices.Contains(all[family], key) {
			all[family] = append(all[family], key)
		}
	}
	words := make(map[string]bool) // of any scale
	for _, s := range record.Scales() {
		add("scale.*", s.ID)
		for _, l := range s.Levels {
			add("level.*.*", s.ID, l.ID)
			words[l.ID] = true
		}
	}
	for _, p := range record.Programmes() {
		for _, part := range []string{"name", "short", "about"} {
			add("programme.*."+part, p.ID)
		}
		if len(record.Measures(p.ID)) > 0 {
			add("data.why.*", p.ID)
		}
		if p.Results > 0 {
			add("finding.ratings_doubt.*", p.ID)
		}
		for _, m := range record.Measures(p.ID) {
			add("measure.*.*", p.ID, m.ID)
			if m.Kind == analytics.KindHeadline {
				add("measure.*.*_about", p.ID, m.ID)
			}
		}
	}
	for _, theme := range record.Themes() {
		add("theme.*", theme)
	}
	for _, i := range record.Inspections() {
		for _, r := range i.Results {
			if r.Comment != "" {
				add("comment.*", r.Comment)
			}
		}
	}
	for _, b := range record.Bands() {
		if !words[b.Word] {
			add("comment.*", b.Word)
		}
	}
	for _, c := range target.Criteria() {
		add("criterion.*", string(c))
	}
	for word := range words {
		add("map.mark.*", word)
	}
	for _, b := range record.Bands() {
		add("map.mark.*", b.Word)
	}
	for quarter := 1; quarter <= 4; quarter++ {
		add("map.quarter.*", strconv.Itoa(quarter))
	}
	for _, absence := range constants(t, "MapAbsence") {
		add("map.absence.*", absence)
		add("map.legend.*", absence)
	}
	for _, code := range []target.Code{target.ReasonFarAbove, target.ReasonAbove, target.ReasonBelow, target.ReasonYearsAbove, target.ReasonRising,
		target.ReasonFalling, target.ReasonPoor, target.ReasonStrong, target.ReasonAbsent} {
		add("target.reason.*", string(code))
	}
	for _, direction := range []stats.TrendDirection{stats.TrendRising, stats.TrendFalling, stats.TrendNone} {
		add("tendency.sentence.*", string(direction))
		add("tendency.word.*", string(direction))
	}
	for _, method := range []analytics.TrendMethod{analytics.TrendByCounts, analytics.TrendByIntervals, analytics.TrendBySpread} {
		add("tendency.method.*", string(method))
	}
	for _, why := range []analytics.TrendRefusal{analytics.TrendNotYearly, analytics.TrendTooShort, analytics.TrendBroken, analytics.TrendAnomalous,
		analytics.TrendAllOrNone, analytics.TrendNoSpread, analytics.TrendUnusable, analytics.TrendOtherAreas} {
		add("tendency.why.*", string(why))
	}
	for _, better := range []analytics.Polarity{analytics.BetterLow, analytics.BetterHigh} {
		add("tendency.better.*", string(better))
	}
	for _, absence := range []target.Absence{target.AbsentUnpublished, target.AbsentSeveral, target.AbsentOld, target.AbsentUninspected} {
		add("target.absent.*", string(absence))
		add("target.absence.*", string(absence))
	}
	for _, field := range []string{target.ParamPlaces, target.ParamStrong, target.ParamPerRegion, target.ParamExclude} {
		add("target.field.*", field)
	}
	for _, role := range []target.Role{target.RoleConcern, target.RoleStrong} {
		add("target.role.*", string(role))
	}
	for _, act := range []analytics.Act{analytics.ActAdded, analytics.ActCorrected, analytics.ActWithdrawn} {
		add("revision.*", string(act))
	}
	for _, origin := range []release.Origin{release.OriginShipped, release.OriginRegister} {
		add("releases.origin_*", string(origin))
	}
	indicators, err := fs.Glob(data.Record(), "indicators/*.csv")
	if err != nil || len(indicators) == 0 {
		t.Fatalf("%d indicators, %v", len(indicators), err)
	}
	for _, file := range indicators {
		add("indicator.*", strings.TrimSuffix(path.Base(file), ".csv"))
	}
	for _, file := range []string{"results/cci.csv", "benchmarks/published.csv", indicators[0], "areas/areas.csv"} {
		for _, column := range release.Columns(file) {
			add("field.*", column)
		}
	}
	for _, list := range []string{"alias", "name", "predecessor"} { // what an area has several of
		add("field.*", list)
	}
	for month := 1; month <= 12; month++ {
		add("date.month.*", strconv.Itoa(month))
	}
	for _, tag := range i18n.Languages() {
		add("language.*", tag)
	}
	for _, end := range []string{"lowest", "highest"} {
		add("printed.*_coverage", end)
		add("printed.*_held", end)
	}
	for _, basis := range []analytics.IntervalBasis{analytics.OnCases, analytics.AsIfCases, analytics.PartOfCases, analytics.NoSample} {
		add("interval_basis.*", string(basis))
	}
	for _, place := range []stats.FunnelPlace{stats.FunnelBelow998, stats.FunnelBelow95, stats.FunnelWithin, stats.FunnelAbove95, stats.FunnelAbove998} {
		add("funnel.place.*", string(place))
	}
	for family, kind := range map[string]string{"sampling.*": "Sampling", "status.*": "Status", "confidence.*": "Confidence", "benchmarks.group.*": "GroupKind", "reason.*": "ReasonCode"} {
		for _, value := range constants(t, kind) {
			if family != "reason.*" || value != string(analytics.ReasonCaution) { // which is said by its caution
				add(family, value)
			}
		}
	}
	for family, kind := range map[string]string{"trends.direction.*": "Direction", "trends.side.*": "Side"} {
		for _, value := range constants(t, kind) {
			if value != string(analytics.DirectionUnknown) { // which has words of its own
				add(family, value)
			}
		}
	}
	for _, i := range record.Indicators() {
		for _, o := range record.Observations(i) {
			if o.Basis != "" {
				add("basis.*", o.Basis)
			}
		}
	}
	for _, verdict := range constants(t, "Verdict") {
		for _, part := range []string{"label", "statement", "may", "may_not", "short"} {
			add("verdict.*."+part, verdict)
		}
	}
	for _, code := range []analytics.ReasonCode{analytics.ReasonNoSharedTheme, analytics.ReasonDifferentFootprints, analytics.ReasonOverlappingFootprint} {
		add("compare.pairs.*", string(code))
	}
	for _, rule := range warningRules(t) {
		add("warning.*", rule)
	}
	for _, t := range datapackage.Tables(record) {
		add("data.table.*", t.Name)
	}
	cautions, err := reader.Cautions(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cautions {
		add("caution.*", c.ID)
	}
	errorFamilies(t, add)
	methodFamilies(t, add)
	apiFamilies(t, record, add)
	accessibilityFamilies(t, add)
	return all
}

// constants are the values of the domain's constants of a type.
func constants(t *testing.T, kind string) []string {
	t.Helper()
	files, _ := sources(t)
	var values []string
	for _, f := range files {
		if f.dir() != "analytics" {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			if name, ok := spec.Type.(*ast.Ident); ok && name.Name == kind {
				for _, value := range spec.Values {
					if literal, ok := value.(*ast.BasicLit); ok {
						if text, err := strconv.Unquote(literal.Value); err == nil {
							values = append(values, text)
						}
					}
				}
			}
			return true
		})
	}
	if len(values) < 2 {
		t.Fatalf("%s has the values %q", kind, values)
	}
	return values
}

// errorFamilies are the kinds of error that the code makes, and the codes they are sorted into.
func errorFamilies(t *testing.T, add func(string, ...string)) {
	t.Helper()
	files, _ := sources(t)
	codes := make(map[string]bool)
	for _, f := range files {
		for _, d := range f.tree.Decls {
			classifies := false
			if fn, ok := d.(*ast.FuncDecl); ok && f.dir() == "dashboards/server" {
				classifies = fn.Name.Name == "classify"
			}
			ast.Inspect(d, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CompositeLit:
					switch typeName(n.Type) {
					case "NotFoundError":
						for _, kind := range field(n, "Kind") {
							add("error.not_found.*", kind)
						}
					case "InvalidError":
						for _, kind := range field(n, "Kind") {
							add("error.invalid.*", kind)
						}
					case "Failure":
						for _, code := range field(n, "Code") {
							codes[code] = true
						}
					}
				case *ast.KeyValueExpr:
					if key, ok := n.Key.(*ast.SelectorExpr); ok && classifies && strings.HasPrefix(key.Sel.Name, "Status") {
						for _, code := range keysOf(n.Value, nil, 0) {
							codes[code] = true
						}
					}
				case *ast.AssignStmt:
					if name, ok := n.Lhs[0].(*ast.Ident); ok && classifies && name.Name == "code" && n.Tok == token.ASSIGN {
						for _, code := range keysOf(n.Rhs[0], nil, 0) {
							codes[code] = true
						}
					}
				}
				return true
			})
		}
	}
	delete(codes, "*")
	if len(codes) < 6 {
		t.Fatalf("errors are sorted into %q", slices.Sorted(maps.Keys(codes)))
	}
	for code := range codes {
		add("error.*.title", code)
		if code != "not_found" && code != "invalid" { // whose messages are by kind
			add("error.*.message", code)
		}
	}
	for _, name := range []string{"area", "inspection"} { // the pages with an id, whose name is the kind
		add("error.not_found.*", name)
	}
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// methodFamilies are the sections and paragraphs of the methodology page, from its own table.
func methodFamilies(t *testing.T, add func(string, ...string)) {
	t.Helper()
	files, _ := sources(t)
	found := 0
	for _, f := range files {
		if f.dir() != "dashboards/site" {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			table, ok := n.(*ast.ValueSpec)
			if !ok || table.Names[0].Name != "methods" || len(table.Values) != 1 {
				return true
			}
			for _, row := range table.Values[0].(*ast.CompositeLit).Elts {
				parts := row.(*ast.CompositeLit).Elts
				id := keysOf(parts[0], nil, 0)[0]
				add("methodology.*.heading", id)
				for _, paragraph := range literals(parts[1]) {
					add("methodology.*.p*", id, paragraph)
					found++
				}
			}
			return false
		})
	}
	if found < 5 {
		t.Errorf("the methodology has %d paragraphs", found)
	}
}

// accessibilityFamilies are what the statement of accessibility names: checks, kinds of pages, limits.
func accessibilityFamilies(t *testing.T, add func(string, ...string)) {
	t.Helper()
	s, err := accessibility.Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range s.Checks {
		add("accessibility.checks.*", c.ID)
	}
	for _, kind := range s.Kinds {
		add("accessibility.kind.*", kind)
	}
	files, _ := sources(t)
	for _, f := range files {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if list, ok := n.(*ast.ValueSpec); ok && f.dir() == "dashboards/site" && list.Names[0].Name == "accessibilityLimits" && len(list.Values) == 1 {
				for _, limit := range literals(list.Values[0]) {
					add("accessibility.limit.*", limit)
				}
			}
			return true
		})
	}
}

// apiFamilies are the words of the interface: of its endpoints, parameters and errors, of every field that an answer may
// have, and of the rules that its page lists.
func apiFamilies(t *testing.T, record *analytics.Snapshot, add func(string, ...string)) {
	t.Helper()
	for _, e := range api.Endpoints() {
		add("api.path.*", e.Name)
		add("api.about.*", e.Name)
		for _, p := range e.Parameters() {
			add("api.param.*", p.Name)
		}
	}
	for _, f := range api.Failures() {
		add("api.status.*", strconv.Itoa(f.Status))
	}
	english, err := i18n.Load("en")
	if err != nil {
		t.Fatal(err)
	}
	document, err := api.Describe(record, view.NewWords(english, record))
	if err != nil {
		t.Fatal(err)
	}
	for kind, schema := range document.Components.Schemas {
		for name := range schema.Properties {
			if own := strings.ToLower(kind) + "_" + name; english.Has("api.field." + own) {
				name = own
			}
			add("api.field.*", name)
		}
	}
	files, _ := sources(t)
	for _, f := range files {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			if list, ok := n.(*ast.ValueSpec); ok && f.dir() == "dashboards/site" && list.Names[0].Name == "apiRules" && len(list.Values) == 1 {
				for _, rule := range literals(list.Values[0]) {
					add("api.heading.*", rule)
					add("api.rule.*", rule)
				}
			}
			return true
		})
	}
}

// warningRules are the checks that may warn: whatever they find is shown beside the figure, in words of their own.
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
