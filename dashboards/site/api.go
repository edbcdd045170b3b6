package site

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yardstick/dashboards/api"
	"yardstick/dashboards/export"
	"yardstick/dashboards/view"
)

// apiView is the reference of the interface: made from the endpoints themselves, with real answers.
type apiView struct {
	view.Base
	Finding   string
	Quick     apiExample
	Document  view.Link
	Rules     []apiRule
	Errors    view.Table
	Endpoints []apiEndpoint
}

// Parts returns the figures and tables of the page.
func (p *apiView) Parts() (parts view.Parts) {
	parts.AddTables(&p.Errors)
	for n := range p.Endpoints {
		parts.AddTables(p.Endpoints[n].Parameters)
		parts.AddTables(view.Pointers(p.Endpoints[n].Fields)...)
	}
	return parts
}

// apiRule is something that holds of every address.
type apiRule struct {
	ID      string
	Heading string
	Text    []apiPiece
}

// apiPiece is part of a text: words, or what a program writes.
type apiPiece struct {
	Text string
	Code bool
}

// piecesOf divides a text at the backticks that stand around what a program writes, as the document has them too.
func piecesOf(text string) []apiPiece {
	var out []apiPiece
	for n, piece := range strings.Split(text, "`") {
		out = append(out, apiPiece{Text: piece, Code: n%2 == 1})
	}
	return out
}

// apiEndpoint is one address.
type apiEndpoint struct {
	ID         string
	Address    string // with {id} where an id stands
	Gives      string
	About      []apiPiece
	Parameters *view.Table
	Example    apiExample
	Formats    []view.Link
	Fields     []view.Table
}

// apiExample is a request with the beginning of its real answer.
type apiExample struct {
	Curl   string
	Href   string
	Label  string
	Answer string
	Cut    bool // the answer goes on
}

const (
	shownLines = 24 // of an answer
	// exampleSite stands where it is not known how readers reach the site: it is where a program on this machine does.
	exampleSite = "http://127.0.0.1:8080"
	// quickExample is what the page begins with.
	quickExample = "/results?area=leicester-city&programme=fji&limit=1"
)

// apiRules are the rules in the order of the page; each has a heading and a text in the catalogues.
var apiRules = []string{"answers", "formats", "strict", "lists", "caching", "limits", "origin", "errors", "licence",
	"promise"}

func apiPage(req *Request) (Page, error) {
	w := req.words
	p := apiView{
		Base:    view.Base{Title: w.Say("api.title"), Description: w.Say("api.finding")},
		Finding: w.Say("api.finding"),
		Document: view.Link{
			Text: api.Root + api.DocumentPath,
			Href: api.Root + api.DocumentPath,
		},
		Errors: apiErrors(req),
	}
	var err error
	if p.Quick, err = apiExampleOf(req, quickExample); err != nil {
		return nil, err
	}
	for _, rule := range apiRules {
		p.Rules = append(p.Rules,
			apiRule{ID: rule, Heading: w.Say("api.heading." + rule), Text: piecesOf(w.Say("api.rule." + rule))})
	}
	document, err := api.Describe(req.snapshot, w)
	if err != nil {
		return nil, err
	}
	for _, e := range api.Endpoints() {
		one, err := apiEndpointOf(req, e, document)
		if err != nil {
			return nil, err
		}
		p.Endpoints = append(p.Endpoints, one)
	}
	return &p, nil
}

func apiEndpointOf(req *Request, e api.Endpoint, document api.Document) (apiEndpoint, error) {
	operation := document.Paths[e.Template()].Get
	out := apiEndpoint{
		ID:      e.Name,
		Address: api.Root + e.Template(),
		Gives:   operation.Summary,
		About:   piecesOf(operation.Description),
	}
	var err error
	if out.Example, err = apiExampleOf(req, e.Example); err != nil {
		return out, err
	}
	for _, f := range export.Formats() {
		if f.Name == export.JSON {
			continue
		}
		// A file takes no limit, so its example is without one.
		path, text, _ := strings.Cut(e.Example, "?")
		query, err := url.ParseQuery(text)
		if err != nil {
			return out, fmt.Errorf("example %s: %w", e.Example, err)
		}
		query.Del("limit")
		query.Set("format", f.Name)
		out.Formats = append(out.Formats, view.Link{Text: f.Label, Href: api.Root + path + "?" + query.Encode()})
	}
	out.Parameters = apiParameters(req, e, operation)
	out.Fields = apiFields(req, e, document)
	return out, nil
}

// exampleAnswer returns what the interface answers at an address under its root.
func (req *Request) exampleAnswer(address string) ([]byte, error) {
	path, text, _ := strings.Cut(address, "?")
	endpoint, id, ok := api.Find(path)
	if !ok {
		return nil, fmt.Errorf("no endpoint answers at %s", address)
	}
	query, err := url.ParseQuery(text)
	if err != nil {
		return nil, err
	}
	body, err := endpoint.Answer(
		api.Request{Snapshot: req.snapshot, ID: id, Query: query, Languages: req.languages, Desk: req.desk})
	return body.Content, err
}

// apiExampleOf asks the interface, and shows how its answer begins.
func apiExampleOf(req *Request, address string) (apiExample, error) {
	body, err := req.exampleAnswer(address)
	if err != nil {
		return apiExample{}, fmt.Errorf("example %s: %w", address, err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, bytes.TrimSpace(body), "", "  "); err != nil {
		return apiExample{}, fmt.Errorf("example %s: %w", address, err)
	}
	lines := strings.Split(indented.String(), "\n")
	out := apiExample{
		Href:  api.Root + address,
		Label: req.words.Say("api.example_label", "Address", api.Root+address),
	}
	out.Curl = "curl '" + cmp.Or(req.site, exampleSite) + out.Href + "'"
	if out.Cut = len(lines) > shownLines; out.Cut {
		lines = lines[:shownLines]
	}
	out.Answer = strings.Join(lines, "\n")
	return out, nil
}

// apiParameters has a row for each parameter of an endpoint.
func apiParameters(req *Request, e api.Endpoint, operation api.Operation) *view.Table {
	w := req.words
	t := &view.Table{
		ID:      e.Name + "-parameters",
		Compact: true,
		Caption: w.Say("api.parameters", "Address", api.Root+e.Template()),
		Columns: []view.Column{
			{Label: w.Say("api.parameter")},
			{Label: w.Say("api.means")},
			{Label: w.Say("api.values")},
		},
	}
	for _, p := range operation.Parameters {
		var small []string
		if p.Required {
			small = append(small, w.Say("api.wanted"))
		}
		if p.Explode {
			small = append(small, w.Say("api.repeated"))
		}
		t.NewRow(false, view.Cell{Text: p.Name, Small: strings.Join(small, ", ")}, view.Text(p.Description),
			view.Text(apiValues(w, p.Schema)))
	}
	return t
}

// apiValues says what a parameter may be.
func apiValues(w *view.Words, s *api.Schema) string {
	switch {
	case s.Items != nil:
		return apiValues(w, s.Items)
	case s.Minimum != nil:
		return w.Say("api.range", "Least", w.Number(*s.Minimum, 0), "Most", w.Number(*s.Maximum, 0),
			"Usual", w.Number(usual(s), 1))
	case len(s.Enum) > 0:
		var words []string
		for _, word := range s.Enum {
			words = append(words, fmt.Sprint(word))
		}
		if s.Default != nil {
			return w.Say("api.usual", "Values", strings.Join(words, ", "), "Usual", fmt.Sprint(s.Default))
		}
		return strings.Join(words, ", ")
	case strings.HasPrefix(s.Pattern, "^[0-9]"):
		return w.Say("api.date")
	case s.Pattern != "":
		return w.Say("api.area_or_inspection")
	}
	return w.Say("api.text")
}

// usual is the number that is taken where none is given.
func usual(s *api.Schema) float64 {
	if n, whole := s.Default.(int); whole {
		return float64(n)
	}
	x, _ := s.Default.(float64)
	return x
}

// apiFields has a table for each kind of object in an endpoint's data.
func apiFields(req *Request, e api.Endpoint, document api.Document) []view.Table {
	w := req.words
	var tables []view.Table
	for _, kind := range document.Kinds(e) {
		schema := document.Components.Schemas[kind]
		t := view.Table{
			ID:      e.Name + "-" + strings.ToLower(kind),
			Compact: true,
			Caption: w.Say("api.field_table", "Kind", kind, "Address", api.Root+e.Template()),
			Columns: []view.Column{{Label: w.Say("api.field_name")}, {Label: w.Say("api.means")}},
		}
		for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
			t.NewRow(false, view.Text(name), view.Text(schema.Properties[name].Description))
		}
		tables = append(tables, t)
	}
	return tables
}

// apiErrors has a row for each status that an error may have.
func apiErrors(req *Request) view.Table {
	w := req.words
	t := view.Table{ID: "errors-table", Compact: true, Caption: w.Say("api.errors_table"),
		Columns: []view.Column{
			{Label: w.Say("api.status_label")},
			{Label: w.Say("api.code_label")},
			{Label: w.Say("api.when")},
		}}
	for _, f := range api.Failures() {
		t.NewRow(false, view.Text(strconv.Itoa(f.Status)), view.Text(strings.Join(f.Codes, ", ")),
			view.Text(w.Say("api.status."+strconv.Itoa(f.Status))))
	}
	return t
}
