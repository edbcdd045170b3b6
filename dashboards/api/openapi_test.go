package api

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"maps"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"yardstick/analytics"
	"yardstick/dashboards/export"
	"yardstick/dashboards/view"
)

var (
	update  = flag.Bool("update", false, "write docs/openapi.json: the interface as published")
	current = flag.String("current", "", "file to write the interface's document of today to")
)

// published is the document of the last version of the program that was published.
const published = "../../docs/openapi.json"

// .ci/interface compares today's document with the published one, which a new version of the interface replaces.
func TestPublishedDocumentIsOfThisMajorVersion(t *testing.T) {
	var today bytes.Buffer
	if err := json.Indent(&today, described(t), "", "  "); err != nil {
		t.Fatal(err)
	}
	today.WriteByte('\n')
	files := []string{*current}
	if *update {
		files = append(files, published)
	}
	for _, file := range files {
		if file == "" {
			continue
		}
		if err := os.WriteFile(file, today.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(published)
	if err != nil {
		t.Fatal(err)
	}
	var was Document
	if err := json.Unmarshal(content, &was); err != nil {
		t.Fatal(err)
	}
	major, _, _ := strings.Cut(Version, ".")
	if !strings.HasPrefix(was.Info.Version, major+".") || len(was.Paths) == 0 {
		t.Errorf("the published document is of version %q, the interface of %s: run this test with -update",
			was.Info.Version, Version)
	}
}

// described is the document of the shipped record, as it is sent.
func described(t testing.TB) []byte {
	t.Helper()
	snapshot, err := shippedSnapshot()
	if err != nil {
		t.Fatal(err)
	}
	spoken, err := languages()
	if err != nil {
		t.Fatal(err)
	}
	document, err := Describe(snapshot, view.NewWords(spoken["en"], snapshot))
	if err != nil {
		t.Fatal(err)
	}
	body, err := document.JSON()
	if err != nil {
		t.Fatal(err)
	}
	return body.Content
}

// The document is OpenAPI 3.1 by a library's reading of it, schemas and examples included.
func TestDocumentIsValid(t *testing.T) {
	loader := openapi3.NewLoader()
	document, err := loader.LoadFromData(described(t))
	if err != nil {
		t.Fatal(err)
	}
	if !document.IsOpenAPI31OrLater() {
		t.Errorf("it says %s", document.OpenAPI)
	}
	if err := document.Validate(loader.Context); err != nil {
		t.Error(err)
	}
	if !bytes.Equal(described(t), described(t)) {
		t.Error("made again it is another")
	}
}

// The document has every endpoint with exactly the parameters that it takes, and nothing else.
func TestDocumentIsComplete(t *testing.T) {
	var d Document
	if err := json.Unmarshal(described(t), &d); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{DocumentPath: true}
	for _, e := range Endpoints() {
		want[e.Template()] = true
		names := make(map[string]bool)
		for _, p := range d.Paths[e.Template()].Get.Parameters {
			names[p.Name] = true
			if p.Description == "" || p.Schema == nil {
				t.Errorf("%s: %s is not described", e.Path, p.Name)
			}
		}
		taken := make(map[string]bool)
		for _, name := range e.query() {
			taken[name] = true
		}
		if strings.HasSuffix(e.Path, ":id") {
			taken["id"] = true
		}
		if !maps.Equal(names, taken) {
			t.Errorf("%s: it describes %v and takes %v", e.Path, names, taken)
		}
		content := d.Paths[e.Template()].Get.Responses["200"].Content
		if len(content) != len(export.Formats()) {
			t.Errorf("%s: it describes %d formats of %d", e.Path, len(content), len(export.Formats()))
		}
	}
	if got := slices.Sorted(maps.Keys(d.Paths)); !slices.Equal(got, slices.Sorted(maps.Keys(want))) {
		t.Errorf("it has the paths %q", got)
	}
}

// schemaAt compiles one schema of the document. No object of an answer may have a field that the document leaves
// out, so every schema is closed first, which the document itself leaves open for fields to come.
func schemaAt(t testing.TB, pointer string) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(described(t)))
	if err != nil {
		t.Fatal(err)
	}
	var seal func(node any)
	seal = func(node any) {
		switch node := node.(type) {
		case map[string]any:
			if _, object := node["properties"].(map[string]any); object && node["type"] == "object" {
				node["additionalProperties"] = false
			}
			for _, value := range node {
				seal(value)
			}
		case []any:
			for _, item := range node {
				seal(item)
			}
		}
	}
	seal(document)
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	if err := compiler.AddResource("https://example.test/openapi.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("https://example.test/openapi.json#" + pointer)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// inPointer is text as it stands in the pointer of an address.
func inPointer(text string) string {
	return url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(text))
}

// Every answer is what the document says of it: each endpoint's example, and the addresses that other tests ask.
func TestAnswersFitTheDocument(t *testing.T) {
	more := []string{
		"/areas",
		"/inspections",
		"/results",
		"/indicators?indicator=reoffending_rate_percent",
		"/trends?theme=overall",
		"/sources",
		"/target",
		"/compare?with=" + rutland + "&with=bexley-cci-2012",
		"/benchmarks?programme=fji&measure=reducing_reoffending",
		"/inspections/" + rutland,
		"/areas?q=nothing+of+the+kind",
		"/results?offset=100000",
		"/inspections?limit=1&offset=7",
	}
	for _, e := range Endpoints() {
		more = append(more, e.Example)
		if _, err := ask(t, e.Example); err != nil {
			t.Errorf("%s: %v", e.Example, err)
		}
	}
	for _, address := range more {
		body, err := ask(t, address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		path, _, _ := strings.Cut(address, "?")
		e, _, _ := Find(path)
		schema := schemaAt(t,
			"/paths/"+inPointer(e.Template())+"/get/responses/200/content/"+inPointer("application/json")+"/schema")
		answer, err := jsonschema.UnmarshalJSON(bytes.NewReader(body.Content))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(answer); err != nil {
			t.Errorf("%s: %v", address, err)
		}
		delete(answer.(map[string]any), "release")
		if schema.Validate(answer) == nil {
			t.Errorf("%s: an answer without its release fits too", address)
		}
	}
}

// An endpoint is declared whole: its example is of it, its parameters are in the table, and no parameter is in vain.
func TestEndpointsAreDeclared(t *testing.T) {
	used := map[string]bool{}
	names := make(map[string]bool)
	for _, e := range Endpoints() {
		path, query, _ := strings.Cut(e.Example, "?")
		if found, _, ok := Find(path); !ok || found.Path != e.Path {
			t.Errorf("%s: its example %s is of %s", e.Path, e.Example, found.Path)
		}
		if _, err := url.ParseQuery(query); err != nil {
			t.Errorf("%s: %v", e.Example, err)
		}
		if names[e.Name] {
			t.Errorf("two endpoints are called %s", e.Name)
		}
		names[e.Name] = true
		for _, p := range e.Parameters() {
			used[p.Name] = true
			if p.schema == nil {
				t.Errorf("%s: a parameter is not in the table", e.Path)
			}
		}
		for _, name := range e.Required {
			if !slices.Contains(e.Params, name) {
				t.Errorf("%s: %s is required and not taken", e.Path, name)
			}
		}
		if list := reflect.TypeOf(e.shape).Kind() == reflect.Slice; e.Paged && !list {
			t.Errorf("%s: parts of what is no list", e.Path)
		}
	}
	for _, p := range params() {
		if !used[p.Name] {
			t.Errorf("no endpoint takes %s", p.Name)
		}
	}
}

// The parts of a list, one after the other by next, are the list: in its order, each item once, with the sources that
// each part names. Files are the whole list.
func TestParts(t *testing.T) {
	type item = map[string]any
	for _, address := range []string{"/areas", "/inspections?programme=cci", "/results?programme=fji", "/sources",
		"/indicators?indicator=reoffending_rate_percent_15_17"} {
		whole, _ := answerTo[[]item](t, address)
		var joined []item
		var back []string
		for next := address + map[bool]string{true: "&", false: "?"}[strings.Contains(address, "?")] +
			"limit=7"; next != ""; {
			body, err := ask(t, next)
			if err != nil {
				t.Fatalf("%s: %v", next, err)
			}
			var one struct {
				Data    []item
				Page    Page
				Sources []Source
			}
			if err := json.Unmarshal(body.Content, &one); err != nil {
				t.Fatal(err)
			}
			if one.Page.Total != len(whole) || one.Page.Limit != 7 || one.Page.Offset != len(joined) ||
				len(one.Data) > 7 {
				t.Fatalf("%s: page %+v after %d of %d", next, one.Page, len(joined), len(whole))
			}
			for _, x := range one.Data {
				cited, _ := x["sources"].([]any)
				for _, id := range cited {
					if !slices.ContainsFunc(one.Sources, func(s Source) bool { return s.ID == id }) {
						t.Errorf("%s: the source %v is named and not given", next, id)
					}
				}
			}
			joined = append(joined, one.Data...)
			if len(back) > 0 && (one.Page.Prev == nil || len(back) > 1 && *one.Page.Prev != Root+back[len(back)-1]) {
				t.Errorf("%s: before it %v, not %s", next, one.Page.Prev, back[len(back)-1])
			}
			back = append(back, next)
			if next = ""; one.Page.Next != nil {
				next = strings.TrimPrefix(*one.Page.Next, Root)
			}
		}
		if !reflect.DeepEqual(whole, joined) {
			t.Errorf("%s: its parts are %d items, the whole %d, or not the same", address, len(joined), len(whole))
		}
		if strings.HasPrefix(address, "/indicators") {
			continue // of which a row is a figure, and no series
		}
		file, err := ask(t, address+map[bool]string{true: "&", false: "?"}[strings.Contains(address, "?")]+"format=csv")
		if err != nil {
			t.Fatal(err)
		}
		if rows, err := csv.NewReader(bytes.NewReader(file.Content)).ReadAll(); err != nil ||
			len(rows) != len(whole)+1 {
			t.Errorf("%s: %d rows in CSV for %d items, %v", address, len(rows), len(whole), err)
		}
	}
	for address, want := range map[string]analytics.InvalidError{
		"/areas?limit=0":              {Field: "limit", Kind: "whole_number", Value: "0"},
		"/areas?limit=5001":           {Field: "limit", Kind: "whole_number", Value: "5001"},
		"/areas?limit=x":              {Field: "limit", Kind: "whole_number", Value: "x"},
		"/areas?offset=-1":            {Field: "offset", Kind: "whole_number", Value: "-1"},
		"/areas?limit=5&format=csv":   {Field: "limit", Kind: "whole", Value: "csv"},
		"/areas?offset=5&format=xlsx": {Field: "offset", Kind: "whole", Value: "xlsx"},
		"/benchmarks?limit=5": {Field: "limit", Kind: "parameter",
			Value: "programme, measure, group, of, without, areas, as_of, format"},
	} {
		_, err := ask(t, address)
		if invalid, ok := err.(*analytics.InvalidError); !ok || *invalid != want {
			t.Errorf("%s: %v", address, err)
		}
	}
	if body, err := ask(t, "/areas?offset=1000&limit=10"); err != nil ||
		!bytes.Contains(body.Content, []byte(`"data":[]`)) ||
		!bytes.Contains(body.Content, []byte(`"prev":"/api/v1/areas?limit=10\u0026offset=161"`)) {
		t.Errorf("after the end: %s, %v", body.Content, err)
	}
}
